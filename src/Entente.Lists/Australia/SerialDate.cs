using System.Globalization;

namespace Entente.Lists.Australia;

/// <summary>Dates that a spreadsheet keeps as the number of days since the end of 1899.</summary>
internal static class SerialDate
{
    // A number up to here, which would be a day before October 1905, may as well be a year.
    private const int LastYear = 2100;

    private const int Most = 80_000;

    // 29 February 1900, which Lotus 1-2-3 believed in and Excel keeps.
    private const int DayThatNeverWas = 60;

    /// <summary>The date in FtM form where the text is such a number, and no year; otherwise the text.</summary>
    /// <remarks>For tables that do not say which numbers are dates. Those of a workbook do: <see cref="Workbook"/>.</remarks>
    public static string Text(string text) => TryRead(text, out var days) && days is > LastYear and <= Most ? Date(days) : text;

    /// <summary>The date in FtM form of a number that is known to be one; otherwise, as of a time of day alone, the text.</summary>
    public static string OfDays(string text) => TryRead(text, out var days) && days is >= 1 and <= Most ? Date(days) : text;

    private static bool TryRead(string text, out double days) => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out days);

    private static string Date(double days) =>
        new DateOnly(1899, 12, days < DayThatNeverWas ? 31 : 30).AddDays((int)days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
