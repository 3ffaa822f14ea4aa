using System.Text;
using Entente.Records;

namespace Entente.Lists.Tests.HouseList;

public sealed class HouseListTests
{
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private static ListFile Read(string text, string name = "/data/Blacklist 2031.csv") => ListReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), name);

    private static string Refused(string text) => Assert.Throws<ListFormatException>(() => Read(text)).Message;

    private static Entity Listed(ListFile list, int at = 0) => list.Entities.Where(entity => entity.Target == true).ElementAt(at);

    private static Entity Sanction(ListFile list) => list.Entities.First(entity => entity.Schema == "Sanction");

    [Fact]
    public void Every_column_that_is_known_is_read()
    {
        var list = Read("""
            id,type,name,alias1,alias 2,first_name,last_name,birth_date,place of birth,nationality,country,gender,passport,id number,address,reason,listed_on,source,legal_basis,notes
            7,person,Tamim al-Nahri,"Abu Zawraq; The Ferryman",تميم النهري,Tamim,al-Nahri,1970-02-03;1971,Nahr,Yemen;Iraq,Jordan,M,N 1234567,55-12,"3 Quay, Nahr","Rows ""without"" a licence",03/02/2030,https://example.org/ferries,Rule 7,Limps
            """);
        var person = Listed(list);
        Assert.Equal(("blacklist-2031-7", "Person", "Tamim al-Nahri"), (person.Id, person.Schema, person.Caption));
        Assert.Equal(["Abu Zawraq", "The Ferryman", "تميم النهري"], person.Get("alias"));
        Assert.Equal("ara", person.Statements.Single(statement => statement.Value == "تميم النهري").Lang);
        Assert.Equal(["1970-02-03", "1971"], person.Get("birthDate"));
        Assert.Equal(["ye", "iq"], person.Get("nationality"));
        Assert.Equal(["jo"], person.Get("country"));
        Assert.Equal("Tamim|al-Nahri|male|Nahr|N 1234567|55-12|3 Quay, Nahr|Limps|poi", string.Join('|',
            from property in new[] { "firstName", "lastName", "gender", "birthPlace", "passportNumber", "idNumber", "address", "notes", "topics" } select person.Get(property).Single()));
        Assert.Equal("""Rows "without" a licence|2030-02-03|https://example.org/ferries|Rule 7""", string.Join('|',
            from property in new[] { "reason", "listingDate", "sourceUrl", "program" } select Sanction(list).Get(property).Single()));
        Assert.Equal(["Person", "Sanction", "Address", "Passport"], list.Entities.Select(entity => entity.Schema));
        Assert.Empty(list.Warnings);
        Assert.Equal(("blacklist-2031", "Blacklist 2031.csv"), (list.Metadata.Dataset, list.Metadata.Title));
    }

    [Theory]
    [InlineData("Nom;Prénom;Né le;Nationalité;Sexe;Motif\nAl-Nahri;Tamim;3/2/1970;Yémen;H;Sans permis", "Tamim Al-Nahri")]
    [InlineData("Фамилия\tИмя\tОтчество\tДата рождения\tГражданство\tПол\tПричина\nРечной\tТимофей\tЛьвович\t03.02.1970\tЙемен\tМ\tБез билета", "Тимофей Львович Речной")]
    [InlineData("الاسم الكامل,تاريخ الميلاد,الجنسية,الجنس,السبب\nتميم يوسف النهري,1970-02-03,اليمن,ذكر,بلا رخصة", "تميم يوسف النهري")]
    public void Headers_in_other_languages_and_other_separators_are_read(string text, string name)
    {
        var list = Read(text);
        var person = Listed(list);
        Assert.Equal(name, Assert.Single(person.Get("name")));
        Assert.Equal("1970-02-03|ye|male", $"{person.Get("birthDate")[0]}|{person.Get("nationality")[0]}|{person.Get("gender")[0]}");
        Assert.NotEmpty(Sanction(list).Get("reason"));
        Assert.Empty(list.Warnings);
    }

    [Fact]
    public void Ships_and_companies_have_what_they_have()
    {
        var list = Read("""
            name,schema,imo,country,birth_date,passport
            NAHR STAR,ship,9074729,Panama,,
            Nahr Ferries,Company,IMO 6495856,Yemen,1999,C-77
            """);
        Assert.Equal("IMO9074729|pa", $"{Listed(list).Get("imoNumber")[0]}|{Listed(list).Get("flag")[0]}");
        var company = Listed(list, 1);
        Assert.Equal(("IMO6495856", "C-77"), (company.Get("imoNumber").Single(), company.Get("idNumber").Single()));
        Assert.Contains("a Company has no birthDate", Assert.Single(list.Warnings).Message, StringComparison.Ordinal);
        Assert.Equal(["birthDate: 1999"], company.Get("notes"));
    }

    [Fact]
    public void What_does_not_read_as_meant_is_said_and_kept()
    {
        var list = Read("name,birth_date,nationality,gender,imo number\nTamim,about 1970,Upper Nahr,it,12345\n");
        var person = Listed(list);
        Assert.Equal(4, list.Warnings.Length);
        Assert.All(list.Warnings, warning => Assert.Equal(2, warning.Line));
        Assert.Equal(["birthDate: about 1970", "gender: it", "imoNumber: 12345"], person.Get("notes"));
        Assert.Equal(["Upper Nahr"], person.Get("nationality"));
    }

    [Fact]
    public void A_column_that_is_not_known_is_named_once_with_the_way_to_map_it()
    {
        var list = Read("name,shoe size,,birth_date\nTamim,44,x,1970\nSalma,38,y,1971\n");
        Assert.Equal(2, list.Warnings.Length);
        Assert.Contains("'shoe size'", list.Warnings[0].Message, StringComparison.Ordinal);
        Assert.Contains(".map.json behind it, that says { \"columns\": { \"shoe size\": \"notes\" } }", list.Warnings[0].Message, StringComparison.Ordinal);
        Assert.Contains("column 3 has no header", list.Warnings[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_columns_that_mean_what_a_row_has_once_the_second_is_said() =>
        Assert.Contains("'id' and 'ref' both mean id; the second was left out", Assert.Single(Read("id,ref,name,dob\n1,a,Tamim,1970").Warnings).Message, StringComparison.Ordinal);

    [Fact]
    public void A_list_of_bare_names_is_read_as_people_and_that_is_said()
    {
        var list = Read("Name\nTamim al-Nahri\n\nSalma al-Nahri\n");
        Assert.Equal(["Tamim al-Nahri", "Salma al-Nahri"], from entity in list.Entities where entity.Target == true select entity.Caption);
        Assert.Contains("were read as people", Assert.Single(list.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_made_of_the_content_stays_while_only_remarks_and_places_change()
    {
        string Id(string text) => Listed(Read(text)).Id;
        var id = Id("name,birth_date,reason\nTamim,1970,Rows\n");
        Assert.Equal(id, Id("reason,address,birth_date,name\nRows no more,\"3 Quay, Nahr\",1970,Tamim\n"));
        Assert.Equal(id, Listed(Read("name,birth_date\nSalma,1971\nTamim,1970\n"), 1).Id);
        Assert.NotEqual(id, Id("name,birth_date,reason\nTamim,1971,Rows\n"));
        Assert.Matches("^blacklist-2031-[0-9a-f]{16}$", id);
    }

    [Theory]
    [InlineData("id,name,dob\n1,A,1970\n2,B,1970\n1,C,1970", "line 4: the id '1' stands twice; first in line 2")]
    [InlineData("name,dob,reason\nA,1970,x\nB,1970,x\nA,1970,y", "line 4: the row is about the same as line 2")]
    [InlineData("name,dob\nA,1970\n,1971\n", "line 3: the row has no name. A list is read whole or not at all.")]
    [InlineData("name,dob\nA,1970\nB\n", "line 3: 1 columns where the header has 2. A list is read whole")]
    [InlineData("name,dob\nA,1970\n\"B,1971\n", "line 3: a quote (\") that opens in this row is never closed")]
    [InlineData("name,type\nA,Persn\n", "line 2: the schema 'Persn' is none that is screened. Usual ones are Person")]
    [InlineData("name,type\nA,Thing\n", "line 2: the schema 'Thing' is none")] // would never be compared
    [InlineData("birth_date,reason\n1970,x", "line 1: no column holds a name. Found: 'birth_date', 'reason'. Known: full_name, name, first_name")]
    [InlineData("name,dob\n", "no rows. An empty list would clear everyone")]
    [InlineData("name,dob\n,\n,\n", "no rows")]
    public void A_list_with_a_bad_row_is_refused_with_its_line(string text, string expected) =>
        Assert.Contains(expected, Refused(text), StringComparison.Ordinal);

    [Fact]
    public void Encodings_are_told_apart()
    {
        const string Text = "name,prénom\r\nNéël,Chloé\r\n";
        Assert.Equal("Chloé Néël", Listed(ListReader.Read(new MemoryStream([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text.Replace("name", "nom", StringComparison.Ordinal))]), "a.csv")).Caption);
        var error = Assert.Throws<ListFormatException>(() => ListReader.Read(new MemoryStream(Windows1252.GetBytes("name,dob\r\nTamim,1970\r\nNéël,1971\r\n")), "a.csv"));
        Assert.StartsWith("a.csv, line 3: not valid UTF-8 at byte 2 of the line (0xE9), perhaps windows-1252; save the file as UTF-8.", error.Message, StringComparison.Ordinal);
        Assert.Contains("UTF-8", Assert.Throws<ListFormatException>(() => ListReader.Read(new MemoryStream(Windows1252.GetBytes(Text)), "a.csv")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_hold()
    {
        var rows = "name,dob\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"Tamim {i},1970\n"));
        string Refuse(ListLimits limits) => Assert.Throws<ListFormatException>(() => ListReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(rows)), "a.csv", limits)).Message;
        Assert.Contains("more than 20 entities", Refuse(new() { MaxEntities = 20 }), StringComparison.Ordinal);
        Assert.Contains("larger than 300 bytes", Refuse(new() { MaxBytes = 300 }), StringComparison.Ordinal);
        Assert.Contains("longer than 5 characters", Refuse(new() { MaxValueLength = 5 }), StringComparison.Ordinal);
    }
}
