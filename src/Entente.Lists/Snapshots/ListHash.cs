using System.Security.Cryptography;

namespace Entente.Lists.Snapshots;

/// <summary>The hash of a list that is read where it lies, the same that it would have if it were installed.</summary>
public static class ListHash
{
    /// <summary>Hashes a list and what is read with it.</summary>
    /// <param name="list">The list, seekable; read to its end and put back to its start.</param>
    /// <param name="path">Where it lies.</param>
    /// <param name="dataset">Its dataset's id.</param>
    /// <returns>As <see cref="SnapshotManifest.Sha256"/>.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static string Of(Stream list, string path, string dataset)
    {
        ArgumentNullException.ThrowIfNull(list);
        ArgumentException.ThrowIfNullOrEmpty(path);
        list.Position = 0;
        var own = Convert.ToHexStringLower(SHA256.HashData(list));
        list.Position = 0;
        var files = ListParts.Of(path, dataset).Select((part, i) => new SnapshotFile(part.Name, i == 0 ? own : OfFile(part.Path), 0));
        return Snapshot.Identity([.. files]);
    }

    private static string OfFile(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
