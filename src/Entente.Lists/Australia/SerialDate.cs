using System.Globalization;

namespace Entente.Lists.Australia;

/// <summary>Dates that a spreadsheet keeps as the number of days since the end of 1899.</summary>
internal static class SerialDate
{
    // From 1927 on: a lower number could be a year, or none.
    private const int Least = 10_000;

    private const int Most = 80_000;

    /// <summary>The date in FtM form where the text is such a number; otherwise the text.</summary>
    public static string Text(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var days) && days is >= Least and <= Most
            ? DateOnly.FromDayNumber(new DateOnly(1899, 12, 30).DayNumber + (int)days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : text;
}
