namespace Entente.Cli.Output;

/// <summary>
/// A result file that appears only when it is whole: written as <c>NAME.part</c> and renamed at the end. Whatever ends
/// the run early, no half result stands under the asked name, and an older result there stays as it was.
/// </summary>
internal sealed class PartFile : IDisposable
{
    private readonly string? _path;
    private readonly string? _part;
    private bool _done;

    private PartFile(Stream stream, string? path, string? part)
    {
        Stream = stream;
        _path = path;
        _part = part;
    }

    /// <summary>Where to write.</summary>
    public Stream Stream { get; }

    /// <summary>Begins a result.</summary>
    /// <param name="path">The file; <c>-</c> is standard output, where nothing can be held back.</param>
    /// <param name="standardOutput">Written to when the path is <c>-</c>.</param>
    /// <returns>The file, to be ended with <see cref="Complete"/>.</returns>
    /// <exception cref="FailureException">It cannot be written.</exception>
    public static PartFile Create(string path, Stream standardOutput)
    {
        if (path == "-")
            return new PartFile(standardOutput, null, null);
        if (Directory.Exists(path))
            throw new FailureException($"{path} is a folder; name a file to write.");
        try
        {
            // A device such as /dev/null must be written to, not replaced by a file; a link stays a link.
            if (Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal))
                return new PartFile(new FileStream(path, FileMode.Open, FileAccess.Write), null, null);
            if (File.Exists(path))
                path = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
            var part = path + ".part";
            return new PartFile(new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16), path, part);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FailureException($"{path} cannot be written: {e.Message}");
        }
    }

    /// <summary>Says that the result is whole, and puts it in its place.</summary>
    /// <exception cref="IOException">The last bytes could not be written, or the file not be renamed.</exception>
    public void Complete()
    {
        Stream.Flush();
        if (_path is not null)
        {
            Stream.Dispose();
            File.Move(_part!, _path, overwrite: true);
        }
        _done = true;
    }

    /// <summary>Removes what was written, unless it was <see cref="Complete"/>d.</summary>
    public void Dispose()
    {
        if (_done || _path is null)
            return;
        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // The disk is full, most likely: what could not be written is thrown away below.
        }
        File.Delete(_part!);
    }
}
