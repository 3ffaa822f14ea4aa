using System.Security.Claims;
using Entente.Node.Access;
using Entente.Node.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Node.Bulk;

/// <summary>Bulk jobs: whole files, screened beside the requests.</summary>
internal static class BulkCapability
{
    public static void AddBulk(this IServiceCollection services)
    {
        services.AddSingleton<BulkService>();
        services.AddHostedService(provider => provider.GetRequiredService<BulkService>());
        services.AddSingleton<BulkEndpoints>();
        services.AddSingleton<IAttention, BulkAttention>();
    }

    public static void MapBulk(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/bulk").WithTags("Bulk");
        api.MapPost("", (HttpContext http, BulkEndpoints bulk) => bulk.UploadAsync(http))
            .Produces<BulkView>(StatusCodes.Status201Created).RequireRight(Right.RunBulk).WithSummary("Uploads a file of people, organisations or vessels, and begins to screen it");
        api.MapGet("", (HttpRequest request, ClaimsPrincipal user, BulkEndpoints bulk, CancellationToken cancel) => bulk.ListAsync(request, user, cancel))
            .Produces<BulkPage>().RequireAnyRight(Right.RunBulk, Right.ReadAudit).WithSummary("One's bulk jobs, latest first; an auditor sees everybody's");
        api.MapGet("{id}", (string id, HttpRequest request, ClaimsPrincipal user, BulkEndpoints bulk, CancellationToken cancel) => bulk.FindAsync(id, request, user, cancel))
            .Produces<BulkView>().RequireAnyRight(Right.RunBulk, Right.ReadAudit).WithSummary("One bulk job");
        api.MapGet("{id}/events", (string id, HttpRequest request, ClaimsPrincipal user, BulkEndpoints bulk, CancellationToken cancel) => bulk.EventsAsync(id, request, user, cancel))
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream").Produces(StatusCodes.Status204NoContent).RequireAnyRight(Right.RunBulk, Right.ReadAudit).WithSummary("How a bulk job is doing, as server-sent events");
        api.MapGet("{id}/result", (string id, HttpRequest request, ClaimsPrincipal user, BulkEndpoints bulk, CancellationToken cancel) => bulk.ResultAsync(id, request, user, cancel))
            .Produces<string>(StatusCodes.Status200OK, "application/x-ndjson").RequireRight(Right.RunBulk).WithSummary("The answers of a bulk job, as JSON lines");
        api.MapDelete("{id}", (string id, HttpRequest request, ClaimsPrincipal user, BulkEndpoints bulk, CancellationToken cancel) => bulk.DeleteAsync(id, request, user, cancel))
            .Produces(StatusCodes.Status204NoContent).RequireRight(Right.RunBulk).WithSummary("Cancels a bulk job that has not ended, and removes one that has");
    }
}
