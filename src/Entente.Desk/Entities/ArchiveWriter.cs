using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Entente.Records;
using Entente.Records.Json;

namespace Entente.Desk.Entities;

/// <summary>Writes an archive; <see cref="ArchiveDirectory"/> says what it looks like. For one archive.</summary>
internal sealed class ArchiveWriter
{
    private readonly IReadOnlyList<IReadOnlyList<Entity>> _lists;
    private readonly List<string> _schemata = [];
    private readonly List<string[]> _datasets = [];
    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _schemaNumbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _datasetNumbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _nameNumbers = new(StringComparer.Ordinal);
    private readonly Dictionary<(int List, string Dataset, string Schema), (int Entities, int Targets)> _counts = [];
    private readonly int _count;

    private ArchiveWriter(IReadOnlyList<IReadOnlyList<Entity>> lists)
    {
        _lists = lists;
        _count = lists.Sum(list => list.Count);
    }

    /// <summary>Writes an archive.</summary>
    /// <param name="stream">Where to; from its current position, which must be the begin. Left open.</param>
    /// <param name="lists">The entities of each list.</param>
    public static void Write(Stream stream, IReadOnlyList<IReadOnlyList<Entity>> lists)
    {
        using var hash = SHA256.Create();
        using (var hashing = new CryptoStream(stream, hash, CryptoStreamMode.Write, leaveOpen: true))
        using (var buffered = new BufferedStream(hashing, 1 << 20))
        using (var to = new BinaryWriter(buffered, Encoding.UTF8))
            new ArchiveWriter(lists).Write(to);
        stream.Write(hash.Hash);
    }

    private IEnumerable<Entity> Entities => _lists.SelectMany(list => list);

    private void Write(BinaryWriter to)
    {
        to.Write(ArchiveDirectory.Signature);
        var offsets = WriteEntities(to);
        foreach (var offset in offsets)
            to.Write(offset);
        var headsAt = offsets[^1] + ((_count + 1L) * sizeof(long));
        var idsAt = headsAt + WriteHeads(to);
        var idCount = WriteIds(to);
        var linkStartsAt = idsAt + ((long)idCount * ArchiveDirectory.IdBytes);
        var linkCount = WriteLinks(to);
        var linksAt = linkStartsAt + ((_count + 1L) * sizeof(int));
        to.Write(new ArchiveDirectory
        {
            Count = _count,
            ListStarts = ListStarts(),
            OffsetsAt = offsets[^1],
            HeadsAt = headsAt,
            IdsAt = idsAt,
            IdCount = idCount,
            LinkStartsAt = linkStartsAt,
            LinksAt = linksAt,
            LinkCount = linkCount,
            Schemata = [.. _schemata],
            Datasets = [.. _datasets],
            Names = [.. _names],
            Counts = [.. _counts.Select(count => new EntityCount(count.Key.List, count.Key.Dataset, count.Key.Schema, count.Value.Entities, count.Value.Targets))
                .OrderBy(count => count.List).ThenBy(count => count.Dataset, StringComparer.Ordinal).ThenBy(count => count.Schema, StringComparer.Ordinal)],
        }.ToJson());
        to.Write(linksAt + ((long)linkCount * ArchiveDirectory.LinkBytes));
    }

    private int[] ListStarts()
    {
        var starts = new int[_lists.Count];
        for (var i = 1; i < starts.Length; i++)
            starts[i] = starts[i - 1] + _lists[i - 1].Count;
        return starts;
    }

    private long[] WriteEntities(BinaryWriter to)
    {
        var offsets = new long[_count + 1];
        offsets[0] = ArchiveDirectory.Signature.Length;
        var bytes = new ArrayBufferWriter<byte>(1 << 16);
        using var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        var number = 0;
        foreach (var entity in Entities)
        {
            EntityJson.Write(json, entity);
            json.Flush();
            to.Write(bytes.WrittenSpan);
            offsets[number + 1] = offsets[number++] + bytes.WrittenCount;
            bytes.ResetWrittenCount();
            json.Reset();
        }
        return offsets;
    }

    private long WriteHeads(BinaryWriter to)
    {
        var length = 0L;
        for (var list = 0; list < _lists.Count; list++)
        {
            foreach (var entity in _lists[list])
            {
                byte[] id = Encoding.UTF8.GetBytes(entity.Id), caption = Encoding.UTF8.GetBytes(entity.Caption);
                to.Write(id.Length + caption.Length);
                to.Write(Number(entity.Schema, _schemaNumbers, _schemata, entity.Schema));
                to.Write(Number(string.Join('\n', entity.Datasets), _datasetNumbers, _datasets, [.. entity.Datasets]));
                to.Write((byte)(entity.Target switch { null => 0, false => 1, true => 2 }));
                to.Write(id.Length);
                to.Write(id);
                to.Write(caption);
                length += ArchiveDirectory.HeadBytes + id.Length + caption.Length;
                foreach (var dataset in entity.Datasets)
                {
                    var (entities, targets) = _counts.GetValueOrDefault((list, dataset, entity.Schema));
                    _counts[(list, dataset, entity.Schema)] = (entities + 1, targets + (entity.Target == false ? 0 : 1));
                }
            }
        }
        return length;
    }

    private int WriteIds(BinaryWriter to)
    {
        var ids = new List<(ulong Hash, bool IsReferent, int Number)>(_count);
        var number = 0;
        foreach (var entity in Entities)
        {
            ids.Add((IdTable.HashOf(entity.Id), false, number));
            foreach (var referent in entity.Referents.Distinct(StringComparer.Ordinal))
            {
                if (referent != entity.Id)
                    ids.Add((IdTable.HashOf(referent), true, number));
            }
            number++;
        }
        ids.Sort();
        foreach (var (hash, isReferent, of) in ids)
        {
            to.Write(hash);
            to.Write(of);
            to.Write(isReferent ? 1 : 0);
        }
        return ids.Count;
    }

    /// <summary>Each link stands at both ends: of an entity first those that it makes, then those that are made to it.</summary>
    private int WriteLinks(BinaryWriter to)
    {
        var links = Links();
        var starts = new int[_count + 1];
        foreach (var (from, target, _, _) in links)
        {
            starts[from + 1]++;
            starts[target + 1]++;
        }
        for (var i = 1; i <= _count; i++)
            starts[i] = checked(starts[i] + starts[i - 1]);
        var filled = starts.AsSpan(0, _count).ToArray();
        var entries = new (int Number, int Name)[starts[_count]];
        foreach (var (from, target, name, _) in links)
            entries[filled[from]++] = (target, name);
        foreach (var (from, target, _, reverse) in links)
            entries[filled[target]++] = (from, reverse | ArchiveDirectory.ReverseBit);
        foreach (var start in starts)
            to.Write(start);
        foreach (var (number, name) in entries)
        {
            to.Write(number);
            to.Write(name);
        }
        return entries.Length;
    }

    private List<(int From, int To, int Name, int Reverse)> Links()
    {
        var numbers = NumbersById();
        var links = new List<(int, int, int, int)>();
        var from = 0;
        foreach (var entity in Entities)
        {
            foreach (var (property, values) in entity.Properties)
            {
                if (Schemata.TypeOf(entity.Schema, property) != "entity")
                    continue;
                foreach (var value in values)
                {
                    if (numbers.TryGetValue(value, out var targets))
                    {
                        var (name, reverse) = (Name(property), Name(ReverseOf(entity.Schema, property)));
                        foreach (var target in targets)
                            links.Add((from, target, name, reverse));
                    }
                }
            }
            from++;
        }
        return links;
    }

    /// <summary>Entities by id; by the ids that they replaced, where no entity bears one itself.</summary>
    private Dictionary<string, int[]> NumbersById()
    {
        var numbers = new Dictionary<string, int[]>(_count, StringComparer.Ordinal);
        var number = 0;
        foreach (var entity in Entities)
        {
            numbers[entity.Id] = numbers.TryGetValue(entity.Id, out var others) ? [.. others, number] : [number];
            number++;
        }
        number = 0;
        foreach (var entity in Entities)
        {
            foreach (var referent in entity.Referents)
                numbers.TryAdd(referent, [number]);
            number++;
        }
        return numbers;
    }

    /// <summary>The name of the other end; where FtM has none, one made as FtM makes most of its own: <c>ownershipOwner</c>.</summary>
    private static string ReverseOf(string schema, string property) => Schemata.ReverseOf(schema, property)
        ?? $"{char.ToLowerInvariant(schema[0])}{schema[1..]}{char.ToUpperInvariant(property[0])}{property[1..]}";

    private int Name(string name) => Number(name, _nameNumbers, _names, name);

    private static int Number<T>(string key, Dictionary<string, int> numbers, List<T> things, T thing)
    {
        if (numbers.TryGetValue(key, out var known))
            return known;
        numbers.Add(key, things.Count);
        things.Add(thing);
        return things.Count - 1;
    }
}
