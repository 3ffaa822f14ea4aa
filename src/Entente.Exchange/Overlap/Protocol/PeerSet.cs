using Entente.Exchange.Overlap.Curve;

namespace Entente.Exchange.Overlap.Protocol;

/// <summary>What is known of the set of the other side: its size, its commitment, and the tokens of its points.</summary>
internal sealed class PeerSet
{
    private readonly int _groupSize;

    public PeerSet(int count, byte[] commitment, int groupSize)
    {
        _groupSize = groupSize;
        (Count, Commitment) = (count, commitment);
        Tokens = new byte[count * BlindingKey.TokenSize];
    }

    public int Count { get; }

    public byte[] Commitment { get; }

    /// <summary>Points that came.</summary>
    public int Received { get; set; }

    /// <summary>The chain of what came.</summary>
    public byte[] Chain { get; set; } = new byte[Protocol.Commitment.Size];

    /// <summary>The first point of the last group, and the last point: what comes next must be greater.</summary>
    public byte[] Last { get; set; } = new byte[2 * OwnSet.PointSize];

    /// <summary>The tokens, in the order of the points.</summary>
    public byte[] Tokens { get; }

    /// <summary>Takes the points of a message.</summary>
    /// <exception cref="OverlapException">Too many, not in order, or not of the curve.</exception>
    public void Take(ReadOnlyMemory<byte> points, BlindingKey key, byte[] prefix, CancellationToken cancellation)
    {
        int count = points.Length / OwnSet.PointSize;
        byte[] last = [.. Last];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> x = points.Span.Slice(i * OwnSet.PointSize, OwnSet.PointSize);
            bool first = (Received + i) % _groupSize == 0;
            ReadOnlySpan<byte> before = last.AsSpan(first ? 0 : OwnSet.PointSize, OwnSet.PointSize);
            if (Received + i > 0 && x.SequenceCompareTo(before) <= 0)
                throw new OverlapException($"Point {Received + i} of the other side is out of order or comes twice.");
            if (first)
                x.CopyTo(last);
            x.CopyTo(last.AsSpan(OwnSet.PointSize));
        }

        int bad = key.Tokens(points, prefix, Tokens.AsMemory(Received * BlindingKey.TokenSize), cancellation);
        if (bad >= 0)
            throw new OverlapException($"Point {Received + bad} of the other side is no point of the curve.");
        (Last, Chain) = (last, Protocol.Commitment.Chain(Chain, points.Span));
        Received += count;
    }

    /// <summary>Compares what came with what was committed to.</summary>
    /// <exception cref="OverlapException">Something else was committed to, or a key comes twice.</exception>
    public void Verify(byte[] terms, OverlapSide side, ReadOnlySpan<byte> salt)
    {
        if (!Protocol.Commitment.Of(terms, side, Count, salt, Chain).AsSpan().SequenceEqual(Commitment))
            throw new OverlapException("The other side committed to another set than it sent.");
        UInt128[] tokens = TokenRow.Read(Tokens);
        Array.Sort(tokens);
        for (int i = 1; i < tokens.Length; i++)
        {
            if (tokens[i] == tokens[i - 1])
                throw new OverlapException("The other side brought one key twice.");
        }
    }
}
