namespace Entente.Lists.Tests;

/// <summary>Begins with some bytes and goes on with others for ever.</summary>
internal sealed class EndlessStream(byte[] start, byte[]? filler = null) : OneWayStream
{
    private readonly byte[] _filler = filler ?? "x"u8.ToArray();

    public long BytesRead { get; private set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        for (var i = 0; i < count; i++)
        {
            buffer[offset + i] = BytesRead < start.Length ? start[BytesRead] : _filler[(BytesRead - start.Length) % _filler.Length];
            BytesRead++;
        }
        return count;
    }
}

/// <summary>Gives at most so many bytes at a time, and cannot go back.</summary>
internal sealed class DribblingStream(byte[] bytes, int atOnce = 1) : OneWayStream
{
    private int _at;

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = Math.Min(Math.Min(count, atOnce), bytes.Length - _at);
        bytes.AsSpan(_at, read).CopyTo(buffer.AsSpan(offset));
        _at += read;
        return read;
    }
}

/// <summary>A stream as a pipe is one.</summary>
internal abstract class OneWayStream : Stream
{
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
