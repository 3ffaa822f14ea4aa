using System.Text;
using System.Text.Json;

namespace Entente.Lists.Snapshots;

/// <summary>
/// The only way to change a dataset's versions. While one exists, no other process can get one. Not for use by
/// several threads at once.
/// </summary>
public sealed class SnapshotWriter : IDisposable
{
    private const string Incoming = "incoming-";

    // Some years of daily updates; what is older says nothing that the versions do not say themselves.
    private const int LongestHistory = 2000;

    private readonly SnapshotStore _store;
    private readonly string _dataset;
    private readonly string _folder;
    private readonly FileStream _lock;

    internal SnapshotWriter(SnapshotStore store, string dataset)
    {
        _store = store;
        _dataset = dataset;
        _folder = store.FolderOf(dataset);
        _lock = TakeLock();
        SweepUp();
    }

    /// <summary>Makes a new folder for the files of a version that is on its way in; swept up unless it is kept.</summary>
    public string NewIncomingFolder() => Directory.CreateDirectory(NewIncomingPath()).FullName;

    /// <summary>Takes finished, flushed files into the store under their hash. The version is not in use by that.</summary>
    /// <param name="incoming">A folder from <see cref="NewIncomingFolder"/> with the files of the manifest; gone afterwards.</param>
    /// <param name="manifest">What is known of them; the hashes must be those of the files.</param>
    public Snapshot Keep(string incoming, SnapshotManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var kept = new Snapshot(manifest, _store.FolderOf(_dataset, manifest.Sha256));
        var known = Directory.Exists(kept.Folder);
        if (known && kept.IsIntact())
        {
            // The publisher went back to a version we have; leave the files to their readers.
            Replace(Path.Combine(kept.Folder, SnapshotStore.ManifestFile), manifest.ToJson());
            Directory.Delete(incoming, recursive: true);
            return kept;
        }
        Write(Path.Combine(incoming, SnapshotStore.ManifestFile), manifest.ToJson());
        if (known)
            Directory.Move(kept.Folder, NewIncomingPath()); // damaged: to be swept up
        Directory.Move(incoming, kept.Folder);
        return kept;
    }

    /// <summary>Puts a stored version to use, in one step; whatever was held is superseded.</summary>
    /// <param name="snapshot">The version.</param>
    /// <param name="at">Now.</param>
    /// <param name="kind">How it came to that; not for <see cref="ActivationKind.RolledBack"/>, see <see cref="RollBack"/>.</param>
    /// <exception cref="SnapshotException">A file of it is missing or damaged.</exception>
    public void MakeCurrent(Snapshot snapshot, DateTimeOffset at, ActivationKind kind = ActivationKind.Taken)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        snapshot.Verify();
        var from = HashInUse();
        // In this order: killed in between, a version that is held is fetched again, never accepted over a newer one.
        Release();
        Point(SnapshotStore.CurrentPointer, snapshot);
        Note(new Activation(at, snapshot.Manifest.Sha256, kind, from));
    }

    /// <summary>Goes back to a stored version, in one step. From then on the one left is held if it is fetched again.</summary>
    /// <param name="snapshot">The version to go back to.</param>
    /// <param name="at">Now.</param>
    /// <exception cref="SnapshotException">A file of it is missing or damaged.</exception>
    public void RollBack(Snapshot snapshot, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        snapshot.Verify();
        // In this order: killed in between, the version left is known as refused and merely still in use.
        Note(new Activation(at, snapshot.Manifest.Sha256, ActivationKind.RolledBack, HashInUse()));
        Point(SnapshotStore.CurrentPointer, snapshot);
    }

    /// <summary>Sets a stored version aside until a person has looked; the version in use stays in use.</summary>
    public void Hold(Snapshot snapshot) => Point(SnapshotStore.HeldPointer, snapshot);

    /// <summary>Lets go of the version that is held, if one is; its files stay.</summary>
    public void Release() => File.Delete(Path.Combine(_folder, SnapshotStore.HeldPointer));

    /// <summary>Notes that the publisher has confirmed a version, and how the server marked it.</summary>
    public Snapshot Confirm(Snapshot snapshot, DateTimeOffset checkedAt, string? etag, DateTimeOffset? lastModified)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var manifest = snapshot.Manifest with { CheckedAt = checkedAt, ETag = etag, LastModified = lastModified };
        Replace(Path.Combine(snapshot.Folder, SnapshotStore.ManifestFile), manifest.ToJson());
        return snapshot with { Manifest = manifest };
    }

    /// <summary>Notes where the dataset comes from, in place of what the catalogue says.</summary>
    /// <param name="source">With this writer's dataset.</param>
    public void Register(ListSource source) =>
        Replace(Path.Combine(_folder, SnapshotStore.SourceFile), JsonSerializer.SerializeToUtf8Bytes(source, SnapshotJson.Default.ListSource));

    /// <summary>Removes old versions.</summary>
    /// <param name="retention">Which to keep. The version in use, the one before it and one that is held are always kept.</param>
    /// <param name="now">The time.</param>
    /// <returns>How many were removed.</returns>
    public int Prune(Retention retention, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(retention);
        var needed = new[] { _store.Current(_dataset), _store.Previous(_dataset), _store.Held(_dataset) }
            .Select(version => version?.Manifest.Sha256).ToHashSet(StringComparer.Ordinal);
        var removed = 0;
        foreach (var version in _store.Versions(_dataset).Skip(retention.Versions))
        {
            if (needed.Contains(version.Manifest.Sha256) || now - version.Manifest.FetchedAt < retention.Age)
                continue;
            // Out of its place in one step: no version without some of its files is ever seen.
            Directory.Move(version.Folder, NewIncomingPath());
            removed++;
        }
        return removed;
    }

    /// <summary>Sweeps up what was not kept, and lets others write.</summary>
    public void Dispose()
    {
        if (_lock.SafeFileHandle.IsClosed)
            return;
        SweepUp();
        _lock.Dispose(); // the lock's file stays: removing it would race with the next writer
    }

    private FileStream TakeLock()
    {
        var path = Path.Combine(_folder, "lock");
        try
        {
            Directory.CreateDirectory(_folder);
            // The system drops this lock when the process ends, however it ends.
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new SnapshotException($"{_folder}: no permission to write here. Set {DataFolder.Variable} to a folder of your own.", fault);
        }
        catch (IOException fault) when (File.Exists(path))
        {
            throw new SnapshotException($"Another update of '{_dataset}' is running ({path} is locked). Wait for it to end.", fault);
        }
        catch (IOException fault)
        {
            throw new SnapshotException($"{_folder}: cannot be written to ({fault.Message}).", fault);
        }
    }

    private void SweepUp()
    {
        foreach (var entry in new DirectoryInfo(_folder).EnumerateFileSystemInfos(Incoming + "*"))
        {
            try
            {
                if (entry is DirectoryInfo folder)
                    folder.Delete(recursive: true);
                else
                    entry.Delete();
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // Litter harms nobody: nothing points to it, and the next writer tries again.
            }
        }
    }

    private string NewIncomingPath() => Path.Combine(_folder, $"{Incoming}{Guid.NewGuid():N}");

    /// <summary>For the history only: where the store is damaged, the history has a gap.</summary>
    private string? HashInUse()
    {
        try
        {
            return _store.Current(_dataset)?.Manifest.Sha256;
        }
        catch (SnapshotException)
        {
            return null;
        }
    }

    private void Note(Activation activation)
    {
        var lines = _store.History(_dataset).Append(activation).TakeLast(LongestHistory)
            .Select(line => JsonSerializer.Serialize(line, ActivationJson.Default.Activation) + "\n");
        Replace(Path.Combine(_folder, SnapshotStore.HistoryFile), Encoding.UTF8.GetBytes(string.Concat(lines)));
    }

    private void Point(string pointer, Snapshot snapshot) =>
        Replace(Path.Combine(_folder, pointer), Encoding.ASCII.GetBytes(snapshot.Manifest.Sha256 + "\n"));

    private void Replace(string path, byte[] content)
    {
        var incoming = NewIncomingPath();
        Write(incoming, content);
        File.Move(incoming, path, overwrite: true);
    }

    private static void Write(string path, byte[] content)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
    }
}
