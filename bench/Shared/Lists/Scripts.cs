namespace Entente.Bench;

/// <summary>The script a text is written in, as far as the measurements tell them apart.</summary>
internal static class Scripts
{
    public const string Arabic = "Arabic";
    public const string Cyrillic = "Cyrillic";
    public const string Latin = "Latin";
    public const string Other = "other";
    public const string Mixed = "mixed scripts";

    public static readonly IReadOnlyList<string> All = [Latin, Arabic, Cyrillic, Other];

    public static bool HasArabicOrCyrillic(string text) => text.Any(c => IsArabic(c) || IsCyrillic(c));

    /// <summary>The script of most of its letters.</summary>
    public static string Of(string text)
    {
        int arabic = text.Count(IsArabic), cyrillic = text.Count(IsCyrillic), latin = text.Count(IsLatin);
        int other = text.Count(char.IsLetter) - arabic - cyrillic - latin;
        int most = Math.Max(Math.Max(arabic, cyrillic), Math.Max(latin, other));
        return most == latin ? Latin : most == arabic ? Arabic : most == cyrillic ? Cyrillic : Other;
    }

    /// <summary>The script of its letters where they are all of one, else <see cref="Mixed"/>.</summary>
    public static string Purely(string text)
    {
        int letters = text.Count(char.IsLetter);
        return text.Count(IsArabic) == letters ? Arabic
            : text.Count(IsCyrillic) == letters ? Cyrillic
            : text.Count(IsLatin) == letters ? Latin
            : Mixed;
    }

    private static bool IsArabic(char c) => char.IsLetter(c) &&
        c is (>= '\u0600' and <= '\u06FF') or (>= '\u0750' and <= '\u077F') or (>= '\u08A0' and <= '\u08FF')
            or (>= '\uFB50' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFF');

    private static bool IsCyrillic(char c) => c is >= '\u0400' and <= '\u052F';

    private static bool IsLatin(char c) => char.IsLetter(c) &&
        c is (<= '\u024F') or (>= '\u1E00' and <= '\u1EFF') or (>= '\uFF21' and <= '\uFF5A');
}
