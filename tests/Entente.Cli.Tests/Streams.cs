namespace Entente.Cli.Tests;

/// <summary>A table of people without end.</summary>
internal sealed class EndlessRows(long afterBytes, Action then) : Stream
{
    private static readonly byte[] Header = "name\n"u8.ToArray();
    private static readonly byte[] Row = "Zubayr Al-Fictivi\n"u8.ToArray();
    private int _at = -Header.Length;

    public long BytesRead { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        for (var i = 0; i < count; i++, _at++)
            buffer[offset + i] = _at < 0 ? Header[Header.Length + _at] : Row[_at % Row.Length];
        _at = _at < 0 ? _at : _at % Row.Length;
        BytesRead += count;
        if (BytesRead >= afterBytes)
            then();
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>Throws away what is written and tells how much it was.</summary>
internal sealed class CountingStream(Action<long> written) : Stream
{
    private long _count;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => written(_count += count);

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
