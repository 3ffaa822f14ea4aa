using System.Security.Cryptography;

namespace Entente.Lists.Snapshots;

/// <summary>One immutable stored version of a list.</summary>
/// <param name="Manifest">What is known of it.</param>
/// <param name="Path">Where its file stands. The file never changes and is never removed by an update.</param>
public sealed record Snapshot(SnapshotManifest Manifest, string Path)
{
    /// <summary>
    /// Opens the file for reading from its start, after proving that it still is what its hash says. The caller
    /// disposes the stream. Reads the file once through: a few milliseconds for the UN list.
    /// </summary>
    /// <exception cref="SnapshotException">The file is missing, unreadable or damaged.</exception>
    public FileStream Open()
    {
        FileStream? stream = null;
        try
        {
            stream = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            if (Convert.ToHexStringLower(SHA256.HashData(stream)) != Manifest.Sha256)
                throw new SnapshotException($"{Path}: the stored list is damaged (its SHA-256 is not {Manifest.Sha256}). Run 'entente lists update' to fetch it anew.");
            stream.Position = 0;
            return stream;
        }
        catch (Exception fault)
        {
            stream?.Dispose();
            if (fault is IOException or UnauthorizedAccessException)
                throw new SnapshotException($"{Path}: the stored list cannot be read ({fault.Message}). Run 'entente lists update' to fetch it anew.", fault);
            throw;
        }
    }

    /// <summary>Proves that the file still is what its hash says.</summary>
    /// <exception cref="SnapshotException">The file is missing, unreadable or damaged.</exception>
    public void Verify() => Open().Dispose();

    internal bool IsIntact()
    {
        try
        {
            Verify();
            return true;
        }
        catch (SnapshotException)
        {
            return false;
        }
    }
}
