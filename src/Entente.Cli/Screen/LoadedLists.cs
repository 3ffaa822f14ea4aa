using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Entente.Lists;
using Entente.Lists.Snapshots;
using Entente.Records;
using Entente.Records.Json;
using Entente.Screening;
using Entente.Screening.Listings;

namespace Entente.Cli.Screen;

/// <summary>One list in use.</summary>
/// <param name="Metadata">Whose list, and which version.</param>
/// <param name="Path">The file.</param>
/// <param name="Sha256">Its content's SHA-256 in lower-case hex, or null when it came through a pipe.</param>
/// <param name="Entities">How many it lists.</param>
internal sealed record LoadedList(ListMetadata Metadata, string Path, string? Sha256, int Entities);

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

    /// <summary>One line for people: which lists, which versions, how large.</summary>
    public string Description
    {
        get
        {
            var titles = Lists.Select(list => list.Metadata.Version is { } version ? $"{list.Metadata.Title}, version {Day(version)}" : list.Metadata.Title);
            return string.Create(CultureInfo.InvariantCulture,
                $"{string.Join("; ", titles)}: {Index.EntityCount:N0} entities, {Index.NameCount:N0} names{(Index.GroupCount > 0 ? $"; on several lists: {Index.GroupCount:N0}" : "")}");
        }
    }

    /// <summary>Reads lists and indexes them.</summary>
    /// <param name="paths">The files; when empty the installed list, else the sample.</param>
    /// <param name="judgements">A file of people's judgements on entries of several lists, or null.</param>
    /// <param name="surroundings">For notices, and where the installed lists are.</param>
    /// <returns>The lists.</returns>
    /// <exception cref="FailureException">A file is missing.</exception>
    /// <exception cref="RecordFormatException">The judgements cannot be read; none of them is used.</exception>
    /// <exception cref="ListFormatException">A list cannot be read; nothing of it is used.</exception>
    public static LoadedLists Load(ImmutableArray<string> paths, string? judgements, Surroundings surroundings)
    {
        var (judged, loadedJudgements) = judgements is null ? ([], null) : ReadJudgements(judgements);
        var entities = ImmutableArray.CreateBuilder<Entity>();
        var lists = ImmutableArray.CreateBuilder<LoadedList>();
        foreach (var (stream, path) in paths.IsEmpty ? [Installed(surroundings)] : paths.Select(Open))
        {
            using (stream)
            {
                var hash = stream.CanSeek ? Convert.ToHexStringLower(SHA256.HashData(stream)) : null;
                if (stream.CanSeek)
                    stream.Position = 0;
                var file = ListReader.Read(stream, path, SiblingFiles.Of(path));
                if (!paths.IsEmpty)
                    Warn(file, path, surroundings);
                entities.AddRange(file.Entities);
                // The sample is written in the UN's format; it is not the UN's.
                var metadata = path == SamplePath(surroundings)
                    ? file.Metadata with { Dataset = "sample", Title = "Sample list of fictional people", Publisher = null, LegalBasis = null, SourceUrl = null }
                    : file.Metadata;
                lists.Add(new LoadedList(metadata, path, hash, file.Entities.Count(entity => entity.Target != false)));
            }
        }
        var all = entities.ToImmutable();
        var groups = EntityResolver.Resolve(all, judged);
        return new LoadedLists(lists.ToImmutable(), ScreeningIndex.Build(all).WithGroups(groups), loadedJudgements);
    }

    private static (ImmutableArray<EntityJudgement>, LoadedJudgements) ReadJudgements(string path)
    {
        using var stream = Open(path).Stream;
        var hash = stream.CanSeek ? Convert.ToHexStringLower(SHA256.HashData(stream)) : null;
        if (stream.CanSeek)
            stream.Position = 0;
        var judgements = JudgementLines.Read(stream, path);
        return (judgements, new LoadedJudgements(path, hash, judgements.Length));
    }

    /// <summary>A version that is a moment in time, to the day; other versions as they are.</summary>
    private static string Day(string version) => version.Length > 10 && version[10] == 'T' ? version[..10] : version;

    private static (Stream Stream, string Path) Open(string path) => (Input.RowFile.OpenStream(path, Stream.Null).Stream, path);

    /// <summary>What <c>entente lists update</c> installed, else the sample, and then it is said.</summary>
    private static (Stream Stream, string Path) Installed(Surroundings surroundings)
    {
        var store = new SnapshotStore(surroundings.DataFolder ?? DataFolder.Find());
        if (store.Current(ListCatalogue.UnitedNations.Dataset) is { } snapshot)
            return (snapshot.Open(), snapshot.Path);
        var sample = SamplePath(surroundings);
        if (!File.Exists(sample))
            throw new FailureException("no list was given or installed. Name one with --list FILE, or run `entente lists update` to fetch the UN list.");
        surroundings.Error.WriteLine("No list given or installed: screening against the fictional sample list. Run `entente lists update` for the real UN list.");
        return Open(sample);
    }

    private static string SamplePath(Surroundings surroundings) =>
        Path.Combine(surroundings.ProgramFolder, SampleList.Replace('/', Path.DirectorySeparatorChar));

    private static void Warn(ListFile file, string path, Surroundings surroundings)
    {
        if (file.Warnings is [var first, ..])
            surroundings.Error.WriteLine($"{path}: read with {file.Warnings.Length} remarks; the first: line {first.Line}, {Output.Shown.OneLine(first.Message)}");
    }
}
