using System.Collections.Concurrent;
using System.Text.Json;
using Entente.Exchange.Stix;
using Json.Schema;

namespace Entente.Exchange.Tests.Stix;

/// <summary>Holds what is written against the specification: schemas of our own, made from its text, and OASIS's interoperability schemas on top of them where they are at hand.</summary>
internal static class StixSchemas
{
    private const string Own = "https://entente.test/stix-2.1.schema.json";

    // The base that OASIS's interoperability schemas refer to. The files under it are not at hand: ours stand in for them.
    private const string Oasis = "http://raw.githubusercontent.com/oasis-open/cti-stix2-json-schemas/stix2.1/";

    private static readonly SchemaRegistry Registry = new();

    private static readonly BuildOptions Options = new() { SchemaRegistry = Registry };

    private static readonly ConcurrentDictionary<string, JsonSchema> Types = new();

    // The same definitions come with every record.
    private static readonly ConcurrentDictionary<string, string> Known = new();

    static StixSchemas() => JsonSchema.FromText(Resource("stix-2.1.schema.json"), Options);

    private static readonly Lazy<IReadOnlyDictionary<string, JsonSchema>> Interop = new(ReadInterop);

    /// <summary>The types of OASIS's interoperability schemas that we write.</summary>
    public static IReadOnlyCollection<string> InteropTypes => [.. Interop.Value.Keys];

    /// <summary>What is wrong with an object; empty where it is in order.</summary>
    public static string Faults(JsonElement json) => Known.GetOrAdd(json.GetRawText(), _ => Faults(Types.GetOrAdd(json.GetProperty("type").GetString()!, type => Named($"https://entente.test/{type}.json", type)), json));

    /// <summary>What keeps an object from being interoperable as OASIS wants it; empty where nothing does, or where it says nothing of the type.</summary>
    public static string InteropFaults(JsonElement json) => Interop.Value.TryGetValue(json.GetProperty("type").GetString()!, out var schema) ? Faults(schema, json) : "";

    public static void Check(StixObject item) => Assert.True(Faults(item.Json) is "", $"{Faults(item.Json)}\n{item}");

    private static string Faults(JsonSchema schema, JsonElement json)
    {
        var results = schema.Evaluate(json, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return results.IsValid ? "" : string.Join('\n', (results.Details ?? []).Where(detail => detail.Errors is not null)
            .SelectMany(detail => detail.Errors!.Select(error => $"{detail.EvaluationPath} at {detail.InstanceLocation}: {error.Value}")).DefaultIfEmpty("refused"));
    }

    private static Dictionary<string, JsonSchema> ReadInterop()
    {
        var folder = Path.GetDirectoryName(RealData.File("stix/interop-schemas/core.json"))!;
        Stand("schemas/common/core.json", "common");
        Stand("schemas/common/identifier.json", "identifier");
        foreach (var type in new[] { "location", "report", "note", "opinion" })
            Stand($"schemas/sdos/{type}.json", type);
        foreach (var type in new[] { "relationship", "sighting" })
            Stand($"schemas/sros/{type}.json", type);
        JsonSchema.FromText(File.ReadAllText(Path.Combine(folder, "core.json")), Options);
        return new[] { "location", "report", "note", "opinion", "relationship", "sighting" }
            .ToDictionary(type => type, type => JsonSchema.FromText(File.ReadAllText(Path.Combine(folder, $"{type}.json")), Options));
    }

    private static void Stand(string path, string definition) => Named(Oasis + path, definition);

    private static JsonSchema Named(string id, string definition) =>
        JsonSchema.FromText($$"""{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"{{id}}","$ref":"{{Own}}#/$defs/{{definition}}"}""", Options);

    internal static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(StixSchemas).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
