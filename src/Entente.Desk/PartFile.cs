namespace Entente.Desk;

/// <summary>
/// A result file that appears only when it is whole: written as <c>NAME.part</c> and renamed at the end. Whatever ends
/// the run early, no half result stands under the asked name, and an older result there stays as it was.
/// </summary>
public sealed class PartFile : IDisposable
{
    private readonly string? _path;
    private bool _done;

    private PartFile(Stream stream, string? path)
    {
        Stream = stream;
        _path = path;
    }

    /// <summary>Where to write. Not buffered: write much at a time.</summary>
    public Stream Stream { get; }

    /// <summary>The file that is written until the result is whole; null when nothing is held back, as on standard output.</summary>
    public string? Part => _path is null ? null : _path + ".part";

    /// <summary>Whether <see cref="Dispose"/> leaves what was written, for a later run to go on with.</summary>
    public bool Keep { get; set; }

    /// <summary>Begins a result.</summary>
    /// <param name="path">The file; <c>-</c> is standard output, where nothing can be held back.</param>
    /// <param name="standardOutput">Written to when the path is <c>-</c>.</param>
    /// <returns>The file, to be ended with <see cref="Complete"/>.</returns>
    /// <exception cref="DeskException">It cannot be written.</exception>
    public static PartFile Create(string path, Stream standardOutput)
    {
        var file = Open(path, standardOutput);
        if (file.Part is not null)
            file.Stream.SetLength(0);
        return file;
    }

    /// <summary>
    /// Begins a result, or takes up what an earlier run left of it: then the stream is not empty, stands at its begin,
    /// and can be read. No other run can have it open at the same time.
    /// </summary>
    /// <param name="path">The file; <c>-</c> is standard output, where nothing can be held back.</param>
    /// <param name="standardOutput">Written to when the path is <c>-</c>.</param>
    /// <returns>The file, to be ended with <see cref="Complete"/>.</returns>
    /// <exception cref="DeskException">It cannot be written.</exception>
    public static PartFile Open(string path, Stream standardOutput)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path == "-")
            return new PartFile(standardOutput, null);
        if (Directory.Exists(path))
            throw new DeskException($"{path} is a folder; name a file to write.");
        try
        {
            // A device such as /dev/null must be written to, not replaced by a file; a link stays a link.
            if (Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal))
                return new PartFile(new FileStream(path, FileMode.Open, FileAccess.Write), null);
            if (File.Exists(path))
                path = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
            return new PartFile(new FileStream(path + ".part", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DeskException($"{path} cannot be written: {e.Message}");
        }
    }

    /// <summary>Has what was written put on the disk, so that it outlasts a loss of power.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Sync()
    {
        if (Stream is FileStream file && _path is not null)
            file.Flush(flushToDisk: true);
        else
            Stream.Flush();
    }

    /// <summary>Says that the result is whole, and puts it in its place.</summary>
    /// <exception cref="IOException">The last bytes could not be written, or the file not be renamed.</exception>
    public void Complete()
    {
        // On the disk before it has the name: a loss of power must not leave a result that looks whole.
        Sync();
        if (_path is not null)
        {
            Stream.Dispose();
            File.Move(Part!, _path, overwrite: true);
        }
        _done = true;
    }

    /// <summary>Removes what was written, unless it was <see cref="Complete"/>d or is to be kept.</summary>
    public void Dispose()
    {
        if (_done || _path is null)
            return;
        Stream.Dispose();
        if (!Keep)
            File.Delete(Part!);
    }
}
