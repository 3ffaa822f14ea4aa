using System.Text.Json;
using Entente.Desk.Entities;
using Entente.Node.Hosting;
using Entente.Node.Lists;
using Entente.Node.Store;
using Entente.Records;
using Microsoft.AspNetCore.Http;

namespace Entente.Node.Yente;

/// <summary><c>GET /entities/{id}</c>: one entity with those around it, as yente gives it; and those around it by themselves, in pages.</summary>
internal static class EntityEndpoints
{
    // An owner of thousands of companies is read in pages.
    private const int MostNested = 200;

    private const int MostOnPage = 500;

    public static async Task AnswerAsync(HttpContext http, string id, ListsInUse inUse, TimeProvider clock)
    {
        var nested = new QueryText(http.Request, "nested").Flag("nested") ?? true;
        if (Find(http, id, inUse) is not var (archive, shape))
            return;
        UsedLists.AddHeaders(http.Response, inUse.Require(), clock.GetUtcNow());
        await WriteAsync(http, json => shape.WriteMembers(json, nested ? members => WriteNested(members, archive, shape) : null)).ConfigureAwait(false);
    }

    public static async Task AnswerAdjacentAsync(HttpContext http, string id, string? property, ListsInUse inUse, TimeProvider clock)
    {
        var query = new QueryText(http.Request, "limit", "offset", "sort");
        int limit = query.Number("limit", 10, 0, MostOnPage), offset = query.Number("offset", 0, 0, int.MaxValue);
        if (Find(http, id, inUse) is not var (archive, shape))
            return;
        var groups = Around(archive, shape).Where(group => property is null || group.Key == property).ToList();
        if (property is not null && groups.Count == 0)
            throw RequestException.NotFound($"Nothing stands around '{shape.Id}' as '{property}'.");
        UsedLists.AddHeaders(http.Response, inUse.Require(), clock.GetUtcNow());
        await WriteAsync(http, json =>
        {
            if (property is not null)
            {
                WritePage(json, archive, groups[0].Value, limit, offset);
                return;
            }
            json.WriteStartObject("entity");
            shape.WriteMembers(json);
            json.WriteEndObject();
            json.WriteStartObject("adjacent");
            foreach (var (name, links) in groups)
            {
                json.WriteStartObject(name);
                WritePage(json, archive, links, limit, offset);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    /// <summary>The entity, or null when the caller was sent to the id of the entity as a whole.</summary>
    private static (EntityArchive, EntityShape)? Find(HttpContext http, string id, ListsInUse inUse)
    {
        var archive = inUse.Require().Archive;
        if (!archive.TryGet(id, out var entity))
            throw RequestException.NotFound("No such entity!");
        var shape = EntityShape.Of(archive, entity);
        if (shape.Id == id)
            return (archive, shape);
        http.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        http.Response.Headers.Location = http.Request.Path.Value!.Replace($"/entities/{id}", $"/entities/{Uri.EscapeDataString(shape.Id)}", StringComparison.Ordinal) + http.Request.QueryString; // a routed request has a path
        return null;
    }

    /// <summary>The links of all entries of an entity, by the property that they hang on.</summary>
    private static List<KeyValuePair<string, List<int>>> Around(EntityArchive archive, EntityShape shape)
    {
        var byProperty = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (var entry in shape.Listings)
        {
            if (!archive.TryFind(entry.Id, out var number, out _))
                continue;
            foreach (var link in archive.Links(number))
            {
                if (!byProperty.TryGetValue(link.Property, out var numbers))
                    byProperty[link.Property] = numbers = [];
                if (!numbers.Contains(link.Number))
                    numbers.Add(link.Number);
            }
        }
        return [.. byProperty];
    }

    private static void WriteNested(Utf8JsonWriter json, EntityArchive archive, EntityShape shape)
    {
        foreach (var (property, numbers) in Around(archive, shape))
        {
            // Where the entity itself names the other, its ids stand already.
            if (shape.Listings.Any(entry => !entry.Get(property).IsEmpty))
                continue;
            json.WriteStartArray(property);
            foreach (var number in numbers.Take(MostNested))
                WriteOther(json, archive, archive.Get(number));
            json.WriteEndArray();
        }
    }

    private static void WritePage(Utf8JsonWriter json, EntityArchive archive, List<int> numbers, int limit, int offset)
    {
        json.WriteStartArray("results");
        foreach (var number in numbers.Skip(offset).Take(limit))
            WriteOther(json, archive, archive.Get(number));
        json.WriteEndArray();
        json.WriteStartObject("total");
        json.WriteNumber("value", numbers.Count);
        json.WriteString("relation", "eq");
        json.WriteEndObject();
        json.WriteNumber("limit", limit);
        json.WriteNumber("offset", offset);
    }

    /// <summary>An entity around another; of a link (an ownership, a family) also who stands at its ends.</summary>
    private static void WriteOther(Utf8JsonWriter json, EntityArchive archive, Entity entity)
    {
        json.WriteStartObject();
        EntityShape.Of(archive, entity).WriteMembers(json);
        json.WriteEndObject();
    }

    private static async Task WriteAsync(HttpContext http, Action<Utf8JsonWriter> members)
    {
        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter, new JsonWriterOptions { Encoder = NodeJson.Options.Encoder });
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        await json.FlushAsync(http.RequestAborted).ConfigureAwait(false);
    }
}
