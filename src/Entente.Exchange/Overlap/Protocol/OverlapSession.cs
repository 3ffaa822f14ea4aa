using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Entente.Exchange.Overlap.Curve;

namespace Entente.Exchange.Overlap.Protocol;

/// <summary>One side of one round: takes messages, gives messages, and in the end what both sides have in common.</summary>
/// <remarks>
/// <para>
/// Private set intersection by Diffie-Hellman on P-256 (Meadows 1986; Huberman, Franklin, Hogg 1999), in the shape of
/// draft-wang-ppm-ecdh-psi: each side hashes its keys to the curve and multiplies them by its secret; each multiplies the points of
/// the other again; what is the same then is in common. Here points are their x alone, answers are hashes of them of 16 bytes,
/// and both sides learn at the same pace.
/// </para>
/// <para>
/// Messages of each side, by number: the commitment; the points, 4,096 at a time; the opening; the answers in 64 turns, each given only
/// when the one before came back; the closing; notes on what is in common. A message is a function of the state, so it can be
/// made again: after a cut each side sends <see cref="Resume"/>, and goes on where the other is. No network and no clock here.
/// </para>
/// <para>For one thread at a time; works on all cores.</para>
/// </remarks>
public sealed partial class OverlapSession : IDisposable
{
    /// <summary>Bytes of the longest message.</summary>
    public const int LongestMessage = OverlapMessage.HeadSize + (OverlapBands.Largest / Turns * BlindingKey.TokenSize);

    /// <summary>Turns in which the answers are given: who stops early is ahead by one of them at most.</summary>
    public const int Turns = 64;

    internal const int PointsPerMessage = 4096;
    internal const int NotesPerMessage = 65536;

    // Messages of points that one side may be ahead.
    private const int Window = 8;

    private static readonly HashToCurve Hash = new("ENTENTE-OVERLAP-V01-with-P256_XMD:SHA-256_SSWU_RO_"u8);

    private readonly OverlapTerms _terms;
    private readonly OverlapSide _side;
    private readonly byte[] _hash;
    private readonly byte[] _prefix;
    private readonly OwnSet _own;
    private readonly BlindingKey _key;
    private readonly byte[] _salt;
    private readonly byte[] _ownTokens;
    private readonly byte[] _chains;

    private PeerSet? _peer;
    private bool _opened;
    private int _answered;
    private Intersection? _found;
    private int _ofOurs = -1;
    private byte[] _peerNotes = [];
    private int _notesReceived;
    private int _sendNext, _sendEnd, _receiveNext;
    private bool _isOver;

    private OverlapSession(OverlapTerms terms, OverlapSide side, byte[] hash, OwnSet own, BlindingKey key, byte[] salt)
    {
        (_terms, _side, _hash, _own, _key, _salt) = (terms, side, hash, own, key, salt);
        _prefix = [.. "entente overlap token 1 "u8, .. hash];
        _ownTokens = new byte[own.Count * BlindingKey.TokenSize];
        _chains = new byte[2 * Commitment.Size];
    }

    /// <summary>Whether all was sent and received: then <see cref="Outcome"/> is known. Keep the session until the other side has all, too.</summary>
    public bool IsComplete => !_isOver && _sendEnd > 0 && HasAll && _sendEnd == MessagesOf(_own.Count);

    /// <summary>Whether <see cref="TryGetNext"/> would give a message: one that was not sent yet, or that the other side asked for again.</summary>
    public bool HasNext => !_isOver && MaySend(_sendNext);

    /// <summary>The number of the next message that is needed.</summary>
    public int Next => _receiveNext;

    private bool HasAll => _peer is not null && _receiveNext == MessagesOf(_peer.Count) && _ofOurs >= 0;

    /// <summary>Blinds the keys of a side: half of the whole work.</summary>
    /// <param name="terms">What was agreed.</param>
    /// <param name="side">Which side this is.</param>
    /// <param name="input">What it brings.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>The session, which has nothing to say before <see cref="TryGetNext"/> is asked.</returns>
    /// <exception cref="ArgumentException">The input does not fit the terms.</exception>
    /// <exception cref="InvalidOperationException">The terms are not complete.</exception>
    /// <exception cref="PlatformNotSupportedException">libcrypto of OpenSSL 3 is not there.</exception>
    public static OverlapSession Start(OverlapTerms terms, OverlapSide side, OverlapInput input, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(input);
        byte[] hash = terms.Hash();
        if (side is not (OverlapSide.Asker or OverlapSide.Answerer))
            throw new ArgumentException("A session is of one side or the other.", nameof(side));
        if (input.GroupSize != terms.GroupSize)
            throw new ArgumentException($"The terms say {terms.Mode}, and the input was made for the other mode.", nameof(input));
        if (input.Groups > terms.LargestSet)
            throw new ArgumentException($"The terms allow a set of {terms.LargestSet}; this one has {input.Groups}.", nameof(input));
        if (terms.HasNotes && input.Notes.Length * OverlapKey.Size != input.Keys.Length)
            throw new ArgumentException("The first round tells how many entities stand behind a key: a note for each is needed.", nameof(input));
        var key = BlindingKey.Generate();
        try
        {
            return new OverlapSession(terms, side, hash, OwnSet.Blind(input, key, Hash, hash, cancellation), key, RandomNumberGenerator.GetBytes(Commitment.Size));
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>The next message to send, if one may be sent now.</summary>
    /// <param name="message">The message.</param>
    /// <returns>False where nothing may be sent before something comes.</returns>
    /// <exception cref="InvalidOperationException">The run is over.</exception>
    public bool TryGetNext(out byte[] message)
    {
        ThrowIfOver();
        message = [];
        if (!MaySend(_sendNext))
            return false;
        message = Make(_sendNext);
        if (_sendNext == _sendEnd)
        {
            Extend(_side, message);
            _sendEnd++;
        }

        _sendNext++;
        return true;
    }

    /// <summary>The message that tells the other side from where to go on: the first to send after a cut, in both directions.</summary>
    /// <returns>The message.</returns>
    public byte[] Resume()
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, _receiveNext);
        return OverlapMessage.Make(OverlapMessageKind.Resume, _hash, 0, number);
    }

    /// <summary>Takes a message of the other side.</summary>
    /// <param name="message">The whole message, at most <see cref="LongestMessage"/> bytes.</param>
    /// <param name="cancellation">Ends the work early; the message may then be given again.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="OverlapException">The other side broke the protocol. The session is over, and its secret wiped.</exception>
    /// <exception cref="InvalidOperationException">The run is over.</exception>
    public OverlapReceipt Receive(ReadOnlyMemory<byte> message, CancellationToken cancellation = default)
    {
        ThrowIfOver();
        try
        {
            return Take(message, cancellation);
        }
        catch (OverlapException)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What was found.</summary>
    /// <exception cref="InvalidOperationException">Not all messages have come and gone.</exception>
    public OverlapOutcome Outcome()
    {
        if (!IsComplete || _found is not { } found || _peer is null)
            throw new InvalidOperationException("The round is not complete.");
        ImmutableArray<CommonKey> common = _terms.Mode == OverlapMode.HowMany ? [] :
        [
            .. found.Common.Select((met, i) => new CommonKey(
                _own.KeyAt[met.Own], Convert.ToHexStringLower(_ownTokens.AsSpan(met.Own * BlindingKey.TokenSize, BlindingKey.TokenSize)),
                _terms.HasNotes ? _own.Notes[_own.KeyAt[met.Own]] : (byte)0, _terms.HasNotes ? _peerNotes[i] : (byte)0)),
        ];
        byte[] transcript = SHA256.HashData([.. _hash, .. _chains]);
        return new OverlapOutcome
        {
            Common = common,
            Keys = found.Common.Length,
            OfPartner = found.PeerGroups,
            OfOurs = _ofOurs,
            PartnerBand = _peer.Count / _terms.GroupSize,
            Transcript = Convert.ToHexStringLower(transcript),
        };
    }

    /// <summary>Wipes the secret and ends the session.</summary>
    public void Dispose()
    {
        _isOver = true;
        _key.Dispose();
    }

    private void ThrowIfOver()
    {
        if (_isOver)
            throw new InvalidOperationException("The run is over: its secret is wiped.");
    }

    // The order of the messages of a set of a size: 0 the commitment, then the points, the opening, the answers, the closing, the notes.
    private static int Opening(int count) => 1 + ((count + PointsPerMessage - 1) / PointsPerMessage);

    private static int Closing(int count) => Opening(count) + 1 + Turns;

    private int MessagesOf(int count) =>
        Closing(count) + 1 + (_terms.HasNotes && _found is { } found ? (found.Common.Length + NotesPerMessage - 1) / NotesPerMessage : 0);

    private static OverlapMessageKind KindOf(int number, int count) =>
        number == 0 ? OverlapMessageKind.Commitment
        : number < Opening(count) ? OverlapMessageKind.Points
        : number == Opening(count) ? OverlapMessageKind.Opening
        : number < Closing(count) ? OverlapMessageKind.Answers
        : number == Closing(count) ? OverlapMessageKind.Closing
        : OverlapMessageKind.Notes;

    private bool MaySend(int number)
    {
        if (number >= MessagesOf(_own.Count))
            return false;
        switch (KindOf(number, _own.Count))
        {
            case OverlapMessageKind.Commitment:
                return true;
            case OverlapMessageKind.Points or OverlapMessageKind.Opening:
                return _peer is not null && (_peer.Received == _peer.Count || number <= (_peer.Received / PointsPerMessage) + Window);
            case OverlapMessageKind.Answers:
                int turn = number - Opening(_own.Count) - 1;
                return _opened && (_side == OverlapSide.Asker ? _answered >= turn : _answered > turn);
            case OverlapMessageKind.Closing:
                return _found is not null;
            default:
                return _ofOurs >= 0;
        }
    }

    private byte[] Make(int number)
    {
        OverlapMessageKind kind = KindOf(number, _own.Count);
        switch (kind)
        {
            case OverlapMessageKind.Commitment:
                return OverlapMessage.Make(kind, _hash, number, [.. _hash, .. Big(_own.Count), .. OwnCommitment()]);
            case OverlapMessageKind.Points:
                return OverlapMessage.Make(kind, _hash, number, PointsOf(number));
            case OverlapMessageKind.Opening:
                return OverlapMessage.Make(kind, _hash, number, _salt);
            case OverlapMessageKind.Answers:
                int size = _peer!.Count / Turns * BlindingKey.TokenSize, turn = number - Opening(_own.Count) - 1;
                return OverlapMessage.Make(kind, _hash, number, Answers().AsSpan(turn * size, size));
            case OverlapMessageKind.Closing:
                return OverlapMessage.Make(kind, _hash, number, [.. _found!.Digest, .. Big(_found.PeerGroups)]);
            default:
                int start = (number - Closing(_own.Count) - 1) * NotesPerMessage;
                return OverlapMessage.Make(kind, _hash, number, [.. _found!.Common.Skip(start).Take(NotesPerMessage).Select(met => _own.Notes[_own.KeyAt[met.Own]])]);
        }
    }

    private ReadOnlySpan<byte> PointsOf(int number)
    {
        int start = (number - 1) * PointsPerMessage;
        return _own.Points.AsSpan(start * OwnSet.PointSize, Math.Min(PointsPerMessage, _own.Count - start) * OwnSet.PointSize);
    }

    private byte[] OwnCommitment()
    {
        byte[] chain = new byte[Commitment.Size];
        for (int number = 1; number < Opening(_own.Count); number++)
            chain = Commitment.Chain(chain, PointsOf(number));
        return Commitment.Of(_hash, _side, _own.Count, _salt, chain);
    }

    // In the order of the points, so that their owner knows which is which; or sorted, so that it does not.
    private byte[] Answers()
    {
        if (_terms.Mode == OverlapMode.Which)
            return _peer!.Tokens;
        if (_shuffled is null)
        {
            UInt128[] tokens = TokenRow.Read(_peer!.Tokens);
            Array.Sort(tokens);
            _shuffled = TokenRow.Write(tokens);
        }

        return _shuffled;
    }

    private byte[]? _shuffled;

    private OverlapReceipt Take(ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        (OverlapMessageKind kind, int number) = OverlapMessage.ReadHead(message.Span, _hash);
        ReadOnlyMemory<byte> body = message[OverlapMessage.HeadSize..];
        if (kind == OverlapMessageKind.Resume)
        {
            int from = body.Length == 4 ? BinaryPrimitives.ReadInt32BigEndian(body.Span) : -1;
            if (from < 0 || from > Closing(_own.Count) + 2 + (_own.Count / NotesPerMessage))
                throw new OverlapException($"The other side asks to go on at message {from}, which there is not.");
            // A side that goes on from an older state makes what it forgot once more; the other knows it already.
            _sendNext = Math.Min(from, _sendEnd);
            return OverlapReceipt.Taken;
        }

        if (number < _receiveNext)
            return OverlapReceipt.Repeated;
        if (number > _receiveNext)
            return OverlapReceipt.Missing;
        OverlapMessageKind due = number == 0 ? OverlapMessageKind.Commitment : KindOf(number, _peer!.Count);
        if (kind != due || (number > 0 && number >= MessagesOf(_peer!.Count)))
            throw new OverlapException($"Message {number} is {kind}; it was the turn of {due}.");
        if (body.Length != LengthOf(kind, number))
            throw new OverlapException($"Message {number} ({kind}) has {body.Length} bytes; {LengthOf(kind, number)} were due.");
        TakeBody(kind, body, cancellation);
        Extend(_side == OverlapSide.Asker ? OverlapSide.Answerer : OverlapSide.Asker, message.Span);
        _receiveNext++;
        return OverlapReceipt.Taken;
    }

    private int LengthOf(OverlapMessageKind kind, int number) => kind switch
    {
        OverlapMessageKind.Commitment => _hash.Length + 4 + Commitment.Size,
        OverlapMessageKind.Points => Math.Min(PointsPerMessage, _peer!.Count - ((number - 1) * PointsPerMessage)) * OwnSet.PointSize,
        OverlapMessageKind.Opening => Commitment.Size,
        OverlapMessageKind.Answers => _own.Count / Turns * BlindingKey.TokenSize,
        OverlapMessageKind.Closing => Commitment.Size + 4,
        _ => Math.Min(NotesPerMessage, _found!.Common.Length - _notesReceived),
    };

    private void TakeBody(OverlapMessageKind kind, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        switch (kind)
        {
            case OverlapMessageKind.Commitment:
                TakeCommitment(body.Span);
                break;
            case OverlapMessageKind.Points:
                _peer!.Take(body, _key, _prefix, cancellation);
                break;
            case OverlapMessageKind.Opening:
                _peer!.Verify(_hash, _side == OverlapSide.Asker ? OverlapSide.Answerer : OverlapSide.Asker, body.Span);
                _opened = true;
                break;
            case OverlapMessageKind.Answers:
                // One that answers before its turn gives something away; it gains nothing.
                body.Span.CopyTo(_ownTokens.AsSpan(_answered * body.Length));
                if (++_answered == Turns)
                    Find();
                break;
            case OverlapMessageKind.Closing:
                if (!body.Span[..Commitment.Size].SequenceEqual(_found!.Digest))
                    throw new OverlapException("The two sides found different things in common: at least one gave false answers.");
                int count = BinaryPrimitives.ReadInt32BigEndian(body.Span[Commitment.Size..]);
                if (count < 0 || count > _own.Count / _terms.GroupSize || count > _found.Common.Length)
                    throw new OverlapException($"The other side counts {count} in common, more than there are.");
                _ofOurs = count;
                _peerNotes = new byte[_terms.HasNotes ? _found.Common.Length : 0];
                break;
            default:
                body.Span.CopyTo(_peerNotes.AsSpan(_notesReceived));
                _notesReceived += body.Length;
                break;
        }
    }

    private void TakeCommitment(ReadOnlySpan<byte> body)
    {
        if (!body[.._hash.Length].SequenceEqual(_hash))
            throw new OverlapException("The other side goes by other terms.");
        int count = BinaryPrimitives.ReadInt32BigEndian(body[_hash.Length..]);
        int size = _terms.GroupSize;
        if (count % size != 0 || !OverlapBands.IsBand(count / size) || count / size > _terms.LargestSet)
            throw new OverlapException($"The other side brings a set of {count / size}; the terms allow bands up to {_terms.LargestSet}.");
        _peer = new PeerSet(count, body[(_hash.Length + 4)..].ToArray(), size);
    }

    private void Find() => _found = Intersection.Of(_ownTokens, _own.KeyAt, _peer!.Tokens, _terms, _hash);

    // Each side's messages in their order, the asker's first.
    private void Extend(OverlapSide of, ReadOnlySpan<byte> message)
    {
        Span<byte> chain = _chains.AsSpan(of == OverlapSide.Asker ? 0 : Commitment.Size, Commitment.Size);
        Commitment.Chain(chain, message).CopyTo(chain);
    }

    private static byte[] Big(int number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }
}
