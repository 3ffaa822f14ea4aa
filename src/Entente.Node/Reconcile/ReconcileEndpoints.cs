using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Entente.Desk;
using Entente.Desk.Lists;
using Entente.Node.Access;
using Entente.Node.Hosting;
using Entente.Node.Lists;
using Entente.Node.Screening;
using Entente.Node.Yente;
using Entente.Records;
using Entente.Screening;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Entente.Node.Reconcile;

/// <summary>The Reconciliation API 0.2 of the W3C's community group, as OpenRefine calls it.</summary>
internal sealed class ReconcileEndpoints(ListsInUse inUse, ScreeningService screening, NodeOptions options, TimeProvider clock)
{
    private const int MostSuggestions = 100;

    /// <summary>The manifest; or, with <c>queries</c> or <c>extend</c> in the address, their answer.</summary>
    public async Task GetAsync(HttpContext http, string dataset)
    {
        var query = Query(http, "queries", "extend");
        if (query.Text("extend") is { Length: > 0 } extend)
            await ExtendAsync(http, dataset, extend).ConfigureAwait(false);
        else if (query.Text("queries") is { Length: > 0 } queries)
            await ReconcileAsync(http, dataset, queries).ConfigureAwait(false);
        else
            await WriteManifestAsync(http, dataset).ConfigureAwait(false);
    }

    /// <summary>A form with <c>queries</c> or <c>extend</c>.</summary>
    public async Task PostAsync(HttpContext http, string dataset)
    {
        _ = Query(http);
        var form = await FormAsync(http).ConfigureAwait(false);
        if (form["extend"] is [{ Length: > 0 } extend])
            await ExtendAsync(http, dataset, extend).ConfigureAwait(false);
        else if (form["queries"] is [{ Length: > 0 } queries])
            await ReconcileAsync(http, dataset, queries).ConfigureAwait(false);
        else
            throw RequestException.Bad("The form must have the field 'queries' or the field 'extend', once.");
    }

    public async Task SuggestEntityAsync(HttpContext http, string dataset)
    {
        var (prefix, limit, cursor) = Suggest(http);
        var lists = Lists(http);
        var scope = DatasetScope.Of(lists, dataset);
        var filter = EntityFilter.All.Within(scope);
        var found = prefix.Length == 0 ? [] : Beginning(lists, prefix, filter).Take(MostSuggestions).ToList();
        if (prefix.Length > 2 && found.Count < limit)
        {
            var result = await screening.ScreenAsync(http.User.ToActor(), [new KeyedQuery("prefix", new Query { Schema = "Thing", Names = [prefix] })], new MatchPolicy { Limit = MostSuggestions, Cutoff = 0.2 }, filter, http.RequestAborted).ConfigureAwait(false);
            found = [.. found.Concat(result.Answers[0].Matches.Select(EntityShape.Of)).DistinctBy(shape => shape.Id, StringComparer.Ordinal)];
        }
        await WriteSuggestionsAsync(http, prefix, found.Skip(cursor).Take(limit), (json, shape) =>
        {
            json.WriteStartObject();
            ReconcileWords.WriteEntity(json, shape);
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    public Task SuggestTypeAsync(HttpContext http, string dataset) => SuggestNameAsync(http, dataset, ReconcileWords.Types);

    public Task SuggestPropertyAsync(HttpContext http, string dataset) => SuggestNameAsync(http, dataset, ReconcileWords.Properties);

    /// <summary>The properties that can be fetched for a type.</summary>
    public async Task ProposeAsync(HttpContext http, string dataset)
    {
        var query = Query(http, "type", "limit");
        var type = query.Text("type") is { Length: > 0 } named ? named : "Thing";
        if (!Schemata.IsKnown(type))
            throw RequestException.Bad($"'type': '{QueryText.Short(type)}' is no type; see suggest/type.");
        var limit = query.Number("limit", 1000, 0, 1000);
        _ = DatasetScope.Of(Lists(http), dataset);
        await JsonAnswer.WriteAsync(http, json =>
        {
            json.WriteString("type", type);
            json.WriteNumber("limit", limit);
            json.WriteStartArray("properties");
            foreach (var property in Schemata.PropertiesOf(type).Take(limit))
                ReconcileWords.WriteNamed(json, property);
            json.WriteEndArray();
        }).ConfigureAwait(false);
    }

    /// <summary>A page on an entity, for a frame: no scripts.</summary>
    public async Task PreviewAsync(HttpContext http, string dataset)
    {
        var id = Query(http, "id").Text("id") ?? throw RequestException.Bad("'id' is missing: the id of an entity.");
        var lists = Lists(http);
        _ = DatasetScope.Of(lists, dataset);
        if (!lists.Archive.TryGet(id, out var entity))
            throw RequestException.NotFound("No such entity!");
        var page = PreviewPage.Of(EntityShape.Of(lists.Archive, entity), lists, clock.GetUtcNow());
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(page, http.RequestAborted).ConfigureAwait(false);
    }

    private async Task ReconcileAsync(HttpContext http, string dataset, string text)
    {
        var lists = Lists(http);
        var filter = EntityFilter.All.Within(DatasetScope.Of(lists, dataset));
        var queries = ReconcileQueries.Read(text, options.MaxQueries);
        if (queries.IsEmpty)
            throw RequestException.Bad("No queries provided.");
        var result = await screening.ScreenAsync(http.User.ToActor(), queries, MatchPolicy.Default, filter, http.RequestAborted).ConfigureAwait(false);
        http.Response.Headers["x-batch-size"] = queries.Length.ToString(CultureInfo.InvariantCulture);
        UsedLists.AddHeaders(http.Response, result.Lists, clock.GetUtcNow());
        await JsonAnswer.WriteAsync(http, json =>
        {
            foreach (var answer in result.Answers)
                WriteAnswer(json, answer);
        }).ConfigureAwait(false);
    }

    private static void WriteAnswer(Utf8JsonWriter json, QueryAnswer answer)
    {
        json.WriteStartObject(answer.Asked.Key);
        if (!answer.IsComparable)
            json.WriteString("detail", MatchEndpoint.NothingToCompare);
        // A client takes one that is said to match without asking a person: not where there are two of them.
        var alone = answer.Matches.Count(match => match.IsMatch) == 1;
        json.WriteStartArray("result");
        foreach (var match in answer.Matches)
        {
            json.WriteStartObject();
            ReconcileWords.WriteEntity(json, EntityShape.Of(match));
            json.WriteNumber("score", Math.Round(match.Score, 6));
            json.WriteBoolean("match", alone && match.IsMatch);
            json.WriteStartArray("features");
            foreach (var feature in match.Evidence.GroupBy(item => Algorithms.FeatureOf(item.Feature)))
            {
                json.WriteStartObject();
                json.WriteString("id", feature.Key);
                json.WriteNumber("value", Math.Round(feature.Sum(item => item.Weight), 4));
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private async Task ExtendAsync(HttpContext http, string dataset, string text)
    {
        var lists = Lists(http);
        _ = DatasetScope.Of(lists, dataset);
        var (ids, properties) = ReconcileExtension.Read(text, options.MaxQueries);
        http.Response.Headers["x-batch-size"] = ids.Length.ToString(CultureInfo.InvariantCulture);
        await JsonAnswer.WriteAsync(http, json => ReconcileExtension.Write(json, lists.Archive, ids, properties)).ConfigureAwait(false);
    }

    private async Task WriteManifestAsync(HttpContext http, string dataset)
    {
        var lists = Lists(http);
        _ = DatasetScope.Of(lists, dataset);
        var here = $"{options.PublicAddress?.TrimEnd('/') ?? $"{http.Request.Scheme}://{http.Request.Host}"}";
        var service = $"{here}/reconcile/{Uri.EscapeDataString(dataset)}";
        // A client that came with its key in the address comes to all of this with it.
        var key = http.Request.Query[AccessSchemes.AddressKeyParameter] is [{ } sent] ? $"{AccessSchemes.AddressKeyParameter}={Uri.EscapeDataString(sent)}" : "";
        await JsonAnswer.WriteAsync(http, json =>
        {
            json.WriteTexts("versions", ["0.2"]);
            json.WriteString("name", DatasetScope.IsAll(dataset) ? "Entente: all lists" : $"Entente: {lists.Versions.FirstOrDefault(version => version.Dataset == dataset)?.Title ?? dataset}");
            json.WriteString("identifierSpace", $"{here}/entities/");
            json.WriteString("schemaSpace", "https://followthemoney.tech/explorer/schemata/");
            json.WriteString("documentation", $"{here}/docs/api");
            json.WriteString("serviceVersion", EngineVersion.Text);
            json.WriteNumber("batchSize", 50);
            json.WriteStartArray("defaultTypes");
            foreach (var type in ReconcileWords.Types.Take(7))
                ReconcileWords.WriteNamed(json, type);
            json.WriteEndArray();
            json.WriteStartObject("view");
            json.WriteString("url", Preview());
            json.WriteEndObject();
            json.WriteStartObject("preview");
            json.WriteString("url", Preview());
            json.WriteNumber("width", 430);
            json.WriteNumber("height", 300);
            json.WriteEndObject();
            json.WriteStartObject("suggest");
            foreach (var what in (string[])["entity", "type", "property"])
                WriteService(json, what, $"/suggest/{what}");
            json.WriteEndObject();
            json.WriteStartObject("extend");
            WriteService(json, "propose_properties", "/extend/properties");
            WriteSettings(json);
            json.WriteEndObject();
        }).ConfigureAwait(false);

        string Preview() => $"{service}/preview?id={{{{id}}}}{(key.Length > 0 ? "&" + key : "")}";

        void WriteService(Utf8JsonWriter json, string name, string path)
        {
            json.WriteStartObject(name);
            json.WriteString("service_url", service);
            json.WriteString("service_path", path + (key.Length > 0 ? "?" + key : ""));
            json.WriteEndObject();
        }
    }

    private static void WriteSettings(Utf8JsonWriter json)
    {
        json.WriteStartArray("property_settings");
        json.WriteStartObject();
        json.WriteString("name", "limit");
        json.WriteString("label", "Limit");
        json.WriteString("type", "number");
        json.WriteNumber("default", 0);
        json.WriteString("help_text", "Most values for a row; 0 for all.");
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("name", "render");
        json.WriteString("label", "Values");
        json.WriteString("type", "select");
        json.WriteString("default", "caption");
        json.WriteString("help_text", "Words for people (Russia), or values for programs (ru).");
        json.WriteStartArray("choices");
        foreach (var (value, name) in new[] { ("caption", "for people"), ("raw", "for programs") })
        {
            json.WriteStartObject();
            json.WriteString("value", value);
            json.WriteString("name", name);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private async Task SuggestNameAsync(HttpContext http, string dataset, ImmutableArray<string> names)
    {
        var (prefix, limit, cursor) = Suggest(http);
        _ = DatasetScope.Of(Lists(http), dataset);
        await WriteSuggestionsAsync(http, prefix, names.Where(name => ReconcileWords.Begins(name, prefix)).Skip(cursor).Take(limit), ReconcileWords.WriteNamed).ConfigureAwait(false);
    }

    private static (string Prefix, int Limit, int Cursor) Suggest(HttpContext http)
    {
        var query = Query(http, "prefix", "limit", "cursor", "type");
        var prefix = (query.Text("prefix") ?? "").Trim();
        return prefix.Length <= 200 ? (prefix, query.Number("limit", 20, 0, MostSuggestions), query.Number("cursor", 0, 0, 10_000)) : throw RequestException.Bad("'prefix' is longer than 200 characters.");
    }

    /// <summary>Entities whose name has words that begin with what was typed.</summary>
    private static IEnumerable<EntityShape> Beginning(LoadedLists lists, string prefix, EntityFilter filter)
    {
        var words = prefix.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return ListedTable.Of(lists).Rows
            .Where(row => Schemata.IsMatchable(row.Schema) && row.AdmittedBy(filter) && row.Caption.Split([' ', '-', ','], StringSplitOptions.RemoveEmptyEntries) is var own
                && Array.TrueForAll(words, word => Array.Exists(own, part => part.StartsWith(word, StringComparison.OrdinalIgnoreCase))))
            .Select(row => EntityShape.Of(lists.Archive, lists.Archive.Get(row.Number)))
            .DistinctBy(shape => shape.Id, StringComparer.Ordinal);
    }

    private static Task WriteSuggestionsAsync<T>(HttpContext http, string prefix, IEnumerable<T> found, Action<Utf8JsonWriter, T> write) => JsonAnswer.WriteAsync(http, json =>
    {
        json.WriteString("code", "/api/status/ok");
        json.WriteString("status", "200 OK");
        json.WriteString("prefix", prefix);
        json.WriteStartArray("result");
        foreach (var item in found)
            write(json, item);
        json.WriteEndArray();
    });

    private LoadedLists Lists(HttpContext http)
    {
        var lists = inUse.Require();
        UsedLists.AddHeaders(http.Response, lists, clock.GetUtcNow());
        // What stands in the address, perhaps a key, goes no further; that no page is told it as referrer holds for every answer.
        http.Response.Headers.CacheControl = "no-store";
        return lists;
    }

    private static QueryText Query(HttpContext http, params string[] known)
    {
        if (http.Request.Query.ContainsKey("callback"))
            throw RequestException.Bad("JSONP ('callback') is not served: it would let any page read the answers. Pages of allowed origins may call by CORS; see docs/api.md.");
        return new QueryText(http.Request, [.. known, AccessSchemes.AddressKeyParameter]);
    }

    private static async Task<IFormCollection> FormAsync(HttpContext http)
    {
        if (http.Request.Headers.ContentEncoding is { Count: > 0 } encoding && encoding != new StringValues("identity"))
            throw new RequestException(StatusCodes.Status415UnsupportedMediaType, "The body is compressed; send it as it is.");
        if (!http.Request.HasFormContentType)
            throw new RequestException(StatusCodes.Status415UnsupportedMediaType, "The body must be a form: send it with 'Content-Type: application/x-www-form-urlencoded'.");
        try
        {
            return await http.Request.ReadFormAsync(http.RequestAborted).ConfigureAwait(false);
        }
        catch (InvalidDataException fault)
        {
            throw RequestException.Bad($"The form cannot be read: {fault.Message}");
        }
    }
}
