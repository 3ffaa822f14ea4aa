namespace Entente.Screening.Index;

/// <summary>That a wording has a part which agrees with a part of a query, packed into eight bytes.</summary>
/// <param name="wording">The wording.</param>
/// <param name="ofNeighbours">Whether neighbours in the wording agree as one word.</param>
/// <param name="bits">What the agreement adds.</param>
internal readonly struct Posting(int wording, bool ofNeighbours, float bits)
{
    private readonly int _wordingAndKind = (wording << 1) | (ofNeighbours ? 1 : 0);

    /// <summary>The wording.</summary>
    public int Wording => (int)((uint)_wordingAndKind >> 1);

    /// <summary>Whether neighbours agree.</summary>
    public bool OfNeighbours => (_wordingAndKind & 1) != 0;

    /// <summary>What it adds.</summary>
    public float Bits { get; } = bits;
}
