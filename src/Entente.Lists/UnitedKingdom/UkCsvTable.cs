using System.Globalization;
using System.Text;

namespace Entente.Lists.UnitedKingdom;

/// <summary>Reads the rows of a CSV list. Unlike a table of queries, a list is read whole or not at all: a quote that is
/// never closed, or a letter that is not UTF-8, refuses it.</summary>
internal sealed class UkCsvTable(Stream stream, string file, ListLimits limits) : IDisposable
{
    private const int MaxFields = 500;

    private readonly StreamReader _reader = new(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, 1 << 16, leaveOpen: true);
    private readonly StringBuilder _field = new();
    private readonly List<string> _fields = [];
    private int _line = 1;

    /// <summary>The line on which the last row began, from 1.</summary>
    public int RowLine { get; private set; }

    /// <summary>Whether the last row ended with a line end, as all do but the one at which a download broke off.</summary>
    public bool RowEnded { get; private set; }

    /// <summary>Reads the next row that is not blank.</summary>
    /// <returns>Its fields, valid until the next call; <see langword="null"/> at the end.</returns>
    public IReadOnlyList<string>? Read()
    {
        try
        {
            while (_reader.Peek() >= 0)
            {
                ReadRow();
                if (_fields.Count > 1 || _fields[0].Trim().Length > 0)
                    return _fields;
            }
            return null;
        }
        catch (DecoderFallbackException e)
        {
            throw new ListFormatException(file, _line, null, "the file holds bytes that are not UTF-8. Fetch it again, and do not save it from a spreadsheet.", e);
        }
    }

    private void ReadRow()
    {
        RowLine = _line;
        RowEnded = false;
        _fields.Clear();
        _field.Clear();
        var quoted = false;
        while (_reader.Read() is >= 0 and var read)
        {
            var c = (char)read;
            if (c == '\n')
                _line++;
            if (quoted)
            {
                if (c != '"')
                    Append(c);
                else if (_reader.Peek() == '"')
                    Append((char)_reader.Read());
                else
                    quoted = false;
                continue;
            }
            switch (c)
            {
                case '"' when _field.Length == 0:
                    quoted = true;
                    break;
                case ',':
                    End();
                    break;
                case '\n':
                    End();
                    RowEnded = true;
                    return;
                case '\r' when _reader.Peek() == '\n':
                    break;
                default:
                    Append(c);
                    break;
            }
        }
        if (quoted)
            throw new ListFormatException(file, RowLine, null, "a quote (\") that opens in this row is never closed: the download was cut off. Fetch the list again.");
        End();
    }

    private void Append(char c)
    {
        if (_field.Length == limits.MaxValueLength)
            throw new ListFormatException(file, RowLine, null, $"a value is longer than {limits.MaxValueLength.ToString("N0", CultureInfo.InvariantCulture)} characters.");
        _field.Append(c);
    }

    private void End()
    {
        if (_fields.Count == MaxFields)
            throw new ListFormatException(file, RowLine, null, $"a row holds more than {MaxFields} fields.");
        _fields.Add(_field.ToString());
        _field.Clear();
    }

    /// <summary>Lets go of the buffers; the stream stays open.</summary>
    public void Dispose() => _reader.Dispose();
}
