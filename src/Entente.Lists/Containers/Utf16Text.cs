using System.Text;

namespace Entente.Lists.Containers;

/// <summary>A text in UTF-16, as spreadsheets and editors on Windows save it, read as UTF-8.</summary>
internal sealed class Utf16Text : ReadOnlyStream
{
    private readonly Stream _utf8;
    private readonly string _file;

    /// <param name="utf16">From its byte order mark.</param>
    /// <param name="bigEndian">Which of the two byte orders.</param>
    /// <param name="file">As messages shall name it.</param>
    public Utf16Text(Stream utf16, bool bigEndian, string file)
    {
        _utf8 = Encoding.CreateTranscodingStream(
            utf16, new UnicodeEncoding(bigEndian, byteOrderMark: true, throwOnInvalidBytes: true), new UTF8Encoding(false), leaveOpen: true);
        _file = file;
    }

    /// <summary>The byte order, where a byte order mark tells it.</summary>
    /// <returns>Null where the file is not UTF-16 with a byte order mark.</returns>
    public static bool? IsBigEndian(ReadOnlySpan<byte> head) =>
        head.StartsWith(Encoding.Unicode.Preamble) ? false : head.StartsWith(Encoding.BigEndianUnicode.Preamble) ? true : null;

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return _utf8.Read(buffer);
        }
        catch (DecoderFallbackException e)
        {
            throw new ListFormatException(_file, null, null, "the file begins as UTF-16 text, but is none throughout. Fetch it again, or save it as UTF-8.", e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _utf8.Dispose();
        base.Dispose(disposing);
    }
}
