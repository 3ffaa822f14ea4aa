using Entente.Records;

namespace Entente.Lists.Tests.Switzerland;

/// <summary>What each part of the Swiss list becomes, and what is refused.</summary>
public sealed class SecoListTests
{
    private static string Part(string type, string value, string spellings = "", int order = 1) =>
        $"<name-part order=\"{order}\" name-part-type=\"{type}\"><value>{value}</value>{spellings}</name-part>";

    private static string Alias(string parts, string type = "alias", string quality = "good") =>
        $"<name name-type=\"{type}\" quality=\"{quality}\">{parts}</name>";

    [Fact]
    public void A_target_becomes_a_person_and_a_sanction()
    {
        var list = SecoXml.Read(SecoXml.List(SecoXml.Target("""
            <foreign-identifier>FXi.001</foreign-identifier><generic-attribute name="height">170 cm</generic-attribute>
            <individual sex="male"><identity ssid="3" main="true">
            """ + SecoXml.Name + """
              <day-month-year ssid="4" day="23" month="3" year="1980" calendar="Gregorian" quality="good"/>
              <nationality ssid="5"><country iso-code="YE">Yemen</country></nationality>
              <place-of-birth ssid="6" place-id="70" quality="good"/>
            </identity>
            <justification ssid="7">He ferried.</justification><other-information ssid="8">Ferryman.</other-information></individual>
            """)));
        Assert.Empty(list.Warnings);
        Assert.Equal(("ch-seco", "2031-02-03"), (list.Metadata.Dataset, list.Metadata.Version));
        Assert.Equal(new DateTimeOffset(2031, 2, 3, 0, 0, 0, TimeSpan.Zero), list.Metadata.GeneratedAt);

        var person = list.Entities[0];
        Assert.Equal(("ch-seco-1", "Person", true), (person.Id, person.Schema, person.Target));
        Assert.Equal(["Nahri Tamim"], person.Get("name"));
        Assert.Equal(("Tamim", "Nahri"), (person.Of("firstName"), person.Of("lastName")));
        Assert.Equal(("1980-03-23", "ye", "male"), (person.Of("birthDate"), person.Of("nationality"), person.Of("gender")));
        Assert.Equal(("Aden, Crater, Yemen", "ye"), (person.Of("birthPlace"), person.Of("birthCountry")));
        Assert.Equal(["height: 170 cm", "Ferryman."], person.Get("notes"));
        Assert.Equal(("sanction", "Fiction", "CH-20"), (person.Of("topics"), person.Of("program"), person.Of("programId")));

        var sanction = list.Entities[1];
        Assert.Equal(("ch-seco-1-sanction", "Sanction"), (sanction.Id, sanction.Schema));
        Assert.Equal(("FXi.001", "1", "He ferried."), (sanction.Of("unscId"), sanction.Of("recordId"), sanction.Of("reason")));
        Assert.Equal(("2030-01-02", "2030-01-02", "annex 1"), (sanction.Of("listingDate"), sanction.Of("startDate"), sanction.Of("provisions")));
        Assert.Equal(["Ordinance of 1 May 2029 on measures against Fiction", "Origin: UN"], sanction.Get("description"));
    }

    [Fact]
    public void Spellings_make_whole_names_in_each_script()
    {
        var person = SecoXml.ReadPerson($"""
            <name name-type="primary-name" quality="good" lang="eng">
            {Part("family-name", "Rakavich", "<spelling-variant lang=\"RUS\" script=\"LATN\">Rakovich</spelling-variant><spelling-variant lang=\"RUS\" script=\"CYRL\">Ракович</spelling-variant>")}
            {Part("given-name", "Yauhen", "<spelling-variant lang=\"RUS\" script=\"LATN\">Evgeny</spelling-variant><spelling-variant lang=\"RUS\" script=\"LATN\">Evgenij</spelling-variant><spelling-variant lang=\"RUS\" script=\"CYRL\">Евгений</spelling-variant>", 2)}
            {Part("father-name", "Ivanavich", "<spelling-variant lang=\"RUS\" script=\"CYRL\">Иванович</spelling-variant>", 3)}
            {Part("title", "Captain", "", 4)}
            </name>
            """);
        Assert.Equal(["Rakavich Yauhen Ivanavich", "Ракович Евгений Иванович"], person.Get("name"));
        Assert.Equal(["Rakovich Evgeny Ivanavich", "Rakovich Evgenij Ivanavich"], person.Get("alias"));
        Assert.Equal("rus", Assert.Single(person.Statements, s => s.Value == "Ракович Евгений Иванович").Lang);
        Assert.Equal(("Ivanavich", "Captain"), (person.Of("fatherName"), person.Of("title")));
    }

    [Fact]
    public void A_piece_of_a_name_in_another_script_is_a_weak_alias()
    {
        var person = SecoXml.ReadPerson($"""
            <name name-type="primary-name">{Part("family-name", "Nahri", "<spelling-variant lang=\"ARA\" script=\"ARAB\">النهري</spelling-variant>")}{Part("given-name", "Tamim", "", 2)}</name>
            """);
        Assert.Equal(["Nahri Tamim"], person.Get("name"));
        Assert.Equal(["النهري"], person.Get("weakAlias"));
    }

    [Fact]
    public void Many_spellings_of_many_parts_do_not_multiply_without_end()
    {
        var spellings = string.Concat(Enumerable.Range(0, 20).Select(i => $"<spelling-variant lang=\"RUS\" script=\"LATN\">X{(char)('a' + i)}</spelling-variant>"));
        var person = SecoXml.ReadPerson($"<name name-type=\"primary-name\">{string.Concat(Enumerable.Range(1, 6).Select(i => Part("other", $"P{i}", spellings, i)))}</name>");
        Assert.InRange(person.Get("alias").Length, 100, 120);
    }

    [Theory]
    [InlineData("alias", "good", "alias")]
    [InlineData("alias", "low", "weakAlias")]
    [InlineData("formerly-known-as", "good", "previousName")]
    [InlineData("primary-name", "good", "alias")] // the second of its kind
    public void A_name_stands_under_its_kind(string type, string quality, string property)
    {
        var list = SecoXml.Read(SecoXml.List(SecoXml.Person(SecoXml.Name + Alias(Part("whole-name", "Timon Fluss"), type, quality))));
        Assert.Equal(["Timon Fluss"], list.Entities[0].Get(property));
        Assert.Empty(list.Warnings);
    }

    [Fact]
    public void A_part_of_an_unknown_type_stands_in_its_place_and_nowhere_else()
    {
        var list = SecoXml.Read(SecoXml.List(SecoXml.Person($"<name name-type=\"primary-name\">{Part("given-name", "Tamim")}{Part("clan-name", "Ferry", "", 2)}{Part("family-name", "Nahri", "", 3)}</name>")));
        Assert.Equal(("Tamim Ferry Nahri", "", "Tamim", "Nahri"), (list.Entities[0].Of("name"), list.Entities[0].Of("alias"), list.Entities[0].Of("firstName"), list.Entities[0].Of("lastName")));
        Assert.Contains("'clan-name'", Assert.Single(list.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_before_marriage_is_a_previous_one()
    {
        var person = SecoXml.ReadPerson($"<name name-type=\"primary-name\">{Part("family-name", "Nahri")}{Part("given-name", "Samia", "", 2)}{Part("maiden-name", "Wadi", "", 3)}</name>");
        Assert.Equal(("Nahri Samia", "Samia Wadi"), (person.Of("name"), person.Of("previousName")));
    }

    [Fact]
    public void Names_of_other_identities_are_aliases_wherever_they_stand()
    {
        var list = SecoXml.Read(SecoXml.List(SecoXml.Target($"""
            <individual><identity ssid="9" main="false">{Alias(Part("whole-name", "Ali Zafir"), "primary-name")}<nationality><country iso-code="IQ">Iraq</country></nationality></identity>
            <identity ssid="3" main="true">{SecoXml.Name}</identity></individual>
            """)));
        Assert.Equal(("Nahri Tamim", "Ali Zafir", "iq"), (list.Entities[0].Of("name"), list.Entities[0].Of("alias"), list.Entities[0].Of("nationality")));
    }

    [Fact]
    public void A_vessel_has_the_number_that_a_remark_gives()
    {
        var list = SecoXml.Read(SecoXml.List(SecoXml.Target($"""
            <object object-type="vessel"><identity main="true">{Alias(Part("whole-name", "River Queen"), "primary-name")}</identity><other-information>IMO Number: 9074729</other-information></object>
            """) + SecoXml.Target($"<object object-type=\"aircraft\"><identity main=\"true\">{Alias(Part("whole-name", "FX-ABC"), "primary-name")}</identity></object>", ssid: "2")));
        var vessel = list.Entities[0];
        Assert.Equal(("Vessel", "9074729"), (vessel.Schema, vessel.Of("imoNumber")));
        Assert.Equal("Airplane", list.Entities.Single(e => e.Id == "ch-seco-2").Schema);
        Assert.Empty(list.Warnings);
    }

    [Theory]
    // The latest step decides; of two on a day, the first in the file.
    [InlineData("<modification modification-type=\"de-listed\" effective-date=\"2030-05-01\"/><modification modification-type=\"listed\" effective-date=\"2029-01-01\"/>", true)]
    [InlineData("<modification modification-type=\"amended\" effective-date=\"2030-04-01\"/><modification modification-type=\"de-listed\" effective-date=\"2030-05-01\"/><modification modification-type=\"listed\" effective-date=\"2029-01-01\"/>", true)]
    [InlineData("<modification modification-type=\"de-listed\" effective-date=\"2030-05-01\"/><modification modification-type=\"listed\" effective-date=\"2030-05-01\"/>", true)]
    [InlineData("<modification modification-type=\"listed\" effective-date=\"2030-05-01\"/><modification modification-type=\"de-listed\" effective-date=\"2030-05-01\"/>", false)]
    [InlineData("<modification modification-type=\"listed\" effective-date=\"2030-05-01\"/><modification modification-type=\"de-listed\" effective-date=\"2029-05-01\"/>", false)]
    // A de-listing that is to come.
    [InlineData("<modification modification-type=\"de-listed\" effective-date=\"2031-05-01\"/><modification modification-type=\"listed\" effective-date=\"2029-01-01\"/>", false)]
    [InlineData("", false)]
    public void Who_was_taken_off_is_on_record_and_not_listed(string history, bool delisted)
    {
        var list = SecoXml.Read(SecoXml.List(SecoXml.Target($"<individual><identity main=\"true\">{SecoXml.Name}</identity></individual>", history) + SecoXml.Target($"<entity><identity main=\"true\">{SecoXml.Name}</identity></entity>", ssid: "2")));
        Assert.Equal(!delisted, list.Entities[0].Target);
        Assert.Equal(!delisted, list.Entities[0].Get("topics").Contains("sanction"));
        Assert.Equal(delisted ? ["ch-seco-1"] : [], Delisting.NoLongerListed(list.Entities));
        Assert.Empty(list.Warnings);
    }

    [Fact]
    public void What_a_target_was_before_is_not_what_it_is()
    {
        var list = SecoXml.Read(SecoXml.List(SecoXml.Target($"<individual><identity main=\"true\">{SecoXml.Name}</identity></individual>", $"""
            <modification modification-type="amended" effective-date="2030-02-02"><removed><target ssid="1"><individual><identity main="true">{Alias(Part("whole-name", "Somebody Else"), "primary-name")}</identity></individual></target></removed>
            <added><identity main="true"><day-month-year year="1950"/></identity></added></modification>
            """)));
        Assert.Equal(2, list.Entities.Length);
        Assert.DoesNotContain(list.Entities[0].Statements, s => s.Value.Contains("Somebody", StringComparison.Ordinal) || s.Property == "birthDate");
        Assert.Equal(["2030-02-02"], list.Entities[0].Get("modifiedAt"));
    }

    [Fact]
    public void Addresses_and_papers_are_linked()
    {
        var list = SecoXml.Read(SecoXml.List(SecoXml.Person(SecoXml.Name + """
            <address ssid="1" place-id="70"><c-o>River Club</c-o><address-details>4 Quay</address-details><zip-code>220</zip-code><remarks>until 2020</remarks></address>
            <address ssid="2"><country iso-code="IQ">Iraq</country><remarks>in custody</remarks></address>
            <identification-document ssid="3" document-type="passport"><number>No. OR 1961825</number><issuer code="YE">Yemen</issuer><date-of-issue day="1" month="2" year="2020"/><expiry-date><day-month-year day="1" month="2" year="2030"/></expiry-date></identification-document>
            <identification-document document-type="id-card"><number>unknown</number></identification-document>
            """)));
        var person = list.Entities[0];
        Assert.Equal(["c/o River Club, 4 Quay, 220, Aden, Crater, Yemen"], person.Get("address"));
        Assert.Equal(("ye|iq", "Address (Iraq): in custody|id-card: unknown"), (person.Of("country"), person.Of("notes")));
        var address = list.Entities.Single(e => e.Schema == "Address");
        Assert.Equal(("Aden", "220", "until 2020", "ye"), (address.Of("city"), address.Of("postalCode"), address.Of("remarks"), address.Of("country")));
        Assert.Equal([address.Id], person.Get("addressEntity"));
        var passport = list.Entities.Single(e => e.Schema == "Passport");
        Assert.Equal(("OR 1961825", "OR 1961825", "ye"), (person.Of("passportNumber"), passport.Of("number"), passport.Of("country")));
        Assert.Equal(("2020-02-01", "2030-02-01"), (passport.Of("startDate"), passport.Of("endDate")));
        Assert.Empty(list.Warnings);
    }

    [Fact]
    public void Relations_lead_to_targets_of_the_list_and_to_no_others()
    {
        var list = SecoXml.Read(SecoXml.List(SecoXml.Person(SecoXml.Name, "<relation ssid=\"9\" target-id=\"2\" relation-type=\"related-to\"/><relation target-id=\"404\" relation-type=\"related-to\"/>")
            + SecoXml.Target($"<entity><identity main=\"true\">{SecoXml.Name}</identity></entity>", ssid: "2")));
        var link = list.Entities.Single(e => e.Schema == "UnknownLink");
        Assert.Equal(("ch-seco-1", "ch-seco-2", "related-to"), (link.Of("subject"), link.Of("object"), link.Of("role")));
        Assert.Contains("404", Assert.Single(list.Warnings).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<day-month-year day=\"31\" month=\"2\" year=\"1980\"/>", "1980-02", 1)]
    [InlineData("<day-month-year year=\"1980\" quality=\"low\"/>", "1980", 0)]
    [InlineData("<day-month-year month=\"7\" year=\"1980\"/>", "1980-07", 0)]
    [InlineData("<day-month-year day=\"1\" month=\"1\" year=\"1358\" calendar=\"Islamic\"/>", null, 1)]
    [InlineData("<day-month-year year=\"0\"/>", null, 0)]
    public void A_birth_date_says_no_more_than_is_known(string element, string? expected, int warnings)
    {
        var list = SecoXml.Read(SecoXml.List(SecoXml.Person(SecoXml.Name + element)));
        Assert.Equal(expected is null ? [] : [expected], list.Entities[0].Get("birthDate"));
        Assert.Equal(warnings, list.Warnings.Length);
    }

    [Fact]
    public void What_is_not_known_is_told_once()
    {
        var list = SecoXml.Read(SecoXml.List(SecoXml.Person(SecoXml.Name + "<shoe-size>44</shoe-size>") + "<news><item/></news>"
            + SecoXml.Target($"<submarine>{SecoXml.Name}</submarine>", ssid: "2") + SecoXml.Target($"<individual><identity>{SecoXml.Name}<shoe-size>45</shoe-size></identity></individual>", ssid: "3")));
        Assert.Equal(1, list.Warnings.Count(w => w.Message.Contains("shoe-size", StringComparison.Ordinal)));
        Assert.Equal(1, list.Warnings.Count(w => w.Message.Contains("<news>", StringComparison.Ordinal)));
        Assert.Equal("LegalEntity", list.Entities.Single(e => e.Id == "ch-seco-2").Schema);
    }

    [Fact]
    public void A_part_of_the_list_or_a_damaged_one_is_refused()
    {
        var whole = SecoXml.List(SecoXml.Person(SecoXml.Name));
        Assert.Contains("part of the Swiss list ('delta')", SecoXml.Refused(SecoXml.List("", "list-type=\"delta\"")), StringComparison.Ordinal);
        Assert.Contains("no entries", SecoXml.Refused(SecoXml.List("")), StringComparison.Ordinal);
        Assert.Contains("cut off", SecoXml.Refused(whole[..^30]), StringComparison.Ordinal);
        Assert.Contains("no ssid", SecoXml.Refused(SecoXml.List("<target><individual/></target>")), StringComparison.Ordinal);
        Assert.Contains("reference 1 stands twice", SecoXml.Refused(SecoXml.List(SecoXml.Person(SecoXml.Name) + SecoXml.Person(SecoXml.Name))), StringComparison.Ordinal);
        Assert.Contains("more than 2 elements", SecoXml.Refused(whole, new() { MaxElementsPerRecord = 2 }), StringComparison.Ordinal);
        Assert.Contains("more than 1 entities", SecoXml.Refused(SecoXml.List(SecoXml.Person(SecoXml.Name) + SecoXml.Target("", ssid: "2")), new() { MaxEntities = 1 }), StringComparison.Ordinal);
        Assert.Contains("DTD", SecoXml.Refused("<!DOCTYPE swiss-sanctions-list []>" + whole[whole.IndexOf("<swiss", StringComparison.Ordinal)..]), StringComparison.Ordinal);
    }
}
