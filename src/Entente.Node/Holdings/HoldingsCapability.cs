using System.Collections.Immutable;
using System.Security.Claims;
using System.Text.Json;
using Entente.Node.Access;
using Entente.Node.Hosting;
using Entente.Node.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Node.Holdings;

/// <summary>Records that are on no public list, their release to partners, and the copies that are out.</summary>
internal static class HoldingsCapability
{
    public static void AddHoldings(this IServiceCollection services)
    {
        services.AddSingleton<HoldingService>();
        services.AddSingleton<ReleaseService>();
        services.AddSingleton<HoldingReader>();
        services.AddSingleton<RecordScreening>();
        services.AddSingleton<HoldingWords>();
        services.AddSingleton<IAttention, HoldingAttention>();
        services.AddHostedService<HoldingExpiry>();
    }

    public static void MapHoldings(this IEndpointRouteBuilder routes)
    {
        var records = routes.MapGroup("/api/records");
        records.MapGet("", async (HttpRequest request, HoldingReader reader, CancellationToken cancel) =>
        {
            var query = new QueryText(request, "text", "origin", "state", "after", "limit");
            return JsonAnswer.Of(await reader.ListAsync(query.Text("text"), query.Text("origin"), query.Text("state"), query.Text("after"), query.Number("limit", 50, 1, 500), cancel).ConfigureAwait(false));
        }).RequireRight(Right.ReadRecords);
        records.MapPost("", async (HttpRequest request, ClaimsPrincipal user, HoldingService service, HoldingReader reader, CancellationToken cancel) =>
        {
            var id = await service.CreateAsync(user.ToActor(), await request.BodyAsync<RecordDraft>(cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);
            return JsonAnswer.Of(await reader.GetAsync(id, cancel).ConfigureAwait(false), StatusCodes.Status201Created);
        }).RequireRight(Right.WriteRecords);
        records.MapGet("/{id}", async (string id, HoldingReader reader, CancellationToken cancel) => JsonAnswer.Of(await reader.GetAsync(id, cancel).ConfigureAwait(false))).RequireRight(Right.ReadRecords);
        records.MapPut("/{id}", async (string id, HttpRequest request, ClaimsPrincipal user, HoldingService service, HoldingReader reader, CancellationToken cancel) =>
        {
            var asked = await request.BodyAsync<AmendRequest>(cancel).ConfigureAwait(false);
            await service.AmendAsync(user.ToActor(), id, asked.Version, new RecordDraft(asked.Schema, asked.Properties, asked.Marking), cancel).ConfigureAwait(false);
            return JsonAnswer.Of(await reader.GetAsync(id, cancel).ConfigureAwait(false));
        }).RequireRight(Right.WriteRecords);
        records.MapPost("/{id}/tighten", async (string id, HttpRequest request, ClaimsPrincipal user, HoldingService service, HoldingReader reader, CancellationToken cancel) =>
        {
            await service.TightenAsync(user.ToActor(), id, await request.BodyAsync<TightenRequest>(cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);
            return JsonAnswer.Of(await reader.GetAsync(id, cancel).ConfigureAwait(false));
        }).RequireRight(Right.WriteRecords);
        records.MapPost("/{id}/recall", async (string id, HttpRequest request, ClaimsPrincipal user, HoldingService service, HoldingReader reader, CancellationToken cancel) =>
        {
            await service.RecallAsync(user.ToActor(), id, (await request.BodyAsync<ReasonRequest>(cancel).ConfigureAwait(false)).Reason, cancel).ConfigureAwait(false);
            return JsonAnswer.Of(await reader.GetAsync(id, cancel).ConfigureAwait(false));
        }).RequireRight(Right.ApproveReleases);

        var releases = routes.MapGroup("/api/releases");
        releases.MapGet("", async (HttpRequest request, HoldingReader reader, CancellationToken cancel) =>
        {
            var query = new QueryText(request, "state", "partner", "record", "after", "limit");
            return JsonAnswer.Of(await reader.ReleasesAsync(query.Text("state"), query.Text("partner"), query.Text("record"), query.Text("after"), query.Number("limit", 50, 1, 500), cancel).ConfigureAwait(false));
        }).RequireRight(Right.ReadRecords);
        releases.MapPost("", async (HttpRequest request, ClaimsPrincipal user, ReleaseService service, CancellationToken cancel) =>
            JsonAnswer.Of(new ReleasesMade(await service.ProposeAsync(user.ToActor(), await request.BodyAsync<ReleaseRequest>(cancel).ConfigureAwait(false), cancel).ConfigureAwait(false)), StatusCodes.Status201Created)).RequireRight(Right.ProposeReleases);
        releases.MapPost("/{id}/approve", async (string id, HttpRequest request, ClaimsPrincipal user, ReleaseService service, HoldingReader reader, CancellationToken cancel) =>
        {
            await service.ApproveAsync(user.ToActor(), id, (await request.BodyAsync<ReasonRequest>(cancel).ConfigureAwait(false)).Reason, cancel).ConfigureAwait(false);
            return JsonAnswer.Of(await reader.ReleaseAsync(id, cancel).ConfigureAwait(false));
        }).RequireRight(Right.ApproveReleases);
        releases.MapPost("/{id}/return", async (string id, HttpRequest request, ClaimsPrincipal user, ReleaseService service, HoldingReader reader, CancellationToken cancel) =>
        {
            await service.ReturnAsync(user.ToActor(), id, (await request.BodyAsync<ReasonRequest>(cancel).ConfigureAwait(false)).Reason, cancel).ConfigureAwait(false);
            return JsonAnswer.Of(await reader.ReleaseAsync(id, cancel).ConfigureAwait(false));
        }).RequireRight(Right.ProposeReleases);
        routes.MapGet("/api/partners/{id}/why", async (string id, HttpRequest request, HoldingReader reader, CancellationToken cancel) =>
        {
            var query = new QueryText(request, "record");
            return JsonAnswer.Of(await reader.WhyAsync(id, query.Text("record") ?? throw RequestException.Bad("record: expected the id of a record."), cancel).ConfigureAwait(false));
        }).RequireRight(Right.ReadRecords);
    }
}

/// <summary>Says why.</summary>
/// <param name="Reason">Why.</param>
internal sealed record ReasonRequest(string Reason);

/// <summary>A new version.</summary>
/// <param name="Version">The version that the caller saw.</param>
/// <param name="Schema">As in <see cref="RecordDraft"/>.</param>
/// <param name="Properties">As in <see cref="RecordDraft"/>.</param>
/// <param name="Marking">As in <see cref="RecordDraft"/>.</param>
internal sealed record AmendRequest(int Version, string Schema, ImmutableDictionary<string, ImmutableArray<JsonElement>> Properties, MarkingDraft Marking);

/// <summary>Releases that were proposed.</summary>
/// <param name="Releases">Their ids, in the order asked.</param>
internal sealed record ReleasesMade(ImmutableArray<string> Releases);
