using FsCheck;
using FsCheck.Fluent;

namespace Entente.Records.Tests;

public sealed class PartialDateTests
{
    [Theory]
    [InlineData("1969", "1969")]
    [InlineData("1969-07", "1969-07")]
    [InlineData("1969-7-16", "1969-07-16")]
    [InlineData("1969/07/16", "1969-07-16")]
    [InlineData(" 1969-07-16 ", "1969-07-16")]
    [InlineData("1969-07-16T00:00:00-04:00", "1969-07-16")]
    [InlineData("1969-07-16 10:20:30", "1969-07-16")]
    [InlineData("2015-04-07-04:00", "2015-04-07")]
    [InlineData("19690716", "1969-07-16")]
    [InlineData("16071969", "1969-07-16")]
    [InlineData("16/07/1969", "1969-07-16")]
    [InlineData("07/16/1969", "1969-07-16")]
    [InlineData("03/04/1969", "1969-04-03")]
    [InlineData("16.7.1969", "1969-07-16")]
    [InlineData("07/1969", "1969-07")]
    [InlineData("7 Mar 1973", "1973-03-07")]
    [InlineData("7 Mar. 1973", "1973-03-07")]
    [InlineData("07-MAR-1973", "1973-03-07")]
    [InlineData("07Mar1973", "1973-03-07")]
    [InlineData("7th of March 1973", "1973-03-07")]
    [InlineData("March 7, 1973", "1973-03-07")]
    [InlineData("1973 Mar 7", "1973-03-07")]
    [InlineData("1973 7 Mar", "1973-03-07")]
    [InlineData("August 1983", "1983-08")]
    [InlineData("7 août 1973", "1973-08-07")]
    [InlineData("1er août 1973", "1973-08-01")]
    [InlineData("7 марта 1973 г.", "1973-03-07")]
    [InlineData("7 آذار 1973", "1973-03-07")]
    [InlineData("٧ يوليو ١٩٧٣", "1973-07-07")]
    [InlineData("۱۹۷۳/۰۷/۰۱", "1973-07-01")]
    [InlineData("29.02.2000", "2000-02-29")]
    public void A_date_is_read_however_it_is_written(string text, string expected)
    {
        Assert.True(PartialDate.TryParse(text, out var date));
        Assert.Equal(expected, date.ToString());
        Assert.False(date.Degraded);
    }

    [Theory]
    [InlineData("1974-01-32", "1974-01")]
    [InlineData("1974-13-05", "1974")]
    [InlineData("1974-00-00", "1974")]
    [InlineData("1974-02-30", "1974-02")]
    [InlineData("30/02/1974", "1974-02")]
    [InlineData("45/45/1974", "1974")]
    [InlineData("29 Feb 1900", "1900-02")]
    [InlineData("19741301", "1974")]
    public void A_part_that_does_not_exist_leaves_the_valid_prefix(string text, string expected)
    {
        Assert.True(PartialDate.TryParse(text, out var date));
        Assert.Equal(expected, date.ToString());
        Assert.True(date.Degraded);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("unknown")]
    [InlineData("16/07/69")]
    [InlineData("0969-01-01")]
    [InlineData("3000")]
    [InlineData("March")]
    [InlineData("Mar Apr 1973")]
    [InlineData("1973 or 1974")]
    [InlineData("1973-01-02-03")]
    [InlineData("999999999999999999999")]
    [InlineData("born 1973 in the village that is on no map of the region at all")]
    [InlineData("1973?")]
    public void What_is_not_a_date_is_refused(string? text)
    {
        Assert.False(PartialDate.TryParse(text, out var date));
        Assert.Equal(default, date);
        Assert.Equal("", date.ToString());
    }

    [Fact]
    public void Every_day_survives_its_own_text() =>
        Prop.ForAll(
            ArbMap.Default.GeneratorFor<DateTime>().Where(d => d.Year is >= 1000 and <= 2999).ToArbitrary(),
            day =>
            {
                var text = day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
                return PartialDate.TryParse(text, out var date) && date.ToString() == text && !date.Degraded;
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_gives_a_date_or_none_and_a_date_reads_back_as_itself() =>
        Prop.ForAll<string>(text => !PartialDate.TryParse(text, out var date)
            || (PartialDate.TryParse(date.ToString(), out var again) && again.ToString() == date.ToString()))
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(999)]
    [InlineData(3000)]
    public void A_year_out_of_range_is_a_fault_of_the_caller(int year) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PartialDate.FromYear(year));
}
