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

    private readonly Dictionary<ulong, List<Family>> _families;
    private readonly SoundModel _model;

    /// <summary>The table that ships with the library.</summary>
    public static RarityTable Default => Shipped.Value;

    private RarityTable(SoundModel model)
    {
        _model = model;
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Entente.Names.Rarity.rarity.txt")
            ?? throw new InvalidOperationException("The rarity table is missing from Entente.Names: the build is broken.");
        using var reader = new StreamReader(stream);
        _families = new Dictionary<ulong, List<Family>>(16_384);
        Span<Range> columns = stackalloc Range[4];
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            ReadOnlySpan<char> span = line;
            span.Split(columns, '\t');
            ulong key = ulong.Parse(span[columns[2]], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (!_families.TryGetValue(key, out List<Family>? list))
                _families[key] = list = new List<Family>(1);
            list.Add(new Family(line[columns[0]], Math.Max(Least, float.Parse(span[columns[1]], CultureInfo.InvariantCulture))));
        }
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
            foreach (Family head in family)
            {
                if (head.Bits < best && SoundComparison.Likeness(head.Word(_model), word, _model) >= FamilyLikeness)
                    best = head.Bits;
            }
        }

        return best;
    }

    /// <summary>A name in all its spellings, by the commonest; cut into sounds when first asked for.</summary>
    private sealed class Family(string head, float bits)
    {
        private SpokenWord? _word;

        public float Bits => bits;

        // Two threads may both make it: they make the same.
        public SpokenWord Word(SoundModel model) => _word ??= SpokenWord.Of(head, model);
    }
}
