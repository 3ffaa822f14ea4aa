using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Entente.Records.Json;

/// <summary>Cuts a stream into lines of valid UTF-8, within a bound on memory.</summary>
internal static class JsonLines
{
    /// <summary>The longest line accepted unless said otherwise: 16 MiB.</summary>
    public const int DefaultMaxLineBytes = 16 * 1024 * 1024;

    private const int FirstBuffer = 64 * 1024;

    /// <summary>The lines that are not blank, with their numbers from 1. The memory of a line is valid until the next is asked for.</summary>
    /// <exception cref="RecordFormatException">A line is too long, or is not UTF-8.</exception>
    public static IEnumerable<(int Number, ReadOnlyMemory<byte> Bytes)> Read(Stream stream, string source, int maxLineBytes)
    {
        var buffer = new byte[FirstBuffer];
        int start = 0, end = 0, number = 1;
        var ended = false;
        while (!ended)
        {
            if (end == buffer.Length)
                MakeRoom(ref buffer, ref start, ref end, maxLineBytes, source, number);
            var read = stream.Read(buffer, end, buffer.Length - end);
            var scan = end;
            end += read;
            ended = read == 0;

            while (true)
            {
                var length = buffer.AsSpan(scan, end - scan).IndexOf((byte)'\n');
                if (length < 0 && !(ended && end > start))
                    break;
                var stop = length < 0 ? end : scan + length;
                var line = Clean(buffer.AsMemory(start, stop - start), source, number, maxLineBytes);
                if (!line.IsEmpty)
                    yield return (number, line);
                number++;
                scan = start = Math.Min(stop + 1, end);
            }
        }
    }

    private static void MakeRoom(ref byte[] buffer, ref int start, ref int end, int maxLineBytes, string source, int number)
    {
        if (start > 0)
        {
            Buffer.BlockCopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
            return;
        }
        if (buffer.Length > maxLineBytes)
            throw TooLong(source, number, maxLineBytes);
        Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 2L, maxLineBytes + 1L + FirstBuffer));
    }

    private static ReadOnlyMemory<byte> Clean(ReadOnlyMemory<byte> line, string source, int number, int maxLineBytes)
    {
        if (line.Length > maxLineBytes)
            throw TooLong(source, number, maxLineBytes);
        if (number == 1)
        {
            if (line.Span.StartsWith(Encoding.UTF8.Preamble))
                line = line[3..];
            else if (line.Span.StartsWith(Encoding.Unicode.Preamble) || line.Span.StartsWith(Encoding.BigEndianUnicode.Preamble))
                throw new RecordFormatException(source, number, "the file is UTF-16; save it as UTF-8.");
        }
        line = line.Trim(" \t\r"u8);
        if (!Utf8.IsValid(line.Span))
            throw new RecordFormatException(source, number, "the line holds bytes that are not UTF-8; fetch the file again, or convert it to UTF-8.");
        return line;
    }

    private static RecordFormatException TooLong(string source, int number, int maxLineBytes) =>
        new(source, number, $"the line is longer than {maxLineBytes.ToString("N0", CultureInfo.InvariantCulture)} bytes; expected one JSON object per line.");
}
