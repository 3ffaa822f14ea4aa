using Entente.Node.Access;
using Entente.Node.Hosting.Limits;
using Entente.Node.Lists;
using Entente.Node.Screening;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Node.Watchman;

/// <summary>The second API of Moov's Watchman, so that its clients work.</summary>
internal static class WatchmanCapability
{
    public static void MapWatchman(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/v2").WithTags("Watchman shapes").RequireRight(Right.Screen).AnsweredAtOnce();
        api.MapGet("/search", (HttpContext http, ListsInUse lists, ScreeningService screening, TimeProvider clock) => WatchmanSearch.AnswerAsync(http, lists, screening, clock))
            .WithSummary("Listed entities that resemble one, in Watchman's shape");
        api.MapGet("/listinfo", (HttpContext http, ListsInUse lists, TimeProvider clock) => WatchmanListInfo.AnswerAsync(http, lists, clock))
            .WithSummary("The lists in use, in Watchman's shape");
    }
}
