using System.Text;
using Entente.Records;

namespace Entente.Lists.Tests.OpenSanctions;

public sealed class SimpleCsvTests
{
    private const string Header = "\"id\",\"schema\",\"name\",\"aliases\",\"birth_date\",\"countries\",\"addresses\",\"identifiers\",\"sanctions\",\"phones\",\"emails\",\"program_ids\",\"dataset\",\"first_seen\",\"last_seen\",\"last_change\"\n";

    private static ListFile Read(string rows, string name = "fiction.targets.simple.csv") =>
        ListReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(rows)), name);

    private static string Refused(string text) => Assert.Throws<ListFormatException>(() => Read(text)).Message;

    [Fact]
    public void A_row_becomes_an_entity_with_its_sanction()
    {
        var list = Read(Header + "\"F-1\",\"Person\",\"Tamim \"\"T\"\" al-Nahri\",\"\"\"The \"\"\"\"Ferry; Man\"\"\"\"\"\";تميم\",\"1970-02-03;1971\",\"ye;iq\",\"3 Quay, Nahr\",\"55-12;Q42\",\"\"\"Rows.\nWithout licence.\"\"\",\"+967 1\",\"t@example.org\",\"NA-FERRY\",\"Ferries\",\"2030-01-01T00:00:00\",\"2031-01-01T00:00:00\",\"2030-06-01T00:00:00\"\n");
        var person = list.Entities[0];
        Assert.Equal(("F-1", "Person", "Tamim \"T\" al-Nahri", true), (person.Id, person.Schema, person.Caption, person.Target));
        Assert.Equal(["The \"Ferry; Man\"", "تميم"], person.Get("alias"));
        Assert.Equal(["1970-02-03", "1971"], person.Get("birthDate"));
        Assert.Equal(["ye", "iq"], person.Get("country"));
        Assert.Equal("3 Quay, Nahr|55-12|Q42|+967 1|t@example.org|sanction", string.Join('|',
            from property in new[] { "address", "idNumber", "wikidataId", "phone", "email", "topics" } select person.Get(property).Single()));
        Assert.Equal(("2030-01-01T00:00:00", "2031-01-01T00:00:00", "2030-06-01T00:00:00"), (person.FirstSeen, person.LastSeen, person.LastChange));
        Assert.Equal("Rows.\nWithout licence.|NA-FERRY", $"{list.Entities[1].Get("summary")[0]}|{list.Entities[1].Get("programId")[0]}");
        Assert.Equal(("fiction", "Ferries"), (list.Metadata.Dataset, list.Metadata.Title));
        Assert.Empty(list.Warnings);
    }

    [Fact]
    public void Numbers_go_where_the_schema_has_a_place_for_them()
    {
        string Row(string id, string schema, string number) => $"{id},{schema},N,,,,,{number},,,,,D,,,\n";
        var list = Read(Header.Replace("\"", "", StringComparison.Ordinal) + Row("v", "Vessel", "IMO9074729;636012345") + Row("c", "Company", "IMO6495856;77") + Row("w", "CryptoWallet", "bc1qfiction") + Row("a", "Address", "12"));
        Assert.Equal("IMO9074729|636012345", $"{list.Entities[0].Get("imoNumber")[0]}|{list.Entities[0].Get("registrationNumber")[0]}");
        Assert.Equal("IMO6495856|77", $"{list.Entities[1].Get("imoNumber")[0]}|{list.Entities[1].Get("idNumber")[0]}");
        Assert.Equal(["bc1qfiction"], list.Entities[2].Get("publicKey"));
        Assert.Equal(["identifier: 12"], list.Entities[3].Get("notes"));
        Assert.Equal("a", Assert.Single(list.Warnings).Reference);
        Assert.DoesNotContain(list.Entities, entity => entity.Schema == "Sanction");
    }

    [Fact]
    public void The_dataset_of_a_file_named_targets_is_not_targets() =>
        Assert.Equal("opensanctions", Read(Header + "\"a\",\"Person\",\"N\"" + string.Concat(Enumerable.Repeat(",\"\"", 13)) + "\n", "/x/targets.simple.csv").Metadata.Dataset);

    [Theory]
    [InlineData("a,Person,N,,,,,,,,,,,,,\na,Person,M,,,,,,,,,,,,,\n", "line 3: the reference a stands twice")]
    [InlineData("a,Persn,N,,,,,,,,,,,,,\n", "line 2: a has the schema 'Persn'")]
    [InlineData("a,Person,,,,,,,,,,,,,,\n", "line 2: a has no name")]
    [InlineData(",Person,N,,,,,,,,,,,,,\n", "line 2: the row has no id")]
    [InlineData("a,Person,N\n", "line 2: 3 columns where the header has 16")]
    [InlineData("", "no entries")]
    public void A_damaged_list_is_refused_with_its_line(string rows, string expected) =>
        Assert.Contains(expected, Refused(Header + rows), StringComparison.Ordinal);

    [Fact]
    public void Columns_that_are_missing_or_new_are_said()
    {
        Assert.Contains("the column 'aliases' stands twice", Refused("id,schema,name,aliases,aliases\na,Person,N,,\n"), StringComparison.Ordinal);
        Assert.Contains("'shoe_size' is not known", Assert.Single(Read("id,schema,name,aliases,shoe_size\na,Person,N,,44\n").Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_real_list_of_war_sanctions_is_read_whole()
    {
        var list = ListReader.Read(RealData.File("lists/opensanctions-ua-war-sanctions.targets.simple.csv"));
        var listed = list.Entities.Where(entity => entity.Target == true).ToList();
        Assert.Equal(5600, listed.Count);
        Assert.Equal(("opensanctions-ua-war-sanctions", "Ukraine War and Sanctions"), (list.Metadata.Dataset, list.Metadata.Title));
        Assert.Equal([1193, 1340, 1524, 1543], listed.CountBy(entity => entity.Schema).Select(pair => pair.Value).Order());
        Assert.Equal(1489, listed.Count(entity => entity.Get("birthDate").Length > 0));
        Assert.True(listed.Count(entity => entity.Schema == "Vessel" && entity.Get("imoNumber").Length > 0) > 1200);
        Assert.True(listed.Count(entity => entity.Get("alias").Any(name => name.Any(c => c is >= 'А' and <= 'я'))) > 1500);
        // Quotes that only the packing of several values into a cell has put there are gone.
        Assert.DoesNotContain(listed, entity => entity.Get("alias").Any(name => name.StartsWith("\"\"", StringComparison.Ordinal) || name.Contains("\"\"", StringComparison.Ordinal)));
        Assert.DoesNotContain(list.Entities, entity => entity.Schema == "Sanction" && entity.Get("summary").Contains("\"\""));
        Assert.Empty(list.Warnings);
    }

    [Fact]
    public void The_real_simple_and_nested_exports_list_the_same_people()
    {
        var simple = ListReader.Read(RealData.File("lists/opensanctions-export/targets.simple.csv"));
        var nested = ListReader.Read(RealData.File("lists/opensanctions-export/targets.nested.json"));
        Entity[] Targets(ListFile list) => [.. list.Entities.Where(entity => entity.Target == true).OrderBy(entity => entity.Id, StringComparer.Ordinal)];
        Assert.Equal(Targets(nested).Select(Shown), Targets(simple).Select(Shown));
        Assert.DoesNotContain(simple.Entities, entity => entity.Schema == "Sanction"); // they are office holders

        static string Shown(Entity entity) =>
            $"{entity.Id} {entity.Schema} {string.Join(',', entity.Get("name").Concat(entity.Get("alias")).Order(StringComparer.Ordinal))} {string.Join(',', entity.Get("birthDate"))} {entity.Get("wikidataId")[0]}";
    }
}
