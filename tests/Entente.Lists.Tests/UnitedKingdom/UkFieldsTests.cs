namespace Entente.Lists.Tests.UnitedKingdom;

/// <summary>What each field of the UK list becomes.</summary>
public sealed class UkFieldsTests
{
    [Fact]
    public void A_designation_becomes_a_person_and_a_sanction()
    {
        var list = UkList.ReadOne(UkList.Name + """
            <OFSIGroupID>12703</OFSIGroupID><UNReferenceNumber>FXi.010</UNReferenceNumber>
            <RegimeName>The Fiction (Sanctions) Regulations 2020</RegimeName><DesignationSource>UK|UN</DesignationSource>
            <SanctionsImposed>Asset freeze|Travel Ban</SanctionsImposed><SanctionsImposedIndicators><AssetFreeze>true</AssetFreeze></SanctionsImposedIndicators>
            <OtherInformation>Ferryman.</OtherInformation><UKStatementofReasons>He ferried.</UKStatementofReasons>
            """);
        Assert.Empty(list.Warnings);
        Assert.Equal(("gb-ukl", "03/02/2031"), (list.Metadata.Dataset, list.Metadata.Version));
        Assert.Equal(new DateTimeOffset(2031, 2, 3, 0, 0, 0, TimeSpan.Zero), list.Metadata.GeneratedAt);

        var person = list.Entities[0];
        Assert.Equal(("gb-FIC0001", "Person"), (person.Id, person.Schema));
        Assert.Equal(["Tamim Yusuf AL-NAHRI"], person.Get("name"));
        Assert.Equal(["Nahri"], person.Get("alias"));
        Assert.Equal(["Tamim"], person.Get("firstName"));
        Assert.Equal(["AL-NAHRI"], person.Get("lastName"));
        Assert.Equal(["Ferryman."], person.Get("notes"));

        var sanction = list.Entities[1];
        Assert.Equal(["FXi.010"], sanction.Get("unscId"));
        Assert.Equal(["FIC0001"], sanction.Get("recordId"));
        Assert.Equal(["12703"], sanction.Get("authorityId"));
        Assert.Equal(["2012-06-29"], sanction.Get("listingDate"));
        Assert.Equal(["2030-08-04"], sanction.Get("modifiedAt"));
        Assert.Equal(["Asset freeze", "Travel Ban"], sanction.Get("provisions"));
        Assert.Equal(["He ferried."], sanction.Get("reason"));
    }

    [Theory]
    [InlineData("Alias", "Good quality a.k.a", "alias")]
    [InlineData("ALias", "Low quality a.k.a", "weakAlias")]
    [InlineData("Primary name variation", null, "alias")]
    [InlineData("Primary name", null, "name")]
    [InlineData("FKA", null, "previousName")]
    public void A_name_stands_under_its_kind(string type, string? strength, string property)
    {
        var list = UkList.ReadOne($"<Names><Name><Name6>A</Name6><NameType>Primary Name</NameType></Name><Name><Name1>Timon</Name1><Name6>Fluss</Name6><NameType>{type}</NameType><AliasStrength>{strength}</AliasStrength></Name></Names>");
        Assert.Contains("Timon Fluss", list.Entities[0].Get(property));
        Assert.Empty(list.Warnings);
    }

    [Fact]
    public void Names_in_other_scripts_have_their_language_and_Latin_ones_among_them_are_aliases()
    {
        var person = UkList.ReadOne(UkList.Name + """
            <NonLatinNames><NonLatinName><NameNonLatinScript>تميم النهري</NameNonLatinScript></NonLatinName>
            <NonLatinName><NameNonLatinScript>Iван РАКА</NameNonLatinScript><NonLatinScriptType>Cyrillic</NonLatinScriptType><NonLatinScriptLanguage>Belarusian</NonLatinScriptLanguage></NonLatinName>
            <NonLatinName><NameNonLatinScript>Tamîm du Fleuve</NameNonLatinScript></NonLatinName></NonLatinNames>
            """).Entities[0];
        Assert.Equal(["Tamim Yusuf AL-NAHRI", "تميم النهري", "Iван РАКА"], person.Get("name"));
        Assert.Equal([null, "ara", "bel"], person.Statements.Where(s => s.Property == "name").Select(s => s.Lang));
        Assert.Contains("Tamîm du Fleuve", person.Get("alias"));
        Assert.Equal("Tamim Yusuf AL-NAHRI", person.Caption);
    }

    [Fact]
    public void The_script_of_a_name_is_no_unknown_element() =>
        Assert.Empty(UkList.ReadOne(UkList.Name + "<NonLatinNames><NonLatinName><NameNonLatinScript>نهر</NameNonLatinScript><NonLatinScriptType>Arabic</NonLatinScriptType></NonLatinName></NonLatinNames>").Warnings);

    [Fact]
    public void An_organisation_is_also_listed_under_its_acronym_and_without_it()
    {
        var entity = UkList.ReadOne("<Names><Name><Name6>RIVER FERRY ASSOCIATION (RFA)</Name6><NameType>Primary name</NameType></Name><Name><Name6>River (North branch)</Name6><NameType>Alias</NameType></Name></Names>", "Entity").Entities[0];
        Assert.Equal("Organization", entity.Schema);
        Assert.Equal(["RIVER FERRY ASSOCIATION (RFA)", "RIVER FERRY ASSOCIATION"], entity.Get("name"));
        Assert.Equal(["RFA"], entity.Get("abbreviation"));
        Assert.Equal(["RFA"], entity.Get("weakAlias"));
        Assert.Equal(["River (North branch)"], entity.Get("alias"));
    }

    [Theory]
    [InlineData("01/02/1963", "1963-02-01", false)]
    [InlineData("dd/mm/1963", "1963", false)]
    [InlineData("00/00/1963", "1963", false)]
    [InlineData("dd/05/1963", "1963-05", false)]
    [InlineData("31/02/1963", "1963-02", true)]
    [InlineData("1963", "1963", false)]
    [InlineData("dd/mm/yyyy", null, true)]
    [InlineData("about noon", null, true)]
    public void Birth_dates_are_as_exact_as_the_list_is(string text, string? expected, bool warned)
    {
        var list = UkList.ReadOne($"{UkList.Name}<IndividualDetails><Individual><DOBs><DOB>{text}</DOB></DOBs></Individual></IndividualDetails>");
        Assert.Equal(expected is null ? [] : [expected], list.Entities[0].Get("birthDate"));
        Assert.Equal(warned, list.Warnings.Length > 0);
        Assert.Equal(expected is null, list.Entities[0].Get("notes").Contains("Date of birth: " + text));
    }

    [Fact]
    public void Details_of_a_person_are_read_however_they_are_wrapped()
    {
        var person = UkList.ReadPerson("""
            <Nationalities><Nationality>Yemen</Nationality><Nationality>Oman</Nationality></Nationalities>
            <Positions><Position>Ferryman</Position></Positions><Genders><Gender>Male</Gender></Genders>
            <BirthDetails><Location><TownOfBirth>Fordtown</TownOfBirth><CountryOfBirth>Yemen</CountryOfBirth></Location></BirthDetails>
            <PassportDetails><Passport><PassportNumber>P04581926</PassportNumber><PassportAdditionalInformation>Yemen, expired</PassportAdditionalInformation></Passport>
            <PassportDetail><PassportNumber>P04581926</PassportNumber></PassportDetail></PassportDetails>
            <NationalIdentifierDetails><NationalIdentifier><NationalIdentifierNumber>2132370</NationalIdentifierNumber></NationalIdentifier></NationalIdentifierDetails>
            """);
        Assert.Equal(["ye", "om"], person.Get("nationality"));
        Assert.Equal(["Ferryman"], person.Get("position"));
        Assert.Equal(["male"], person.Get("gender"));
        Assert.Equal(["Fordtown, Yemen"], person.Get("birthPlace"));
        Assert.Equal(["ye"], person.Get("birthCountry"));
        Assert.Equal(["P04581926"], person.Get("passportNumber"));
        Assert.Equal(["2132370"], person.Get("idNumber"));
    }

    [Fact]
    public void A_paper_that_stands_twice_is_one_entity()
    {
        var list = UkList.ReadOne(UkList.Name + "<P><Passport><PassportNumber>P1234</PassportNumber></Passport><Passport><PassportNumber>P1234</PassportNumber><PassportAdditionalInformation>lost</PassportAdditionalInformation></Passport></P>");
        var passport = Assert.Single(list.Entities, e => e.Schema == "Passport");
        Assert.Equal(["lost"], passport.Get("summary"));
    }

    [Fact]
    public void A_ship_has_its_number_flags_and_measures()
    {
        var list = UkList.ReadOne("""
            <Names><Name><Name6>River Ferry 8</Name6><NameType>Primary name</NameType></Name></Names>
            <ShipDetails><Ship><IMONumbers><IMONumber>IMO9074729</IMONumber></IMONumbers>
            <CurrentOwnerOperators><CurrentOwnerOperator>Ford Shipping</CurrentOwnerOperator></CurrentOwnerOperators>
            <CurrentBelievedFlagOfShips><CurrentBelievedFlagOfShip>Comoros</CurrentBelievedFlagOfShip></CurrentBelievedFlagOfShips>
            <PreviousFlags><PreviousFlag>India</PreviousFlag></PreviousFlags><TypeOfShipDetails><TypeOfShip>Bulk Carrier</TypeOfShip></TypeOfShipDetails>
            <TonnageOfShipDetails><TonnageOfShip>7078</TonnageOfShip></TonnageOfShipDetails><YearsBuilt><YearBuilt>2011</YearBuilt></YearsBuilt>
            <LengthOfShipDetails><LengthOfShip>100m</LengthOfShip></LengthOfShipDetails></Ship></ShipDetails>
            """, "Ship");
        var ship = list.Entities[0];
        Assert.Equal("Vessel", ship.Schema);
        Assert.Equal(["9074729"], ship.Get("imoNumber"));
        Assert.Equal(["km"], ship.Get("flag"));
        Assert.Equal(["in"], ship.Get("pastFlags"));
        Assert.Equal(["Bulk Carrier"], ship.Get("type"));
        Assert.Equal(["7078"], ship.Get("tonnage"));
        Assert.Equal(["2011"], ship.Get("buildDate"));
        Assert.Equal(["Current owner or operator: Ford Shipping", "Length of ship: 100m"], ship.Get("notes"));
        Assert.Empty(list.Warnings);
    }

    [Fact]
    public void Registration_numbers_are_taken_out_of_their_remarks()
    {
        var entity = UkList.ReadOne("""
            <Names><Name><Name6>River Ferry LLC</Name6><NameType>Primary name</NameType></Name></Names>
            <EntityDetails><Entity><BusinessRegistrationNumbers><BusinessRegistrationNumber>(УНН/ИНН): 100200300 (Riverland), 7704/7703 (Fordland)</BusinessRegistrationNumber>
            <BusinessRegistrationNumber>not known</BusinessRegistrationNumber></BusinessRegistrationNumbers>
            <TypeOfEntities><TypeOfEntity>Company</TypeOfEntity></TypeOfEntities><ParentCompanies><ParentCompany>Ford Holding</ParentCompany></ParentCompanies></Entity></EntityDetails>
            """, "Entity").Entities[0];
        Assert.Equal(["100200300", "7704/7703"], entity.Get("registrationNumber"));
        Assert.Equal(["Company"], entity.Get("legalForm"));
        Assert.Equal(["Business registration number: not known", "Parent company: Ford Holding"], entity.Get("notes"));
    }

    [Fact]
    public void An_address_is_put_together_and_a_country_alone_is_none()
    {
        var list = UkList.ReadOne(UkList.Name + "<Addresses><Address><AddressLine1>2 Quay</AddressLine1><AddressLine6>Fordtown</AddressLine6><AddressPostalCode>FT1</AddressPostalCode><AddressCountry>Yemen</AddressCountry></Address><Address><AddressCountry>Oman</AddressCountry></Address></Addresses>");
        Assert.Equal(["2 Quay, Fordtown, FT1, Yemen"], list.Entities[0].Get("address"));
        Assert.Equal(["ye", "om"], list.Entities[0].Get("country"));
        Assert.Single(list.Entities, e => e.Schema == "Address");
    }

    [Fact]
    public void Doubtful_and_unknown_parts_are_warned_of_once()
    {
        var list = UkList.Read(UkList.Xml(
            UkList.Entry(UkList.Name + "<Horoscope>lion</Horoscope><UNReferenceNumber>N/A</UNReferenceNumber>")
            + UkList.Entry(UkList.Name + "<Horoscope>crab</Horoscope><UNReferenceNumber>FX12</UNReferenceNumber>", "Balloon", "FIC0002") + "<Footer/>"));
        Assert.Equal("LegalEntity", list.Entities.Single(e => e.Id == "gb-FIC0002").Schema);
        Assert.Equal(["FIC0001", "FIC0002", "FIC0002", ""], list.Warnings.Select(w => w.Reference)); // horoscope, balloon, FX12, footer
    }

    [Fact]
    public void A_list_that_is_damaged_or_names_nobody_is_refused()
    {
        var valid = UkList.Xml(UkList.Entry(UkList.Name));
        Assert.Contains("cut off", UkList.Refused(valid[..^30]), StringComparison.Ordinal);
        Assert.Contains("no entries", UkList.Refused(UkList.Xml("")), StringComparison.Ordinal);
        Assert.Contains("no UniqueID", UkList.Refused(UkList.Xml(UkList.Entry(UkList.Name, id: ""))), StringComparison.Ordinal);
        Assert.Contains("FIC0001 stands twice", UkList.Refused(UkList.Xml(UkList.Entry(UkList.Name) + UkList.Entry(UkList.Name))), StringComparison.Ordinal);
        Assert.Contains("DTD", UkList.Refused("<!DOCTYPE Designations><Designations/>"), StringComparison.Ordinal);
    }
}
