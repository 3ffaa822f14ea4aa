namespace Entente.Training;

/// <summary>Turns pairs across scripts into pairs within one: spellings that share a spelling in another script.</summary>
internal static class SpellingFamilies
{
    private const int LargestFamily = 12;

    /// <summary>Latin against Latin, from each spelling in the other script; and other against other, from each Latin one.</summary>
    public static IEnumerable<(string X, string Y, double Weight)> Pairs(IReadOnlyCollection<TokenPair> pairs)
    {
        IEnumerable<(string, string, double)> latin = Within(pairs.GroupBy(p => p.Other, p => (p.Latin, p.Count)));
        IEnumerable<(string, string, double)> other = Within(pairs.GroupBy(p => p.Latin, p => (p.Other, p.Count)));
        return latin.Concat(other);
    }

    /// <summary>One script against another (Arabic and Cyrillic, say), through the Latin spelling they share.</summary>
    public static IEnumerable<(string X, string Y, double Weight)> Across(IReadOnlyCollection<TokenPair> a, IReadOnlyCollection<TokenPair> b)
    {
        ILookup<string, TokenPair> byLatin = b.ToLookup(p => p.Latin);
        foreach (TokenPair pair in a)
        {
            foreach (TokenPair twin in byLatin[pair.Latin].OrderByDescending(p => p.Count).Take(3))
                yield return (pair.Other, twin.Other, 1);
        }
    }

    private static IEnumerable<(string, string, double)> Within(IEnumerable<IGrouping<string, (string Spelling, int Count)>> families)
    {
        foreach (IGrouping<string, (string Spelling, int Count)> family in families)
        {
            List<(string Spelling, int Count)> members = [.. family.GroupBy(f => f.Spelling).Select(g => (g.Key, g.Sum(f => f.Count))).OrderByDescending(f => f.Item2).Take(LargestFamily)];
            foreach ((string x, int _) in members)
            {
                yield return (x, x, 1.0);
                foreach ((string y, int _) in members)
                {
                    if (string.CompareOrdinal(x, y) < 0)
                        yield return (x, y, 2.0 / members.Count);
                }
            }
        }
    }
}
