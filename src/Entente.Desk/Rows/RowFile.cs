using System.Buffers;
using System.Security.Cryptography;

namespace Entente.Desk.Rows;

/// <summary>
/// A file of rows to screen, read as a stream: a table (CSV, TSV) or JSON lines. Which it is, its name tells, else its
/// first character.
/// </summary>
public sealed class RowFile : IDisposable
{
    private readonly TextLines _lines;
    private readonly FileStream? _file;
    private readonly Func<IEnumerable<UnreadRow>> _rows;

    private RowFile(TextLines lines, FileStream? file, IReadOnlyList<string> ignored, Func<IEnumerable<UnreadRow>> rows)
    {
        _lines = lines;
        _file = file;
        _rows = rows;
        Length = file?.Length;
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
    /// <exception cref="DeskException">It is missing, or has no column with a name.</exception>
    /// <exception cref="Entente.Lists.ListFormatException">It is empty, or in no readable format.</exception>
    public static RowFile Open(string path, Stream standardInput, string defaultSchema)
    {
        var (stream, _) = InputFile.Open(path, standardInput);
        return Open(stream, path == "-" ? "standard input" : path, defaultSchema);
    }

    /// <summary>Reads the header of a file that is open, such as one that was sent to a node.</summary>
    /// <param name="stream">The file, at its begin. Closed with this, also when it cannot be read.</param>
    /// <param name="name">The file, as messages shall name it; its ending may say what the file is.</param>
    /// <param name="defaultSchema">The schema of a row that names none.</param>
    /// <returns>The file.</returns>
    /// <exception cref="DeskException">It has no column with a name.</exception>
    /// <exception cref="Entente.Lists.ListFormatException">It is empty, or in no readable format.</exception>
    public static RowFile Open(Stream stream, string name, string defaultSchema)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        var file = stream is FileStream { CanSeek: true } seekable ? seekable : null;
        try
        {
            var lines = new TextLines(stream, name);
            if (IsJson(name, lines))
                return new RowFile(lines, file, [], () => JsonRows.Read(lines, defaultSchema));
            var table = Table.Open(lines, Path.GetExtension(name));
            var header = HeaderMap.Of(table.Columns, lines.Path);
            return new RowFile(lines, file, header.Ignored, () => Rows(table, header, defaultSchema));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The rows in file order. Can be read once.</summary>
    /// <returns>Rows; bad ones stand in their place.</returns>
    public IEnumerable<UnreadRow> Rows() => _rows();

    /// <summary>Reads the whole file for its hash, beside the reading of rows and without disturbing it.</summary>
    /// <param name="stop">Ends the reading early.</param>
    /// <returns>SHA-256 in lower-case hex; null when the file comes through a pipe and can be read only once.</returns>
    public string? Hash(CancellationToken stop)
    {
        if (_file is null)
            return null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 20);
        try
        {
            var at = 0L;
            while (RandomAccess.Read(_file.SafeFileHandle, buffer, at) is > 0 and var count)
            {
                stop.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, count);
                at += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The hash of what the rows were read from; after the last row, that of the whole file.</summary>
    /// <returns>SHA-256 in lower-case hex.</returns>
    public string HashOfRead() => _lines.HashOfRead();

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();

    private static bool IsJson(string path, TextLines lines) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".jsonl" or ".ndjson" or ".json" => true,
        ".csv" or ".tsv" or ".tab" => false,
        _ => lines.FirstByte() == (byte)'{',
    };

    private static IEnumerable<UnreadRow> Rows(Table table, HeaderMap header, string defaultSchema)
    {
        var last = 0L;
        while (table.Read() is { } record)
        {
            var number = ++last;
            yield return new UnreadRow(number, record.Raw.Length, () => record.Fault is { } fault
                ? ScreeningRow.Bad(number, record.Line, fault)
                : header.Values(record.Fields).ToRow(number, record.Line, defaultSchema));
        }
    }
}
