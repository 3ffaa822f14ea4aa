using System.Security.Cryptography;

namespace Entente.Exchange.Overlap.Protocol;

/// <summary>The hash by which a side says what it brings before it has seen anything of the other side.</summary>
/// <remarks>Over the terms, the side, the size, a salt, and the blinded points in the order in which they are sent, chained by message: h' = SHA-256(h, points).</remarks>
internal static class Commitment
{
    public const int Size = SHA256.HashSizeInBytes;

    /// <summary>The chain with the points of one more message.</summary>
    public static byte[] Chain(ReadOnlySpan<byte> chain, ReadOnlySpan<byte> points)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(chain);
        hash.AppendData(points);
        return hash.GetHashAndReset();
    }

    /// <summary>The commitment.</summary>
    public static byte[] Of(ReadOnlySpan<byte> terms, OverlapSide side, int count, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> chain)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("entente overlap commitment 1"u8);
        hash.AppendData(terms);
        hash.AppendData([(byte)side]);
        hash.AppendData(BitConverter.IsLittleEndian ? BitConverter.GetBytes(System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(count)) : BitConverter.GetBytes(count));
        hash.AppendData(salt);
        hash.AppendData(chain);
        return hash.GetHashAndReset();
    }
}
