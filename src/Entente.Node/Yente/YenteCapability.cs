using Entente.Node.Access;
using Entente.Node.Hosting;
using Entente.Node.Hosting.Limits;
using Entente.Node.Lists;
using Entente.Node.Screening;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Node.Yente;

/// <summary>The API of OpenSanctions' yente, so that its clients work unchanged.</summary>
internal static class YenteCapability
{
    public static void MapYente(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("").WithTags("OpenSanctions shapes").RequireRight(Right.Screen).AnsweredAtOnce();
        api.MapPost("/match/{dataset}", (HttpContext http, string dataset, ListsInUse lists, ScreeningService screening, NodeOptions options, TimeProvider clock) =>
                MatchEndpoint.AnswerAsync(http, dataset, lists, screening, options, clock))
            .WithSummary("Looks for examples among the listed entities");
        api.MapGet("/search/{dataset}", (HttpContext http, string dataset, ListsInUse lists, ScreeningService screening, TimeProvider clock) =>
                SearchEndpoint.AnswerAsync(http, dataset, lists, screening, clock))
            .WithSummary("Finds listed entities by a piece of text");
        api.MapGet("/entities/{id}", (HttpContext http, string id, ListsInUse lists, TimeProvider clock) =>
                EntityEndpoints.AnswerAsync(http, id, lists, clock))
            .WithSummary("One listed entity, with those around it");
        api.MapGet("/entities/{id}/adjacent", (HttpContext http, string id, ListsInUse lists, TimeProvider clock) =>
                EntityEndpoints.AnswerAdjacentAsync(http, id, null, lists, clock))
            .WithSummary("What stands around a listed entity, by property");
        api.MapGet("/entities/{id}/adjacent/{property}", (HttpContext http, string id, string property, ListsInUse lists, TimeProvider clock) =>
                EntityEndpoints.AnswerAdjacentAsync(http, id, property, lists, clock))
            .WithSummary("What stands around a listed entity as one property, in pages");
        api.MapGet("/catalog", (HttpContext http, ListsInUse lists, TimeProvider clock) => CatalogEndpoint.AnswerAsync(http, lists, clock))
            .WithSummary("The lists in use");
        api.MapGet("/algorithms", (HttpContext http) => JsonAnswer.WriteAsync(http, Algorithms.Write))
            .WithSummary("How matches are scored");
    }
}
