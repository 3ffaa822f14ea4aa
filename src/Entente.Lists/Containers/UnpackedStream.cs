using System.Globalization;

namespace Entente.Lists.Containers;

/// <summary>What comes out of an unpacker: damage becomes a message, and a file that grows beyond all measure stops early.</summary>
/// <param name="unpacker">Throws <see cref="InvalidDataException"/> where the packed data are damaged.</param>
/// <param name="packed">How many packed bytes it has taken so far.</param>
/// <param name="file">As messages shall name it.</param>
/// <param name="limits">Bounds.</param>
internal sealed class UnpackedStream(Stream unpacker, Func<long> packed, string file, ListLimits limits) : ReadOnlyStream
{
    // Below this a high ratio harms nobody, and a few lines that repeat themselves have one.
    private const long AnyRatio = 16 * 1024 * 1024;

    // Damage comes out as nonsense for a little while before it is noticed.
    private const int NonsenseBytes = 128 * 1024;

    private long _unpacked;

    public override int Read(Span<byte> buffer)
    {
        try
        {
            var read = unpacker.Read(buffer);
            _unpacked += read;
            if (_unpacked > AnyRatio && _unpacked / limits.MaxUnpackRatio > packed())
                throw new ListFormatException(file, null, null, $"the file unpacks to more than {limits.MaxUnpackRatio.ToString(CultureInfo.InvariantCulture)} times its size, as no list does; it is refused because it may be made to fill the memory.");
            return read;
        }
        catch (InvalidDataException e)
        {
            throw Damaged(file, e);
        }
    }

    /// <summary>Reads the list inside to the packed data's end. Where both the list and the packing are damaged, the packing is what is said.</summary>
    /// <param name="unpacked">What comes out.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="readInner">Reads the list.</param>
    public static ListFile ReadWhole(GuardedStream unpacked, string name, Func<GuardedStream, string, ListFile> readInner)
    {
        try
        {
            var list = readInner(unpacked, name);
            unpacked.Drain();
            return list;
        }
        catch (ListFormatException e) when (e.InnerException is not InvalidDataException)
        {
            unpacked.Drain(NonsenseBytes);
            throw;
        }
    }

    /// <summary>The message for packed data that do not unpack.</summary>
    public static ListFormatException Damaged(string file, Exception? noticed) =>
        new(file, null, null, "the packed file is damaged, or its download was cut off. Fetch it again.", noticed);
}
