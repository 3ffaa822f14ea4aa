using System.Text.Json;
using System.Text.Json.Serialization;

namespace Entente.Lists.Snapshots;

/// <summary>What reading a list file through tells of it.</summary>
/// <param name="Entities">How many entities it holds.</param>
/// <param name="Schemata">How many of each schema, for instance 730 of <c>Person</c>.</param>
/// <param name="PublishedAt">When the publisher says that it made the file; null where the file does not say.</param>
public sealed record ListSummary(int Entities, IReadOnlyDictionary<string, int> Schemata, DateTimeOffset? PublishedAt);

/// <summary>What is known of one stored version; kept beside it as <c>SHA256.json</c>.</summary>
/// <remarks>
/// <see cref="CheckedAt"/>, <see cref="ETag"/> and <see cref="LastModified"/> are brought up to date when the
/// publisher confirms the version; nothing else changes, unless the same file is fetched for a new version again.
/// </remarks>
public sealed record SnapshotManifest
{
    /// <summary>The version of this record's own format that this code writes and reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The version of this record's own format.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The dataset's id.</summary>
    public required string Dataset { get; init; }

    /// <summary>The file's SHA-256, 64 lower-case hexadecimal digits: the version's identity.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The file's length in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The address that was asked for the file, before any redirect.</summary>
    public required Uri Source { get; init; }

    /// <summary>When this version was fetched as a new one, the last time.</summary>
    public required DateTimeOffset FetchedAt { get; init; }

    /// <summary>When the publisher last confirmed that this is what it publishes.</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>When the publisher says that it made the file, if the file says.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>How many entities the file holds.</summary>
    public required int Entities { get; init; }

    /// <summary>How many entities of each schema.</summary>
    public required IReadOnlyDictionary<string, int> Schemata { get; init; }

    /// <summary>The server's mark for this content, as it was sent (RFC 9110, section 8.8.3).</summary>
    public string? ETag { get; init; }

    /// <summary>The server's date for this content (RFC 9110, section 8.8.2).</summary>
    public DateTimeOffset? LastModified { get; init; }

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ManifestJson.Default.SnapshotManifest);

    /// <exception cref="JsonException">It is not a manifest that this code can read.</exception>
    internal static SnapshotManifest FromJson(byte[] json)
    {
        var manifest = JsonSerializer.Deserialize(json, ManifestJson.Default.SnapshotManifest)
            ?? throw new JsonException("it is empty");
        return manifest.Format == CurrentFormat
            ? manifest
            : throw new JsonException($"it is of format {manifest.Format}, and this version of Entente reads format {CurrentFormat}");
    }
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SnapshotManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;
