namespace Entente.Lists.Tests.Ofac;

public sealed class OfacAdvancedTests
{
    private const string References = """
        <ReferenceValueSets>
          <AliasTypeValues><AliasType ID="1400">A.K.A.</AliasType><AliasType ID="1401">F.K.A.</AliasType><AliasType ID="1403">Name</AliasType></AliasTypeValues>
          <AreaCodeValues><AreaCode ID="9" CountryID="9" Description="Yemen" AreaCodeTypeID="1">YE</AreaCode></AreaCodeValues>
          <CalendarTypeValues><CalendarType ID="1">Gregorian</CalendarType><CalendarType ID="2">Islamic</CalendarType></CalendarTypeValues>
          <CountryValues><Country ID="9" ISO2="YE">Yemen</Country><Country ID="10" ISO2="OM">Oman</Country></CountryValues>
          <DetailReferenceValues><DetailReference ID="91526">Male</DetailReference></DetailReferenceValues>
          <FeatureTypeValues>
            <FeatureType ID="8">Birthdate</FeatureType><FeatureType ID="9">Place of Birth</FeatureType><FeatureType ID="10">Nationality Country</FeatureType>
            <FeatureType ID="11">Citizenship Country</FeatureType><FeatureType ID="25">Location</FeatureType><FeatureType ID="26">Title</FeatureType>
            <FeatureType ID="224">Gender</FeatureType><FeatureType ID="345">Digital Currency Address - ETH</FeatureType><FeatureType ID="1">Vessel Call Sign</FeatureType>
          </FeatureTypeValues>
          <IDRegDocDateTypeValues><IDRegDocDateType ID="1480">Issue Date</IDRegDocDateType><IDRegDocDateType ID="1481">Expiration Date</IDRegDocDateType></IDRegDocDateTypeValues>
          <IDRegDocTypeValues><IDRegDocType ID="1571">Passport</IDRegDocType></IDRegDocTypeValues>
          <LegalBasisValues><LegalBasis ID="1828" LegalBasisShortRef="EO 13224">Executive Order 13224 (Terrorism)</LegalBasis></LegalBasisValues>
          <ListValues><List ID="1550">SDN List</List><List ID="91512">Consolidated List</List></ListValues>
          <LocPartTypeValues><LocPartType ID="1451">ADDRESS1</LocPartType><LocPartType ID="1452">ADDRESS2</LocPartType><LocPartType ID="1454">CITY</LocPartType></LocPartTypeValues>
          <NamePartTypeValues><NamePartType ID="1520">Last Name</NamePartType><NamePartType ID="1521">First Name</NamePartType><NamePartType ID="1522">Middle Name</NamePartType><NamePartType ID="1525">Entity Name</NamePartType><NamePartType ID="1526">Vessel Name</NamePartType><NamePartType ID="91708">Patronymic</NamePartType></NamePartTypeValues>
          <PartySubTypeValues><PartySubType ID="1" PartyTypeID="4">Vessel</PartySubType><PartySubType ID="3" PartyTypeID="2">Unknown</PartySubType><PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType></PartySubTypeValues>
          <PartyTypeValues><PartyType ID="1">Individual</PartyType><PartyType ID="2">Entity</PartyType><PartyType ID="4">Transport</PartyType></PartyTypeValues>
          <RelationTypeValues><RelationType ID="15003">Owned or Controlled By</RelationType><RelationType ID="15004">Family member of</RelationType><RelationType ID="15001">Providing support to</RelationType><RelationType ID="91725">Leader or official of</RelationType></RelationTypeValues>
          <SanctionsTypeValues><SanctionsType ID="1">Program</SanctionsType><SanctionsType ID="1705">Block</SanctionsType></SanctionsTypeValues>
          <ScriptValues><Script ID="215" ScriptCode="Latn">Latin</Script><Script ID="160" ScriptCode="Arab">Arabic</Script><Script ID="501" ScriptCode="Hans">Chinese Simplified</Script><Script ID="220" ScriptCode="Cyrl">Cyrillic</Script></ScriptValues>
          <ValidityValues><Validity ID="1">Valid</Validity><Validity ID="2">Fraudulent</Validity></ValidityValues>
        </ReferenceValueSets>
        """;

    private const string Passport = """
        <IDRegDocument ID="1" IDRegDocTypeID="1571" IdentityID="501" IssuedBy-CountryID="9" ValidityID="2">
          <IDRegistrationNo>X0012345</IDRegistrationNo><IssuingAuthority>Aden Harbour Office</IssuingAuthority>
          <DocumentDate IDRegDocDateTypeID="1481"><DatePeriod CalendarTypeID="1"><Start><From><Year>2009</Year><Month>12</Month><Day>31</Day></From></Start></DatePeriod></DocumentDate>
        </IDRegDocument>
        """;

    private const string Person = """
        <DistinctParty FixedRef="90001"><Comment>Member of the Ferry Guild;</Comment><Profile ID="90001" PartySubTypeID="4">
          <Identity ID="501" FixedRef="90001" Primary="true" False="false">
            <Alias FixedRef="90001" AliasTypeID="1403" Primary="true" LowQuality="false">
              <DocumentedName ID="1"><DocumentedNamePart><NamePartValue NamePartGroupID="1" ScriptID="215">AL-NAHRI</NamePartValue></DocumentedNamePart><DocumentedNamePart><NamePartValue NamePartGroupID="2" ScriptID="215">Tamim</NamePartValue></DocumentedNamePart><DocumentedNamePart><NamePartValue NamePartGroupID="3" ScriptID="215">Yusuf</NamePartValue></DocumentedNamePart></DocumentedName>
              <DocumentedName ID="2"><DocumentedNamePart><NamePartValue NamePartGroupID="4" ScriptID="160">النهري</NamePartValue></DocumentedNamePart><DocumentedNamePart><NamePartValue NamePartGroupID="5" ScriptID="160">تميم</NamePartValue></DocumentedNamePart></DocumentedName>
              <DocumentedName ID="3"><DocumentedNamePart><NamePartValue NamePartGroupID="6" ScriptID="501">塔</NamePartValue></DocumentedNamePart><DocumentedNamePart><NamePartValue NamePartGroupID="7" ScriptID="501">米姆</NamePartValue></DocumentedNamePart></DocumentedName>
            </Alias>
            <Alias FixedRef="90001" AliasTypeID="1400" Primary="false" LowQuality="true"><DocumentedName ID="4"><DocumentedNamePart><NamePartValue NamePartGroupID="8" ScriptID="215">FERRYMAN</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
            <Alias FixedRef="90001" AliasTypeID="1401" Primary="false" LowQuality="false"><DocumentedName ID="5"><DocumentedNamePart><NamePartValue NamePartGroupID="9" ScriptID="220">Нахри</NamePartValue></DocumentedNamePart><DocumentedNamePart><NamePartValue NamePartGroupID="10" ScriptID="220">Тамим</NamePartValue></DocumentedNamePart><DocumentedNamePart><NamePartValue NamePartGroupID="11" ScriptID="220">Юсупович</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
            <NamePartGroups>
              <MasterNamePartGroup><NamePartGroup ID="1" NamePartTypeID="1520"/></MasterNamePartGroup><MasterNamePartGroup><NamePartGroup ID="2" NamePartTypeID="1521"/></MasterNamePartGroup><MasterNamePartGroup><NamePartGroup ID="3" NamePartTypeID="1522"/></MasterNamePartGroup>
              <MasterNamePartGroup><NamePartGroup ID="4" NamePartTypeID="1520"/></MasterNamePartGroup><MasterNamePartGroup><NamePartGroup ID="5" NamePartTypeID="1521"/></MasterNamePartGroup>
              <MasterNamePartGroup><NamePartGroup ID="6" NamePartTypeID="1520"/></MasterNamePartGroup><MasterNamePartGroup><NamePartGroup ID="7" NamePartTypeID="1521"/></MasterNamePartGroup>
              <MasterNamePartGroup><NamePartGroup ID="8" NamePartTypeID="1520"/></MasterNamePartGroup>
              <MasterNamePartGroup><NamePartGroup ID="9" NamePartTypeID="1520"/></MasterNamePartGroup><MasterNamePartGroup><NamePartGroup ID="10" NamePartTypeID="1521"/></MasterNamePartGroup><MasterNamePartGroup><NamePartGroup ID="11" NamePartTypeID="91708"/></MasterNamePartGroup>
            </NamePartGroups>
          </Identity>
          FEATURES
          <SanctionsEntryReference SanctionsEntryID="90001"/>
        </Profile></DistinctParty>
        """;

    private const string Features = """
        <Feature ID="1" FeatureTypeID="8"><FeatureVersion ID="1" ReliabilityID="1"><DatePeriod CalendarTypeID="1"><Start Approximate="false"><From><Year>1966</Year><Month>2</Month><Day>3</Day></From><To><Year>1966</Year><Month>2</Month><Day>3</Day></To></Start><End Approximate="false"><From><Year>1966</Year><Month>2</Month><Day>3</Day></From><To><Year>1966</Year><Month>2</Month><Day>3</Day></To></End></DatePeriod><VersionDetail DetailTypeID="1430"/></FeatureVersion></Feature>
        <Feature ID="2" FeatureTypeID="9"><FeatureVersion ID="2"><VersionDetail DetailTypeID="1432">Aden, Yemen</VersionDetail></FeatureVersion></Feature>
        <Feature ID="3" FeatureTypeID="10"><FeatureVersion ID="3"><VersionDetail DetailTypeID="1433"/><VersionLocation LocationID="71"/></FeatureVersion></Feature>
        <Feature ID="4" FeatureTypeID="224"><FeatureVersion ID="4"><VersionDetail DetailTypeID="1431" DetailReferenceID="91526"/></FeatureVersion></Feature>
        <Feature ID="5" FeatureTypeID="25"><FeatureVersion ID="5"><VersionLocation LocationID="70"/></FeatureVersion></Feature>
        <Feature ID="6" FeatureTypeID="345"><FeatureVersion ID="6"><Comment>No forks.</Comment><VersionDetail DetailTypeID="1432">0xF1C7</VersionDetail></FeatureVersion></Feature>
        <Feature ID="7" FeatureTypeID="26"><FeatureVersion ID="7"><VersionDetail DetailTypeID="1432">Harbour Master</VersionDetail></FeatureVersion></Feature>
        """;

    private const string Locations = """
        <Location ID="70"><LocationAreaCode AreaCodeID="9"/><LocationCountry CountryID="9" CountryRelevanceID="1413"/>
          <LocationPart LocPartTypeID="1452"><LocationPartValue Primary="true"><Value>Old Port</Value></LocationPartValue></LocationPart>
          <LocationPart LocPartTypeID="1451"><LocationPartValue Primary="true"><Value>1 Quay</Value></LocationPartValue></LocationPart>
          <LocationPart LocPartTypeID="1454"><LocationPartValue Primary="true"><Value>Aden</Value></LocationPartValue><LocationPartValue Primary="false"><Comment>Arabic</Comment><Value>عدن</Value></LocationPartValue></LocationPart></Location>
        <Location ID="71"><LocationAreaCode AreaCodeID="9"/></Location>
        """;

    private static string Other(string id, int subType, string name) => $"""
        <DistinctParty FixedRef="{id}"><Profile ID="{id}" PartySubTypeID="{subType}"><Identity ID="{id}9" Primary="true" False="false">
          <Alias AliasTypeID="1403" Primary="true" LowQuality="false"><DocumentedName><DocumentedNamePart><NamePartValue NamePartGroupID="1{id}" ScriptID="215">{name}</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
          <NamePartGroups><MasterNamePartGroup><NamePartGroup ID="1{id}" NamePartTypeID="{(subType == 4 ? 1520 : 1525)}"/></MasterNamePartGroup></NamePartGroups></Identity></Profile></DistinctParty>
        """;

    private static string Xml(string features = Features, string parties = "", string relations = "", string sanctions = "", string xmlNamespace = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ADVANCED_XML") =>
        $"""
        <?xml version="1.0" encoding="utf-8"?>
        <Sanctions xmlns="{xmlNamespace}">
        <DateOfIssue CalendarTypeID="1"><Year>2031</Year><Month>2</Month><Day>3</Day></DateOfIssue>
        {References}
        <Locations>{Locations}</Locations>
        <IDRegDocuments>{Passport}</IDRegDocuments>
        <DistinctParties>{Person.Replace("FEATURES", features, StringComparison.Ordinal)}{parties}</DistinctParties>
        <ProfileRelationships>{relations}</ProfileRelationships>
        <SanctionsEntries>{sanctions}</SanctionsEntries>
        <SanctionsEntryLinks/>
        </Sanctions>
        """;

    [Theory]
    [InlineData("https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ADVANCED_XML")]
    [InlineData("http://www.un.org/sanctions/1.0")]
    public void Names_stand_in_reading_order_and_in_their_own_scripts(string xmlNamespace)
    {
        var list = OfacSamples.Read(Xml(xmlNamespace: xmlNamespace));
        var person = list.Get("us-ofac-90001");
        Assert.Equal("Person", person.Schema);
        Assert.Equal(["Tamim Yusuf AL-NAHRI", "تميم النهري", "塔米姆"], person.Get("name"));
        Assert.Equal(["AL-NAHRI"], person.Get("lastName"));
        Assert.Equal(["FERRYMAN"], person.Get("weakAlias"));
        Assert.Equal(["Тамим Юсупович Нахри"], person.Get("previousName"));
        Assert.Equal(("ara", "zho", "rus"), (LangOf("تميم النهري"), LangOf("塔米姆"), LangOf("Тамим Юсупович Нахри")));
        Assert.Empty(list.Warnings);

        string? LangOf(string name) => person.Statements.Single(s => s.Value == name).Lang;
    }

    [Fact]
    public void Features_and_papers_are_resolved()
    {
        var list = OfacSamples.Read(Xml());
        var person = list.Get("us-ofac-90001");
        Assert.Equal(["1966-02-03"], person.Get("birthDate"));
        Assert.Equal(["ye"], person.Get("birthCountry"));
        Assert.Equal(["ye"], person.Get("nationality"));
        Assert.Equal(["male"], person.Get("gender"));
        Assert.Equal(["1 Quay, Old Port, Aden, Yemen"], person.Get("address"));
        Assert.Equal(["Harbour Master", "Member of the Ferry Guild"], person.Get("position"));
        Assert.Contains("عدن", list.Get(person.Get("addressEntity")[0]).Get("full"));
        var wallet = list.Of("CryptoWallet", "holder", person.Id).Single();
        Assert.Equal(("0xF1C7", "ETH", "No forks."), (wallet.Get("publicKey")[0], wallet.Get("currencySymbol")[0], wallet.Get("notes")[0]));
        var passport = list.Of("Passport", "holder", person.Id).Single();
        Assert.Equal(["X0012345"], person.Get("passportNumber"));
        Assert.Equal(("ye", "2009-12-31", "Aden Harbour Office", "Fraudulent"), (passport.Get("country")[0], passport.Get("endDate")[0], passport.Get("authority")[0], passport.Get("summary")[0]));
    }

    [Fact]
    public void The_same_person_has_the_same_ids_in_every_format()
    {
        var advanced = OfacSamples.Read(Xml());
        var plain = OfacSamples.Read(OfacSamples.Xml(OfacSamples.Person));
        var csv = OfacSamples.ReadCsv();
        Assert.All(new[] { "us-ofac-90001", "us-ofac-90001-sanction" }, id => Assert.All(new[] { advanced, plain, csv }, list => list.Get(id)));
        var passport = advanced.Of("Passport", "holder", "us-ofac-90001").Single().Id;
        Assert.Equal(passport, plain.Of("Passport", "holder", "us-ofac-90001").Single().Id);
        Assert.Equal(passport, csv.Of("Passport", "holder", "us-ofac-90001").Single().Id);
        Assert.Equal(plain.Get("us-ofac-90001").Get("name")[0], advanced.Get("us-ofac-90001").Get("name")[0]);
        Assert.Equal(plain.Get("us-ofac-90001").Get("addressEntity"), advanced.Get("us-ofac-90001").Get("addressEntity"));
    }

    [Theory]
    [InlineData("1962-1-1", "1962-1-1", "1962-12-31", "1962-12-31", "false", "1962", null)]
    [InlineData("1962-3-1", "1962-3-1", "1962-3-31", "1962-3-31", "false", "1962-03", null)]
    [InlineData("1962-1-1", "1962-1-1", "1962-12-31", "1962-12-31", "true", "1962", "circa 1962")]
    [InlineData("1960-1-1", "1960-1-1", "1962-12-31", "1962-12-31", "false", "1960 1961 1962", "1960 to 1962")]
    [InlineData("1961-5-2", "1961-5-2", "1962-4-1", "1962-4-1", "false", "1961 1962", "1961-05-02 to 1962-04-01")]
    [InlineData("1961-2-30", "1961-2-30", "1961-2-30", "1961-2-30", "false", "1961-02", "1961-02-30")]
    public void Periods_are_days_months_years_or_spans(string startFrom, string startTo, string endFrom, string endTo, string approximate, string expected, string? wording)
    {
        static string Point(string name, string date) => date.Split('-') is [var y, var m, var d] ? $"<{name}><Year>{y}</Year><Month>{m}</Month><Day>{d}</Day></{name}>" : "";
        var period = $"""<DatePeriod CalendarTypeID="1"><Start Approximate="{approximate}">{Point("From", startFrom)}{Point("To", startTo)}</Start><End Approximate="{approximate}">{Point("From", endFrom)}{Point("To", endTo)}</End></DatePeriod>""";
        var person = OfacSamples.Read(Xml($"""<Feature FeatureTypeID="8"><FeatureVersion>{period}</FeatureVersion></Feature>""")).Get("us-ofac-90001");
        Assert.Equal(expected.Split(' '), person.Get("birthDate"));
        Assert.All(person.Statements.Where(s => s.Property == "birthDate"), s => Assert.Equal(wording, s.OriginalValue));
    }

    [Fact]
    public void Sanctions_have_their_programme_date_and_legal_basis()
    {
        const string Entry = """
            <SanctionsEntry ID="90001" ProfileID="90001" ListID="1550"><LimitationsToDistribution/>
              <EntryEvent ID="1" EntryEventTypeID="1" LegalBasisID="1828"><Comment/><Date CalendarTypeID="1"><Year>2015</Year><Month>4</Month><Day>7</Day></Date></EntryEvent>
              <SanctionsMeasure ID="1" SanctionsTypeID="1705"><Comment/></SanctionsMeasure><SanctionsMeasure ID="2" SanctionsTypeID="1"><Comment>SDGT</Comment></SanctionsMeasure>
            </SanctionsEntry>
            """;
        var list = OfacSamples.Read(Xml(sanctions: Entry + Entry.Replace("1550", "91512", StringComparison.Ordinal).Replace("2015", "2016", StringComparison.Ordinal)));
        var sanction = list.Get("us-ofac-90001-sanction");
        Assert.Equal(["2015-04-07"], sanction.Get("listingDate"));
        Assert.Equal(["SDGT"], sanction.Get("program"));
        Assert.Equal(["Executive Order 13224 (Terrorism)"], sanction.Get("reason"));
        Assert.Equal(["Block"], sanction.Get("provisions"));
        Assert.Equal(["SDGT"], list.Get("us-ofac-90001").Get("program"));
        var other = Assert.Single(list.Entities, e => e.Schema == "Sanction" && e.Id != sanction.Id);
        Assert.Equal(("2016-04-07", "Consolidated List"), (other.Get("listingDate")[0], other.Get("summary")[0]));
        Assert.Equal(["us-ofac-90001"], other.Get("entity"));
    }

    [Theory]
    [InlineData("1550", "us-ofac-sdn")]
    [InlineData("91512", "us-ofac-cons")]
    public void The_list_of_the_sanctions_is_the_dataset(string listId, string dataset) =>
        Assert.Equal(dataset, OfacSamples.Read(Xml(sanctions: $"""<SanctionsEntry ID="1" ProfileID="90001" ListID="{listId}"/>""")).Metadata.Dataset);

    [Fact]
    public void Links_between_entries_are_FtM_links_where_FtM_has_one_for_such_ends()
    {
        static string Relation(string from, string to, string type, string more = "") => $"""<ProfileRelationship ID="{type}" From-ProfileID="{from}" To-ProfileID="{to}" RelationTypeID="{type}" RelationQualityID="1" Former="false"{more}/>""";
        var list = OfacSamples.Read(Xml(
            parties: Other("90002", 3, "RIVER FERRY COMPANY") + Other("90003", 1, "SLOW HERON") + Other("90005", 4, "AL-NAHRI SALIM"),
            relations: Relation("90002", "90001", "15003") + Relation("90003", "90002", "15003") + Relation("90005", "90001", "15004")
                + Relation("90001", "90002", "91725") + Relation("90003", "90001", "15001") + Relation("90001", "7", "15001")));
        Assert.Equal("Vessel", list.Get("us-ofac-90003").Schema);
        var control = list.Of("Control", "object", "us-ofac-90002").Single();
        Assert.Equal(["us-ofac-90001"], control.Get("subject"));
        var ownership = list.Of("Ownership", "asset", "us-ofac-90003").Single();
        Assert.Equal(["us-ofac-90002"], ownership.Get("owner"));
        Assert.Equal(["us-ofac-90001"], list.Of("Family", "person", "us-ofac-90005").Single().Get("relative"));
        Assert.Equal(["us-ofac-90002"], list.Of("Directorship", "director", "us-ofac-90001").Single().Get("organization"));
        Assert.Equal(["Providing support to"], list.Of("UnknownLink", "subject", "us-ofac-90003").Single().Get("role"));
        Assert.Contains("1 links", Assert.Single(list.Warnings).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""<Feature FeatureTypeID="999"><FeatureVersion><VersionDetail>blue</VersionDetail></FeatureVersion></Feature>""", "feature type 999", "Feature 999: blue")]
    [InlineData("""<Feature FeatureTypeID="25"><FeatureVersion><VersionLocation LocationID="404"/></FeatureVersion></Feature>""", "place 404", null)]
    [InlineData("""<Feature FeatureTypeID="8"><FeatureVersion><DatePeriod CalendarTypeID="2"><Start><From><Year>1390</Year></From></Start></DatePeriod></FeatureVersion></Feature>""", "Islamic", "Birthdate: 1390 (Islamic)")]
    [InlineData("""<Feature FeatureTypeID="1"><FeatureVersion><VersionDetail>FIC7</VersionDetail></FeatureVersion></Feature>""", null, "Vessel Call Sign FIC7")]
    [InlineData("<Portrait>a boat</Portrait>", "<Portrait>", null)]
    public void What_has_no_place_is_kept_as_a_note_or_warned_about(string feature, string? warning, string? note)
    {
        var list = OfacSamples.Read(Xml(feature));
        if (warning is not null)
            Assert.Contains(warning, Assert.Single(list.Warnings).Message, StringComparison.Ordinal);
        Assert.Empty(list.Get("us-ofac-90001").Get("birthDate"));
        if (note is not null)
            Assert.Contains(note, list.Get("us-ofac-90001").Get("notes"));
    }

    [Fact]
    public void A_file_that_leaves_out_the_common_words_is_read_by_their_numbers()
    {
        var list = OfacSamples.Read("""
            <Sanctions><ReferenceValueSets/><DistinctParties><DistinctParty><Profile ID="5" PartySubTypeID="4"><Identity ID="1">
            <Alias AliasTypeID="1403"><DocumentedName><DocumentedNamePart><NamePartValue ScriptID="215">Salim Nahri</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
            <Alias AliasTypeID="1401"><DocumentedName><DocumentedNamePart><NamePartValue ScriptID="215">Salim Bahri</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
            </Identity></Profile></DistinctParty></DistinctParties></Sanctions>
            """);
        var person = list.Get("us-ofac-5");
        Assert.Equal(("Person", "Salim Nahri", "Salim Bahri"), (person.Schema, person.Get("name")[0], person.Get("previousName")[0]));
    }

    [Fact]
    public void A_list_cut_off_or_without_parties_is_refused()
    {
        var xml = Xml();
        for (var length = 40; length < xml.TrimEnd().Length; length += 101)
            Assert.Throws<ListFormatException>(() => OfacSamples.Read(xml[..length]));
        Assert.Contains("no entries", Assert.Throws<ListFormatException>(() => OfacSamples.Read("<Sanctions><DistinctParties/></Sanctions>")).Message, StringComparison.Ordinal);
    }
}
