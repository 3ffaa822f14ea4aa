using System.Text;
using Entente.Records;

namespace Entente.Lists.Tests.Russia;

/// <summary>Rosfinmonitoring's list as a table.</summary>
public sealed class RfmDbfTests
{
    private static readonly Dictionary<string, string> Person = new()
    {
        ["NUMBER"] = "7", ["TERROR"] = "1", ["TU"] = "3", ["NAMEU"] = "РЕЧНОЙ ТИМОФЕЙ ИВАНОВИЧ* (РЕЧНОВ ТИМОФЕЙ)", ["KODCR"] = "64300", ["KODCN"] = "643",
        ["AMR"] = "Г. РЕЧНОЙ, УЛ. ПРИЧАЛЬНАЯ", ["KD"] = "01", ["SD"] = "0000", ["RG"] = "123456", ["ND"] = "000000000000", ["VD"] = "ОВД РЕЧНОГО",
        ["GR"] = "19800323", ["YR"] = "1980", ["MR"] = "Г. РЕЧНОЙ", ["CB_DATE"] = "20290102", ["ROW_ID"] = "1", ["TERRTYPE"] = "РЕШЕНИЕ СУДА",
    };

    private static readonly Dictionary<string, string> Organisation = new() { ["NUMBER"] = "8", ["TERROR"] = "0", ["TU"] = "1", ["NAMEU"] = "ОБЩЕСТВО РЕЧНИКОВ", ["ROW_ID"] = "1" };

    private static ListFile Read(byte[] bytes, ListLimits? limits = null) => ListReader.Read(new MemoryStream(bytes), "list.dbf", limits);

    private static string Refused(byte[] bytes, ListLimits? limits = null) => Assert.Throws<ListFormatException>(() => Read(bytes, limits)).Message;

    [Fact]
    public void A_record_becomes_a_person_with_papers_and_a_sanction()
    {
        var list = Read(Dbf.Write(Dbf.Cp866, 0x65, Person, Organisation));
        Assert.Empty(list.Warnings);
        Assert.Equal(("ru-rfm", "2031-02-03"), (list.Metadata.Dataset, list.Metadata.Version));
        var person = list.Entities[0];
        Assert.Equal(("Person", "РЕЧНОЙ ТИМОФЕЙ ИВАНОВИЧ", "РЕЧНОВ ТИМОФЕЙ"), (person.Schema, person.Of("name"), person.Of("alias")));
        Assert.Equal("rus", Assert.Single(person.Statements, s => s.Property == "name").Lang);
        Assert.Equal(("РЕЧНОЙ", "ТИМОФЕЙ", "ИВАНОВИЧ"), (person.Of("lastName"), person.Of("firstName"), person.Of("fatherName")));
        Assert.Equal(("1980-03-23", "Г. РЕЧНОЙ", "ru", "ru"), (person.Of("birthDate"), person.Of("birthPlace"), person.Of("citizenship"), person.Of("country")));
        Assert.Equal(("crime.terror|sanction", "Terrorism", "000000000000", "0000 123456"), (person.Of("topics"), person.Of("program"), person.Of("innCode"), person.Of("idNumber")));
        Assert.Equal(("2029-01-02", "РЕШЕНИЕ СУДА"), (list.Entities[1].Of("listingDate"), list.Entities[1].Of("reason")));
        Assert.Equal(("0000 123456", "ОВД РЕЧНОГО"), (list.Entities[2].Of("number"), list.Entities[2].Of("authority")));
        var organisation = list.Entities.Single(e => e.Schema == "Organization");
        Assert.Equal(("ОБЩЕСТВО РЕЧНИКОВ", "Extremism", "sanction"), (organisation.Of("name"), organisation.Of("program"), organisation.Of("topics")));
    }

    [Theory]
    [InlineData(866, 0x65)]
    [InlineData(866, 0x26)]
    [InlineData(1251, 0xC9)]
    // Where the header does not say, the letters do.
    [InlineData(866, 0)]
    [InlineData(1251, 0)]
    [InlineData(1251, 0x03)]
    public void The_encoding_is_what_the_header_or_the_letters_say(int codePage, byte driver)
    {
        var list = Read(Dbf.Write(codePage == 866 ? Dbf.Cp866 : Dbf.Windows1251, driver, Person));
        Assert.Equal("РЕЧНОЙ ТИМОФЕЙ ИВАНОВИЧ", list.Entities[0].Caption);
        Assert.Equal("Г. РЕЧНОЙ", list.Entities[0].Of("birthPlace"));
    }

    [Fact]
    public void A_long_name_goes_on_in_further_records_in_the_order_of_their_ids()
    {
        // Sixty letters in a column; the last of the first piece is a space that belongs to the name.
        const string Name = "ОБЩЕСТВО ЛЮБИТЕЛЕЙ РЕЧНЫХ ПЕРЕПРАВ И СТАРШИХ ПАРОМОВ, ИМЕНИ РЕЧНИКА ТИМОФЕЯ";
        Assert.Equal(' ', Name[59]);
        Dictionary<string, string> Row(string id, string name) => new(Organisation) { ["ROW_ID"] = id, ["NAMEU"] = name, ["MR"] = "" };
        var list = Read(Dbf.Write(Dbf.Cp866, 0x65, Row("2", Name[60..]), Person, Row("1", Name[..60])));
        Assert.Equal([Name], list.Entities.Single(e => e.Schema == "Organization").Get("name"));
        Assert.Equal(2, list.Entities.Count(e => e.Schema == "Sanction"));
    }

    [Fact]
    public void What_further_records_repeat_counts_once_and_other_names_are_aliases()
    {
        var list = Read(Dbf.Write(Dbf.Cp866, 0x65, Person, new Dictionary<string, string>(Person) { ["ROW_ID"] = "2", ["NAMEU"] = "РЕЧКИН ТИМ", ["DESCRIPT"] = "ПАРОМЩИК" }, new(Person) { ["ROW_ID"] = "3" }));
        var person = list.Entities[0];
        Assert.Equal(("РЕЧНОЙ ТИМОФЕЙ ИВАНОВИЧ", "РЕЧНОВ ТИМОФЕЙ|РЕЧКИН ТИМ", "Г. РЕЧНОЙ", "ПАРОМЩИК"), (person.Of("name"), person.Of("alias"), person.Of("birthPlace"), person.Of("notes")));
    }

    [Fact]
    public void Deleted_records_are_not_read_and_those_taken_off_are_not_listed()
    {
        var list = Read(Dbf.Write(Dbf.Cp866, 0x65, new(Organisation) { ["deleted"] = "" }, Person,
            new(Organisation) { ["NUMBER"] = "9", ["NAMEU"] = "ЗАКРЫТОЕ ОБЩЕСТВО", ["TERROR"] = "1", ["CE_DATE"] = "20300101" },
            new(Organisation) { ["NUMBER"] = "10", ["NAMEU"] = "ОТКРЫТОЕ ОБЩЕСТВО", ["CE_DATE"] = "20400101" }));
        Assert.DoesNotContain(list.Entities, e => e.Caption == "ОБЩЕСТВО РЕЧНИКОВ");
        var gone = list.Entities.Single(e => e.Caption == "ЗАКРЫТОЕ ОБЩЕСТВО");
        Assert.Equal(("", "Terrorism"), (gone.Of("topics"), gone.Of("program")));
        Assert.Equal([gone.Id], Delisting.NoLongerListed(list.Entities));
        Assert.True(list.Entities.Single(e => e.Caption == "ОТКРЫТОЕ ОБЩЕСТВО").Target);
    }

    [Fact]
    public void Who_is_neither_plainly_a_person_nor_an_organisation_is_screened_as_both()
    {
        var list = Read(Dbf.Write(Dbf.Cp866, 0x65, new(Organisation) { ["TU"] = "2", ["NAMEU"] = "РЕЧНОЙ ТИМ" }, new(Organisation) { ["NUMBER"] = "9", ["TU"] = "2", ["NAMEU"] = "РЕЧНАЯ АННА ПЕТРОВНА" }));
        Assert.Equal(["LegalEntity", "Person"], list.Entities.Where(e => e.Target == true).Select(e => e.Schema));
    }

    [Fact]
    public void An_organisation_with_a_date_and_a_place_is_no_person()
    {
        var list = Read(Dbf.Write(Dbf.Cp866, 0x65, new(Organisation) { ["GR"] = "20010203", ["YR"] = "2001", ["MR"] = "Г. РЕЧНОЙ", ["KODCR"] = "643" },
            new(Organisation) { ["NUMBER"] = "9", ["NAMEU"] = "РЕЧНАЯ АННА ПЕТРОВНА" }));
        Assert.Equal(["Organization", "LegalEntity"], list.Entities.Where(e => e.Target == true).Select(e => e.Schema));
        Assert.Equal(("", "", "Date: 2001-02-03|Г. РЕЧНОЙ", "ru"), (list.Entities[0].Of("birthDate"), list.Entities[0].Of("birthPlace"), list.Entities[0].Of("notes"), list.Entities[0].Of("jurisdiction")));
        Assert.Contains("may be a person", Assert.Single(list.Warnings).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8")] // two entries that are read as one
    [InlineData("7")] // two records of one entry
    public void Nothing_of_a_second_record_is_lost(string number)
    {
        var list = Read(Dbf.Write(Dbf.Cp866, 0x65, new(Person) { ["TERROR"] = "0", ["NAMEU"] = "РЕЧНОЙ ТИМОФЕЙ ИВАНОВИЧ" }, new(Person)
        {
            ["NUMBER"] = number, ["NAMEU"] = "РЕЧНОЙ ТИМОФЕЙ ИВАНОВИЧ", ["ROW_ID"] = "2", ["SD"] = "1111", ["RG"] = "654321", ["VD"] = "ОВД ОЗЕРНОГО", ["ND"] = "111111111111", ["KODCN"] = "887", ["CB_DATE"] = "20300102",
        }));
        var person = Assert.Single(list.Entities, e => e.Target == true);
        Assert.Equal(("0000 123456|1111 654321", "000000000000|111111111111", "ru|ye", "Terrorism"), (person.Of("idNumber"), person.Of("innCode"), person.Of("country"), person.Of("program")));
        Assert.Equal(["0000 123456/ОВД РЕЧНОГО", "1111 654321/ОВД ОЗЕРНОГО"], list.Entities.Where(e => e.Schema == "Identification").Select(e => $"{e.Of("number")}/{e.Of("authority")}"));
        Assert.Equal("2029-01-02|2030-01-02", list.Entities[1].Of("listingDate"));
    }

    [Fact]
    public void Of_two_entries_read_as_one_the_one_in_force_counts()
    {
        var list = Read(Dbf.Write(Dbf.Cp866, 0x65, new(Person) { ["CE_DATE"] = "20300101" }, new(Person) { ["NUMBER"] = "8", ["TERROR"] = "0", ["NAMEU"] = "РЕЧНОЙ ТИМОФЕЙ ИВАНОВИЧ" }));
        Assert.Equal(("sanction", "Extremism", true), (list.Entities[0].Of("topics"), list.Entities[0].Of("program"), list.Entities[0].Target));
        list = Read(Dbf.Write(Dbf.Cp866, 0x65, new(Person) { ["CE_DATE"] = "20300101" }, new(Person) { ["NUMBER"] = "8", ["CE_DATE"] = "20400101" }));
        Assert.Equal(("2040-01-01", true), (list.Entities[1].Of("endDate"), list.Entities[0].Target));
    }

    [Fact]
    public void The_same_entry_has_the_same_id_in_the_table_and_in_the_text()
    {
        var table = Read(Dbf.Write(Dbf.Windows1251, 0xC9, Person)).Entities[0];
        var text = ListReader.Read(new MemoryStream(Encoding.UTF8.GetBytes("Физические лица\n1. РЕЧНОЙ ТИМОФЕЙ ИВАНОВИЧ*, (РЕЧНОВ ТИМОФЕЙ), 23.03.1980 г.р. , Г. РЕЧНОЙ;\n")), "list.txt").Entities[0];
        Assert.Equal(text.Id, table.Id);
    }

    [Fact]
    public void A_damaged_table_or_one_of_something_else_is_refused()
    {
        var whole = Dbf.Write(Dbf.Cp866, 0x65, Person, Organisation);
        Assert.Contains("ends inside record 2 of 2", Refused(whole[..^20]), StringComparison.Ordinal);
        Assert.Contains("ends inside the header", Refused(whole[..200]), StringComparison.Ordinal);
        Assert.Contains("goes on behind its last record", Refused([.. whole[..^1], .. Encoding.ASCII.GetBytes(" more")]), StringComparison.Ordinal);
        Assert.Contains("is not the list of Rosfinmonitoring", Refused(Dbf.WriteColumns(Dbf.Cp866, 0, [("CITY", 20), ("ZIP", 6), ("X", 4)], new Dictionary<string, string> { ["CITY"] = "ADEN" })), StringComparison.Ordinal);
        Assert.Contains("no entries", Refused(Dbf.Write(Dbf.Cp866, 0x65)), StringComparison.Ordinal);
        Assert.Contains("has no NUMBER", Refused(Dbf.Write(Dbf.Cp866, 0x65, new Dictionary<string, string> { ["NAMEU"] = "РЕЧНОЙ" })), StringComparison.Ordinal);
        Assert.Contains("more than 1 entities", Refused(whole, new() { MaxEntities = 1 }), StringComparison.Ordinal);
        whole[10]++; // the length of the records
        Assert.Contains("columns do not fill its records", Refused(whole), StringComparison.Ordinal);
    }

    [Fact]
    public void Random_damage_gives_a_list_or_a_refusal()
    {
        var whole = Dbf.Write(Dbf.Cp866, 0, Person, Organisation, Person);
        var random = new Random(7);
        for (var round = 0; round < 2000; round++)
        {
            var damaged = (byte[])whole.Clone();
            for (var edits = random.Next(1, 6); edits > 0; edits--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                Assert.NotEmpty(Read(damaged[..random.Next(1, damaged.Length + 1)]).Entities);
            }
            catch (ListFormatException refusal)
            {
                Assert.DoesNotContain(refusal.Message, char.IsControl);
            }
        }
    }
}
