using System.Text.Json;
using Entente.Desk.Entities;
using Entente.Node.Hosting;
using Entente.Node.Lists;
using Microsoft.AspNetCore.Http;

namespace Entente.Node.Yente;

/// <summary><c>GET /entities/{id}</c>: one entity with those around it, as yente gives it; and those around it by themselves, in pages.</summary>
internal static class EntityEndpoints
{
    /// <summary>Most entities on a page.</summary>
    public const int MostOnPage = 500;

    public static async Task AnswerAsync(HttpContext http, string id, ListsInUse inUse, TimeProvider clock)
    {
        var nested = new QueryText(http.Request, "nested").Flag("nested") ?? true;
        if (Find(http, id, inUse) is not var (archive, shape))
            return;
        UsedLists.AddHeaders(http.Response, inUse.Require(), clock.GetUtcNow());
        await JsonAnswer.WriteAsync(http, json => shape.WriteMembers(json, nested ? Nesting.Of(archive, shape) : null)).ConfigureAwait(false);
    }

    public static async Task AnswerAdjacentAsync(HttpContext http, string id, string? property, ListsInUse inUse, TimeProvider clock)
    {
        var query = new QueryText(http.Request, "limit", "offset");
        int limit = query.Number("limit", 10, 0, MostOnPage), offset = query.Number("offset", 0, 0, int.MaxValue);
        if (Find(http, id, inUse) is not var (archive, shape))
            return;
        if (property is not null && !Nesting.IsLink(shape, property))
            throw RequestException.NotFound("No such property!");
        var groups = Nesting.Around(archive, shape);
        UsedLists.AddHeaders(http.Response, inUse.Require(), clock.GetUtcNow());
        var nesting = Nesting.Of(archive, shape);
        await JsonAnswer.WriteAsync(http, json =>
        {
            if (property is not null)
            {
                WritePage(json, nesting, groups.Find(group => group.Key == property).Value ?? [], limit, offset);
                return;
            }
            json.WriteStartObject("entity");
            shape.WriteMembers(json);
            json.WriteEndObject();
            json.WriteStartObject("adjacent");
            foreach (var (name, numbers) in groups)
            {
                json.WriteStartObject(name);
                WritePage(json, nesting, numbers, limit, offset);
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
        var rest = http.Request.RouteValues.TryGetValue("property", out var property) ? $"/adjacent/{Uri.EscapeDataString((string)property!)}" // a route's value is text
            : http.Request.Path.Value!.EndsWith("/adjacent", StringComparison.Ordinal) ? "/adjacent" : ""; // a routed request has a path
        http.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        http.Response.Headers.Location = $"/entities/{Uri.EscapeDataString(shape.Id)}{rest}{http.Request.QueryString}";
        return null;
    }

    private static void WritePage(Utf8JsonWriter json, Nesting nesting, List<int> numbers, int limit, int offset)
    {
        json.WriteStartArray("results");
        foreach (var number in numbers.Skip(offset).Take(limit))
            nesting.WriteBeside(json, number);
        json.WriteEndArray();
        WriteTotal(json, numbers.Count);
        json.WriteNumber("limit", limit);
        json.WriteNumber("offset", offset);
    }

    /// <summary>Writes how many there are.</summary>
    /// <param name="json">Inside an object.</param>
    /// <param name="count">How many are known of.</param>
    /// <param name="orMore">Whether there may be more.</param>
    public static void WriteTotal(Utf8JsonWriter json, int count, bool orMore = false)
    {
        json.WriteStartObject("total");
        json.WriteNumber("value", count);
        json.WriteString("relation", orMore ? "gte" : "eq");
        json.WriteEndObject();
    }
}
