using System.Security.Cryptography;
using System.Text;

namespace Entente.Screening.Index;

/// <summary>The frame of a stored index: what it is, which code made it, and a hash over all of it.</summary>
/// <remarks>
/// An index holds what this version of the code found out about names. Another version may find otherwise, so it reads no
/// index but its own: the identities of the two assemblies, which the compiler makes from their contents, stand in the frame.
/// </remarks>
internal static class StoredIndex
{
    private static readonly byte[] Head = Encoding.ASCII.GetBytes(
        $"Entente index 1 {typeof(Names.Structure.Name).Module.ModuleVersionId:N} {typeof(StoredIndex).Module.ModuleVersionId:N}\n");

    /// <summary>Writes a frame and what is in it.</summary>
    public static void Write(Stream stream, Action<ArrayWriter> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var buffered = new BufferedStream(new HashingStream(stream, hash), 1 << 20);
        buffered.Write(Head);
        content(new ArrayWriter(buffered));
        buffered.Flush();
        stream.Write(hash.GetHashAndReset());
    }

    /// <summary>Checks a frame, and goes to what is in it.</summary>
    /// <param name="stream">The whole file; can seek.</param>
    /// <exception cref="InvalidDataException">Not an index of this version of the code, or damaged.</exception>
    public static ArrayReader Open(Stream stream)
    {
        long end = stream.Length - SHA256.HashSizeInBytes;
        var head = new byte[Head.Length];
        if (end < Head.Length || stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !head.AsSpan().SequenceEqual(Head))
            throw new InvalidDataException("not an index that this version of Entente stored");
        stream.Position = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        for (long left = end; left > 0;)
        {
            int read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
            if (read == 0)
                throw new InvalidDataException("it ends before it should");
            hash.AppendData(buffer, 0, read);
            left -= read;
        }

        var expected = new byte[SHA256.HashSizeInBytes];
        stream.ReadExactly(expected);
        if (!hash.GetHashAndReset().AsSpan().SequenceEqual(expected))
            throw new InvalidDataException("it is damaged: its hash is not what it should be");
        stream.Position = Head.Length;
        return new ArrayReader(stream);
    }

    private sealed class HashingStream(Stream inner, IncrementalHash hash) : Stream
    {
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            hash.AppendData(buffer);
            inner.Write(buffer);
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
        public override void Flush() => inner.Flush();
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
