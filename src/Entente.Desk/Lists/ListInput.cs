using System.Globalization;
using Entente.Lists;
using Entente.Lists.Snapshots;

namespace Entente.Desk.Lists;

/// <summary>A list that was named or is installed, not yet read.</summary>
internal sealed class ListInput : IDisposable
{
    private readonly Stream _stream;
    private readonly Snapshot? _snapshot;

    private ListInput(Stream stream, string path, Snapshot? snapshot)
    {
        _stream = stream;
        _snapshot = snapshot;
        Path = path;
        // What a stored list is called is not in its file.
        Key = snapshot is not null ? $"{snapshot.Manifest.Dataset} {snapshot.Manifest.Sha256}" : Hash("given");
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The same for the same content, with what is read with it; null when it comes through a pipe.</summary>
    public string? Key { get; }

    /// <summary>Bytes; 0 for a pipe.</summary>
    public long Length => _stream.CanSeek ? _stream.Length : 0;

    /// <summary>Opens a list that was named.</summary>
    public static ListInput Of(string path) => new(InputFile.Open(path, Stream.Null).Stream, path, null);

    /// <summary>Opens an installed list.</summary>
    /// <exception cref="SnapshotException">It is damaged.</exception>
    public static ListInput Of(Snapshot snapshot) => new(snapshot.Open(), snapshot.Path, snapshot);

    /// <summary>Reads the list.</summary>
    /// <exception cref="ListFormatException">It cannot be read; nothing of it is used.</exception>
    public ListFile Read() => ListReader.Read(_stream, Path, SiblingFiles.Of(Path));

    /// <summary>What is known of the list once it is read.</summary>
    /// <param name="file">What was read.</param>
    /// <param name="sampleFile">Where the list lies that ships with the program.</param>
    public LoadedList Describe(ListFile file, string? sampleFile)
    {
        // The sample is written in the UN's format; it is not the UN's.
        var metadata = Path == sampleFile
            ? file.Metadata with { Dataset = "sample", Title = "Sample list of fictional people", Publisher = null, LegalBasis = null, SourceUrl = null, GeneratedAt = null }
            : _snapshot is { Manifest: { } manifest }
                ? Named(file.Metadata, manifest)
                : file.Metadata;
        return new LoadedList
        {
            Metadata = metadata,
            Path = Path,
            Version = _snapshot is not null
                ? ListVersion.Of(_snapshot.Manifest)
                : ListVersion.Of(metadata, Hash(metadata.Dataset), file.Entities.Count(entity => entity.Target != false)),
            Remarks = file.Warnings.Length,
            FirstRemark = file.Warnings is [var first, ..] ? $"line {first.Line.ToString(CultureInfo.InvariantCulture)}, {first.Message}" : null,
        };
    }

    /// <summary>The same content, read before, perhaps from another place and confirmed since.</summary>
    public LoadedList Describe(LoadedList known) => _snapshot is { Manifest: { } manifest }
        ? known with { Path = Path, Metadata = Named(known.Metadata, manifest), Version = ListVersion.Of(manifest) }
        : known with { Path = Path };

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private static ListMetadata Named(ListMetadata metadata, SnapshotManifest manifest) =>
        metadata with { Dataset = manifest.Dataset, Title = manifest.Title, Publisher = manifest.Publisher };

    private string? Hash(string dataset) => _stream.CanSeek ? ListHash.Of(_stream, Path, dataset) : null;
}
