using System.Text;

namespace Entente.Lists.Tests.Canada;

/// <summary>The Canadian list, about people who do not exist.</summary>
public sealed class CaSanctionsTests
{
    private const string Person = """
        <record><Country-Pays>Fictia / Fictie</Country-Pays><LastName-NomDeFamille>Rekin</LastName-NomDeFamille><GivenName-Prenom>Timon Ivanovich</GivenName-Prenom>
        <Aliases-Alias>Timon Rekine; Russian: Тимон РЕКИН; Reka</Aliases-Alias><DateOfBirthOrShipBuildDate-DateDeNaissanceOuDateDeConstructionDuNavire>1971-03-02</DateOfBirthOrShipBuildDate-DateDeNaissanceOuDateDeConstructionDuNavire>
        <TitleOrShipType-TitreOuTypeDeNavire>Harbour master | Capitaine de port</TitleOrShipType-TitreOuTypeDeNavire>
        <Schedule-Annexe>1, Part 1.1</Schedule-Annexe><Item-NumeroDarticle>7</Item-NumeroDarticle><DateOfListing-DateDinscription>2029-09-28</DateOfListing-DateDinscription></record>
        """;

    [Fact]
    public void A_record_becomes_a_person_and_a_sanction()
    {
        var list = Read(Person);
        Assert.Empty(list.Warnings);
        Assert.Equal(("ca-sema", "2029-09-28"), (list.Metadata.Dataset, list.Metadata.Version));

        var person = list.Entities[0];
        Assert.Equal(("ca-Fictia-1-Part-1.1-7", "Person", true), (person.Id, person.Schema, person.Target));
        Assert.Equal(["Timon Ivanovich Rekin"], person.Get("name"));
        Assert.Equal(["Timon Ivanovich"], person.Get("firstName"));
        Assert.Equal(["Rekin"], person.Get("lastName"));
        Assert.Equal(["Timon Rekine", "Тимон РЕКИН"], person.Get("alias"));
        Assert.Equal("rus", person.Statements.Single(s => s.Value == "Тимон РЕКИН").Lang);
        Assert.Equal(["Reka"], person.Get("weakAlias"));
        Assert.Equal(["1971-03-02"], person.Get("birthDate"));
        Assert.Equal(["Harbour master"], person.Get("position"));
        Assert.Equal(["Fictia"], person.Get("program"));

        var sanction = list.Entities[1];
        Assert.Equal("ca-Fictia-1-Part-1.1-7-sanction", sanction.Id);
        Assert.Equal(["2029-09-28"], sanction.Get("listingDate"));
        Assert.Equal(["Schedule 1, Part 1.1, item 7"], sanction.Get("description"));
    }

    [Fact]
    public void The_older_names_of_the_elements_give_the_same()
    {
        var older = Read(Person.Replace("-Pays>", ">", StringComparison.Ordinal).Replace("-NomDeFamille>", ">", StringComparison.Ordinal).Replace("-Prenom>", ">", StringComparison.Ordinal)
            .Replace("-Alias>", ">", StringComparison.Ordinal).Replace("-DateDeNaissanceOuDateDeConstructionDuNavire>", ">", StringComparison.Ordinal).Replace("-Annexe>", ">", StringComparison.Ordinal)
            .Replace("-NumeroDarticle>", ">", StringComparison.Ordinal).Replace("-DateDinscription>", ">", StringComparison.Ordinal).Replace("TitleOrShipType-TitreOuTypeDeNavire", "TitleOrShip", StringComparison.Ordinal));
        Assert.Empty(older.Warnings);
        var (now, then) = (Read(Person).Entities, older.Entities);
        Assert.Equal(now.Select(e => e.Id), then.Select(e => e.Id));
        Assert.Equal(now.SelectMany(e => e.Statements), then.SelectMany(e => e.Statements));
    }

    [Theory]
    [InlineData("<EntityOrShip>River Bank</EntityOrShip>", "Organization")]
    [InlineData("<EntityOrShip>River Star</EntityOrShip><ShipIMONumber>IMO 9074729</ShipIMONumber>", "Vessel")]
    [InlineData("<EntityOrShip>River Star</EntityOrShip><TitleOrShipType>Crude oil tanker | Pétrolier</TitleOrShipType>", "Vessel")]
    [InlineData("<EntityOrShip>River Star</EntityOrShip><TitleOrShipType>General Cargo Ships (coastal) | Cargo</TitleOrShipType>", "Vessel")]
    [InlineData("<EntityOrShip>River Star</EntityOrShip><TitleOrShipType>Tanker for crude oil</TitleOrShipType>", "Vessel")]
    [InlineData("<EntityOrShip>River Star</EntityOrShip><TitleOrShipType>Crude/Oil Products Tanker</TitleOrShipType>", "Vessel")]
    // Words that hold 'ship', and what has to do with ships and is none.
    [InlineData("<EntityOrShip>River Council</EntityOrShip><TitleOrShipType>Leadership of the river</TitleOrShipType>", "Organization")]
    [InlineData("<EntityOrShip>River Brothers</EntityOrShip><TitleOrShipType>Partnership</TitleOrShipType>", "Organization")]
    [InlineData("<EntityOrShip>River Lines</EntityOrShip><TitleOrShipType>Shipping company</TitleOrShipType>", "Organization")]
    [InlineData("<EntityOrShip>River Lines</EntityOrShip><TitleOrShipType>Tanker company</TitleOrShipType>", "Organization")]
    [InlineData("<EntityOrShip>River Wings</EntityOrShip><TitleOrShipType>Air carrier</TitleOrShipType>", "Organization")]
    [InlineData("<EntityOrShip>Tin Reka</EntityOrShip><DateOfBirthOrShipBuildDate>1947</DateOfBirthOrShipBuildDate><TitleOrShipType>Captain of the vessel</TitleOrShipType>", "Person")]
    [InlineData("<EntityOrShip>River Lines</EntityOrShip><ShipIMONumber>1234568</ShipIMONumber>", "Organization")] // no ship's check digit
    [InlineData("<EntityOrShip>Tin Reka</EntityOrShip><DateOfBirthOrShipBuildDate>1947</DateOfBirthOrShipBuildDate>", "Person")]
    public void What_is_listed_follows_from_the_fields(string fields, string schema) =>
        Assert.Equal(schema, Read(Record(fields)).Entities[0].Schema);

    [Fact]
    public void A_ship_has_its_number_and_the_day_it_was_built()
    {
        var ship = Read(Record("<EntityOrShip>River Star (formerly Lake Star)</EntityOrShip><ShipIMONumber>9074729</ShipIMONumber><DateOfBirthOrShipBuildDate>1994</DateOfBirthOrShipBuildDate>")).Entities[0];
        Assert.Equal(["River Star"], ship.Get("name"));
        Assert.Equal(["Lake Star"], ship.Get("previousName"));
        Assert.Equal(["9074729"], ship.Get("imoNumber"));
        Assert.Equal(["1994"], ship.Get("buildDate"));
        Assert.Empty(ship.Get("birthDate"));
    }

    [Theory]
    [InlineData("", "Organization")]
    [InlineData("<TitleOrShipType>Oil tanker</TitleOrShipType>", "Vessel")]
    public void A_number_that_is_no_ships_is_kept_and_told_of(string title, string schema)
    {
        var list = Read(Record("<EntityOrShip>River Lines</EntityOrShip><ShipIMONumber>IMO 1234568</ShipIMONumber>" + title));
        Assert.Equal((schema, "1234568"), (list.Entities[0].Schema, list.Entities[0].Of("imoNumber")));
        Assert.Contains("check digit", Assert.Single(list.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Brackets_hold_other_names_or_belong_to_the_name()
    {
        var list = Read(Record("<EntityOrShip>River Ferry Association (also known as The Ferrymen) (RFA)</EntityOrShip>") + Record("<EntityOrShip>River Bank (North)</EntityOrShip>", "2"));
        var (first, second) = (list.Entities[0], list.Entities[2]);
        Assert.Equal(["River Ferry Association"], first.Get("name"));
        Assert.Equal(["The Ferrymen"], first.Get("alias"));
        Assert.Equal(["RFA"], first.Get("abbreviation"));
        Assert.Equal(["River Bank (North)"], second.Get("name"));
        Assert.Equal(["River Bank"], second.Get("alias"));
    }

    [Fact]
    public void A_name_in_the_column_of_ship_numbers_is_a_name()
    {
        var list = Read(Record("<EntityOrShip>River Bank</EntityOrShip><ShipIMONumber>River Trust</ShipIMONumber>"));
        Assert.Equal(["River Trust"], list.Entities[0].Get("alias"));
        Assert.Contains("not an IMO number", Assert.Single(list.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_item_twice_gives_ids_of_what_is_said_whatever_the_order()
    {
        var (a, b) = (Record("<EntityOrShip>River Bank</EntityOrShip>"), Record("<EntityOrShip>Lake Bank</EntityOrShip>"));
        var ids = Ids(Read(a + b));
        Assert.Equal(2, ids.Count);
        Assert.All(ids, id => Assert.StartsWith("ca-Fictia-1-1-", id, StringComparison.Ordinal));
        Assert.Equal(ids, Ids(Read(b + a)));

        var same = Read(a + a);
        Assert.Single(same.Entities, e => e.Target == true);
        Assert.Contains("counts once", Assert.Single(same.Warnings).Message, StringComparison.Ordinal);

        static HashSet<string> Ids(ListFile list) => [.. list.Entities.Where(e => e.Target == true).Select(e => e.Id)];
    }

    // The same item, and the same but for something that only one version of the list has, or that stands twice.
    [Theory]
    [InlineData("<Entity>River Bank</Entity>", "<Entity>Lake Bank</Entity>")]
    [InlineData("<EntityOrShip>River Bank</EntityOrShip><Aliases>A B</Aliases><Aliases>C D</Aliases>", "<EntityOrShip>River Bank</EntityOrShip><Aliases>A B</Aliases><Aliases>E F</Aliases>")]
    [InlineData("<EntityOrShip>River Bank</EntityOrShip><Entity>Sea Bank</Entity>", "<EntityOrShip>River Bank</EntityOrShip><Entity>Lake Bank</Entity>")]
    [InlineData("<LastName>Rekin</LastName><NewNumber>1</NewNumber>", "<LastName>Rekin</LastName><NewNumber>2</NewNumber>")]
    public void Records_of_one_item_that_differ_in_anything_are_both_kept(string one, string other)
    {
        var ids = Read(Record(one) + Record(other)).Entities.Where(e => e.Target == true).Select(e => e.Id).ToHashSet();
        Assert.Equal(2, ids.Count);
        Assert.True(ids.SetEquals(Read(Record(other) + Record(one) + Record(one)).Entities.Where(e => e.Target == true).Select(e => e.Id)));
    }

    [Fact]
    public void A_second_name_is_an_alias_with_a_warning()
    {
        var list = Read(Record("<EntityOrShip>River Bank</EntityOrShip><Entity>Lake Bank</Entity>") + Record("<GivenName>Tin</GivenName><LastName>Rekin</LastName><LastName>Ozer</LastName>", "2"));
        Assert.Equal(("River Bank", "Lake Bank"), (list.Entities[0].Of("name"), list.Entities[0].Of("alias")));
        Assert.Equal(("Tin Rekin", "Ozer"), (list.Entities[2].Of("name"), list.Entities[2].Of("weakAlias")));
        Assert.Equal(2, list.Warnings.Count(w => w.Message.Contains("second name", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("1956 or 1957", "1956,1957")]
    [InlineData("between 1956 and 1958", "1956,1957,1958")]
    [InlineData("circa 1956", "1956")]
    [InlineData("1956-00-00", "1956")]
    [InlineData("spring", "")]
    public void A_birth_date_may_be_less_than_a_day(string text, string expected)
    {
        var person = Read(Record($"<LastName>Rekin</LastName><DateOfBirthOrShipBuildDate>{text}</DateOfBirthOrShipBuildDate>")).Entities[0];
        Assert.Equal(expected, string.Join(',', person.Get("birthDate")));
        if (expected.Length == 0)
            Assert.Equal(["Date of birth: spring"], person.Get("notes"));
    }

    [Fact]
    public void Unknown_elements_are_named_once() =>
        Assert.Contains("<Horoscope>", Assert.Single(Read(Record("<LastName>Rekin</LastName><Horoscope-Horoscope>lion</Horoscope-Horoscope>") + Record("<LastName>Ozer</LastName><Horoscope>ram</Horoscope>", "2")).Warnings).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("", "no entries")]
    [InlineData("<record><LastName>Rekin</LastName></record>", "neither country, schedule nor item")]
    [InlineData("<record><Country>Fictia</Country>", "not well-formed")]
    public void A_bad_list_is_refused(string records, string expected) =>
        Assert.Contains(expected, Assert.Throws<ListFormatException>(() => Read(records)).Message, StringComparison.Ordinal);

    private static string Record(string fields, string item = "1") =>
        $"<record><Country>Fictia / Fictie</Country><Schedule>1</Schedule><Item>{item}</Item>{fields}</record>";

    private static ListFile Read(string records) =>
        ListReader.Read(new MemoryStream(Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?><data-set>{records}</data-set>")), "ca.xml");
}
