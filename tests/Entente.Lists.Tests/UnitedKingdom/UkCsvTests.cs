using System.Text;

namespace Entente.Lists.Tests.UnitedKingdom;

/// <summary>The UK list as CSV gives the same entities as the XML.</summary>
public sealed class UkCsvTests
{
    private const string Rows =
        "04/08/2030,FIC0001,12703,FXi.010,AL-NAHRI,Tamim,Yusuf,Primary Name,,تميم النهري,Individual,Asset freeze|Travel Ban,\"Ferryman, \"\"the\"\" best\r\nof Fordtown\",2 Quay,Yemen,29/06/2012,dd/mm/1963,P04581926,Fordtown,Yemen\r\n"
        + "04/08/2030,FIC0002,,,River Ferry,,,Primary name,,,Entity,Asset freeze,,,,29/06/2012,,,,\n"
        + "04/08/2030,FIC0001,12703,FXi.010,Nahri,,,Alias,Low quality a.k.a,تميم النهري,Individual,Asset freeze|Travel Ban,\"Ferryman, \"\"the\"\" best\nof Fordtown\",3 Quay,Yemen,29/06/2012,dd/mm/1963,P04581926,Fordtown,Yemen\n";

    [Fact]
    public void The_rows_of_a_designation_are_put_together()
    {
        var list = UkList.Read(UkList.CsvHeader + Rows);
        Assert.Empty(list.Warnings);
        Assert.Equal(("gb-ukl", "13-Feb-2031"), (list.Metadata.Dataset, list.Metadata.Version));
        Assert.Equal(["gb-FIC0001", "gb-FIC0002"], list.Entities.Where(e => e.Target == true).Select(e => e.Id));

        var person = list.Entities[0];
        Assert.Equal(["Tamim Yusuf AL-NAHRI", "تميم النهري"], person.Get("name"));
        Assert.Equal(["Nahri"], person.Get("weakAlias"));
        Assert.Equal(["Ferryman, \"the\" best of Fordtown"], person.Get("notes"));
        Assert.Equal(["1963"], person.Get("birthDate"));
        Assert.Equal(["Fordtown, Yemen"], person.Get("birthPlace"));
        Assert.Equal(["2 Quay, Yemen", "3 Quay, Yemen"], person.Get("address"));
        Assert.Single(list.Entities, e => e.Schema == "Passport");
        Assert.Equal(["FXi.010"], list.Entities[1].Get("unscId"));
        Assert.Equal(["Asset freeze", "Travel Ban"], list.Entities[1].Get("provisions"));
    }

    [Fact]
    public void Ids_are_those_of_the_XML()
    {
        var csv = UkList.Read(UkList.CsvHeader + Rows);
        var xml = UkList.ReadOne(UkList.Name + "<Addresses><Address><AddressLine1>2 Quay</AddressLine1><AddressCountry>Yemen</AddressCountry></Address></Addresses><Passport><PassportNumber>P04581926</PassportNumber></Passport>");
        Assert.Subset(csv.Entities.Select(e => e.Id).ToHashSet(), xml.Entities.Select(e => e.Id).ToHashSet());
    }

    [Fact]
    public void Columns_may_stand_in_any_order_and_an_unknown_one_is_named()
    {
        var list = UkList.Read("Designation Type,Name type,Unique ID,OFSI Group ID,Name 6,Horoscope\nIndividual,Primary Name,FIC0001,12,Nahri,lion\n");
        Assert.Equal(["Nahri"], list.Entities[0].Get("name"));
        Assert.Contains(list.Warnings, w => w.Message.Contains("'Horoscope'", StringComparison.Ordinal));
        Assert.Null(list.Metadata.GeneratedAt);
    }

    [Theory]
    [InlineData("04/08/2030,FIC0001,,,Nahri,,,Primary Name,,,Individual,\"Asset", "never closed")]
    [InlineData("04/08/2030,FIC0001,,,Nahri,,,Prim", "cut off")]
    [InlineData("04/08/2030,,,,Nahri,,,Primary Name,,,Individual,,,,,,,,,\n", "no Unique ID")]
    [InlineData("04/08/2030,FIC0001,,,Nahri,,,Primary Name,,,Individual,,,,,,,,,,,surplus\n", "wrong names")]
    [InlineData("", "no entries")]
    public void A_damaged_table_is_refused(string rows, string expected) =>
        Assert.Contains(expected, UkList.Refused(UkList.CsvHeader + rows), StringComparison.Ordinal);

    [Fact]
    public void A_header_without_what_is_needed_or_with_a_column_twice_is_refused()
    {
        Assert.Contains("'Name 6' is missing", UkList.Refused("Unique ID,OFSI Group ID,Name 1\nFIC0001,1,T\n"), StringComparison.Ordinal);
        Assert.Contains("'Name 6' stands twice", UkList.Refused("Unique ID,OFSI Group ID,Name 6,Name 6,Name type,Designation Type\nFIC0001,1,T,U,V,W\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_and_the_encoding_are_watched()
    {
        Assert.Contains("longer than 10 characters", UkList.Refused(UkList.CsvHeader + Rows, new() { MaxValueLength = 10 }), StringComparison.Ordinal);
        Assert.Contains("more than 1 entities", UkList.Refused(UkList.CsvHeader + Rows, new() { MaxEntities = 1 }), StringComparison.Ordinal);
        Assert.Contains("more than 5 values", UkList.Refused(UkList.CsvHeader + Rows, new() { MaxElementsPerRecord = 5 }), StringComparison.Ordinal);
        byte[] bytes = [.. Encoding.UTF8.GetBytes(UkList.CsvHeader), 0xFF, 0xFE, (byte)'\n'];
        Assert.Contains("not UTF-8", Assert.Throws<ListFormatException>(() => ListReader.Read(new MemoryStream(bytes), "uk.csv")).Message, StringComparison.Ordinal);
    }
}
