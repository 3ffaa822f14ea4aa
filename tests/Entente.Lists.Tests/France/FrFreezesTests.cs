using System.Text;
using Entente.Records;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Lists.Tests.France;

/// <summary>The French register, on people who do not exist.</summary>
public sealed class FrFreezesTests
{
    private static string Register(string records) =>
        "{\"Publications\":{\"DatePublication\":\"2031-02-03T04:05:06.7+01:00\",\"PublicationDetail\":[\n" + records + "\n]}}";

    private static string Entry(string details, string nature = "Personne physique", string name = "NAHRI ", string id = "7") =>
        $$"""{"IdRegistre":{{id}},"Nature":"{{nature}}","Nom":"{{name}}","RegistreDetail":[{{details}}]}""";

    private static string Field(string type, params string[] values) => $$"""{"TypeChamp":"{{type}}","Valeur":[{{string.Join(',', values)}}]}""";

    private static ListFile Read(string json, ListLimits? limits = null) => ListReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)), "fr.json", limits);

    private static ListFile ReadOne(params string[] fields) => Read(Register(Entry(string.Join(',', fields))));

    private static string Refused(string json, ListLimits? limits = null) => Assert.Throws<ListFormatException>(() => Read(json, limits)).Message;

    [Fact]
    public void A_record_becomes_a_person_and_a_sanction()
    {
        var list = ReadOne(
            Field("PRENOM", """{"Prenom":"Tamim Youssouf "}"""), Field("SEXE", """{"Sexe":"Masculin"}"""),
            Field("NATIONALITE", """{"Pays":"CORÉE DU NORD","Commentaire":""}"""), Field("TITRE", """{"Titre":"Fonctions: passeur"}"""),
            Field("LIEU_DE_NAISSANCE", """{"Lieu":"Gué","Pays":"BIÉLORUSSIE"}"""), Field("MOTIFS", """{"Motifs":"A fait passer."}"""),
            Field("FONDEMENT_JURIDIQUE",
                """{"FondementJuridique":2,"FondementJuridiqueLabel":"(UE) 2025/2 du 12/09/2025 (UE Fiction - R (UE) 1/2014)"}""",
                """{"FondementJuridique":1,"FondementJuridiqueLabel":"(UE) 2011/1 du1/12/2011 (UE Fiction - R (UE) 1/2014)"}"""),
            Field("REFERENCE_UE", """{"ReferenceUe":"EU.1.23"}"""), Field("REFERENCE_ONU", """{"ReferenceOnu":"FXi.010"}"""));
        Assert.Empty(list.Warnings);
        Assert.Equal(("fr-gels", "2031-02-03T04:05:06.7+01:00"), (list.Metadata.Dataset, list.Metadata.Version));

        var person = list.Entities[0];
        Assert.Equal(("fr-gels-7", "Person"), (person.Id, person.Schema));
        Assert.Equal(["Tamim Youssouf NAHRI"], person.Get("name"));
        Assert.Equal(["NAHRI"], person.Get("lastName"));
        Assert.Equal(["male"], person.Get("gender"));
        Assert.Equal(["kp"], person.Get("nationality"));
        Assert.Equal(["by"], person.Get("birthCountry"));
        Assert.Equal(["passeur"], person.Get("position"));

        var sanction = list.Entities[1];
        Assert.Equal(["A fait passer."], sanction.Get("reason"));
        Assert.Equal(["FXi.010"], sanction.Get("unscId"));
        Assert.Equal(["EU.1.23"], sanction.Get("authorityId"));
        Assert.Equal(["2011-12-01"], sanction.Get("listingDate"));
        Assert.Equal(["2025-09-12"], sanction.Get("modifiedAt"));
        Assert.Equal(["UE Fiction - R (UE) 1/2014"], sanction.Get("program"));
    }

    [Theory]
    [InlineData("Тамим НАХРИ", "En russe", "alias", "Тамим НАХРИ", "rus")]
    [InlineData("en russe: Тамим НАХРИ", "", "alias", "Тамим НАХРИ", "rus")]
    [InlineData("تميم النهري", "", "alias", "تميم النهري", "ara")]
    [InlineData("Тамім НАХРЫ", "en ukrainien", "alias", "Тамім НАХРЫ", "ukr")]
    [InlineData("Timon Fluss", "anciennement", "previousName", "Timon Fluss", null)]
    [InlineData("Abou Nahr", "alias peu fiable", "weakAlias", "Abou Nahr", null)]
    [InlineData("Timon : le passeur", "", "alias", "Timon : le passeur", null)] // no language before the colon
    public void An_alias_has_its_kind_and_language(string alias, string remark, string property, string expected, string? language)
    {
        var person = ReadOne(Field("ALIAS", $$"""{"Alias":"{{alias}}","Commentaire":"{{remark}}"}""")).Entities[0];
        var name = Assert.Single(person.Statements, s => s.Property == property);
        Assert.Equal((expected, language), (name.Value, name.Lang));
        Assert.Empty(person.Get("notes"));
    }

    [Fact]
    public void Several_aliases_in_one_field_are_several_and_other_remarks_are_kept()
    {
        var person = ReadOne(Field("ALIAS", """{"Alias":"Timon; Simon ","Commentaire":"nom de guerre à Gué"}""")).Entities[0];
        Assert.Equal(["Timon", "Simon"], person.Get("alias"));
        Assert.Equal(["Alias Timon; Simon: nom de guerre à Gué"], person.Get("notes"));
    }

    [Theory]
    [InlineData("20", "10", "1976", "", "1976-10-20")]
    [InlineData("", "10", "1976", "", "1976-10")]
    [InlineData("", "", "1976", "", "1976")]
    [InlineData("20", "", "1976", "", "1976")]
    [InlineData("01", "01", "1976", "", "1976-01-01 1976")] // perhaps only the year
    [InlineData("", "", "", "entre 1958 et 1960", "1958 1959 1960")]
    [InlineData("", "", "", "vers 1960", "1960")]
    [InlineData("", "", "1960", "vers", "1960")]
    public void Birth_dates_are_as_exact_as_the_register_is(string day, string month, string year, string remark, string expected)
    {
        var list = ReadOne(Field("DATE_DE_NAISSANCE", $$"""{"Jour":"{{day}}","Mois":"{{month}}","Annee":"{{year}}","Commentaire":"{{remark}}"}"""));
        Assert.Equal(expected.Split(' '), list.Entities[0].Get("birthDate"));
        Assert.Empty(list.Warnings);
    }

    [Theory]
    [InlineData("31", "02", "1976", "", "1976-02")]
    [InlineData("", "", "", "inconnue", null)]
    [InlineData("", "", "1343", "", null)]
    public void A_doubtful_birth_date_is_warned_of(string day, string month, string year, string remark, string? expected)
    {
        var list = ReadOne(Field("DATE_DE_NAISSANCE", $$"""{"Jour":"{{day}}","Mois":"{{month}}","Annee":"{{year}}","Commentaire":"{{remark}}"}"""));
        Assert.Equal(expected is null ? [] : [expected], list.Entities[0].Get("birthDate"));
        Assert.Equal(expected is null ? 1 : 0, list.Entities[0].Get("notes").Length);
        Assert.Single(list.Warnings);
    }

    [Fact]
    public void Numbers_go_where_their_remarks_say()
    {
        var list = Read(Register(Entry(string.Join(',',
            Field("IDENTIFICATION",
                """{"Identification":"/","Commentaire":"Type d’entité: société par actions - Date d’enregistrement: 7.7.2005 - Numéro d’enregistrement: 1057747407398 - Principal établissement: Fédération de Russie - Télécopieur: +7 000"}""",
                """{"Identification":"3234043140","Commentaire":"Numéro d'identification fiscale"}""", """{"Identification":"55","Commentaire":"Carte de bac"}"""),
            Field("ADRESSE_PM", """{"Adresse":"2 quai du Gué","Pays":"RUSSIE"}"""),
            Field("TELEPHONE", """{"Telephone":"+7 001"}""", """{"Telephone":"Télécopie : +7 002"}""")), "Personne morale", "Bac SA")));
        var entity = list.Entities[0];
        Assert.Equal("Organization", entity.Schema);
        Assert.Equal(["société par actions"], entity.Get("legalForm"));
        Assert.Equal(["2005-07-07"], entity.Get("incorporationDate"));
        Assert.Equal(["1057747407398"], entity.Get("registrationNumber"));
        Assert.Equal(["ru"], entity.Get("mainCountry"));
        Assert.Equal(["3234043140"], entity.Get("taxNumber"));
        Assert.Equal(["55"], entity.Get("idNumber"));
        Assert.Equal(["2 quai du Gué, RUSSIE"], entity.Get("address"));
        Assert.Equal(["+7 001"], entity.Get("phone"));
        Assert.Equal(["Télécopieur: +7 000", "Téléphone: Télécopie : +7 002"], entity.Get("notes"));
        Assert.Empty(list.Warnings);
    }

    [Fact]
    public void Papers_of_a_person_and_the_number_of_a_ship_are_read()
    {
        var list = ReadOne(
            Field("PASSEPORT", """{"NumeroPasseport":" série 1808 n° 233282","Commentaire":"ou carte d'identité"}"""),
            Field("AUTRE_IDENTITE", """{"NumeroCarte":"344407793386","Commentaire":"Numéro d'identification fiscale"}"""));
        Assert.Equal(["1808 233282"], list.Entities[0].Get("passportNumber"));
        Assert.Equal(["344407793386"], list.Entities[0].Get("taxNumber"));
        Assert.Single(list.Entities, e => e.Schema == "Passport");

        var ship = Read(Register(Entry(Field("NUMERO_OMI", """{"NumeroOMI":"OMI 9074729"}"""), "Navire", "Bac 8"))).Entities[0];
        Assert.Equal("Vessel", ship.Schema);
        Assert.Equal(["9074729"], ship.Get("imoNumber"));
    }

    [Fact]
    public void What_is_unknown_is_kept_with_a_warning()
    {
        var list = Read(Register(Entry(
            Field("HOROSCOPE", """{"Signe":"lion"}""") + "," + Field("REFERENCE_ONU", """{"ReferenceOnu":"FX1"}""") + "," + Field("REFERENCE_UE", """{"ReferenceUe":"1908"}"""),
            "Montgolfière")));
        Assert.Equal("LegalEntity", list.Entities[0].Schema);
        Assert.Equal(["HOROSCOPE: lion", "Référence ONU: FX1", "Référence UE: 1908"], list.Entities[0].Get("notes"));
        Assert.Equal(4, list.Warnings.Length);
        Assert.All(list.Warnings, w => Assert.Equal((2, "7"), (w.Line, w.Reference)));
    }

    [Fact]
    public void A_register_cut_off_anywhere_is_refused()
    {
        var bytes = Encoding.UTF8.GetBytes(Register(Entry(Field("ALIAS", """{"Alias":"نهر","Commentaire":""}"""))));
        for (var length = 1; length < bytes.Length; length++)
            Assert.Throws<ListFormatException>(() => ListReader.Read(new MemoryStream(bytes, 0, length), "fr.json"));
        Assert.Contains("line 2: ", Refused(Register(Entry(Field("ALIAS")))[..^20]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_register_that_names_nobody_or_one_number_twice_is_refused()
    {
        Assert.Contains("no entries", Refused(Register("")), StringComparison.Ordinal);
        Assert.Contains("no 'PublicationDetail'", Refused("""{"Publications":{"DatePublication":"2031-02-03"}}"""), StringComparison.Ordinal);
        Assert.Contains("line 3: the reference 7 stands twice; first in line 2", Refused(Register(Entry("") + ",\n" + Entry(""))), StringComparison.Ordinal);
        Assert.Contains("no IdRegistre", Refused(Register(Entry("", id: "null"))), StringComparison.Ordinal);
        Assert.Contains("not an object", Refused(Register("7")), StringComparison.Ordinal);
        Assert.Contains("not a list of objects", Refused(Register(Entry("7"))), StringComparison.Ordinal);
        Assert.Contains("list or an object", Refused(Register(Entry(Field("ALIAS", """{"Alias":["a"]}""")))), StringComparison.Ordinal);
        Assert.Contains("surrogate", Refused(Register(Entry("", name: "\\ud800"))), StringComparison.Ordinal);
    }

    [Fact]
    public void Large_registers_are_read_record_by_record_and_large_records_refused()
    {
        var many = string.Join(",\n", Enumerable.Range(1, 3000).Select(i => Entry(Field("ALIAS", """{"Alias":"Тамим НАХРИ","Commentaire":"En russe"}"""), id: i.ToString(System.Globalization.CultureInfo.InvariantCulture))));
        var list = Read(Register(many));
        Assert.Equal(6000, list.Entities.Length);
        Assert.Contains("line 3001: the reference 3000 stands twice", Refused(Register(many.Replace("\"IdRegistre\":2999", "\"IdRegistre\":3000", StringComparison.Ordinal))), StringComparison.Ordinal);

        Assert.Contains("longer than 100 characters", Refused(Register(Entry("", name: new string('x', 101))), new() { MaxValueLength = 100 }), StringComparison.Ordinal);
        Assert.Contains("record is longer than", Refused(Register(Entry("", name: new string('x', 200_000))), new() { MaxValueLength = 5000 }), StringComparison.Ordinal);
        Assert.Contains("more than 1 entities", Refused(Register(Entry("")), new() { MaxEntities = 1 }), StringComparison.Ordinal);
    }

    [Fact]
    public void Random_damage_gives_a_list_or_a_plain_refusal()
    {
        var valid = Encoding.UTF8.GetBytes(Register(Entry(Field("ALIAS", """{"Alias":"نهر","Commentaire":"En arabe"}""") + "," + Field("DATE_DE_NAISSANCE", """{"Jour":"1","Mois":"2","Annee":"1976","Commentaire":"entre 1 et 2"}"""))));
        var damaged =
            from at in Gen.Choose(60, valid.Length - 1)
            from value in ArbMap.Default.GeneratorFor<byte>()
            from cut in Gen.Choose(0, 5)
            select (byte[])[.. valid[..at], value, .. valid[Math.Min(valid.Length, at + cut)..]];
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(damaged.ToArbitrary(), bytes =>
        {
            try
            {
                return ListReader.Read(new MemoryStream(bytes), "fr.json").Entities.Length > 0;
            }
            catch (ListFormatException refusal)
            {
                return refusal.Message.Length is > 10 and < 600;
            }
        }));
    }

    [Fact]
    public void The_real_sample_is_read()
    {
        var list = ListReader.Read(RealData.File("lists/fr-gels-sample-2025-11-21.json"));
        Assert.Equal((11, 5, 16), (list.Entities.Count(e => e.Schema == "Person"), list.Entities.Count(e => e.Schema == "Organization"), list.Entities.Count(e => e.Schema == "Sanction")));
        Assert.Contains("1908", Assert.Single(list.Warnings).Message, StringComparison.Ordinal); // a number that is no EU reference
        Assert.Equal(["Константин Иванович СТРУКОВ"], list.Entities.Single(e => e.Id == "fr-gels-7880").Get("alias"));
        Assert.Equal(["조선인민군"], list.Entities.Single(e => e.Id == "fr-gels-2251").Get("alias"));
        Assert.Equal(["KPe.044"], list.Entities.Single(e => e.Id == "fr-gels-2382-sanction").Get("unscId"));
        Assert.All(list.Entities.Where(e => e.Schema == "Sanction"), s => Assert.Single(s.Get("listingDate")));
        Assert.All(list.Entities, e => Assert.All(e.Properties, p => Assert.NotNull(Schemata.TypeOf(e.Schema, p.Key))));
    }

    [Fact]
    public void References_of_the_EU_lead_to_the_EU_list()
    {
        var eu = ListReader.Read(RealData.File("lists/eu-fsf.xml")).Entities.Select(e => e.Id).ToHashSet();
        var references = ListReader.Read(RealData.File("lists/fr-gels-sample-2025-11-21.json")).Entities.SelectMany(e => e.Get("authorityId")).ToList();
        Assert.Equal(7, references.Count);
        Assert.All(references, reference => Assert.Contains("eu-fsf-" + reference, eu));
    }
}
