using System.Runtime.InteropServices;
using Entente.Exchange.Overlap.Curve;

namespace Entente.Exchange.Overlap.Protocol;

// How a session is saved and gone on with.
public sealed partial class OverlapSession
{
    /// <summary>Writes the session, to be gone on with after a stop of this program.</summary>
    /// <remarks>It holds the secret of the round: keep it encrypted, and delete it when the round is complete. About 70 bytes for each key.
    /// An older state can be gone on with, too: what it lacks is sent again.</remarks>
    /// <param name="to">Where to.</param>
    public void Save(Stream to)
    {
        ThrowIfOver();
        ArgumentNullException.ThrowIfNull(to);
        using var writer = new BinaryWriter(to, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(OverlapMessage.Version);
        writer.Write(_hash);
        writer.Write((byte)_side);
        writer.Write(_key.Secret);
        writer.Write(_salt);
        writer.Write(_own.Count);
        writer.Write(_own.Points);
        writer.Write(MemoryMarshal.AsBytes<int>(_own.KeyAt));
        writer.Write(_own.Notes.Length);
        writer.Write(_own.Notes);
        writer.Write(_ownTokens);
        writer.Write(_chains);
        writer.Write(_peer?.Count ?? 0);
        if (_peer is not null)
        {
            writer.Write(_peer.Commitment);
            writer.Write(_peer.Received);
            writer.Write(_peer.Chain);
            writer.Write(_peer.Last);
            writer.Write(_peer.Tokens);
        }

        writer.Write(_opened);
        writer.Write(_answered);
        writer.Write(_ofOurs);
        writer.Write(_notesReceived);
        writer.Write(_peerNotes.Length);
        writer.Write(_peerNotes);
        writer.Write(_sendEnd);
        writer.Write(_receiveNext);
    }

    /// <summary>Goes on with a session that was saved.</summary>
    /// <param name="terms">The terms it was started with.</param>
    /// <param name="from">What <see cref="Save"/> wrote.</param>
    /// <returns>The session. Send <see cref="Resume"/> first.</returns>
    /// <exception cref="InvalidDataException">Not a saved session of these terms, or not whole.</exception>
    public static OverlapSession Restore(OverlapTerms terms, Stream from)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(from);
        using var reader = new BinaryReader(from, System.Text.Encoding.UTF8, leaveOpen: true);
        try
        {
            return Restore(terms, reader);
        }
        catch (Exception e) when (e is EndOfStreamException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException("The saved session is cut short or damaged: start the round anew.", e);
        }
    }

    private static OverlapSession Restore(OverlapTerms terms, BinaryReader reader)
    {
        byte[] hash = terms.Hash();
        if (reader.ReadByte() != OverlapMessage.Version || !reader.ReadBytes(hash.Length).AsSpan().SequenceEqual(hash))
            throw new InvalidDataException("The saved session is of another version or of other terms: start the round anew.");
        var side = (OverlapSide)reader.ReadByte();
        var key = BlindingKey.Restore(Bytes(reader, FieldElement.Size));
        byte[] salt = Bytes(reader, Commitment.Size);
        int count = Count(reader, terms);
        byte[] points = Bytes(reader, count * OwnSet.PointSize);
        int[] keyAt = [.. MemoryMarshal.Cast<byte, int>(Bytes(reader, count * sizeof(int)))];
        byte[] notes = Bytes(reader, reader.ReadInt32());
        var session = new OverlapSession(terms, side, hash, new OwnSet { Points = points, KeyAt = keyAt, Notes = notes }, key, salt);
        Bytes(reader, session._ownTokens.Length).CopyTo(session._ownTokens, 0);
        Bytes(reader, session._chains.Length).CopyTo(session._chains, 0);
        int peers = reader.ReadInt32();
        if (peers != 0)
        {
            session._peer = new PeerSet(CheckedCount(peers, terms), Bytes(reader, Commitment.Size), terms.GroupSize)
            {
                Received = reader.ReadInt32(),
                Chain = Bytes(reader, Commitment.Size),
                Last = Bytes(reader, 2 * OwnSet.PointSize),
            };
            Bytes(reader, session._peer.Tokens.Length).CopyTo(session._peer.Tokens, 0);
        }

        session._opened = reader.ReadBoolean();
        session._answered = reader.ReadInt32();
        session._ofOurs = reader.ReadInt32();
        session._notesReceived = reader.ReadInt32();
        session._peerNotes = Bytes(reader, reader.ReadInt32());
        session._sendEnd = reader.ReadInt32();
        session._receiveNext = reader.ReadInt32();
        // The other side says what it lacks; until it does, it is taken to have all.
        session._sendNext = session._sendEnd;
        if (session._answered == Turns)
            session.Find();
        return session;
    }

    private static byte[] Bytes(BinaryReader reader, int count)
    {
        byte[] bytes = reader.ReadBytes(count);
        return bytes.Length == count ? bytes : throw new EndOfStreamException();
    }

    private static int Count(BinaryReader reader, OverlapTerms terms) => CheckedCount(reader.ReadInt32(), terms);

    private static int CheckedCount(int count, OverlapTerms terms) =>
        count % terms.GroupSize == 0 && OverlapBands.IsBand(count / terms.GroupSize) ? count : throw new InvalidDataException("The saved session is damaged: start the round anew.");
}
