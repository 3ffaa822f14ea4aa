namespace Entente.Names.Comparison;

/// <summary>Given names that an ending turns from a man's into a woman's: Karim and Karima, Julio and Julia.</summary>
internal static class GenderedNames
{
    private static readonly (string His, string Hers)[] Endings =
        [("", "a"), ("o", "a"), ("", "ia"), ("o", "ina"), ("", "ina"), ("", "e"), ("", "а"), ("", "ийа"), ("", "ина")];

    // Ali and Alia, Noor and Noora: shorter ones are spellings as often as not.
    private const int ShortestStem = 4;

    /// <summary>Whether two folded words differ by such an ending alone.</summary>
    public static bool Differ(string a, string b) =>
        a.Length >= ShortestStem && b.Length >= ShortestStem && string.CompareOrdinal(a, 0, b, 0, ShortestStem) == 0 && (IsPair(a, b) || IsPair(b, a));

    private static bool IsPair(string his, string hers)
    {
        foreach ((string hisEnding, string hersEnding) in Endings)
        {
            int stem = his.Length - hisEnding.Length;
            if (stem >= ShortestStem && stem + hersEnding.Length == hers.Length && his.EndsWith(hisEnding, StringComparison.Ordinal)
                && hers.EndsWith(hersEnding, StringComparison.Ordinal) && string.CompareOrdinal(his, 0, hers, 0, stem) == 0)
                return true;
        }

        return false;
    }
}
