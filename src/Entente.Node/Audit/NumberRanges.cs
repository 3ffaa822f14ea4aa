using System.Globalization;
using System.Text;

namespace Entente.Node.Audit;

/// <summary>Numbers of entries in few words: <c>1-5,8,10-20</c>.</summary>
internal static class NumberRanges
{
    /// <summary>Writes numbers.</summary>
    /// <param name="ascending">Each larger than the one before.</param>
    public static string Write(IEnumerable<long> ascending)
    {
        var text = new StringBuilder();
        long first = 0, last = -1;
        foreach (var number in ascending)
        {
            if (last >= 0 && number == last + 1)
            {
                last = number;
                continue;
            }
            Add();
            first = last = number;
        }
        Add();
        return text.ToString();

        void Add()
        {
            if (last < 0)
                return;
            text.Append(text.Length == 0 ? "" : ",").Append(first.ToString(CultureInfo.InvariantCulture));
            if (last > first)
                text.Append('-').Append(last.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote; what is no range is left out, and so covers nothing.</summary>
    public static IEnumerable<(long First, long Last)> Read(string text)
    {
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = part.Split('-');
            if (ends.Length <= 2 && TryNumber(ends[0], out var first) && TryNumber(ends[^1], out var last) && first <= last)
                yield return (first, last);
        }
    }

    private static bool TryNumber(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
