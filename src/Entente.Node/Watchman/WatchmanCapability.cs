using Entente.Node.Access;
using Entente.Node.Docs;
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
    private static ApiDoc Search { get; } = new()
    {
        Description = "Parameters that play no part are told in `ignored`. Errors have the member `error` beside `detail`.",
        Parameters =
        [
            new("name", "The name, in any script.", Required: true),
            new("type", "`person`, `business`, `organization`, `aircraft` or `vessel`; any unless set."),
            new("source", "A list: its id here, or Watchman's name of it, such as `us_ofac`."),
            new("limit", "Most results; 10 unless set, 100 at most.", "integer"),
            new("minMatch", "Lowest score that is shown, from 0 to 1.", "number"),
            new("altNames", "Further names.", Many: true),
            new("birthDate", "`1971-03-14`, `1971-03` or `1971`."),
            new("gender", "`male` or `female`."),
            new("imoNumber", "Of a vessel."),
            new("mmsi", "Of a vessel."),
            new("callSign", "Of a vessel."),
            new("serialNumber", "Of an aircraft."),
            new("flag", "Code of a country."),
            new("country", "Code of a country."),
            new("address", "An address; its words are compared with places of birth.", Many: true),
            new("addresses", "As `address`.", Many: true),
            .. WatchmanSearch.Unused.Select(name => new ApiParameter(name, "Taken for the sake of clients; plays no part.", Many: true)),
        ],
        ExampleQuery = "?name=tarek kadiri&type=person&birthDate=1971",
        Response = typeof(WatchmanSearchResponse),
    };

    public static void MapWatchman(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/v2").WithTags("Watchman shapes").RequireRight(Right.Screen).AnsweredAtOnce();
        api.MapGet("/search", (HttpContext http, ListsInUse lists, ScreeningService screening, TimeProvider clock) => WatchmanSearch.AnswerAsync(http, lists, screening, clock))
            .Described("Listed entities that resemble one, in Watchman's shape", Search);
        api.MapGet("/listinfo", (HttpContext http, ListsInUse lists, TimeProvider clock) => WatchmanListInfo.AnswerAsync(http, lists, clock))
            .Described("The lists in use, in Watchman's shape", new ApiDoc { Response = typeof(ListInfoResponse) });
    }
}
