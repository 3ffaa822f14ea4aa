using System.Text;

namespace Entente.Lists.Snapshots;

/// <summary>
/// The only way to change a dataset's versions. While one exists, no other process can get one. Not for use by
/// several threads at once.
/// </summary>
public sealed class SnapshotWriter : IDisposable
{
    private const string Incoming = "incoming-";
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

    /// <summary>A new path in the store's folder for a file that is on its way in; swept up unless it is kept.</summary>
    public string NewIncomingPath() => Path.Combine(_folder, $"{Incoming}{Guid.NewGuid():N}.xml");

    /// <summary>Takes a finished, flushed file into the store under its hash. It is not in use by that.</summary>
    /// <param name="incoming">A path from <see cref="NewIncomingPath"/>; the file is gone from there afterwards.</param>
    /// <param name="manifest">What is known of it; the hash must be that of the file.</param>
    public Snapshot Keep(string incoming, SnapshotManifest manifest)
    {
        var snapshot = new Snapshot(manifest, _store.PathOf(_dataset, manifest.Sha256));
        if (snapshot.IsIntact())
            File.Delete(incoming); // the publisher went back to a version we have; leave it to its readers
        else
            File.Move(incoming, snapshot.Path, overwrite: true);
        Replace(_store.ManifestPathOf(_dataset, manifest.Sha256), manifest.ToJson());
        return snapshot;
    }

    /// <summary>Puts a stored version to use, in one step; whatever was held is superseded.</summary>
    /// <exception cref="SnapshotException">Its file is missing or damaged.</exception>
    public void MakeCurrent(Snapshot snapshot)
    {
        snapshot.Verify();
        // In this order: killed in between, a version that is held is fetched again, never accepted over a newer one.
        File.Delete(Path.Combine(_folder, SnapshotStore.HeldPointer));
        Point(SnapshotStore.CurrentPointer, snapshot);
    }

    /// <summary>Sets a stored version aside until a person has looked; the version in use stays in use.</summary>
    public void Hold(Snapshot snapshot) => Point(SnapshotStore.HeldPointer, snapshot);

    /// <summary>Notes that the publisher has confirmed a version, and how the server marked it.</summary>
    public Snapshot Confirm(Snapshot snapshot, DateTimeOffset checkedAt, string? etag, DateTimeOffset? lastModified)
    {
        var manifest = snapshot.Manifest with { CheckedAt = checkedAt, ETag = etag, LastModified = lastModified };
        Replace(_store.ManifestPathOf(_dataset, manifest.Sha256), manifest.ToJson());
        return snapshot with { Manifest = manifest };
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
        foreach (var path in Directory.EnumerateFiles(_folder, Incoming + "*"))
        {
            try
            {
                File.Delete(path);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // Litter harms nobody: nothing points to it, and the next writer tries again.
            }
        }
    }

    private void Point(string pointer, Snapshot snapshot) =>
        Replace(Path.Combine(_folder, pointer), Encoding.ASCII.GetBytes(snapshot.Manifest.Sha256 + "\n"));

    private void Replace(string path, byte[] content)
    {
        var incoming = Path.Combine(_folder, $"{Incoming}{Guid.NewGuid():N}.txt");
        using (var stream = new FileStream(incoming, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }
        File.Move(incoming, path, overwrite: true);
    }
}
