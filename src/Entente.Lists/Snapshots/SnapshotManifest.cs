using System.Text.Json;
using System.Text.Json.Serialization;

namespace Entente.Lists.Snapshots;

/// <summary>One file of a version.</summary>
/// <param name="Name">Its name in the version's folder.</param>
/// <param name="Sha256">Its SHA-256, 64 lower-case hexadecimal digits.</param>
/// <param name="Size">Its length in bytes.</param>
public sealed record SnapshotFile(string Name, string Sha256, long Size);

/// <summary>What is known of one stored version; kept in its folder as <c>manifest.json</c>.</summary>
/// <remarks>
/// <see cref="CheckedAt"/>, <see cref="ETag"/> and <see cref="LastModified"/> are brought up to date when the
/// publisher confirms the version; nothing else changes, unless the same file is fetched for a new version again.
/// </remarks>
public sealed record SnapshotManifest
{
    /// <summary>The version of this record's own format that this code writes and reads.</summary>
    public const int CurrentFormat = 2;

    /// <summary>The version of this record's own format.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The dataset's id.</summary>
    public required string Dataset { get; init; }

    /// <summary>The list's name, in English.</summary>
    public required string Title { get; init; }

    /// <summary>The authority that publishes it; null where nobody said.</summary>
    public string? Publisher { get; init; }

    /// <summary>
    /// The version's identity, 64 lower-case hexadecimal digits: the SHA-256 of its file; where it has several, that of
    /// what <c>sha256sum</c> prints for them in the order of their names.
    /// </summary>
    public required string Sha256 { get; init; }

    /// <summary>Its files: the list first, then what is read with it.</summary>
    public required IReadOnlyList<SnapshotFile> Files { get; init; }

    /// <summary>Where it came from: the address that was asked, before any redirect, or the local file (<c>file:</c>).</summary>
    public required Uri Source { get; init; }

    /// <summary>When this version was fetched as a new one, the last time.</summary>
    public required DateTimeOffset FetchedAt { get; init; }

    /// <summary>When the publisher last confirmed that this is what it publishes; for a local file, when it was last added.</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>When the publisher says that it made the file, if the file says.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>The version in the publisher's words, if the file says.</summary>
    public string? Version { get; init; }

    /// <summary>The dataset as the file says it. Another one in the next version would be suspicious.</summary>
    public string? SaidDataset { get; init; }

    /// <summary>What the file looks like, such as <c>xml CONSOLIDATED_LIST</c>. Another one in the next version would be suspicious.</summary>
    public string? Kind { get; init; }

    /// <summary>How many entities the file lists.</summary>
    public required int Entities { get; init; }

    /// <summary>How many entities of each schema.</summary>
    public required IReadOnlyDictionary<string, int> Schemata { get; init; }

    /// <summary>The server's mark for this content, as it was sent (RFC 9110, section 8.8.3).</summary>
    public string? ETag { get; init; }

    /// <summary>The server's date for this content (RFC 9110, section 8.8.2).</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>The length of all files in bytes.</summary>
    [JsonIgnore]
    public long Size => Files.Sum(file => file.Size);

    /// <summary>When the version was made, as far as is known: when the publisher made it, else when it was fetched.</summary>
    [JsonIgnore]
    public DateTimeOffset MadeAt => PublishedAt ?? FetchedAt;

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, SnapshotJson.Default.SnapshotManifest);

    /// <exception cref="JsonException">It is not a manifest that this code can read.</exception>
    internal static SnapshotManifest FromJson(byte[] json)
    {
        var manifest = JsonSerializer.Deserialize(json, SnapshotJson.Default.SnapshotManifest)
            ?? throw new JsonException("it is empty");
        if (manifest.Format != CurrentFormat)
            throw new JsonException($"it is of format {manifest.Format}, and this version of Entente reads format {CurrentFormat}");
        if (!manifest.Source.IsAbsoluteUri)
            throw new JsonException("it does not say where the version came from");
        return manifest.Files.Count > 0 && manifest.Files.All(file => Path.GetFileName(file.Name) == file.Name && file.Name.Length > 0)
            ? manifest
            : throw new JsonException("it does not name the files of the version");
    }
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SnapshotManifest))]
[JsonSerializable(typeof(ListSource))]
internal sealed partial class SnapshotJson : JsonSerializerContext;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Activation))]
internal sealed partial class ActivationJson : JsonSerializerContext;
