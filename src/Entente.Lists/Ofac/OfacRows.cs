using System.Globalization;
using System.Text;

namespace Entente.Lists.Ofac;

/// <summary>One row of a CSV file of OFAC's.</summary>
/// <param name="Line">Where it starts, from 1.</param>
/// <param name="Fields">Its fields, trimmed; <see langword="null"/> where OFAC writes <c>-0-</c>, its sign for nothing.</param>
internal sealed record OfacRow(int Line, string?[] Fields)
{
    /// <summary>The number of the entry that the row is about.</summary>
    public string? Uid => Fields[0];

    /// <summary>The last field with the spaces at its ends: a text may go on in another file in the middle of a word, or between two.</summary>
    public required string Last { get; init; }
}

/// <summary>Which of OFAC's CSV files a file is.</summary>
internal enum OfacCsvKind
{
    /// <summary>None of them.</summary>
    None,

    /// <summary>sdn.csv or cons_prim.csv: the entries.</summary>
    Entries,

    /// <summary>alt.csv or cons_alt.csv: their aliases.</summary>
    Aliases,

    /// <summary>add.csv or cons_add.csv: their addresses.</summary>
    Addresses,
}

/// <summary>Reads OFAC's CSV row by row: no header, <c>-0-</c> for nothing, and the byte 0x1A as the end, without which the file was cut off.</summary>
/// <remarks>Layout: OFAC's data specification, dat_spec.txt.</remarks>
internal sealed class OfacRows(TextReader reader, string file, int columns, int longestField)
{
    private const int EndMark = 0x1A;
    private const int MostColumns = 24;

    private readonly StringBuilder _field = new();
    private int _line = 1;
    private bool _ended;

    /// <summary>Which of OFAC's files begins so.</summary>
    /// <param name="head">The first characters; rows behind the first may be cut off.</param>
    public static OfacCsvKind Recognise(string head)
    {
        var end = head.IndexOf('\n', StringComparison.Ordinal);
        if (end < 0 || !char.IsAsciiDigit(head[0]))
            return OfacCsvKind.None;
        try
        {
            using var first = new StringReader(head[..end]);
            return new OfacRows(first, "", 0, end).ReadRow() is { } row && IsNumber(row.Uid) ? KindOf(row.Fields) : OfacCsvKind.None;
        }
        catch (ListFormatException)
        {
            return OfacCsvKind.None; // such as a quotation mark that nothing closes: some other format
        }
    }

    /// <summary>Reads a whole file.</summary>
    /// <param name="stream">The file, from its first byte; left open.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="columns">How many fields each row must have.</param>
    /// <param name="limits">Bounds.</param>
    /// <returns>The rows, read as they are asked for.</returns>
    /// <exception cref="ListFormatException">Damaged, cut off or beyond the bounds.</exception>
    public static IEnumerable<OfacRow> Read(Stream stream, string file, int columns, ListLimits limits)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, 64 * 1024, leaveOpen: true);
        var rows = new OfacRows(reader, file, columns, limits.MaxValueLength);
        while (rows.Next() is { } row)
            yield return row;
    }

    private OfacRow? Next()
    {
        try
        {
            if (ReadRow() is not { } row)
            {
                return _ended ? null : throw Error(_line,
                    "the file has no end mark (the byte 1A), so it was cut off or saved by another program. Fetch it again, and use it as it comes.");
            }
            if (row.Fields.Length != columns)
            {
                throw Error(row.Line, string.Create(CultureInfo.InvariantCulture,
                    $"the row has {row.Fields.Length} fields instead of {columns}: the file is damaged, or was saved by another program. Fetch it again."));
            }
            if (!IsNumber(row.Uid))
                throw Error(row.Line, "the row does not begin with the number of an entry: the file is damaged. Fetch it again.");
            return row;
        }
        catch (DecoderFallbackException)
        {
            throw Error(_line, "the file holds bytes that are not UTF-8: it is damaged, or was saved by another program. Fetch it again.");
        }
    }

    private OfacRow? ReadRow()
    {
        var c = reader.Read();
        while (c is '\r' or '\n' or ' ')
        {
            CountLine(c);
            c = reader.Read();
        }
        if (c == EndMark)
        {
            _ended = true;
            RefuseTail();
        }
        if (c is -1 or EndMark)
            return null;

        var start = _line;
        var fields = new List<string?>(12);
        while (true)
        {
            c = ReadField(c);
            fields.Add(Value());
            if (fields.Count > MostColumns)
                throw Error(start, $"the row has more than {MostColumns.ToString(CultureInfo.InvariantCulture)} fields. Fetch the file again.");
            if (c != ',')
                break;
            c = reader.Read();
        }
        CountLine(c);
        return new OfacRow(start, [.. fields]) { Last = _field.ToString().TrimEnd('\r') };
    }

    // Reads one field into the buffer, from its first character, and returns what ended it: a comma, the end of the line or of the file.
    private int ReadField(int c)
    {
        _field.Clear();
        var start = _line;
        if (c == '"')
        {
            for (c = reader.Read(); c != '"' || reader.Peek() == '"'; c = reader.Read())
            {
                if (c == -1)
                    throw Error(start, "a quotation mark is never closed: the file was cut off. Fetch it again.");
                if (c == '"')
                    reader.Read(); // two stand for one
                CountLine(c);
                Append((char)c, start);
            }
            c = reader.Read();
        }
        for (; c is not (-1 or ',' or '\n'); c = reader.Read())
        {
            if (c == EndMark)
                throw Error(start, "the end mark stands inside a row: the file is damaged. Fetch it again.");
            Append((char)c, start);
        }
        return c;
    }

    private void Append(char c, int start)
    {
        if (_field.Length >= longestField)
            throw Error(start, $"a field is longer than {longestField.ToString("N0", CultureInfo.InvariantCulture)} characters.");
        _field.Append(c);
    }

    // White space is evened out, as in the XML formats, so that the same name reads the same.
    private string? Value()
    {
        var text = string.Join(' ', _field.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length == 0 || text == "-0-" ? null : text;
    }

    private void RefuseTail()
    {
        for (var c = reader.Read(); c != -1; c = reader.Read())
        {
            if (c is not ('\r' or '\n' or ' ' or EndMark))
                throw Error(_line, "something stands behind the end mark: the file is damaged. Fetch it again.");
        }
    }

    private void CountLine(int c)
    {
        if (c == '\n')
            _line++;
    }

    private ListFormatException Error(int line, string problem) => new(file, line, null, problem);

    private static OfacCsvKind KindOf(string?[] fields) => fields.Length switch
    {
        12 when fields[2] is null or "individual" or "vessel" or "aircraft" or "entity" => OfacCsvKind.Entries,
        5 when IsNumber(fields[1]) && fields[2] is "aka" or "fka" or "nka" => OfacCsvKind.Aliases,
        6 when IsNumber(fields[1]) => OfacCsvKind.Addresses,
        _ => OfacCsvKind.None,
    };

    private static bool IsNumber(string? text) => text is { Length: > 0 and <= 12 } && text.All(char.IsAsciiDigit);
}
