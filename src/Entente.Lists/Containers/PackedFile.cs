using System.IO.Compression;
using Entente.Lists.Wording;

namespace Entente.Lists.Containers;

/// <summary>A file that is packed: with gzip, or alone in a zip archive. It is unpacked within bounds, and whole or not at all.</summary>
public static class PackedFile
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Whether the first bytes of a file are those of gzip.</summary>
    /// <param name="head">Two bytes at least.</param>
    public static bool IsGzip(ReadOnlySpan<byte> head) => GzipFile.IsGzip(head);

    /// <summary>Whether the first bytes of a file are those of a zip archive.</summary>
    /// <param name="head">Four bytes at least.</param>
    public static bool IsZip(ReadOnlySpan<byte> head) => ZipFile.IsZip(head);

    /// <summary>Unpacks a file.</summary>
    /// <param name="packed">The file at its first byte; closed when it is a zip archive.</param>
    /// <param name="name">As messages shall name it.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="create">Given the name of the file inside, with its ending, opens where it is written to. Called once. The stream is closed.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="ListFormatException">It is damaged, cut off, beyond the bounds, encrypted, or an archive of none or several files.</exception>
    public static void Unpack(FileStream packed, string name, ListLimits limits, Func<string, Stream> create, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(packed);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(create);
        Span<byte> head = stackalloc byte[4];
        var length = packed.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        packed.Position = 0;
        if (IsZip(head[..length]))
        {
            using var contents = ZipContents.Of(packed, name, limits);
            var path = Only(contents, name);
            Copy(contents.Open(path), create(path), stop);
            return;
        }
        var marked = new EndMark.Added(packed);
        using var gzip = new GZipStream(marked, CompressionMode.Decompress, leaveOpen: true);
        using var unpacked = new UnpackedStream(new EndMark.Removed(gzip), () => marked.Served, name, limits);
        using var guarded = new GuardedStream(unpacked, name, limits);
        Copy(guarded, create(Path.GetExtension(name).Equals(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name), stop);
    }

    private static string Only(ZipContents contents, string name)
    {
        if (contents.Holds("xl/workbook.xml") || contents.Holds("mimetype"))
            throw new ListFormatException(name, null, null, "the file is a workbook. Save the sheet as 'CSV UTF-8', and send that file.");
        var files = contents.Names.Where(path => !ZipFile.IsByTheWay(path)).ToList();
        return files switch
        {
            [var only] => only,
            [] => throw new ListFormatException(name, null, null, "the archive holds no file."),
            _ => throw new ListFormatException(name, null, null, $"the archive holds several files, where one was expected: {string.Join(", ", files.Take(5).Select(path => ShortText.Of(path, 80)))}{(files.Count > 5 ? " and more" : "")}."),
        };
    }

    private static void Copy(Stream unpacked, Stream target, CancellationToken stop)
    {
        using (target)
        {
            var buffer = new byte[BufferBytes];
            while (unpacked.Read(buffer) is > 0 and var read)
            {
                stop.ThrowIfCancellationRequested();
                target.Write(buffer.AsSpan(0, read));
            }
        }
    }
}
