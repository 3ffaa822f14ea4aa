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
    private static readonly Lazy<VariantTable> Shipped = new(LoadShipped);

    // A plain dictionary: to freeze so many entries takes longer than most runs do.
    private readonly Dictionary<string, List<int>> _families;

    /// <summary>The table that ships with the library.</summary>
    public static VariantTable Default => Shipped.Value;

    private readonly string[][] _members;

    private VariantTable(Dictionary<string, List<int>> families, List<string[]> members)
    {
        _families = families;
        _members = [.. members];
    }

    /// <summary>The families a spelling belongs to; empty for an unknown one.</summary>
    public IReadOnlyList<int> Families(string folded) => _families.TryGetValue(folded, out List<int>? families) ? families : [];

    /// <summary>The first spelling of a family.</summary>
    public string FirstOf(int family) => _members[family][0];

    /// <summary>The other spellings in the families of one.</summary>
    public IEnumerable<string> Relatives(string folded)
    {
        foreach (int family in Families(folded))
        {
            foreach (string member in _members[family])
                yield return member;
        }
    }

    private static VariantTable LoadShipped()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Entente.Names.Lexicon.name-variants.txt")
            ?? throw new InvalidOperationException("The table of name variants is missing from Entente.Names: the build is broken.");
        using var reader = new StreamReader(stream);
        var families = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var members = new List<string[]>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            string[] spellings = line.Split('\t');
            foreach (string spelling in spellings)
            {
                if (!families.TryGetValue(spelling, out var list))
                    families[spelling] = list = [];
                list.Add(members.Count);
            }

            members.Add(spellings);
        }

        return new VariantTable(families, members);
    }
}
