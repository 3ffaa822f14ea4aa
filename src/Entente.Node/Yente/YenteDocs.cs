using System.Collections.Immutable;
using Entente.Node.Docs;

namespace Entente.Node.Yente;

/// <summary>The descriptions of yente's endpoints.</summary>
internal static class YenteDocs
{
    private static readonly ImmutableArray<ApiParameter> FilterParameters =
    [
        new("include_dataset", "Only entries of these lists.", Many: true),
        new("exclude_dataset", "No entries of these lists.", Many: true),
        new("exclude_schema", "No entities of these schemata.", Many: true),
        new("topics", "Only entities with one of these topics, such as `sanction`.", Many: true),
        new("changed_since", "Only entities that changed on this day or later: `2026-02-27`."),
        new("exclude_entity_ids", "None of these entities, by any of their ids; without a cap.", Many: true),
    ];

    public static ApiDoc Match { get; } = new()
    {
        Description = "Takes a batch of examples and answers each with the listed entities that resemble it, the strongest evidence first. Each example may have options of its own. What cannot be compared has the status 400 in its place, which is not the same as clear. Every batch is recorded in the audit trail before it is answered.",
        Parameters =
        [
            new("limit", "Most results for an example; 5 unless set, 500 at most.", "integer"),
            new("threshold", "Score from which a result is a match; 0.7 unless set.", "number"),
            new("cutoff", "Lowest score that is shown; 0.5 unless set.", "number"),
            new("algorithm", "Taken for the sake of clients: there is one, `entente`; see /algorithms."),
            new("fuzzy", "Taken for the sake of clients; spelling is always compared by sound.", "boolean"),
            new("raise_alerts", "Whether matches become alerts, known again by the example's `id`; no unless set.", "boolean"),
            .. FilterParameters,
        ],
        Request = typeof(MatchBody),
        RequestExample = """{"queries":{"q1":{"schema":"Person","properties":{"name":["Tarek Kadiri"],"birthDate":["1971"]}},"q2":{"schema":"Organization","properties":{"name":["Al-Furat Exchange"]},"threshold":0.8}}}""",
        Response = typeof(MatchResponse),
    };

    public static ApiDoc Search { get; } = new()
    {
        Description = "Finds entities by a name in any script, a number of a document or an id; without `q` lists them all. For screening use /match, which takes all that is known of someone.",
        Parameters =
        [
            new("q", "A name, a number or an id."),
            new("schema", "A schema; those below it are found too."),
            new("countries", "Codes of countries.", Many: true),
            new("datasets", "Lists, as a facet.", Many: true),
            new("limit", "Results on a page; 10 unless set, 500 at most.", "integer"),
            new("offset", "Where the page begins; 9,500 at most.", "integer"),
            new("sort", "`first_seen`, `last_seen`, `last_change`, `caption`, `schema` or `id`, followed by `:asc` or `:desc`; the nearest first unless set.", Many: true),
            new("target", "Only entities that a list is about.", "boolean"),
            new("filter", "A property and its value: `birthDate:1971`.", Many: true),
            new("filter_op", "`OR` or `AND`, between several values of one filter."),
            new("facets", "What to count: countries, topics, datasets, schema, genders, identifiers, names.", Many: true),
            new("fuzzy", "Taken for the sake of clients.", "boolean"),
            new("simple", "Taken for the sake of clients.", "boolean"),
            .. FilterParameters,
        ],
        ExampleQuery = "?q=tarek kadiri&limit=5",
        Response = typeof(SearchResponse),
    };

    public static ApiDoc Entity { get; } = new()
    {
        Description = "One entity with the values of all lists that it stands on, and those around it nested. An id that only one list uses is answered with 308 and the address of the entity as a whole.",
        Parameters = [new("nested", "Whether entities around it stand in the place of their ids; true unless set.", "boolean")],
        Response = typeof(EntityShapeDoc),
    };

    public static ApiDoc Adjacent { get; } = new()
    {
        Description = "What stands around an entity, by property; `limit` and `offset` hold for each property.",
        Parameters = [new("limit", "Results on a page; 10 unless set, 500 at most.", "integer"), new("offset", "Where the page begins.", "integer")],
        Response = typeof(AdjacentResponse),
    };

    public static ApiDoc AdjacentProperty { get; } = Adjacent with { Description = "What stands around an entity as one property, in pages.", Response = typeof(AdjacentPageDoc) };

    public static ApiDoc Catalog { get; } = new() { Response = typeof(CatalogResponse) };

    public static ApiDoc AlgorithmList { get; } = new() { Response = typeof(AlgorithmsResponse) };
}
