using System.Security.Cryptography;
using System.Text;

namespace Entente.Exchange.Overlap.Protocol;

/// <summary>A key that an entity is found by: the SHA-256 of what it is and its value.</summary>
/// <remarks>A hash of a name is still a name to whoever guesses: a key never leaves the node but blinded. <c>default</c> is no key.</remarks>
public readonly record struct OverlapKey
{
    /// <summary>Bytes of a key.</summary>
    public const int Size = SHA256.HashSizeInBytes;

    private readonly UInt128 _high, _low;

    private OverlapKey(ReadOnlySpan<byte> hash) =>
        (_high, _low) = (System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash), System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));

    /// <summary>Makes a key.</summary>
    /// <param name="space">What the value is, such as <c>imo</c>: values of different spaces never meet.</param>
    /// <param name="value">The value in its one spelling.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">The space is empty or holds a zero.</exception>
    public static OverlapKey Of(string space, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(space);
        ArgumentNullException.ThrowIfNull(value);
        if (space.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("The zero divides the space from the value.", nameof(space));
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(Encoding.UTF8.GetBytes(space + '\0' + value), hash);
        return new OverlapKey(hash);
    }

    internal static OverlapKey Read(ReadOnlySpan<byte> bytes) => new(bytes);

    /// <summary>Writes the key.</summary>
    /// <param name="into">Room for <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> into)
    {
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(into, _high);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(into[16..], _low);
    }
}
