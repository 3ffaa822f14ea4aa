using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using Entente.Names.Sound;

namespace Entente.Names.Rarity;

/// <summary>How rare a name part is among people of all origins, whatever its spelling or script.</summary>
/// <remarks>
/// Learned by <c>bench/Entente.Training</c>; see <c>rarity.txt</c>. Two people who share a rare
/// name are likelier to be one than two who share a common name: term frequency as record
/// linkage uses it (Winkler 2000). A fixed table, not the loaded list, so that a score means
/// the same against any list.
/// </remarks>
internal sealed class RarityTable
{
    /// <summary>Bits given to a name that the table does not know.</summary>
    public const float Unknown = 13.5f;

    /// <summary>Bits of the commonest names: no full agreement says less.</summary>
    public const float Least = 6f;

    // A spelling less like a known name than this is another name.
    private const float FamilyLikeness = 0.72f;

    private static readonly Lazy<RarityTable> Shipped = new(() => new RarityTable(SoundModel.Default));

    private readonly FrozenDictionary<ulong, (SpokenWord Head, float Bits)[]> _families;
    private readonly SoundModel _model;

    /// <summary>The table that ships with the library.</summary>
    public static RarityTable Default => Shipped.Value;

    private RarityTable(SoundModel model)
    {
        _model = model;
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Entente.Names.Rarity.rarity.txt")
            ?? throw new InvalidOperationException("The rarity table is missing from Entente.Names: the build is broken.");
        using var reader = new StreamReader(stream);
        var families = new Dictionary<ulong, List<(SpokenWord, float)>>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            int tab = line.IndexOf('\t', StringComparison.Ordinal);
            SpokenWord head = SpokenWord.Of(line.AsSpan(0, tab), model);
            ulong key = Skeleton.Main(head);
            if (!families.TryGetValue(key, out var list))
                families[key] = list = [];
            list.Add((head, Math.Max(Least, float.Parse(line.AsSpan(tab + 1), CultureInfo.InvariantCulture))));
        }

        _families = families.ToFrozenDictionary(f => f.Key, f => f.Value.ToArray());
    }

    /// <summary>Bits of a word: log2 of one in how many name parts it is.</summary>
    /// <param name="word">The word.</param>
    /// <returns>Between <see cref="Least"/> and <see cref="Unknown"/>.</returns>
    public float Bits(SpokenWord word)
    {
        // A short word has little room to be rare in: its length bounds what it can say.
        float most = Math.Min(Unknown, 2f + (1.9f * word.Units.Length));
        float best = Math.Max(Least, most);
        Span<ulong> keys = stackalloc ulong[Skeleton.MaxVariants];
        int count = Skeleton.Variants(word, keys);
        foreach (ulong key in keys[..count])
        {
            if (!_families.TryGetValue(key, out var family))
                continue;
            foreach ((SpokenWord head, float bits) in family)
            {
                if (bits < best && SoundComparison.Likeness(head, word, _model) >= FamilyLikeness)
                    best = bits;
            }
        }

        return best;
    }
}
