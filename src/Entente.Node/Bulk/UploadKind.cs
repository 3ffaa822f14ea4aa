using System.Text;
using Entente.Lists.Containers;
using Entente.Node.Hosting;

namespace Entente.Node.Bulk;

/// <summary>What an uploaded file is: found from its content, whatever its name and the request say of it.</summary>
internal enum UploadKind
{
    /// <summary>A table: comma, semicolon, tab or bar.</summary>
    Table,

    /// <summary>One JSON object on each line.</summary>
    JsonLines,

    /// <summary>Packed with gzip.</summary>
    Gzip,

    /// <summary>A zip archive.</summary>
    Zip,
}

/// <summary>Tells what files are by their first bytes, and refuses those that are not what they are said to be.</summary>
internal static class UploadKinds
{
    /// <summary>So many bytes are looked at.</summary>
    public const int HeadBytes = 4096;

    private static readonly (byte[] Head, string What)[] Others =
    [
        ("%PDF"u8.ToArray(), "a PDF document"),
        ([0x89, (byte)'P', (byte)'N', (byte)'G'], "a picture"),
        ([0xFF, 0xD8, 0xFF], "a picture"),
        ("GIF8"u8.ToArray(), "a picture"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an old Excel or Word document. Save the sheet as 'CSV UTF-8'"),
        ("Rar!"u8.ToArray(), "a RAR archive. Pack it with zip or gzip"),
        ([(byte)'7', (byte)'z', 0xBC, 0xAF], "a 7-Zip archive. Pack it with zip or gzip"),
        ([0x28, 0xB5, 0x2F, 0xFD], "packed with zstd. Pack it with zip or gzip"),
        ("BZh"u8.ToArray(), "packed with bzip2. Pack it with zip or gzip"),
        ([0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z'], "packed with xz. Pack it with zip or gzip"),
        ([0x7F, (byte)'E', (byte)'L', (byte)'F'], "a program"),
        ("MZ"u8.ToArray(), "a program"),
        ("SQLite format 3"u8.ToArray(), "a database"),
    ];

    /// <summary>What a file is.</summary>
    /// <param name="head">Its first <see cref="HeadBytes"/> bytes, or all.</param>
    /// <param name="name">Its name, for the message.</param>
    /// <exception cref="RequestException">It is nothing that can be screened.</exception>
    public static UploadKind Of(ReadOnlySpan<byte> head, string name)
    {
        if (head.IsEmpty)
            throw RequestException.Bad($"{name} is empty.");
        if (PackedFile.IsGzip(head))
            return UploadKind.Gzip;
        if (PackedFile.IsZip(head))
            return UploadKind.Zip;
        foreach (var (begin, what) in Others)
        {
            if (head.StartsWith(begin) && (begin.Length > 2 || head.Contains((byte)0)))
                throw NoRows(name, what);
        }
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            throw NoRows(name, "UTF-16 text. Save it as UTF-8 (in Excel: 'CSV UTF-8')");
        if (head.Contains((byte)0))
            throw NoRows(name, "no text");
        var text = head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? head[3..] : head;
        text = text.TrimStart(" \t\r\n"u8);
        return text switch
        {
            [(byte)'{', ..] => UploadKind.JsonLines,
            [(byte)'[', ..] => throw NoRows(name, "one JSON array. Write one object on each line"),
            [(byte)'<', ..] => throw NoRows(name, Encoding.ASCII.GetString(text[..Math.Min(text.Length, 200)]).Contains("html", StringComparison.OrdinalIgnoreCase) ? "a web page" : "XML"),
            _ => UploadKind.Table,
        };
    }

    /// <summary>Refuses a file whose name, or the request, says that it is something else.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="name">Its name.</param>
    /// <param name="contentType">What the request calls it; null or general where it says nothing.</param>
    /// <exception cref="RequestException">It lies about its type.</exception>
    public static void RefuseLies(UploadKind kind, string name, string? contentType)
    {
        if (Claimed(Path.GetExtension(name)) is { } byName && byName != kind)
            throw RequestException.Bad($"{name} is {Words(kind)} by its content, and its name says that it is {Words(byName)}. Nothing was screened: name it as what it is.");
        if (ClaimedType(contentType) is { } byType && byType != kind)
            throw RequestException.Bad($"{name} is {Words(kind)} by its content, and its Content-Type {contentType} says that it is {Words(byType)}. Nothing was screened: send it as what it is, or as application/octet-stream.");
    }

    /// <summary>The ending by which the reader of rows knows what a name says.</summary>
    /// <param name="name">The name of a file that is not packed.</param>
    /// <param name="kind">What it is.</param>
    public static string Ending(string name, UploadKind kind) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".tsv" or ".tab" when kind == UploadKind.Table => ".tsv",
        _ => kind == UploadKind.JsonLines ? ".jsonl" : ".csv",
    };

    private static UploadKind? Claimed(string ending) => ending.ToLowerInvariant() switch
    {
        ".csv" or ".tsv" or ".tab" => UploadKind.Table,
        ".jsonl" or ".ndjson" or ".json" => UploadKind.JsonLines,
        ".gz" => UploadKind.Gzip,
        ".zip" => UploadKind.Zip,
        _ => null,
    };

    private static UploadKind? ClaimedType(string? type) => type?.Split(';')[0].Trim().ToLowerInvariant() switch
    {
        "text/csv" or "text/tab-separated-values" => UploadKind.Table,
        "application/jsonl" or "application/x-ndjson" or "application/json" or "application/jsonlines" => UploadKind.JsonLines,
        "application/gzip" or "application/x-gzip" => UploadKind.Gzip,
        "application/zip" or "application/x-zip-compressed" => UploadKind.Zip,
        _ => null, // nothing is claimed, or what browsers on Windows call everything that Excel opens
    };

    private static string Words(UploadKind kind) => kind switch
    {
        UploadKind.Table => "a table",
        UploadKind.JsonLines => "JSON lines",
        UploadKind.Gzip => "packed with gzip",
        _ => "a zip archive",
    };

    private static RequestException NoRows(string name, string what) =>
        RequestException.Bad($"{name} is {what}. A table (CSV, TSV) or JSON lines in UTF-8 were expected, alone or packed with gzip or zip. Nothing was screened.");
}
