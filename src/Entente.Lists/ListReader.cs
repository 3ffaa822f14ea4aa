using System.Text;

namespace Entente.Lists;

/// <summary>Reads any supported list; which format it is, its content tells.</summary>
/// <remarks>The formats are in <c>ListFormats.cs</c>, and described in <c>docs/lists.md</c>. A list is read whole or not at all.</remarks>
public static class ListReader
{
    /// <summary>Reads a list from a file, and from the files beside it where its format has several.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">Bounds; <see cref="ListLimits.Default"/> when <see langword="null"/>.</param>
    /// <returns>The list.</returns>
    /// <exception cref="ListFormatException">Not a list that Entente reads, damaged, or beyond the bounds.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static ListFile Read(string path, ListLimits? limits = null)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.SequentialScan);
        return Read(stream, path, SiblingFiles.Of(path), limits);
    }

    /// <summary>Reads a list from a stream.</summary>
    /// <param name="stream">The list, from the current position to the end. Need not be seekable; left open.</param>
    /// <param name="name">The file, as messages shall name it.</param>
    /// <param name="limits">Bounds; <see cref="ListLimits.Default"/> when <see langword="null"/>.</param>
    /// <returns>The list.</returns>
    /// <exception cref="ListFormatException">Not a list that Entente reads, damaged, or beyond the bounds.</exception>
    /// <exception cref="IOException">The stream failed.</exception>
    public static ListFile Read(Stream stream, string name, ListLimits? limits = null) => Read(stream, name, SiblingFiles.None, limits);

    /// <summary>Reads a list from a stream, and from the files beside it where its format has several.</summary>
    /// <param name="stream">The list, from the current position to the end. Need not be seekable; left open.</param>
    /// <param name="name">The file, as messages shall name it. Its last part tells what the files beside it are called.</param>
    /// <param name="siblings">The files beside it.</param>
    /// <param name="limits">Bounds; <see cref="ListLimits.Default"/> when <see langword="null"/>.</param>
    /// <returns>The list.</returns>
    /// <exception cref="ListFormatException">Not a list that Entente reads, damaged, or beyond the bounds.</exception>
    /// <exception cref="IOException">The stream, or a file beside it, failed.</exception>
    public static ListFile Read(Stream stream, string name, SiblingFiles siblings, ListLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(siblings);
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        limits ??= ListLimits.Default;
        var guarded = new GuardedStream(stream, name, limits);
        var head = guarded.Peek(ListFormats.PeekBytes);

        if (head.IsEmpty)
            throw new ListFormatException(name, null, null, "the file is empty. Fetch the list again.");
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            throw new ListFormatException(name, null, null, "the file is compressed (gzip). Unpack it first, for instance with gunzip.");
        if (head.StartsWith("PK\x3\x4"u8))
            throw new ListFormatException(name, null, null, "the file is an archive (zip). Unpack it first.");

        switch (FirstSign(head))
        {
            case null:
                throw new ListFormatException(name, null, null, "the file holds nothing but white space. Fetch the list again.");
            case '<' when !IsWebPage(head):
                return ReadXml(guarded, name, limits);
        }

        var begin = Encoding.UTF8.GetString(head).TrimStart('\uFEFF');
        foreach (var format in ListFormats.Text)
        {
            if (format.Recognises(begin))
                return format.ReadWithSiblings is { } whole ? whole(guarded, name, limits, siblings) : format.Read(guarded, name, limits);
        }
        throw new ListFormatException(name, 1, null, IsWebPage(head)
            ? "this is a web page (HTML), not a list; the address may have answered with an error page. Fetch the list again."
            : $"not a list format that Entente knows. {ListFormats.Supported}");
    }

    private static ListFile ReadXml(GuardedStream stream, string name, ListLimits limits)
    {
        using var xml = new ListXml(stream, name, limits);
        var root = xml.MoveToRoot();
        foreach (var format in ListFormats.Xml)
        {
            if (format.Root == root && (format.Namespace is null || format.Namespace == xml.Namespace))
                return format.Read(xml, name, limits);
        }
        throw xml.Error($"the XML begins with <{Shorten(root)}>{(xml.Namespace.Length > 0 ? $" of the namespace '{Shorten(xml.Namespace)}'" : "")}, which is not a list format that Entente knows. {ListFormats.Supported}");
    }

    // The first byte that is not white space nor part of a byte order mark; null where there is none.
    private static char? FirstSign(ReadOnlySpan<byte> head)
    {
        foreach (var b in head)
        {
            if (b is not (0xEF or 0xBB or 0xBF or 0xFE or 0xFF or 0x00 or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
                return (char)b;
        }
        return null;
    }

    private static bool IsWebPage(ReadOnlySpan<byte> head)
    {
        var text = Encoding.Latin1.GetString(head);
        return text.Contains("<!doctype html", StringComparison.OrdinalIgnoreCase) || text.Contains("<html", StringComparison.OrdinalIgnoreCase);
    }

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "...";
}
