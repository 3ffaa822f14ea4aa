using System.Collections.Immutable;
using Entente.Desk.Entities;
using Entente.Desk.Lists;
using Entente.Lists.Snapshots;
using Entente.Node.Access;
using Entente.Node.Hosting;
using Entente.Node.Hosting.Limits;
using Entente.Node.Lists;
using Entente.Node.Yente;
using Entente.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Node.Entities;

/// <summary>The node's own view of listed entities: what each list says, by itself.</summary>
internal static class EntitiesCapability
{
    private const int MostAdjacent = 200;

    public static void MapEntities(this IEndpointRouteBuilder routes) => routes.MapGet("/api/entities/{id}", (HttpContext http, string id, ListsInUse lists, TimeProvider clock) =>
        {
            _ = new QueryText(http.Request);
            var used = lists.Require();
            UsedLists.AddHeaders(http.Response, used, clock.GetUtcNow());
            return TypedResults.Json(Find(used, id, clock.GetUtcNow()) ?? throw RequestException.NotFound("No such entity!"), Store.NodeJson.Options);
        })
        .Produces<EntityView>().WithTags("Entities").WithSummary("One listed entity, with what each list says by itself").RequireRight(Right.Screen).AnsweredAtOnce();

    /// <summary>An entity by any of its ids; null where there is none.</summary>
    /// <param name="lists">The lists in use.</param>
    /// <param name="id">An id.</param>
    /// <param name="now">For the age of lists.</param>
    public static EntityView? Find(LoadedLists lists, string id, DateTimeOffset now)
    {
        var archive = lists.Archive;
        if (!archive.TryGet(id, out var entity))
            return null;
        var shape = EntityShape.Of(archive, entity);
        var group = archive.Groups.Find(entity.Id);
        return new EntityView(
            shape.Id, shape.Caption, shape.Schema, [shape.Id, .. shape.Referents],
            [.. shape.Listings.Select(entry => Listing(lists, entry, now))],
            group is null ? [] : [.. group.Links.Select(link => new ResolutionView(link.Left, link.Right, link.Basis, link.Weight, link.Evidence))]);
    }

    private static ListingView Listing(LoadedLists lists, Entity entry, DateTimeOffset now)
    {
        var archive = lists.Archive;
        ImmutableArray<ArchiveLink> links = archive.TryFind(entry.Id, out var number, out _) ? archive.Links(number) : [];
        var version = Version(lists, entry);
        var referent = archive.Groups.Find(entry.Id)?.Referents.FirstOrDefault(one => one.Id == entry.Id);
        var adjacent = links.Take(MostAdjacent).Select(link => (link.Property, Entity: archive.Get(link.Number))).ToList();
        return new ListingView(
            entry.Id, entry.Datasets, version?.Label, version?.IsStale(now) ?? false, entry.Caption, entry.Schema, entry.Target != false, entry.FirstSeen, entry.LastSeen, entry.LastChange,
            referent?.Programs ?? [.. entry.Get("program").Concat(Of("program")).Distinct()], referent?.Authorities ?? [.. Of("authority").Distinct()],
            entry.Properties, [.. adjacent.Select(link => new AdjacentView(link.Property, link.Entity.Id, link.Entity.Schema, link.Entity.Caption, link.Entity.Properties))], Math.Max(0, links.Length - MostAdjacent));

        IEnumerable<string> Of(string property) => adjacent.Where(link => link.Property == "sanctions").SelectMany(link => link.Entity.Get(property));
    }

    /// <summary>The version of the list that an entry is of.</summary>
    private static ListVersion? Version(LoadedLists lists, Entity entry)
    {
        var at = lists.Archive.Counts.Where(count => entry.Datasets.Contains(count.Dataset)).Select(count => (int?)count.List).FirstOrDefault();
        return at is { } list && list < lists.Versions.Count ? lists.Versions[list] : null;
    }
}
