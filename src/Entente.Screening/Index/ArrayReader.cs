using System.Runtime.InteropServices;

namespace Entente.Screening.Index;

/// <summary>Reads what <see cref="ArrayWriter"/> wrote.</summary>
/// <param name="stream">A stream that knows its length: no array is longer than what is left of it.</param>
internal sealed class ArrayReader(Stream stream)
{
    /// <summary>Reads an array.</summary>
    /// <exception cref="InvalidDataException">The stream ends before the array does.</exception>
    public T[] Read<T>()
        where T : unmanaged
    {
        long length = 0;
        Fill(MemoryMarshal.AsBytes(new Span<long>(ref length)));
        int size = Marshal.SizeOf<T>();
        if (length < 0 || length > Array.MaxLength || length * size > stream.Length - stream.Position)
            throw new InvalidDataException("it ends before it should");
        T[] values = GC.AllocateUninitializedArray<T>((int)length);
        Span<byte> bytes = MemoryMarshal.AsBytes(values.AsSpan());
        Fill(bytes);
        Span<byte> padding = stackalloc byte[-bytes.Length & 7];
        Fill(padding);
        return values;
    }

    private void Fill(Span<byte> bytes)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new InvalidDataException("it ends before it should");
    }
}
