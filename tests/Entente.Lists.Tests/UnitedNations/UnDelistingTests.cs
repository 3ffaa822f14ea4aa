using Entente.Records;

namespace Entente.Lists.Tests.UnitedNations;

/// <summary>An entry with DELISTED_ON is on record, and not listed; the list of these tests was made on 2031-02-03.</summary>
public sealed class UnDelistingTests
{
    private static ListFile Read(string elements, string? generated = null)
    {
        var xml = UnXml.OnePerson(elements);
        return UnXml.Read(generated is null ? xml : xml.Replace(" dateGenerated=\"2031-02-03T04:05:06.700Z\"", generated, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<DELISTED_ON>2030-12-01</DELISTED_ON>")]
    [InlineData("<DELISTED_ON><VALUE>2031-02-03</VALUE></DELISTED_ON>")]
    [InlineData("<DELISTED_ON>2031-01</DELISTED_ON>")]
    public void One_taken_off_before_the_list_was_made_is_no_longer_listed(string elements)
    {
        var list = Read(elements);
        var (person, sanction) = (list.Entities[0], list.Entities[1]);
        Assert.False(person.Target);
        Assert.DoesNotContain("sanction", person.Get("topics"));
        Assert.Equal([Delisting.Status], sanction.Get("status"));
        Assert.NotEmpty(sanction.Get("endDate"));
        Assert.Equal(["TAMIM"], person.Get("name"));
        Assert.Equal([person.Id], Delisting.NoLongerListed(list.Entities));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<DELISTED_ON/>")]
    [InlineData("<DELISTED_ON>2031-02-04</DELISTED_ON>")]
    [InlineData("<DELISTED_ON>2031</DELISTED_ON>")] // perhaps in December
    [InlineData("<DELISTED_ON>soon</DELISTED_ON>")]
    [InlineData("<DELISTED_ON>2014-01-01</DELISTED_ON>")] // listed anew in 2015
    public void Any_other_is_listed(string elements)
    {
        var list = Read(elements);
        Assert.True(list.Entities[0].Target);
        Assert.Contains("sanction", list.Entities[0].Get("topics"));
        Assert.Empty(Delisting.NoLongerListed(list.Entities));
    }

    [Fact]
    public void Where_the_list_does_not_say_when_it_was_made_one_is_listed_and_it_is_said()
    {
        var list = Read("<DELISTED_ON>2030-12-01</DELISTED_ON>", generated: "");
        Assert.True(list.Entities[0].Target);
        Assert.Contains(list.Warnings, warning => warning.Message.Contains("does not say when it was made; the entry is screened", StringComparison.Ordinal));
    }
}
