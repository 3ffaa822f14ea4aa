using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Entente.Exchange.Signing;

/// <summary>Base64url without padding (RFC 7515, section 2), of which each value has one text only.</summary>
internal static class StrictBase64Url
{
    /// <summary>Letters of a text of 32 bytes.</summary>
    public const int HashLength = 43;

    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Reads a text that holds nothing but the alphabet: the class library skips white space and takes padding.</summary>
    /// <returns>Null for anything else, and where unused bits of the last letter are set.</returns>
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        if (text.ContainsAnyExcept(Letters) || text.Length % 4 == 1)
            return null;
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        // An unused bit that is set is invalid data to the class library.
        return Base64Url.DecodeFromChars(text, bytes, out _, out var written) == OperationStatus.Done && written == bytes.Length ? bytes : null;
    }

    /// <summary>The SHA-256 of a text that is all ASCII.</summary>
    /// <returns>43 letters.</returns>
    public static string HashOf(ReadOnlySpan<char> ascii)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ascii.Length);
        var length = Encoding.ASCII.GetBytes(ascii, buffer);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer.AsSpan(0, length), hash);
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        return Base64Url.EncodeToString(hash);
    }

    /// <summary>Whether a text could be a <see cref="HashOf"/>.</summary>
    public static bool IsHash(string? text) => text is { Length: HashLength } && Decode(text) is { Length: SHA256.HashSizeInBytes };
}
