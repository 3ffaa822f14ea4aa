using System.Collections.Immutable;
using System.Text.Json;
using Entente.Desk.Rows;
using Entente.Node.Hosting;
using Entente.Node.Screening;
using Entente.Node.Yente;
using Entente.Records;
using Entente.Screening;

namespace Entente.Node.Reconcile;

/// <summary>A batch of reconciliation queries: <c>{"q0": {"query": "...", "type": "Person", "properties": [{"pid": "birthDate", "v": "1971"}]}}</c>.</summary>
internal static class ReconcileQueries
{
    private static readonly string[] Members = ["query", "type", "limit", "properties", "type_strict"];

    /// <summary>Reads a batch.</summary>
    /// <param name="text">JSON.</param>
    /// <param name="most">Most queries.</param>
    /// <exception cref="RequestException">It is none.</exception>
    public static ImmutableArray<KeyedQuery> Read(string text, int most)
    {
        using var document = JsonBody.Parse(text, "queries");
        return JsonBody.Texts(() =>
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw RequestException.Bad("""'queries' must be an object: {"q0": {"query": "..."}}.""");
            var queries = ImmutableArray.CreateBuilder<KeyedQuery>();
            foreach (var query in document.RootElement.EnumerateObject())
            {
                if (queries.Count == most)
                    throw RequestException.Bad($"Too many queries in one batch (limit: {most}).");
                queries.Add(One(query.Name, query.Value));
            }
            return queries.DrainToImmutable();
        });
    }

    private static KeyedQuery One(string key, JsonElement query)
    {
        var where = $"queries.{QueryText.Short(key)}";
        if (query.ValueKind != JsonValueKind.Object)
            throw RequestException.Bad($"{where} must be an object with 'query'.");
        if (query.EnumerateObject().FirstOrDefault(member => !Members.Contains(member.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
            throw RequestException.Bad($"{where} has the unknown member '{QueryText.Short(unknown.Name)}'. Known here: {string.Join(", ", Members)}.");
        var values = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        if (query.TryGetProperty("query", out var name) && name.ValueKind != JsonValueKind.Null)
            values["name"] = [name.ValueKind == JsonValueKind.String ? name.GetString()! : throw RequestException.Bad($"{where}.query must be a text.")]; // a string's text is never null
        if (query.TryGetProperty("properties", out var properties) && properties.ValueKind != JsonValueKind.Null)
            Add(values, properties, where);
        if (values.Count == 0)
            throw RequestException.Bad($"{where} has neither 'query' nor 'properties'.");
        var made = EntityQuery.Of(Schema(query, where), values.ToDictionary(pair => pair.Key, pair => pair.Value.ToImmutableArray()));
        if (made.Names.Any(text => text.Length > FieldValues.MaxNameLength))
            throw RequestException.Bad($"{where}: a name is longer than {FieldValues.MaxNameLength} characters.");
        return new KeyedQuery(key, made) { Policy = new MatchPolicy { Limit = Limit(query, where) } };
    }

    private static void Add(Dictionary<string, List<string>> values, JsonElement properties, string where)
    {
        if (properties.ValueKind != JsonValueKind.Array || properties.GetArrayLength() > 100)
            throw RequestException.Bad($"{where}.properties must be a list of at most 100 objects with 'pid' and 'v'.");
        foreach (var property in properties.EnumerateArray())
        {
            if (property.ValueKind != JsonValueKind.Object || !property.TryGetProperty("pid", out var pid) || pid.ValueKind != JsonValueKind.String || !property.TryGetProperty("v", out var value))
                throw RequestException.Bad($"{where}.properties must be objects with 'pid' and 'v'.");
            var id = ReconcileWords.Property(pid.GetString()!); // a string's text is never null
            if (!values.TryGetValue(id, out var known))
                values[id] = known = [];
            known.AddRange(value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= 200 ? value.EnumerateArray().Select(item => Text(item, where)) : [Text(value, where)]);
        }
    }

    /// <summary>A value, or what was reconciled before by its name.</summary>
    private static string Text(JsonElement value, string where) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!, // a string's text is never null
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Object when value.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String => name.GetString()!,
        JsonValueKind.Object when value.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String => id.GetString()!,
        _ => throw RequestException.Bad($"{where}.properties: 'v' must be a text, a number, or an object with 'id' and 'name'."),
    };

    /// <summary>One type narrows the search; several are as good as none.</summary>
    private static string Schema(JsonElement query, string where)
    {
        if (!query.TryGetProperty("type", out var type) || type.ValueKind == JsonValueKind.Null)
            return "Thing";
        if (type.ValueKind == JsonValueKind.Object && type.TryGetProperty("id", out var id))
            type = id;
        string?[] names = type.ValueKind switch
        {
            JsonValueKind.String => [type.GetString()],
            JsonValueKind.Array when type.GetArrayLength() <= 100 => [.. type.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString() : null)],
            _ => [null],
        };
        if (names.FirstOrDefault(name => name is null || !Schemata.IsKnown(name), "Thing") is not "Thing")
            throw RequestException.Bad($"{where}.type: '{QueryText.Short(names.First(name => name is null || !Schemata.IsKnown(name)) ?? "")}' is no type; see suggest/type.");
        return names is [{ } only] ? only : "Thing";
    }

    private static int Limit(JsonElement query, string where) =>
        !query.TryGetProperty("limit", out var limit) || limit.ValueKind == JsonValueKind.Null ? MatchPolicy.Default.Limit
        : limit.ValueKind == JsonValueKind.Number && limit.TryGetDouble(out var number) && number == Math.Floor(number) && number is >= 1 and <= MatchEndpoint.MostResults ? (int)number
        : throw RequestException.Bad($"{where}.limit must be a whole number from 1 to {MatchEndpoint.MostResults}.");
}
