using System.Text;

namespace Entente.Lists.Wording;

/// <summary>The language of a name, from what the list says and from its letters.</summary>
internal static class NameLanguage
{
    // ISO 639-1, ISO 639-3, English name, French name; then the script where it is not Latin.
    private static readonly Dictionary<string, (string Code, ScriptLanguage.Script Script)> Known = Build(
    [
        ("Latin", "az aze azerbaijani azéri|bs bos bosnian bosniaque|cs ces czech tchèque|da dan danish danois|de deu german allemand|en eng english anglais|es spa spanish espagnol|et est estonian estonien|fi fin finnish finnois|fr fra french français|ga gle irish irlandais|gd gla - -|gl glg galician galicien|hr hrv croatian croate|hu hun hungarian hongrois|id ind indonesian indonésien|it ita italian italien|lt lit lithuanian lituanien|lv lav latvian letton|mo ron moldovan moldave|ms msa malay malais|mt mlt maltese maltais|nl nld dutch néerlandais|no nor norwegian norvégien|pl pol polish polonais|pt por portuguese portugais|ro ron romanian roumain|sk slk slovak slovaque|sl slv slovenian slovène|so som somali somali|sq sqi albanian albanais|sv swe swedish suédois|sw swa swahili swahili|tr tur turkish turc|uz uzb uzbek ouzbek|vi vie vietnamese vietnamien"),
        ("Arabic", "ar ara arabic arabe|fa fas persian persan|- fas farsi farsi|ps pus pashto pachto|ur urd urdu ourdou|- prs dari dari"),
        ("Cyrillic", "be bel belarusian biélorusse|bg bul bulgarian bulgare|kk kaz kazakh kazakh|ky kir kyrgyz kirghize|mk mkd macedonian macédonien|ru rus russian russe|sr srp serbian serbe|tg tgk tajik tadjik|uk ukr ukrainian ukrainien"),
        ("Hebrew", "he heb hebrew hébreu"),
        ("Han", "zh zho chinese chinois|- zho mandarin mandarin"),
        ("Kana", "ja jpn japanese japonais"),
        ("Hangul", "ko kor korean coréen"),
        ("Other", "el ell greek grec|hy hye armenian arménien|ka kat georgian géorgien|my mya burmese birman|hi hin hindi hindi|pa pan punjabi pendjabi"),
        // Written in two scripts: any will do.
        ("None", "ku kur kurdish kurde"),
    ]);

    /// <summary>The ISO 639-3 code of a language named by its two-letter code, or in English or French.</summary>
    /// <returns><see langword="null"/> where it is not known.</returns>
    public static string? Code(string? language) =>
        language is not null && Known.TryGetValue(language, out var found) ? found.Code : null;

    /// <summary>The language of a name.</summary>
    /// <param name="text">The name.</param>
    /// <param name="stated">What the list says, as <see cref="Code"/> takes it. It is believed where the letters allow it:
    /// lists call romanised names Russian and Russian ones English.</param>
    /// <returns>ISO 639-3; <see langword="null"/> where neither tells.</returns>
    public static string? Of(string text, string? stated)
    {
        var script = MainScript(text);
        if (stated is not null && Known.TryGetValue(stated, out var found) && (found.Script is ScriptLanguage.Script.None || found.Script == script))
            return found.Code;
        return script is ScriptLanguage.Script.Latin ? null : ScriptLanguage.Guess(FromFirstOf(text, script));
    }

    /// <summary>The script of most letters: Belarusian names are often typed with a Latin I.</summary>
    public static ScriptLanguage.Script MainScript(string text)
    {
        if (Ascii.IsValid(text) && (text.AsSpan().ContainsAnyInRange('a', 'z') || text.AsSpan().ContainsAnyInRange('A', 'Z')))
            return ScriptLanguage.Script.Latin; // most names, at no cost
        Span<int> letters = stackalloc int[(int)ScriptLanguage.Script.Other + 1];
        foreach (var rune in text.EnumerateRunes())
            letters[(int)ScriptLanguage.Of(rune)]++;
        letters[(int)ScriptLanguage.Script.None] = 0;
        var main = 0;
        for (var i = 1; i < letters.Length; i++)
        {
            if (letters[i] > letters[main])
                main = i;
        }
        return (ScriptLanguage.Script)main;
    }

    // ScriptLanguage.Guess goes by the first letter.
    private static string FromFirstOf(string text, ScriptLanguage.Script script)
    {
        for (var i = 0; i < text.Length;)
        {
            Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var length);
            if (ScriptLanguage.Of(rune) == script)
                return text[i..];
            i += length;
        }
        return text;
    }

    private static Dictionary<string, (string, ScriptLanguage.Script)> Build(ReadOnlySpan<(string Script, string Languages)> rows)
    {
        var known = new Dictionary<string, (string, ScriptLanguage.Script)>(StringComparer.OrdinalIgnoreCase);
        foreach (var (script, languages) in rows)
        {
            foreach (var language in languages.Split('|'))
            {
                var words = language.Split(' ');
                foreach (var word in words)
                {
                    if (word != "-")
                        known.TryAdd(word, (words[1], Enum.Parse<ScriptLanguage.Script>(script)));
                }
            }
        }
        return known;
    }
}
