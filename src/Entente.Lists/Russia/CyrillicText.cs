using System.Buffers;
using System.Text;

namespace Entente.Lists.Russia;

/// <summary>The encodings in which Russian lists come: UTF-8, windows-1251, and cp866 of DOS.</summary>
internal static class CyrillicText
{
    /// <summary>UTF-8 in which a byte that does not fit is an error.</summary>
    public static Encoding Utf8 { get; } = new UTF8Encoding(false, throwOnInvalidBytes: true);

    public static Encoding Windows1251 { get; } = CodePagesEncodingProvider.Instance.GetEncoding(1251, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    public static Encoding Cp866 { get; } = CodePagesEncodingProvider.Instance.GetEncoding(866, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    /// <summary>Whether bytes are UTF-8; the last letter may be cut off.</summary>
    public static bool IsUtf8(ReadOnlySpan<byte> bytes)
    {
        var chars = ArrayPool<char>.Shared.Rent(bytes.Length + 1);
        var status = System.Text.Unicode.Utf8.ToUtf16(bytes, chars, out _, out _, replaceInvalidSequences: false, isFinalBlock: false);
        ArrayPool<char>.Shared.Return(chars);
        return status is OperationStatus.Done or OperationStatus.NeedMoreData;
    }

    /// <summary>Which of the two single-byte encodings it is. Names stand in capitals, which lie apart in the two.</summary>
    /// <returns>Null where nothing tells.</returns>
    public static Encoding? Guess(ReadOnlySpan<byte> bytes)
    {
        int dos = 0, windows = 0;
        foreach (var b in bytes)
        {
            if (b is >= 0x80 and <= 0x9F)
                dos++;
            else if (b is >= 0xC0 and <= 0xDF)
                windows++;
        }
        return dos == windows ? null : dos > windows ? Cp866 : Windows1251;
    }
}
