using System.Text.Json;
using Entente.Node.Access;
using Entente.Node.Access.Protection;
using Entente.Node.Docs;
using Entente.Node.Hosting;
using Entente.Node.Hosting.Limits;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Node.Reconcile;

/// <summary>The Reconciliation API, so that OpenRefine matches whole tables.</summary>
internal static class ReconcileCapability
{
    private const string Cors = "reconcile";

    private static ApiParameter Key { get; } = new(AccessSchemes.AddressKeyParameter, "A key with no other right than Screen, where no header can be sent.");

    public static void AddReconcile(this IServiceCollection services, NodeOptions options)
    {
        services.AddSingleton<ReconcileEndpoints>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, AddressKeyHandler>(AccessSchemes.AddressKey, null);
        services.AddCors(cors => cors.AddPolicy(Cors, policy => policy.WithOrigins([.. options.ReconcileOrigins]).WithMethods(HttpMethods.Get, HttpMethods.Post)));
    }

    public static void MapReconcile(this IEndpointRouteBuilder routes)
    {
        var origins = routes.ServiceProvider.GetRequiredService<NodeOptions>().ReconcileOrigins.DefaultIfEmpty("'self'");
        var api = routes.MapGroup("/reconcile/{dataset}").WithTags("Reconciliation").RequireRight(Right.Screen).RequireCors(Cors).AnsweredAtOnce();
        api.MapGet("", (HttpContext http, string dataset, ReconcileEndpoints endpoints) => endpoints.GetAsync(http, dataset)).Described("The service manifest; with 'queries' or 'extend' their answer", new ApiDoc
        {
            Parameters = [new("queries", "A batch of queries as JSON."), new("extend", "A request for values as JSON."), Key],
            Response = typeof(Dictionary<string, JsonElement>),
        });
        api.MapPost("", (HttpContext http, string dataset, ReconcileEndpoints endpoints) => endpoints.PostAsync(http, dataset)).Described("Reconciles a batch of queries, or fetches values of entities", new ApiDoc
        {
            Description = "As OpenRefine sends it: a form with the field `queries`, or with the field `extend`. A candidate is said to match only where it is the only one above the threshold.",
            Parameters = [Key],
            Request = typeof(ReconcileForm),
            RequestMedia = "application/x-www-form-urlencoded",
            RequestExample = """{"queries":"{\"q0\":{\"query\":\"Tarek Kadiri\",\"type\":\"Person\"}}"}""",
            Response = typeof(Dictionary<string, JsonElement>),
        }).DisableAntiforgery();
        api.MapGet("/suggest/entity", (HttpContext http, string dataset, ReconcileEndpoints endpoints) => endpoints.SuggestEntityAsync(http, dataset)).Described("Entities whose names begin with what is typed", new ApiDoc { Parameters = [new("prefix", "What was typed."), new("cursor", "How many to pass over.", "integer"), new("limit", "Most suggestions; 20 unless set, 100 at most.", "integer"), new("type", "Taken for the sake of clients."), Key], ExampleQuery = "?prefix=tar", Response = typeof(SuggestResponse) });
        api.MapGet("/suggest/type", (HttpContext http, string dataset, ReconcileEndpoints endpoints) => endpoints.SuggestTypeAsync(http, dataset)).Described("Types of entities whose names begin with what is typed", new ApiDoc { Parameters = [new("prefix", "What was typed."), new("cursor", "How many to pass over.", "integer"), new("limit", "Most suggestions; 20 unless set, 100 at most.", "integer"), new("type", "Taken for the sake of clients."), Key], ExampleQuery = "?prefix=per", Response = typeof(SuggestResponse) });
        api.MapGet("/suggest/property", (HttpContext http, string dataset, ReconcileEndpoints endpoints) => endpoints.SuggestPropertyAsync(http, dataset)).Described("Properties whose names begin with what is typed", new ApiDoc { Parameters = [new("prefix", "What was typed."), new("cursor", "How many to pass over.", "integer"), new("limit", "Most suggestions; 20 unless set, 100 at most.", "integer"), new("type", "Taken for the sake of clients."), Key], ExampleQuery = "?prefix=birth", Response = typeof(SuggestResponse) });
        api.MapGet("/extend/properties", (HttpContext http, string dataset, ReconcileEndpoints endpoints) => endpoints.ProposeAsync(http, dataset)).Described("Properties that can be fetched for a type", new ApiDoc { Parameters = [new("type", "A type; any unless set."), new("limit", "Most properties.", "integer"), Key], ExampleQuery = "?type=Person", Response = typeof(ProposeResponse) });
        api.MapGet("/preview", (HttpContext http, string dataset, ReconcileEndpoints endpoints) => endpoints.PreviewAsync(http, dataset)).Described("A small page on an entity", new ApiDoc { Parameters = [new("id", "An entity's id.", Required: true), Key], ExampleQuery = "?id=un-XXi.001", Response = typeof(string), ResponseMedia = "text/html" })
            .WithMetadata(new FrameableAnswer($"default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors {string.Join(' ', origins)}"));
    }
}
