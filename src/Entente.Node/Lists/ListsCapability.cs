using System.Collections.Immutable;
using Entente.Node.Access;
using Entente.Node.Docs;
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
        services.AddSingleton<IAttention, ListAttention>();
    }

    private static readonly ImmutableDictionary<string, string> Sample = ImmutableDictionary<string, string>.Empty.Add("dataset", "un-sc");

    private static ApiDoc Known { get; } = new() { ExamplePath = Sample };

    private static ApiDoc Diff { get; } = new()
    {
        Parameters =
        [
            new("from", "The former version: its date, the first digits of its hash, `current`, `previous` or `held`; `previous` unless set."),
            new("to", "The newer version, likewise; `current` unless set."),
            new("limit", "Changes on a page; 100 unless set, 1,000 at most.", "integer"),
            new("after", "The cursor that `next` of the page before gave."),
        ],
        Response = typeof(ListDiffView),
        ExamplePath = Sample,
        Problems = [StatusCodes.Status409Conflict],
    };

    private static ApiDoc Change { get; } = new()
    {
        Description = "Answers with 202 where the new version is held until a person accepts it, and with 422 where nothing was put to use; what is in use stays so. What is put to use is screened against when the answer comes.",
        Response = typeof(ListOutcome),
        ExamplePath = Sample,
        Problems = [StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity],
    };

    private static ApiDoc OpenSanctions { get; } = new()
    {
        Description = "Answers with 202 as soon as the fetch has begun; `GET /api/lists/{dataset}` shows the version once it is there. The data are free for non-commercial use only.",
        ExamplePath = Sample,
        Problems = [StatusCodes.Status409Conflict],
    };

    private static ApiDoc Add { get; } = Change with
    {
        Parameters = [new("title", "The list's name."), new("file", "The name of the file, where its ending says what it is.")],
        Request = typeof(byte[]),
        RequestMedia = "application/octet-stream",
    };

    public static void MapLists(this IEndpointRouteBuilder routes)
    {
        var watch = routes.MapGroup("").WithTags("System").AllowAnonymous().WithoutCount();
        watch.MapGet("/healthz", () => TypedResults.Json(new StatusView("ok"))).Produces<StatusView>().WithSummary("Whether the node runs");
        watch.MapGet("/readyz", (ListsInUse lists) => lists.Current is not null
                ? Results.Json(new StatusView("ok"))
                : Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, detail: new ListsNotReadyException(lists.Problem).Message))
            .Produces<StatusView>().ProducesProblem(StatusCodes.Status503ServiceUnavailable).WithSummary("Whether the node screens");

        // Which lists are in use, and how old, is for everybody who is signed in; changing them is not.
        var read = routes.MapGroup("/api/lists").WithTags("Lists").RequireAuthorization(new RequireSignInAttribute()).AnsweredAtOnce();
        read.MapGet("", (HttpContext http, ListEndpoints lists) => TypedResults.Json(lists.All(http), NodeJson.Options)).Produces<ListsView>().WithSummary("The lists: in use, held, stale, and those that could be fetched");
        read.MapGet("/{dataset}", (HttpContext http, string dataset, ListEndpoints lists) => TypedResults.Json(lists.One(http, dataset), NodeJson.Options)).Described("One list with its stored versions and its history", Known with { Response = typeof(ListDetailView) });
        read.MapGet("/{dataset}/diff", async (HttpContext http, string dataset, ListEndpoints lists) => TypedResults.Json(await lists.DiffAsync(http, dataset).ConfigureAwait(false), NodeJson.Options)).Described("What changed between two versions of a list", Diff);
        var change = routes.MapGroup("/api/lists/{dataset}").WithTags("Lists").RequireRight(Right.ManageLists).DisableAntiforgery();
        change.MapPost("", (HttpContext http, string dataset, ListEndpoints lists) => lists.AddAsync(http, dataset)).Described("Adds a list, or its next version, from a file: the body", Add);
        change.MapPost("/opensanctions", (HttpContext http, string dataset, ListEndpoints lists) => lists.AddOpenSanctionsAsync(http, dataset)).Described("Adds a dataset of OpenSanctions by its name, and begins to fetch it", OpenSanctions).Produces<ListView>(StatusCodes.Status202Accepted);
        change.MapPost("/update", (HttpContext http, string dataset, ListEndpoints lists) => lists.UpdateAsync(http, dataset)).Described("Fetches the latest version of a list from its publisher", Change);
        change.MapPost("/accept", (HttpContext http, string dataset, ListEndpoints lists) => lists.AcceptAsync(http, dataset)).Described("Puts the version that is held to use", Change);
        change.MapPost("/rollback", (HttpContext http, string dataset, ListEndpoints lists) => lists.RollBackAsync(http, dataset)).Described("Goes back to a former version of a list", Change with { Parameters = [new("version", "Its date, the first digits of its hash, or `previous`, which it is unless set.")] });
    }
}

/// <summary>How the node is.</summary>
/// <param name="Status"><c>ok</c>.</param>
public sealed record StatusView(string Status);
