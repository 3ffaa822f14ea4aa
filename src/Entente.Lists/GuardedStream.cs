using System.Globalization;

namespace Entente.Lists;

/// <summary>Lets a list through as long as it stays within bounds, and lets its first bytes be looked at beforehand.</summary>
/// <remarks>
/// XML readers hold a whole tag in memory, however long. No tag and no single piece of text may be longer than
/// <see cref="ListLimits.MaxValueLength"/>, so '&lt;' must come round soon enough; where it does not, the stream
/// stops before the reader's memory is full.
/// </remarks>
internal sealed class GuardedStream(Stream inner, string file, ListLimits limits) : ReadOnlyStream
{
    private byte[] _ahead = [];
    private int _served;
    private long _total;
    private long _sinceMarkup;
    private int _lines = 1;

    /// <summary>Demand a '&lt;' every so often.</summary>
    public bool ExpectMarkup { get; set; }

    /// <summary>The first bytes that were looked at.</summary>
    public ReadOnlySpan<byte> Head => _ahead;

    /// <summary>Up to <paramref name="count"/> first bytes, which will still be read.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        var buffer = new byte[count];
        var length = inner.ReadAtLeast(buffer, count, throwOnEndOfStream: false);
        _ahead = buffer[..length];
        return _ahead;
    }

    public override int Read(Span<byte> buffer)
    {
        int read;
        if (_served < _ahead.Length)
        {
            read = Math.Min(buffer.Length, _ahead.Length - _served);
            _ahead.AsSpan(_served, read).CopyTo(buffer);
            _served += read;
        }
        else
        {
            read = inner.Read(buffer);
        }
        Watch(buffer[..read]);
        return read;
    }

    /// <summary>Reads on and forgets what is there: what a check at the end would find shall be found.</summary>
    /// <param name="maxBytes">How far; to the end unless given.</param>
    public void Drain(long maxBytes = long.MaxValue)
    {
        ExpectMarkup = false;
        var buffer = new byte[16 * 1024];
        while (maxBytes > 0 && Read(buffer) is > 0 and var read)
            maxBytes -= read;
    }

    private void Watch(ReadOnlySpan<byte> bytes)
    {
        _total += bytes.Length;
        if (_total > limits.MaxBytes)
            throw new ListFormatException(file, ExpectMarkup ? _lines : null, null, string.Create(CultureInfo.InvariantCulture, $"the file is larger than {limits.MaxBytes:N0} bytes."));
        if (!ExpectMarkup)
            return;

        var last = bytes.LastIndexOf((byte)'<');
        _sinceMarkup = last < 0 ? _sinceMarkup + bytes.Length : bytes.Length - last;
        if (_sinceMarkup > (4L * limits.MaxValueLength) + 65536)
            throw new ListFormatException(file, _lines, null, $"a tag or a value is longer than {limits.MaxValueLength.ToString("N0", CultureInfo.InvariantCulture)} characters.");
        _lines += bytes.Count((byte)'\n');
    }
}
