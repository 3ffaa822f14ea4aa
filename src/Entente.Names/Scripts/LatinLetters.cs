using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Entente.Names.Scripts;

/// <summary>Latin letters reduced to a to z.</summary>
/// <remarks>
/// Diacritics are dropped after canonical decomposition; letters that do not decompose
/// follow their usual plain spelling (ø to o, ß to ss, ə to a). The German and Nordic
/// spellings with e (ICAO 9303: Ä to AE) are left to the sound model, which has learned
/// that <c>ue</c> and <c>u</c> are one sound.
/// </remarks>
internal static class LatinLetters
{
    private static readonly FrozenDictionary<char, string> Special = new Dictionary<char, string>
    {
        ['ß'] = "ss", ['æ'] = "ae", ['œ'] = "oe", ['ø'] = "o", ['ł'] = "l", ['đ'] = "d", ['ð'] = "d",
        ['þ'] = "th", ['ı'] = "i", ['ə'] = "a", ['ǝ'] = "a", ['ŋ'] = "ng", ['ħ'] = "h", ['ŧ'] = "t",
        ['ĸ'] = "k", ['ſ'] = "s", ['ƀ'] = "b", ['ɓ'] = "b", ['ɗ'] = "d", ['ƙ'] = "k", ['ƴ'] = "y",
        ['ɣ'] = "gh", ['ɛ'] = "e", ['ɔ'] = "o", ['ʉ'] = "u", ['ɨ'] = "i", ['ǧ'] = "g", ['ƶ'] = "z",
    }.ToFrozenDictionary();

    // Of the letters that names have: Latin Extended-B is the last of the first, Latin Extended Additional, where Vietnamese is, of the others.
    private static readonly string?[] Known = [.. Enumerable.Range(0, 0x1F00).Select(c => c is < 0x250 or >= 0x1E00 ? Plain((char)c) : null)];

    /// <summary>Appends the plain letters of a lower-case Latin word.</summary>
    public static void Fold(ReadOnlySpan<char> word, StringBuilder into)
    {
        foreach (char c in word)
        {
            if (c < 0x80)
                into.Append(c);
            else
                into.Append((c < Known.Length ? Known[c] : null) ?? Plain(c));
        }
    }

    /// <summary>One letter as the plain ones it stands for; none for a mark.</summary>
    private static string Plain(char c)
    {
        if (char.IsSurrogate(c))
            return c.ToString();
        var plain = new StringBuilder(4);
        foreach (char part in c.ToString().Normalize(NormalizationForm.FormD))
        {
            if (part < 0x80)
                plain.Append(part);
            else if (Special.TryGetValue(part, out string? known))
                plain.Append(known);
            else if (CharUnicodeInfo.GetUnicodeCategory(part) is not (UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark or UnicodeCategory.ModifierLetter))
                plain.Append(part);
        }

        return plain.ToString();
    }
}
