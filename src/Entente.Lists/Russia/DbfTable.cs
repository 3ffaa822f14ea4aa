using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Entente.Lists.Russia;

/// <summary>Reads a table of dBASE III, record by record.</summary>
/// <remarks>Layout: a header of 32 bytes, as many for each column, the byte 0x0D; records of one length, the first byte of
/// each a space, or '*' where it was deleted. https://www.clicketyclick.dk/databases/xbase/format/dbf.html</remarks>
internal sealed class DbfTable
{
    private const byte Version = 0x03;
    private const int HeaderLength = 32;
    private const int ColumnLength = 32;
    private const byte EndOfColumns = 0x0D;
    private const byte EndOfFile = 0x1A;

    // Records read ahead to tell the encoding where the header does not say.
    private const int Sample = 256 * 1024;

    private readonly Stream _stream;
    private readonly string _file;
    private readonly byte[] _record;
    private readonly long _records;
    private byte[] _ahead = [];
    private int _served;
    private Encoding _encoding = CyrillicText.Cp866;

    private readonly record struct Column(string Name, char Type, int Start, int Length);

    private readonly List<Column> _columns = [];

    /// <summary>Opens a table: reads its header.</summary>
    public DbfTable(Stream stream, string file)
    {
        _stream = stream;
        _file = file;
        var header = new byte[HeaderLength];
        Fill(header);
        if (header[0] != Version)
            throw new ListFormatException(file, null, null, "not a table of dBASE III without memo fields, as the list is.");
        _records = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(4));
        var headerLength = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(8));
        var recordLength = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(10));
        UpdatedOn = Date(header);
        ReadColumns(headerLength, recordLength);
        _record = new byte[recordLength];
        ChooseEncoding(header[29]);
    }

    /// <summary>The day on which the table was last written, as FtM writes it; null where the header holds none.</summary>
    public string? UpdatedOn { get; }

    /// <summary>The number of the record read last, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>The columns, in file order.</summary>
    public IEnumerable<string> Columns => _columns.Select(column => column.Name);

    /// <summary>How many characters a column holds; 0 where there is no such column.</summary>
    public int WidthOf(string column) => _columns.Find(known => known.Name == column).Length;

    /// <summary>Whether a file begins like a table of dBASE III.</summary>
    public static bool Recognises(ReadOnlySpan<byte> head) =>
        head.Length > HeaderLength + ColumnLength && head[0] == Version && head[2] is >= 1 and <= 12 && head[3] is >= 1 and <= 31
        && BinaryPrimitives.ReadUInt16LittleEndian(head[8..]) is var header && header > HeaderLength + ColumnLength && (header - 1) % 32 <= 1;

    /// <summary>Reads the next record that was not deleted.</summary>
    /// <returns>False after the last.</returns>
    public bool Read()
    {
        while (Number < _records)
        {
            Number++;
            Fill(_record);
            if (_record[0] == (byte)'*')
                continue;
            if (_record[0] != (byte)' ')
                throw Error("does not begin with a space or a star: the table is damaged. Fetch it again.");
            return true;
        }
        var one = new byte[1];
        if (ReadSome(one) == 1 && one[0] is not (EndOfFile or 0))
            throw new ListFormatException(_file, null, null, "the table goes on behind its last record: its header is of another version of the list. Fetch it again.");
        return false;
    }

    /// <summary>A value of the record read last, as written, with the spaces that fill it up.</summary>
    /// <returns>Empty where there is no such column.</returns>
    public string Raw(string column)
    {
        var found = _columns.Find(known => known.Name == column);
        if (found.Length == 0)
            return "";
        var bytes = _record.AsSpan(found.Start, found.Length);
        // Some writers end a value with a zero byte.
        if (bytes.IndexOf((byte)0) is >= 0 and var zero)
            bytes = bytes[..zero];
        try
        {
            return _encoding.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new ListFormatException(_file, null, null, $"the column {column} of record {Number.ToString(CultureInfo.InvariantCulture)} holds bytes that do not fit the encoding of the table ({_encoding.WebName}). Fetch it again.", e);
        }
    }

    /// <summary>A value of the record read last, trimmed.</summary>
    public string? Value(string column) => Raw(column).Trim() is { Length: > 0 } value ? value : null;

    private void ReadColumns(int headerLength, int recordLength)
    {
        var rest = new byte[Math.Max(0, headerLength - HeaderLength)];
        Fill(rest);
        var start = 1; // behind the sign of deletion
        var at = 0;
        for (; at + ColumnLength <= rest.Length && rest[at] != EndOfColumns; at += ColumnLength)
        {
            var name = rest.AsSpan(at, 11);
            var end = name.IndexOf((byte)0);
            int length = rest[at + 16];
            var column = new Column(Encoding.ASCII.GetString(end < 0 ? name : name[..end]).Trim().ToUpperInvariant(), (char)rest[at + 11], start, length);
            if (column.Name.Length == 0 || length == 0 || _columns.Exists(known => known.Name == column.Name))
                throw new ListFormatException(_file, null, null, $"the column {(_columns.Count + 1).ToString(CultureInfo.InvariantCulture)} of the table has no name, no length, or the name of another. Fetch it again.");
            _columns.Add(column);
            start += length;
        }
        if (at >= rest.Length || rest[at] != EndOfColumns || _columns.Count == 0 || start != recordLength)
            throw new ListFormatException(_file, null, null, "the header of the table is damaged: its columns do not fill its records. Fetch it again.");
    }

    // The language driver: https://www.clicketyclick.dk/databases/xbase/format/dbf_codepages.html
    private void ChooseEncoding(byte driver)
    {
        switch (driver)
        {
            case 0x26 or 0x65:
                _encoding = CyrillicText.Cp866;
                return;
            case 0xC9:
                _encoding = CyrillicText.Windows1251;
                return;
        }
        _ahead = new byte[(int)Math.Min(Sample / _record.Length * (long)_record.Length, _records * _record.Length)];
        var read = _stream.ReadAtLeast(_ahead, _ahead.Length, throwOnEndOfStream: false);
        Array.Resize(ref _ahead, read);
        _encoding = CyrillicText.Guess(_ahead) ?? CyrillicText.Cp866;
    }

    private void Fill(Span<byte> buffer)
    {
        if (ReadSome(buffer) < buffer.Length)
        {
            throw new ListFormatException(_file, null, null, Number == 0
                ? "the file ends inside the header of the table: the download was cut off. Fetch it again."
                : $"the file ends inside record {Number.ToString(CultureInfo.InvariantCulture)} of {_records.ToString(CultureInfo.InvariantCulture)}: the download was cut off. Fetch it again.");
        }
    }

    private int ReadSome(Span<byte> buffer)
    {
        var ahead = Math.Min(buffer.Length, _ahead.Length - _served);
        _ahead.AsSpan(_served, ahead).CopyTo(buffer);
        _served += ahead;
        return ahead + (ahead == buffer.Length ? 0 : _stream.ReadAtLeast(buffer[ahead..], buffer.Length - ahead, throwOnEndOfStream: false));
    }

    // Years since 1900; some writers begin again at 2000.
    private static string? Date(ReadOnlySpan<byte> header)
    {
        var year = header[1] + (header[1] < 80 ? 2000 : 1900);
        return header[2] is >= 1 and <= 12 && header[3] >= 1 && header[3] <= DateTime.DaysInMonth(year, header[2])
            ? string.Create(CultureInfo.InvariantCulture, $"{year:D4}-{header[2]:D2}-{header[3]:D2}")
            : null;
    }

    private ListFormatException Error(string problem) =>
        new(_file, null, null, $"record {Number.ToString(CultureInfo.InvariantCulture)} of the table {problem}");
}
