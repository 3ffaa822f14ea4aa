using System.Buffers.Binary;

namespace Entente.Exchange.Overlap.Protocol;

/// <summary>What a message of a round is.</summary>
internal enum OverlapMessageKind : byte
{
    /// <summary>Terms, size and commitment: before anything else.</summary>
    Commitment = 1,

    /// <summary>Blinded points.</summary>
    Points = 2,

    /// <summary>The salt of the commitment: after all points.</summary>
    Opening = 3,

    /// <summary>What became of points of the other side when blinded again.</summary>
    Answers = 4,

    /// <summary>What was found in common, hashed, for both to see that they found the same.</summary>
    Closing = 5,

    /// <summary>A byte about each key in common.</summary>
    Notes = 6,

    /// <summary>From which message on the sender needs the messages of the other side; of no number itself.</summary>
    Resume = 7,
}

/// <summary>The frame of a message: a head of 20 bytes, then the body.</summary>
/// <remarks>Head: <c>EO</c>, version (1 byte), kind (1), first 8 bytes of the hash of the terms, number (4), length of the body (4), highest byte first.</remarks>
internal static class OverlapMessage
{
    public const int HeadSize = 20;

    /// <summary>The version of the protocol. Another is refused: there is no older one to fall back to.</summary>
    public const byte Version = 1;

    public static byte[] Make(OverlapMessageKind kind, ReadOnlySpan<byte> terms, int number, ReadOnlySpan<byte> body)
    {
        byte[] message = new byte[HeadSize + body.Length];
        (message[0], message[1], message[2], message[3]) = ((byte)'E', (byte)'O', Version, (byte)kind);
        terms[..8].CopyTo(message.AsSpan(4));
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(12), number);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(16), body.Length);
        body.CopyTo(message.AsSpan(HeadSize));
        return message;
    }

    /// <summary>Reads the head of a whole message.</summary>
    /// <exception cref="OverlapException">Not a message of this version and these terms, or not whole.</exception>
    public static (OverlapMessageKind Kind, int Number) ReadHead(ReadOnlySpan<byte> message, ReadOnlySpan<byte> terms)
    {
        if (message.Length < HeadSize || message[0] != 'E' || message[1] != 'O')
            throw new OverlapException("What came is no message of an overlap run.");
        if (message[2] != Version)
            throw new OverlapException($"The message is of version {message[2]} of the overlap protocol; this node speaks {Version}.");
        if (!message.Slice(4, 8).SequenceEqual(terms[..8]))
            throw new OverlapException("The message belongs to other terms: another run, round, purpose or agreement.");
        int number = BinaryPrimitives.ReadInt32BigEndian(message[12..]), length = BinaryPrimitives.ReadInt32BigEndian(message[16..]);
        if (number < 0 || length != message.Length - HeadSize)
            throw new OverlapException($"The message says a length of {length} bytes and has {message.Length - HeadSize}.");
        return ((OverlapMessageKind)message[3], number);
    }
}
