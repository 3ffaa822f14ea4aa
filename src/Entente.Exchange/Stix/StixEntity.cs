using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Entente.Exchange.Marked;
using Entente.Records;

namespace Entente.Exchange.Stix;

/// <summary>The entity of a record as <see cref="StixExtensions.Entity"/> carries it, with nothing lost.</summary>
/// <remarks>Statements stand in a list, so that granular markings can point at each of them: a STIX selector knows no capitals, which FtM's property names have.</remarks>
internal static class StixEntity
{
    /// <summary>Writes the extension.</summary>
    /// <returns>The extension, and a selector for each statement.</returns>
    public static (JsonObject Extension, IReadOnlyList<(string Selector, Statement Statement)> Selectors) Write(MarkedEntity record)
    {
        var entity = record.Entity;
        var json = Head(record);
        json["caption"] = entity.Caption;
        Texts(json, "datasets", entity.Datasets);
        Texts(json, "referents", entity.Referents);
        Optional(json, "first_seen", entity.FirstSeen);
        Optional(json, "last_seen", entity.LastSeen);
        Optional(json, "last_change", entity.LastChange);
        if (entity.Target is { } target)
            json["target"] = target;
        var selectors = new List<(string, Statement)>();
        var statements = new JsonArray();
        foreach (var statement in entity.Statements)
        {
            selectors.Add((string.Create(CultureInfo.InvariantCulture, $"extensions.{StixExtensions.Entity}.statements.[{statements.Count}]"), statement));
            statements.Add(Write(statement, entity));
        }
        if (statements.Count > 0)
            json["statements"] = statements;
        return (json, selectors);
    }

    /// <summary>The members that are left of a record which was taken back: which it is, and nothing of its content.</summary>
    public static FrozenSet<string> HeadMembers { get; } = FrozenSet.Create(StringComparer.Ordinal, "extension_type", "entity_id", "schema", "originator", "version");

    private static JsonObject Head(MarkedEntity record) => new()
    {
        ["extension_type"] = "property-extension",
        ["entity_id"] = record.Entity.Id,
        ["schema"] = record.Entity.Schema,
        ["originator"] = record.Marking.Originator,
        ["version"] = record.Version,
    };

    /// <summary>Reads the extension.</summary>
    /// <param name="json">The extension.</param>
    /// <param name="at">Where it stands.</param>
    /// <returns>The entity, its version, and its statements by their place in the list.</returns>
    /// <exception cref="StixFormatException">It is not in order.</exception>
    public static (Entity Entity, int Version, ImmutableArray<Statement> Statements) Read(JsonElement json, StixPlace at)
    {
        var (id, schema) = (Text(json, "entity_id", at), Text(json, "schema", at));
        if (string.IsNullOrWhiteSpace(id))
            throw at.Fault("entity_id", "expected the id of an entity.");
        if (schema is null || !Schemata.IsKnown(schema))
            throw at.Fault("schema", "expected a schema of FollowTheMoney, such as Person.");
        var version = 1;
        if (json.TryGetProperty("version", out var given) && !(given.ValueKind == JsonValueKind.Number && given.TryGetInt32(out version) && version >= 1))
            throw at.Fault("version", "expected a whole number from 1.");
        bool? target = null;
        if (json.TryGetProperty("target", out var flag))
            target = flag.ValueKind is JsonValueKind.True or JsonValueKind.False ? flag.GetBoolean() : throw at.Fault("target", "expected true or false.");
        var builder = new EntityBuilder(id, schema, dataset: null)
        {
            Caption = Text(json, "caption", at),
            Referents = [.. List(json, "referents", at)],
            FirstSeen = Text(json, "first_seen", at),
            LastSeen = Text(json, "last_seen", at),
            LastChange = Text(json, "last_change", at),
            Target = target,
        };
        foreach (var dataset in List(json, "datasets", at))
            builder.AddDataset(dataset);
        var statements = ImmutableArray.CreateBuilder<Statement>();
        if (json.TryGetProperty("statements", out var list))
        {
            if (list.ValueKind != JsonValueKind.Array)
                throw at.Fault("statements", "expected a list.");
            foreach (var item in list.EnumerateArray())
            {
                var place = new StixPlace(at.Source, string.Create(CultureInfo.InvariantCulture, $"{at.Path}.statements[{statements.Count}]"));
                var statement = Read(item, id, schema, place);
                statements.Add(statement);
                builder.Add(statement);
            }
        }
        return (builder.Build(), version, statements.ToImmutable());
    }

    private static JsonObject Write(Statement statement, Entity entity)
    {
        var json = new JsonObject { ["property"] = statement.Property, ["value"] = statement.Value };
        if (statement.Dataset != Statement.UndefinedDataset)
            json["dataset"] = statement.Dataset;
        Optional(json, "lang", statement.Lang);
        Optional(json, "original_value", statement.OriginalValue);
        if (statement.External)
            json["external"] = true;
        Optional(json, "first_seen", statement.FirstSeen);
        Optional(json, "last_seen", statement.LastSeen);
        Optional(json, "canonical_id", statement.CanonicalId);
        Optional(json, "entity_id", statement.EntityId == entity.Id ? null : statement.EntityId);
        Optional(json, "schema", statement.Schema == entity.Schema ? null : statement.Schema);
        return json;
    }

    private static Statement Read(JsonElement json, string id, string schema, StixPlace at)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw at.Fault("", "expected an object.");
        if (Text(json, "property", at) is not { Length: > 0 } property)
            throw at.Fault("property", "expected the name of a property.");
        if (Text(json, "value", at) is not { } value || string.IsNullOrWhiteSpace(value))
            throw at.Fault("value", "expected a value that is not blank.");
        var own = Text(json, "schema", at) ?? schema;
        if (!Schemata.IsKnown(own))
            throw at.Fault("schema", "expected a schema of FollowTheMoney, such as Person.");
        return new Statement(Text(json, "entity_id", at) ?? id, own, property, value, Text(json, "dataset", at) ?? Statement.UndefinedDataset)
        {
            CanonicalId = Text(json, "canonical_id", at),
            Lang = Text(json, "lang", at),
            OriginalValue = Text(json, "original_value", at),
            External = json.TryGetProperty("external", out var external) && external.ValueKind == JsonValueKind.True,
            FirstSeen = Text(json, "first_seen", at),
            LastSeen = Text(json, "last_seen", at),
        };
    }

    private static void Texts(JsonObject json, string name, ImmutableArray<string> texts)
    {
        if (texts.Length > 0)
            json[name] = new JsonArray([.. texts.Select(text => JsonValue.Create(text))]);
    }

    private static void Optional(JsonObject json, string name, string? text)
    {
        if (text is not null)
            json[name] = text;
    }

    private static string? Text(JsonElement json, string name, StixPlace at) => !json.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : throw at.Fault(name, "expected a text.");

    private static IEnumerable<string> List(JsonElement json, string name, StixPlace at)
    {
        if (!json.TryGetProperty(name, out var list))
            return [];
        if (list.ValueKind != JsonValueKind.Array || list.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
            throw at.Fault(name, "expected a list of texts.");
        return list.EnumerateArray().Select(item => item.GetString()!);
    }
}
