using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Entente.Lists.Snapshots;

/// <summary>
/// The list versions on disk. Reading takes no lock and, while an update runs, sees the former version or the new
/// one, each whole. Instances hold no state and may be shared between threads.
/// </summary>
/// <remarks>
/// <para>Under the data folder: <c>lists/DATASET/SHA256/</c>, a version: its files as published, and
/// <c>manifest.json</c>, its <see cref="SnapshotManifest"/>; <c>current</c> and <c>held</c>, each the hash of the
/// version in use and of one that waits for a person's word; <c>history</c>, which was put to use when;
/// <c>source.json</c>, where it comes from, if a person said so; <c>lock</c>, locked by the one process that may
/// write; <c>incoming-*</c>, unfinished.</para>
/// <para>Every file and folder is written under another name, flushed to the disk and renamed, the version before the
/// pointer: a process killed at any moment leaves the former version in use. What .NET has no call for is flushing the
/// folder itself, so after a power cut some file systems may come back with the pointer of a moment before.</para>
/// </remarks>
public sealed class SnapshotStore
{
    internal const string CurrentPointer = "current";
    internal const string HeldPointer = "held";
    internal const string HistoryFile = "history";
    internal const string SourceFile = "source.json";
    internal const string ManifestFile = "manifest.json";

    /// <summary>Uses the store under a data folder, which need not exist yet.</summary>
    public SnapshotStore(string dataFolder) => Folder = Path.Combine(Path.GetFullPath(dataFolder), "lists");

    /// <summary>The store's own folder: <c>lists</c> under the data folder.</summary>
    public string Folder { get; }

    /// <summary>Whether a text can be the id of a dataset: up to 64 lower-case letters, digits, hyphens and underscores.</summary>
    public static bool IsDatasetId(string text) =>
        text is { Length: > 0 and <= 64 } && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_');

    /// <summary>The datasets with a version in use, a version that is held, or a source that a person named; by id.</summary>
    public IReadOnlyList<string> Datasets() => !Directory.Exists(Folder)
        ? []
        : [.. Directory.EnumerateDirectories(Folder)
            .Select(path => Path.GetFileName(path))
            .Where(name => IsDatasetId(name) && ((string[])[CurrentPointer, HeldPointer, SourceFile]).Any(file => File.Exists(Path.Combine(Folder, name, file))))
            .Order(StringComparer.Ordinal)];

    /// <summary>All datasets that have a version in use, with that version; by dataset id. Their files are not checked yet:
    /// <see cref="Snapshot.Verify"/> does that.</summary>
    /// <exception cref="SnapshotException">The store is damaged or unreadable: the other lists alone would not be all.</exception>
    public IReadOnlyList<Snapshot> Installed() => [.. Datasets().Select(Current).OfType<Snapshot>()];

    /// <summary>Where a dataset comes from: as a person said with <c>entente lists add</c>, else as the catalogue says.</summary>
    /// <returns>Null where neither does.</returns>
    /// <exception cref="SnapshotException">The store is damaged or unreadable.</exception>
    public ListSource? Source(string dataset)
    {
        var path = Path.Combine(FolderOf(dataset), SourceFile);
        if (ReadAll(path) is not { } bytes)
            return ListCatalogue.Find(dataset);
        try
        {
            return JsonSerializer.Deserialize(bytes, SnapshotJson.Default.ListSource) is { } source && source.Dataset == dataset
                ? source
                : throw new JsonException("it describes another list");
        }
        catch (JsonException fault)
        {
            throw new SnapshotException($"{path}: not readable ({fault.Message}). Run 'entente lists add' again.", fault);
        }
    }

    /// <summary>The version in use, or null where none was ever put to use.</summary>
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
            : [.. Directory.EnumerateDirectories(folder)
                .Select(path => Path.GetFileName(path))
                .Where(IsHash)
                .Select(hash => Load(dataset, hash))
                .OrderByDescending(version => version.Manifest.FetchedAt)
                .ThenBy(version => version.Manifest.Sha256, StringComparer.Ordinal)];
    }

    /// <summary>When which version was put to use, the first first.</summary>
    /// <exception cref="SnapshotException">The store is damaged or unreadable.</exception>
    public IReadOnlyList<Activation> History(string dataset)
    {
        var path = Path.Combine(FolderOf(dataset), HistoryFile);
        if (ReadAll(path) is not { } bytes)
            return [];
        try
        {
            return [.. Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize(line, ActivationJson.Default.Activation) ?? throw new JsonException("a line is empty"))];
        }
        catch (JsonException fault)
        {
            throw new SnapshotException($"{path}: damaged ({fault.Message}). Remove it: only the record of former versions is lost.", fault);
        }
    }

    /// <summary>
    /// The version that was in use before the current one, and that a rollback goes to: not one that a person went
    /// back from. Null where there is none, or it is no longer kept.
    /// </summary>
    /// <exception cref="SnapshotException">The store is damaged or unreadable.</exception>
    public Snapshot? Previous(string dataset)
    {
        if (Current(dataset) is not { } current)
            return null;
        var history = History(dataset);
        var refused = Refused(history);
        // After a rollback 'before' is before the version gone back to was first taken, not before the rollback.
        var at = history.Count;
        for (var i = history.Count - 1; i >= 0 && at == history.Count; i--)
        {
            if (history[i].Sha256 == current.Manifest.Sha256 && history[i].Kind != ActivationKind.RolledBack)
                at = i;
        }
        for (var i = at - 1; i >= 0; i--)
        {
            var hash = history[i].Sha256;
            if (hash != current.Manifest.Sha256 && !refused.Contains(hash) && Directory.Exists(FolderOf(dataset, hash)))
                return Load(dataset, hash);
        }
        return null;
    }

    /// <summary>Finds a stored version by what a person calls it.</summary>
    /// <param name="dataset">The dataset's id.</param>
    /// <param name="name">The first four or more digits of its hash; its date (2026-02-27), which is the publisher's or
    /// else the day it was fetched; or <c>current</c>, <c>previous</c>, <c>held</c>.</param>
    /// <exception cref="SnapshotException">There is none, or several, of this name; or the store is damaged.</exception>
    public Snapshot Find(string dataset, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        switch (name.ToLowerInvariant())
        {
            case "current":
                return Current(dataset) ?? throw new SnapshotException($"No version of '{dataset}' is in use.");
            case "previous":
                return Previous(dataset) ?? throw new SnapshotException($"No version of '{dataset}' before the one in use is kept.");
            case "held":
                return Held(dataset) ?? throw new SnapshotException($"No version of '{dataset}' is held.");
        }
        var versions = Versions(dataset);
        Snapshot[] found = DateOnly.TryParseExact(name, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? [.. versions.Where(version => DateOnly.FromDateTime(version.Manifest.MadeAt.UtcDateTime) == day)]
            : name.Length >= 4 ? [.. versions.Where(version => version.Manifest.Sha256.StartsWith(name, StringComparison.OrdinalIgnoreCase))] : [];
        return found switch
        {
            [var one] => one,
            [] => throw new SnapshotException($"No version '{name}' of '{dataset}' is kept. Name a version by its date or by the first four or more digits of its hash{(versions.Count == 0 ? "" : $"; kept are {Choices(versions)}")}."),
            _ => throw new SnapshotException($"Several versions of '{dataset}' are called '{name}': {Choices(found)}. Name one by the first digits of its hash."),
        };
    }

    /// <summary>
    /// Starts writing to a dataset and sweeps up what a killed process left unfinished. Dispose the writer to let
    /// others write; when the process dies, the system does.
    /// </summary>
    /// <exception cref="SnapshotException">Another process is writing, or the folder cannot be written to.</exception>
    public SnapshotWriter Write(string dataset) => new(this, dataset);

    /// <summary>The versions that a person went back from and did not accept since.</summary>
    internal static IReadOnlySet<string> Refused(IReadOnlyList<Activation> history)
    {
        var refused = new HashSet<string>(StringComparer.Ordinal);
        foreach (var activation in history)
        {
            refused.Remove(activation.Sha256);
            if (activation is { Kind: ActivationKind.RolledBack, From: { } from })
                refused.Add(from);
        }
        return refused;
    }

    internal string FolderOf(string dataset) => IsDatasetId(dataset)
        ? Path.Combine(Folder, dataset)
        : throw new ArgumentException($"'{dataset}' is no dataset id: lower-case letters, digits, hyphens and underscores.", nameof(dataset));

    internal string FolderOf(string dataset, string hash) => Path.Combine(FolderOf(dataset), hash);

    private static string Choices(IEnumerable<Snapshot> versions)
    {
        var all = versions.ToList();
        return string.Join(", ", all.Take(8).Select(version => string.Create(CultureInfo.InvariantCulture,
            $"{version.Manifest.MadeAt.UtcDateTime:yyyy-MM-dd} ({version.Manifest.Sha256[..12]})"))) + (all.Count > 8 ? ", ..." : "");
    }

    private Snapshot? Follow(string dataset, string pointer)
    {
        var path = Path.Combine(FolderOf(dataset), pointer);
        if (ReadAll(path) is not { } bytes)
            return null;
        var hash = Encoding.ASCII.GetString(bytes).Trim();
        return IsHash(hash)
            ? Load(dataset, hash)
            : throw new SnapshotException($"{path}: damaged, it should hold the hash of a stored version. {Advice(dataset)}");
    }

    private Snapshot Load(string dataset, string hash)
    {
        var folder = FolderOf(dataset, hash);
        var path = Path.Combine(folder, ManifestFile);
        try
        {
            var manifest = SnapshotManifest.FromJson(ReadAll(path)
                ?? throw new SnapshotException($"{path}: missing. {Advice(dataset)}"));
            return manifest.Sha256 == hash && manifest.Dataset == dataset
                ? new Snapshot(manifest, folder)
                : throw new SnapshotException($"{path}: damaged, it describes another version. {Advice(dataset)}");
        }
        catch (JsonException fault)
        {
            throw new SnapshotException($"{path}: not a readable manifest ({fault.Message}). {Advice(dataset)}", fault);
        }
    }

    private static string Advice(string dataset) => $"Run 'entente lists update {dataset}', or 'entente lists add' with its file.";

    private static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    private static byte[]? ReadAll(string path)
    {
        try
        {
            // Shared for delete, so that on Windows too a writer can replace the file under a reader.
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length > 1 << 20)
                throw new SnapshotException($"{path}: damaged, it is far too long. Remove it, and run 'entente lists update'.");
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
