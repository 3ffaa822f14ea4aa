using System.Text;
using Entente.Lists.Delimited;
using Entente.Records;

namespace Entente.Lists.Tests.Ftm;

public sealed class FtmListTests
{
    private static ListFile Read(params string[] lines) =>
        ListReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))), "ferry.json");

    private static Entity Get(ListFile list, string id) => list.Entities.Single(entity => entity.Id == id);

    [Fact]
    public void Entities_inside_others_come_out_by_themselves_with_ids_for_links()
    {
        var list = Read("""
            {"id":"p","schema":"Person","target":true,"datasets":["fiction"],"properties":{"name":["Tamim al-Nahri"],"addressEntity":[{"id":"a","schema":"Address","properties":{"full":["3 Quay, Nahr"]},"datasets":["fiction"],"target":false}],"sanctions":[{"id":"s","schema":"Sanction","properties":{"entity":["p"],"reason":["He rows."]},"datasets":["fiction"]}],"familyPerson":[{"id":"f","schema":"Family","properties":{"person":["p"],"relative":[{"id":"r","schema":"Person","properties":{"name":["Salma al-Nahri"]},"target":false,"datasets":["fiction"]}]},"datasets":["fiction"]}]}}
            """.Trim());
        Assert.Equal(["p", "a", "s", "f", "r"], list.Entities.Select(entity => entity.Id));
        Assert.Equal(["a"], Get(list, "p").Get("addressEntity"));
        Assert.Equal(["r"], Get(list, "f").Get("relative"));
        Assert.Equal(["name", "addressEntity"], Get(list, "p").Properties.Keys);
        Assert.Equal([true, false, null, null, false], list.Entities.Select(entity => entity.Target));
        Assert.Empty(list.Warnings);
    }

    [Fact]
    public void A_link_that_only_the_outer_entity_has_is_kept() =>
        Assert.Equal(["b"], Get(Read("""{"id":"a","schema":"Person","properties":{"name":["A"],"ferryman":[{"id":"b","schema":"Person","properties":{"name":["B"]}}]}}"""), "a").Get("ferryman"));

    [Fact]
    public void An_entity_that_stands_in_several_places_comes_once()
    {
        const string Inner = """{"id":"c","schema":"Company","properties":{"name":["Nahr Ferries"]},"datasets":["fiction"],"target":false}""";
        var list = Read(
            $$"""{"id":"a","schema":"Person","properties":{"name":["A"],"knows":[{{Inner}}]},"datasets":["fiction"],"target":true}""",
            $$"""{"id":"b","schema":"Person","properties":{"name":["B"],"knows":[{{Inner}}]},"datasets":["fiction"],"target":true}""",
            """{"id":"c","schema":"Company","properties":{"name":["Nahr Ferries"],"country":["ye"]},"datasets":["fiction"],"target":true}""");
        Assert.Equal(["a", "c", "b"], list.Entities.Select(entity => entity.Id));
        Assert.Equal((true, "ye"), (Get(list, "c").Target, Get(list, "c").Get("country").Single()));
        Assert.Empty(list.Warnings);
    }

    [Fact]
    public void Contradictions_between_the_places_are_said_and_nothing_is_lost()
    {
        var list = Read(
            """{"id":"a","schema":"Person","properties":{"name":["A"],"knows":[{"id":"c","schema":"LegalEntity","properties":{"name":["Nahr Boats"],"birthDate":["1970"]},"target":true}]}}""",
            """{"id":"c","schema":"Company","properties":{"name":["Nahr Ferries"]},"target":false}""");
        var joined = Get(list, "c");
        Assert.Equal(("Company", true), (joined.Schema, joined.Target));
        Assert.Equal(["Nahr Ferries", "Nahr Boats"], joined.Get("name"));
        Assert.Equal(["1970"], joined.Get("birthDate"));
        var warning = Assert.Single(list.Warnings);
        Assert.Equal((2, "c"), (warning.Line, warning.Reference));
        Assert.Contains("differing values of name;", warning.Message, StringComparison.Ordinal);

        var kinds = Read(
            """{"id":"a","schema":"Person","properties":{"knows":[{"id":"c","schema":"Vessel","properties":{"name":["C"]}}]}}""",
            """{"id":"c","schema":"Company","properties":{"name":["C"]}}""");
        Assert.Equal("Company", Get(kinds, "c").Schema);
        Assert.Contains("a Company in one place and a Vessel in another", Assert.Single(kinds.Warnings).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":"a","schema":"Person","properties":{"knows":[{"schema":"Person","properties":{}}]}}""", "no 'id'")]
    [InlineData("""{"id":"a","schema":"Person","properties":{"knows":[{"id":"b","schema":"Ferry","properties":{}}]}}""", "'Ferry'")]
    [InlineData("""{"id":"a","schema":"Person","properties":{"knows":[{"id":"b","schema":"Person"}]}}""", "no 'properties'")]
    public void What_is_no_entity_inside_is_none(string line, string expected) =>
        Assert.Contains(expected, Assert.Throws<ListFormatException>(() => Read(line)).Message, StringComparison.Ordinal);

    [Fact]
    public void Entities_inside_count_and_their_depth_is_bounded()
    {
        var deep = string.Concat(Enumerable.Range(0, 5000).Select(i => $$$"""{"id":"{{{i}}}","schema":"Person","properties":{"knows":[""")) + "1" + string.Concat(Enumerable.Repeat("]}}", 5000));
        Assert.Throws<ListFormatException>(() => Read(deep));

        const string Two = """{"id":"a","schema":"Person","properties":{"name":["A"],"knows":[{"id":"b","schema":"Person","properties":{"name":["B"]}}]}}""";
        var error = Assert.Throws<ListFormatException>(() => ListReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(Two)), "x", new ListLimits { MaxEntities = 1 }));
        Assert.Contains("more than 1 entities", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("birthDate", "unknown", null, "birthDate was left out")]
    [InlineData("birthDate", "1970-02-31", "1970-02", "was read as 1970-02.")]
    [InlineData("birthDate", "16/07/1969", "1969-07-16", "was read as 1969-07-16.")]
    [InlineData("birthDate", "1969-07-16T12:00:00Z", "1969-07-16T12:00:00Z", null)]
    [InlineData("birthDate", "1969-07", "1969-07", null)]
    [InlineData("nationality", "RU", "ru", null)]
    [InlineData("nationality", "Yemen", "ye", null)]
    [InlineData("nationality", "gb-sct", "gb-sct", null)]
    [InlineData("nationality", "The Upper Nahr", "The Upper Nahr", "is not a country that is known")]
    public void Dates_and_countries_are_put_into_FtMs_form_or_said(string property, string value, string? form, string? warning)
    {
        var list = Read($$"""{"id":"a","schema":"Person","properties":{"name":["A"],"{{property}}":["{{value}}"]},"datasets":["fiction"],"target":true,"first_seen":"2030-01-01"}""");
        var entity = list.Entities[0];
        Assert.Equal(form is null ? [] : [form], entity.Get(property));
        Assert.Equal(warning is null, list.Warnings.IsEmpty);
        if (warning is not null)
            Assert.Contains(warning, list.Warnings[0].Message, StringComparison.Ordinal);
        Assert.Equal((true, "2030-01-01", "fiction"), (entity.Target, entity.FirstSeen, entity.Statements[0].Dataset));
        if (form is not null && form != value)
            Assert.Equal(value, entity.Statements.Single(statement => statement.Property == property).OriginalValue);
    }

    [Fact]
    public void A_sanction_that_has_ended_leaves_its_entity_where_it_is()
    {
        var list = Read(
            """{"id":"a","schema":"Person","properties":{"name":["A"]},"target":true}""",
            """{"id":"s","schema":"Sanction","properties":{"entity":["a"],"endDate":["2001-01-01"]},"target":false}""");
        Assert.True(list.Entities[0].Target);
        Assert.Empty(Delisting.NoLongerListed(list.Entities));
    }

    [Fact]
    public void A_real_nested_export_gives_the_entities_of_the_flat_one()
    {
        var list = ListReader.Read(RealData.File("lists/opensanctions-export/targets.nested.json"));
        Assert.Equal(18, list.Entities.Length);
        Assert.Equal(5, list.Entities.Count(entity => entity.Target == true));
        Assert.Empty(list.Warnings);

        // entities.ftm.json beside it is of another run; the statements are of the same.
        var flat = Statements(RealData.File("lists/opensanctions-export/statements.pack"));
        var compared = 0;
        foreach (var entity in list.Entities)
        {
            // The nested form ends at some depth: an occupancy does not say which post.
            var expected = flat[entity.Id].Where(statement => statement.Property != "id" && !(entity.Schema == "Occupancy" && statement.Property == "post"))
                .ToLookup(statement => statement.Property, statement => statement.Value);
            Assert.Equal(expected.Select(values => values.Key).Order(), entity.Properties.Keys.Order());
            foreach (var values in expected)
                Assert.Equal(values.Distinct().Order(), entity.Get(values.Key).Order());
            Assert.Equal(entity.Schema, flat[entity.Id].First().Schema);
            compared += expected.Count;
        }
        Assert.InRange(compared, 100, 150);
    }

    [Fact]
    public void A_real_flat_export_is_read_as_before()
    {
        var list = ListReader.Read(RealData.File("lists/opensanctions-export/entities.ftm.json"));
        Assert.Equal(1565, list.Entities.Length);
        Assert.DoesNotContain(list.Entities, entity => entity.Get("birthDate").Any(date => !PartialDate.TryParse(date, out _)));
        Assert.Contains(list.Warnings, warning => warning.Message.Contains("'unknown' is not a date; birthDate was left out", StringComparison.Ordinal));
    }

    private static ILookup<string, (string Schema, string Property, string Value)> Statements(string path)
    {
        using var lines = new TextLines(File.OpenRead(path), path);
        Assert.True(lines.TryRead(out var first));
        var reader = new DelimitedReader(lines, ',', first);
        var statements = new List<(string Id, string Schema, string Property, string Value)>();
        while (reader.Read() is { } record)
        {
            Assert.Null(record.Fault);
            var property = record.Fields[1].Split(':');
            statements.Add((record.Fields[0], property[0], property[1], record.Fields[2]));
        }
        return statements.ToLookup(statement => statement.Id, statement => (statement.Schema, statement.Property, statement.Value));
    }
}
