using System.Buffers;
using Entente.Names.Scripts;

namespace Entente.Names.Text;

/// <summary>Letters of one script that were typed for those of another.</summary>
/// <remarks>
/// A word mostly in one of Latin and Cyrillic that holds a few letters of the other is read
/// wholly in the first, where the strangers look like its letters (Unicode TS 39,
/// confusables; the pairs below are those that keyboards and OCR produce). Digits inside a
/// word of letters are read as the letters they look like.
/// </remarks>
internal static class Lookalikes
{
    private const string Cyrillic = "аеорсухіјѕкмтнвгԁԛԝһ";
    private const string Latin = "aeopcyxijskmthbrdqwh";
    private static readonly SearchValues<char> Digits = SearchValues.Create("01345689");

    /// <summary>
    /// Which of Latin and Cyrillic a text is written in, by the letters that look like none of the other's,
    /// then by number.
    /// </summary>
    public static Script Dominant(string text)
    {
        int latin = 0, cyrillic = 0, plainLatin = 0, plainCyrillic = 0;
        foreach (char c in text)
        {
            Script script = ScriptOf.Character(c);
            latin += script == Script.Latin ? 1 : 0;
            cyrillic += script == Script.Cyrillic ? 1 : 0;
        }

        if (latin == 0 || cyrillic == 0)
            return cyrillic > 0 ? Script.Cyrillic : Script.Latin;
        foreach (char c in text)
        {
            char lower = char.ToLowerInvariant(c);
            switch (ScriptOf.Character(lower))
            {
                case Script.Latin: plainLatin += Latin.Contains(lower, StringComparison.Ordinal) ? 0 : 1; break;
                case Script.Cyrillic: plainCyrillic += Cyrillic.Contains(lower, StringComparison.Ordinal) ? 0 : 1; break;
            }
        }

        return plainLatin != plainCyrillic ? (plainLatin > plainCyrillic ? Script.Latin : Script.Cyrillic) : latin >= cyrillic ? Script.Latin : Script.Cyrillic;
    }

    /// <summary>Repairs one lower-case word in place.</summary>
    /// <param name="word">The word.</param>
    /// <param name="dominant">The script of the whole text, which a mixed word is read in.</param>
    public static void Repair(Span<char> word, Script dominant)
    {
        int latin = 0, cyrillic = 0, digits = 0, letters = 0;
        foreach (char c in word)
        {
            switch (ScriptOf.Character(c))
            {
                case Script.Latin: latin++; letters++; break;
                case Script.Cyrillic: cyrillic++; letters++; break;
                case Script.None when char.IsAsciiDigit(c): digits++; break;
                case Script.None: break;
                default: letters++; break;
            }
        }

        if (latin > 0 && cyrillic > 0)
        {
            bool toLatin = dominant == Script.Latin;
            string from = toLatin ? Cyrillic : Latin, to = toLatin ? Latin : Cyrillic;
            foreach (ref char c in word)
            {
                int at = from.IndexOf(c, StringComparison.Ordinal);
                if (at >= 0)
                    c = to[at];
            }
        }

        // 'm0hammed', but neither '17th' nor 'b52': the letters must be many and on both sides.
        if (digits is > 0 and <= 2 && letters >= 3 * digits && latin == letters && !char.IsAsciiDigit(word[^1]) && !char.IsAsciiDigit(word[0])
            && word.ContainsAny(Digits))
        {
            foreach (ref char c in word)
            {
                c = c switch
                {
                    '0' => 'o', '1' => 'i', '3' => 'e', '4' => 'a', '5' => 's', '6' => 'b', '8' => 'b', '9' => 'g', _ => c,
                };
            }
        }
    }
}
