namespace Entente.Desk;

/// <summary>Opens files that a person named.</summary>
public static class InputFile
{
    /// <summary>Opens a file for reading from begin to end.</summary>
    /// <param name="path">The file; <c>-</c> is standard input.</param>
    /// <param name="standardInput">Read when the path is <c>-</c>.</param>
    /// <returns>The bytes, and how many there are if that is known.</returns>
    /// <exception cref="DeskException">It cannot be opened.</exception>
    public static (Stream Stream, long? Length) Open(string path, Stream standardInput)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path == "-")
            return (standardInput, null);
        if (Directory.Exists(path))
            throw new DeskException($"{path} is a folder; name a file.");
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);
            return (file, file.CanSeek ? file.Length : null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DeskException($"there is no file {path}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DeskException($"{path} cannot be read: {e.Message}");
        }
    }
}
