using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Entente.Records;
using Entente.Records.Json;
using Entente.Screening.Listings;

namespace Entente.Desk.Entities;

/// <summary>
/// All entities of the lists in use, also those that nobody is screened against: sanctions, addresses, passports, links. Any of them
/// is found by its id, with those beside it, without all of them being in memory.
/// </summary>
/// <remarks>
/// <para>Immutable, safe for any number of threads. Next to nothing of it is in memory; all is read from the file when it is
/// asked for. The whole file is proven by its hash when it is opened. Damage that comes later and leaves something that cannot be read
/// is an <see cref="InvalidDataException"/> where it is met; a letter that became another one is not noticed.</para>
/// <para>Entities come back as they were put in, but for the provenance of single values (<see cref="Entity.Statements"/>), as
/// <see cref="EntityJson"/> says.</para>
/// <para>Disposing is optional: a node goes over to another archive while some request still reads the old one, whose file is closed
/// when nothing refers to it any longer.</para>
/// </remarks>
public sealed class EntityArchive : IDisposable
{
    private readonly ArchiveBytes _bytes;
    private readonly ArchiveDirectory _directory;
    private readonly IdTable _ids;
    private readonly ImmutableArray<ImmutableArray<string>> _datasets;

    private EntityArchive(ArchiveBytes bytes, EntityGroups groups)
    {
        _bytes = bytes;
        Groups = groups;
        _directory = ReadDirectory(bytes);
        _ids = new IdTable(bytes, _directory);
        _datasets = [.. _directory.Datasets.Select(datasets => datasets.ToImmutableArray())];
        Counts = [.. _directory.Counts];
    }

    /// <summary>How many entities there are.</summary>
    public int Count => _directory.Count;

    /// <summary>How many there are of each list, dataset and schema, in this order.</summary>
    public ImmutableArray<EntityCount> Counts { get; }

    /// <summary>Which entries of several lists are one entity. They are entities of their own here; see <see cref="Referents"/>.</summary>
    public EntityGroups Groups { get; }

    /// <summary>Opens an archive.</summary>
    /// <param name="path">A file that <see cref="Write"/> wrote.</param>
    /// <param name="groups">Which of its entities are one; none when null.</param>
    /// <returns>The archive.</returns>
    /// <exception cref="InvalidDataException">It is damaged, or none: build it anew.</exception>
    /// <exception cref="IOException">It is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static EntityArchive Open(string path, EntityGroups? groups = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var bytes = ArchiveBytes.Of(path);
        try
        {
            return new EntityArchive(bytes, groups ?? EntityGroups.None);
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    /// <summary>Makes an archive that is in memory, for lists that are small or cannot be kept on disk.</summary>
    /// <param name="lists">The entities of each list.</param>
    /// <param name="groups">Which of them are one; none when null.</param>
    /// <returns>The archive.</returns>
    public static EntityArchive InMemory(IReadOnlyList<IReadOnlyList<Entity>> lists, EntityGroups? groups = null)
    {
        using var stream = new MemoryStream();
        Write(stream, lists);
        return new EntityArchive(ArchiveBytes.Of(stream.ToArray()), groups ?? EntityGroups.None);
    }

    /// <summary>Writes an archive.</summary>
    /// <param name="stream">A new file, at its begin. Left open.</param>
    /// <param name="lists">The entities of each list, in the order of its file.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(Stream stream, IReadOnlyList<IReadOnlyList<Entity>> lists)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(lists);
        ArchiveWriter.Write(stream, lists);
    }

    /// <summary>Finds an entity.</summary>
    /// <param name="id">Its id, which for an entity on several lists is the id of any entry, the canonical one included; or an id that its
    /// source says was merged into it (<see cref="Entity.Referents"/>).</param>
    /// <param name="entity">The entity. Of several with this id, that of the first list.</param>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="InvalidDataException">The file was damaged since it was opened.</exception>
    public bool TryGet(string id, [MaybeNullWhen(false)] out Entity entity) => TryFind(id, out _, out entity);

    /// <summary>Finds an entity and its number.</summary>
    /// <param name="id">As for <see cref="TryGet"/>.</param>
    /// <param name="number">Its number, for <see cref="Links"/>; -1 where there is none.</param>
    /// <param name="entity">The entity.</param>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="InvalidDataException">The file was damaged since it was opened.</exception>
    public bool TryFind(string id, out int number, [MaybeNullWhen(false)] out Entity entity)
    {
        ArgumentNullException.ThrowIfNull(id);
        foreach (var (candidate, isReferent) in _ids.Find(id))
        {
            entity = Get(candidate);
            number = candidate;
            if (isReferent ? entity.Referents.Contains(id) : entity.Id == id)
                return true;
        }
        (number, entity) = (-1, null);
        return false;
    }

    /// <summary>An entity by its number.</summary>
    /// <param name="number">From 0, below <see cref="Count"/>.</param>
    /// <returns>The entity.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such number.</exception>
    /// <exception cref="InvalidDataException">The file was damaged since it was opened.</exception>
    public Entity Get(int number)
    {
        CheckNumber(number);
        Span<byte> span = stackalloc byte[2 * sizeof(long)];
        _bytes.Read(_directory.OffsetsAt + ((long)number * sizeof(long)), span);
        var (begin, end) = (BinaryPrimitives.ReadInt64LittleEndian(span), BinaryPrimitives.ReadInt64LittleEndian(span[sizeof(long)..]));
        if (begin < ArchiveDirectory.Signature.Length || end < begin || end > _directory.OffsetsAt || end - begin > Array.MaxLength)
            throw Damaged("an entity stands nowhere");
        var buffer = ArrayPool<byte>.Shared.Rent((int)(end - begin));
        try
        {
            var json = buffer.AsSpan(0, (int)(end - begin));
            _bytes.Read(begin, json);
            return EntityJson.Read(json, "the archive of entities");
        }
        catch (RecordFormatException fault)
        {
            throw Damaged("an entity cannot be read", fault);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The links of an entity, without the entities at their other ends: enough to count and page through them.</summary>
    /// <param name="number">Its number.</param>
    /// <returns>First those that it makes, in the order of its properties, then those that are made to it, in the order of the lists.
    /// What points to no entity in the archive is left out.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such number.</exception>
    /// <exception cref="InvalidDataException">The file was damaged since it was opened.</exception>
    public ImmutableArray<ArchiveLink> Links(int number)
    {
        CheckNumber(number);
        Span<byte> span = stackalloc byte[2 * sizeof(int)];
        _bytes.Read(_directory.LinkStartsAt + ((long)number * sizeof(int)), span);
        var (begin, end) = (BinaryPrimitives.ReadInt32LittleEndian(span), BinaryPrimitives.ReadInt32LittleEndian(span[sizeof(int)..]));
        if (begin < 0 || end < begin || end > _directory.LinkCount)
            throw Damaged("the links of an entity stand nowhere");
        var entries = new byte[checked((end - begin) * ArchiveDirectory.LinkBytes)];
        _bytes.Read(_directory.LinksAt + ((long)begin * ArchiveDirectory.LinkBytes), entries);
        var links = ImmutableArray.CreateBuilder<ArchiveLink>(end - begin);
        for (var at = 0; at < entries.Length; at += ArchiveDirectory.LinkBytes)
        {
            var (other, name) = (BinaryPrimitives.ReadInt32LittleEndian(entries.AsSpan(at)), BinaryPrimitives.ReadInt32LittleEndian(entries.AsSpan(at + sizeof(int))));
            var isReverse = (name & ArchiveDirectory.ReverseBit) != 0;
            name &= ~ArchiveDirectory.ReverseBit;
            if ((uint)other >= (uint)Count || (uint)name >= (uint)_directory.Names.Length)
                throw Damaged("a link leads nowhere");
            links.Add(new ArchiveLink(_directory.Names[name], isReverse, other));
        }
        return links.MoveToImmutable();
    }

    /// <summary>The entities that one points to and those that point to it, read one at a time as they are asked for.</summary>
    /// <param name="id">As for <see cref="TryGet"/>. Of an entity on several lists, those beside this entry alone.</param>
    /// <returns>In the order of <see cref="Links"/>; none when there is no such entity.</returns>
    /// <exception cref="InvalidDataException">While enumerating: the file was damaged since it was opened.</exception>
    public IEnumerable<AdjacentEntity> Adjacent(string id) => TryFind(id, out var number, out _)
        ? Links(number).Select(link => new AdjacentEntity(link.Property, link.IsReverse, Get(link.Number)))
        : [];

    /// <summary>All entities, or some, as a list shows them: read in one pass from begin to end.</summary>
    /// <param name="dataset">Only those of a dataset, as their file says it; all when null.</param>
    /// <param name="schema">Only those of a schema, or of one that inherits it; all when null.</param>
    /// <param name="list">Only those of a list, by its number; all when null.</param>
    /// <returns>In order of their numbers.</returns>
    /// <exception cref="InvalidDataException">While enumerating: the file was damaged since it was opened.</exception>
    public IEnumerable<EntityHead> Heads(string? dataset = null, string? schema = null, int? list = null)
    {
        bool[] schemata = [.. _directory.Schemata.Select(each => schema is null || Schemata.IsA(each, schema))];
        bool[] sets = [.. _datasets.Select(each => dataset is null || each.Contains(dataset))];
        var reader = new HeadReader(_bytes, _directory, _datasets);
        while (reader.TryRead((ofList, ofSchema, ofSet) => (list is null || list == ofList) && schemata[ofSchema] && sets[ofSet], out var head))
            yield return head;
    }

    /// <summary>All ids that mean the same entity: of its entries on several lists, and those that its source merged into it.</summary>
    /// <param name="entity">An entity of this archive.</param>
    /// <returns>Distinct, its own id among them; the canonical id first.</returns>
    public ImmutableArray<string> Referents(Entity entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        IEnumerable<string> entries = Groups.Find(entity.Id) is { } group
            ? group.Referents.Select(referent => referent.Id).Prepend(group.CanonicalId)
            : [entity.Id];
        return [.. entries.Concat(entity.Referents).Distinct(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public void Dispose() => _bytes.Dispose();

    private static ArchiveDirectory ReadDirectory(ArchiveBytes bytes)
    {
        var end = bytes.Length - ArchiveDirectory.FootBytes;
        if (end < ArchiveDirectory.Signature.Length)
            throw Damaged("it is too short");
        var signature = new byte[ArchiveDirectory.Signature.Length];
        bytes.Read(0, signature);
        if (!signature.AsSpan().SequenceEqual(ArchiveDirectory.Signature))
            throw new InvalidDataException("This is no archive of entities, or one of another version of Entente.");
        var foot = new byte[ArchiveDirectory.FootBytes];
        bytes.Read(end, foot);
        if (!bytes.Hash(end + sizeof(long)).AsSpan().SequenceEqual(foot.AsSpan(sizeof(long))))
            throw Damaged("its hash is not what it should be");
        var begin = BinaryPrimitives.ReadInt64LittleEndian(foot);
        if (begin < ArchiveDirectory.Signature.Length || begin > end || end - begin > Array.MaxLength)
            throw Damaged("it has no directory");
        var directory = new byte[end - begin];
        bytes.Read(begin, directory);
        return ArchiveDirectory.Read(directory, begin);
    }

    private void CheckNumber(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, Count);
    }

    private static InvalidDataException Damaged(string how, Exception? inner = null) => new($"The archive of entities is damaged: {how}.", inner);
}
