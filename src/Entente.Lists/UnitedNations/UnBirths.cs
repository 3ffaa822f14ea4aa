using Entente.Lists.Drafts;
using Entente.Lists.Wording;
using Entente.Records;

namespace Entente.Lists.UnitedNations;

/// <summary>Reads dates and places of birth.</summary>
internal static class UnBirths
{
    private static readonly string[] BirthMarks = ["DPOB:", "DPOB -", "DPOB", "DOB:", "born on", "born in", "born"];

    /// <summary>Reads INDIVIDUAL_DATE_OF_BIRTH. A span gives each of its years, with the wording beside it.</summary>
    public static void ReadDate(ListElement birth, RecordDraft context)
    {
        var type = birth.Value("TYPE_OF_DATE")?.ToUpperInvariant();
        var note = birth.Value("NOTE");
        var date = birth.Value("DATE");
        var year = birth.Value("YEAR");
        var from = birth.Value("FROM_YEAR");
        var to = birth.Value("TO_YEAR");
        var approximate = type == "APPROXIMATELY" || (note?.StartsWith("approx", StringComparison.OrdinalIgnoreCase) ?? false);

        if (from is not null || to is not null)
            AddSpan(from ?? to, to ?? from, approximate, birth.Line, context);
        else if (date is not null)
            Add(date, approximate, note, birth.Line, context);
        else if (year is not null)
            AddYear(year, approximate, note, birth.Line, context);
        else if (note is not null)
            AddNote(note, birth.Line, context);
    }

    /// <summary>Reads INDIVIDUAL_PLACE_OF_BIRTH.</summary>
    public static void ReadPlace(ListElement place, RecordDraft context)
    {
        AddPlace(context, place.Value("STREET"), place.Value("CITY"), place.Value("STATE_PROVINCE"), place.Value("COUNTRY"));
        if (place.Value("NOTE") is not { } note)
            return;
        if (place.Children.Any(child => child.Name != "NOTE" && child.Text.Length > 0))
            context.Subject.Add("notes", "Place of birth: " + note);
        else
            context.Subject.Add("birthPlace", note);
    }

    /// <summary>Adds a place of birth; parts that are not known are <see langword="null"/>.</summary>
    public static void AddPlace(RecordDraft context, string? street, string? city, string? province, string? country)
    {
        CountryText.AddTo(context.Subject, "birthCountry", country);
        string?[] parts = [street, city == street ? null : city, province, country];
        if (parts.Take(3).Any(part => part is not null))
            context.Subject.Add("birthPlace", string.Join(", ", parts.Where(part => part is not null)));
    }

    /// <summary>Adds the dates that remarks give as birth dates: 'DOB: a) 11 Apr. 1960 b) 11 Apr. 1963', 'born in 1976'.</summary>
    public static void AddDatesInside(string text, RecordDraft context)
    {
        foreach (var mark in BirthMarks)
        {
            var at = text.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
                continue;
            foreach (var item in Enumeration.Split(text[(at + mark.Length)..].TrimStart(' ', '-')))
            {
                if (DateText.TryLeading(item, out var date)
                    // 'born in Kandahar on 01 Jan.1967': the place comes first.
                    || (mark.StartsWith("born", StringComparison.Ordinal) && DateText.TryAfter(item, [" on "], out date)))
                {
                    context.Subject.Add("birthDate", date.ToString(), originalValue: text);
                }
            }
            return;
        }
    }

    private static void AddSpan(string? from, string? to, bool approximate, int line, RecordDraft context)
    {
        if (!PartialDate.TryParse(from, out var first) || !PartialDate.TryParse(to, out var last))
        {
            context.KeepBirthDate($"{from}-{to}", line);
            return;
        }
        context.AddBirthSpan(first.Year, last.Year, approximate, line);
    }

    private static void AddYear(string year, bool approximate, string? note, int line, RecordDraft context)
    {
        // YEAR 1958 with NOTE 'Sep.' is a month.
        if (note is not null && PartialDate.TryParse($"{note.TrimEnd('.')} {year}", out var month) && !month.Degraded)
            context.Subject.Add("birthDate", month.ToString(), originalValue: $"{note} {year}");
        else
            Add(year, approximate, note, line, context);
    }

    private static void Add(string text, bool approximate, string? note, int line, RecordDraft context)
    {
        if (!PartialDate.TryParse(text, out var date))
        {
            context.KeepBirthDate(text, line);
            return;
        }
        if (date.Degraded)
            context.Warn(line, $"'{text}' is not a day of the calendar; the birth date was read as {date}.");
        var remark = note is null || note.StartsWith("approx", StringComparison.OrdinalIgnoreCase) ? "" : $" ({note})";
        context.Subject.Add("birthDate", date.ToString(), originalValue: $"{(approximate ? "approximately " : "")}{text}{remark}");
        if (remark.Length > 0)
            context.Subject.Add("notes", $"Date of birth {text}: {note}");
    }

    private static void AddNote(string note, int line, RecordDraft context)
    {
        if (DateText.TryLeading(note, out var date) || (!IsHijri(note) && TryLastYear(note, out date)))
            context.Subject.Add("birthDate", date.ToString(), originalValue: note);
        else
            context.KeepBirthDate(note, line);
    }

    // 'Between Aug. and Sep. 1977': the months differ, the year is certain.
    private static bool TryLastYear(string note, out PartialDate date)
    {
        date = default;
        var words = note.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 0 && words.Count(word => word.Any(char.IsDigit)) == 1
            && words[^1].Trim('.', ',').Length == 4 && PartialDate.TryParse(words[^1].Trim('.', ','), out date);
    }

    private static bool IsHijri(string text) => text.Contains("hijri", StringComparison.OrdinalIgnoreCase);
}
