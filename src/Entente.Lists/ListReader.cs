using System.Text;
using Entente.Lists.Ftm;
using Entente.Lists.UnitedNations;

namespace Entente.Lists;

/// <summary>Reads any supported list; which format it is, its content tells.</summary>
/// <remarks>Supported: the UN Security Council consolidated list (XML), and FollowTheMoney entities (JSON lines).
/// A list is read whole or not at all.</remarks>
public static class ListReader
{
    private const string Supported = "Supported: the UN Security Council consolidated list (XML), FollowTheMoney entities (JSON lines).";

    private const int PeekBytes = 1024;

    /// <summary>Reads a list from a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">Bounds; <see cref="ListLimits.Default"/> when <see langword="null"/>.</param>
    /// <returns>The list.</returns>
    /// <exception cref="ListFormatException">Not a list that Entente reads, damaged, or beyond the bounds.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static ListFile Read(string path, ListLimits? limits = null)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.SequentialScan);
        return Read(stream, path, limits);
    }

    /// <summary>Reads a list from a stream.</summary>
    /// <param name="stream">The list, from the current position to the end. Need not be seekable; left open.</param>
    /// <param name="name">The file, as messages shall name it.</param>
    /// <param name="limits">Bounds; <see cref="ListLimits.Default"/> when <see langword="null"/>.</param>
    /// <returns>The list.</returns>
    /// <exception cref="ListFormatException">Not a list that Entente reads, damaged, or beyond the bounds.</exception>
    /// <exception cref="IOException">The stream failed.</exception>
    public static ListFile Read(Stream stream, string name, ListLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        limits ??= ListLimits.Default;
        var guarded = new GuardedStream(stream, name, limits);
        var head = guarded.Peek(PeekBytes);

        if (head.IsEmpty)
            throw new ListFormatException(name, null, null, "the file is empty. Fetch the list again.");
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            throw new ListFormatException(name, null, null, "the file is compressed (gzip). Unpack it first, for instance with gunzip.");
        if (head.StartsWith("PK\x3\x4"u8))
            throw new ListFormatException(name, null, null, "the file is an archive (zip). Unpack it first.");

        switch (FirstSign(head))
        {
            case '{':
                return FtmListReader.Read(guarded, name, limits);
            case '<':
                if (IsWebPage(head))
                    throw new ListFormatException(name, 1, null, "this is a web page (HTML), not a list; the address may have answered with an error page. Fetch the list again.");
                return ReadXml(guarded, name, limits);
            case null:
                throw new ListFormatException(name, null, null, "the file holds nothing but white space. Fetch the list again.");
            default:
                throw new ListFormatException(name, 1, null, $"not a list format that Entente knows. {Supported}");
        }
    }

    private static ListFile ReadXml(GuardedStream stream, string name, ListLimits limits)
    {
        using var xml = new ListXml(stream, name, limits);
        var root = xml.MoveToRoot();
        return root == UnConsolidatedReader.RootElement
            ? new UnConsolidatedReader(xml, name, limits).Read()
            : throw xml.Error($"the XML begins with <{Shorten(root)}>, which is not a list format that Entente knows. {Supported}");
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
