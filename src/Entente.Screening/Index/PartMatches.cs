using Entente.Names.Comparison;

namespace Entente.Screening.Index;

/// <summary>The parts of listed names that agree with one part of a query.</summary>
/// <remarks>Three arrays in one order: those that agree best first.</remarks>
internal sealed class PartMatches
{
    private PartMatches(int[] parts, float[] bits, Agreement[] agreements, long names)
    {
        Parts = parts;
        Bits = bits;
        Agreements = agreements;
        Names = names;
    }

    /// <summary>Numbers of the parts.</summary>
    public int[] Parts { get; }

    /// <summary>What each agreement can add to a name of the index's kind.</summary>
    public float[] Bits { get; }

    /// <summary>How each agrees, whatever the kind.</summary>
    public Agreement[] Agreements { get; }

    /// <summary>How many names they stand in, counted for each part.</summary>
    public long Names { get; }

    /// <summary>Bits of the best; 0 where none agrees.</summary>
    public float Most => Bits.Length == 0 ? 0 : Bits[0];

    /// <summary>Sorts what was found.</summary>
    public static PartMatches Of(List<(int Part, float Bits, Agreement Agreement)> found, NameIndex index)
    {
        found.Sort(static (a, b) => b.Bits.CompareTo(a.Bits) is not 0 and int byBits ? byBits : a.Part.CompareTo(b.Part));
        var matches = new PartMatches(new int[found.Count], new float[found.Count], new Agreement[found.Count], found.Sum(f => (long)index.CountWith(f.Part)));
        for (int i = 0; i < found.Count; i++)
            (matches.Parts[i], matches.Bits[i], matches.Agreements[i]) = found[i];
        return matches;
    }
}
