using System.Text;
using System.Text.Json;
using Entente.Exchange.Stix;
using Entente.Records.Markings;

namespace Entente.Exchange.Tests.Stix;

/// <summary>STIX of other makers, and markings that are not what they seem.</summary>
public sealed class StixImportTests
{
    private const string Common = "\"spec_version\":\"2.1\",\"created\":\"2026-01-02T03:04:05.678Z\",\"modified\":\"2026-01-03T03:04:05.678Z\"";

    private static readonly Marking Own = Samples.Marking with { Originator = "node-receiver", Tlp = Tlp.Green, Audience = Audience.Anyone };

    [Fact]
    public void People_organisations_and_places_of_others_become_entities()
    {
        var read = Import($$"""
            {"type":"identity","id":"identity--00000000-0000-4000-8000-000000000001",{{Common}},"name":"Тамим ан-Нахри","identity_class":"individual","description":"A trader.","external_references":[{"source_name":"x","url":"https://example.org/1"}]},
            {"type":"identity","id":"identity--00000000-0000-4000-8000-000000000002",{{Common}},"name":"Invented Trading","identity_class":"organization","sectors":["financial-services"],"contact_information":"+000"},
            {"type":"identity","id":"identity--00000000-0000-4000-8000-000000000003",{{Common}},"name":"Bankers","identity_class":"class"},
            {"type":"location","id":"location--00000000-0000-4000-8000-000000000004",{{Common}},"country":"SY","city":"Latakia","latitude":35.5,"longitude":35.78},
            {"type":"relationship","id":"relationship--00000000-0000-4000-8000-000000000005",{{Common}},"relationship_type":"owns","source_ref":"identity--00000000-0000-4000-8000-000000000001","target_ref":"identity--00000000-0000-4000-8000-000000000002","start_time":"2020-01-01T00:00:00Z"},
            {"type":"relationship","id":"relationship--00000000-0000-4000-8000-000000000006",{{Common}},"relationship_type":"trained-by","source_ref":"identity--00000000-0000-4000-8000-000000000001","target_ref":"identity--00000000-0000-4000-8000-000000000002"},
            {"type":"relationship","id":"relationship--00000000-0000-4000-8000-000000000007",{{Common}},"relationship_type":"located-at","source_ref":"identity--00000000-0000-4000-8000-000000000002","target_ref":"location--00000000-0000-4000-8000-000000000004"},
            {"type":"relationship","id":"relationship--00000000-0000-4000-8000-000000000008",{{Common}},"relationship_type":"uses","source_ref":"identity--00000000-0000-4000-8000-000000000001","target_ref":"malware--00000000-0000-4000-8000-000000000009"},
            {"type":"threat-actor","id":"threat-actor--00000000-0000-4000-8000-00000000000a",{{Common}},"name":"Invented Band"},
            {"type":"identity","id":"identity--00000000-0000-4000-8000-00000000000b",{{Common}},"name":"Gone","revoked":true}
            """);
        var entities = read.Records.ToDictionary(item => item.Item.Id[^1], item => item.Entity);
        Assert.Equal("Person Organization Address Ownership UnknownLink", string.Join(' ', "12456".Select(key => entities[key].Schema)));
        Assert.Equal("Тамим ан-Нахри", entities['1'].Get("name")[0]);
        Assert.Equal("https://example.org/1", entities['1'].Get("sourceUrl")[0]);
        Assert.Equal("2026-01-03", entities['1'].Get("modifiedAt")[0]);
        Assert.Equal(entities['4'].Id, Assert.Single(entities['2'].Get("addressEntity")));
        Assert.Equal(("sy", "35.5"), (entities['4'].Get("country")[0], entities['4'].Get("latitude")[0]));
        Assert.Equal((entities['1'].Id, entities['2'].Id, "2020-01-01"), (entities['5'].Get("owner")[0], entities['5'].Get("asset")[0], entities['5'].Get("startDate")[0]));
        Assert.Equal("trained-by", entities['6'].Get("role")[0]);
        Assert.Equal("3a8", string.Concat(read.Kept.Select(kept => kept.Item.Id[^1])));
        Assert.Equal('b', Assert.Single(read.Recalls).EntityId[^1]);
    }

    [Theory]
    [InlineData("94868c89-83c2-464b-929b-a1a8aa3c8487", Tlp.Green)]
    [InlineData("613f2e26-407d-48c7-9eca-b8e91df99dc9", Tlp.Green)]
    [InlineData("34098fce-860f-48ae-8e50-ebd3cc5e41da", Tlp.Green)]
    [InlineData("55d920b0-5e8b-4f79-9ee9-91f868d9b421", Tlp.Amber)]
    [InlineData("f88d31f6-486f-44da-b317-01333bde0b82", Tlp.Amber)]
    [InlineData("939a9414-2ddd-4d32-a0cd-375ea402b003", Tlp.AmberStrict)]
    [InlineData("e828b379-4e03-4974-9ac4-e53a884c97c1", Tlp.Red)]
    [InlineData("5e57c739-391a-4eb3-b6be-7d15ca92d5ed", Tlp.Red)]
    public void A_TLP_level_of_either_generation_tightens_and_never_loosens(string id, Tlp expected)
    {
        var marking = Assert.Single(Import(Person($"\"object_marking_refs\":[\"marking-definition--{id}\"],")).Records).Under(Own).Marking;
        Assert.Equal(Own with { Tlp = expected }, marking);
    }

    [Fact]
    public void What_is_not_understood_closes()
    {
        const string Statement = "\"definition_type\":\"statement\",\"definition\":{\"statement\":\"Only for friends.\"}";
        foreach (var (definition, condition) in new[]
        {
            ("", "marking-definition--00000000-0000-4000-8000-0000000000ff"),
            (Definition(Statement), "Only for friends."),
            (Definition("\"definition_type\":\"tlp\",\"definition\":{\"tlp\":\"blue\"}"), "marking-definition--00000000-0000-4000-8000-0000000000ff"),
            (Definition("\"extensions\":{\"extension-definition--ba73205e-96bb-40d3-8168-0056d862b229\":{\"extension_type\":\"property-extension\",\"to\":\"x\"}}"), "marking-definition--00000000-0000-4000-8000-0000000000ff"),
            (Definition($"\"extensions\":{{\"{StixExtensions.Handling}\":{{\"extension_type\":\"property-extension\",\"audience\":\"everyone\"}}}}"), "marking-definition--00000000-0000-4000-8000-0000000000ff"),
            (Definition($"\"extensions\":{{\"{StixExtensions.Handling}\":{{\"extension_type\":\"property-extension\",\"audience\":\"anyone\",\"caveat\":\"x\"}}}}"), "marking-definition--00000000-0000-4000-8000-0000000000ff"),
        })
        {
            var read = Assert.Single(Import(definition + Person("\"object_marking_refs\":[\"marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487\",\"marking-definition--00000000-0000-4000-8000-0000000000ff\"],")).Records);
            Assert.Equal([condition], read.Handling.Conditions);
            var marking = read.Under(Own).Marking;
            Assert.Equal((Tlp.Red, Audience.Nobody), (marking.Tlp, marking.Audience));
        }
    }

    [Fact]
    public void A_definition_sent_under_the_id_of_a_TLP_level_changes_nothing()
    {
        var red = Definition("\"definition_type\":\"tlp\",\"definition\":{\"tlp\":\"white\"}").Replace("00000000-0000-4000-8000-0000000000ff", "e828b379-4e03-4974-9ac4-e53a884c97c1", StringComparison.Ordinal);
        Assert.Equal(Tlp.Red, Assert.Single(Import(red + Person("\"object_marking_refs\":[\"marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1\"],")).Records).Under(Own).Marking.Tlp);
    }

    [Fact]
    public void A_mark_on_a_part_of_what_is_not_ours_holds_for_all_of_it()
    {
        Assert.Equal(Tlp.Red, Assert.Single(Import(Person("\"granular_markings\":[{\"marking_ref\":\"marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1\",\"selectors\":[\"name\"]}],")).Records).Under(Own).Marking.Tlp);
        Assert.False(Assert.Single(Import(Person("\"granular_markings\":[{\"marking_ref\":\"marking-definition--00000000-0000-4000-8000-0000000000ff\",\"selectors\":[\"name\"]}],")).Records).Handling.Understood);
    }

    [Fact]
    public void What_was_stripped_or_added_on_the_way_does_not_open_a_record_of_ours()
    {
        var bundle = StixBundle.Of(Samples.Write(Samples.Person).Select(item => item.Item)).ToString();
        Assert.Equal(Samples.Marking, Assert.Single(Imported(bundle).Records).Under(Own).Marking);
        // Without its TLP level.
        var amber = $"\"{StixTlp.Definition(Tlp.Amber).Id}\",";
        Assert.Contains("[" + amber, bundle);
        Assert.Equal(Tlp.Red, Assert.Single(Imported(bundle.Replace("[" + amber, "[", StringComparison.Ordinal)).Records).Under(Own).Marking.Tlp);
        // Without the handling definition itself.
        var handling = Assert.Single(Samples.Write(Samples.Person), item => item.Item.Type == "marking-definition" && item.Item.ToString().Contains("legal_basis", StringComparison.Ordinal)).Item;
        Assert.Contains($"{handling},", bundle);
        Assert.Equal((Tlp.Red, Audience.Nobody), Closed(bundle.Replace($"{handling},", "", StringComparison.Ordinal)));
        // With a category that no person can have, and with a selector that points nowhere.
        Assert.Equal((Tlp.Red, Audience.Nobody), Closed(bundle.Replace("\"category\":\"suspect\"", "\"category\":\"thing\"", StringComparison.Ordinal)));
        Assert.Equal(Tlp.Red, Closed(bundle.Replace(".statements.[2]\"", ".statements.[99]\"", StringComparison.Ordinal)).Tlp);
    }

    [Fact]
    public void An_entity_that_is_none_is_refused_with_its_place()
    {
        var bundle = StixBundle.Of(Samples.Write(Samples.Person).Select(item => item.Item)).ToString();
        foreach (var (old, other, expected) in new[]
        {
            ("\"schema\":\"Person\"", "\"schema\":\"Persona\"", "schema: expected a schema of FollowTheMoney"),
            ("\"version\":3", "\"version\":0", "version: expected a whole number from 1"),
            ("\"value\":\"Abu Sakhr\"", "\"value\":\" \"", "statements[2].value: expected a value"),
            ("\"lang\":\"ara\"", "\"lang\":[\"ara\"]", "statements[1].lang: expected a text"),
        })
        {
            Assert.Contains(old, bundle);
            Assert.Contains(expected, Assert.Throws<StixFormatException>(() => Imported(bundle.Replace(old, other, StringComparison.Ordinal))).Message);
        }
    }

    private static string Person(string more) => $$"""{"type":"identity","id":"identity--00000000-0000-4000-8000-000000000001",{{Common}},{{more}}"name":"Tamim","identity_class":"individual"}""";

    private static string Definition(string says) => $$"""{"type":"marking-definition","spec_version":"2.1","id":"marking-definition--00000000-0000-4000-8000-0000000000ff","created":"2026-01-02T03:04:05.678Z",{{says}}},""";

    private static (Tlp Tlp, Audience Audience) Closed(string bundle)
    {
        var marking = Assert.Single(Imported(bundle).Records).Under(Own).Marking;
        return (marking.Tlp, marking.Audience);
    }

    private static StixImported Import(string objects) => Imported($$"""{"type":"bundle","id":"bundle--00000000-0000-4000-8000-000000000000","objects":[{{objects}}]}""");

    private static StixImported Imported(string bundle)
    {
        using var check = JsonDocument.Parse(bundle);
        return StixImport.Read(StixReader.Read(Encoding.UTF8.GetBytes(bundle), "test"), "test");
    }
}
