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

    /// <summary>Appends the plain letters of a lower-case Latin word.</summary>
    public static void Fold(ReadOnlySpan<char> word, StringBuilder into)
    {
        bool ascii = true;
        foreach (char c in word)
            ascii &= c < 0x80;
        if (ascii)
        {
            into.Append(word);
            return;
        }

        foreach (char c in word.ToString().Normalize(NormalizationForm.FormD))
        {
            if (c < 0x80)
                into.Append(c);
            else if (Special.TryGetValue(c, out string? plain))
                into.Append(plain);
            else if (CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark or UnicodeCategory.ModifierLetter))
                into.Append(c);
        }
    }
}
