using System.Collections.Immutable;
using System.Globalization;
using System.Security.Claims;
using Entente.Node.Access;
using Entente.Node.Hosting;
using Entente.Node.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Monitoring;

/// <summary>Monitoring: the book against the lists in use, the feed, webhooks.</summary>
internal static class MonitoringCapability
{
    public static void AddMonitoring(this IServiceCollection services)
    {
        services.AddDataProtection();
        services.TryAddSingleton<WebhookPatience>();
        services.TryAddSingleton<SubjectIndexSizes>();
        services.AddSingleton<SubjectIndex>();
        services.AddSingleton<BookMonitor>();
        services.AddHostedService(provider => provider.GetRequiredService<BookMonitor>());
        services.AddSingleton<RecordMonitor>();
        services.AddHostedService(provider => provider.GetRequiredService<RecordMonitor>());
        services.AddSingleton<FeedReader>();
        services.AddSingleton<WebhookService>();
        services.AddHostedService<WebhookSender>();
    }

    public static void MapMonitoring(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/monitoring", async (BookMonitor monitor, CancellationToken cancel) =>
            Results.Json(new MonitorRuns(await monitor.RunsAsync(50, cancel).ConfigureAwait(false)), NodeJson.Options)).RequireRight(Right.ReadSubjects);
        routes.MapGet("/api/feed", async (HttpRequest request, FeedReader feed, CancellationToken cancel) =>
        {
            var query = new QueryText(request, "after", "limit");
            var after = Number(query, "after") ?? 0;
            var events = await feed.ReadAsync(after, query.Number("limit", 100, 1, 1000), cancel).ConfigureAwait(false);
            return Results.Json(new FeedPart(events, events.IsEmpty ? after : events[^1].Seq), NodeJson.Options);
        }).RequireRight(Right.ReadSubjects);
        routes.MapGet("/api/feed/events", (HttpRequest request, FeedReader feed, CancellationToken cancel) =>
        {
            var query = new QueryText(request, "after");
            // A browser that lost the connection says where it was.
            var after = request.Headers["Last-Event-ID"] is [{ } last] && long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : Number(query, "after");
            return TypedResults.ServerSentEvents(feed.FollowAsync(after, cancel));
        }).RequireRight(Right.ReadSubjects);
        MapWebhooks(routes.MapGroup("/api/webhooks").RequireRight(Right.ManageSettings));
    }

    private static void MapWebhooks(RouteGroupBuilder hooks)
    {
        hooks.MapGet("", async (WebhookService service, CancellationToken cancel) =>
            Results.Json(new WebhooksView(await service.AllAsync(cancel).ConfigureAwait(false), WebhookService.EventTypes), NodeJson.Options));
        hooks.MapPost("", async (HttpRequest request, ClaimsPrincipal user, WebhookService service, CancellationToken cancel) =>
        {
            var asked = await request.BodyAsync<WebhookRequest>(cancel).ConfigureAwait(false);
            return Results.Json(await service.AddAsync(user.ToActor(), asked.Address, asked.Types ?? [], cancel).ConfigureAwait(false), NodeJson.Options, statusCode: StatusCodes.Status201Created);
        });
        hooks.MapPatch("/{id}", async (string id, HttpRequest request, ClaimsPrincipal user, WebhookService service, CancellationToken cancel) =>
        {
            var asked = await request.BodyAsync<WebhookChange>(cancel).ConfigureAwait(false);
            return Results.Json(await service.ChangeAsync(user.ToActor(), id, asked.Address, asked.Types, asked.Paused, asked.NewSecret, cancel).ConfigureAwait(false), NodeJson.Options);
        });
        hooks.MapDelete("/{id}", async (string id, ClaimsPrincipal user, WebhookService service, CancellationToken cancel) =>
        {
            await service.RemoveAsync(user.ToActor(), id, cancel).ConfigureAwait(false);
            return Results.NoContent();
        });
        hooks.MapPost("/{id}/test", async (string id, ClaimsPrincipal user, WebhookService service, CancellationToken cancel) =>
        {
            await service.TestAsync(user.ToActor(), id, cancel).ConfigureAwait(false);
            return Results.Accepted();
        });
        hooks.MapGet("/{id}/deliveries", async (string id, HttpRequest request, WebhookService service, CancellationToken cancel) =>
        {
            var query = new QueryText(request, "before", "limit");
            var deliveries = await service.DeliveriesAsync(id, Number(query, "before"), query.Number("limit", 100, 1, 1000), cancel).ConfigureAwait(false);
            return Results.Json(new DeliveryPage(deliveries, deliveries.IsEmpty ? null : deliveries[^1].Event), NodeJson.Options);
        });
        hooks.MapPost("/{id}/deliveries/{delivery}/redeliver", async (string id, string delivery, ClaimsPrincipal user, WebhookService service, CancellationToken cancel) =>
        {
            await service.RedeliverAsync(user.ToActor(), id, delivery, cancel).ConfigureAwait(false);
            return Results.Accepted();
        });
    }

    private static long? Number(QueryText query, string name) => query.Text(name) is not { Length: > 0 } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= int.MaxValue * 1000L ? number
        : throw RequestException.Bad($"{name}: expected a whole number.");
}

/// <summary>Runs of monitoring.</summary>
/// <param name="Runs">The latest first.</param>
internal sealed record MonitorRuns(IReadOnlyList<MonitorRun> Runs);

/// <summary>A part of the feed.</summary>
/// <param name="Events">In their order.</param>
/// <param name="Next">To be given as <c>after</c> for what follows.</param>
internal sealed record FeedPart(ImmutableArray<FeedView> Events, long Next);

/// <summary>All webhooks.</summary>
/// <param name="Webhooks">In the order they were added.</param>
/// <param name="EventTypes">What a webhook can be told of.</param>
internal sealed record WebhooksView(ImmutableArray<WebhookView> Webhooks, ImmutableArray<string> EventTypes);

/// <summary>A page of deliveries.</summary>
/// <param name="Deliveries">Those of the latest event first.</param>
/// <param name="Next">To be given as <c>before</c> for the next page; null where there are none.</param>
internal sealed record DeliveryPage(ImmutableArray<DeliveryView> Deliveries, long? Next);

/// <summary>A webhook to be added.</summary>
internal sealed record WebhookRequest(string Address, ImmutableArray<string>? Types = null);

/// <summary>What to change of a webhook; what is left out stays.</summary>
internal sealed record WebhookChange(string? Address = null, ImmutableArray<string>? Types = null, bool? Paused = null, bool NewSecret = false);
