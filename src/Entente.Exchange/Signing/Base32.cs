namespace Entente.Exchange.Signing;

/// <summary>Base 32 in small letters, without padding (RFC 4648, section 6).</summary>
internal static class Base32
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new char[((bytes.Length * 8) + 4) / 5];
        var held = 0;
        var bits = 0;
        var at = 0;
        foreach (var each in bytes)
        {
            held = (held << 8) | each;
            bits += 8;
            while (bits >= 5)
            {
                bits -= 5;
                text[at++] = Alphabet[(held >> bits) & 31];
            }
            held &= (1 << bits) - 1;
        }
        if (bits > 0)
            text[at] = Alphabet[(held << (5 - bits)) & 31];
        return new string(text);
    }

    /// <summary>Reads just what <see cref="Encode"/> writes: no other letters, no bits to spare.</summary>
    /// <returns>Null for anything else.</returns>
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        var bytes = new byte[text.Length * 5 / 8];
        var held = 0;
        var bits = 0;
        var at = 0;
        foreach (var letter in text)
        {
            var value = Alphabet.IndexOf(letter, StringComparison.Ordinal);
            if (value < 0)
                return null;
            held = (held << 5) | value;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes[at++] = (byte)(held >> bits);
                held &= (1 << bits) - 1;
            }
        }
        return bits < 5 && held == 0 ? bytes : null;
    }
}
