using Entente.Names.Scripts;

namespace Entente.Names.Structure;

/// <summary>Splits names that are compounds of 'servant of' or 'father of' with another.</summary>
internal static class Compounds
{
    // Shorter rests are not names: Abdi, Abdou, Abdul.
    private const int ShortestRest = 3;

    /// <summary>The first word of a compound, and the rest without article; nulls for other words.</summary>
    /// <param name="folded">A folded word, compounds written as one (<c>abdrahman</c>, <c>abdurrahman</c>).</param>
    /// <param name="script">Its script.</param>
    public static (string? First, string? Second) Split(string folded, Script script) => script switch
    {
        // Somali writes c for ayn.
        Script.Latin => Split(folded.StartsWith("cabd", StringComparison.Ordinal) ? folded[1..] : folded, "abd", "abu", "aeiou", "lrsndtz"),
        Script.Cyrillic => Split(folded, "абд", "абу", "аеиоуэ", "лрсндтз"),
        Script.Arabic => SplitArabic(folded),
        _ => default,
    };

    private static (string?, string?) Split(string folded, string servant, string father, string vowels, string sunAndMoon)
    {
        bool isServant = folded.StartsWith(servant, StringComparison.Ordinal), isFather = folded.StartsWith(father, StringComparison.Ordinal);
        if (!isServant && !isFather)
            return default;
        int at = 3;
        while (isServant && at < folded.Length && vowels.Contains(folded[at], StringComparison.Ordinal))
            at++;
        // The article is an l, or the next letter twice; but in Abd al-Latif, Abdullah and Abu Laith the l is the name's own.
        if (at + 1 < folded.Length && (at > 3 || isFather) && sunAndMoon.Contains(folded[at], StringComparison.Ordinal)
            && (folded[at + 1] == folded[at] || (folded[at] == sunAndMoon[0] && (isServant ? !IsOwnL(folded.AsSpan(at)) : !vowels.Contains(folded[at + 1], StringComparison.Ordinal)))))
            at++;
        return folded.Length - at >= ShortestRest ? (isServant ? "abd" : "abu", folded[at..]) : default;
    }

    private static bool IsOwnL(ReadOnlySpan<char> rest) =>
        rest.StartsWith("lati") || rest.StartsWith("late") || rest.StartsWith("lah") || rest.StartsWith("lat") || rest.StartsWith("лат") || rest.StartsWith("лах") || rest.StartsWith("ла");

    private static (string?, string?) SplitArabic(string folded)
    {
        bool servant = folded.StartsWith("عبد", StringComparison.Ordinal), father = folded.StartsWith("ابو", StringComparison.Ordinal);
        if (!servant && !father)
            return default;
        string rest = folded[3..];
        if (rest.Length > ShortestRest && rest.StartsWith("ال", StringComparison.Ordinal) && rest != "الله")
            rest = rest[2..];
        return rest.Length >= ShortestRest ? (servant ? "abd" : "abu", rest) : default;
    }
}
