namespace Entente.Names.Comparison;

/// <summary>Slavic surnames that a woman bears with an ending of her own.</summary>
internal static class FeminineSurnames
{
    private static readonly (string Feminine, string Masculine)[] Endings =
    [
        ("ova", "ov"), ("eva", "ev"), ("ina", "in"), ("ova", ""), ("skaya", "sky"), ("skaia", "skii"), ("skaya", "skiy"), ("skaya", "skij"), ("skaya", "ski"), ("ska", "ski"), ("ska", "sky"),
        ("ова", "ов"), ("ева", "ев"), ("ина", "ин"), ("скайа", "ский"), ("цкайа", "цкий"),
    ];

    // Katina and Katin, Eva and Ev are no surnames of a couple.
    private const int ShortestStem = 3;

    /// <summary>Whether two folded words are one surname, as a man and as a woman bear it.</summary>
    public static bool AreOne(string a, string b) =>
        a.Length >= ShortestStem && b.Length >= ShortestStem && string.CompareOrdinal(a, 0, b, 0, ShortestStem) == 0 && (IsPair(a, b) || IsPair(b, a));

    private static bool IsPair(string woman, string man)
    {
        foreach ((string feminine, string masculine) in Endings)
        {
            int stem = woman.Length - feminine.Length;
            if (stem >= ShortestStem && stem + masculine.Length == man.Length && woman.EndsWith(feminine, StringComparison.Ordinal)
                && man.EndsWith(masculine, StringComparison.Ordinal) && string.CompareOrdinal(woman, 0, man, 0, stem) == 0)
                return true;
        }

        return false;
    }
}
