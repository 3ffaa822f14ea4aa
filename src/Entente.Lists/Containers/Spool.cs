namespace Entente.Lists.Containers;

/// <summary>Makes a stream seekable: by a copy in memory, or in a temporary file that only this user may read and that goes when it is closed.</summary>
internal static class Spool
{
    private const int InMemory = 32 * 1024 * 1024;

    /// <summary>Copies a stream to its end; how much that may be, the stream itself must bound.</summary>
    /// <returns>The copy, at its first byte.</returns>
    public static Stream Copy(Stream source)
    {
        Stream copy = new MemoryStream();
        try
        {
            var buffer = new byte[64 * 1024];
            while (source.Read(buffer) is > 0 and var read)
            {
                if (copy is MemoryStream && copy.Length + read > InMemory)
                    copy = OnDisk(copy);
                copy.Write(buffer.AsSpan(0, read));
            }
            copy.Position = 0;
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    private static FileStream OnDisk(Stream soFar)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(Path.Combine(Path.GetTempPath(), $"entente-{Environment.ProcessId}-{Path.GetRandomFileName()}"), options);
        soFar.Position = 0;
        soFar.CopyTo(file);
        soFar.Dispose();
        return file;
    }
}
