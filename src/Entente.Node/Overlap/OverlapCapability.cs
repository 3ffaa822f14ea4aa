using System.Security.Claims;
using Entente.Node.Access;
using Entente.Node.Hosting;
using Entente.Node.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Node.Overlap;

/// <summary>Overlap: what this node and a partner both hold, found without showing the rest.</summary>
internal static class OverlapCapability
{
    public static void AddOverlap(this IServiceCollection services)
    {
        services.AddSingleton<OverlapDesk>();
        services.AddSingleton<OverlapAnswering>();
        services.AddSingleton<OverlapService>();
        services.AddSingleton<OverlapReader>();
        services.AddSingleton<IAttention, OverlapAttention>();
        services.AddSingleton<OverlapAsking>();
        services.AddHostedService(provider => provider.GetRequiredService<OverlapAsking>());
    }

    public static void MapOverlap(this IEndpointRouteBuilder routes)
    {
        var runs = routes.MapGroup("/api/overlap");
        runs.MapGet("", async (HttpRequest request, OverlapService service, CancellationToken cancel) =>
        {
            var query = new QueryText(request, "partner", "after", "limit");
            return JsonAnswer.Of(await service.ListAsync(query.Text("partner"), query.Text("after"), query.Number("limit", 50, 1, 500), cancel).ConfigureAwait(false));
        }).RequireRight(Right.ReadRecords);
        runs.MapPost("", async (HttpRequest request, ClaimsPrincipal user, OverlapService service, CancellationToken cancel) =>
        {
            var id = await service.AskAsync(user.ToActor(), await request.BodyAsync<OverlapRequest>(cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);
            return JsonAnswer.Of(await service.GetAsync(id, cancel).ConfigureAwait(false), StatusCodes.Status201Created);
        }).RequireRight(Right.AskOverlap);
        runs.MapGet("/{id}", async (string id, OverlapService service, CancellationToken cancel) => JsonAnswer.Of(await service.GetAsync(id, cancel).ConfigureAwait(false))).RequireRight(Right.ReadRecords);
        runs.MapPost("/{id}/approve", async (string id, ClaimsPrincipal user, OverlapService service, CancellationToken cancel) =>
        {
            await service.ApproveAsync(user.ToActor(), id, cancel).ConfigureAwait(false);
            return JsonAnswer.Of(await service.GetAsync(id, cancel).ConfigureAwait(false));
        }).RequireRight(Right.ApproveOverlap);
        runs.MapPost("/{id}/accept", async (string id, HttpRequest request, ClaimsPrincipal user, OverlapService service, CancellationToken cancel) =>
        {
            await service.AcceptAsync(user.ToActor(), id, (await request.BodyAsync<AcceptRequest>(cancel).ConfigureAwait(false)).Holding, cancel).ConfigureAwait(false);
            return JsonAnswer.Of(await service.GetAsync(id, cancel).ConfigureAwait(false));
        }).RequireRight(Right.ApproveOverlap);
        runs.MapPost("/{id}/decline", async (string id, ClaimsPrincipal user, OverlapService service, CancellationToken cancel) =>
        {
            await service.DeclineAsync(user.ToActor(), id, cancel).ConfigureAwait(false);
            return JsonAnswer.Of(await service.GetAsync(id, cancel).ConfigureAwait(false));
        }).RequireRight(Right.ApproveOverlap);
    }
}
