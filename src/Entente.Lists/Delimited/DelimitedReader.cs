using System.Text;

namespace Entente.Lists.Delimited;

/// <summary>One record of a delimited file, or why it cannot be read.</summary>
/// <param name="Line">The line it begins on, from 1.</param>
/// <param name="Raw">The record as written, without its line end; line breaks inside quotes are LF.</param>
/// <param name="Fields">Its fields, unquoted; empty when <paramref name="Fault"/> is set.</param>
/// <param name="Fault">What is wrong with it, for a person; null when it can be read.</param>
public sealed record DelimitedRecord(long Line, string Raw, IReadOnlyList<string> Fields, string? Fault);

/// <summary>
/// Reads comma-, semicolon-, tab- or bar-separated records with RFC 4180 quotes, and goes on after a bad one.
/// </summary>
/// <remarks>
/// <para>A quote that is never closed would make a usual parser swallow every following row without a word. Here it
/// costs one row: the line it began on is reported, and reading resumes on the next line. A record may span lines
/// but not exceed <see cref="TextLines.MaxLineBytes"/> characters, so memory stays bounded.</para>
/// <para>A quote inside an unquoted field is an ordinary character, as in <c>Robert "Bob" Smith</c>. Blank lines are
/// skipped.</para>
/// </remarks>
/// <param name="lines">The lines.</param>
/// <param name="delimiter">The separator, or NUL when each line is one field.</param>
/// <param name="first">The first line, already read to find out the separator.</param>
public sealed class DelimitedReader(TextLines lines, char delimiter, TextLine first)
{
    /// <summary>Lines read ahead while looking for a closing quote, and given back.</summary>
    private readonly Queue<TextLine> _ahead = new([first]);

    /// <summary>Reads the next record.</summary>
    /// <returns>The record, or null at the end of the file.</returns>
    public DelimitedRecord? Read()
    {
        while (TryNext(out var line))
        {
            if (line.Fault is not null)
                return new DelimitedRecord(line.Number, "", [], line.Fault);
            if (!string.IsNullOrWhiteSpace(line.Text))
                return ReadFrom(line);
        }
        return null;
    }

    /// <summary>Splits a text that is one record by itself, such as a cell that holds several values.</summary>
    /// <param name="record">The record, without a line end behind it.</param>
    /// <param name="delimiter">The separator.</param>
    /// <returns>Its fields, unquoted; where its quotes are not those of a record, its pieces as they stand.</returns>
    public static IReadOnlyList<string> Split(string record, char delimiter)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (!record.Contains('"', StringComparison.Ordinal))
            return record.Split(delimiter);
        var splitter = new Splitter(delimiter);
        foreach (var line in record.Split('\n'))
        {
            if (splitter.Fields.Count > 0 && !splitter.InsideQuotes)
                return record.Split(delimiter); // a line end outside quotes would begin another record
            splitter.Feed(line);
        }
        return splitter.InsideQuotes || splitter.Fault is not null ? record.Split(delimiter) : splitter.Fields;
    }

    private DelimitedRecord ReadFrom(TextLine begin)
    {
        var splitter = new Splitter(delimiter);
        splitter.Feed(begin.Text);
        if (!splitter.InsideQuotes)
            return Finish(begin, begin.Text, splitter);

        var raw = new StringBuilder(begin.Text);
        var taken = new List<TextLine>();
        while (splitter.InsideQuotes && splitter.Fault is null && raw.Length <= TextLines.MaxLineBytes && TryNext(out var next))
        {
            taken.Add(next);
            if (next.Fault is not null)
                break;
            raw.Append('\n').Append(next.Text);
            splitter.Feed(next.Text);
        }
        if (!splitter.InsideQuotes && splitter.Fault is null)
            return Finish(begin, raw.ToString(), splitter);

        GiveBack(taken);
        return new DelimitedRecord(begin.Number, begin.Text, [],
            splitter.Fault ?? "a quote (\") that opens in this row is never closed");
    }

    private static DelimitedRecord Finish(TextLine begin, string raw, Splitter splitter) =>
        splitter.Fault is { } fault
            ? new DelimitedRecord(begin.Number, raw, [], fault)
            : new DelimitedRecord(begin.Number, raw, splitter.Fields, null);

    private void GiveBack(List<TextLine> taken)
    {
        var later = _ahead.ToArray();
        _ahead.Clear();
        foreach (var line in taken.Concat(later))
            _ahead.Enqueue(line);
    }

    private bool TryNext(out TextLine line) => _ahead.TryDequeue(out line) || lines.TryRead(out line);

    /// <summary>Splits a record fed line by line.</summary>
    private sealed class Splitter(char delimiter)
    {
        private readonly StringBuilder _field = new();

        public List<string> Fields { get; } = [];

        public string? Fault { get; private set; }

        /// <summary>Whether the line fed last ended inside quotes.</summary>
        public bool InsideQuotes { get; private set; }

        public void Feed(string line)
        {
            var at = 0;
            if (InsideQuotes)
            {
                _field.Append('\n');
                at = ReadQuoted(line, 0);
            }
            while (!InsideQuotes && Fault is null)
            {
                if (at > line.Length)
                    return;
                if (at < line.Length && line[at] == '"')
                {
                    at = ReadQuoted(line, at + 1);
                    continue;
                }
                var end = delimiter == '\0' ? -1 : line.IndexOf(delimiter, at);
                if (end < 0)
                    end = line.Length;
                Fields.Add(line[at..end]);
                at = end + 1;
            }
        }

        /// <summary>Reads on inside quotes; returns where the next field begins, past the end after the last one.</summary>
        private int ReadQuoted(string line, int at)
        {
            InsideQuotes = true;
            while (true)
            {
                var quote = line.IndexOf('"', at);
                if (quote < 0)
                {
                    _field.Append(line, at, line.Length - at);
                    return line.Length + 1;
                }
                _field.Append(line, at, quote - at);
                if (quote + 1 < line.Length && line[quote + 1] == '"')
                {
                    _field.Append('"');
                    at = quote + 2;
                    continue;
                }
                InsideQuotes = false;
                Fields.Add(_field.ToString());
                _field.Clear();
                if (quote + 1 < line.Length && line[quote + 1] != delimiter)
                    Fault = $"text after a closing quote at character {quote + 2}; a quote inside a quoted field is written twice";
                return quote + 2;
            }
        }
    }
}
