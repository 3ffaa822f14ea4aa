using Entente.Names.Comparison;

namespace Entente.Screening.Index;

/// <summary>The parts of listed names that agree with one part of a query, and the wordings of names they stand in.</summary>
/// <remarks>
/// <para>The parts are three arrays in one order: those that agree best first.</para>
/// <para>
/// The wordings of common parts are many, and most searches go through few of them. So they are gathered, size by size, only
/// when a search first goes through them. What is gathered may be forgotten at any time, and is then gathered again.
/// </para>
/// <para>Thread-safe: threads that gather at once gather the same.</para>
/// </remarks>
internal sealed class PartMatches
{
    private readonly NameIndex _index;
    private readonly int[] _counts = new int[NameSize.Classes];
    private Posting[]?[] _gathered = new Posting[]?[NameSize.Classes];
    private PartBits? _byPart;

    private PartMatches(List<(int Part, float Bits, Agreement Agreement)> found, NameIndex index, PartMatches? runs)
    {
        (_index, Runs) = (index, runs);
        (Parts, Bits, Agreements) = (new int[found.Count], new float[found.Count], new Agreement[found.Count]);
        for (int i = 0; i < found.Count; i++)
        {
            (Parts[i], Bits[i], Agreements[i]) = found[i];
            ReadOnlySpan<int> left = index.With(Parts[i]);
            for (int size = 0; !left.IsEmpty; size++)
            {
                int count = index.CountUpTo(size, left);
                _counts[size] += count;
                left = left[count..];
            }
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

    /// <summary>Bits of the best; 0 where none agrees.</summary>
    public float Most => Bits.Length == 0 ? 0 : Bits[0];

    /// <summary>Whether nothing agrees.</summary>
    public bool IsEmpty => Parts.Length == 0 && Runs is null;

    /// <summary>Bytes that are kept as long as this is, about.</summary>
    public int Size => 200 + (Parts.Length * 20) + (Runs?.Size ?? 0);

    /// <summary>Sorts what was found.</summary>
    /// <param name="found">Parts, or neighbours, that agree.</param>
    /// <param name="index">Where they were found.</param>
    /// <param name="runs">Neighbours that agree as well, beside parts; null for none.</param>
    public static PartMatches Of(List<(int Part, float Bits, Agreement Agreement)> found, NameIndex index, PartMatches? runs = null)
    {
        found.Sort(static (a, b) => b.Bits.CompareTo(a.Bits) is not 0 and int byBits ? byBits : a.Part.CompareTo(b.Part));
        return new PartMatches(found, index, runs);
    }

    /// <summary>In how many wordings of a class of sizes they stand, where one with two of them counts twice.</summary>
    /// <param name="size">The class (<see cref="NameSize.Class"/>).</param>
    public int CountIn(int size) => _counts[size];

    /// <summary>The wordings of a class of sizes that they stand in, ascending, each once, with what agrees best.</summary>
    /// <param name="size">The class (<see cref="NameSize.Class"/>).</param>
    /// <param name="room">Where to gather them.</param>
    /// <param name="gathered">Bytes that were gathered and are kept; 0 if it was done before.</param>
    public Posting[] In(int size, PostingRoom room, out int gathered)
    {
        Posting[]?[] known = _gathered;
        gathered = 0;
        if (known[size] is { } postings)
            return postings;
        postings = room.Gather(_index, this, size);
        gathered = 8 * postings.Length;
        known[size] = postings;
        return postings;
    }

    /// <summary>Whether the wordings of a class of sizes have been gathered.</summary>
    /// <param name="size">The class.</param>
    public bool IsGathered(int size) => _gathered[size] is not null;

    /// <summary>What each of them adds, to look up the parts of a wording.</summary>
    /// <param name="gathered">Bytes that were gathered and are kept; 0 if it was done before.</param>
    public PartBits ByPart(out int gathered)
    {
        gathered = 0;
        if (_byPart is { } known)
            return known;
        _byPart = known = new PartBits(Parts, Bits);
        gathered = known.Size;
        return known;
    }

    /// <summary>Gives back what was gathered.</summary>
    public void Forget()
    {
        _gathered = new Posting[]?[NameSize.Classes];
        _byPart = null;
        Runs?.Forget();
    }
}
