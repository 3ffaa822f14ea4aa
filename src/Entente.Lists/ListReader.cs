using System.Text;
using Entente.Lists.Containers;
using Entente.Lists.HouseList;

namespace Entente.Lists;

/// <summary>Reads any supported list; which format it is, its content tells.</summary>
/// <remarks>The formats are in <c>ListFormats.cs</c>, and described in <c>docs/lists.md</c>. A list is read whole or not at all.
/// It may be packed with gzip, or be the only file in a zip archive.</remarks>
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
    /// <param name="siblings">The files beside it. A mapping among them (<c>blacklist.csv.map.json</c>) makes a text a house list.</param>
    /// <param name="limits">Bounds; <see cref="ListLimits.Default"/> when <see langword="null"/>.</param>
    /// <returns>The list.</returns>
    /// <exception cref="ListFormatException">Not a list that Entente reads, damaged, or beyond the bounds.</exception>
    /// <exception cref="IOException">The stream, or a file beside it, failed.</exception>
    public static ListFile Read(Stream stream, string name, SiblingFiles siblings, ListLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(siblings);
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        var file = new GivenFile(name, siblings, limits ?? ListLimits.Default);
        var guarded = new GuardedStream(stream, name, file.Limits);
        var head = guarded.Peek(ListFormats.PeekBytes);
        if (GzipFile.IsGzip(head))
            return GzipFile.Read(guarded, name, file.Limits, (inner, innerName) => ReadInner(inner, innerName, file));
        if (ZipFile.IsZip(head))
            return ZipFile.Read(guarded, name, file.Limits, (inner, innerName) => ReadInner(inner, innerName, file));
        return ReadPlain(guarded, head, name, file);
    }

    // One layer is unpacked. Archives inside archives are how a small file is made to unpack without end.
    private static ListFile ReadInner(GuardedStream guarded, string name, GivenFile file)
    {
        var head = guarded.Peek(ListFormats.PeekBytes);
        if (GzipFile.IsGzip(head) || ZipFile.IsZip(head))
            throw new ListFormatException(name, null, null, "the packed file holds a packed file in its turn. Unpack it, and pass the list inside.");
        return ReadPlain(guarded, head, name, file);
    }

    private static ListFile ReadPlain(GuardedStream guarded, ReadOnlySpan<byte> head, string name, GivenFile file)
    {
        if (head.IsEmpty)
            throw new ListFormatException(name, null, null, "the file is empty. Fetch the list again.");
        foreach (var format in ListFormats.Bytes)
        {
            if (format.Recognises(head))
                return format.Read(guarded, name, file.Limits);
        }
        switch (FirstSign(head))
        {
            case null:
                throw new ListFormatException(name, null, null, "the file holds nothing but white space. Fetch the list again.");
            case '<' when !IsWebPage(head):
                return ReadXml(guarded, name, file.Limits);
        }
        if (Utf16Text.IsBigEndian(head) is { } bigEndian)
        {
            using var text = new Utf16Text(guarded, bigEndian, name);
            var decoded = new GuardedStream(text, name, file.Limits);
            return ReadText(decoded, decoded.Peek(ListFormats.PeekBytes), name, file);
        }
        return ReadText(guarded, head, name, file);
    }

    private static ListFile ReadText(GuardedStream guarded, ReadOnlySpan<byte> head, string name, GivenFile file)
    {
        if (ListMapping.Of(file.Name, file.Siblings) is { } mapping)
            return HouseListReader.Read(guarded, name, file.Limits, mapping);
        var begin = Encoding.UTF8.GetString(head).TrimStart('\uFEFF');
        foreach (var format in ListFormats.Text)
        {
            if (format.Recognises(begin))
                return format.ReadWithSiblings is { } whole ? whole(guarded, name, file.Limits, file.Siblings) : format.Read(guarded, name, file.Limits);
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

    // What the caller gave; what is inside it may go by another name.
    private sealed record GivenFile(string Name, SiblingFiles Siblings, ListLimits Limits);
}
