namespace Entente.Lists.Tests.Ofac;

public sealed class OfacXmlTests
{
    [Theory]
    [InlineData(OfacSamples.OldNamespace)]
    [InlineData(OfacSamples.NewNamespace)]
    public void Both_namespaces_are_read(string xmlNamespace)
    {
        var list = OfacSamples.Read(OfacSamples.Xml(OfacSamples.Person + OfacSamples.Company + OfacSamples.Ship, xmlNamespace, 3));
        Assert.Equal(["Person", "Organization", "Vessel"], list.Entities.Where(e => e.Target == true).Select(e => e.Schema));
        Assert.Equal(("us-ofac-sdn", "02/03/2031"), (list.Metadata.Dataset, list.Metadata.Version));
        Assert.Equal(new DateTimeOffset(2031, 2, 3, 0, 0, 0, TimeSpan.Zero), list.Metadata.GeneratedAt);
        Assert.Empty(list.Warnings);
    }

    [Fact]
    public void A_person_is_read_as_a_person_would_read_it()
    {
        var list = OfacSamples.Read(OfacSamples.Xml(OfacSamples.Person + OfacSamples.Company));
        var person = list.Get("us-ofac-90001");
        Assert.Equal(["Tamim Yusuf AL-NAHRI"], person.Get("name"));
        Assert.Equal(["AL-NAHRI"], person.Get("lastName"));
        Assert.Equal(["Tamim Yusuf"], person.Get("firstName"));
        Assert.Equal(["Tameem EL NAHRI", "Tamim AL-WADI"], person.Get("alias"));
        Assert.Equal(["THE FERRYMAN"], person.Get("weakAlias"));
        Assert.Equal(["Tamim AL-BAHRI"], person.Get("previousName"));
        Assert.Equal(["1966-02-03", "1967", "1970", "1971", "1972"], person.Get("birthDate"));
        Assert.Equal(["kp"], person.Get("birthCountry"));
        Assert.Equal(["ye"], person.Get("nationality"));
        Assert.Equal(["om"], person.Get("citizenship"));
        Assert.Equal(["ye", "kp"], person.Get("country"));
        Assert.Equal(["male"], person.Get("gender"));
        Assert.Equal(["Minister of Ferries"], person.Get("position"));
        Assert.Equal(["Haji"], person.Get("title"));
        Assert.Equal(["X0012345"], person.Get("passportNumber"));
        Assert.Equal(["77"], person.Get("idNumber"));
        Assert.Equal(["1 Quay, Old Port, Aden, Yemen"], person.Get("address"));
        Assert.Equal(["SDGT", "FICTION-EO1"], person.Get("program"));
        Assert.Equal("circa 1967", person.Statements.Single(s => s.Value == "1967").OriginalValue);
    }

    [Fact]
    public void Months_come_first_in_dates_of_papers()
    {
        var list = OfacSamples.Read(OfacSamples.Xml(OfacSamples.Person));
        var passport = Assert.Single(list.Of("Passport", "holder", "us-ofac-90001"));
        Assert.Equal("1999-05-06", Assert.Single(passport.Get("startDate")));
        Assert.Equal("2009-12-31", Assert.Single(passport.Get("endDate")));
        Assert.Equal("ye", Assert.Single(passport.Get("country")));
    }

    [Fact]
    public void Wallets_sanctions_and_links_are_entities_that_point_to_the_entry()
    {
        var list = OfacSamples.Read(OfacSamples.Xml(OfacSamples.Person + OfacSamples.Company));
        var wallet = Assert.Single(list.Of("CryptoWallet", "holder", "us-ofac-90001"));
        Assert.Equal(("1FictionFictionFictionFiction", "XBT"), (wallet.Get("publicKey")[0], wallet.Get("currencySymbol")[0]));
        var sanction = list.Get("us-ofac-90001-sanction");
        Assert.Equal(["SDGT", "FICTION-EO1"], sanction.Get("program"));
        Assert.Equal(["Secondary sanctions risk: section 1(b) of Executive Order 13224"], sanction.Get("provisions"));
        var link = Assert.Single(list.Of("UnknownLink", "subject", "us-ofac-90001"));
        Assert.Equal(["us-ofac-90002"], link.Get("object"));
        Assert.Empty(list.Get("us-ofac-90001").Get("notes"));
    }

    [Fact]
    public void A_link_to_a_name_that_two_entries_have_stays_a_note()
    {
        var twin = OfacSamples.Company.Replace("90002", "90009", StringComparison.Ordinal);
        var list = OfacSamples.Read(OfacSamples.Xml(OfacSamples.Person + OfacSamples.Company + twin));
        Assert.Empty(list.Entities.Where(e => e.Schema == "UnknownLink"));
        Assert.Equal(["Linked To: RIVER FERRY COMPANY"], list.Get("us-ofac-90001").Get("notes"));
    }

    [Fact]
    public void A_ship_keeps_its_numbers_flags_and_owner()
    {
        var list = OfacSamples.Read(OfacSamples.Xml(OfacSamples.Ship + OfacSamples.Company));
        var ship = list.Get("us-ofac-90003");
        Assert.Equal(["1234567"], ship.Get("imoNumber"));
        Assert.Equal(["FIC7"], ship.Get("callSign"));
        Assert.Equal(["Ferry"], ship.Get("type"));
        Assert.Equal(["pa"], ship.Get("flag"));
        Assert.Equal(["mt"], ship.Get("pastFlags"));
        Assert.Equal(["1234"], ship.Get("tonnage"));
        Assert.Equal(["56068"], ship.Get("grossRegisteredTonnage"));
        Assert.Equal(["us-ofac-90002"], ship.Get("owner"));
    }

    [Theory]
    [InlineData("Man, Isle of", "im")]
    [InlineData("Congo, Democratic Republic of the", "cd")]
    [InlineData("Region: Gaza", "ps")]
    [InlineData("Region: Nahria", "Nahria")]
    [InlineData("undetermined", null)]
    public void Countries_are_codes_however_OFAC_sorts_them(string country, string? expected)
    {
        var person = OfacSamples.Read(OfacSamples.OnePerson($"<nationalityList><nationality><country>{country}</country></nationality></nationalityList>")).Get("us-ofac-90001");
        Assert.Equal(expected is null ? [] : new[] { expected }, person.Get("nationality"));
    }

    [Fact]
    public void A_suffix_goes_behind_the_family_name()
    {
        var person = OfacSamples.Read(OfacSamples.Xml("<sdnEntry><uid>1</uid><firstName>Ruben Paolo, Jr.</firstName><lastName>NAHRI</lastName><sdnType>Individual</sdnType></sdnEntry>")).Get("us-ofac-1");
        Assert.Equal(["Ruben Paolo NAHRI Jr."], person.Get("name"));
        Assert.Equal(["Jr."], person.Get("nameSuffix"));
        Assert.Equal(["Ruben Paolo"], person.Get("firstName"));
    }

    [Theory]
    [InlineData("<program>NS-PLC</program>", "us-ofac-cons")]
    [InlineData("<program>UKRAINE-EO13662</program>", "us-ofac-cons")]
    [InlineData("<program>SDGT</program>", "us-ofac-sdn")]
    public void The_programmes_tell_which_list_it_is(string program, string dataset)
    {
        var list = OfacSamples.Read(OfacSamples.OnePerson($"<programList>{program}</programList>"));
        Assert.Equal(dataset, list.Metadata.Dataset);
        Assert.All(list.Entities, entity =>
        {
            Assert.Equal([dataset], entity.Datasets);
            Assert.All(entity.Statements, statement => Assert.Equal((dataset, "2031-02-03T00:00:00"), (statement.Dataset, statement.LastSeen)));
        });
    }

    [Fact]
    public void Without_programmes_the_name_of_the_file_tells()
    {
        Assert.Equal("us-ofac-cons", OfacSamples.Read(OfacSamples.OnePerson(""), "/data/consolidated.xml").Metadata.Dataset);
        Assert.Equal("us-ofac-sdn", OfacSamples.Read(OfacSamples.OnePerson(""), "/data/sdn.xml").Metadata.Dataset);
    }

    [Theory]
    [InlineData("<sdnEntry><lastName>X</lastName></sdnEntry>", "no number (uid)")]
    [InlineData("<sdnEntry><uid>12a</uid><lastName>X</lastName></sdnEntry>", "no number (uid)")]
    [InlineData("<sdnEntry><uid>1</uid><lastName>X</lastName></sdnEntry><sdnEntry><uid>1</uid><lastName>Y</lastName></sdnEntry>", "stands twice")]
    [InlineData("", "no entries")]
    public void A_list_that_cannot_be_whole_is_refused(string entries, string expected) =>
        Assert.Contains(expected, Assert.Throws<ListFormatException>(() => OfacSamples.Read(OfacSamples.Xml(entries))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("<shoeSize>44</shoeSize>", "<shoeSize>")]
    [InlineData("<akaList><aka><type>a.k.a.</type><category>middling</category><lastName>Z</lastName></aka></akaList>", "middling")]
    [InlineData("<akaList><aka><type>p.k.a.</type><category>strong</category><lastName>Z</lastName></aka></akaList>", "p.k.a.")]
    [InlineData("<dateOfBirthList><dateOfBirthItem><dateOfBirth>30 Feb 1970</dateOfBirth></dateOfBirthItem></dateOfBirthList>", "not a day of the calendar")]
    [InlineData("<dateOfBirthList><dateOfBirthItem><dateOfBirth>1900 to 1980</dateOfBirth></dateOfBirthItem></dateOfBirthList>", "spans more than")]
    [InlineData("<dateOfBirthList><dateOfBirthItem><dateOfBirth>in spring</dateOfBirth></dateOfBirthItem></dateOfBirthList>", "not a date")]
    [InlineData("<idList><id><idType>Gender</idType><idNumber>ferry</idNumber></id></idList>", "gender 'ferry'")]
    public void What_does_not_read_as_meant_gives_a_warning_with_the_number_of_the_entry(string elements, string expected)
    {
        var warning = Assert.Single(OfacSamples.Read(OfacSamples.OnePerson(elements)).Warnings);
        Assert.Equal("90001", warning.Reference);
        Assert.Contains(expected, warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fewer_entries_than_promised_give_a_warning() =>
        Assert.Contains("5 entries", Assert.Single(OfacSamples.Read(OfacSamples.Xml(OfacSamples.Company, count: 5)).Warnings).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        var xml = OfacSamples.Xml(OfacSamples.Company);
        for (var length = 1; length < xml.TrimEnd().Length; length += 7)
            OfacSamples.Refused(System.Text.Encoding.UTF8.GetBytes(xml[..length]));
    }
}
