using System.Buffers.Binary;
using Entente.Exchange.Overlap.Curve;

namespace Entente.Exchange.Overlap.Protocol;

/// <summary>Tokens as numbers, in the order of their bytes, which is the same on every machine.</summary>
internal static class TokenRow
{
    public static UInt128[] Read(ReadOnlySpan<byte> tokens)
    {
        var numbers = new UInt128[tokens.Length / BlindingKey.TokenSize];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = BinaryPrimitives.ReadUInt128BigEndian(tokens[(i * BlindingKey.TokenSize)..]);
        return numbers;
    }

    public static byte[] Write(ReadOnlySpan<UInt128> numbers)
    {
        byte[] tokens = new byte[numbers.Length * BlindingKey.TokenSize];
        for (int i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteUInt128BigEndian(tokens.AsSpan(i * BlindingKey.TokenSize), numbers[i]);
        return tokens;
    }
}
