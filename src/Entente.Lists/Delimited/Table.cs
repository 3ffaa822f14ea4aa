namespace Entente.Lists.Delimited;

/// <summary>A delimited file with a header row.</summary>
public sealed class Table
{
    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    private readonly DelimitedReader _reader;

    private Table(DelimitedReader reader, DelimitedRecord header, char delimiter)
    {
        _reader = reader;
        Columns = [.. header.Fields.Select(name => name.Trim())];
        RawHeader = header.Raw;
        Delimiter = delimiter;
    }

    /// <summary>The header, trimmed.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The header row as written.</summary>
    public string RawHeader { get; }

    /// <summary>What separates the fields; NUL when there is one column only.</summary>
    public char Delimiter { get; }

    /// <summary>Reads the header and finds out what separates the fields.</summary>
    /// <param name="lines">The file.</param>
    /// <param name="extension">Of the file's name; <c>.tsv</c> settles the matter.</param>
    /// <returns>The table.</returns>
    /// <exception cref="ListFormatException">There is no readable header.</exception>
    public static Table Open(TextLines lines, string extension)
    {
        if (!lines.TryRead(out var first))
            throw Error(null, "the file is empty");
        if (first.Fault is not null)
            throw Error(1, first.Fault);
        var delimiter = extension.Equals(".tsv", StringComparison.OrdinalIgnoreCase) ? '\t' : Detect(first.Text);
        var reader = new DelimitedReader(lines, delimiter, first);
        var header = reader.Read() ?? throw Error(1, "the header row is blank");
        if (header.Fault is not null)
            throw Error((int)header.Line, header.Fault);
        if (header.Raw.Contains('\r', StringComparison.Ordinal))
            throw Error(null, "the lines end with CR alone; save the file with LF or CRLF line ends");
        return new Table(reader, header, delimiter);

        ListFormatException Error(int? line, string fault) => new(lines.Path, line, null, fault + ".");
    }

    /// <summary>Reads the next record.</summary>
    /// <returns>The record, with as many fields as there are columns unless it has a fault; null at the end.</returns>
    public DelimitedRecord? Read()
    {
        var record = _reader.Read();
        if (record is null || record.Fault is not null || record.Fields.Count == Columns.Count)
            return record;
        // A spreadsheet pads short rows with separators; taking them off loses nothing.
        var surplus = record.Fields.Count - Columns.Count;
        if (surplus > 0 && record.Raw.EndsWith(new string(Delimiter, surplus), StringComparison.Ordinal))
            return record with { Raw = record.Raw[..^surplus], Fields = [.. record.Fields.Take(Columns.Count)] };
        return record with
        {
            Fields = [],
            Fault = $"{record.Fields.Count} columns where the header has {Columns.Count}",
        };
    }

    /// <summary>The separator that occurs most in the header outside quotes; NUL when none does.</summary>
    private static char Detect(string header)
    {
        var counts = new int[Delimiters.Length];
        var quoted = false;
        foreach (var c in header)
        {
            quoted ^= c == '"';
            var which = Array.IndexOf(Delimiters, c);
            if (!quoted && which >= 0)
                counts[which]++;
        }
        var best = counts.Max();
        return best == 0 ? '\0' : Delimiters[Array.IndexOf(counts, best)];
    }
}
