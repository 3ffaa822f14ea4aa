using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Entente.Desk.Entities;
using Entente.Lists;
using Entente.Lists.Snapshots;
using Entente.Records;
using Entente.Records.Json;
using Entente.Screening;
using Entente.Screening.Listings;

namespace Entente.Desk.Lists;

/// <summary>Reads lists and indexes them, or finds the index of the same lists from before.</summary>
/// <remarks>Holds no state: what was loaded is not changed by loading anew. Safe for several threads if the callbacks are.</remarks>
public sealed class ListLoader
{
    /// <summary>Where the fictional list lies that ships with the program, from the program's own folder.</summary>
    public const string SampleList = "samples/un-format-sample.xml";

    // Smaller lists are read as fast as their index.
    private const long WorthKeeping = 1 << 20;

    /// <summary>The folder with the installed lists and the kept indexes; null for <see cref="DataFolder.Find"/>.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The fictional list that is used when nothing is installed. Null when there shall be none.</summary>
    public string? SampleFile { get; init; } = Path.Combine(AppContext.BaseDirectory, SampleList.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// Whether what is loaded will be asked for long, as in a node, and not once: then the archive of entities is opened and proven
    /// at once, and built anew when damaged, and what only the reading of lists needed does not stay in memory.
    /// </summary>
    public bool Serving { get; init; }

    /// <summary>Told what a person should know and nobody need decide: a list that is out of date, remarks of a reader. Outside data may
    /// be in it: make it safe before it is shown.</summary>
    public Action<string> Notice { get; init; } = _ => { };

    /// <summary>Told when lists begin to be read whose index will be kept, so that the next start is quicker.</summary>
    public Action Indexing { get; init; } = () => { };

    /// <summary>Loads all that is installed, else the sample.</summary>
    /// <param name="judgements">A file of people's judgements on entries of several lists, or null.</param>
    /// <param name="stop">Ends the reading early.</param>
    /// <returns>The lists; look at <see cref="LoadedLists.IsSample"/>.</returns>
    /// <exception cref="DeskException">Nothing is installed and there is no sample; or the judgements are missing.</exception>
    /// <exception cref="RecordFormatException">The judgements cannot be read; none of them is used.</exception>
    /// <exception cref="ListFormatException">A list cannot be read; nothing of it is used.</exception>
    /// <exception cref="SnapshotException">An installed list is damaged.</exception>
    public LoadedLists LoadInstalled(string? judgements = null, CancellationToken stop = default) =>
        Load(AddInstalled, judgements, tellRemarks: false, stop);

    /// <summary>Loads lists from files, in any supported format.</summary>
    /// <param name="paths">The files, one at least.</param>
    /// <param name="judgements">A file of people's judgements on entries of several lists, or null.</param>
    /// <param name="stop">Ends the reading early.</param>
    /// <returns>The lists, in the order of the files.</returns>
    /// <exception cref="DeskException">A file is missing.</exception>
    /// <exception cref="RecordFormatException">The judgements cannot be read; none of them is used.</exception>
    /// <exception cref="ListFormatException">A list cannot be read; nothing of it is used.</exception>
    public LoadedLists LoadFiles(IReadOnlyCollection<string> paths, string? judgements = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentOutOfRangeException.ThrowIfZero(paths.Count, nameof(paths));
        return Load(inputs =>
        {
            foreach (var path in paths)
                inputs.Add(ListInput.Of(path));
        }, judgements, tellRemarks: true, stop);
    }

    /// <summary>Loads exactly these stored versions, such as those that an answer of the past was made with.</summary>
    /// <param name="versions">The versions, one at least; see <see cref="SnapshotStore"/>.</param>
    /// <param name="judgements">A file of people's judgements on entries of several lists, or null.</param>
    /// <param name="stop">Ends the reading early.</param>
    /// <returns>The lists, in the order given: another order is another <see cref="LoadedLists.Id"/>. Installed ones stand by dataset.</returns>
    /// <exception cref="DeskException">The judgements are missing.</exception>
    /// <exception cref="RecordFormatException">The judgements cannot be read; none of them is used.</exception>
    /// <exception cref="ListFormatException">A list cannot be read; nothing of it is used.</exception>
    /// <exception cref="SnapshotException">A version is damaged, or no longer there.</exception>
    public LoadedLists LoadVersions(IReadOnlyCollection<Snapshot> versions, string? judgements = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(versions);
        ArgumentOutOfRangeException.ThrowIfZero(versions.Count, nameof(versions));
        return Load(inputs =>
        {
            foreach (var version in versions)
                inputs.Add(ListInput.Of(version));
        }, judgements, tellRemarks: false, stop);
    }

    private LoadedLists Load(Action<List<ListInput>> open, string? judgements, bool tellRemarks, CancellationToken stop)
    {
        var (judged, loadedJudgements) = judgements is null ? ([], null) : ReadJudgements(judgements);
        var inputs = new List<ListInput>();
        try
        {
            open(inputs);
            var loaded = Load(inputs, judged, loadedJudgements, stop) with { IsSample = inputs.TrueForAll(input => input.Path == SampleFile) };
            if (Serving)
                _ = loaded.Archive; // What is built in memory lets go of the entities that it is built from.
            if (tellRemarks)
                TellRemarks(loaded);
            return loaded;
        }
        finally
        {
            foreach (var input in inputs)
                input.Dispose();
        }
    }

    private LoadedLists Load(List<ListInput> inputs, ImmutableArray<EntityJudgement> judged, LoadedJudgements? judgements, CancellationToken stop)
    {
        if (inputs.Exists(input => input.Key is null) || judgements is { Sha256: null })
            return Read(inputs, judged, judgements, stop);
        var id = IndexFolder.NameOf([.. inputs.Select(input => input.Key!), judgements?.Sha256 ?? "none"]);
        if (inputs.Sum(input => input.Length) < WorthKeeping)
            return Read(inputs, judged, judgements, stop) with { Id = id };

        var folder = new IndexFolder(Path.Combine(DataFolder ?? Entente.Lists.Snapshots.DataFolder.Find(), "indexes"), Time);
        if (folder.Find(id, Serving) is { } known)
            return Known(known);
        Indexing();
        var read = Read(inputs, judged, judgements, stop, out var entities) with { Id = id };
        if (folder.Keep(id, read, entities))
            return (Serving ? folder.Find(id, Serving) : null) is { } kept ? Known(kept) : read;
        Notice("The index could not be kept in the data folder; the next start will read the lists again.");
        return read;

        LoadedLists Known(LoadedLists found) =>
            found with { Id = id, Lists = [.. found.Lists.Zip(inputs, (list, input) => input.Describe(list))], Judgements = judgements };
    }

    private LoadedLists Read(List<ListInput> inputs, ImmutableArray<EntityJudgement> judged, LoadedJudgements? judgements, CancellationToken stop) =>
        Read(inputs, judged, judgements, stop, out _);

    private LoadedLists Read(List<ListInput> inputs, ImmutableArray<EntityJudgement> judged, LoadedJudgements? judgements, CancellationToken stop,
        out IReadOnlyList<IReadOnlyList<Entity>> entities)
    {
        var files = new ListFile[inputs.Count];
        try
        {
            Parallel.For(0, inputs.Count, new ParallelOptions { CancellationToken = stop }, at => files[at] = inputs[at].Read());
        }
        catch (AggregateException faults)
        {
            // The first list that cannot be read, as if they had been read in turn.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
        }

        ImmutableArray<LoadedList> lists = [.. inputs.Zip(files, (input, file) => input.Describe(file, SampleFile))];
        ImmutableArray<Entity> all = [.. files.SelectMany(file => file.Entities)];
        var groups = inputs.Count == 1 && judged.IsEmpty ? EntityGroups.None : EntityResolver.Resolve(all, judged);
        IReadOnlyList<IReadOnlyList<Entity>> byList = entities = [.. files.Select(file => (IReadOnlyList<Entity>)file.Entities)];
        return new LoadedLists(lists, ScreeningIndex.Build(all).WithGroups(groups), judgements, () => EntityArchive.InMemory(byList, groups));
    }

    private static (ImmutableArray<EntityJudgement>, LoadedJudgements) ReadJudgements(string path)
    {
        using var stream = InputFile.Open(path, Stream.Null).Stream;
        var hash = stream.CanSeek ? Convert.ToHexStringLower(SHA256.HashData(stream)) : null;
        if (stream.CanSeek)
            stream.Position = 0;
        var judgements = JudgementLines.Read(stream, path);
        return (judgements, new LoadedJudgements(path, hash, judgements.Length));
    }

    private void TellRemarks(LoadedLists loaded)
    {
        foreach (var list in loaded.Lists)
        {
            if (list is { Remarks: > 0, FirstRemark: { } first })
                Notice(string.Create(CultureInfo.InvariantCulture, $"{list.Path}: read with {list.Remarks:N0} remark{(list.Remarks == 1 ? "" : "s")}; the first: {first}"));
        }
    }

    /// <summary>All that <c>entente lists</c> installed, else the sample, and then it is said.</summary>
    private void AddInstalled(List<ListInput> inputs)
    {
        var store = new SnapshotStore(DataFolder ?? Entente.Lists.Snapshots.DataFolder.Find());
        var now = Time.GetUtcNow();
        foreach (var dataset in store.Datasets())
        {
            if (store.Current(dataset) is not { } snapshot)
            {
                Notice($"{dataset} was added but never fetched, and is not screened against. Run `entente lists update {dataset}`.");
                continue;
            }
            var version = ListVersion.Of(snapshot.Manifest);
            if (version.IsStale(now))
                Notice($"{dataset} may be out of date: {ListText.Age(version, now)}. `entente lists status` says what to do.");
            inputs.Add(ListInput.Of(snapshot));
        }
        if (inputs.Count > 0)
            return;
        if (SampleFile is not { } sample || !File.Exists(sample))
            throw new DeskException("no list was given or installed. Name one with --list FILE, or run `entente lists update` to fetch the UN list.");
        Notice("No list given or installed: screening against the fictional sample list. Run `entente lists update` for the real UN list.");
        inputs.Add(ListInput.Of(sample));
    }
}
