using Entente.Node.Access;
using Entente.Node.Hosting;
using Entente.Node.Store;
using Entente.Node.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Claims;

namespace Entente.Node.Alerts;

/// <summary>Alerts: the queue, and what people do with it.</summary>
internal static class AlertsCapability
{
    public static void AddAlerts(this IServiceCollection services)
    {
        services.AddSingleton<AlertService>();
        services.AddSingleton<AlertQueue>();
        services.AddSingleton<OwnScreening>();
        services.AddSingleton<Bulk.IBulkAlerts, BulkAlerts>();
        services.AddSingleton<IAttention, AlertAttention>();
    }

    public static void MapAlerts(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/screenings", async (HttpRequest request, ClaimsPrincipal user, OwnScreening screening, CancellationToken cancel) =>
            Results.Json(await screening.ScreenAsync(user.ToActor(), await request.BodyAsync<ScreeningRequest>(cancel).ConfigureAwait(false), cancel).ConfigureAwait(false), NodeJson.Options))
            .RequireRight(Right.Screen);

        var alerts = routes.MapGroup("/api/alerts");
        alerts.MapGet("", async (HttpRequest request, ClaimsPrincipal user, AlertQueue queue, CancellationToken cancel) =>
        {
            var (filter, after, limit) = Filter(request, user.ToActor());
            return Results.Json(await queue.ListAsync(filter, after, limit, cancel).ConfigureAwait(false), NodeJson.Options);
        }).RequireRight(Right.ReadAlerts);
        alerts.MapGet("/counts", async (ClaimsPrincipal user, AlertQueue queue, CancellationToken cancel) =>
            Results.Json(await queue.CountAsync(user.ToActor().AccountId, cancel).ConfigureAwait(false), NodeJson.Options)).RequireRight(Right.ReadAlerts);
        alerts.MapGet("/{id}", async (string id, AlertQueue queue, CancellationToken cancel) =>
            Results.Json(await queue.GetAsync(id, cancel).ConfigureAwait(false), NodeJson.Options)).RequireRight(Right.ReadAlerts);
        alerts.MapGet("/colleagues", async (AlertQueue queue, CancellationToken cancel) =>
            Results.Json(new ColleaguesView(await queue.ColleaguesAsync(cancel).ConfigureAwait(false)), NodeJson.Options)).RequireRight(Right.WorkAlerts);
        alerts.MapPost("/{id}/assign", async (string id, HttpRequest request, ClaimsPrincipal user, AlertService service, CancellationToken cancel) =>
        {
            var asked = await request.BodyAsync<AssignRequest>(cancel).ConfigureAwait(false);
            var given = await service.AssignAsync(user.ToActor(), [new AlertRef(id, asked.Revision)], To(asked.To, user.ToActor()), cancel).ConfigureAwait(false);
            return Results.Json(given[0], NodeJson.Options);
        }).RequireRight(Right.WorkAlerts);
        alerts.MapPost("/assign", async (HttpRequest request, ClaimsPrincipal user, AlertService service, CancellationToken cancel) =>
        {
            var asked = await request.BodyAsync<AssignManyRequest>(cancel).ConfigureAwait(false);
            return Results.Json(new AlertsView(await service.AssignAsync(user.ToActor(), asked.Alerts, To(asked.To, user.ToActor()), cancel).ConfigureAwait(false)), NodeJson.Options);
        }).RequireRight(Right.WorkAlerts);
        alerts.MapPost("/{id}/comments", async (string id, HttpRequest request, ClaimsPrincipal user, AlertService service, CancellationToken cancel) =>
            Results.Json(await service.CommentAsync(user.ToActor(), id, (await request.BodyAsync<CommentRequest>(cancel).ConfigureAwait(false)).Text, cancel).ConfigureAwait(false),
                NodeJson.Options, statusCode: StatusCodes.Status201Created)).RequireRight(Right.WorkAlerts);
        alerts.MapPost("/{id}/decisions", async (string id, HttpRequest request, ClaimsPrincipal user, AlertService service, CancellationToken cancel) =>
        {
            var asked = await request.BodyAsync<DecideRequest>(cancel).ConfigureAwait(false);
            var decided = await service.DecideAsync(user.ToActor(), [new AlertRef(id, asked.Revision)], asked.Verdict, asked.Reason, cancel).ConfigureAwait(false);
            return Results.Json(decided[0], NodeJson.Options, statusCode: StatusCodes.Status201Created);
        }).RequireRight(Right.WorkAlerts);
        alerts.MapPost("/decisions", async (HttpRequest request, ClaimsPrincipal user, AlertService service, CancellationToken cancel) =>
        {
            var asked = await request.BodyAsync<DecideManyRequest>(cancel).ConfigureAwait(false);
            return Results.Json(new AlertsView(await service.DecideAsync(user.ToActor(), asked.Alerts, asked.Verdict, asked.Reason, cancel).ConfigureAwait(false)), NodeJson.Options, statusCode: StatusCodes.Status201Created);
        }).RequireRight(Right.WorkAlerts);

        var decisions = routes.MapGroup("/api/decisions");
        decisions.MapPost("/{id}/approve", async (string id, HttpRequest request, ClaimsPrincipal user, AlertService service, CancellationToken cancel) =>
            Results.Json(await service.ApproveAsync(user.ToActor(), id, (await request.BodyAsync<ApproveRequest>(cancel).ConfigureAwait(false)).Reason, cancel).ConfigureAwait(false), NodeJson.Options))
            .RequireRight(Right.DecideAlerts);
        // The author may take back what was proposed: so any who works on alerts may call it, and the service tells who may.
        decisions.MapPost("/{id}/return", async (string id, HttpRequest request, ClaimsPrincipal user, AlertService service, CancellationToken cancel) =>
            Results.Json(await service.ReturnAsync(user.ToActor(), id, (await request.BodyAsync<ReturnRequest>(cancel).ConfigureAwait(false)).Reason, cancel).ConfigureAwait(false), NodeJson.Options))
            .RequireRight(Right.WorkAlerts);
    }

    private static string? To(string? asked, Actor actor) => asked == "me" ? actor.AccountId ?? throw RequestException.Bad("to: you have no account.") : asked;

    private static (AlertFilter Filter, string? After, int Limit) Filter(HttpRequest request, Actor actor)
    {
        var query = new QueryText(request, "state", "assigned", "dataset", "text", "subject", "entity", "raisedAfter", "raisedBefore", "after", "limit");
        var assigned = Value("assigned");
        return (new AlertFilter
        {
            States = Value("state") is { } states ? States(states) : new AlertFilter().States,
            AssignedTo = assigned switch { null or "nobody" => null, "me" => actor.AccountId ?? "", _ => assigned },
            Unassigned = assigned == "nobody",
            Dataset = Value("dataset"),
            Text = Value("text"),
            SubjectKey = Value("subject"),
            EntityId = Value("entity"),
            RaisedAfter = Time("raisedAfter"),
            RaisedBefore = Time("raisedBefore"),
        }, Value("after"), query.Number("limit", 50, 1, 500));

        string? Value(string name) => query.Text(name) is { Length: > 0 } value ? value : null;

        DateTimeOffset? Time(string name) => Value(name) is not { } text ? null
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
            : throw RequestException.Bad($"{name}: expected a day or time such as 2026-01-31 or 2026-01-31T12:00:00Z.");
    }

    private static ImmutableArray<AlertState> States(string text) => text == "any" ? [] :
    [
        .. text.Split(',').Select(word => Enum.TryParse<AlertState>(word, ignoreCase: true, out var state) && Enum.IsDefined(state) && !int.TryParse(word, out _)
            ? state
            : throw RequestException.Bad("state: expected any, or some of open, proposed, decided, withdrawn with commas between.")),
    ];
}

/// <summary>Who shall work on an alert.</summary>
/// <param name="Revision">The alert's revision as it was seen.</param>
/// <param name="To"><c>me</c>, an account's id, or null for nobody.</param>
internal sealed record AssignRequest(int Revision, string? To = null);

/// <summary>Who shall work on several alerts.</summary>
/// <param name="Alerts">The alerts as they were seen.</param>
/// <param name="To"><c>me</c>, an account's id, or null for nobody.</param>
internal sealed record AssignManyRequest(ImmutableArray<AlertRef> Alerts, string? To = null);

/// <summary>A comment.</summary>
internal sealed record CommentRequest(string Text);

/// <summary>A decision on one alert.</summary>
internal sealed record DecideRequest(int Revision, Verdict Verdict, string Reason);

/// <summary>One decision on several alerts.</summary>
internal sealed record DecideManyRequest(ImmutableArray<AlertRef> Alerts, Verdict Verdict, string Reason);

/// <summary>Approval of a proposed decision.</summary>
internal sealed record ApproveRequest(string? Reason = null);

/// <summary>Why a proposed decision is returned.</summary>
internal sealed record ReturnRequest(string Reason);
