using System.Buffers;
using System.Text;

namespace Entente.Lists;

/// <summary>Scripts as lists mix them, and the language a script suggests.</summary>
internal static class ScriptLanguage
{
    // Letters that only the one language of our region uses. Farsi yeh and keheh are typed for Arabic too,
    // so they decide only when nothing else does.
    private static readonly SearchValues<char> Pashto = SearchValues.Create("ټځڅډړږښګڼۍې");
    private static readonly SearchValues<char> Urdu = SearchValues.Create("ٹڈڑےھں");
    private static readonly SearchValues<char> Persian = SearchValues.Create("پچژگکی");
    private static readonly SearchValues<char> Ukrainian = SearchValues.Create("іїєґІЇЄҐ");

    private static readonly SearchValues<char> Belarusian = SearchValues.Create("ўЎ");

    public enum Script
    {
        None,
        Latin,
        Arabic,
        Cyrillic,
        Hebrew,
        Han,
        Kana,
        Hangul,
        Other,
    }

    /// <summary>The script of a letter; <see cref="Script.None"/> for digits, marks and punctuation.</summary>
    public static Script Of(Rune rune)
    {
        if (!Rune.IsLetter(rune))
            return Script.None;
        return rune.Value switch
        {
            <= 0x024F or (>= 0x1E00 and <= 0x1EFF) or (>= 0x02B0 and <= 0x02FF) => Script.Latin,
            (>= 0x0400 and <= 0x052F) or (>= 0x1C80 and <= 0x1C8F) => Script.Cyrillic,
            >= 0x0590 and <= 0x05FF => Script.Hebrew,
            (>= 0x0600 and <= 0x06FF) or (>= 0x0750 and <= 0x077F) or (>= 0x08A0 and <= 0x08FF)
                or (>= 0xFB50 and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC) => Script.Arabic,
            >= 0x3040 and <= 0x30FF => Script.Kana,
            (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF) => Script.Han,
            (>= 0xAC00 and <= 0xD7AF) or (>= 0x1100 and <= 0x11FF) => Script.Hangul,
            _ => Script.Other,
        };
    }

    /// <summary>The script of the first letter.</summary>
    public static Script Of(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (Of(rune) is var script and not Script.None)
                return script;
        }
        return Script.None;
    }

    /// <summary>ISO 639-3 code of the likeliest language; <see langword="null"/> for Latin and unknown scripts, which suggest none.</summary>
    public static string? Guess(string text) => Of(text) switch
    {
        Script.Arabic => text.AsSpan().ContainsAny(Pashto) ? "pus"
            : text.AsSpan().ContainsAny(Urdu) ? "urd"
            : text.AsSpan().ContainsAny(Persian) ? "fas" : "ara",
        Script.Cyrillic => text.AsSpan().ContainsAny(Belarusian) ? "bel"
            : text.AsSpan().ContainsAny(Ukrainian) ? "ukr" : "rus",
        Script.Hebrew => "heb",
        Script.Han => "zho",
        Script.Kana => "jpn",
        Script.Hangul => "kor",
        _ => null,
    };

    /// <summary>Cuts a text where its script changes between Latin and another, as in 'Agha Jan اغا جان'.</summary>
    /// <returns>The whole text alone when it is of one kind.</returns>
    public static List<string> SplitByScript(string text)
    {
        var parts = new List<string>();
        var start = 0;
        bool? latin = null;
        for (var i = 0; i < text.Length;)
        {
            Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var length);
            var script = Of(rune);
            if (script != Script.None)
            {
                if (latin is { } before && before != (script == Script.Latin))
                {
                    parts.Add(text[start..i].Trim());
                    start = i;
                }
                latin = script == Script.Latin;
            }
            i += length;
        }
        parts.Add(text[start..].Trim());
        parts.RemoveAll(part => part.Length == 0);
        return parts;
    }
}
