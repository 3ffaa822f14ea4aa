using System.Runtime.InteropServices;

namespace Entente.Screening.Index;

/// <summary>Writes arrays of numbers as they lie in memory: little-endian, each after its length and at a multiple of eight bytes.</summary>
internal sealed class ArrayWriter(Stream stream)
{
    private static readonly byte[] Padding = new byte[8];

    /// <summary>Writes an array.</summary>
    public void Write<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("An index is stored in little-endian order, which this machine does not use.");
        long length = values.Length;
        stream.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in length)));
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
        stream.Write(bytes);
        stream.Write(Padding, 0, -bytes.Length & 7);
    }

    /// <summary>Writes an array.</summary>
    public void Write<T>(T[] values)
        where T : unmanaged => Write<T>(values.AsSpan());
}
