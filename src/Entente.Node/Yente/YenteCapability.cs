using Entente.Node.Access;
using Entente.Node.Alerts;
using Entente.Node.Docs;
using Entente.Node.Hosting;
using Entente.Node.Hosting.Limits;
using Entente.Node.Lists;
using Entente.Node.Screening;
using Entente.Node.Settings;
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
        api.MapPost("/match/{dataset}", (HttpContext http, string dataset, ListsInUse lists, ScreeningService screening, OwnScreening alerts, SettingsService settings, NodeOptions options, TimeProvider clock) =>
                MatchEndpoint.AnswerAsync(http, dataset, lists, screening, alerts, settings, options, clock))
            .Described("Looks for examples among the listed entities", YenteDocs.Match);
        api.MapGet("/search/{dataset}", (HttpContext http, string dataset, ListsInUse lists, ScreeningService screening, TimeProvider clock) =>
                SearchEndpoint.AnswerAsync(http, dataset, lists, screening, clock))
            .Described("Finds listed entities by a piece of text", YenteDocs.Search);
        api.MapGet("/entities/{id}", (HttpContext http, string id, ListsInUse lists, TimeProvider clock) =>
                EntityEndpoints.AnswerAsync(http, id, lists, clock))
            .Described("One listed entity, with those around it", YenteDocs.Entity);
        api.MapGet("/entities/{id}/adjacent", (HttpContext http, string id, ListsInUse lists, TimeProvider clock) =>
                EntityEndpoints.AnswerAdjacentAsync(http, id, null, lists, clock))
            .Described("What stands around a listed entity, by property", YenteDocs.Adjacent);
        api.MapGet("/entities/{id}/adjacent/{property}", (HttpContext http, string id, string property, ListsInUse lists, TimeProvider clock) =>
                EntityEndpoints.AnswerAdjacentAsync(http, id, property, lists, clock))
            .Described("What stands around a listed entity as one property, in pages", YenteDocs.AdjacentProperty);
        api.MapGet("/catalog", (HttpContext http, ListsInUse lists, TimeProvider clock) => CatalogEndpoint.AnswerAsync(http, lists, clock))
            .Described("The lists in use", YenteDocs.Catalog);
        // With a second argument it is a described endpoint, and no bare delegate.
        api.MapGet("/algorithms", (HttpContext http, CancellationToken _) => JsonAnswer.WriteAsync(http, Algorithms.Write))
            .Described("How matches are scored", YenteDocs.AlgorithmList);
    }
}
