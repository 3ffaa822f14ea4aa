using Entente.Node.Access;
using Entente.Node.Hosting.Limits;
using Entente.Node.Store;
using Entente.Node.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Node.Lists;

/// <summary>Lists: which are in use, and since when.</summary>
internal static class ListsCapability
{
    public static void AddLists(this IServiceCollection services)
    {
        services.AddSingleton<ListsInUse>();
        services.AddSingleton<ListKeeper>();
        services.AddSingleton<ListEndpoints>();
        services.AddHostedService(provider => provider.GetRequiredService<ListsInUse>());
        services.AddSingleton<ListComparison>();
        services.AddSingleton<IPageNotice, ListNotices>();
    }

    public static void MapLists(this IEndpointRouteBuilder routes)
    {
        var watch = routes.MapGroup("").WithTags("System").AllowAnonymous().WithoutCount();
        watch.MapGet("/healthz", () => TypedResults.Json(new StatusView("ok"))).WithSummary("Whether the node runs");
        watch.MapGet("/readyz", (ListsInUse lists) => lists.Current is not null
                ? Results.Json(new StatusView("ok"))
                : Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, detail: new ListsNotReadyException(lists.Problem).Message))
            .Produces<StatusView>().ProducesProblem(StatusCodes.Status503ServiceUnavailable).WithSummary("Whether the node screens");

        // Which lists are in use, and how old, is for everybody who is signed in; changing them is not.
        var read = routes.MapGroup("/api/lists").WithTags("Lists").RequireAuthorization(new RequireSignInAttribute()).AnsweredAtOnce();
        read.MapGet("", (HttpContext http, ListEndpoints lists) => TypedResults.Json(lists.All(http), NodeJson.Options)).WithSummary("The lists: in use, held, stale, and those that could be fetched");
        read.MapGet("/{dataset}", (HttpContext http, string dataset, ListEndpoints lists) => TypedResults.Json(lists.One(http, dataset), NodeJson.Options)).WithSummary("One list with its stored versions and its history");
        read.MapGet("/{dataset}/diff", async (HttpContext http, string dataset, ListEndpoints lists) => TypedResults.Json(await lists.DiffAsync(http, dataset).ConfigureAwait(false), NodeJson.Options)).WithSummary("What changed between two versions of a list");
        var change = routes.MapGroup("/api/lists/{dataset}").WithTags("Lists").RequireRight(Right.ManageLists).DisableAntiforgery();
        change.MapPost("", (HttpContext http, string dataset, ListEndpoints lists) => lists.AddAsync(http, dataset)).WithSummary("Adds a list, or its next version, from a file: the body");
        change.MapPost("/update", (HttpContext http, string dataset, ListEndpoints lists) => lists.UpdateAsync(http, dataset)).WithSummary("Fetches the latest version of a list from its publisher");
        change.MapPost("/accept", (HttpContext http, string dataset, ListEndpoints lists) => lists.AcceptAsync(http, dataset)).WithSummary("Puts the version that is held to use");
        change.MapPost("/rollback", (HttpContext http, string dataset, ListEndpoints lists) => lists.RollBackAsync(http, dataset)).WithSummary("Goes back to a former version of a list");
    }
}

/// <summary>How the node is.</summary>
/// <param name="Status"><c>ok</c>.</param>
public sealed record StatusView(string Status);
