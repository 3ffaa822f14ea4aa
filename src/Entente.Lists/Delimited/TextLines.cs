using System.Buffers;
using System.Security.Cryptography;
using System.Text.Unicode;

namespace Entente.Lists.Delimited;

/// <summary>One line of a file, or why it cannot be read.</summary>
/// <param name="Number">Line number, from 1.</param>
/// <param name="Text">The line without its end; empty when <paramref name="Fault"/> is set.</param>
/// <param name="Fault">What is wrong with it, for a person; null when it can be read.</param>
public readonly record struct TextLine(long Number, string Text, string? Fault);

/// <summary>
/// Reads UTF-8 text line by line from outside data. Memory stays bounded whatever the file holds: a line longer than
/// <see cref="MaxLineBytes"/> is skipped and reported, not stored. Bytes that are not UTF-8 spoil their own line only.
/// </summary>
/// <remarks>Lines end with LF or CRLF. Not thread-safe.</remarks>
public sealed class TextLines : IDisposable
{
    /// <summary>The longest line that is read, in bytes: 1 MiB.</summary>
    public const int MaxLineBytes = 1 << 20;

    private readonly Stream _stream;
    private readonly string _path;
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly ArrayBufferWriter<byte> _pending = new();
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int _start;
    private int _end;
    private long _number;

    /// <summary>Starts reading.</summary>
    /// <param name="stream">The bytes; closed with the reader.</param>
    /// <param name="path">The file's name, for messages.</param>
    /// <exception cref="ListFormatException">The file is empty or plainly not UTF-8 text.</exception>
    public TextLines(Stream stream, string path)
    {
        _stream = stream;
        _path = path;
        Fill();
        RefuseOtherFormats();
    }

    /// <summary>The file's name, for messages.</summary>
    public string Path => _path;

    /// <summary>Bytes taken from the stream so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>The first byte that is not white space, or 0: enough to tell JSON from a table.</summary>
    public byte FirstByte()
    {
        foreach (var b in _buffer.AsSpan(_start, _end - _start))
        {
            if (b > (byte)' ')
                return b;
        }
        return 0;
    }

    /// <summary>Reads the next line.</summary>
    /// <param name="line">The line.</param>
    /// <returns>False at the end of the file.</returns>
    public bool TryRead(out TextLine line)
    {
        line = default;
        if (_start == _end && !Fill())
            return false;
        _number++;
        _pending.ResetWrittenCount();
        var tooLong = false;
        while (true)
        {
            var rest = _buffer.AsSpan(_start, _end - _start);
            var newline = rest.IndexOf((byte)'\n');
            var part = newline < 0 ? rest : rest[..newline];
            tooLong |= _pending.WrittenCount + part.Length > MaxLineBytes;
            if (!tooLong)
                _pending.Write(part);
            _start += newline < 0 ? part.Length : part.Length + 1;
            if (newline >= 0 || !Fill())
                break;
        }
        line = tooLong
            ? new TextLine(_number, "", "the line is longer than 1 MiB")
            : Decode(_pending.WrittenSpan);
        return true;
    }

    /// <summary>The hash of the bytes taken from the stream so far.</summary>
    /// <returns>SHA-256 in lower-case hex.</returns>
    public string HashOfRead() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        _hash.Dispose();
    }

    private TextLine Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.EndsWith("\r"u8))
            bytes = bytes[..^1];
        var text = ArrayPool<char>.Shared.Rent(bytes.Length);
        var status = Utf8.ToUtf16(bytes, text, out var good, out var written, replaceInvalidSequences: false);
        var line = status == OperationStatus.Done
            ? new TextLine(_number, new string(text, 0, written), null)
            : new TextLine(_number, "", $"not valid UTF-8 at byte {good + 1} of the line (0x{bytes[good]:X2}), perhaps windows-1252; save the file as UTF-8");
        ArrayPool<char>.Shared.Return(text);
        return line;
    }

    private bool Fill()
    {
        _start = 0;
        _end = _stream.Read(_buffer, 0, _buffer.Length);
        BytesRead += _end;
        _hash.AppendData(_buffer, 0, _end);
        return _end > 0;
    }

    private void RefuseOtherFormats()
    {
        var head = _buffer.AsSpan(0, _end);
        if (head.IsEmpty)
            throw Error("the file is empty.");
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            throw Error("the file is UTF-16 text; save it as UTF-8 (in Excel: 'CSV UTF-8').");
        if (head.StartsWith("PK\u0003\u0004"u8))
            throw Error("the file is a workbook or zip archive; save the sheet as 'CSV UTF-8' and pass that file.");
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            throw Error("the file is compressed; unpack it first (gunzip).");
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            _start = 3;
    }

    private ListFormatException Error(string problem) => new(_path, null, null, problem);
}
