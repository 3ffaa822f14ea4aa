using System.IO.Compression;

namespace Entente.Lists.Containers;

/// <summary>Tells a whole gzip file from one that was cut off.</summary>
/// <remarks>
/// The runtime's unpacker takes the end of its input for the end of the file, wherever it comes: half a list would pass
/// for the whole. Gzip files may be joined end to end, so one more is joined here whose content is known. It comes out
/// last if, and only if, what stood before it was whole and had nothing else behind it.
/// </remarks>
internal static class EndMark
{
    // It repeats itself, so that it is not found as it stands in its own packed form.
    private static readonly byte[] Mark = [.. Enumerable.Repeat("the file was whole; "u8.ToArray(), 4).SelectMany(bytes => bytes)];

    private static readonly byte[] PackedMark = Pack();

    /// <summary>Packed bytes with the mark behind them.</summary>
    public sealed class Added(Stream packed) : ReadOnlyStream
    {
        private int _markServed = -1;

        /// <summary>Packed bytes served, without the mark.</summary>
        public long Served { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            if (buffer.IsEmpty)
                return 0;
            if (_markServed < 0)
            {
                var read = packed.Read(buffer);
                Served += read;
                if (read > 0)
                    return read;
                _markServed = 0;
            }
            var count = Math.Min(buffer.Length, PackedMark.Length - _markServed);
            PackedMark.AsSpan(_markServed, count).CopyTo(buffer);
            _markServed += count;
            return count;
        }
    }

    /// <summary>Unpacked bytes without the mark at their end; where it is missing, <see cref="InvalidDataException"/>.</summary>
    public sealed class Removed(Stream unpacked) : ReadOnlyStream
    {
        // Always as long as the mark, but at the start: whatever is ahead of it is not the mark.
        private readonly byte[] _held = new byte[Mark.Length];
        private int _count;

        public override int Read(Span<byte> buffer)
        {
            if (buffer.IsEmpty)
                return 0;
            if (_count < _held.Length)
                _count += unpacked.ReadAtLeast(_held.AsSpan(_count), _held.Length - _count, throwOnEndOfStream: false);

            var read = _count < _held.Length ? 0 : unpacked.Read(buffer);
            if (read == 0)
            {
                return _held.AsSpan(0, _count).SequenceEqual(Mark)
                    ? 0
                    : throw new InvalidDataException("The packed data end too early, or something else stands behind them.");
            }
            Exchange(buffer[..read]);
            return read;
        }

        // Serves the oldest bytes and holds the newest.
        private void Exchange(Span<byte> bytes)
        {
            if (bytes.Length >= _held.Length)
            {
                var newest = bytes[^_held.Length..].ToArray();
                bytes[..^_held.Length].CopyTo(bytes[_held.Length..]);
                _held.CopyTo(bytes);
                newest.CopyTo(_held, 0);
                return;
            }
            var served = _held.AsSpan(0, bytes.Length).ToArray();
            _held.AsSpan(bytes.Length).CopyTo(_held);
            bytes.CopyTo(_held.AsSpan(_held.Length - bytes.Length));
            served.CopyTo(bytes);
        }
    }

    private static byte[] Pack()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(Mark);
        return packed.ToArray();
    }
}
