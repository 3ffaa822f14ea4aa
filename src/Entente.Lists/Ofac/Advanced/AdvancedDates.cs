using System.Globalization;

namespace Entente.Lists.Ofac.Advanced;

/// <summary>Dates of the advanced XML, in the words of the other formats: '1962', 'circa 1951', '1960 to 1965'.</summary>
internal static class AdvancedDates
{
    /// <summary>A <c>DatePeriod</c>: from the first day that it may begin to the last that it may end.</summary>
    /// <returns><see langword="null"/> where it holds no date.</returns>
    public static string? Period(ListElement? period)
    {
        if (period is null)
            return null;
        var (start, end) = (Child(period, "Start"), Child(period, "End"));
        var from = Point(Child(start, "From")) ?? Point(Child(start, "To")) ?? Point(Child(end, "From"));
        var until = Point(Child(end, "To")) ?? Point(Child(end, "From")) ?? Point(Child(start, "To")) ?? from;
        if (from is not { } first || until is not { } last)
            return null;

        var circa = start?.Attribute("Approximate") == "true" || end?.Attribute("Approximate") == "true" ? "circa " : "";
        return circa + Words(first, last);
    }

    /// <summary>A <c>Date</c> of year, month and day.</summary>
    public static string? Day(ListElement? date) => Point(date)?.ToString();

    // A year runs from its first day to its last, and so does a month.
    private static string Words(YearMonthDay first, YearMonthDay last)
    {
        if (first == last)
            return first.ToString();
        if (first is { Month: 1, Day: 1 } && last is { Month: 12, Day: 31 })
        {
            return first.Year == last.Year
                ? first.Year.ToString("D4", CultureInfo.InvariantCulture)
                : string.Create(CultureInfo.InvariantCulture, $"{first.Year:D4} to {last.Year:D4}");
        }
        if (first.Year == last.Year && first.Month == last.Month && first.Day == 1 && last.Day >= 28)
            return (first with { Day = null }).ToString();
        return $"{first} to {last}";
    }

    private static YearMonthDay? Point(ListElement? point) =>
        Number(point, "Year") is { } year ? new YearMonthDay(year, Number(point, "Month"), Number(point, "Day")) : null;

    private static int? Number(ListElement? point, string part) =>
        int.TryParse(point?.Value(part), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static ListElement? Child(ListElement? element, string name) => element?.All(name).FirstOrDefault();

    private readonly record struct YearMonthDay(int Year, int? Month, int? Day)
    {
        public override string ToString() => (Month, Day) switch
        {
            (null, _) => Year.ToString("D4", CultureInfo.InvariantCulture),
            (_, null) => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-{Month:D2}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-{Month:D2}-{Day:D2}"),
        };
    }
}
