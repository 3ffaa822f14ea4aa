namespace Entente.Cli.Input;

/// <summary>
/// A file of rows to screen, read as a stream: a table (CSV, TSV) or JSON lines. Which it is, its name tells, else its
/// first character.
/// </summary>
internal sealed class RowFile : IDisposable
{
    private readonly TextLines _lines;
    private readonly Func<IEnumerable<ScreeningRow>> _rows;

    private RowFile(TextLines lines, long? length, IReadOnlyList<string> ignored, Func<IEnumerable<ScreeningRow>> rows)
    {
        _lines = lines;
        _rows = rows;
        Length = length;
        IgnoredColumns = ignored;
    }

    /// <summary>Size of the file in bytes, or null when it comes through a pipe.</summary>
    public long? Length { get; }

    /// <summary>Bytes read so far.</summary>
    public long BytesRead => _lines.BytesRead;

    /// <summary>Columns that no query uses.</summary>
    public IReadOnlyList<string> IgnoredColumns { get; }

    /// <summary>Opens a file and reads its header.</summary>
    /// <param name="path">The file; <c>-</c> is standard input.</param>
    /// <param name="standardInput">Read when the path is <c>-</c>.</param>
    /// <param name="defaultSchema">The schema of a row that names none.</param>
    /// <returns>The file.</returns>
    /// <exception cref="FailureException">It is missing, empty, in no readable format, or has no column with a name.</exception>
    public static RowFile Open(string path, Stream standardInput, string defaultSchema)
    {
        var (stream, length) = OpenStream(path, standardInput);
        try
        {
            var lines = new TextLines(stream, path == "-" ? "standard input" : path);
            if (IsJson(path, lines))
                return new RowFile(lines, length, [], () => JsonRows.Read(lines, defaultSchema));
            var table = Table.Open(lines, Path.GetExtension(path));
            var header = HeaderMap.Of(table.Columns, lines.Path);
            return new RowFile(lines, length, header.Ignored, () => Rows(table, header, defaultSchema));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The rows in file order. Can be read once.</summary>
    /// <returns>Rows; bad ones stand in their place.</returns>
    public IEnumerable<ScreeningRow> Rows() => _rows();

    /// <summary>Opens a file for reading from begin to end.</summary>
    /// <param name="path">The file; <c>-</c> is standard input.</param>
    /// <param name="standardInput">Read when the path is <c>-</c>.</param>
    /// <returns>The bytes, and how many there are if that is known.</returns>
    /// <exception cref="FailureException">It cannot be opened.</exception>
    public static (Stream Stream, long? Length) OpenStream(string path, Stream standardInput)
    {
        if (path == "-")
            return (standardInput, null);
        if (Directory.Exists(path))
            throw new FailureException($"{path} is a folder; name a file.");
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);
            return (file, file.CanSeek ? file.Length : null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FailureException($"there is no file {path}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FailureException($"{path} cannot be read: {e.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();

    private static bool IsJson(string path, TextLines lines) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".jsonl" or ".ndjson" or ".json" => true,
        ".csv" or ".tsv" or ".tab" => false,
        _ => lines.FirstByte() == (byte)'{',
    };

    private static IEnumerable<ScreeningRow> Rows(Table table, HeaderMap header, string defaultSchema)
    {
        var number = 0L;
        while (table.Read() is { } record)
        {
            number++;
            yield return record.Fault is { } fault
                ? ScreeningRow.Bad(number, record.Line, fault)
                : header.Values(record.Fields).ToRow(number, record.Line, defaultSchema);
        }
    }
}
