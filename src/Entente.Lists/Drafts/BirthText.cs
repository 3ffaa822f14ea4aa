using System.Globalization;
using Entente.Lists.Wording;
using Entente.Records;

namespace Entente.Lists.Drafts;

/// <summary>Birth dates in one field, as lists in English write them: a day, a year, 'approximately 1965',
/// 'between 1963 and 1968', '1963-1968', '1963 or 1964'.</summary>
internal static class BirthText
{
    /// <summary>Adds what the text says as birth dates; what is none goes to the notes, with a warning.</summary>
    public static void AddBirthText(this RecordDraft record, string text, int line)
    {
        if (PartialDate.TryParse(text, out _))
        {
            record.AddBirthDate(text, text, line);
            return;
        }
        var years = Years(text);
        var spans = text.Contains("between", StringComparison.OrdinalIgnoreCase) || text.Contains(" to ", StringComparison.OrdinalIgnoreCase) || IsRange(text);
        var alternatives = text.Split([" or ", ", ", "; ", "/ "], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (spans && years is [var first, var last])
            record.AddBirthSpan(first, last, IsAbout(text), line);
        else if (alternatives.Length > 1 && alternatives.All(part => DateText.TryLeading(part, out _)))
            Array.ForEach(alternatives, part => record.AddBirthText(part, line));
        else if (DateText.TryLeading(text, out var leading))
            record.AddBirthDate(leading.ToString(), text, line);
        else
            record.KeepBirthDate(text, line);
    }

    private static bool IsAbout(string text) =>
        text.Contains("approx", StringComparison.OrdinalIgnoreCase) || text.Contains("circa", StringComparison.OrdinalIgnoreCase) || text.Contains("about", StringComparison.OrdinalIgnoreCase);

    // '1963-1968', with any dash.
    private static bool IsRange(string text) =>
        text.Split('-', '–') is [var first, var last] && Years(first) is [_] && Years(last) is [_];

    private static List<int> Years(string text)
    {
        var years = new List<int>();
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            while (i < text.Length && char.IsAsciiDigit(text[i]))
                i++;
            if (i - start == 4 && text[start] is '1' or '2')
                years.Add(int.Parse(text.AsSpan(start, 4), CultureInfo.InvariantCulture));
            if (i == start)
                i++;
        }
        return years;
    }
}
