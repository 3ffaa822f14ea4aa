using System.Collections.Frozen;
using System.Reflection;

namespace Entente.Names.Lexicon;

/// <summary>Spellings of common names known to go together, and common names known to be apart.</summary>
/// <remarks>
/// Learned by <c>bench/Entente.Training</c> from spellings that share a spelling in another
/// script; see <c>name-variants.txt</c>: a line is a family, tab separated. It settles what
/// letters cannot: Mohammed and Muhammad are one name, Hassan and Hussein are two.
/// </remarks>
internal sealed class VariantTable
{
    /// <summary>What the table says of two spellings.</summary>
    public enum Relation
    {
        /// <summary>Nothing: at least one is not in it.</summary>
        Unknown,

        /// <summary>One name.</summary>
        Same,

        /// <summary>Two names.</summary>
        Different,
    }

    private static readonly Lazy<VariantTable> Shipped = new(LoadShipped);

    private readonly FrozenDictionary<string, int[]> _families;

    /// <summary>The table that ships with the library.</summary>
    public static VariantTable Default => Shipped.Value;

    private VariantTable(Dictionary<string, List<int>> families) =>
        _families = families.ToFrozenDictionary(f => f.Key, f => f.Value.ToArray(), StringComparer.Ordinal);

    /// <summary>What is known of two folded spellings, in one script or two.</summary>
    public Relation Compare(string a, string b)
    {
        if (!_families.TryGetValue(a, out int[]? x) || !_families.TryGetValue(b, out int[]? y))
            return Relation.Unknown;
        foreach (int family in x)
        {
            if (y.Contains(family))
                return Relation.Same;
        }

        return Relation.Different;
    }

    /// <summary>The families a spelling belongs to; empty for an unknown one.</summary>
    public ReadOnlySpan<int> Families(string folded) => _families.TryGetValue(folded, out int[]? families) ? families : [];

    private static VariantTable LoadShipped()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Entente.Names.Lexicon.name-variants.txt")
            ?? throw new InvalidOperationException("The table of name variants is missing from Entente.Names: the build is broken.");
        using var reader = new StreamReader(stream);
        var families = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        int family = 0;
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            foreach (string spelling in line.Split('\t'))
            {
                if (!families.TryGetValue(spelling, out var list))
                    families[spelling] = list = [];
                list.Add(family);
            }

            family++;
        }

        return new VariantTable(families);
    }
}
