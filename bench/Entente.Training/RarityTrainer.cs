using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Entente.Names.Sound;

namespace Entente.Training;

/// <summary>Learns how common names are: spellings of one name are counted together.</summary>
/// <remarks>
/// Counts come from the token files (people in Wikidata, of all origins). They are few for
/// names of countries that Wikidata covers thinly, so a name in the official top lists
/// of a country gets at least the share that its rank implies.
/// </remarks>
internal sealed class RarityTrainer(SoundModel model)
{
    // Countries where a few surnames name most people.
    private static readonly HashSet<string> Concentrated = ["KR", "KP", "CN", "TW", "HK", "SG", "VN"];

    private readonly Dictionary<string, double> _share = new(StringComparer.Ordinal);

    /// <summary>Adds one file's counts: a token's share is the largest that any file gives it.</summary>
    public void AddCounts(IReadOnlyCollection<TokenPair> pairs)
    {
        double total = pairs.Sum(p => p.Count);
        foreach (IGrouping<string, TokenPair> group in pairs.GroupBy(p => p.Latin))
            Raise(group.Key, group.Sum(p => p.Count) / total);
        foreach (IGrouping<string, TokenPair> group in pairs.GroupBy(p => p.Other))
            Raise(group.Key, group.Sum(p => p.Count) / total);
    }

    /// <summary>Adds a file of popular names by country: columns <c>Romanized Name</c> and <c>Index</c> or <c>Rank</c>.</summary>
    public void AddPopular(string path, string rankColumn, double shareOfFirst)
    {
        using var reader = new StreamReader(path);
        using var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture));
        csv.Read();
        csv.ReadHeader();
        while (csv.Read())
        {
            if (!double.TryParse(csv.GetField(rankColumn), CultureInfo.InvariantCulture, out double rank) || rank < 1)
                continue;
            if (TokenPairs.Fold(csv.GetField("Romanized Name") ?? "") is { } name)
                Raise(name, (Concentrated.Contains(csv.GetField(0) ?? "") ? 10 : 1) * shareOfFirst / Math.Sqrt(rank));
        }
    }

    /// <summary>Families of spellings with their share, commonest first.</summary>
    public IEnumerable<(string Head, double Bits)> Families(double leastShare)
    {
        var heads = new Dictionary<ulong, List<(string Head, SpokenWord Word, double[] Share)>>();
        var all = new List<(string Head, SpokenWord Word, double[] Share)>();
        foreach ((string name, double share) in _share.OrderByDescending(p => p.Value).ThenBy(p => p.Key, StringComparer.Ordinal))
        {
            SpokenWord word = SpokenWord.Of(name, model);
            ulong key = Skeleton.Main(word);
            if (!heads.TryGetValue(key, out var family))
                heads[key] = family = [];
            var head = family.FirstOrDefault(h => h.Word.Script == word.Script && SoundComparison.Likeness(h.Word, word, model) >= 0.75);
            if (head.Word is not null)
            {
                head.Share[0] += share;
            }
            else
            {
                family.Add((name, word, [share]));
                all.Add(family[^1]);
            }
        }

        return all.Where(h => h.Share[0] >= leastShare).OrderByDescending(h => h.Share[0]).Select(h => (h.Head, -Math.Log2(h.Share[0])));
    }

    private void Raise(string name, double share) => _share[name] = Math.Max(_share.GetValueOrDefault(name), share);
}
