using Entente.Records;

namespace Entente.Lists.Wording;

/// <summary>Dates inside sentences.</summary>
internal static class DateText
{
    /// <summary>The date that the text begins with, after fillers such as 'on', 'in' and 'approximately'.</summary>
    /// <param name="text">Such as <c>in Jul. 2001 by the consulate</c>.</param>
    /// <param name="date">The date.</param>
    /// <returns>Whether there is one. A Hijri date is none.</returns>
    public static bool TryLeading(string text, out PartialDate date)
    {
        date = default;
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var first = 0;
        while (first < words.Length && first < 4 && IsFiller(words[first]))
            first++;
        for (var take = Math.Min(4, words.Length - first); take > 0; take--)
        {
            var candidate = string.Join(' ', words, first, take).TrimEnd('.', ',', ';', ')', ':');
            if (PartialDate.TryParse(candidate, out date))
                return !text.Contains("hijri", StringComparison.OrdinalIgnoreCase);
        }
        return false;
    }

    /// <summary>The date that follows the first of some words, such as <c>expires</c>.</summary>
    public static bool TryAfter(string text, ReadOnlySpan<string> marks, out PartialDate date)
    {
        foreach (var mark in marks)
        {
            for (var at = 0; (at = text.IndexOf(mark, at, StringComparison.OrdinalIgnoreCase)) >= 0;)
            {
                at += mark.Length;
                if (TryLeading(text[at..], out date))
                    return true;
            }
        }
        date = default;
        return false;
    }

    private static bool IsFiller(string word) =>
        word.TrimEnd(':', '.', ',') is "" or "-" or "on" or "in" or "date" or "of" or "the" or "approximately" or "approx" or "circa" or "c" or "ca" or "about" or "around";
}
