using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Entente.Desk.Entities;

/// <summary>Reads the heads of an archive one after the other. Not thread-safe; make one for each pass.</summary>
/// <param name="bytes">The file.</param>
/// <param name="directory">What stands where.</param>
/// <param name="datasets">The sets of datasets of the directory.</param>
internal sealed class HeadReader(ArchiveBytes bytes, ArchiveDirectory directory, ImmutableArray<ImmutableArray<string>> datasets)
{
    private byte[] _buffer = new byte[1 << 16];
    private int _at;
    private int _end;
    private long _next = directory.HeadsAt;
    private int _number;
    private int _list;

    /// <summary>Goes to the next head that is wanted.</summary>
    /// <param name="wanted">Which lists, schemata and sets of datasets, each by number.</param>
    /// <param name="head">The head.</param>
    /// <returns>False when there is none.</returns>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public bool TryRead(Func<int, int, int, bool> wanted, out EntityHead head)
    {
        head = default;
        for (; _number < directory.Count; _number++)
        {
            Need(ArchiveDirectory.HeadBytes);
            var length = Int(0);
            if (length < 0 || length > directory.IdsAt - directory.HeadsAt)
                throw Damaged();
            Need(ArchiveDirectory.HeadBytes + length);
            var (schema, set, target, idLength) = (Int(4), Int(8), _buffer[_at + 12], Int(13));
            if ((uint)schema >= (uint)directory.Schemata.Length || (uint)set >= (uint)datasets.Length || target > 2 || (uint)idLength > (uint)length)
                throw Damaged();
            while (_list + 1 < directory.ListStarts.Length && directory.ListStarts[_list + 1] <= _number)
                _list++;
            var texts = _buffer.AsSpan(_at + ArchiveDirectory.HeadBytes, length);
            _at += ArchiveDirectory.HeadBytes + length;
            if (!wanted(_list, schema, set))
                continue;
            head = new EntityHead(_number++, _list, Encoding.UTF8.GetString(texts[..idLength]), directory.Schemata[schema], datasets[set],
                Encoding.UTF8.GetString(texts[idLength..]), target switch { 0 => null, 1 => false, _ => true });
            return true;
        }
        return false;
    }

    private int Int(int at) => BinaryPrimitives.ReadInt32LittleEndian(_buffer.AsSpan(_at + at));

    /// <summary>Has so many bytes in the buffer.</summary>
    private void Need(int count)
    {
        var have = _end - _at;
        if (have >= count)
            return;
        if (count - have > directory.IdsAt - _next)
            throw Damaged();
        if (count > _buffer.Length)
        {
            var larger = new byte[count];
            _buffer.AsSpan(_at, have).CopyTo(larger);
            _buffer = larger;
        }
        else
        {
            _buffer.AsSpan(_at, have).CopyTo(_buffer);
        }
        var more = (int)Math.Min(_buffer.Length - have, directory.IdsAt - _next);
        bytes.Read(_next, _buffer.AsSpan(have, more));
        (_at, _end, _next) = (0, have + more, _next + more);
    }

    private static InvalidDataException Damaged() => new("The archive of entities is damaged: its heads are.");
}
