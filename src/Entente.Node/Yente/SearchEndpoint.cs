using System.Collections.Immutable;
using System.Text.Json;
using Entente.Desk.Entities;
using Entente.Desk.Lists;
using Entente.Node.Access;
using Entente.Node.Hosting;
using Entente.Node.Lists;
using Entente.Node.Screening;
using Entente.Node.Store;
using Entente.Records;
using Entente.Screening;
using Microsoft.AspNetCore.Http;

namespace Entente.Node.Yente;

/// <summary><c>GET /search/{dataset}</c>: finds entities by a piece of text (a name in any script, a number, an id), or lists them.</summary>
internal static class SearchEndpoint
{
    /// <summary>Most results on a page.</summary>
    public const int MostResults = 500;

    /// <summary>The furthest that a page may begin.</summary>
    public const int MostOffset = 9500;

    // What a person searches for should come even where it is far from a match.
    private const double SearchCutoff = 0.2;

    private static readonly string[] Parameters =
        ["q", "schema", "countries", "datasets", "limit", "offset", "fuzzy", "simple", "sort", "target", "filter_op", "facets", .. Filters.Parameters];

    public static async Task AnswerAsync(HttpContext http, string dataset, ListsInUse inUse, ScreeningService screening, TimeProvider clock)
    {
        var query = new QueryText(http.Request, Parameters);
        var lists = inUse.Require();
        var text = (query.Text("q") ?? "").Trim();
        if (text.Length > Desk.Rows.FieldValues.MaxNameLength)
            throw RequestException.Bad($"'q' is longer than {Desk.Rows.FieldValues.MaxNameLength} characters.");
        var schema = query.Text("schema") is { Length: > 0 } named ? named : "Thing";
        if (!Schemata.IsKnown(schema))
            throw RequestException.Bad($"Invalid schema: {(schema.Length > 40 ? schema[..40] : schema)}.");
        int limit = query.Number("limit", 10, 0, MostResults), offset = query.Number("offset", 0, 0, MostOffset);
        var filter = Filters.Of(query, lists).Within(DatasetScope.Of(lists, dataset));
        if (query.Texts("datasets") is { IsEmpty: false } datasets)
            filter = filter.Within(DatasetScope.Of(lists, datasets));
        var wanted = new Wanted(schema, query.Texts("countries"), query.Flag("target"), filter);

        var found = text.Length == 0
            ? Listed(lists, wanted, http.RequestAborted)
            : await FindAsync(http, lists, text, wanted, screening).ConfigureAwait(false);
        UsedLists.AddHeaders(http.Response, lists, clock.GetUtcNow());
        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter, new JsonWriterOptions { Encoder = NodeJson.Options.Encoder });
        json.WriteStartObject();
        json.WriteNumber("limit", limit);
        json.WriteNumber("offset", offset);
        json.WriteStartObject("total");
        json.WriteNumber("value", found.Count);
        json.WriteString("relation", "eq");
        json.WriteEndObject();
        json.WriteStartArray("results");
        foreach (var shape in found.Skip(offset).Take(limit))
        {
            json.WriteStartObject();
            shape().WriteMembers(json);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("facets");
        if (text.Length > 0)
            WriteFacets(json, [.. found.Select(shape => shape())]);
        json.WriteEndObject();
        UsedLists.Write(json, lists, clock.GetUtcNow());
        json.WriteEndObject();
        await json.FlushAsync(http.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>By id, number or name, the nearest first.</summary>
    private static async Task<List<Func<EntityShape>>> FindAsync(HttpContext http, LoadedLists lists, string text, Wanted wanted, ScreeningService screening)
    {
        var shapes = new List<EntityShape>();
        if (lists.Archive.TryGet(text, out var named) && wanted.Admits(named))
            shapes.Add(EntityShape.Of(lists.Archive, named));
        var policy = new MatchPolicy { Cutoff = SearchCutoff, Limit = MostResults };
        var query = new Query { Schema = wanted.Schema, Names = [text], Documents = [text] };
        var result = await screening.ScreenAsync(http.User.ToActor(), [new KeyedQuery("q", query)], policy, wanted.Filter, http.RequestAborted).ConfigureAwait(false);
        foreach (var match in result.Answers[0].Matches.Where(match => wanted.Admits(match.Entity)))
        {
            if (EntityShape.Of(match) is var shape && !shapes.Exists(known => known.Id == shape.Id))
                shapes.Add(shape);
        }
        return [.. shapes.Select(shape => new Func<EntityShape>(() => shape))];
    }

    /// <summary>Everything, in the order of the lists; each entity once.</summary>
    private static List<Func<EntityShape>> Listed(LoadedLists lists, Wanted wanted, CancellationToken cancel)
    {
        var archive = lists.Archive;
        var found = new List<Func<EntityShape>>();
        // Whether it is admitted is to be seen in the entity only where somebody filters by more than its head says.
        var byHead = wanted.IsByHead;
        foreach (var head in archive.Heads(schema: wanted.Schema))
        {
            cancel.ThrowIfCancellationRequested();
            if (wanted.Schema == "Thing" && !Schemata.IsMatchable(head.Schema))
                continue;
            if (archive.Groups.Find(head.Id) is { } group && group.CanonicalId != head.Id)
                continue;
            if (byHead ? wanted.Admits(head) : wanted.Admits(archive.Get(head.Number)))
                found.Add(() => EntityShape.Of(archive, archive.Get(head.Number)));
        }
        return found;
    }

    private static void WriteFacets(Utf8JsonWriter json, ImmutableArray<EntityShape> shapes)
    {
        Write("countries", "Countries", "country", "nationality", "citizenship", "jurisdiction", "flag");
        Write("topics", "Topics", "topics");
        Count("datasets", "Data sources", shapes.SelectMany(shape => shape.Listings.SelectMany(entry => entry.Datasets).Distinct(StringComparer.Ordinal)), name => name);

        void Write(string name, string label, params string[] properties) =>
            Count(name, label, shapes.SelectMany(shape => shape.Listings.SelectMany(entry => properties.SelectMany(property => entry.Get(property))).Distinct(StringComparer.Ordinal)), value => name == "countries" ? Countries.NameOf(value) : value);

        void Count(string name, string label, IEnumerable<string> values, Func<string, string> labelOf)
        {
            json.WriteStartObject(name);
            json.WriteString("label", label);
            json.WriteStartArray("values");
            foreach (var value in values.CountBy(value => value).OrderByDescending(value => value.Value).ThenBy(value => value.Key, StringComparer.Ordinal))
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
    }

    private sealed record Wanted(string Schema, ImmutableArray<string> OfCountries, bool? Target, EntityFilter Filter)
    {
        public bool IsByHead => OfCountries.IsEmpty && (Filter with { Datasets = [] }).IsEmpty;

        public bool Admits(EntityHead head) =>
            (Target is null || Target == (head.Target != false)) && (Filter.Datasets.IsEmpty || head.Datasets.Any(dataset => Filter.Datasets.Contains(dataset)));

        public bool Admits(Entity entity) =>
            entity.IsA(Schema) && (Target is null || Target == (entity.Target != false)) && Filter.Admits(entity)
            && (OfCountries.IsEmpty || ((string[])["country", "nationality", "citizenship", "jurisdiction", "flag"]).Any(property => entity.Get(property).Any(value => OfCountries.Contains(value))));
    }
}
