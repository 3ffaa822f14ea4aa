namespace Entente.Training;

/// <summary>Finds families of spellings: the Latin spellings that one Arabic or Cyrillic spelling commonly stands for.</summary>
/// <remarks>
/// Arabic writes few vowels, so an Arabic spelling gathers the Latin ones of a name. Cyrillic
/// keeps them, so it adds what sound alone misses. A pair joins a family if it was seen often enough, makes up a fair share of what the Latin
/// spelling was seen with, and sounds right.
/// </remarks>
internal static class VariantTrainer
{
    private const double FairShare = 0.2;

    public static IEnumerable<string> Families(IReadOnlyCollection<TokenPair> pairs, int leastCount, Func<string, string, double> likeness)
    {
        Dictionary<string, int> seen = pairs.GroupBy(p => p.Latin).ToDictionary(g => g.Key, g => g.Sum(p => p.Count));
        return pairs.GroupBy(p => (p.Latin, p.Other)).Select(g => (g.Key.Latin, g.Key.Other, Count: g.Sum(p => p.Count)))
            .Where(p => p.Count >= leastCount && p.Count >= FairShare * seen[p.Latin] && likeness(p.Latin, p.Other) >= 0.45)
            .GroupBy(p => p.Other)
            .OrderByDescending(g => g.Sum(p => p.Count)).ThenBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => string.Join('\t', g.OrderByDescending(p => p.Count).ThenBy(p => p.Latin, StringComparer.Ordinal).Select(p => p.Latin).Prepend(g.Key)));
    }
}
