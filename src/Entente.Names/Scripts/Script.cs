namespace Entente.Names.Scripts;

/// <summary>The writing systems that names are compared in.</summary>
/// <remarks>
/// A script without rules of its own is transliterated to Latin by ICU first, so it never
/// reaches a comparison as itself. <c>default</c> is <see cref="None"/>.
/// </remarks>
public enum Script : byte
{
    /// <summary>No letter at all: digits, punctuation, symbols.</summary>
    None = 0,

    /// <summary>Latin letters, with or without diacritics.</summary>
    Latin = 1,

    /// <summary>Arabic letters, with those of Persian, Urdu, Pashto, Kurdish and Uyghur.</summary>
    Arabic = 2,

    /// <summary>Cyrillic letters of Russian and its neighbours.</summary>
    Cyrillic = 3,

    /// <summary>Hebrew letters.</summary>
    Hebrew = 4,

    /// <summary>Any other script; handled by transliteration to Latin.</summary>
    Other = 5,
}

/// <summary>Tells the script of a character.</summary>
public static class ScriptOf
{
    // Asked several times for each letter of each name.
    private static readonly Script[] Known = [.. Enumerable.Range(0, char.MaxValue + 1).Select(c => Of((char)c))];

    /// <summary>The script of one UTF-16 code unit; <see cref="Script.None"/> for what is not a letter.</summary>
    /// <param name="c">The code unit. A surrogate counts as <see cref="Script.Other"/>.</param>
    public static Script Character(char c) => Known[c];

    private static Script Of(char c)
    {
        if (c < 0x80)
            return char.IsAsciiLetter(c) ? Script.Latin : Script.None;
        if (char.IsSurrogate(c))
            return Script.Other;
        if (!char.IsLetter(c))
            return Script.None;
        return c switch
        {
            < '\u0250' or (>= '\u0250' and < '\u02B0') or (>= '\u1E00' and <= '\u1EFF')
                or (>= '\u2C60' and <= '\u2C7F') or (>= '\uA720' and <= '\uA7FF') => Script.Latin,
            (>= '\u0400' and <= '\u052F') or (>= '\u1C80' and <= '\u1C8F') or (>= '\uA640' and <= '\uA69F') => Script.Cyrillic,
            (>= '\u0590' and <= '\u05FF') or (>= '\uFB1D' and <= '\uFB4F') => Script.Hebrew,
            (>= '\u0600' and <= '\u06FF') or (>= '\u0750' and <= '\u077F') or (>= '\u08A0' and <= '\u08FF')
                or (>= '\uFB50' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFF') => Script.Arabic,
            _ => Script.Other,
        };
    }

    /// <summary>The script that most letters of a text are in; <see cref="Script.None"/> without letters.</summary>
    /// <param name="text">Any text.</param>
    public static Script Text(ReadOnlySpan<char> text)
    {
        Span<int> counts = stackalloc int[6];
        foreach (char c in text)
            counts[(int)Character(c)]++;
        counts[(int)Script.None] = 0;
        int best = 0;
        for (int i = 1; i < counts.Length; i++)
        {
            if (counts[i] > counts[best])
                best = i;
        }

        return (Script)best;
    }
}
