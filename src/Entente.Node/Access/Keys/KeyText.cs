using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Entente.Node.Access.Keys;

/// <summary>An API key as programs send it: <c>ent_ID_SECRET</c>, an id of 32 hexadecimal digits and a secret of 256 random bits in base64url.</summary>
/// <remarks>The beginning makes a key that was published by mistake easy to find for scanners.</remarks>
internal static class KeyText
{
    private const string Prefix = "ent_";
    private const int IdLength = 32, SecretLength = 43;

    /// <summary>The length of every key.</summary>
    public const int Length = 4 + IdLength + 1 + SecretLength;

    /// <summary>A new secret.</summary>
    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>The text that is shown once.</summary>
    public static string Of(string id, string secret) => $"{Prefix}{id}_{secret}";

    /// <summary>Reads a key; says nothing of whether it is a good one.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ReadOnlySpan<char> id, out ReadOnlySpan<char> secret)
    {
        id = secret = default;
        if (text.Length != Length || !text.StartsWith(Prefix, StringComparison.Ordinal) || text[Prefix.Length + IdLength] != '_')
            return false;
        id = text.Slice(Prefix.Length, IdLength);
        secret = text[^SecretLength..];
        return true;
    }

    /// <summary>What is kept of a secret. It is random and long, so that a slow hash would add nothing.</summary>
    public static byte[] HashOf(ReadOnlySpan<char> secret)
    {
        var hash = new byte[SHA256.HashSizeInBytes];
        Hash(secret, hash);
        return hash;
    }

    /// <summary>Whether a secret is that of a hash; takes the same time whatever it is.</summary>
    public static bool Matches(ReadOnlySpan<char> secret, ReadOnlySpan<byte> hash)
    {
        Span<byte> own = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(secret, own);
        return CryptographicOperations.FixedTimeEquals(own, hash);
    }

    private static void Hash(ReadOnlySpan<char> secret, Span<byte> hash)
    {
        // Three bytes for each character at most, whatever somebody sent.
        Span<byte> bytes = stackalloc byte[SecretLength * 3];
        var length = Encoding.UTF8.GetBytes(secret, bytes);
        SHA256.HashData(bytes[..length], hash);
    }
}
