using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Entente.Cli.Lists;
using Entente.Lists;
using Entente.Lists.Snapshots;
using Entente.Records;
using Entente.Records.Json;
using Entente.Screening;
using Entente.Screening.Listings;

namespace Entente.Cli.Screen;

/// <summary>The judgements in use.</summary>
/// <param name="Path">The file.</param>
/// <param name="Sha256">Its content's SHA-256 in lower-case hex, or null when it came through a pipe.</param>
/// <param name="Count">How many there are.</param>
internal sealed record LoadedJudgements(string Path, string? Sha256, int Count);

/// <summary>The lists of this run and the index over them.</summary>
/// <param name="Lists">In the order they were named.</param>
/// <param name="Index">Over all of them.</param>
/// <param name="Judgements">What people decided about entries of several lists; null when no file was named.</param>
internal sealed record LoadedLists(ImmutableArray<LoadedList> Lists, ScreeningIndex Index, LoadedJudgements? Judgements)
{
    /// <summary>The fictional list that ships with the program.</summary>
    public const string SampleList = "samples/un-format-sample.xml";

    // Smaller lists are read as fast as their index.
    private const long WorthKeeping = 1 << 20;

    /// <summary>The versions that answers are made with.</summary>
    public IReadOnlyList<ListVersion> Versions => [.. Lists.Select(list => list.Version)];

    /// <summary>How much there is, for people.</summary>
    public string Size => string.Create(CultureInfo.InvariantCulture,
        $"{Index.EntityCount:N0} entities, {Index.NameCount:N0} names{(Index.GroupCount > 0 ? $"; on several lists: {Index.GroupCount:N0}" : "")}");

    /// <summary>One line for people: which lists, which versions, how large.</summary>
    public string Description => $"{string.Join("; ", Lists.Select(list => list.Metadata.Version is { } version ? $"{list.Metadata.Title}, version {Day(version)}" : list.Metadata.Title))}: {Size}";

    /// <summary>Reads lists and indexes them, or finds the index of the same lists from before.</summary>
    /// <param name="paths">The files; when empty the installed lists, else the sample.</param>
    /// <param name="judgements">A file of people's judgements on entries of several lists, or null.</param>
    /// <param name="surroundings">For notices, and where the installed lists are.</param>
    /// <returns>The lists.</returns>
    /// <exception cref="FailureException">A file is missing.</exception>
    /// <exception cref="RecordFormatException">The judgements cannot be read; none of them is used.</exception>
    /// <exception cref="ListFormatException">A list cannot be read; nothing of it is used.</exception>
    /// <exception cref="SnapshotException">An installed list is damaged.</exception>
    public static LoadedLists Load(ImmutableArray<string> paths, string? judgements, Surroundings surroundings)
    {
        var (judged, loadedJudgements) = judgements is null ? ([], null) : ReadJudgements(judgements);
        var inputs = new List<ListInput>();
        try
        {
            if (paths.IsEmpty)
                AddInstalled(inputs, surroundings);
            foreach (var path in paths)
                inputs.Add(ListInput.Of(path));

            if (inputs.Exists(input => input.Key is null) || inputs.Sum(input => input.Length) < WorthKeeping || loadedJudgements is { Sha256: null })
                return Tell(Read(inputs, judged, loadedJudgements, surroundings), paths, surroundings);
            var folder = new IndexFolder(Path.Combine(surroundings.DataFolder ?? DataFolder.Find(), "indexes"), surroundings.Time);
            var name = IndexFolder.NameOf([.. inputs.Select(input => input.Key!), loadedJudgements?.Sha256 ?? "none"]);
            if (folder.Find(name) is { } known)
                return Tell(known with { Lists = [.. known.Lists.Zip(inputs, (list, input) => input.Describe(list))], Judgements = loadedJudgements }, paths, surroundings);

            if (surroundings.ErrorIsTerminal)
                surroundings.Error.Write("Reading and indexing the lists; the next start will be quicker ...\r");
            var read = Read(inputs, judged, loadedJudgements, surroundings);
            if (!folder.Keep(name, read))
                surroundings.Error.WriteLine("The index could not be kept in the data folder; the next start will read the lists again.");
            return Tell(read, paths, surroundings);
        }
        finally
        {
            foreach (var input in inputs)
                input.Dispose();
        }
    }

    private static LoadedLists Read(List<ListInput> inputs, ImmutableArray<EntityJudgement> judged, LoadedJudgements? judgements, Surroundings surroundings)
    {
        var files = new ListFile[inputs.Count];
        try
        {
            Parallel.For(0, inputs.Count, new ParallelOptions { CancellationToken = surroundings.Stop }, at => files[at] = inputs[at].Read());
        }
        catch (AggregateException faults)
        {
            // The first list that cannot be read, as if they had been read in turn.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
        }

        var lists = ImmutableArray.CreateBuilder<LoadedList>(inputs.Count);
        for (var at = 0; at < inputs.Count; at++)
            lists.Add(inputs[at].Describe(files[at], SamplePath(surroundings)));
        ImmutableArray<Entity> all = [.. files.SelectMany(file => file.Entities)];
        var groups = inputs.Count == 1 && judged.IsEmpty ? EntityGroups.None : EntityResolver.Resolve(all, judged);
        return new LoadedLists(lists.ToImmutable(), ScreeningIndex.Build(all).WithGroups(groups), judgements);
    }

    private static (ImmutableArray<EntityJudgement>, LoadedJudgements) ReadJudgements(string path)
    {
        using var stream = Input.RowFile.OpenStream(path, Stream.Null).Stream;
        var hash = stream.CanSeek ? Convert.ToHexStringLower(SHA256.HashData(stream)) : null;
        if (stream.CanSeek)
            stream.Position = 0;
        var judgements = JudgementLines.Read(stream, path);
        return (judgements, new LoadedJudgements(path, hash, judgements.Length));
    }

    private static LoadedLists Tell(LoadedLists loaded, ImmutableArray<string> paths, Surroundings surroundings)
    {
        foreach (var list in loaded.Lists)
        {
            if (!paths.IsEmpty && list is { Remarks: > 0, FirstRemark: { } first })
                surroundings.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{list.Path}: read with {list.Remarks:N0} remark{(list.Remarks == 1 ? "" : "s")}; the first: {Output.Shown.OneLine(first)}"));
        }
        return loaded;
    }

    /// <summary>A version that is a moment in time, to the day; other versions as they are.</summary>
    private static string Day(string version) => version.Length > 10 && version[10] == 'T' ? version[..10] : version;

    /// <summary>All that <c>entente lists</c> installed, else the sample, and then it is said.</summary>
    private static void AddInstalled(List<ListInput> inputs, Surroundings surroundings)
    {
        var store = new SnapshotStore(surroundings.DataFolder ?? DataFolder.Find());
        var now = surroundings.Time.GetUtcNow();
        foreach (var dataset in store.Datasets())
        {
            if (store.Current(dataset) is not { } snapshot)
            {
                surroundings.Error.WriteLine($"{dataset} was added but never fetched, and is not screened against. Run `entente lists update {dataset}`.");
                continue;
            }
            var version = ListVersion.Of(snapshot.Manifest);
            if (version.IsStale(now))
                surroundings.Error.WriteLine($"{dataset} may be out of date: {ListText.Age(version, now)}. `entente lists status` says what to do.");
            inputs.Add(ListInput.Of(snapshot));
        }
        if (inputs.Count > 0)
            return;
        var sample = SamplePath(surroundings);
        if (!File.Exists(sample))
            throw new FailureException("no list was given or installed. Name one with --list FILE, or run `entente lists update` to fetch the UN list.");
        surroundings.Error.WriteLine("No list given or installed: screening against the fictional sample list. Run `entente lists update` for the real UN list.");
        inputs.Add(ListInput.Of(sample));
    }

    private static string SamplePath(Surroundings surroundings) =>
        Path.Combine(surroundings.ProgramFolder, SampleList.Replace('/', Path.DirectorySeparatorChar));
}
