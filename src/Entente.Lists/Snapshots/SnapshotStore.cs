using System.Text;
using System.Text.Json;

namespace Entente.Lists.Snapshots;

/// <summary>
/// The list versions on disk. Reading takes no lock and, while an update runs, sees the former version or the new
/// one, each whole. Instances hold no state and may be shared between threads.
/// </summary>
/// <remarks>
/// <para>Under the data folder: <c>lists/DATASET/SHA256.xml</c>, the file as published; <c>SHA256.json</c>, its
/// <see cref="SnapshotManifest"/>; <c>current</c> and <c>held</c>, each the hash of the version in use and of one that
/// waits for a person's word; <c>lock</c>, locked by the one process that may write; <c>incoming-*</c>, unfinished.</para>
/// <para>Every file is written under another name in the same folder, flushed to the disk and renamed, the file
/// before its manifest before the pointer: a process killed at any moment leaves the former version in use. What
/// .NET has no call for is flushing the folder itself, so after a power cut some file systems may come back with
/// the pointer of a moment before.</para>
/// </remarks>
public sealed class SnapshotStore
{
    internal const string CurrentPointer = "current";
    internal const string HeldPointer = "held";

    /// <summary>Uses the store under a data folder, which need not exist yet.</summary>
    public SnapshotStore(string dataFolder) => Folder = Path.Combine(Path.GetFullPath(dataFolder), "lists");

    /// <summary>The store's own folder: <c>lists</c> under the data folder.</summary>
    public string Folder { get; }

    /// <summary>The version in use, or null where none was ever fetched.</summary>
    /// <exception cref="SnapshotException">The store is damaged or unreadable.</exception>
    public Snapshot? Current(string dataset) => Follow(dataset, CurrentPointer);

    /// <summary>The version that waits for a person's word, or null where none does.</summary>
    /// <exception cref="SnapshotException">The store is damaged or unreadable.</exception>
    public Snapshot? Held(string dataset) => Follow(dataset, HeldPointer);

    /// <summary>Every stored version, the one last fetched first; also one that is held, or was never put to use.</summary>
    /// <exception cref="SnapshotException">The store is damaged or unreadable.</exception>
    public IReadOnlyList<Snapshot> Versions(string dataset)
    {
        var folder = FolderOf(dataset);
        return !Directory.Exists(folder)
            ? []
            : [.. Directory.EnumerateFiles(folder, "*.json")
                .Select(path => Path.GetFileNameWithoutExtension(path))
                .Where(IsHash)
                .Select(hash => Load(dataset, hash))
                .OrderByDescending(version => version.Manifest.FetchedAt)
                .ThenBy(version => version.Manifest.Sha256, StringComparer.Ordinal)];
    }

    /// <summary>
    /// Starts writing to a dataset and sweeps up what a killed process left unfinished. Dispose the writer to let
    /// others write; when the process dies, the system does.
    /// </summary>
    /// <exception cref="SnapshotException">Another process is writing, or the folder cannot be written to.</exception>
    public SnapshotWriter Write(string dataset) => new(this, dataset);

    internal string FolderOf(string dataset)
    {
        if (dataset.Length is 0 or > 64 || !dataset.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            throw new ArgumentException($"'{dataset}' is no dataset id: lower-case letters, digits and hyphens.", nameof(dataset));
        return Path.Combine(Folder, dataset);
    }

    internal string PathOf(string dataset, string hash) => Path.Combine(FolderOf(dataset), hash + ".xml");

    internal string ManifestPathOf(string dataset, string hash) => Path.Combine(FolderOf(dataset), hash + ".json");

    private Snapshot? Follow(string dataset, string pointer)
    {
        var path = Path.Combine(FolderOf(dataset), pointer);
        if (ReadAll(path) is not { } bytes)
            return null;
        var hash = Encoding.ASCII.GetString(bytes).Trim();
        return IsHash(hash)
            ? Load(dataset, hash)
            : throw new SnapshotException($"{path}: damaged, it should hold the SHA-256 of a stored version. Run 'entente lists update'.");
    }

    private Snapshot Load(string dataset, string hash)
    {
        var path = ManifestPathOf(dataset, hash);
        try
        {
            var manifest = SnapshotManifest.FromJson(ReadAll(path)
                ?? throw new SnapshotException($"{path}: missing. Run 'entente lists update'."));
            return manifest.Sha256 == hash && manifest.Dataset == dataset
                ? new Snapshot(manifest, PathOf(dataset, hash))
                : throw new SnapshotException($"{path}: damaged, it describes another version. Run 'entente lists update'.");
        }
        catch (JsonException fault)
        {
            throw new SnapshotException($"{path}: not a readable manifest ({fault.Message}). Run 'entente lists update'.", fault);
        }
    }

    private static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    private static byte[]? ReadAll(string path)
    {
        try
        {
            // Shared for delete, so that on Windows too a writer can replace the file under a reader.
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length > 1 << 20)
                throw new SnapshotException($"{path}: damaged, it is far too long. Run 'entente lists update'.");
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SnapshotException($"{path}: cannot be read ({fault.Message}).", fault);
        }
    }
}
