namespace Entente.Lists.Tests.UnitedNations;

public sealed class UnFieldsTests
{
    [Fact]
    public void The_list_says_whose_it_is_and_which_version()
    {
        var list = UnXml.Read(UnXml.List(UnXml.Person));
        Assert.Equal("un-sc", list.Metadata.Dataset);
        Assert.Equal("2031-02-03T04:05:06.700Z", list.Metadata.Version);
        Assert.Equal(new DateTimeOffset(2031, 2, 3, 4, 5, 6, 700, TimeSpan.Zero), list.Metadata.GeneratedAt);
        Assert.Empty(list.Warnings);
        Assert.All(list.Entities.SelectMany(e => e.Statements), s => Assert.Equal(("un-sc", "2031-02-03T04:05:06"), (s.Dataset, s.LastSeen)));
    }

    [Fact]
    public void Each_entry_has_a_sanction_with_reference_dates_and_narrative()
    {
        var list = UnXml.Read(UnXml.List(UnXml.Person.Replace("<SORT_KEY/>",
            "<LAST_DAY_UPDATED><VALUE>2016-01-02</VALUE><VALUE/><VALUE>2017-03-04</VALUE></LAST_DAY_UPDATED>", StringComparison.Ordinal)));
        var (person, sanction) = (list.Entities[0], list.Entities[1]);

        Assert.Equal(("un-FXi.001", "Person", true), (person.Id, person.Schema, person.Target));
        Assert.Equal(["sanction"], person.Get("topics"));
        Assert.Equal(["UN-Fiction"], person.Get("programId"));
        Assert.Equal(["Ferryman without a ferry."], person.Get("notes"));

        Assert.Equal(("un-FXi.001-sanction", "Sanction", false), (sanction.Id, sanction.Schema, sanction.Target));
        Assert.Equal([person.Id], sanction.Get("entity"));
        Assert.Equal(["United Nations Security Council"], sanction.Get("authority"));
        Assert.Equal(["Fiction"], sanction.Get("program"));
        Assert.Equal(["FXi.001"], sanction.Get("recordId"));
        Assert.Equal(["2015-04-07"], sanction.Get("listingDate"));
        Assert.Equal(["2016-01-02", "2017-03-04"], sanction.Get("modifiedAt"));
        Assert.Equal(["Ferryman without a ferry."], sanction.Get("summary"));
    }

    [Theory]
    [InlineData("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1963-05-06</DATE>", "1963-05-06", null)]
    [InlineData("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1963</YEAR>", "1963", null)]
    [InlineData("<TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1963</YEAR>", "1963", "approximately 1963")]
    [InlineData("<TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1961</FROM_YEAR><TO_YEAR>1963</TO_YEAR>", "1961|1962|1963", "between 1961 and 1963")]
    [InlineData("<TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1962</FROM_YEAR><TO_YEAR>1961</TO_YEAR><NOTE>Approximately</NOTE>", "1961|1962", "approximately between 1961 and 1962")]
    [InlineData("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><NOTE>Nov. 1963</NOTE>", "1963-11", "Nov. 1963")]
    [InlineData("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1963</YEAR><NOTE>Sep.</NOTE>", "1963-09", "Sep. 1963")]
    [InlineData("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><NOTE>Between Aug. and Sep. 1963</NOTE>", "1963", "Between Aug. and Sep. 1963")]
    [InlineData("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1963-05-06</DATE><NOTE>from false passport</NOTE>", "1963-05-06", "1963-05-06 (from false passport)")]
    [InlineData("<TYPE_OF_DATE/>", "", null)]
    public void A_birth_date_is_an_FtM_date_with_the_wording_beside_it(string elements, string expected, string? wording)
    {
        var person = UnXml.ReadPerson($"<INDIVIDUAL_DATE_OF_BIRTH>{elements}</INDIVIDUAL_DATE_OF_BIRTH>");
        Assert.Equal(expected.Split('|', StringSplitOptions.RemoveEmptyEntries), person.Get("birthDate"));
        Assert.All(person.Statements.Where(s => s.Property == "birthDate"), s => Assert.Equal(wording, s.OriginalValue));
    }

    [Theory]
    [InlineData("<NOTE>24/06/1402 (Hijri Calendar)</NOTE>", "24/06/1402 (Hijri Calendar)")]
    [InlineData("<NOTE>30-35 years old</NOTE>", "30-35 years old")]
    [InlineData("<YEAR>19x3</YEAR>", "19x3")]
    [InlineData("<FROM_YEAR>1900</FROM_YEAR><TO_YEAR>1950</TO_YEAR>", "between 1900 and 1950")]
    public void What_is_no_usable_birth_date_is_kept_as_a_note_and_warned_of(string elements, string text)
    {
        var list = UnXml.Read(UnXml.OnePerson($"<INDIVIDUAL_DATE_OF_BIRTH>{elements}</INDIVIDUAL_DATE_OF_BIRTH>"));
        Assert.Empty(list.Entities[0].Get("birthDate"));
        Assert.Equal(["Date of birth: " + text], list.Entities[0].Get("notes"));
        Assert.Equal("FXi.001", Assert.Single(list.Warnings).Reference);
    }

    [Theory]
    [InlineData("<DATE_OF_BIRTH>1968-05-25</DATE_OF_BIRTH>", "1968-05-25")]
    [InlineData("<NOTE>born 16 Dec. 1948, in Izo</NOTE>", "1948-12-16")]
    [InlineData("<NOTE>DOB: a) 11 Apr. 1960 b) 12 Apr. 1963. POB: Nowhere</NOTE>", "1960-04-11|1963-04-12")]
    [InlineData("<NOTE>in Nowhere (DPOB - 1977) - Passport No. 284173</NOTE>", "1977")]
    [InlineData("<NOTE>born in 1976</NOTE>", "1976")]
    public void A_birth_date_given_with_an_alias_counts(string elements, string expected) =>
        Assert.Equal(expected.Split('|'), UnXml.ReadPerson($"<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Zubayr</ALIAS_NAME>{elements}</INDIVIDUAL_ALIAS>").Get("birthDate"));

    [Fact]
    public void Places_of_birth_come_from_the_entry_and_from_its_aliases()
    {
        var person = UnXml.ReadPerson("""
            <INDIVIDUAL_PLACE_OF_BIRTH><CITY>Nowhere</CITY><STATE_PROVINCE>North</STATE_PROVINCE><COUNTRY>Yemen</COUNTRY></INDIVIDUAL_PLACE_OF_BIRTH>
            <INDIVIDUAL_PLACE_OF_BIRTH><COUNTRY>Syrian Arab Republic</COUNTRY></INDIVIDUAL_PLACE_OF_BIRTH>
            <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Zubayr</ALIAS_NAME><CITY_OF_BIRTH>Elsewhere</CITY_OF_BIRTH><COUNTRY_OF_BIRTH>Iraq</COUNTRY_OF_BIRTH></INDIVIDUAL_ALIAS>
            """);
        Assert.Equal(["Nowhere, North, Yemen", "Elsewhere, Iraq"], person.Get("birthPlace"));
        Assert.Equal(["ye", "sy", "iq"], person.Get("birthCountry"));
    }

    [Theory]
    [InlineData("Yemen", "ye")]
    [InlineData("Democratic People's Republic of Korea", "kp")]
    [InlineData("Sudan/South Sudan", "sd|ss")]
    [InlineData("Iran / unknown", "ir")]
    [InlineData("Kuwaiti citizenship withdrawn in 2002", "kw")]
    [InlineData("Bahrain (citizenship revoked in Jan. 2015)", "bh")]
    [InlineData("Possibly Ethiopian", "et")]
    [InlineData("na", "")]
    [InlineData("unknown", "")]
    [InlineData("Ruritania", "Ruritania")]
    public void A_nationality_is_a_country_code_or_the_text_itself(string text, string expected)
    {
        var person = UnXml.ReadPerson($"<NATIONALITY><VALUE>{text}</VALUE></NATIONALITY>");
        Assert.Equal(expected.Split('|', StringSplitOptions.RemoveEmptyEntries), person.Get("nationality"));
        Assert.All(person.Statements.Where(s => s.Property == "nationality" && s.Value != text), s => Assert.Equal(text, s.OriginalValue));
    }

    [Theory]
    [InlineData("<GENDER>Male</GENDER>", "male")]
    [InlineData("<GENDER>FEMALE</GENDER>", "female")]
    [InlineData("<GENDER>Unknown</GENDER>", null)]
    [InlineData("<COMMENTS1>A ferryman. Gender:  male. Swims.</COMMENTS1>", "male")]
    [InlineData("<COMMENTS1>Gender: Female</COMMENTS1>", "female")]
    [InlineData("<COMMENTS1>Writes about gender.</COMMENTS1>", null)]
    public void The_gender_comes_from_its_field_or_from_the_narrative(string elements, string? expected) =>
        Assert.Equal(expected is null ? [] : [expected], UnXml.ReadPerson(elements).Get("gender"));

    [Fact]
    public void Titles_and_designations_are_kept_one_by_one()
    {
        var person = UnXml.ReadPerson("<TITLE><VALUE>Dr</VALUE><VALUE>Haji</VALUE></TITLE><DESIGNATION><VALUE>a) Ferryman b) Toll collector</VALUE></DESIGNATION>");
        Assert.Equal(["Dr", "Haji"], person.Get("title"));
        Assert.Equal(["Ferryman", "Toll collector"], person.Get("position"));
    }

    [Fact]
    public void A_passport_stands_on_the_person_and_for_itself()
    {
        var list = UnXml.Read(UnXml.OnePerson("""
            <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>Libyan passport No. 513519</NUMBER>
            <ISSUING_COUNTRY>Libya</ISSUING_COUNTRY><DATE_OF_ISSUE>2009-04-21</DATE_OF_ISSUE><CITY_OF_ISSUE>Tripoli</CITY_OF_ISSUE>
            <NOTE>expires on 21 April 2019</NOTE></INDIVIDUAL_DOCUMENT>
            """));
        var passport = list.Entities.Single(e => e.Schema == "Passport");
        Assert.Equal(["513519"], list.Entities[0].Get("passportNumber"));
        Assert.Equal([list.Entities[0].Id], passport.Get("holder"));
        Assert.Equal(["513519"], passport.Get("number"));
        Assert.Equal(["513519"], passport.Get("passportNumber"));
        Assert.Equal(["ly"], passport.Get("country"));
        Assert.Equal(["2009-04-21"], passport.Get("startDate"));
        Assert.Equal(["2019-04-21"], passport.Get("endDate"));
        Assert.Equal(["Issued in Tripoli"], passport.Get("description"));
        Assert.Equal("Libyan passport No. 513519", passport.Statements.First(s => s.Property == "number").OriginalValue);
    }

    [Theory]
    [InlineData("<TYPE_OF_DOCUMENT>National Identification Number</TYPE_OF_DOCUMENT><NUMBER>103-00653129-22</NUMBER>", "103-00653129-22")]
    [InlineData("<TYPE_OF_DOCUMENT>National Identification Number</TYPE_OF_DOCUMENT><NOTE>SSN 000-00-0000 (United States)</NOTE>", "000-00-0000")]
    [InlineData("<TYPE_OF_DOCUMENT>National Identification Number</TYPE_OF_DOCUMENT><NOTE>Moroccan national identity card DE- 473900</NOTE>", "DE- 473900")]
    [InlineData("<TYPE_OF_DOCUMENT>National Identification Number</TYPE_OF_DOCUMENT><TYPE_OF_DOCUMENT2>Residential card number 665</TYPE_OF_DOCUMENT2>", "665")]
    [InlineData("<TYPE_OF_DOCUMENT>National Identification Number</TYPE_OF_DOCUMENT><NOTE>Travel paper number 8208 No. 555627, issued in 1999</NOTE>", "8208 555627")]
    public void Other_papers_are_identifications(string elements, string number)
    {
        var list = UnXml.Read(UnXml.OnePerson($"<INDIVIDUAL_DOCUMENT>{elements}</INDIVIDUAL_DOCUMENT>"));
        Assert.Equal([number], list.Entities[0].Get("idNumber"));
        Assert.Equal([number], list.Entities.Single(e => e.Schema == "Identification").Get("number"));
    }

    [Fact]
    public void A_paper_without_a_number_is_kept_as_a_note()
    {
        var list = UnXml.Read(UnXml.OnePerson("<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NOTE>issued for another, born on 25 Sep. 1973</NOTE></INDIVIDUAL_DOCUMENT><INDIVIDUAL_DOCUMENT/>"));
        Assert.Equal(["Passport: issued for another, born on 25 Sep. 1973"], list.Entities[0].Get("notes"));
        Assert.Equal(2, list.Entities.Length);
    }

    [Fact]
    public void An_address_stands_on_the_entry_as_text_and_for_itself()
    {
        var list = UnXml.Read(UnXml.OneOrganization("RIVER FERRY", """
            <ENTITY_ADDRESS><STREET>1 Quay Street</STREET><CITY>Aden</CITY><ZIP_CODE>12345</ZIP_CODE><COUNTRY>Yemen</COUNTRY><NOTE>as of 2020</NOTE></ENTITY_ADDRESS>
            <ENTITY_ADDRESS><STREET>1 Quay Street</STREET><CITY>Aden</CITY><ZIP_CODE>12345</ZIP_CODE><COUNTRY>Yemen</COUNTRY><NOTE>as of 2020</NOTE></ENTITY_ADDRESS>
            <ENTITY_ADDRESS><COUNTRY>Iraq</COUNTRY><NOTE>in custody</NOTE></ENTITY_ADDRESS>
            <ENTITY_ADDRESS><COUNTRY/><NOTE>Branch Office 2: Chaman, Baluchistan Province, Pakistan</NOTE></ENTITY_ADDRESS>
            """));
        var organization = list.Entities[0];
        Assert.Equal(["1 Quay Street, Aden, 12345, Yemen", "Branch Office 2: Chaman, Baluchistan Province, Pakistan"], organization.Get("address"));
        Assert.Equal(["ye", "iq"], organization.Get("country"));
        Assert.Equal(["Address (Iraq): in custody"], organization.Get("notes"));

        var addresses = list.Entities.Where(e => e.Schema == "Address").ToList();
        Assert.Equal(organization.Get("addressEntity"), addresses.Select(a => a.Id));
        Assert.Equal(["Aden"], addresses[0].Get("city"));
        Assert.Equal(["ye"], addresses[0].Get("country"));
        Assert.Equal(["as of 2020"], addresses[0].Get("remarks"));
    }

    [Fact]
    public void Ids_of_linked_entities_do_not_depend_on_their_place_in_the_file()
    {
        const string First = "<INDIVIDUAL_ADDRESS><CITY>Aden</CITY></INDIVIDUAL_ADDRESS>";
        const string Second = "<INDIVIDUAL_ADDRESS><CITY>Basra</CITY></INDIVIDUAL_ADDRESS>";
        string Id(string elements) => UnXml.Read(UnXml.OnePerson(elements)).Entities.Single(e => e.Caption == "Basra").Id;
        Assert.Equal(Id(First + Second), Id(Second));
    }

    [Fact]
    public void An_element_the_format_does_not_have_is_warned_of_and_the_rest_is_read()
    {
        var list = UnXml.Read(UnXml.OnePerson("<SHOE_SIZE>44</SHOE_SIZE><GENDER>Male</GENDER>"));
        Assert.Contains("SHOE_SIZE", Assert.Single(list.Warnings).Message, StringComparison.Ordinal);
        Assert.Equal(["male"], list.Entities[0].Get("gender"));
    }
}
