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
/// <c>limit</c>, <c>threshold</c>, <c>cutoff</c> and the filters of the address, which then hold for it alone.
/// </remarks>
internal sealed record MatchRequest(ImmutableArray<MatchExample> Examples)
{
    // Names per example; more are no example but a list.
    private const int MostValues = 200;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    private static readonly string[] Members = ["queries", "weights", "config"];

    private static readonly string[] ExampleMembers = ["id", "schema", "properties", "limit", "threshold", "cutoff", .. Filters.Parameters];

    /// <summary>Reads a body.</summary>
    /// <param name="body">JSON, not yet read.</param>
    /// <param name="lists">The lists in use.</param>
    /// <param name="general">What holds for examples that do not say otherwise.</param>
    /// <param name="most">Most examples.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="RequestException">It is not what it should be; the message says where.</exception>
    /// <exception cref="JsonException">It is no JSON, too deep, or names a member twice.</exception>
    public static async Task<MatchRequest> ReadAsync(Stream body, LoadedLists lists, (MatchPolicy Policy, EntityFilter Filter) general, int most, CancellationToken cancel)
    {
        using var document = await JsonDocument.ParseAsync(body, Strict, cancel).ConfigureAwait(false);
        try
        {
            return Read(document.RootElement, lists, general, most);
        }
        catch (InvalidOperationException)
        {
            throw RequestException.Bad("A text of the body holds half a surrogate pair, which is no text.");
        }
    }

    private static MatchRequest Read(JsonElement root, LoadedLists lists, (MatchPolicy, EntityFilter) general, int most)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("queries", out var queries) || queries.ValueKind != JsonValueKind.Object)
            throw RequestException.Bad("""The body must be an object with 'queries': {"queries": {"q1": {"schema": "Person", "properties": {"name": ["..."]}}}}.""");
        Only(root, "the body", Members);
        foreach (var member in new[] { "weights", "config" })
        {
            if (root.TryGetProperty(member, out var given) && given is not { ValueKind: JsonValueKind.Null } && (given.ValueKind != JsonValueKind.Object || given.EnumerateObject().Any()))
                throw RequestException.Bad($"'{member}' is not taken here: weights of evidence are part of the engine, see /algorithms.");
        }
        var examples = ImmutableArray.CreateBuilder<MatchExample>();
        foreach (var query in queries.EnumerateObject().Where(query => query.Value.ValueKind != JsonValueKind.Null))
        {
            if (examples.Count == most)
                throw RequestException.Bad($"Too many queries in one batch (limit: {most}).");
            examples.Add(Example(query.Name, query.Value, lists, general));
        }
        return examples.Count > 0 ? new MatchRequest(examples.DrainToImmutable()) : throw RequestException.Bad("No queries provided.");
    }

    private static MatchExample Example(string key, JsonElement example, LoadedLists lists, (MatchPolicy Policy, EntityFilter Filter) general)
    {
        var where = $"queries.{(key.Length > 60 ? key[..60] : key)}";
        if (example.ValueKind != JsonValueKind.Object)
            throw RequestException.Bad($"{where} must be an object with 'schema' and 'properties'.");
        Only(example, where, ExampleMembers);
        if (!example.TryGetProperty("schema", out var named) || named.ValueKind != JsonValueKind.String || named.GetString() is not { } schema || !Schemata.IsKnown(schema))
            throw RequestException.Bad($"{where}.schema must be a FollowTheMoney schema, such as Person, Organization, Company, Vessel or LegalEntity.");
        if (!example.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
            throw RequestException.Bad($"{where}.properties must be an object of lists of texts.");
        var values = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var property in properties.EnumerateObject())
            values[property.Name] = Texts(property.Value, $"{where}.properties.{property.Name}");
        var query = EntityQuery.Of(schema, values);
        if (query.Names.FirstOrDefault(name => name.Length > FieldValues.MaxNameLength) is not null)
            throw RequestException.Bad($"{where}: a name is longer than {FieldValues.MaxNameLength} characters.");
        var (policy, filter) = Options(example, where, lists, general);
        return new MatchExample(new KeyedQuery(key, query) { Policy = policy, Filter = filter }, example.Clone());
    }

    private static (MatchPolicy?, EntityFilter?) Options(JsonElement example, string where, LoadedLists lists, (MatchPolicy Policy, EntityFilter Filter) general)
    {
        MatchPolicy? policy = null;
        if (Number(example, "limit", where) is { } limit)
            policy = general.Policy with { Limit = limit is >= 1 and <= MatchEndpoint.MostResults && limit == Math.Floor(limit) ? (int)limit : throw RequestException.Bad($"{where}.limit must be a whole number from 1 to {MatchEndpoint.MostResults}.") };
        if (Score(example, "threshold", where) is { } threshold)
            policy = (policy ?? general.Policy) with { Threshold = threshold };
        if (Score(example, "cutoff", where) is { } cutoff)
            policy = (policy ?? general.Policy) with { Cutoff = cutoff };
        if (!Filters.Parameters.Any(name => example.TryGetProperty(name, out _)))
            return (policy, null);
        var since = example.TryGetProperty("changed_since", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString() : null;
        return (policy, Filters.Make(lists, name => example.TryGetProperty(name, out var texts) && name != "changed_since" ? Texts(texts, $"{where}.{name}") : [], since, general.Filter));
    }

    private static double? Number(JsonElement example, string name, string where) => !example.TryGetProperty(name, out var given) ? null
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
            throw RequestException.Bad($"{where} has the unknown member '{(member.Name.Length > 60 ? member.Name[..60] : member.Name)}'. Known here: {string.Join(", ", known)}.");
    }
}

/// <summary>One example of a request.</summary>
/// <param name="Query">What is asked.</param>
/// <param name="AsGiven">The example, to be given back with its answer.</param>
internal sealed record MatchExample(KeyedQuery Query, JsonElement AsGiven);
