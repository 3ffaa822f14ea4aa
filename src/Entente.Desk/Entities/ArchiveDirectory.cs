using System.Text.Json;
using System.Text.Json.Serialization;

namespace Entente.Desk.Entities;

/// <summary>What stands where in the file of an archive, and the words that the rest refers to by number.</summary>
/// <remarks>
/// The file: a signature; the entities as JSON; the tables below, in this order, all numbers little-endian; this directory as JSON; where it
/// begins (8 bytes); SHA-256 of all before (32 bytes).
/// </remarks>
internal sealed record ArchiveDirectory
{
    /// <summary>Begin of every file.</summary>
    public static ReadOnlySpan<byte> Signature => "Entente archive1"u8;

    /// <summary>Bytes behind the directory: where it begins, and the hash.</summary>
    public const int FootBytes = sizeof(long) + 32;

    /// <summary>Bytes of an entry in the table of ids: hash, number, whether the entity only replaced this id.</summary>
    public const int IdBytes = sizeof(ulong) + sizeof(int) + sizeof(int);

    /// <summary>Bytes of an entry in the table of links: number of the other entity, of the property's name.</summary>
    public const int LinkBytes = sizeof(int) + sizeof(int);

    /// <summary>Set in the number of a name when the other entity points here.</summary>
    public const int ReverseBit = 1 << 30;

    /// <summary>Bytes of a head before its texts: length of what follows, schema, datasets, target, length of the id.</summary>
    public const int HeadBytes = (4 * sizeof(int)) + 1;

    /// <summary>How many entities there are.</summary>
    public required int Count { get; init; }

    /// <summary>Where each list begins among the entities.</summary>
    public required int[] ListStarts { get; init; }

    /// <summary>Where the JSON of each entity begins, and at last where it ends: one long more than entities.</summary>
    public required long OffsetsAt { get; init; }

    /// <summary>The heads, in order.</summary>
    public required long HeadsAt { get; init; }

    /// <summary>The ids, by hash.</summary>
    public required long IdsAt { get; init; }

    /// <summary>How many ids there are.</summary>
    public required int IdCount { get; init; }

    /// <summary>Where the links of each entity begin among all, and at last their number: one int more than entities.</summary>
    public required long LinkStartsAt { get; init; }

    /// <summary>The links.</summary>
    public required long LinksAt { get; init; }

    /// <summary>How many links there are, each counted at both ends.</summary>
    public required int LinkCount { get; init; }

    /// <summary>The schemata.</summary>
    public required string[] Schemata { get; init; }

    /// <summary>The sets of datasets that entities are of.</summary>
    public required string[][] Datasets { get; init; }

    /// <summary>The names of links.</summary>
    public required string[] Names { get; init; }

    /// <summary>How many entities there are of what.</summary>
    public required EntityCount[] Counts { get; init; }

    /// <summary>The directory as JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ArchiveJson.Default.ArchiveDirectory);

    /// <summary>Reads a directory, and checks that what it says fits into the file.</summary>
    /// <param name="json">As written by <see cref="ToJson"/>.</param>
    /// <param name="begin">Where it begins in the file, which is where the tables must have ended.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static ArchiveDirectory Read(ReadOnlySpan<byte> json, long begin)
    {
        try
        {
            var read = JsonSerializer.Deserialize(json, ArchiveJson.Default.ArchiveDirectory);
            return read is not null && read.Fits(begin) ? read : throw new InvalidDataException("The archive of entities is damaged: its directory does not fit.");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException("The archive of entities is damaged: its directory cannot be read.", fault);
        }
    }

    private bool Fits(long begin) =>
        Count >= 0 && IdCount >= 0 && LinkCount >= 0
        && OffsetsAt >= Signature.Length && OffsetsAt <= begin
        && HeadsAt == OffsetsAt + ((Count + 1L) * sizeof(long))
        && IdsAt >= HeadsAt && IdsAt <= begin
        && LinkStartsAt == IdsAt + ((long)IdCount * IdBytes)
        && LinksAt == LinkStartsAt + ((Count + 1L) * sizeof(int))
        && begin == LinksAt + ((long)LinkCount * LinkBytes)
        && Array.TrueForAll(ListStarts, start => start >= 0 && start <= Count)
        && ListStarts.SequenceEqual(ListStarts.Order());
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ArchiveDirectory))]
internal sealed partial class ArchiveJson : JsonSerializerContext;
