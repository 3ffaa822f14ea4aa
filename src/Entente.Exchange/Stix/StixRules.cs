using System.Collections.Frozen;
using System.Text.Json;

namespace Entente.Exchange.Stix;

/// <summary>What STIX 2.1 demands of objects, as far as an object alone can show it.</summary>
/// <remarks>STIX Version 2.1, OASIS Standard (2021): sections 3.2 (common properties), 4 and 5 (domain and relationship objects), 7 (meta objects).</remarks>
internal static class StixRules
{
    private const string Text = "text", List = "list", Refs = "refs", Ref = "ref", Time = "time", Flag = "flag", Number = "number", Object = "object";

    /// <summary>Types with versions, and what each must have.</summary>
    private static readonly FrozenDictionary<string, (string Property, string Kind)[]> Versioned = new Dictionary<string, (string, string)[]>
    {
        ["attack-pattern"] = [("name", Text)],
        ["campaign"] = [("name", Text)],
        ["course-of-action"] = [("name", Text)],
        ["grouping"] = [("context", Text), ("object_refs", Refs)],
        ["identity"] = [("name", Text)],
        ["incident"] = [("name", Text)],
        ["indicator"] = [("pattern", Text), ("pattern_type", Text), ("valid_from", Time)],
        ["infrastructure"] = [("name", Text)],
        ["intrusion-set"] = [("name", Text)],
        ["location"] = [],
        ["malware"] = [("is_family", Flag)],
        ["malware-analysis"] = [("product", Text)],
        ["note"] = [("content", Text), ("object_refs", Refs)],
        ["observed-data"] = [("first_observed", Time), ("last_observed", Time), ("number_observed", Number)],
        ["opinion"] = [("opinion", Text), ("object_refs", Refs)],
        ["report"] = [("name", Text), ("published", Time), ("object_refs", Refs)],
        ["threat-actor"] = [("name", Text)],
        ["tool"] = [("name", Text)],
        ["vulnerability"] = [("name", Text)],
        ["relationship"] = [("relationship_type", Text), ("source_ref", Ref), ("target_ref", Ref)],
        ["sighting"] = [("sighting_of_ref", Ref)],
        ["language-content"] = [("object_ref", Ref), ("contents", Object)],
        ["extension-definition"] = [("created_by_ref", Ref), ("name", Text), ("schema", Text), ("version", Text), ("extension_types", List)],
    }.ToFrozenDictionary();

    /// <summary>What any object may have, and what it is then.</summary>
    private static readonly (string Property, string Kind)[] Common =
    [
        ("created_by_ref", Ref), ("revoked", Flag), ("labels", List), ("lang", Text), ("external_references", List),
        ("object_marking_refs", Refs), ("granular_markings", List), ("extensions", Object), ("confidence", Number), ("created", Time), ("modified", Time),
    ];

    private static readonly (string First, string Then)[] Orders =
    [
        ("created", "modified"), ("first_seen", "last_seen"), ("first_observed", "last_observed"), ("valid_from", "valid_until"), ("start_time", "stop_time"),
    ];

    private static readonly FrozenSet<string> Opinions = FrozenSet.Create("strongly-disagree", "disagree", "neutral", "agree", "strongly-agree");

    /// <summary>Refuses an object that is not in order.</summary>
    /// <param name="json">The object.</param>
    /// <param name="at">Where it stands.</param>
    /// <exception cref="StixFormatException">It is not.</exception>
    public static void Check(JsonElement json, StixPlace at)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw at.Fault("", "expected a STIX object.");
        if (!json.TryGetProperty("type", out var given) || given.ValueKind != JsonValueKind.String || !StixIds.IsType(given.GetString()))
            throw at.Fault("type", "expected the type of a STIX object: 3 to 250 small letters, digits and hyphens.");
        var type = given.GetString()!;
        if (!json.TryGetProperty("id", out var id) || id.ValueKind != JsonValueKind.String || !StixIds.IsId(id.GetString()) || StixIds.TypeOf(id.GetString()!) != type)
            throw at.Fault("id", $"expected {type}-- and a UUID.");
        var versioned = Versioned.TryGetValue(type, out var needed);
        var definition = type == "marking-definition";
        // An observable need not say it.
        if (json.TryGetProperty("spec_version", out var spec) ? spec.ValueKind != JsonValueKind.String || !spec.ValueEquals(StixObject.SpecVersion) : versioned || definition)
            throw at.Fault("spec_version", "expected \"2.1\"; other versions of STIX are not read. Convert it first.");
        foreach (var (property, kind) in Common)
            CheckKind(json, property, kind, at, must: (versioned && property is "created" or "modified") || (definition && property == "created"));
        foreach (var (property, kind) in needed ?? [])
            CheckKind(json, property, kind, at, must: true);
        foreach (var (first, then) in Orders)
            CheckOrder(json, first, then, at);
        CheckMarkings(json, id.GetString()!, at);
        CheckExtensions(json, at);
        switch (type)
        {
            case "location":
                CheckLocation(json, at);
                break;
            case "opinion" when !Opinions.Contains(json.GetProperty("opinion").GetString()!):
                throw at.Fault("opinion", $"expected one of {string.Join(", ", Opinions.Order(StringComparer.Ordinal))}.");
            case "marking-definition" when !json.TryGetProperty("extensions", out _):
                CheckKind(json, "definition_type", Text, at, must: true);
                CheckKind(json, "definition", Object, at, must: true);
                break;
        }
    }

    private static void CheckKind(JsonElement json, string property, string kind, StixPlace at, bool must)
    {
        if (!json.TryGetProperty(property, out var value))
        {
            if (must)
                throw at.Fault(property, "this must be there.");
            return;
        }
        var fine = kind switch
        {
            Text => value.ValueKind == JsonValueKind.String,
            Time => value.ValueKind == JsonValueKind.String && StixTime.TryParse(value.GetString(), out _),
            Ref => value.ValueKind == JsonValueKind.String && StixIds.IsId(value.GetString()),
            Flag => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            Number => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= 0 && (property != "confidence" || number <= 100),
            Object => value.ValueKind == JsonValueKind.Object,
            List => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0,
            Refs => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0
                && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String && StixIds.IsId(item.GetString())),
            _ => false,
        };
        if (!fine)
            throw at.Fault(property, kind switch
            {
                Text => "expected a text.",
                Time => "expected a time in UTC, such as 2026-03-01T09:00:00.000Z.",
                Ref => "expected the id of a STIX object: a type, two hyphens and a UUID.",
                Flag => "expected true or false.",
                Number => property == "confidence" ? "expected a whole number from 0 to 100." : "expected a whole number from 0.",
                Object => "expected an object.",
                Refs => "expected a list, not empty, of ids of STIX objects.",
                _ => "expected a list, not empty.",
            });
    }

    private static void CheckOrder(JsonElement json, string first, string then, StixPlace at)
    {
        if (json.TryGetProperty(first, out var from) && json.TryGetProperty(then, out var to)
            && from.ValueKind == JsonValueKind.String && to.ValueKind == JsonValueKind.String
            && StixTime.TryParse(from.GetString(), out var begin) && StixTime.TryParse(to.GetString(), out var end) && end < begin)
            throw at.Fault(then, $"it is before {first}, {from.GetString()}.");
    }

    private static void CheckMarkings(JsonElement json, string id, StixPlace at)
    {
        if (json.TryGetProperty("object_marking_refs", out var refs))
        {
            foreach (var one in refs.EnumerateArray())
            {
                if (StixIds.TypeOf(one.GetString()!) != "marking-definition" || one.ValueEquals(id))
                    throw at.Fault("object_marking_refs", "expected ids of marking definitions other than itself.");
            }
        }
        if (!json.TryGetProperty("granular_markings", out var granular))
            return;
        foreach (var one in granular.EnumerateArray())
        {
            if (one.ValueKind != JsonValueKind.Object)
                throw at.Fault("granular_markings", "expected a list of objects.");
            CheckKind(one, "selectors", List, at, must: true);
            if (!one.GetProperty("selectors").EnumerateArray().All(selector => selector.ValueKind == JsonValueKind.String))
                throw at.Fault("granular_markings", "expected selectors that are texts.");
            // One names a language or a marking, and not both.
            var (marking, language) = (one.TryGetProperty("marking_ref", out _), one.TryGetProperty("lang", out _));
            if (marking == language)
                throw at.Fault("granular_markings", "expected either marking_ref or lang.");
            CheckKind(one, "marking_ref", Ref, at, must: marking);
            CheckKind(one, "lang", Text, at, must: language);
        }
    }

    private static void CheckExtensions(JsonElement json, StixPlace at)
    {
        if (!json.TryGetProperty("extensions", out var extensions))
            return;
        foreach (var one in extensions.EnumerateObject())
        {
            if (one.Value.ValueKind != JsonValueKind.Object)
                throw at.Fault($"extensions.{Short(one.Name)}", "expected an object.");
        }
    }

    private static void CheckLocation(JsonElement json, StixPlace at)
    {
        var (latitude, longitude) = (json.TryGetProperty("latitude", out var north), json.TryGetProperty("longitude", out var east));
        if (latitude != longitude)
            throw at.Fault(latitude ? "latitude" : "longitude", "latitude and longitude stand together.");
        if (latitude && !(north.ValueKind == JsonValueKind.Number && Math.Abs(north.GetDouble()) <= 90))
            throw at.Fault("latitude", "expected degrees from -90 to 90.");
        if (longitude && !(east.ValueKind == JsonValueKind.Number && Math.Abs(east.GetDouble()) <= 180))
            throw at.Fault("longitude", "expected degrees from -180 to 180.");
        if (json.TryGetProperty("precision", out _) && !latitude)
            throw at.Fault("precision", "it says how exact latitude and longitude are, and they are not there.");
        CheckKind(json, "region", Text, at, must: false);
        CheckKind(json, "country", Text, at, must: false);
        if (!latitude && !json.TryGetProperty("region", out _) && !json.TryGetProperty("country", out _))
            throw at.Fault("", "a location needs a region, a country, or latitude and longitude.");
    }

    private static string Short(string text) => text.Length <= 80 ? text : text[..80] + "...";
}
