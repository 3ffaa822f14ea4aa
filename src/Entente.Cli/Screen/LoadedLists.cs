using System.Collections.Immutable;
using System.Globalization;
using Entente.Cli.Lists;
using Entente.Lists;
using Entente.Lists.Snapshots;
using Entente.Records;
using Entente.Screening;

namespace Entente.Cli.Screen;

/// <summary>One list in use.</summary>
/// <param name="Metadata">Whose list, and which version.</param>
/// <param name="Path">The file.</param>
/// <param name="Version">Which version exactly, and how old.</param>
internal sealed record LoadedList(ListMetadata Metadata, string Path, ListVersion Version)
{
    /// <summary>Its content's SHA-256 in lower-case hex, or null when it came through a pipe.</summary>
    public string? Sha256 => Version.Sha256;
}

/// <summary>The lists of this run and the index over them.</summary>
/// <param name="Lists">In the order they were named.</param>
/// <param name="Index">Over all of them.</param>
internal sealed record LoadedLists(ImmutableArray<LoadedList> Lists, ScreeningIndex Index)
{
    /// <summary>The fictional list that ships with the program.</summary>
    public const string SampleList = "samples/un-format-sample.xml";

    /// <summary>The versions that answers are made with.</summary>
    public IReadOnlyList<ListVersion> Versions => [.. Lists.Select(list => list.Version)];

    /// <summary>One line for people: which lists, which versions, how large.</summary>
    public string Description
    {
        get
        {
            var titles = Lists.Select(list => list.Metadata.Version is { } version ? $"{list.Metadata.Title}, version {Day(version)}" : list.Metadata.Title);
            return string.Create(CultureInfo.InvariantCulture,
                $"{string.Join("; ", titles)}: {Index.EntityCount:N0} entities, {Index.NameCount:N0} names");
        }
    }

    /// <summary>Reads lists and indexes them.</summary>
    /// <param name="paths">The files; when empty all installed lists, else the sample.</param>
    /// <param name="surroundings">For notices, and where the installed lists are.</param>
    /// <returns>The lists.</returns>
    /// <exception cref="FailureException">A list is missing.</exception>
    /// <exception cref="ListFormatException">A list cannot be read; nothing of it is used.</exception>
    /// <exception cref="SnapshotException">An installed list is damaged: the others alone would not be all.</exception>
    public static LoadedLists Load(ImmutableArray<string> paths, Surroundings surroundings)
    {
        var entities = ImmutableArray.CreateBuilder<Entity>();
        var lists = ImmutableArray.CreateBuilder<LoadedList>();
        foreach (var (stream, path, snapshot) in paths.IsEmpty ? Installed(surroundings) : paths.Select(Open))
        {
            using (stream)
            {
                var file = ListReader.Read(stream, path);
                if (!paths.IsEmpty)
                    Warn(file, path, surroundings);
                entities.AddRange(file.Entities);
                lists.Add(snapshot is null
                    ? Given(file, stream, path, surroundings)
                    : new LoadedList(Named(file.Metadata, snapshot.Manifest), path, ListVersion.Of(snapshot.Manifest)));
            }
        }
        return new LoadedLists(lists.ToImmutable(), ScreeningIndex.Build(entities.ToImmutable()));
    }

    /// <summary>A version that is a moment in time, to the day; other versions as they are.</summary>
    private static string Day(string version) => version.Length > 10 && version[10] == 'T' ? version[..10] : version;

    private static (Stream Stream, string Path, Snapshot? Snapshot) Open(string path) => (Input.RowFile.OpenStream(path, Stream.Null).Stream, path, null);

    /// <summary>All that <c>entente lists</c> installed, else the sample, and then it is said.</summary>
    private static IEnumerable<(Stream Stream, string Path, Snapshot? Snapshot)> Installed(Surroundings surroundings)
    {
        var store = new SnapshotStore(surroundings.DataFolder ?? DataFolder.Find());
        var any = false;
        foreach (var dataset in store.Datasets())
        {
            if (store.Current(dataset) is not { } snapshot)
            {
                surroundings.Error.WriteLine($"{dataset} was added but never fetched, and is not screened against. Run `entente lists update {dataset}`.");
                continue;
            }
            any = true;
            var version = ListVersion.Of(snapshot.Manifest);
            if (version.IsStale(surroundings.Time.GetUtcNow()))
                surroundings.Error.WriteLine($"{dataset} may be out of date: {ListText.Age(version, surroundings.Time.GetUtcNow())}. `entente lists status` says what to do.");
            yield return (snapshot.Open(), snapshot.Path, snapshot);
        }
        if (any)
            yield break;
        var sample = SamplePath(surroundings);
        if (!File.Exists(sample))
            throw new FailureException("no list was given or installed. Name one with --list FILE, or run `entente lists update` to fetch the UN list.");
        surroundings.Error.WriteLine("No list given or installed: screening against the fictional sample list. Run `entente lists update` for the real UN list.");
        yield return Open(sample);
    }

    /// <summary>A list that is read where it lies.</summary>
    private static LoadedList Given(ListFile file, Stream stream, string path, Surroundings surroundings)
    {
        // The sample is written in the UN's format; it is not the UN's.
        var metadata = path == SamplePath(surroundings)
            ? file.Metadata with { Dataset = "sample", Title = "Sample list of fictional people", Publisher = null, LegalBasis = null, SourceUrl = null, GeneratedAt = null }
            : file.Metadata;
        var hash = stream.CanSeek ? ListHash.Of(stream, path, metadata.Dataset) : null;
        return new LoadedList(metadata, path, ListVersion.Of(metadata, hash, file.Entities.Count(entity => entity.Target != false)));
    }

    /// <summary>What a stored file says of itself, under the name that its list has here.</summary>
    private static ListMetadata Named(ListMetadata metadata, SnapshotManifest manifest) =>
        metadata with { Dataset = manifest.Dataset, Title = manifest.Title, Publisher = manifest.Publisher };

    private static string SamplePath(Surroundings surroundings) =>
        Path.Combine(surroundings.ProgramFolder, SampleList.Replace('/', Path.DirectorySeparatorChar));

    private static void Warn(ListFile file, string path, Surroundings surroundings)
    {
        if (file.Warnings is [var first, ..])
            surroundings.Error.WriteLine($"{path}: read with {file.Warnings.Length} remarks; the first: line {first.Line}, {Output.Shown.OneLine(first.Message)}");
    }
}
