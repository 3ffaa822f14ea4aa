namespace Entente.Lists;

/// <summary>The files that lie beside a list, for formats that spread one list over several.</summary>
/// <remarks>Only plain names are opened, in the one folder (or archive) of the list; letters may be capital or small.</remarks>
public abstract class SiblingFiles
{
    /// <summary>For a list that came alone, such as through a pipe.</summary>
    public static SiblingFiles None { get; } = new NoFiles();

    /// <summary>The files in the folder of a list.</summary>
    /// <param name="path">The list itself.</param>
    /// <returns>Its siblings.</returns>
    public static SiblingFiles Of(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new FolderFiles(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "");
    }

    /// <summary>Opens a file beside the list.</summary>
    /// <param name="name">Its name, without a folder.</param>
    /// <returns>The file, to be closed by the caller; <see langword="null"/> where there is none.</returns>
    /// <exception cref="IOException">It is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It is there and may not be read.</exception>
    public abstract Stream? Open(string name);

    private sealed class NoFiles : SiblingFiles
    {
        public override Stream? Open(string name) => null;
    }

    private sealed class FolderFiles(string folder) : SiblingFiles
    {
        public override Stream? Open(string name)
        {
            if (name.AsSpan().ContainsAny('/', '\\') || !Directory.Exists(folder))
                return null;
            // The exact name first; then as the publisher may have written it: ALT.CSV.
            var path = Path.Combine(folder, name);
            if (!File.Exists(path))
            {
                path = Directory.EnumerateFiles(folder)
                    .Where(file => Path.GetFileName(file).Equals(name, StringComparison.OrdinalIgnoreCase))
                    .Order(StringComparer.Ordinal)
                    .FirstOrDefault();
            }
            return path is null ? null : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.SequentialScan);
        }
    }
}
