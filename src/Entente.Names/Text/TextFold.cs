using System.Globalization;
using System.Text;
using Entente.Names.Scripts;

namespace Entente.Names.Text;

/// <summary>Text to folded words: everything about spelling that carries no name.</summary>
/// <remarks>
/// NFKC, case, diacritics, tatweel, vowel marks, zero-width and direction marks, the many
/// quotes and signs for hamza and ayn, letters borrowed from another script, dotted
/// abbreviations, the fillers of machine-readable travel documents (ICAO 9303).
/// Idempotent: the folded words, joined by spaces, fold to themselves.
/// </remarks>
internal static class TextFold
{
    /// <summary>Characters read of one text; the rest is ignored. No name is longer.</summary>
    public const int MaxLength = 2_000;

    /// <summary>Words read of one text; the rest is ignored.</summary>
    public const int MaxWords = 64;

    // Where a word is folded, kept from word to word by each thread.
    [ThreadStatic]
    private static StringBuilder? _folded;

    /// <summary>Splits and folds a text.</summary>
    /// <param name="text">Any text, well formed or not.</param>
    /// <returns>Its words in order; none when it holds no letter or digit.</returns>
    public static List<RawWord> Words(string text)
    {
        string clean = Clean(text);
        var words = new List<RawWord>(8);
        Script dominant = Lookalikes.Dominant(clean);
        bool hyphened = false, comma = false;
        int at = 0;
        while (at < clean.Length && words.Count < MaxWords)
        {
            char c = clean[at];
            if (IsWordCharacter(c))
            {
                int start = at;
                at = EndOfWord(clean, at);
                if (AddWord(words, clean.AsSpan(start, at - start), hyphened && words.Count > 0, comma && words.Count > 0, start == 0 && at == clean.Length, dominant))
                    hyphened = comma = false;
                continue;
            }

            if (c == '&')
            {
                words.Add(new RawWord("&", "&", Script.None, false, false));
                hyphened = comma = false;
            }
            else if (IsHyphen(c))
            {
                hyphened = at > 0 && IsWordCharacter(clean[at - 1]);
            }
            else if (c is ',' or '،' or ';' || (c == '<' && at + 1 < clean.Length && clean[at + 1] == '<'))
            {
                comma = true;
                hyphened = false;
            }
            else
            {
                hyphened = false;
            }

            at++;
        }

        return words;
    }

    /// <summary>NFKC without format characters, lone surrogates or what exceeds <see cref="MaxLength"/>.</summary>
    private static string Clean(string text)
    {
        if (text.Length > MaxLength)
            text = text[..MaxLength];
        if (IsClean(text))
            return text;

        var builder = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            UnicodeCategory category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.Format && rune.Value is not 0x200B and not 0xFEFF)
                continue;
            if (category is UnicodeCategory.Control or UnicodeCategory.Format || rune == Rune.ReplacementChar)
                builder.Append(' ');
            else
                builder.Append(rune.ToString());
        }

        string normal = builder.ToString().Normalize(NormalizationForm.FormKC);
        return normal.Length > MaxLength ? normal[..MaxLength] : normal;
    }

    private static bool IsClean(string text)
    {
        foreach (char c in text)
        {
            if (!IsClean(c))
                return false;
        }

        return true;
    }

    /// <summary>Whether a character is what most names are written in, and stays as it is: letters that NFKC neither takes apart nor puts together.</summary>
    internal static bool IsClean(char c) => c switch
    {
        < '\x7f' => c >= ' ',
        >= '\u00C0' and <= '\u017E' => c is not ('\u0132' or '\u0133' or '\u013F' or '\u0140' or '\u0149'),
        >= '\u1E00' and <= '\u1EF9' => c is not ('\u1E9A' or '\u1E9B'),
        >= '\u0400' and <= '\u0481' or >= '\u048A' and <= '\u052F' or >= '\u05D0' and <= '\u05EA' => true,
        '\u060C' or >= '\u0620' and <= '\u064A' or >= '\u0660' and <= '\u0669' or >= '\u0671' and <= '\u0674' or >= '\u0679' and <= '\u06D3' or >= '\u06F0' and <= '\u06F9' => true,
        _ => false,
    };

    private static int EndOfWord(string text, int at)
    {
        while (at < text.Length)
        {
            if (IsWordCharacter(text[at]) || (IsApostrophe(text[at]) && at + 1 < text.Length && IsWordCharacter(text[at + 1])))
                at++;
            else if (text[at] == '.' && InAbbreviation(text, at))
                at++;
            else
                break;
        }

        return at;
    }

    /// <summary>A dot between single letters: L.L.C, ذ.م.م, ش.ذ.م.م.</summary>
    private static bool InAbbreviation(string text, int dot) =>
        dot >= 1 && char.IsLetter(text[dot - 1]) && (dot == 1 || !char.IsLetterOrDigit(text[dot - 2]))
        && dot + 1 < text.Length && char.IsLetter(text[dot + 1]) && (dot + 2 == text.Length || !char.IsLetterOrDigit(text[dot + 2]));

    private static bool AddWord(List<RawWord> words, ReadOnlySpan<char> original, bool hyphened, bool comma, bool alone, Script dominant)
    {
        Span<char> lower = original.Length <= 256 ? stackalloc char[original.Length] : new char[original.Length];
        int length = 0;
        foreach (char c in original)
        {
            if (IsApostrophe(c) || c == '.' || IsVowelMark(c))
                continue;
            lower[length++] = c switch
            {
                'İ' => 'i',
                'ς' => 'σ',
                >= '٠' and <= '٩' => (char)('0' + (c - '٠')),
                >= '۰' and <= '۹' => (char)('0' + (c - '۰')),
                _ => char.ToLowerInvariant(c),
            };
        }

        lower = lower[..length];
        if (length == 0)
            return false;
        Lookalikes.Repair(lower, dominant);

        Script script = ScriptOf.Text(lower);
        if (script == Script.Latin && Ascii.IsValid(lower))
        {
            string written = original.ToString();
            words.Add(new RawWord(written, lower.SequenceEqual(original) ? written : lower.ToString(), script, hyphened, comma));
            return true;
        }

        StringBuilder folded = (_folded ??= new StringBuilder(64)).Clear();
        switch (script)
        {
            case Script.Latin: LatinLetters.Fold(lower, folded); break;
            case Script.Arabic: ArabicLetters.Fold(lower, folded); break;
            case Script.Cyrillic: CyrillicLetters.Fold(lower, folded); break;
            case Script.Hebrew: HebrewLetters.Fold(lower, folded); break;
            case Script.None: folded.Append(lower); break;
            default: return AddForeignWord(words, original.ToString(), lower.ToString(), hyphened, comma, alone);
        }

        if (folded.Length == 0)
            return false;
        words.Add(new RawWord(original.ToString(), folded.ToString(), script, hyphened, comma));
        return true;
    }

    /// <summary>A word of a script that ICU reads. Chinese and Korean names write the surname first, in one letter.</summary>
    private static bool AddForeignWord(List<RawWord> words, string original, string lower, bool hyphened, bool comma, bool alone)
    {
        if (alone && lower.Length is >= 2 and <= 4 && lower.All(IsEastAsian))
        {
            bool added = AddTransliterated(words, original[..1], lower[..1], hyphened, comma);
            return AddTransliterated(words, original[1..], lower[1..], false, false) || added;
        }

        return AddTransliterated(words, original, lower, hyphened, comma);
    }

    private static bool AddTransliterated(List<RawWord> words, string original, string lower, bool hyphened, bool comma)
    {
        string latin = string.Concat(IcuTransliteration.ToLatin(lower).Where(char.IsAsciiLetterLower));
        if (latin.Length == 0)
            return false;
        // ICU romanises Korean as the South does; lists and passports mostly write o and u for eo and eu.
        if (lower[0] is >= '\uAC00' and <= '\uD7A3')
            latin = latin.Replace("eo", "o", StringComparison.Ordinal).Replace("eu", "u", StringComparison.Ordinal);
        words.Add(new RawWord(original, latin, Script.Latin, hyphened, comma));
        return true;
    }

    /// <summary>A Chinese character or a syllable of Hangul.</summary>
    public static bool IsEastAsian(char c) => c is (>= '\u4E00' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3') or (>= '\u3400' and <= '\u4DBF');

    // Asked for every character of every name.
    private static readonly bool[] WordCharacters = [.. Enumerable.Range(0, char.MaxValue + 1).Select(c => MayStandInWord((char)c))];

    private static bool IsWordCharacter(char c) => WordCharacters[c];

    private static bool MayStandInWord(char c) =>
        c < 0x80 ? char.IsAsciiLetterOrDigit(c)
        : (char.IsLetterOrDigit(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c)
            is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.LetterNumber)
            && !IsApostrophe(c);

    /// <summary>Short-vowel and other marks of Arabic and Hebrew, and the tatweel.</summary>
    private static bool IsVowelMark(char c) =>
        c is 'ـ' or (>= '\u064B' and <= '\u065F') or '\u0670' or (>= '\u0610' and <= '\u061A') or (>= '\u06D6' and <= '\u06ED')
            or (>= '\u08D3' and <= '\u08FF') or (>= '\u0591' and <= '\u05C7');

    private static bool IsApostrophe(char c) =>
        c is '\'' or '`' or '´' or '‘' or '’' or '‛' or '′' or '‵' or '″' or 'ʹ' or 'ʺ' or 'ʻ' or 'ʼ' or 'ʽ' or 'ʾ' or 'ʿ' or 'ˈ' or 'ˊ' or 'ˋ'
            or '˒' or '˓' or 'ʔ' or 'ʕ' or 'ˁ' or 'ˀ' or '＇' or '׳' or '״' or 'ꞌ' or 'Ꞌ';

    private static bool IsHyphen(char c) =>
        c is '-' or '‐' or '‑' or '‒' or '–' or '—' or '―' or '−' or '־' or '﹣' or '－' or '_';
}
