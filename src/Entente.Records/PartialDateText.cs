using System.Globalization;

namespace Entente.Records;

/// <summary>The grammar behind <see cref="PartialDate.TryParse"/>.</summary>
internal static class PartialDateText
{
    // Longest sensible text: "Wednesday"-less, "16th of September 1969" with time and zone.
    private const int MaxLength = 48;

    private readonly record struct Part(int Value, int Digits, bool IsMonthName);

    public static bool TryParse(string? text, out PartialDate date)
    {
        date = default;
        if (string.IsNullOrWhiteSpace(text) || text.Length > MaxLength)
            return false;
        if (TryIsoDay(text, out date))
            return true;

        Span<Part> parts = stackalloc Part[3];
        if (!TrySplit(CutTime(text.Trim()), parts, out var count))
            return false;

        return count switch
        {
            1 => FromOne(parts[0], out date),
            2 => FromTwo(parts[0], parts[1], out date),
            3 => FromThree(parts[0], parts[1], parts[2], out date),
            _ => false,
        };
    }

    // Most dates of most lists are plain YYYY-MM-DD, and lists have many.
    private static bool TryIsoDay(string text, out PartialDate date)
    {
        date = default;
        if (text.Length != 10 || text[4] != '-' || text[7] != '-')
            return false;
        var number = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (i is 4 or 7)
                continue;
            if (!char.IsAsciiDigit(text[i]))
                return false;
            number = (number * 10) + (text[i] - '0');
        }
        return Make(number / 10000, number / 100 % 100, number % 100, out date);
    }

    // "1969-07-16T00:00:00Z", "1969-07-16 00:00:00", and the dates with a zone that XML has, "2015-04-07-04:00".
    private static ReadOnlySpan<char> CutTime(string text)
    {
        if (text.Length > 10 && text[4] == '-' && text[7] == '-' && (text[10] is 'T' or 'Z' or ' ' || (text.Length == 16 && text[13] == ':')))
            return text.AsSpan(0, 10);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return text;
        var end = text.AsSpan(0, colon).LastIndexOfAny('T', ' ');
        return end > 0 ? text.AsSpan(0, end) : text;
    }

    private static bool TrySplit(ReadOnlySpan<char> text, Span<Part> parts, out int count)
    {
        count = 0;
        var i = 0;
        while (i < text.Length)
        {
            if (IsSeparator(text[i]))
            {
                i++;
                continue;
            }

            var start = i;
            if (Digit(text[i]) >= 0)
            {
                var value = 0;
                while (i < text.Length && Digit(text[i]) is >= 0 and var digit && i - start < 9)
                {
                    value = (value * 10) + digit;
                    i++;
                }
                if (!TryTake(parts, ref count, new Part(value, i - start, false)))
                    return false;
                continue;
            }

            while (i < text.Length && (char.IsLetter(text[i]) || char.GetUnicodeCategory(text[i]) == UnicodeCategory.NonSpacingMark))
                i++;
            var word = text[start..i];
            if (word.IsEmpty)
                return false;
            if (MonthNames.TryGet(word, out var month))
            {
                if (!TryTake(parts, ref count, new Part(month, 0, true)))
                    return false;
            }
            else if (!IsFiller(word, afterNumber: count > 0))
            {
                return false;
            }
        }
        return count > 0;
    }

    private static bool TryTake(Span<Part> parts, ref int count, Part part)
    {
        if (count == parts.Length)
            return false;
        parts[count++] = part;
        return true;
    }

    private static bool FromOne(Part part, out PartialDate date)
    {
        date = default;
        if (part.IsMonthName)
            return false;
        if (part.Digits == 4)
            return Make(part.Value, null, null, out date);
        if (part.Digits != 8)
            return false;

        // yyyyMMdd, or ddMMyyyy where only that exists.
        int year = part.Value / 10000, month = part.Value / 100 % 100, day = part.Value % 100;
        int year2 = part.Value % 10000, month2 = part.Value / 10000 % 100, day2 = part.Value / 1000000;
        if (!Exists(year, month, day) && Exists(year2, month2, day2))
            return Make(year2, month2, day2, out date);
        return Make(year, month, day, out date);
    }

    private static bool FromTwo(Part first, Part second, out PartialDate date)
    {
        date = default;
        if (first.Digits == 4 && second.Digits <= 2)
            return Make(first.Value, second.Value, null, out date);
        return second.Digits == 4 && first.Digits <= 2 && Make(second.Value, first.Value, null, out date);
    }

    private static bool FromThree(Part first, Part second, Part third, out PartialDate date)
    {
        date = default;
        var names = (first.IsMonthName ? 1 : 0) + (second.IsMonthName ? 1 : 0) + (third.IsMonthName ? 1 : 0);
        if (names > 1)
            return false;
        if (first.Digits == 4 && second.Digits <= 2 && third.Digits <= 2)
        {
            return third.IsMonthName
                ? Make(first.Value, third.Value, second.Value, out date)
                : Make(first.Value, second.Value, third.Value, out date);
        }
        if (third.Digits != 4 || first.Digits > 2 || second.Digits > 2)
            return false;
        if (first.IsMonthName)
            return Make(third.Value, first.Value, second.Value, out date);
        if (!second.IsMonthName && !Exists(third.Value, second.Value, first.Value) && Exists(third.Value, first.Value, second.Value))
            return Make(third.Value, first.Value, second.Value, out date);
        return Make(third.Value, second.Value, first.Value, out date);
    }

    private static bool Make(int year, int? month, int? day, out PartialDate date)
    {
        date = default;
        if (!PartialDate.IsYear(year))
            return false;
        if (month is < 1 or > 12)
            date = new(year, null, null, true);
        else if (day is not null && !Exists(year, month!.Value, day.Value)) // a day is never given without its month
            date = new(year, month, null, true);
        else
            date = new(year, month, day, false);
        return true;
    }

    private static bool Exists(int year, int month, int day) =>
        PartialDate.IsYear(year) && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);

    private static bool IsSeparator(char c) =>
        c is '-' or '/' or '.' or ',' or '\u060C' or '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2212' or '\u200E' or '\u200F'
        || char.IsWhiteSpace(c);

    // "16th", "1er", "of", "de", "г." after a Russian year.
    private static bool IsFiller(ReadOnlySpan<char> word, bool afterNumber) =>
        afterNumber && (Is(word, "st") || Is(word, "nd") || Is(word, "rd") || Is(word, "th") || Is(word, "er")
            || Is(word, "of") || Is(word, "de") || Is(word, "г") || Is(word, "года"));

    private static bool Is(ReadOnlySpan<char> word, string other) => word.Equals(other, StringComparison.OrdinalIgnoreCase);

    // ASCII, Arabic-Indic and Persian digits.
    private static int Digit(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= '\u0660' and <= '\u0669' => c - '\u0660',
        >= '\u06F0' and <= '\u06F9' => c - '\u06F0',
        _ => -1,
    };
}
