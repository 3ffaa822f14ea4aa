using System.Globalization;
using Entente.Lists.Drafts;
using Entente.Records;

namespace Entente.Lists.Ofac;

/// <summary>Dates as OFAC writes them: '10 Dec 1948', 'circa 1951', '1960 to 1965', '01 Mar 1945 to 31 Mar 1945'.</summary>
internal static class OfacDates
{
    private const string Circa = "circa ";

    /// <summary>Adds a birth date. A span gives each of its years.</summary>
    public static void AddBirth(OfacEntry entry, string text, int line)
    {
        if (TrySpan(text, out var from, out var until))
            entry.Draft.AddBirthSpan(from.Year, until.Year, text, line);
        else if (TryOne(text, out var date))
            Add(entry, "birthDate", date, text, line);
        else
            Keep(entry, "Date of birth", text, line);
    }

    /// <summary>Adds another date of the entry. A span gives its first and last year.</summary>
    public static void Add(OfacEntry entry, string property, string text, int line)
    {
        if (TrySpan(text, out var from, out var until))
        {
            entry.Subject.Add(property, PartialDate.FromYear(from.Year).ToString(), originalValue: text);
            entry.Subject.Add(property, PartialDate.FromYear(until.Year).ToString(), originalValue: text);
        }
        else if (TryOne(text, out var date))
        {
            Add(entry, property, date, text, line);
        }
        else
        {
            Keep(entry, property, text, line);
        }
    }

    /// <summary>A date of the XML formats, which put the month first (05/26/1999), in the form that cannot be mistaken; other texts as they are.</summary>
    public static string? FromAmerican(string? text) =>
        DateOnly.TryParseExact(text, ["M/d/yyyy", "MM/dd/yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : text;

    private static void Add(OfacEntry entry, string property, PartialDate date, string text, int line)
    {
        if (date.Degraded)
            entry.Warn(line, $"'{text}' is not a day of the calendar; {property} was read as {date}.");
        entry.Subject.Add(property, date.ToString(), originalValue: text);
    }

    private static void Keep(OfacEntry entry, string what, string text, int line)
    {
        entry.Warn(line, $"'{text}' is not a date, and was kept in the notes only ({what}).");
        entry.Subject.Add("notes", $"{what}: {text}");
    }

    // One date; also a span that is just one month or one year from its first day to its last.
    private static bool TryOne(string text, out PartialDate date)
    {
        if (!TryEnds(text, out var from, out var until))
            return PartialDate.TryParse(WithoutCirca(text), out date);
        date = PartialDate.FromYear(from.Year);
        return from == until || !IsWholeMonth(from, until)
            || PartialDate.TryParse(string.Create(CultureInfo.InvariantCulture, $"{from.Year:D4}-{from.Month:D2}"), out date);
    }

    private static bool TrySpan(string text, out PartialDate from, out PartialDate until) => TryEnds(text, out from, out until) && from.Year != until.Year;

    private static bool IsWholeMonth(PartialDate from, PartialDate until) => from.Month is not null && from.Month == until.Month && from.Year == until.Year;

    private static bool TryEnds(string text, out PartialDate from, out PartialDate until)
    {
        (from, until) = (default, default);
        text = WithoutCirca(text);
        var to = text.IndexOf(" to ", StringComparison.OrdinalIgnoreCase);
        if (to > 0)
            return PartialDate.TryParse(text[..to], out from) && PartialDate.TryParse(WithoutCirca(text[(to + 4)..]), out until);
        // '1979-1982'
        return text.Length == 9 && text[4] == '-' && PartialDate.TryParse(text[..4], out from) && PartialDate.TryParse(text[5..], out until);
    }

    private static string WithoutCirca(string text) => text.StartsWith(Circa, StringComparison.OrdinalIgnoreCase) ? text[Circa.Length..] : text;
}
