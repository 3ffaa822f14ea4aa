using System.Runtime.CompilerServices;

namespace Entente.Screening.Index;

/// <summary>What each wording of listed names has in common with a query so far; forgotten in one step.</summary>
/// <remarks>
/// What belongs to one wording lies side by side: adding to it costs one look into memory. Kept by one thread from query
/// to query.
/// </remarks>
internal sealed class WordingTally(int wordings)
{
    // The lowest bits of a stamp say which part of the query was added last, the others which query it was.
    private const int PartBits = 8;
    private const int LastRound = int.MaxValue >> PartBits;

    private readonly Entry[] _entries = new Entry[wordings];
    private int _round;

    /// <summary>Wordings that have anything in common with the query, in the order in which that was found, each once.</summary>
    public List<int> Touched { get; } = new(256);

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Touched.Clear();
        if (_round == LastRound)
        {
            Array.Clear(_entries);
            _round = 0;
        }

        _round++;
    }

    /// <summary>What a wording that was touched has in common with the query.</summary>
    public ref Entry this[int wording] => ref _entries[wording];

    /// <summary>Adds that a wording has a part that agrees with a part of the query.</summary>
    /// <param name="wording">The wording.</param>
    /// <param name="number">Which part of the query, from 1; those that agree best with it come first, and count.</param>
    /// <param name="mask">The part of the query as a bit, and more of <see cref="WeightBound"/>.</param>
    /// <param name="bits">What the agreement adds.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int wording, int number, ulong mask, float bits)
    {
        ref Entry entry = ref _entries[wording];
        int stamp = (_round << PartBits) | number;
        if (entry.Stamp >> PartBits != _round)
        {
            entry = new Entry { Stamp = stamp, Bits = bits, Mask = mask };
            Touched.Add(wording);
            return;
        }

        entry.Mask |= mask;
        if (entry.Stamp == stamp)
            return;
        entry.Stamp = stamp;
        entry.Bits += bits;
    }

    /// <summary>A wording's tally.</summary>
    internal struct Entry
    {
        /// <summary>When it was last added to.</summary>
        public int Stamp;

        /// <summary>Sum of what agrees.</summary>
        public float Bits;

        /// <summary>Parts of the query that agree.</summary>
        public ulong Mask;
    }
}
