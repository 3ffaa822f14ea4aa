using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Entente.Desk;
using Entente.Desk.Lists;
using Entente.Desk.Rows;

namespace Entente.Cli.Screen;

/// <summary>One list of a bulk job.</summary>
/// <param name="Tag">Its dataset, version and the begin of its hash, as answers name it.</param>
/// <param name="Sha256">Its content.</param>
internal sealed record BulkList(string Tag, string Sha256);

/// <summary>
/// All that the answers of a bulk run depend on. It is written beside the part file when a run begins, so that another
/// run can tell whether its answers would belong with those that are there.
/// </summary>
/// <remarks>Files are known by their content: they may be moved or renamed in between. Immutable.</remarks>
internal sealed record BulkJob
{
    /// <summary>The version of this record's own format that this code writes and reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>A file that is larger is not ours.</summary>
    private const int MaxBytes = 1 << 20;

    /// <summary>The version of this record's own format.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The version of the program.</summary>
    public required string Engine { get; init; }

    /// <summary>The build of the program: a version under development has many.</summary>
    public required string Build { get; init; }

    /// <summary>The input as it was named, for people.</summary>
    public required string Input { get; init; }

    /// <summary>The ending of its name, lower-case, which says how it is read.</summary>
    public required string InputKind { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required long InputBytes { get; init; }

    /// <summary>Its content.</summary>
    public required string InputSha256 { get; init; }

    /// <summary>The schema of rows that name none.</summary>
    public required string Schema { get; init; }

    /// <summary>All of the policy, in one word.</summary>
    public required string PolicyHash { get; init; }

    /// <summary>Of the policy, what the command line can set.</summary>
    public required double Threshold { get; init; }

    /// <summary>Of the policy, what the command line can set.</summary>
    public required int Limit { get; init; }

    /// <summary>In the order they were named.</summary>
    public required ImmutableArray<BulkList> Lists { get; init; }

    /// <summary>The content of the file of judgements; null where none was named.</summary>
    public string? JudgementsSha256 { get; init; }

    /// <summary>What a run is about to do. Reads the input once for its hash.</summary>
    /// <param name="options">What was asked.</param>
    /// <param name="input">The rows.</param>
    /// <param name="lists">The lists.</param>
    /// <param name="stop">Ends the reading early.</param>
    /// <returns>The job; null when the input or a list came through a pipe, so that nobody can tell whether it is the
    /// same another time.</returns>
    public static BulkJob? Of(ScreenOptions options, RowFile input, LoadedLists lists, CancellationToken stop)
    {
        if (lists.Lists.Any(list => list.Sha256 is null) || lists.Judgements is { Sha256: null } || input.Hash(stop) is not { } hash)
            return null;
        return new BulkJob
        {
            Engine = EngineVersion.Text,
            Build = EngineVersion.Build,
            Input = options.Input!,
            InputKind = Path.GetExtension(options.Input!).ToLowerInvariant(),
            InputBytes = input.Length!.Value,
            InputSha256 = hash,
            Schema = options.Schema,
            PolicyHash = options.Policy.Hash,
            Threshold = options.Policy.Threshold,
            Limit = options.Policy.Limit,
            Lists = [.. lists.Lists.Select(list => new BulkList(list.Version.Label, list.Sha256!))],
            JudgementsSha256 = lists.Judgements?.Sha256,
        };
    }

    /// <summary>What stands between this job and going on with it.</summary>
    /// <param name="now">What is asked now.</param>
    /// <returns>One phrase for each thing that would change the answers; empty when nothing would.</returns>
    public ImmutableArray<string> Differences(BulkJob now)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        if ((InputBytes, InputSha256) != (now.InputBytes, now.InputSha256))
            found.Add(string.Create(CultureInfo.InvariantCulture, $"the input was {Input} with {InputBytes:N0} bytes (SHA-256 {Short(InputSha256)}) and is {now.Input} with {now.InputBytes:N0} bytes (SHA-256 {Short(now.InputSha256)})"));
        if (InputKind != now.InputKind)
            found.Add($"the input was named {Input} and is {now.Input}, which would be read another way");
        if (!Lists.SequenceEqual(now.Lists))
            found.Add($"the lists were {string.Join(", ", Lists.Select(list => list.Tag))} and are {string.Join(", ", now.Lists.Select(list => list.Tag))}");
        if (JudgementsSha256 != now.JudgementsSha256)
            found.Add($"the judgements were {Judgements(JudgementsSha256)} and are {Judgements(now.JudgementsSha256)}");
        if (Schema != now.Schema)
            found.Add($"--schema was {Schema} and is {now.Schema}");
        if (Threshold != now.Threshold)
            found.Add(string.Create(CultureInfo.InvariantCulture, $"--threshold was {Threshold:R} and is {now.Threshold:R}"));
        if (Limit != now.Limit)
            found.Add(string.Create(CultureInfo.InvariantCulture, $"--limit was {Limit} and is {now.Limit}"));
        if (Engine != now.Engine)
            found.Add($"the program was entente {Engine} and is {now.Engine}");
        else if (Build != now.Build)
            found.Add($"the program was another build of entente {Engine}");
        else if (PolicyHash != now.PolicyHash && Threshold == now.Threshold && Limit == now.Limit)
            found.Add("the weights of evidence have changed");
        return found.ToImmutable();
    }

    /// <summary>Writes the job, in one step and to the disk.</summary>
    /// <param name="path">Where.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(string path)
    {
        var incoming = path + ".new";
        using (var stream = new FileStream(incoming, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(stream, this, BulkJobJson.Default.BulkJob);
            stream.Flush(flushToDisk: true);
        }
        File.Move(incoming, path, overwrite: true);
    }

    /// <summary>Reads what a run wrote with <see cref="Save"/>.</summary>
    /// <param name="path">Where.</param>
    /// <returns>The job.</returns>
    /// <exception cref="JsonException">It is damaged, or of a format that this code does not read.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static BulkJob Load(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (stream.Length > MaxBytes)
            throw new JsonException("it is too large");
        var job = JsonSerializer.Deserialize(stream, BulkJobJson.Default.BulkJob) ?? throw new JsonException("it is empty");
        if (job.Format != CurrentFormat)
            throw new JsonException($"it is of format {job.Format}, and this version of Entente reads format {CurrentFormat}");
        return job.Lists.IsDefault || job.Lists.Any(list => list is not { Sha256.Length: 64 }) || job.InputSha256.Length != 64
            ? throw new JsonException("it is incomplete")
            : job;
    }

    private static string Judgements(string? sha256) => sha256 is null ? "none" : $"those with SHA-256 {Short(sha256)}";

    private static string Short(string sha256) => sha256[..12];
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(BulkJob))]
internal sealed partial class BulkJobJson : JsonSerializerContext;
