using Entente.Names.Comparison;

namespace Entente.Screening.Index;

/// <summary>The parts of listed names that agree with one part of a query, and the wordings of names they stand in.</summary>
/// <remarks>The parts are three arrays in one order: those that agree best first. Immutable, thread-safe.</remarks>
internal sealed class PartMatches
{
    // What stands in more names is read from the index: what is remembered must stay small.
    private const int MostPostings = 1024;

    private readonly NameIndex _index;

    // Side by side what lies scattered over the index; null where it would be too much.
    private readonly Posting[]? _all;
    private readonly Posting[]? _initialed;

    private PartMatches(List<(int Part, float Bits, Agreement Agreement)> found, NameIndex index)
    {
        _index = index;
        (Parts, Bits, Agreements) = (new int[found.Count], new float[found.Count], new Agreement[found.Count]);
        int initialed = 0;
        for (int i = 0; i < found.Count; i++)
        {
            (Parts[i], Bits[i], Agreements[i]) = found[i];
            Wordings += index.CountWith(Parts[i]);
            initialed += index.InitialedWith(Parts[i]).Length;
        }

        _all = Wordings <= MostPostings ? Gather((int)Wordings, initialedOnly: false) : null;
        _initialed = initialed <= MostPostings ? Gather(initialed, initialedOnly: true) : null;
    }

    /// <summary>Numbers of the parts; neighbours that are one word follow the parts of the vocabulary.</summary>
    public int[] Parts { get; }

    /// <summary>What each agreement can add to a name of the index's kind.</summary>
    public float[] Bits { get; }

    /// <summary>How each agrees, whatever the kind.</summary>
    public Agreement[] Agreements { get; }

    /// <summary>How many wordings they stand in, counted for each part.</summary>
    public long Wordings { get; }

    /// <summary>Bits of the best; 0 where none agrees.</summary>
    public float Most => Bits.Length == 0 ? 0 : Bits[0];

    /// <summary>Sorts what was found.</summary>
    public static PartMatches Of(List<(int Part, float Bits, Agreement Agreement)> found, NameIndex index)
    {
        found.Sort(static (a, b) => b.Bits.CompareTo(a.Bits) is not 0 and int byBits ? byBits : a.Part.CompareTo(b.Part));
        return new PartMatches(found, index);
    }

    /// <summary>Adds to the wordings what they have in common with the part of the query.</summary>
    /// <param name="tally">The wordings.</param>
    /// <param name="number">The part's number in the tally.</param>
    /// <param name="mask">The part as a bit.</param>
    /// <param name="initialedOnly">Whether to leave out all but wordings with initials, and those that agree in two neighbours.</param>
    public void AddTo(WordingTally tally, int number, ulong mask, bool initialedOnly)
    {
        if ((initialedOnly ? _initialed : _all) is { } postings)
        {
            foreach (Posting posting in postings)
                tally.Add(posting.Wording, number, posting.OfNeighbours ? mask | WeightBound.Neighbours : mask, posting.Bits);
            return;
        }

        for (int i = 0; i < Parts.Length; i++)
        {
            ulong all = Parts[i] >= _index.Vocabulary.Count ? mask | WeightBound.Neighbours : mask;
            foreach (int wording in initialedOnly ? [] : _index.PlainWith(Parts[i]))
                tally.Add(wording, number, all, Bits[i]);
            foreach (int wording in _index.InitialedWith(Parts[i]))
                tally.Add(wording, number, all, Bits[i]);
        }
    }

    private Posting[] Gather(int count, bool initialedOnly)
    {
        if (count == 0)
            return [];
        var postings = new Posting[count];
        int at = 0;
        for (int i = 0; i < Parts.Length; i++)
        {
            bool ofNeighbours = Parts[i] >= _index.Vocabulary.Count;
            foreach (int wording in initialedOnly ? [] : _index.PlainWith(Parts[i]))
                postings[at++] = new Posting(wording, ofNeighbours, Bits[i]);
            foreach (int wording in _index.InitialedWith(Parts[i]))
                postings[at++] = new Posting(wording, ofNeighbours, Bits[i]);
        }

        return postings;
    }

    /// <summary>A wording that one of the parts stands in, packed into eight bytes.</summary>
    private readonly struct Posting(int wording, bool ofNeighbours, float bits)
    {
        private readonly int _wordingAndKind = (wording << 1) | (ofNeighbours ? 1 : 0);

        public int Wording => (int)((uint)_wordingAndKind >> 1);

        public bool OfNeighbours => (_wordingAndKind & 1) != 0;

        public float Bits { get; } = bits;
    }
}
