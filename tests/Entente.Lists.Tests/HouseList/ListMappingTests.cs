using System.Text;
using Entente.Lists.Tests.Containers;

namespace Entente.Lists.Tests.HouseList;

public sealed class ListMappingTests
{
    private static ListFile Read(string text, string json, string name = "/lists/b.csv") => Read(Encoding.UTF8.GetBytes(text), json, name);

    private static ListFile Read(byte[] bytes, string json, string name) => ListReader.Read(new MemoryStream(bytes), name, new OneFile("b.csv.map.json", json));

    [Fact]
    public void A_mapping_says_what_columns_mean_and_whose_list_it_is()
    {
        var list = Read("Dénomination;Pointure;Grund;Kennzeichen\nNahr Ferries;44;Ohne Konzession;K-1\n", """
            { // written by hand
              "columns": { "denomination": "name", "Grund": "reason", "Kennzeichen": "id", "Pointure": "ignore" },
              "schema": "Company", "dataset": "nahr-watch", "title": "Ferries under watch", "publisher": "Port of Nahr", "legalBasis": "Rule 7",
            }
            """);
        var (company, sanction) = (list.Entities[0], list.Entities[1]);
        Assert.Equal(("nahr-watch-K-1", "Company", "Nahr Ferries"), (company.Id, company.Schema, company.Caption));
        Assert.Equal("Ohne Konzession|Port of Nahr|Rule 7", $"{sanction.Get("reason")[0]}|{sanction.Get("authority")[0]}|{sanction.Get("program")[0]}");
        Assert.Equal(("nahr-watch", "Ferries under watch", "Port of Nahr", "Rule 7"), (list.Metadata.Dataset, list.Metadata.Title, list.Metadata.Publisher, list.Metadata.LegalBasis));
        Assert.Equal(["nahr-watch"], company.Datasets);
        Assert.Empty(list.Warnings);
    }

    [Fact]
    public void A_mapping_goes_before_the_header_and_one_that_meets_nothing_is_said()
    {
        var list = Read("name,nick,dob\nTamim,Abu Zawraq,1970\n", """{ "columns": { "name": "alias", "nick": "name", "rank": "notes" } }""");
        Assert.Equal("Abu Zawraq|Tamim", $"{list.Entities[0].Caption}|{list.Entities[0].Get("alias")[0]}");
        Assert.Contains("'rank' that the list does not have", Assert.Single(list.Warnings).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "expected a JSON object")]
    [InlineData("{ \"colums\": {} }", "'colums' is not known. Known are columns, schema")]
    [InlineData("{ \"columns\": [] }", "'columns' must be an object")]
    [InlineData("{ \"columns\": { \"Grund\": \"cause\" } }", "'Grund' is mapped to 'cause', which is not known. Known are full_name")]
    [InlineData("{ \"columns\": { \"Grund\": 7 } }", "'Grund' is mapped to ''")]
    [InlineData("{ \"columns\": { \"Grund\": \"reason\", \"GRUND\": \"notes\" } }", "'GRUND' is mapped twice")]
    [InlineData("{ \"columns\": {}, \"columns\": {} }", "stands twice")]
    [InlineData("{ \"schema\": \"Persn\" }", "the schema 'Persn' is none")]
    [InlineData("{ \"schema\": \"Sanction\" }", "the schema 'Sanction' is none")]
    [InlineData("{ \"title\": \" \" }", "'title' must be a text")]
    [InlineData("{ \"title\": \"\\ud800\" }", "surrogate")]
    [InlineData("{ \"title\"", "line 1: not valid JSON")]
    [InlineData("", "not valid JSON")]
    public void A_mapping_that_is_not_understood_is_refused(string json, string expected)
    {
        var error = Assert.Throws<ListFormatException>(() => Read("name,dob\nTamim,1970\n", json));
        Assert.StartsWith("/lists/b.csv.map.json", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mapping_beside_a_list_is_found()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".csv");
        try
        {
            File.WriteAllText(path, "Wer,Geburt\nTamim,1970\n");
            Assert.Throws<ListFormatException>(() => ListReader.Read(path));

            File.WriteAllText(path + ".map.json", """{ "columns": { "Wer": "name", "Geburt": "birth_date" } }""", new UTF8Encoding(true));
            Assert.Equal(["1970"], ListReader.Read(path).Entities[0].Get("birthDate"));

            File.WriteAllText(path + ".map.json", "{");
            Assert.StartsWith(path + ".map.json", Assert.Throws<ListFormatException>(() => ListReader.Read(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
            File.Delete(path + ".map.json");
        }
    }

    [Fact]
    public void A_mapping_stands_beside_what_was_passed_packed_or_not()
    {
        byte[] bytes = Packing.Zip(("inner.csv", Packing.Utf8("Wer;Geburt\nTamim;1970\n")));
        const string Json = """{ "columns": { "Wer": "name", "Geburt": "birth_date" } }""";
        Assert.Throws<ListFormatException>(() => Read(bytes, Json, "b.zip"));
        Assert.Equal("Tamim", Read(bytes, Json, "b.csv").Entities[0].Caption);
        Assert.Equal("Tamim", Read(Packing.Gzip("Wer;Geburt\nTamim;1970\n"), Json, "b.csv").Entities[0].Caption);
    }

    private sealed class OneFile(string name, string content) : SiblingFiles
    {
        public override Stream? Open(string asked) => asked == name ? new MemoryStream(Encoding.UTF8.GetBytes(content)) : null;
    }
}
