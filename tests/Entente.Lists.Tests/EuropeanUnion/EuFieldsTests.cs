namespace Entente.Lists.Tests.EuropeanUnion;

/// <summary>What each field of the EU list becomes.</summary>
public sealed class EuFieldsTests
{
    [Fact]
    public void An_entry_becomes_a_person_and_a_sanction()
    {
        var list = EuXml.ReadOne(EuXml.Name + """
            <regulation regulationType="amendment" organisationType="council" publicationDate="2018-03-22" entryIntoForceDate="2018-03-23" numberTitle="2018/1 (OJ L1)" programme="FIC" logicalId="1">
              <publicationUrl>http://example.org/2018</publicationUrl>
            </regulation>
            <citizenship region="" countryIso2Code="SY" countryDescription="SYRIAN ARAB REPUBLIC" logicalId="1">
              <regulationSummary regulationType="regulation" publicationDate="2011-05-10" numberTitle="2011/2 (OJ L2)" publicationUrl="http://example.org/2011"/>
            </citizenship>
            """, attributes: "unitedNationId=\"FXi.001\"");
        Assert.Equal("eu-fsf", list.Metadata.Dataset);
        Assert.Equal("2031-02-03T04:05:06.700+01:00", list.Metadata.Version);
        Assert.Empty(list.Warnings);

        var person = list.Entities[0];
        Assert.Equal(("eu-fsf-EU.1.23", "Person"), (person.Id, person.Schema));
        Assert.True(person.Target);
        Assert.Equal(["Tamim Yusuf AL-NAHRI"], person.Get("name"));
        Assert.Equal(["AL-NAHRI"], person.Get("lastName"));
        Assert.Equal(["Ferryman"], person.Get("position"));
        Assert.Equal(["Captain"], person.Get("title"));
        Assert.Equal(["male"], person.Get("gender"));
        Assert.Equal(["sy"], person.Get("nationality"));
        Assert.Equal(["EU-FIC"], person.Get("programId"));
        Assert.Equal(["2018-03-22"], person.Get("modifiedAt"));

        var sanction = list.Sanction();
        Assert.Equal(["FXi.001"], sanction.Get("unscId"));
        Assert.Equal(["EU.1.23"], sanction.Get("recordId"));
        Assert.Equal(["7"], sanction.Get("authorityId"));
        Assert.Equal(["http://example.org/2018"], sanction.Get("sourceUrl"));
        Assert.Equal(["2011-05-10"], sanction.Get("startDate")); // the earliest regulation in the record
        Assert.Empty(sanction.Get("listingDate"));
    }

    [Fact]
    public void An_entry_without_EU_reference_goes_by_its_number_in_the_database() =>
        Assert.Equal("eu-fsf-7", EuXml.Read(EuXml.List(EuXml.Entry(EuXml.Name, reference: ""))).Entities[0].Id);

    [Fact]
    public void The_order_of_the_file_does_not_matter()
    {
        const string Weak = """<nameAlias wholeName="Abu Nahr" nameLanguage="" strong="false" logicalId="3"/>""";
        const string Russian = """<nameAlias wholeName="Тамим Юсуф НАХРИ" nameLanguage="RU" strong="true" logicalId="4"/>""";
        const string French = """<nameAlias wholeName="Tamim Youssouf Nahri" nameLanguage="FR" strong="true" logicalId="5"/>""";
        var one = EuXml.ReadOne(Weak + Russian + French + EuXml.Name).Entities[0];
        var other = EuXml.ReadOne(EuXml.Name + French + Russian + Weak).Entities[0];
        Assert.Equal(["Tamim Yusuf AL-NAHRI"], one.Get("name"));
        Assert.Equal(["Тамим Юсуф НАХРИ", "Tamim Youssouf Nahri"], one.Get("alias"));
        Assert.Equal(["Abu Nahr"], one.Get("weakAlias"));
        Assert.Equal(one.Properties.OrderBy(p => p.Key), other.Properties.OrderBy(p => p.Key));
        Assert.Equal(["rus", "fra"], one.Statements.Where(s => s.Property == "alias").Select(s => s.Lang));
    }

    [Fact]
    public void A_name_given_in_parts_only_is_put_together()
    {
        var person = EuXml.ReadOne("""<nameAlias firstName="Tamim" lastName="Nahri" wholeName="" strong="true" logicalId="1"/>""").Entities[0];
        Assert.Equal(["Tamim Nahri"], person.Get("name"));
    }

    [Theory]
    [InlineData("birthdate=\"1971-03-04\" year=\"1971\" monthOfYear=\"3\" dayOfMonth=\"4\"", "1971-03-04", null)]
    [InlineData("year=\"1971\" monthOfYear=\"3\"", "1971-03", "1971-3")]
    [InlineData("year=\"1971\" circa=\"true\"", "1971", "circa 1971")]
    public void Birth_dates_are_as_exact_as_the_list_is(string attributes, string expected, string? wording)
    {
        var list = EuXml.ReadOne($"{EuXml.Name}<birthdate calendarType=\"GREGORIAN\" {attributes} countryIso2Code=\"00\" countryDescription=\"UNKNOWN\" logicalId=\"1\"/>");
        var date = Assert.Single(list.Entities[0].Statements, s => s.Property == "birthDate");
        Assert.Equal((expected, wording), (date.Value, date.OriginalValue));
        Assert.Empty(list.Entities[0].Get("birthCountry"));
        Assert.Empty(list.Warnings);
    }

    [Fact]
    public void A_span_of_years_is_each_of_them_unless_it_is_long()
    {
        var list = EuXml.ReadOne(EuXml.Name + """<birthdate circa="false" calendarType="GREGORIAN" yearRangeFrom="1958" yearRangeTo="1960" logicalId="1"/>""");
        Assert.Equal(["1958", "1959", "1960"], list.Entities[0].Get("birthDate"));

        list = EuXml.ReadOne(EuXml.Name + """<birthdate circa="false" calendarType="GREGORIAN" yearRangeFrom="1900" yearRangeTo="1960" logicalId="1"/>""");
        Assert.Empty(list.Entities[0].Get("birthDate"));
        Assert.Contains("spans more than", Assert.Single(list.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_Islamic_date_counts_where_the_list_gives_the_same_day_in_our_calendar()
    {
        // 1 Muharram 1400 began in the evening of 20 November 1979.
        var list = EuXml.ReadOne(EuXml.Name + """<birthdate calendarType="ISLAMIC" birthdate="1979-11-21" year="1400" monthOfYear="1" dayOfMonth="1" logicalId="1"/>""");
        Assert.Equal(["1979-11-21"], list.Entities[0].Get("birthDate"));
        Assert.Empty(list.Warnings);
    }

    [Theory]
    [InlineData("year=\"1343\"")] // lunar: 1924; solar, as Iran counts: 1964
    [InlineData("year=\"1400\" monthOfYear=\"1\" dayOfMonth=\"1\"")]
    [InlineData("birthdate=\"1400-01-01\" year=\"1400\" monthOfYear=\"1\" dayOfMonth=\"1\"")]
    [InlineData("birthdate=\"2021-03-21\" year=\"1400\" monthOfYear=\"1\" dayOfMonth=\"1\"")] // that is the solar year
    [InlineData("birthdate=\"1979-11-21\" year=\"99999\" monthOfYear=\"77\" dayOfMonth=\"1\"")]
    public void An_Islamic_date_that_is_not_certain_stays_in_the_notes(string attributes)
    {
        var list = EuXml.ReadOne($"{EuXml.Name}<birthdate calendarType=\"ISLAMIC\" {attributes} logicalId=\"1\"/>");
        Assert.Empty(list.Entities[0].Get("birthDate"));
        Assert.Contains(list.Entities[0].Get("notes"), note => note.Contains("islamic", StringComparison.Ordinal));
        Assert.Contains("kept in the notes", Assert.Single(list.Warnings).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("birthdate=\"\" year=\"1343\"")] // of another calendar, whatever the list calls it
    [InlineData("birthdate=\"soon\"")]
    public void What_is_no_birth_date_stays_in_the_notes(string attributes)
    {
        var list = EuXml.ReadOne($"{EuXml.Name}<birthdate calendarType=\"GREGORIAN\" {attributes} logicalId=\"1\"/>");
        Assert.Empty(list.Entities[0].Get("birthDate"));
        Assert.Single(list.Warnings);
    }

    [Fact]
    public void Impossible_days_and_contradictions_are_read_with_a_warning()
    {
        var list = EuXml.ReadOne(EuXml.Name + """<birthdate calendarType="GREGORIAN" birthdate="1971-02-31" year="1981" logicalId="1"/>""");
        Assert.Equal(["1981", "1971-02"], list.Entities[0].Get("birthDate"));
        Assert.Equal(2, list.Warnings.Length);
    }

    [Fact]
    public void A_place_of_birth_is_put_together()
    {
        var person = EuXml.ReadOne(EuXml.Name + """<birthdate calendarType="GREGORIAN" city="Fordtown" region="Riverland" place="Ford Street" countryIso2Code="SY" countryDescription="SYRIAN ARAB REPUBLIC" logicalId="1"><remark>at sea</remark></birthdate>""").Entities[0];
        Assert.Equal(["Ford Street, Fordtown, Riverland, Syria"], person.Get("birthPlace"));
        Assert.Equal(["sy"], person.Get("birthCountry"));
        Assert.Contains("Date of birth: at sea", person.Get("notes"));
    }

    [Fact]
    public void An_address_has_its_parts_and_a_country_alone_is_none()
    {
        var list = EuXml.ReadOne(EuXml.Name + """
            <address city="Fordtown" street="2 Quay" poBox="17" zipCode="12345" region="" place="" asAtListingTime="true" countryIso2Code="YE" countryDescription="YEMEN" logicalId="1"><remark>upper floor</remark>
              <contactInfo key="PHONE" value="+967 000"/><contactInfo key="FAX" value="+967 001"/></address>
            <address countryIso2Code="OM" countryDescription="OMAN" logicalId="2"><remark>visits</remark></address>
            """);
        var person = list.Entities[0];
        var address = Assert.Single(list.Entities, e => e.Schema == "Address");
        Assert.Equal(["2 Quay, PO Box 17, 12345 Fordtown, Yemen"], person.Get("address"));
        Assert.Equal([address.Id], person.Get("addressEntity"));
        Assert.Equal(["17"], address.Get("postOfficeBox"));
        Assert.Equal(["upper floor; as at the time of listing"], address.Get("remarks"));
        Assert.Equal(["ye", "om"], person.Get("country"));
        Assert.Equal(["+967 000"], person.Get("phone"));
        Assert.Equal(["FAX: +967 001", "Address (Oman): visits"], person.Get("notes"));
        Assert.Empty(list.Warnings);
    }

    [Fact]
    public void A_paper_becomes_a_number_and_an_entity()
    {
        var list = EuXml.ReadOne(EuXml.Name + """
            <identification diplomatic="false" knownExpired="false" knownFalse="true" reportedLost="false" revokedByIssuer="false" issuedBy="Fordtown office" issuedDate="2010-01-02" validFrom="2010-01-03" validTo="2020-01-02" latinNumber="" nameOnDocument="Timon Fluss" number="A 0139243" region="" countryIso2Code="YE" countryDescription="YEMEN" identificationTypeCode="passport" identificationTypeDescription="National passport" logicalId="1"><remark>second</remark></identification>
            <identification number="-" countryIso2Code="00" identificationTypeCode="id" logicalId="2"/>
            <identification number="123-45" countryIso2Code="YE" identificationTypeCode="taxid" logicalId="3"/>
            """);
        var person = list.Entities[0];
        var passport = list.Entities.Single(e => e.Schema == "Passport");
        Assert.Equal(["A 0139243"], person.Get("passportNumber"));
        Assert.Equal(["123-45"], person.Get("taxNumber"));
        Assert.Equal(["Timon Fluss"], person.Get("alias"));
        Assert.Equal([person.Id], passport.Get("holder"));
        Assert.Equal(["ye"], passport.Get("country"));
        Assert.Equal(["2010-01-03"], passport.Get("startDate"));
        Assert.Equal(["2020-01-02"], passport.Get("endDate"));
        Assert.Equal(["known to be false; in the name of Timon Fluss; second"], passport.Get("summary"));
        Assert.Single(list.Entities, e => e.Schema == "Identification");
        Assert.Empty(list.Warnings);
    }

    [Theory]
    [InlineData("9074729", "", "Vessel")]
    [InlineData("5342883", "", "Organization")] // not the check digit of a ship: a shipping company
    [InlineData("9074729", """<identification number="55" identificationTypeCode="regnumber" logicalId="2"/>""", "Organization")]
    public void An_enterprise_with_nothing_but_a_ships_number_is_a_ship(string number, string more, string schema)
    {
        var entity = EuXml.ReadOne($"""<nameAlias wholeName="River Ferry" strong="true" logicalId="1"/><identification number="{number}" identificationTypeCode="imo" logicalId="1"/>{more}""", "enterprise").Entities[0];
        Assert.Equal(schema, entity.Schema);
        Assert.Equal([number], entity.Get("imoNumber"));
    }

    [Fact]
    public void What_stands_beside_the_name_of_an_enterprise_is_not_a_position()
    {
        var entity = EuXml.ReadOne("""<nameAlias wholeName="River Ferry" function="Ferries goods" title="Type of entity: Joint Stock Company" strong="true" logicalId="1"/>""", "enterprise").Entities[0];
        Assert.Equal(["Joint Stock Company"], entity.Get("legalForm"));
        Assert.Equal(["Function: Ferries goods"], entity.Get("notes"));
        Assert.Empty(entity.Get("position"));
    }

    [Fact]
    public void Dates_of_listing_are_found_where_the_list_writes_them()
    {
        Assert.Equal(["2011-05-09"], EuXml.ReadOne(EuXml.Name + "<remark>Date of listing: 9.5.2011</remark>").Sanction().Get("listingDate"));
        Assert.Equal(["2012-07-24"], EuXml.ReadOne(EuXml.Name, attributes: "designationDate=\"2012-07-24\"").Sanction().Get("startDate"));
        // The UN's own designation is another measure.
        Assert.Empty(EuXml.ReadOne(EuXml.Name, attributes: "designationDetails=\"Date of UN designation: 9.6.2010\"").Sanction().Get("listingDate"));
    }
}
