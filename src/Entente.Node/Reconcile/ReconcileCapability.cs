using Entente.Node.Access;
using Entente.Node.Access.Protection;
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
        api.MapGet("", (HttpContext http, string dataset, ReconcileEndpoints endpoints) => endpoints.GetAsync(http, dataset)).WithSummary("The service manifest; with 'queries' or 'extend' their answer");
        api.MapPost("", (HttpContext http, string dataset, ReconcileEndpoints endpoints) => endpoints.PostAsync(http, dataset)).WithSummary("Reconciles a batch of queries, or fetches values of entities").DisableAntiforgery();
        api.MapGet("/suggest/entity", (HttpContext http, string dataset, ReconcileEndpoints endpoints) => endpoints.SuggestEntityAsync(http, dataset)).WithSummary("Entities whose names begin with what is typed");
        api.MapGet("/suggest/type", (HttpContext http, string dataset, ReconcileEndpoints endpoints) => endpoints.SuggestTypeAsync(http, dataset)).WithSummary("Types of entities whose names begin with what is typed");
        api.MapGet("/suggest/property", (HttpContext http, string dataset, ReconcileEndpoints endpoints) => endpoints.SuggestPropertyAsync(http, dataset)).WithSummary("Properties whose names begin with what is typed");
        api.MapGet("/extend/properties", (HttpContext http, string dataset, ReconcileEndpoints endpoints) => endpoints.ProposeAsync(http, dataset)).WithSummary("Properties that can be fetched for a type");
        api.MapGet("/preview", (HttpContext http, string dataset, ReconcileEndpoints endpoints) => endpoints.PreviewAsync(http, dataset)).WithSummary("A small page on an entity")
            .WithMetadata(new FrameableAnswer($"default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors {string.Join(' ', origins)}"));
    }
}
