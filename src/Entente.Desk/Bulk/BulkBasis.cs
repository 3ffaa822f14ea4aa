using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Entente.Desk.Lists;
using Entente.Desk.Rows;
using Entente.Screening;

namespace Entente.Desk.Bulk;

/// <summary>One list of a bulk run.</summary>
/// <param name="Tag">Its dataset, version and the begin of its hash, as answers name it.</param>
/// <param name="Sha256">Its content.</param>
public sealed record BulkList(string Tag, string Sha256);

/// <summary>
/// All that the answers of a bulk run depend on. It is written beside the part file when a run begins, so that another
/// run can tell whether its answers would belong with those that are there.
/// </summary>
/// <remarks>Files are known by their content: they may be moved or renamed in between. Immutable.</remarks>
public sealed record BulkBasis
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
    /// <param name="name">The input as it was named; its ending says how it is read.</param>
    /// <param name="input">The rows.</param>
    /// <param name="schema">The schema of rows that name none.</param>
    /// <param name="policy">How it is judged.</param>
    /// <param name="lists">The lists.</param>
    /// <param name="stop">Ends the reading early.</param>
    /// <returns>The basis; null when the input or a list came through a pipe, so that nobody can tell whether it is the
    /// same another time.</returns>
    public static BulkBasis? Of(string name, RowFile input, string schema, MatchPolicy policy, LoadedLists lists, CancellationToken stop)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(lists);
        if (lists.Lists.Any(list => list.Sha256 is null) || lists.Judgements is { Sha256: null } || input.Hash(stop) is not { } hash)
            return null;
        return new BulkBasis
        {
            Engine = EngineVersion.Text,
            Build = EngineVersion.Build,
            Input = name,
            InputKind = Path.GetExtension(name).ToLowerInvariant(),
            InputBytes = input.Length!.Value,
            InputSha256 = hash,
            Schema = schema,
            PolicyHash = policy.Hash,
            Threshold = policy.Threshold,
            Limit = policy.Limit,
            Lists = [.. lists.Lists.Select(list => new BulkList(list.Version.Label, list.Sha256!))],
            JudgementsSha256 = lists.Judgements?.Sha256,
        };
    }

    /// <summary>What stands between answers on this basis and going on with them on another.</summary>
    /// <param name="now">What is asked now.</param>
    /// <returns>One phrase for each thing that would change the answers; empty when nothing would.</returns>
    public ImmutableArray<string> Differences(BulkBasis now)
    {
        ArgumentNullException.ThrowIfNull(now);
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

    /// <summary>Writes it, in one step and to the disk.</summary>
    /// <param name="path">Where.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(string path)
    {
        var incoming = path + ".new";
        using (var stream = new FileStream(incoming, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(stream, this, BulkBasisJson.Default.BulkBasis);
            stream.Flush(flushToDisk: true);
        }
        File.Move(incoming, path, overwrite: true);
    }

    /// <summary>Reads what a run wrote with <see cref="Save"/>.</summary>
    /// <param name="path">Where.</param>
    /// <returns>The basis.</returns>
    /// <exception cref="JsonException">It is damaged, or of a format that this code does not read.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static BulkBasis Load(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (stream.Length > MaxBytes)
            throw new JsonException("it is too large");
        var basis = JsonSerializer.Deserialize(stream, BulkBasisJson.Default.BulkBasis) ?? throw new JsonException("it is empty");
        if (basis.Format != CurrentFormat)
            throw new JsonException($"it is of format {basis.Format}, and this version of Entente reads format {CurrentFormat}");
        return basis.Lists.IsDefault || basis.Lists.Any(list => list is not { Sha256.Length: 64 }) || basis.InputSha256.Length != 64
            ? throw new JsonException("it is incomplete")
            : basis;
    }

    private static string Judgements(string? sha256) => sha256 is null ? "none" : $"those with SHA-256 {Short(sha256)}";

    private static string Short(string sha256) => sha256[..12];
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(BulkBasis))]
internal sealed partial class BulkBasisJson : JsonSerializerContext;
