using System.Globalization;
using System.Text.Json;
using Entente.Exchange.Marked;
using Entente.Exchange.Stix;
using Entente.Records;
using Entente.Records.Markings;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Exchange.Tests.Stix;

public sealed class StixWriterTests
{
    private static readonly string[] Properties = ["name", "alias", "weakAlias", "notes", "birthDate", "nationality", "description", "email", "sourceUrl", "addressEntity", "startDate", "role", "x own"];

    private static readonly string[] Values = ["Tamim al-Nahri", "تميم النهري", "Тамим", "1963-04-05", "sy", "https://example.org/a b", "own-2", "\"\\\u0001 ☃", "𐎀", "owner@example.org", "2020-01-01"];

    [Fact]
    public void All_that_is_written_is_in_order()
    {
        var written = Samples.Write(Samples.All);
        Assert.All(written, item => StixSchemas.Check(item.Item));
        Assert.Equal(["extension-definition", "ftm-entity", "identity", "location", "marking-definition", "relationship"], written.Select(item => item.Item.Type).Distinct().Order(StringComparer.Ordinal));
        Assert.All(Samples.All.SelectMany(record => StixWriter.Write([Samples.Source(record, recalled: true)], id => Samples.All.FirstOrDefault(other => other.Entity.Id == id)?.Entity.Schema)), item => StixSchemas.Check(item.Item));
    }

    [Fact]
    public void Every_schema_is_written_in_order_and_read_again_as_it_was()
    {
        foreach (var schema in Schemata.All)
        {
            var values = Schemata.PropertiesOf(schema).Select((property, index) => (property, string.Create(CultureInfo.InvariantCulture, $"value {index}"))).ToArray();
            foreach (var record in new[] { Samples.Of(schema, "own-9", values), Samples.Of(schema, "own-9") })
            {
                var written = Samples.Write(record);
                Assert.All(written, item => StixSchemas.Check(item.Item));
                Assert.Equal(Samples.Text(record), Samples.Text(Assert.Single(Samples.Read(written).Records).Under(Samples.MarkingFor(schema))));
            }
        }
    }

    [Fact]
    public void What_OASIS_asks_for_interoperability_is_there()
    {
        var remark = new StixRemark("7", Samples.Marking, Samples.First, Samples.First);
        var person = StixWriter.IdOf(Samples.Person);
        StixObject[] objects =
        [
            .. Samples.Write(Samples.All).Select(item => item.Item),
            StixRemarks.Report(remark, "Title", "Text", Samples.First, [person]),
            StixRemarks.Note(remark, "Text", [person]),
            StixRemarks.Opinion(remark, StixAgreement.Agree, "Same passport.", [person]),
            StixRemarks.Sighting(remark, person, Samples.First, Samples.First, 1),
        ];
        Assert.All(objects, item => Assert.Equal("", StixSchemas.InteropFaults(item.Json)));
        Assert.Subset(objects.Select(item => item.Type).ToHashSet(), StixSchemas.InteropTypes.ToHashSet());
    }

    [Fact]
    public void Remarks_are_in_order_and_are_kept_on_the_other_side()
    {
        var remark = new StixRemark("7", Samples.Marking, Samples.First, Samples.First.AddHours(1));
        var person = StixWriter.IdOf(Samples.Person);
        StixObject[] objects =
        [
            .. StixRemarks.Definitions(remark),
            StixRemarks.Report(remark, "تقرير", "Text", Samples.First, [person, person]),
            StixRemarks.Note(remark, "Text", [person]),
            .. Enum.GetValues<StixAgreement>().Select(agreement => StixRemarks.Opinion(remark with { Key = agreement.ToString() }, agreement, null, [person])),
            StixRemarks.Sighting(remark, person, Samples.First, Samples.First.AddDays(1), 2),
        ];
        Assert.All(objects, StixSchemas.Check);
        var read = StixImport.Read(StixReader.Read(StixBundle.Of(objects).ToUtf8(), "test"), "test");
        var remarks = read.Kept.Where(kept => kept.Item.Type != "identity").ToList();
        Assert.Equal(objects.Length - 3, remarks.Count);
        Assert.All(remarks, kept => Assert.Equal(Samples.Marking, kept.Handling.Marking));
        Assert.Throws<ArgumentException>(() => StixRemarks.Note(remark, "Text", []));
        Assert.Throws<ArgumentException>(() => StixRemarks.Note(remark, "Text", ["nothing"]));
    }

    [Fact]
    public void Records_are_read_again_as_they_were()
    {
        var read = Samples.Read(Samples.Write(Samples.All));
        Assert.Equal(Samples.All.Select(Samples.Text).Order(StringComparer.Ordinal), read.Records.Select(item => Samples.Text(item.Under(Samples.Marking with { Tlp = Tlp.Clear }))).Order(StringComparer.Ordinal));
        Assert.Empty(read.Recalls);
        Assert.Equal([Samples.Us], read.Kept.Select(kept => kept.Item.Text("name")));
    }

    [Fact]
    public void Any_record_is_read_again_as_it_was()
    {
        var text = Gen.Elements(Values);
        var statement = from property in Gen.Elements(Properties)
                        from value in text
                        from dataset in Gen.Elements("own", "other", Statement.UndefinedDataset)
                        from lang in Gen.Elements<string?>(null, "ara")
                        from original in Gen.Elements<string?>(null, "approximately")
                        from external in Gen.Elements(true, false)
                        select (property, value, dataset, lang, original, external);
        var audience = Gen.Elements(Audience.Anyone, Audience.Nobody, Audience.Of([Samples.Ally]), Audience.Of(["node-a", "node-ü"]));
        var records = from schema in Gen.Elements("Person", "Company", "Address", "Vessel", "Ownership", "Sanction", "LegalEntity")
                      from statements in Gen.ListOf(statement)
                      from level in Gen.Elements<Tlp>([.. TlpText.All])
                      from who in audience
                      from version in Gen.Choose(1, 9)
                      from ticks in Gen.Choose(0, int.MaxValue)
                      from marks in Gen.ListOf(from property in Gen.Elements(Properties)
                                               from value in text
                                               from tlp in Gen.Elements<Tlp>([.. TlpText.All])
                                               from to in audience
                                               select new MarkedStatement(property, value, new StatementMark(tlp, to)))
                      select Make(schema, statements, level, who, version, ticks, marks);
        Prop.ForAll(records.ToArbitrary(), record =>
        {
            var written = Samples.Write(record);
            Assert.All(written, item => StixSchemas.Check(item.Item));
            var back = Assert.Single(Samples.Read(written).Records).Under(Samples.MarkingFor(record.Entity.Schema));
            return Samples.Text(back) == Samples.Text(record);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_same_record_has_the_same_id_and_the_same_bytes()
    {
        // Made by another implementation of version 5 UUIDs (Python's).
        Assert.Equal("identity--f7583c3a-ec3a-5b38-bd2e-e6b2b2344f5a", StixIds.OfNode("node-a"));
        Assert.Equal("identity--0f30df6a-2bf4-5ff7-915a-0e8d1f2d51e7", StixIds.OfRecord("identity", "node-a", "suspect-1"));
        Assert.NotEqual(StixIds.Of("note", "ab", "c"), StixIds.Of("note", "a", "bc"));

        static string[] Texts(IEnumerable<StixWritten> written) => [.. written.Select(item => item.Item.ToString()).Order(StringComparer.Ordinal)];
        Assert.Equal(Texts(Samples.Write(Samples.All)), Texts(Samples.Write(Samples.All.Reverse())));
        var (before, after) = (Samples.Write(Samples.Person), Samples.Write(Samples.Person with { Version = 4 }));
        Assert.Equal(before.Select(item => item.Item.Id), after.Select(item => item.Item.Id));
        Assert.True(after[^1].Item.Version > before[^1].Item.Version);
        Assert.Equal(StixWriter.IdOf(Samples.Person), before[^1].Item.Id);
    }

    [Theory]
    [InlineData("2026-03-01T09:00:00Z", "2026-03-01T09:00:00.000Z")]
    [InlineData("2026-03-01T09:00:00.5Z", "2026-03-01T09:00:00.500Z")]
    [InlineData("2026-03-01T09:00:00.000001Z", "2026-03-01T09:00:00.000001Z")]
    [InlineData("2026-03-01T09:00:00.1234567Z", "2026-03-01T09:00:00.1234567Z")]
    [InlineData("2026-03-01T09:00:00.123456789Z", "2026-03-01T09:00:00.1234567Z")]
    [InlineData("2026-03-01T09:00:00.1000000Z", "2026-03-01T09:00:00.100Z")]
    public void Times_keep_their_digits(string text, string expected)
    {
        Assert.True(StixTime.TryParse(text, out var time));
        Assert.Equal(expected, StixTime.Format(time));
    }

    [Fact]
    public void A_link_is_a_relationship_where_both_ends_are_known()
    {
        Assert.Equal("ftm-entity", Samples.Write(Samples.Ownership)[^1].Item.Type);
        var written = Samples.Write(Samples.Ownership, Samples.Person, Samples.Company);
        var link = Assert.Single(written, item => item.Item.Type == "relationship").Item;
        Assert.Equal(("owns", StixWriter.IdOf(Samples.Person), StixWriter.IdOf(Samples.Company)), (link.Text("relationship_type"), link.Text("source_ref"), link.Text("target_ref")));
        Assert.Equal(("2019-05-01T00:00:00.000Z", "2021-01-31T00:00:00.000Z"), (link.Text("start_time"), link.Text("stop_time")));
        // The ends may be known elsewhere.
        Assert.Equal(link.Id, StixWriter.Write([Samples.Source(Samples.Ownership)], id => id == "own-1" ? "Person" : "Company")[^1].Item.Id);
    }

    [Fact]
    public void What_is_marked_more_tightly_is_marked_wherever_it_stands()
    {
        var record = Samples.Person with { Marks = [.. Samples.Person.Entity.Statements.Select(statement => new MarkedStatement(statement.Property, statement.Value, new StatementMark(Tlp.Red, Audience.Nobody)))] };
        foreach (var marked in new[] { record, record with { Entity = Samples.Ownership.Entity, Marking = Samples.Ownership.Marking, Marks = [.. Samples.Ownership.Entity.Statements.Select(statement => new MarkedStatement(statement.Property, statement.Value, new StatementMark(Tlp.Red, Audience.Nobody)))] } })
        {
            var item = StixWriter.Write([Samples.Source(marked)], id => "Person")[^1].Item;
            var selectors = item.Json.GetProperty("granular_markings").EnumerateArray().SelectMany(one => one.GetProperty("selectors").EnumerateArray()).Select(one => one.GetString()!).ToHashSet();
            // What says nothing of the content.
            string[] open = ["type", "spec_version", "id", "created_by_ref", "created", "modified", "object_marking_refs", "granular_markings", "identity_class", "relationship_type"];
            var leaves = Leaves(item.Json, "").Where(leaf => !open.Contains(leaf.Path.Split('.')[0]) && !selectors.Any(selector => leaf.Path == selector || leaf.Path.StartsWith(selector + ".", StringComparison.Ordinal))).ToList();
            var head = $"extensions.{StixExtensions.Entity}.";
            Assert.Equal([], leaves.Select(leaf => leaf.Path).Except(
            [
                .. new[] { "extension_type", "entity_id", "schema", "originator", "version", "first_seen", "last_seen", "last_change", "target", "datasets.[0]", "referents.[0]" }.Select(name => head + name),
                // The host of a page, which is not the page.
                "external_references.[0].source_name",
            ]).Except(marked.Entity.Schema == "Ownership" ? [head + "caption"] : []));
        }
    }

    [Fact]
    public void Of_a_record_taken_back_nothing_is_said_but_that()
    {
        foreach (var record in Samples.All)
        {
            var item = StixWriter.Write([Samples.Source(record, recalled: true)], id => Samples.All.FirstOrDefault(other => other.Entity.Id == id)?.Entity.Schema)[^1].Item;
            Assert.True(item.Revoked);
            Assert.Equal(Samples.Write(Samples.All).Single(other => other.Item.Extension(StixExtensions.Entity) is { } extension && extension.GetProperty("entity_id").GetString() == record.Entity.Id).Item.Id, item.Id);
            Assert.All(record.Entity.Statements, statement => Assert.DoesNotContain(Leaves(item.Json, ""), leaf => leaf.Text == statement.Value));
            var recall = Assert.Single(StixImport.Read(StixReader.Read(StixBundle.Of([item]).ToUtf8(), "test"), "test").Recalls);
            Assert.Equal((record.Entity.Id, Samples.Us, record.Version), (recall.EntityId, recall.Originator, recall.Version));
        }
    }

    [Fact]
    public void What_a_partner_may_not_have_is_left_out_before()
    {
        var third = Samples.Person.For(Samples.Us, "node-third")!;
        Assert.Equal(["Tamim al-Nahri", "تميم النهري", "Тамим ан-Нахри"], third.Entity.Get("name").Concat(third.Entity.Get("alias")));
        Assert.Empty(third.Entity.Get("email"));
        Assert.Equal(["N 004411"], third.Entity.Get("passportNumber"));
        Assert.Null(Samples.Person.For(Samples.Us, "node-stranger"));
        var ally = Samples.Person.For(Samples.Us, Samples.Ally)!;
        Assert.Contains("Abu Sakhr", ally.Entity.Get("alias"));
        // A caption that was the withheld name is chosen anew.
        var named = Samples.Of("Person", "own-8", ("name", "Open Name"), ("alias", "Other"));
        Assert.Equal("Other", (named with { Marks = [new MarkedStatement("name", "Open Name", new StatementMark(Tlp.Red, Audience.Nobody))] }).Untightened().Entity.Get("alias")[0]);
        Assert.DoesNotContain("Open Name", Samples.Write((named with { Marks = [new MarkedStatement("name", "Open Name", new StatementMark(Tlp.Red, Audience.Nobody))] }).Untightened())[^1].Item.ToString());
    }

    [Fact]
    public void The_schemas_refuse_what_is_not_in_order()
    {
        var person = Samples.Write(Samples.Person)[^1].Item.ToString();
        Assert.Equal("", StixSchemas.Faults(JsonDocument.Parse(person).RootElement));
        foreach (var (old, other) in new[]
        {
            ("\"spec_version\":\"2.1\"", "\"spec_version\":\"2.0\""), ("\"identity_class\":", "\"x_class\":"), ("\"name\":", "\"names\":"), ("identity--", "Identity--"), (".000Z", "Z"),
            ("\"extension_type\":\"property-extension\"", "\"extension_type\":\"other\""), ("\"selectors\":[", "\"selectors\":[\"Name\","), ("\"object_marking_refs\":[", "\"object_marking_refs\":[\"identity--0f30df6a-2bf4-5ff7-915a-0e8d1f2d51e7\","),
        })
        {
            Assert.Contains(old, person);
            Assert.NotEqual("", StixSchemas.Faults(JsonDocument.Parse(person.Replace(old, other, StringComparison.Ordinal)).RootElement));
        }
    }

    private static MarkedEntity Make(string schema, IEnumerable<(string Property, string Value, string Dataset, string? Lang, string? Original, bool External)> statements, Tlp level, Audience audience, int version, int ticks, IEnumerable<MarkedStatement> marks)
    {
        var builder = new EntityBuilder("own-7", schema, null);
        foreach (var (property, value, dataset, lang, original, external) in statements)
            builder.Add(new Statement("own-7", schema, property, value, dataset) { Lang = lang, OriginalValue = original, External = external });
        var entity = builder.Build();
        var marking = Samples.MarkingFor(schema) with { Tlp = level, Audience = audience, Expires = Samples.First.AddTicks(ticks) };
        // Of several marks on one value the tightest of each is one; on what the entity lacks there is none.
        var kept = marks.Where(mark => entity.Get(mark.Property).Contains(mark.Value)).GroupBy(mark => (mark.Property, mark.Value))
            .Select(group => new MarkedStatement(group.Key.Property, group.Key.Value, group.Select(mark => mark.Mark).Aggregate((one, two) => new StatementMark(one.Tlp > two.Tlp ? one.Tlp : two.Tlp, one.Audience.Meet(two.Audience)))));
        return new MarkedEntity(entity, marking) { Version = version, Marks = [.. kept] };
    }

    private static IEnumerable<(string Path, string Text)> Leaves(JsonElement json, string path) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member => Leaves(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}")),
        JsonValueKind.Array => json.EnumerateArray().SelectMany((item, index) => Leaves(item, string.Create(CultureInfo.InvariantCulture, $"{path}.[{index}]"))),
        _ => [(path, json.ToString())],
    };
}
