using System.Security.Cryptography;
using System.Text;

namespace Entente.Lists.Snapshots;

/// <summary>One immutable stored version of a list.</summary>
/// <param name="Manifest">What is known of it.</param>
/// <param name="Folder">Its own folder. The files of the manifest never change; files made from them may stand beside
/// them, and are removed with the version.</param>
public sealed record Snapshot(SnapshotManifest Manifest, string Folder)
{
    /// <summary>Where the list itself stands; what is read with it stands beside it.</summary>
    public string Path => System.IO.Path.Combine(Folder, Manifest.Files[0].Name);

    /// <summary>
    /// Opens the list for reading from its start, after proving that it, and what is read with it, still is what its
    /// hash says. The caller disposes the stream. Reads the files once through: a few milliseconds for the UN list.
    /// </summary>
    /// <exception cref="SnapshotException">A file is missing, unreadable or damaged.</exception>
    public FileStream Open()
    {
        if (Identity(Manifest.Files) != Manifest.Sha256)
            throw new SnapshotException($"{Folder}: the stored version is damaged (its manifest names other files). {Advice}");
        foreach (var file in Manifest.Files.Skip(1))
            Open(file).Dispose();
        return Open(Manifest.Files[0]);
    }

    /// <summary>Proves that every file still is what its hash says.</summary>
    /// <exception cref="SnapshotException">A file is missing, unreadable or damaged.</exception>
    public void Verify() => Open().Dispose();

    /// <summary>The identity of a version with these files, as <see cref="SnapshotManifest.Sha256"/> describes it.</summary>
    public static string Identity(IReadOnlyCollection<SnapshotFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        if (files.Count == 1)
            return files.First().Sha256;
        var lines = string.Concat(files.OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => $"{file.Sha256}  {file.Name}\n"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines)));
    }

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

    private string Advice => Manifest.Source.IsFile
        ? $"Run 'entente lists add' with the file again, or 'entente lists update {Manifest.Dataset}' if its publisher can be asked."
        : $"Run 'entente lists update {Manifest.Dataset}' to fetch it anew.";

    private FileStream Open(SnapshotFile file)
    {
        var path = System.IO.Path.Combine(Folder, file.Name);
        FileStream? stream = null;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            if (Convert.ToHexStringLower(SHA256.HashData(stream)) != file.Sha256)
                throw new SnapshotException($"{path}: the stored list is damaged (its SHA-256 is not {file.Sha256}). {Advice}");
            stream.Position = 0;
            return stream;
        }
        catch (Exception fault)
        {
            stream?.Dispose();
            if (fault is IOException or UnauthorizedAccessException)
                throw new SnapshotException($"{path}: the stored list cannot be read ({fault.Message}). {Advice}", fault);
            throw;
        }
    }
}
