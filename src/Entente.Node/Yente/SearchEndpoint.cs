using System.Collections.Immutable;
using System.Text.Json;
using Entente.Desk.Lists;
using Entente.Node.Access;
using Entente.Node.Hosting;
using Entente.Node.Lists;
using Entente.Node.Screening;
using Entente.Records;
using Entente.Screening;
using Microsoft.AspNetCore.Http;

namespace Entente.Node.Yente;

/// <summary><c>GET /search/{dataset}</c>: finds entities by a piece of text (a name in any script, a number, an id), or lists them.</summary>
internal static class SearchEndpoint
{
    /// <summary>Most results on a page, and most that are looked for.</summary>
    public const int MostResults = 500;

    /// <summary>The furthest that a page may begin.</summary>
    public const int MostOffset = 9500;

    // What a person searches for should come even where it is far from a match.
    private const double SearchCutoff = 0.2;

    /// <summary>The parameters.</summary>
    public static readonly string[] Parameters =
        ["q", "schema", "countries", "datasets", "limit", "offset", "fuzzy", "simple", "sort", "target", "filter", "filter_op", "facets", .. Filters.Parameters];

    private static readonly string[] Facets = ["countries", "topics", "datasets", "schema", "genders", "identifiers", "names"];

    public static async Task AnswerAsync(HttpContext http, string dataset, ListsInUse inUse, ScreeningService screening, TimeProvider clock)
    {
        var query = new QueryText(http.Request, Parameters);
        var lists = inUse.Require();
        var text = (query.Text("q") ?? "").Trim();
        if (text.Length > Desk.Rows.FieldValues.MaxNameLength)
            throw RequestException.Bad($"'q' is longer than {Desk.Rows.FieldValues.MaxNameLength} characters.");
        int limit = query.Number("limit", 10, 0, MostResults), offset = query.Number("offset", 0, 0, MostOffset);
        var facets = query.Texts("facets") is { IsEmpty: false } named ? named : [.. Facets.Take(3)];
        if (facets.FirstOrDefault(facet => !Facets.Contains(facet)) is { } unknown)
            throw RequestException.Bad($"'facets': '{QueryText.Short(unknown)}' is none. There are {string.Join(", ", Facets)}.");
        var order = SearchOrder.Read(query.Texts("sort"));
        var wanted = Read(query, lists, dataset);

        var found = text.Length == 0
            ? Listed(lists, wanted)
            : await FindAsync(http, lists, text, wanted, screening).ConfigureAwait(false);
        found = order.Apply(found);
        UsedLists.AddHeaders(http.Response, lists, clock.GetUtcNow());
        await JsonAnswer.WriteAsync(http, json =>
        {
            json.WriteNumber("limit", limit);
            json.WriteNumber("offset", offset);
            EntityEndpoints.WriteTotal(json, found.Count, text.Length > 0 && found.Count >= MostResults);
            json.WriteStartArray("results");
            foreach (var hit in found.Skip(offset).Take(limit))
            {
                json.WriteStartObject();
                hit.Shape().WriteMembers(json);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            WriteFacets(json, lists, found, facets);
            UsedLists.Write(json, lists, clock.GetUtcNow());
        }).ConfigureAwait(false);
    }

    private static Wanted Read(QueryText query, LoadedLists lists, string dataset)
    {
        var schema = query.Text("schema") is { Length: > 0 } named ? named : "Thing";
        if (!Schemata.IsKnown(schema))
            throw RequestException.Bad($"Invalid schema: {QueryText.Short(schema)}.");
        var every = query.Text("filter_op")?.ToUpperInvariant() switch
        {
            null or "" or "OR" => false,
            "AND" => true,
            _ => throw RequestException.Bad("'filter_op' must be OR or AND."),
        };
        _ = query.Flag("fuzzy");
        _ = query.Flag("simple");
        var filter = Filters.Of(query, lists).Within(DatasetScope.Of(lists, dataset));
        var datasets = query.Texts("datasets");
        if (!every && !datasets.IsEmpty)
            filter = filter.Within(DatasetScope.Of(lists, datasets));
        return new Wanted(schema, query.Texts("countries"), every ? filter.Topics : [], every ? datasets : [], query.Flag("target"), PropertyFilter.Read(query.Texts("filter")), every, filter);
    }

    /// <summary>By id, number or name, the nearest first.</summary>
    private static async Task<List<SearchHit>> FindAsync(HttpContext http, LoadedLists lists, string text, Wanted wanted, ScreeningService screening)
    {
        var shapes = new List<EntityShape>();
        if (lists.Archive.TryGet(text, out var named) && wanted.Filter.Admits(named))
            shapes.Add(EntityShape.Of(lists.Archive, named));
        shapes.AddRange(lists.Index.FindByDocument(text).Where(entity => wanted.Filter.Admits(entity)).Select(entity => EntityShape.Of(lists.Archive, entity)));
        var policy = new MatchPolicy { Cutoff = SearchCutoff, Limit = MostResults };
        var query = new Query { Schema = wanted.Schema, Names = [text] };
        var result = await screening.ScreenAsync(http.User.ToActor(), [new KeyedQuery("q", query)], policy, wanted.Filter, http.RequestAborted).ConfigureAwait(false);
        shapes.AddRange(result.Answers[0].Matches.Select(EntityShape.Of));
        return [.. shapes.DistinctBy(shape => shape.Id, StringComparer.Ordinal).Where(wanted.Admits).Select(SearchHit.Of)];
    }

    /// <summary>Everything, in the order of the lists; each entity once.</summary>
    private static List<SearchHit> Listed(LoadedLists lists, Wanted wanted)
    {
        var archive = lists.Archive;
        var admitted = ListedTable.Of(lists).Rows.Where(wanted.Admits);
        if (!wanted.Properties.IsEmpty)
            admitted = admitted.Where(row => wanted.Properties.All(property => property.Admits(archive.Get(row.Number).Get)));
        return [.. admitted.DistinctBy(row => row.Group ?? row.Id, StringComparer.Ordinal).Select(row => SearchHit.Of(archive, row))];
    }

    private static void WriteFacets(Utf8JsonWriter json, LoadedLists lists, List<SearchHit> found, ImmutableArray<string> facets)
    {
        json.WriteStartObject("facets");
        foreach (var facet in facets.Distinct())
        {
            var (label, values, labelOf) = facet switch
            {
                "countries" => ("Countries", found.SelectMany(hit => hit.Countries), Countries.NameOf),
                "topics" => ("Topics", found.SelectMany(hit => hit.Topics), Same),
                "datasets" => ("Data sources", found.SelectMany(hit => hit.Datasets), name => lists.Versions.FirstOrDefault(version => version.Dataset == name)?.Title ?? name),
                "schema" => ("Entity types", found.Select(hit => hit.Schema), Same),
                "genders" => ("Genders", found.SelectMany(hit => hit.Genders), Same),
                "identifiers" => ("Identifiers", found.Take(MostResults).SelectMany(hit => EntityQueryValues.Identifiers(hit.Shape())), Same),
                _ => ("Names", found.Take(MostResults).SelectMany(hit => EntityQueryValues.Names(hit.Shape())), (Func<string, string>)Same),
            };
            json.WriteStartObject(facet);
            json.WriteString("label", label);
            json.WriteStartArray("values");
            foreach (var value in values.CountBy(value => value).OrderByDescending(value => value.Value).ThenBy(value => value.Key, StringComparer.Ordinal).Take(300))
            {
                json.WriteStartObject();
                json.WriteString("name", value.Key);
                json.WriteString("label", labelOf(value.Key));
                json.WriteNumber("count", value.Value);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndObject();

        static string Same(string text) => text;
    }

    /// <summary>What is looked for, beside the text.</summary>
    private sealed record Wanted(
        string Schema, ImmutableArray<string> OfCountries, ImmutableArray<string> EveryTopic, ImmutableArray<string> EveryDataset, bool? Target,
        ImmutableArray<PropertyFilter> Properties, bool Every, EntityFilter Filter)
    {
        public bool Admits(ListedTable.Row row) =>
            (Schemata.IsA(row.Schema, Schema) && (Schema != "Thing" || Schemata.IsMatchable(row.Schema)))
            && (Target is null || Target == row.Target) && row.AdmittedBy(Filter) && Has(row.Countries, row.Topics, row.Datasets);

        public bool Admits(EntityShape shape) =>
            shape.Listings.Any(entry => entry.IsA(Schema)) && (Target is null || Target == shape.IsTarget)
            && Has([.. ListedTable.CountryProperties.SelectMany(shape.Get)], [.. shape.Get("topics")], [.. shape.Datasets])
            && Properties.All(property => property.Admits(shape.Get));

        private bool Has(ImmutableArray<string> countries, ImmutableArray<string> topics, ImmutableArray<string> datasets) =>
            (OfCountries.IsEmpty || (Every ? OfCountries.All(code => countries.Contains(code)) : OfCountries.Any(code => countries.Contains(code))))
            && EveryTopic.All(topic => topics.Contains(topic)) && EveryDataset.All(dataset => datasets.Contains(dataset));
    }
}
