using System.Globalization;
using Entente.Records;

namespace Entente.Lists.Drafts;

/// <summary>Birth dates that are less than a day: spans of years, and what is no date.</summary>
internal static class BirthDates
{
    // A span this long says nothing that a screening could weigh year by year.
    private const int LongestSpan = 20;

    // Nobody on a list was born before; such a year is one of another calendar (1343 after the Hijra) or a slip.
    private const int EarliestYear = 1850;

    /// <summary>Adds a birth date as the list writes it; what is no date of our calendar goes to the notes, with a warning.</summary>
    /// <param name="record">The record.</param>
    /// <param name="text">The date, as <see cref="PartialDate.TryParse"/> takes it.</param>
    /// <param name="wording">What stands with the value as its original.</param>
    /// <param name="line">Where.</param>
    public static void AddBirthDate(this RecordDraft record, string text, string wording, int line)
    {
        if (!PartialDate.TryParse(text, out var date) || date.Year < EarliestYear)
        {
            record.KeepBirthDate(wording, line);
            return;
        }
        if (date.Degraded)
            record.Warn(line, $"'{text}' is not a day of the calendar; the birth date was read as {date}.");
        record.Subject.Add("birthDate", date.ToString(), originalValue: wording);
    }

    /// <summary>Adds each year of a span, with 'between ... and ...' as its wording; a long one goes to the notes only, with a warning.</summary>
    public static void AddBirthSpan(this RecordDraft record, int first, int last, bool approximate, int line) =>
        record.AddBirthSpan(first, last, string.Create(CultureInfo.InvariantCulture, $"{(approximate ? "approximately " : "")}between {Math.Min(first, last)} and {Math.Max(first, last)}"), line);

    /// <summary>Adds each year of a span; a long one goes to the notes only, with a warning.</summary>
    /// <param name="record">The record.</param>
    /// <param name="first">A year at one end.</param>
    /// <param name="last">The year at the other.</param>
    /// <param name="wording">What stands with each value as its original.</param>
    /// <param name="line">Where.</param>
    public static void AddBirthSpan(this RecordDraft record, int first, int last, string wording, int line)
    {
        var (start, end) = (Math.Min(first, last), Math.Max(first, last));
        if (end - start > LongestSpan)
        {
            record.Warn(line, $"the birth date '{wording}' spans more than {LongestSpan} years and was kept in the notes only.");
            record.Subject.Add("notes", "Date of birth: " + wording);
            return;
        }
        for (var year = start; year <= end; year++)
            record.Subject.Add("birthDate", PartialDate.FromYear(year).ToString(), originalValue: wording);
    }

    /// <summary>Keeps in the notes, with a warning, what is no date of our calendar.</summary>
    public static void KeepBirthDate(this RecordDraft record, string text, int line)
    {
        record.Warn(line, $"the birth date '{text}' is not a date of the Gregorian calendar and was kept in the notes only.");
        record.Subject.Add("notes", "Date of birth: " + text);
    }
}
