namespace Entente.Lists.Containers;

/// <summary>A file out of a zip: where length or checksum differ from what the archive says, <see cref="InvalidDataException"/> at the end.</summary>
/// <remarks>The runtime checks neither, and stops at the length that the archive states, be it too short.</remarks>
internal sealed class ChecksummedStream(Stream unpacked, long length, uint checksum) : ReadOnlyStream
{
    private long _length;
    private uint _crc;

    public override int Read(Span<byte> buffer)
    {
        var read = unpacked.Read(buffer);
        _length += read;
        _crc = Crc32.Append(_crc, buffer[..read]);
        if (read == 0 && !buffer.IsEmpty && (_length != length || _crc != checksum))
            throw new InvalidDataException("Length or checksum are not as the archive says.");
        return read;
    }
}
