using System.Collections.Immutable;
using System.Text.Json;
using Entente.Desk.Lists;
using Entente.Desk.Rows;
using Entente.Node.Hosting;
using Entente.Node.Screening;
using Entente.Records;
using Entente.Screening;

namespace Entente.Node.Yente;

/// <summary>The body of <c>/match</c>: examples to look for, each with the caller's key and, if it likes, options of its own.</summary>
/// <remarks>
/// An example is <c>{"schema": "Person", "properties": {"name": ["..."]}}</c>, as yente takes it. Beside those it may have
/// <c>limit</c>, <c>threshold</c>, <c>cutoff</c>, <c>weights</c> and the filters of the address, which then hold for it alone.
/// </remarks>
/// <param name="Examples">At least one.</param>
/// <param name="Policy">What counts as a match where an example does not say otherwise.</param>
internal sealed record MatchRequest(ImmutableArray<MatchExample> Examples, MatchPolicy Policy)
{
    // Names per example; more are no example but a list.
    private const int MostValues = 200;

    private static readonly string[] Members = ["queries", "weights", "config"];

    private static readonly string[] ExampleMembers = ["id", "schema", "properties", "limit", "threshold", "cutoff", "weights", .. Filters.Parameters];

    /// <summary>Reads a body.</summary>
    /// <param name="root">The body.</param>
    /// <param name="lists">The lists in use.</param>
    /// <param name="policy">What the address asks for.</param>
    /// <param name="filter">What holds for examples that do not say otherwise.</param>
    /// <param name="most">Most examples.</param>
    /// <exception cref="RequestException">It is not what it should be; the message says where.</exception>
    public static MatchRequest Read(JsonElement root, LoadedLists lists, MatchPolicy policy, EntityFilter filter, int most) => JsonBody.Texts(() =>
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("queries", out var queries) || queries.ValueKind != JsonValueKind.Object)
            throw RequestException.Bad("""The body must be an object with 'queries': {"queries": {"q1": {"schema": "Person", "properties": {"name": ["..."]}}}}.""");
        Only(root, "the body", Members);
        if (root.TryGetProperty("config", out var config) && config.ValueKind != JsonValueKind.Null && (config.ValueKind != JsonValueKind.Object || config.EnumerateObject().Any()))
            throw RequestException.Bad($"Invalid configuration parameter: '{Algorithms.Name}' has none. Use 'weights'; see /algorithms.");
        policy = policy with { Weights = Weights(root, "the body") ?? policy.Weights };
        var examples = ImmutableArray.CreateBuilder<MatchExample>();
        foreach (var query in queries.EnumerateObject().Where(query => query.Value.ValueKind != JsonValueKind.Null))
        {
            if (examples.Count == most)
                throw RequestException.Bad($"Too many queries in one batch (limit: {most}).");
            examples.Add(Example(query.Name, query.Value, lists, policy, filter));
        }
        return examples.Count > 0 ? new MatchRequest(examples.DrainToImmutable(), policy) : throw RequestException.Bad("No queries provided.");
    });

    private static MatchExample Example(string key, JsonElement example, LoadedLists lists, MatchPolicy general, EntityFilter filter)
    {
        var where = $"queries.{QueryText.Short(key)}";
        if (example.ValueKind != JsonValueKind.Object)
            throw RequestException.Bad($"{where} must be an object with 'schema' and 'properties'.");
        Only(example, where, ExampleMembers);
        if (!example.TryGetProperty("schema", out var named) || named.ValueKind != JsonValueKind.String || named.GetString() is not { } schema || !Schemata.IsKnown(schema))
            throw RequestException.Bad($"{where}.schema: Invalid schema. It must be a FollowTheMoney schema, such as Person, Organization, Company, Vessel or LegalEntity.");
        if (!example.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
            throw RequestException.Bad($"{where}.properties must be an object of lists of texts.");
        var id = example.TryGetProperty("id", out var given) ? Texts(given, $"{where}.id").FirstOrDefault() : null;
        var values = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var property in properties.EnumerateObject())
            values[property.Name] = Normal(schema, property.Name, Texts(property.Value, $"{where}.properties.{QueryText.Short(property.Name)}"));
        var query = EntityQuery.Of(schema, values);
        if (query.Names.FirstOrDefault(name => name.Length > FieldValues.MaxNameLength) is not null)
            throw RequestException.Bad($"{where}: a name is longer than {FieldValues.MaxNameLength} characters.");
        return new MatchExample(id, values, new KeyedQuery(key, query) { Policy = OwnPolicy(example, where, general), Filter = OwnFilter(example, where, lists, filter) });
    }

    /// <summary>Countries become codes, so that the caller sees what was understood.</summary>
    private static ImmutableArray<string> Normal(string schema, string property, ImmutableArray<string> values) => Schemata.TypeOf(schema, property) == "country"
        ? [.. values.Select(value => Countries.TryNormalise(value, out var code) ? code : value)]
        : values;

    private static MatchPolicy? OwnPolicy(JsonElement example, string where, MatchPolicy general)
    {
        var own = general;
        if (Number(example, "limit", where) is { } limit)
            own = own with { Limit = limit is >= 1 and <= MatchEndpoint.MostResults && limit == Math.Floor(limit) ? (int)limit : throw RequestException.Bad($"{where}.limit must be a whole number from 1 to {MatchEndpoint.MostResults}.") };
        if (Score(example, "threshold", where) is { } threshold)
            own = own with { Threshold = threshold };
        if (Score(example, "cutoff", where) is { } cutoff)
            own = own with { Cutoff = cutoff };
        if (Weights(example, where) is { } weights)
            own = own with { Weights = weights };
        return ReferenceEquals(own, general) ? null : own;
    }

    private static EntityFilter? OwnFilter(JsonElement example, string where, LoadedLists lists, EntityFilter general)
    {
        if (!Filters.Parameters.Any(name => example.TryGetProperty(name, out _)))
            return null;
        var since = example.TryGetProperty("changed_since", out var given) && given.ValueKind != JsonValueKind.Null
            ? given.ValueKind == JsonValueKind.String ? given.GetString() : throw RequestException.Bad($"{where}.changed_since must be a text.")
            : null;
        return Filters.Make(lists, name => example.TryGetProperty(name, out var texts) && name != "changed_since" ? Texts(texts, $"{where}.{name}") : [], since, general);
    }

    /// <summary>Factors by feature; null where there are none.</summary>
    private static FeatureWeights? Weights(JsonElement element, string where)
    {
        if (!element.TryGetProperty("weights", out var given) || given.ValueKind == JsonValueKind.Null)
            return null;
        if (given.ValueKind != JsonValueKind.Object)
            throw RequestException.Bad($"{where}: 'weights' must be an object of numbers by feature.");
        var weights = FeatureWeights.Default;
        foreach (var member in given.EnumerateObject())
        {
            if (!FeatureWeights.Features.Contains(member.Name))
                throw RequestException.Bad($"{where}: 'weights' has the unknown feature '{QueryText.Short(member.Name)}'. There are {string.Join(", ", FeatureWeights.Features)}; see /algorithms.");
            weights = member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetDouble(out var factor) && factor is >= 0 and <= FeatureWeights.Most
                ? weights.With(member.Name, factor)
                : throw RequestException.Bad($"{where}: 'weights.{member.Name}' must be a number from 0 to {FeatureWeights.Most}.");
        }
        return weights;
    }

    private static double? Number(JsonElement example, string name, string where) => !example.TryGetProperty(name, out var given) || given.ValueKind == JsonValueKind.Null ? null
        : given.ValueKind == JsonValueKind.Number && given.TryGetDouble(out var number) ? number
        : throw RequestException.Bad($"{where}.{name} must be a number.");

    private static double? Score(JsonElement example, string name, string where) => Number(example, name, where) switch
    {
        null => null,
        > 0 and < 1 and var score => score,
        _ => throw RequestException.Bad($"{where}.{name} must be above 0 and below 1."),
    };

    /// <summary>A list of texts; one text is a list of one, and numbers are texts.</summary>
    private static ImmutableArray<string> Texts(JsonElement value, string where)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                return [];
            case JsonValueKind.String:
                return [value.GetString()!]; // a string's text is never null
            case JsonValueKind.Number:
                return [value.GetRawText()];
            case JsonValueKind.Array:
                // Excluding what was decided before may take thousands of ids; nothing else does.
                if (value.GetArrayLength() > MostValues && !where.EndsWith("exclude_entity_ids", StringComparison.Ordinal))
                    throw RequestException.Bad($"{where} has more than {MostValues} values.");
                return [.. value.EnumerateArray().Where(item => item.ValueKind != JsonValueKind.Null).SelectMany((item, at) => item.ValueKind is JsonValueKind.String or JsonValueKind.Number ? Texts(item, where) : throw RequestException.Bad($"{where}[{at}] must be a text."))];
            default:
                throw RequestException.Bad($"{where} must be a list of texts.");
        }
    }

    private static void Only(JsonElement element, string where, string[] known)
    {
        foreach (var member in element.EnumerateObject().Where(member => !known.Contains(member.Name)))
            throw RequestException.Bad($"{where} has the unknown member '{QueryText.Short(member.Name)}'. Known here: {string.Join(", ", known)}.");
    }
}

/// <summary>One example of a request.</summary>
/// <param name="Id">The caller's id for it; null for none.</param>
/// <param name="Properties">The properties, as they were understood.</param>
/// <param name="Query">What is asked.</param>
internal sealed record MatchExample(string? Id, IReadOnlyDictionary<string, ImmutableArray<string>> Properties, KeyedQuery Query)
{
    /// <summary>The properties that played no part.</summary>
    public IEnumerable<string> Ignored => Properties.Keys.Where(property => !EntityQuery.Uses(property));

    /// <summary>Writes the example as it was understood.</summary>
    /// <param name="json">Inside an object.</param>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("query");
        json.WriteString("id", Id);
        json.WriteString("schema", Query.Query.Schema);
        json.WriteStartObject("properties");
        foreach (var (property, values) in Properties)
        {
            json.WriteStartArray(property);
            foreach (var value in values)
                json.WriteStringValue(value);
            json.WriteEndArray();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
