using System.Security.Claims;
using Entente.Node.Access;
using Entente.Node.Hosting;
using Entente.Node.Hosting.Limits;
using Entente.Node.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Node.Taxii;

/// <summary>STIX for partners' tools, by TAXII 2.1.</summary>
internal static class TaxiiCapability
{
    /// <summary>Before the problem details, whose own writer would take every error.</summary>
    public static void AddTaxii(this IServiceCollection services)
    {
        services.AddSingleton<IProblemDetailsWriter, TaxiiErrors>();
        services.AddSingleton<ITaxiiCollections, TaxiiStore>();
        services.AddSingleton<TaxiiPublisher>();
        services.AddSingleton<TaxiiEndpoints>();
        services.AddHostedService<TaxiiFollower>();
    }

    public static void MapTaxii(this IEndpointRouteBuilder routes)
    {
        // TAXII describes itself, and its errors are not those that the description of the API has.
        var taxii = routes.MapGroup(TaxiiErrors.Path).RequireRight(Right.ReadTaxii).AnsweredAtOnce().ExcludeFromDescription();
        taxii.MapGet("/", TaxiiEndpoints.DiscoverAsync);
        var root = taxii.MapGroup(TaxiiEndpoints.Root);
        root.MapGet("/", (HttpContext http, TaxiiEndpoints endpoints) => endpoints.RootAsync(http));
        root.MapGet("/status/{id}", TaxiiEndpoints.StatusAsync);
        root.MapGet("/collections", (HttpContext http, TaxiiEndpoints endpoints) => endpoints.CollectionsAsync(http));
        root.MapGet("/collections/{collection}", (HttpContext http, string collection, TaxiiEndpoints endpoints) => endpoints.CollectionAsync(http, collection));
        root.MapGet("/collections/{collection}/manifest", (HttpContext http, string collection, TaxiiEndpoints endpoints) => endpoints.ManifestAsync(http, collection));
        root.MapGet("/collections/{collection}/objects", (HttpContext http, string collection, TaxiiEndpoints endpoints) => endpoints.ObjectsAsync(http, collection));
        root.MapGet("/collections/{collection}/objects/{id}", (HttpContext http, string collection, string id, TaxiiEndpoints endpoints) => endpoints.ObjectAsync(http, collection, id));
        root.MapGet("/collections/{collection}/objects/{id}/versions", (HttpContext http, string collection, string id, TaxiiEndpoints endpoints) => endpoints.VersionsAsync(http, collection, id));
        MapKeeping(routes.MapGroup("/api/taxii/collections").RequireRight(Right.ManageSettings));
    }

    private static void MapKeeping(RouteGroupBuilder keeping)
    {
        keeping.MapGet("", async (TaxiiPublisher publisher, CancellationToken cancel) =>
            Results.Json(new TaxiiCollectionsView(await publisher.AllAsync(cancel).ConfigureAwait(false)), NodeJson.Options));
        keeping.MapPut("/{id}", async (string id, HttpRequest request, ClaimsPrincipal user, TaxiiPublisher publisher, CancellationToken cancel) =>
        {
            var asked = await request.BodyAsync<TaxiiCollectionRequest>(cancel).ConfigureAwait(false);
            return await DoneAsync(publisher.SetAsync(user.ToActor(), id, asked, cancel)).ConfigureAwait(false);
        });
        keeping.MapDelete("/{id}", (string id, ClaimsPrincipal user, TaxiiPublisher publisher, CancellationToken cancel) =>
            DoneAsync(publisher.RemoveAsync(user.ToActor(), id, cancel)));
        keeping.MapPut("/{id}/readers/{account}", async (string id, string account, HttpRequest request, ClaimsPrincipal user, TaxiiPublisher publisher, CancellationToken cancel) =>
        {
            var asked = await request.BodyAsync<TaxiiReaderRequest>(cancel).ConfigureAwait(false);
            return await DoneAsync(publisher.GrantAsync(user.ToActor(), id, account, asked.Node, cancel)).ConfigureAwait(false);
        });
        keeping.MapDelete("/{id}/readers/{account}", (string id, string account, ClaimsPrincipal user, TaxiiPublisher publisher, CancellationToken cancel) =>
            DoneAsync(publisher.GrantAsync(user.ToActor(), id, account, null, cancel)));
    }

    private static async Task<IResult> DoneAsync(Task work)
    {
        await work.ConfigureAwait(false);
        return Results.NoContent();
    }
}
