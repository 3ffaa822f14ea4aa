using System.Buffers;
using Entente.Names.Scripts;
using Entente.Names.Structure;

namespace Entente.Names.Comparison;

/// <summary>Given names that an ending turns from a man's into a woman's: Karim and Karima, Julio and Julia, Валерий and Валерия.</summary>
/// <remarks>A sister or a wife shares all but that with the man who is listed.</remarks>
internal static class GenderedNames
{
    private static readonly (string His, string Hers)[] Endings =
        [("", "a"), ("o", "a"), ("", "ia"), ("o", "ina"), ("", "ina"), ("", "e"), ("", "а"), ("", "ийа"), ("", "ина"), ("y", "ia"), ("y", "iya")];

    // Of surnames: a woman of the family bears the name of the family.
    private static readonly string[] FamilyEndings = ["ова", "ева", "ина", "ына", "айа", "ova", "eva", "ina", "yna", "aya", "aia", "ska"];

    // Ali and Alia, Noor and Noora: shorter ones are spellings as often as not.
    private const int ShortestStem = 4;

    // Vowels, and consonants that Latin letters drop or write as a vowel: طباع is Tabaa, صالح may be Salah.
    private static readonly SearchValues<char> OpenInArabic = SearchValues.Create("اىيیوؤئءهةآأإعح"), OpenInCyrillic = SearchValues.Create("аеёиоуыэюяіїєў"), OpenInLatin = SearchValues.Create("aeiouht");

    /// <summary>Whether two words that sound alike differ by such an ending.</summary>
    /// <param name="a">A part of a name.</param>
    /// <param name="b">A part of another, in the same script or another.</param>
    public static bool Differ(NamePart a, NamePart b) => a.Script == b.Script
        ? a.Length >= ShortestStem && b.Length >= ShortestStem && string.CompareOrdinal(a.Folded, 0, b.Folded, 0, ShortestStem) == 0 && (IsPair(a.Folded, b.Folded) || IsPair(b.Folded, a.Folded))
        : (IsHers(a) && IsHis(b)) || (IsHers(b) && IsHis(a));

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

    /// <summary>Whether a word ends as women's names do, in a sound that no script leaves out at the end of a word.</summary>
    private static bool IsHers(NamePart part) => part.Length > ShortestStem && !IsOfFamily(part) && part.Script switch
    {
        Script.Latin => part.Folded.EndsWith('a') || part.Folded.EndsWith("ah", StringComparison.Ordinal),
        Script.Cyrillic => part.Folded.EndsWith('а'),
        // Teh marbuta, which many write as heh.
        Script.Arabic => part.Folded[^1] is 'ه' or 'ة',
        _ => false,
    };

    /// <summary>Whether a word ends as no woman's name does that is so made: in a consonant, or as Valery does.</summary>
    private static bool IsHis(NamePart part) => part.Length >= ShortestStem && part.Folded[^1] is var last && part.Script switch
    {
        Script.Latin => !OpenInLatin.Contains(last),
        Script.Cyrillic => !OpenInCyrillic.Contains(last),
        Script.Arabic => !OpenInArabic.Contains(last),
        _ => false,
    };

    private static bool IsOfFamily(NamePart part) => part.Forms.Length == 0 && Array.Exists(FamilyEndings, ending => part.Folded.EndsWith(ending, StringComparison.Ordinal));
}
