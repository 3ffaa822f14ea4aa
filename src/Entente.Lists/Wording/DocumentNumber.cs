using Entente.Records;

namespace Entente.Lists.Wording;

/// <summary>Finds the number of a document in what a publisher wrote about it.</summary>
internal static class DocumentNumber
{
    private static readonly string[] Labels = ["number", "numbers", "no", "nos", "n°", "№", "#", "code", "ssn", "id"];

    /// <summary>The number alone: 'A 0139243' out of 'German travel document (“Reiseausweis”) A 0139243'.</summary>
    /// <param name="text">A bare number, or a sentence that holds one.</param>
    /// <returns><see langword="null"/> where nothing looks like a number.</returns>
    public static string? In(string? text)
    {
        if (text is null)
            return null;
        var (outside, _) = Brackets.Extract(text);
        var words = outside.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
            return null;
        if (!words.Any(IsProse))
            return Trim(outside).Any(char.IsLetterOrDigit) ? Trim(outside) : null;

        // From the first word with enough digits that is not a date: 'issued in 1993' has none.
        var digit = 0;
        while (digit < words.Length && (words[digit].Count(char.IsDigit) < 3 || (digit > 0 && IsYear(words[digit - 1], words[digit]))))
            digit++;
        if (digit == words.Length)
            return null;
        var start = digit;
        while (start > 0 && IsPrefix(words[start - 1]))
            start--;
        var end = digit + 1;
        // Series and number: 'Russian passport number 8208 No. 555627'.
        while (end < words.Length && !Ends(words[end - 1])
            && (words[end].Any(char.IsDigit) || (IsLabel(words[end]) && end + 1 < words.Length && words[end + 1].Any(char.IsDigit))))
        {
            end++;
        }
        return Trim(string.Join(' ', words[start..end].Where(word => !IsLabel(word))));
    }

    // Letters that belong to the number: 'OR 1961825', 'DE- 473900'.
    private static bool IsPrefix(string word) =>
        word.Length <= 4 && word.Any(char.IsAsciiLetterUpper) && word.All(c => char.IsAsciiLetterUpper(c) || c == '-')
        && !IsLabel(word);

    private static bool IsProse(string word) =>
        word.Count(char.IsLower) >= 2 || IsLabel(word);

    private static bool IsLabel(string word) => Labels.Contains(word.TrimEnd('.', ':', '-'), StringComparer.OrdinalIgnoreCase);

    private static bool Ends(string word) => word[^1] is ',' or ';' or '.' && !IsLabel(word);

    // 'in 1993', 'Sep. 1973'.
    private static bool IsYear(string before, string word) =>
        before is "in" or "on" or "until" or "since" or "of" || PartialDate.TryParse($"{before} {word.TrimEnd('.', ',', ';')}", out _);

    private static string Trim(string text)
    {
        text = text.Trim(' ', ',', ';', ':', '.', ')', '(', '-');
        // 'No34409/129', 'no.03825239': the label sticks to the number.
        foreach (var label in (ReadOnlySpan<string>)["no.", "no", "n°", "№", "#"])
        {
            if (text.StartsWith(label, StringComparison.OrdinalIgnoreCase) && text.Length > label.Length && char.IsDigit(text[label.Length]))
                return text[label.Length..];
        }
        return text;
    }
}
