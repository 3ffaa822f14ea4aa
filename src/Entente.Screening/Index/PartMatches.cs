using Entente.Names.Comparison;

namespace Entente.Screening.Index;

/// <summary>The parts of listed names that agree with one part of a query, and the wordings of names they stand in.</summary>
/// <remarks>The parts are three arrays in one order: those that agree best first. Immutable, thread-safe.</remarks>
internal sealed class PartMatches
{
    private readonly Posting[] _postings;
    private readonly int[] _starts;

    private PartMatches(List<(int Part, float Bits, Agreement Agreement)> found, NameIndex index, PartMatches? runs)
    {
        Runs = runs;
        (Parts, Bits, Agreements) = (new int[found.Count], new float[found.Count], new Agreement[found.Count]);
        for (int i = 0; i < found.Count; i++)
            (Parts[i], Bits[i], Agreements[i]) = found[i];
        _postings = Gather(index);
        _starts = new int[NameSize.Classes + 1];
        for (int size = 1, at = 0; size <= NameSize.Classes; size++)
        {
            int first = index.FirstOf(size);
            while (at < _postings.Length && _postings[at].Wording < first)
                at++;
            _starts[size] = at;
        }
    }

    /// <summary>Neighbours that agree with the part as one word; null for none.</summary>
    public PartMatches? Runs { get; }

    /// <summary>Numbers of the parts, or of neighbours, which follow the parts of the vocabulary.</summary>
    public int[] Parts { get; }

    /// <summary>What each agreement can add to a name of the index's kind.</summary>
    public float[] Bits { get; }

    /// <summary>How each agrees, whatever the kind.</summary>
    public Agreement[] Agreements { get; }

    /// <summary>How many wordings they stand in.</summary>
    public int Wordings => _postings.Length;

    /// <summary>Bits of the best; 0 where none agrees.</summary>
    public float Most => Bits.Length == 0 ? 0 : Bits[0];

    /// <summary>Whether nothing agrees.</summary>
    public bool IsEmpty => Parts.Length == 0 && Runs is null;

    /// <summary>Sorts what was found.</summary>
    /// <param name="found">Parts, or neighbours, that agree.</param>
    /// <param name="index">Where they were found.</param>
    /// <param name="runs">Neighbours that agree as well, beside parts; null for none.</param>
    public static PartMatches Of(List<(int Part, float Bits, Agreement Agreement)> found, NameIndex index, PartMatches? runs = null)
    {
        found.Sort(static (a, b) => b.Bits.CompareTo(a.Bits) is not 0 and int byBits ? byBits : a.Part.CompareTo(b.Part));
        return new PartMatches(found, index, runs);
    }

    /// <summary>The wordings of a class of sizes.</summary>
    /// <param name="size">The class (<see cref="NameSize.Class"/>).</param>
    /// <param name="mask">The part of the query as a bit, and more of <see cref="WeightBound"/>.</param>
    public PostingCursor In(int size, ulong mask) => new() { Postings = _postings, At = _starts[size], End = _starts[size + 1], Mask = mask, Most = Most };

    /// <summary>The wordings of all parts in one order, each once, with what agrees best.</summary>
    private Posting[] Gather(NameIndex index)
    {
        int count = 0;
        foreach (int part in Parts)
            count += index.With(part).Length;
        // Wording, then the place of the part: the best comes first.
        var keys = new long[count];
        int at = 0;
        for (int i = 0; i < Parts.Length; i++)
        {
            foreach (int wording in index.With(Parts[i]))
                keys[at++] = ((long)wording << 32) | (uint)i;
        }

        if (Parts.Length > 1)
            keys.AsSpan().Sort();
        int distinct = 0;
        for (int i = 0; i < count; i++)
            distinct += i == 0 || keys[i] >> 32 != keys[i - 1] >> 32 ? 1 : 0;
        var postings = new Posting[distinct];
        distinct = 0;
        for (int i = 0; i < count;)
        {
            int wording = (int)(keys[i] >> 32), best = (int)keys[i];
            while (i < count && (int)(keys[i] >> 32) == wording)
                i++;
            postings[distinct++] = new Posting(wording, Bits[best]);
        }

        return postings;
    }
}
