using System.Globalization;
using Entente.Records;

namespace Entente.Lists.Drafts;

/// <summary>Birth dates of which only a span of years is known.</summary>
internal static class BirthYears
{
    // A span this long says nothing that a screening could weigh year by year.
    private const int LongestSpan = 20;

    /// <summary>Adds each year of a span as a birth date; a span too long to weigh goes to the notes, with a warning.</summary>
    /// <param name="record">Whose.</param>
    /// <param name="first">One end, a year from 1000 to 2999.</param>
    /// <param name="last">The other end.</param>
    /// <param name="wording">What the publisher wrote.</param>
    /// <param name="line">For the warning, from 1.</param>
    public static void Add(RecordDraft record, int first, int last, string wording, int line)
    {
        var (start, end) = (Math.Min(first, last), Math.Max(first, last));
        if (end - start > LongestSpan)
        {
            record.Warn(line, $"the birth date '{wording}' spans more than {LongestSpan.ToString(CultureInfo.InvariantCulture)} years and was kept in the notes only.");
            record.Subject.Add("notes", "Date of birth: " + wording);
            return;
        }
        for (var year = start; year <= end; year++)
            record.Subject.Add("birthDate", PartialDate.FromYear(year).ToString(), originalValue: wording);
    }
}
