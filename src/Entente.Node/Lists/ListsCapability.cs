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
        services.AddHostedService(provider => provider.GetRequiredService<ListsInUse>());
        services.AddSingleton<ListKeeper>();
        services.AddSingleton<ListComparison>();
        services.AddSingleton<IPageNotice, ListNotices>();
        services.AddSingleton<IAttention, ListAttention>();
    }

    public static void MapLists(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Results.Json(new { status = "ok" })).AllowAnonymous();
        routes.MapGet("/readyz", (ListsInUse lists) => lists.Current is not null
            ? Results.Json(new { status = "ok" })
            : Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, detail: new ListsNotReadyException(lists.Problem).Message)).AllowAnonymous();
    }
}
