using Entente.Records;

namespace Entente.Lists.Tests.UnitedNations;

public sealed class UnNamesTests
{
    private static Entity Alias(string name, string quality = "Good", string note = "") => UnXml.ReadPerson(
        $"<INDIVIDUAL_ALIAS><QUALITY>{quality}</QUALITY><ALIAS_NAME>{name}</ALIAS_NAME><NOTE>{note}</NOTE></INDIVIDUAL_ALIAS>");

    [Fact]
    public void The_parts_of_a_name_are_joined_in_order_and_kept_apart_too()
    {
        var person = UnXml.Read(UnXml.List("""
            <INDIVIDUAL><FIRST_NAME> TAMIM  DAWUD</FIRST_NAME><SECOND_NAME>YUSUF</SECOND_NAME><THIRD_NAME>
            IDRIS</THIRD_NAME><FOURTH_NAME>AL-NAHRI</FOURTH_NAME><REFERENCE_NUMBER>FXi.001</REFERENCE_NUMBER></INDIVIDUAL>
            """)).Entities[0];
        Assert.Equal("TAMIM DAWUD YUSUF IDRIS AL-NAHRI", person.Caption);
        Assert.Equal(["TAMIM DAWUD YUSUF IDRIS AL-NAHRI"], person.Get("name"));
        Assert.Equal(["TAMIM DAWUD"], person.Get("firstName"));
        Assert.Equal(["YUSUF"], person.Get("secondName"));
        Assert.Equal(["IDRIS"], person.Get("middleName"));
        Assert.Equal(["AL-NAHRI"], person.Get("lastName"));
    }

    [Theory]
    [InlineData("تميم النهري", "ara")]
    [InlineData("تمیم پهلوان", "fas")]
    [InlineData("تمیم ځدراڼ", "pus")]
    [InlineData("Тамим Нахри", "rus")]
    [InlineData("Таміїм Нагрі", "ukr")]
    [InlineData("金铁三", "zho")]
    [InlineData("김철수", "kor")]
    [InlineData("TAMIM AN-NAHRI", null)]
    public void A_name_in_its_own_script_is_a_name_with_the_language_its_letters_suggest(string original, string? lang)
    {
        var person = UnXml.ReadPerson($"<NAME_ORIGINAL_SCRIPT> {original} </NAME_ORIGINAL_SCRIPT>");
        Assert.Equal(["TAMIM", original], person.Get("name"));
        Assert.Equal("TAMIM", person.Caption);
        Assert.Equal(lang, person.Statements.Single(s => s.Value == original).Lang);
    }

    [Theory]
    [InlineData("Good", "", "alias")]
    [InlineData("a.k.a.", "", "alias")]
    [InlineData("", "", "alias")]
    [InlineData("Low", "", "weakAlias")]
    [InlineData("f.k.a.", "", "previousName")]
    [InlineData("Good", "previously listed as", "previousName")]
    [InlineData("Low", "Formerly listed as.", "previousName")]
    public void The_quality_of_an_alias_and_its_note_say_what_it_is(string quality, string note, string property)
    {
        var person = Alias("Zubayr the Ferryman", quality, note);
        Assert.Equal(["Zubayr the Ferryman"], person.Get(property));
        Assert.Single((string[])["alias", "weakAlias", "previousName"], p => !person.Get(p).IsEmpty);
        Assert.Empty(person.Get("notes"));
    }

    [Theory]
    [InlineData("Zubayr Nahr; Zubeir Nahr ;Zoubeir Nahr", "Zubayr Nahr|Zubeir Nahr|Zoubeir Nahr")]
    [InlineData("a) Zubayr Nahr b) Zubeir Nahr c) Zoubeir Nahr", "Zubayr Nahr|Zubeir Nahr|Zoubeir Nahr")]
    [InlineData("(a) Zubayr Nahr; (b) Zubeir Nahr", "Zubayr Nahr|Zubeir Nahr")]
    [InlineData("Zubayr Nahr b) Zubeir Nahr", "Zubayr Nahr|Zubeir Nahr")]
    [InlineData("Zubayr Nahr (زبير نهر)", "Zubayr Nahr|زبير نهر")]
    [InlineData("زبير نهر (Zubayr Nahr; Zubeir Nahr)", "زبير نهر|Zubayr Nahr|Zubeir Nahr")]
    [InlineData("Zubayr Nahr (original script: Зубайр Нахр)", "Zubayr Nahr|Зубайр Нахр")]
    [InlineData("Zubayr Nahr زبير نهر", "Zubayr Nahr|زبير نهر")]
    [InlineData("“Zubayr”", "Zubayr")]
    [InlineData("“General” Zubayr", "“General” Zubayr")]
    [InlineData("Zubayr Nahr, born 1 Jan. 1953 (passport no.12345)", "Zubayr Nahr")]
    [InlineData("Zubayr Nahr (birth name)", "Zubayr Nahr")]
    [InlineData("Zubayr Nahr (Zubair)", "Zubayr Nahr (Zubair)|Zubayr Nahr")]
    [InlineData("(Sheikh) Zubayr Nahr", "(Sheikh) Zubayr Nahr")]
    [InlineData(") Zubayr Nahr,", "Zubayr Nahr")]
    [InlineData("Nahr, Zubayr", "Nahr, Zubayr")]
    public void An_alias_field_gives_every_name_in_it(string field, string expected)
    {
        var person = Alias(field);
        Assert.Equal(expected.Split('|'), person.Get("alias"));
        Assert.All(person.Statements.Where(s => s.Property == "alias" && s.Value != field), s => Assert.Equal(field, s.OriginalValue));
    }

    [Theory]
    [InlineData("Zubayr", "in Arabic: زبير", "Zubayr|زبير")]
    [InlineData("Zubayr", "original script: Зубайр", "Zubayr|Зубайр")]
    [InlineData("زبير نهر", "Zubayr Nahr; Zubeir Nahr", "زبير نهر|Zubayr Nahr|Zubeir Nahr")]
    [InlineData("Zubayr", "born in 1971 in Nowhere (Zubeir Nahr; Zoubeir Nahr)", "Zubayr|Zubeir Nahr|Zoubeir Nahr")]
    [InlineData("Zubayr", "nom de guerre", "Zubayr")]
    public void A_note_beside_an_alias_may_hold_more_names(string name, string note, string expected) =>
        Assert.Equal(expected.Split('|'), Alias(name, note: note).Get("alias"));

    [Fact]
    public void A_note_that_is_no_name_and_no_mark_is_kept()
    {
        Assert.Equal(["Alias Zubayr: call sign on the river"], Alias("Zubayr", note: "call sign on the river").Get("notes"));
    }

    [Fact]
    public void An_acronym_in_brackets_is_kept_with_the_name_and_apart_from_it()
    {
        var list = UnXml.Read(UnXml.OneOrganization("RIVER FERRY BRIGADES (RFB)"));
        var organization = list.Entities[0];
        Assert.Equal("Organization", organization.Schema);
        Assert.Equal(["RIVER FERRY BRIGADES (RFB)", "RIVER FERRY BRIGADES"], organization.Get("name"));
        Assert.Equal(["RFB"], organization.Get("abbreviation"));
        Assert.Equal(["RFB"], organization.Get("weakAlias"));
        Assert.Empty(organization.Get("firstName"));
    }

    [Theory]
    [InlineData("RIVER (HONG KONG) TRADING", "RIVER (HONG KONG) TRADING")]
    [InlineData("RIVER FERRY (NGO)", "RIVER FERRY (NGO)|RIVER FERRY")]
    [InlineData("RIVER FERRY COMPANY (RFC) LTD", "RIVER FERRY COMPANY (RFC) LTD|RIVER FERRY COMPANY LTD")]
    [InlineData("AL-NAHR AL-KABIR / ANAK", "AL-NAHR AL-KABIR / ANAK|AL-NAHR AL-KABIR|ANAK")]
    [InlineData("ADF/NALU", "ADF/NALU")]
    public void Other_brackets_and_bars_do_not_make_a_broader_name(string name, string expected) =>
        Assert.Equal(expected.Split('|'), UnXml.Read(UnXml.OneOrganization(name)).Entities[0].Get("name"));

    [Fact]
    public void An_entry_without_any_name_is_kept_and_warned_of()
    {
        var list = UnXml.Read(UnXml.List("<INDIVIDUAL><REFERENCE_NUMBER>FXi.009</REFERENCE_NUMBER><LISTED_ON>2015-01-01</LISTED_ON></INDIVIDUAL>"));
        Assert.Equal("Person", list.Entities[0].Caption);
        Assert.Equal("FXi.009", Assert.Single(list.Warnings).Reference);
    }
}
