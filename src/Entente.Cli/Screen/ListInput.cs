using System.Security.Cryptography;
using System.Text;
using Entente.Lists;
using Entente.Lists.Snapshots;

namespace Entente.Cli.Screen;

/// <summary>A list that was named or is installed, not yet read.</summary>
internal sealed class ListInput : IDisposable
{
    // Files that belong to a list in the same folder: OFAC's, and the mapping of a house list.
    private static readonly string[] Companions =
        ["alt.csv", "add.csv", "sdn_comments.csv", "cons_alt.csv", "cons_add.csv", "cons_comments.csv"];

    private readonly Stream _stream;

    private ListInput(Stream stream, string path, SnapshotManifest? manifest)
    {
        _stream = stream;
        Path = path;
        Manifest = manifest;
        Sha256 = stream.CanSeek ? manifest?.Sha256 ?? Hash() : null;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What is known of an installed version; null for a file that was given.</summary>
    public SnapshotManifest? Manifest { get; }

    /// <summary>As <see cref="LoadedList.Sha256"/>.</summary>
    public string? Sha256 { get; }

    /// <summary>Bytes; 0 for a pipe.</summary>
    public long Length => _stream.CanSeek ? _stream.Length : 0;

    /// <summary>Opens a list that was named.</summary>
    public static ListInput Of(string path) => new(Input.RowFile.OpenStream(path, Stream.Null).Stream, path, null);

    /// <summary>Opens an installed list.</summary>
    /// <exception cref="SnapshotException">It is damaged.</exception>
    public static ListInput Of(Snapshot snapshot) => new(snapshot.Open(), snapshot.Path, snapshot.Manifest);

    /// <summary>Reads the list.</summary>
    /// <exception cref="ListFormatException">It cannot be read; nothing of it is used.</exception>
    public ListFile Read() => ListReader.Read(_stream, Path, SiblingFiles.Of(Path));

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private string Hash()
    {
        var own = SHA256.HashData(_stream);
        _stream.Position = 0;
        var others = Beside();
        if (others.Length == 0)
            return Convert.ToHexStringLower(own);
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        all.AppendData(own);
        foreach (var other in others)
        {
            using var stream = File.OpenRead(other);
            all.AppendData(Encoding.UTF8.GetBytes(System.IO.Path.GetFileName(other).ToLowerInvariant()));
            all.AppendData(SHA256.HashData(stream));
        }
        return Convert.ToHexStringLower(all.GetHashAndReset());
    }

    private string[] Beside()
    {
        var full = System.IO.Path.GetFullPath(Path);
        if (!full.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || System.IO.Path.GetDirectoryName(full) is not { } folder)
            return [];
        return [.. Directory.EnumerateFiles(folder)
            .Where(file => file != full && (Companions.Contains(System.IO.Path.GetFileName(file), StringComparer.OrdinalIgnoreCase)
                || file.Equals(full + ".map.json", StringComparison.OrdinalIgnoreCase)))
            .Order(StringComparer.Ordinal)];
    }
}
