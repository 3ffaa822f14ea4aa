using System.Collections.Immutable;
using System.Globalization;
using Entente.Desk.Entities;
using Entente.Lists;
using Entente.Lists.Snapshots;
using Entente.Records;
using Entente.Screening;

namespace Entente.Desk.Lists;

/// <summary>Lists in use and the index over them. Immutable, safe for any number of threads; made by <see cref="ListLoader"/>.</summary>
public sealed record LoadedLists
{
    // One that fails is tried again when asked again: a disk that was away may come back.
    private readonly Lazy<EntityArchive> _archive;

    internal LoadedLists(ImmutableArray<LoadedList> lists, ScreeningIndex index, LoadedJudgements? judgements, Func<EntityArchive> archive)
    {
        Lists = lists;
        Index = index;
        Judgements = judgements;
        _archive = new Lazy<EntityArchive>(archive, LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>In the order they were named; installed ones by dataset.</summary>
    public ImmutableArray<LoadedList> Lists { get; internal init; }

    /// <summary>Over all of them.</summary>
    public ScreeningIndex Index { get; }

    /// <summary>All entities of the lists, opened when first asked for, unless the loader was told that they are <see cref="ListLoader.Serving"/>.</summary>
    /// <exception cref="InvalidDataException">At the first use: what was kept is damaged. It is removed, so that loading again builds it anew.</exception>
    /// <exception cref="IOException">At the first use: it cannot be read.</exception>
    public EntityArchive Archive => _archive.Value;

    /// <summary>What people decided about entries of several lists; null when no file was named.</summary>
    public LoadedJudgements? Judgements { get; internal init; }

    /// <summary>
    /// One word of 32 hexadecimal digits for all that an answer depends on beside query and policy: the same for the same lists in the
    /// same order, judgements and build of the engine, on any machine. Null when something came through a pipe, so that nobody can tell.
    /// </summary>
    public string? Id { get; internal init; }

    /// <summary>Whether this is only the fictional sample that ships with the program: no answer says anything about real people.</summary>
    public bool IsSample { get; internal init; }

    /// <summary>The versions that answers are made with.</summary>
    public IReadOnlyList<ListVersion> Versions => [.. Lists.Select(list => list.Version)];

    /// <summary>How much there is, for people.</summary>
    public string Size => string.Create(CultureInfo.InvariantCulture,
        $"{Index.EntityCount:N0} entities, {Index.NameCount:N0} names{(Index.GroupCount > 0 ? $"; on several lists: {Index.GroupCount:N0}" : "")}");

    /// <summary>One line for people: which lists, which versions, how large.</summary>
    public string Description => $"{string.Join("; ", Lists.Select(list => list.Metadata.Version is { } version ? $"{list.Metadata.Title}, version {Day(version)}" : list.Metadata.Title))}: {Size}";

    /// <summary>One dataset that no file holds, such as records that partners released.</summary>
    /// <param name="id">As <see cref="Id"/>.</param>
    /// <param name="metadata">Whose it is.</param>
    /// <param name="version">Which state of it.</param>
    /// <param name="entities">Its entities.</param>
    /// <returns>The dataset with its index, both in memory.</returns>
    public static LoadedLists Of(string id, ListMetadata metadata, ListVersion version, IReadOnlyList<Entity> entities) =>
        new([new LoadedList { Metadata = metadata, Path = "", Version = version }], ScreeningIndex.Build(entities), null, () => EntityArchive.InMemory([entities])) { Id = id };

    /// <inheritdoc/>
    public override string ToString() => Description;

    /// <summary>A version that is a moment in time, to the day; other versions as they are.</summary>
    private static string Day(string version) => version.Length > 10 && version[10] == 'T' ? version[..10] : version;
}
