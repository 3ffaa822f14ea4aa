using System.Text;

namespace Entente.Lists.Snapshots;

/// <summary>What a list file looks like from outside. Readers tell formats by their own rules; this is for the ending
/// of a stored file's name, and for noticing that a publisher changed the format.</summary>
/// <param name="Name">Such as <c>xml CONSOLIDATED_LIST</c>, <c>json</c>, <c>csv</c>; the same for every file of a format.</param>
/// <param name="Extension">The usual ending of a file's name, with the dot.</param>
internal readonly record struct FileKind(string Name, string Extension)
{
    private const int Looked = 4096;

    /// <summary>Looks at the beginning of a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static FileKind Of(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var head = new byte[Looked];
        return Of(head.AsSpan(0, stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)));
    }

    /// <summary>Tells from the first bytes of a file.</summary>
    public static FileKind Of(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("PK\x3\x4"u8))
            return head.IndexOf("[Content_Types].xml"u8) >= 0 || head.IndexOf("xl/"u8) >= 0 ? new("xlsx", ".xlsx") : new("zip", ".zip");
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            return new("gzip", ".gz");
        var text = Decode(head).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (text.StartsWith('{') || text.StartsWith('['))
            return new("json", ".json");
        if (text.StartsWith('<'))
            return Markup(text);
        var line = text.Split('\n', 2)[0];
        return line.AsSpan().ContainsAny(",;\t|") ? new("csv", ".csv") : new("text", ".txt");
    }

    private static string Decode(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(head),
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(head),
        _ => Encoding.UTF8.GetString(head),
    };

    private static FileKind Markup(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            var end = text.AsSpan(at) switch
            {
                ['<', '?', ..] => text.IndexOf("?>", at, StringComparison.Ordinal) is var mark and >= 0 ? mark + 2 : -1,
                ['<', '!', '-', '-', ..] => text.IndexOf("-->", at, StringComparison.Ordinal) is var mark and >= 0 ? mark + 3 : -1,
                ['<', '!', ..] => text.IndexOf('>', at) is var mark and >= 0 ? mark + 1 : -1,
                ['<', ..] => -2,
                _ => at + 1,
            };
            if (end == -1)
                break;
            if (end == -2)
            {
                var name = new string([.. text[(at + 1)..].TakeWhile(c => !char.IsWhiteSpace(c) && c is not ('>' or '/'))]);
                var local = name[(name.IndexOf(':') + 1)..];
                return local.Equals("html", StringComparison.OrdinalIgnoreCase) ? new("html", ".html") : new($"xml {local}", ".xml");
            }
            at = end;
        }
        return new("xml", ".xml");
    }
}
