using System.Globalization;

namespace Entente.Records;

/// <summary>A date known to the year, the month or the day; the FtM date form <c>YYYY</c>, <c>YYYY-MM</c>, <c>YYYY-MM-DD</c>.</summary>
/// <remarks>Gregorian. <c>default</c> has the year 0, is no date, and prints as nothing. Made by <see cref="TryParse"/>
/// and <see cref="FromYear"/>, which admit only years 1000 to 2999 and days that exist.</remarks>
public readonly record struct PartialDate
{
    internal PartialDate(int year, int? month, int? day, bool degraded)
    {
        Year = year;
        Month = month;
        Day = day;
        Degraded = degraded;
    }

    /// <summary>The year, 1000 to 2999; 0 only in <c>default</c>.</summary>
    public int Year { get; }

    /// <summary>The month, 1 to 12, when known.</summary>
    public int? Month { get; }

    /// <summary>The day of the month, when known; then the month is known too.</summary>
    public int? Day { get; }

    /// <summary>True when the text gave a month or a day that does not exist (<c>1974-01-32</c>) or a placeholder
    /// for it (<c>1974-00-00</c>), which was left out. Takes part in equality.</summary>
    public bool Degraded { get; }

    /// <summary>A date known to the year only.</summary>
    /// <param name="year">1000 to 2999.</param>
    /// <returns>The date.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Outside 1000 to 2999.</exception>
    public static PartialDate FromYear(int year) => IsYear(year)
        ? new(year, null, null, false)
        : throw new ArgumentOutOfRangeException(nameof(year), year, "Expected a year from 1000 to 2999.");

    /// <summary>Reads a date as FtM, official lists and spreadsheets write it.</summary>
    /// <remarks>
    /// <para>Accepted: <c>1969</c>, <c>1969-07</c>, <c>1969-7-16</c>, <c>1969/07/16</c>, <c>1969-07-16T00:00:00Z</c> (the time is dropped),
    /// <c>19690716</c>, <c>16/07/1969</c>, <c>16.7.1969</c>, <c>07/1969</c>, <c>16 Jul 1969</c>, <c>16th July 1969</c>, <c>July 16, 1969</c>,
    /// <c>Jul. 1969</c>; month names also in French, Russian and Arabic; European, Arabic and Persian digits.</para>
    /// <para>Two numbers before a year are day and month; month and day only where the first order is impossible
    /// (<c>07/16/1969</c>). A month or day that does not exist degrades to the valid prefix and sets <see cref="Degraded"/>.
    /// Two-digit years and Hijri dates are refused.</para>
    /// </remarks>
    /// <param name="text">The text; <see langword="null"/> is no date.</param>
    /// <param name="date">The date, or <c>default</c>.</param>
    /// <returns>Whether a year could be read and nothing in the text was left unexplained.</returns>
    public static bool TryParse(string? text, out PartialDate date) => PartialDateText.TryParse(text, out date);

    /// <summary>The FtM form: <c>YYYY</c>, <c>YYYY-MM</c> or <c>YYYY-MM-DD</c>; empty for <c>default</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => (Year, Month, Day) switch
    {
        (0, _, _) => "",
        (_, { } month, { } day) => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-{month:D2}-{day:D2}"),
        (_, { } month, null) => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-{month:D2}"),
        _ => Year.ToString("D4", CultureInfo.InvariantCulture),
    };

    internal static bool IsYear(int year) => year is >= 1000 and <= 2999;
}
