using System.Globalization;
using Entente.Lists.Drafts;
using Entente.Records;

namespace Entente.Lists.EuropeanUnion;

/// <summary>Reads birthdate, which has the place too.</summary>
internal static class EuBirths
{
    // Lunar months begin with the sighted moon: two reckonings may differ by a day or two.
    private const int MoonSighting = 2;

    private static readonly HijriCalendar Lunar = new();

    public static void Read(ListElement birth, RecordDraft context)
    {
        ReadPlace(birth, context.Subject);
        foreach (var remark in birth.All("remark").Where(remark => remark.Text.Length > 0))
            context.Subject.Add("notes", "Date of birth: " + remark.Text);

        var calendar = birth.Attribute("calendarType") ?? "GREGORIAN";
        if (calendar.Equals("GREGORIAN", StringComparison.OrdinalIgnoreCase))
            ReadGregorian(birth, context);
        else
            ReadOther(birth, calendar, context);
    }

    private static void ReadGregorian(ListElement birth, RecordDraft context)
    {
        var circa = string.Equals(birth.Attribute("circa"), "true", StringComparison.OrdinalIgnoreCase);
        var parts = Parts(birth);
        var whole = birth.Attribute("birthdate");
        if (whole is not null && parts is not null && !whole.StartsWith(birth.Attribute("year") ?? whole, StringComparison.Ordinal))
        {
            // One of them is wrong, and nothing says which: both count.
            context.Warn(birth.Line, $"the birth date is '{whole}' in one attribute and '{parts}' in others; both were read.");
            context.AddBirthDate(parts, Wording(parts, circa), birth.Line);
        }
        if ((whole ?? parts) is { } date)
            context.AddBirthDate(date, Wording(date, circa), birth.Line);

        var from = birth.Attribute("yearRangeFrom");
        var to = birth.Attribute("yearRangeTo");
        if ((from ?? to) is null)
            return;
        if (PartialDate.TryParse(from ?? to, out var first) && PartialDate.TryParse(to ?? from, out var last))
            context.AddBirthSpan(first.Year, last.Year, circa, birth.Line);
        else
            context.KeepBirthDate($"{from}-{to}", birth.Line);
    }

    // Another calendar: taken only where the list gives the Gregorian day beside it and the two agree. Years of
    // Iranians are marked ISLAMIC that are of the solar calendar, so a year alone is never converted.
    private static void ReadOther(ListElement birth, string calendar, RecordDraft context)
    {
        var parts = Parts(birth);
        var whole = birth.Attribute("birthdate");
        string?[] all = [whole, parts, birth.Attribute("yearRangeFrom"), birth.Attribute("yearRangeTo")];
        if (all.All(part => part is null))
            return;
        var wording = $"{parts ?? whole ?? $"{all[2]}-{all[3]}"} ({calendar.ToLowerInvariant()} calendar)";
        if (calendar.Equals("ISLAMIC", StringComparison.OrdinalIgnoreCase) && Agree(whole, birth))
            context.AddBirthDate(whole!, wording, birth.Line); // it agrees, so it is there
        else
            context.KeepBirthDate(wording, birth.Line);
    }

    private static bool Agree(string? gregorian, ListElement birth)
    {
        if (!PartialDate.TryParse(gregorian, out var date) || date is not { Month: { } month, Day: { } day }
            || !int.TryParse(birth.Attribute("year"), NumberStyles.None, CultureInfo.InvariantCulture, out var lunarYear)
            || !int.TryParse(birth.Attribute("monthOfYear"), NumberStyles.None, CultureInfo.InvariantCulture, out var lunarMonth)
            || !int.TryParse(birth.Attribute("dayOfMonth"), NumberStyles.None, CultureInfo.InvariantCulture, out var lunarDay)
            || lunarYear is < 1200 or > 1600 || lunarMonth is < 1 or > 12
            || lunarDay < 1 || lunarDay > Lunar.GetDaysInMonth(lunarYear, lunarMonth))
        {
            return false;
        }
        var lunar = Lunar.ToDateTime(lunarYear, lunarMonth, lunarDay, 0, 0, 0, 0);
        return Math.Abs((lunar - new DateTime(date.Year, month, day)).TotalDays) <= MoonSighting;
    }

    private static string? Parts(ListElement birth)
    {
        var (year, month, day) = (birth.Attribute("year"), birth.Attribute("monthOfYear"), birth.Attribute("dayOfMonth"));
        return year is null ? null : month is null ? year : day is null ? $"{year}-{month}" : $"{year}-{month}-{day}";
    }

    private static string Wording(string date, bool circa) => circa ? "circa " + date : date;

    private static void ReadPlace(ListElement birth, EntityBuilder subject)
    {
        EuCountry.AddTo(subject, "birthCountry", birth);
        string?[] parts = [birth.Attribute("place"), birth.Attribute("city"), birth.Attribute("region"), birth.Attribute("zipCode")];
        if (parts.Any(part => part is not null))
            subject.Add("birthPlace", string.Join(", ", parts.Append(EuCountry.NameOf(birth)).Where(part => part is not null).Distinct()));
    }
}
