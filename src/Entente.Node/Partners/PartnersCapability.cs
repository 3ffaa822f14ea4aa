using System.Security.Claims;
using Entente.Node.Access;
using Entente.Node.Hosting;
using Entente.Node.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Node.Partners;

/// <summary>Partners: who they are, what was agreed with them, and the port that they reach.</summary>
internal static class PartnersCapability
{
    public static void AddPartners(this IServiceCollection services)
    {
        services.AddSingleton<OwnIdentity>();
        services.AddSingleton<PartnerBell>();
        services.AddSingleton<PartnerBook>();
        services.AddSingleton<PartnerClient>();
        services.AddSingleton<PartnerEndpoints>();
        services.AddSingleton<PartnerService>();
        services.AddSingleton<PartnerReader>();
        services.AddSingleton<NodeNames>();
        services.AddSingleton<IAttention, PartnerAttention>();
        services.AddSingleton<ReceiptDesk>();
        services.AddSingleton<Inbox>();
        services.AddSingleton<PartnerServer>();
        services.AddHostedService(provider => provider.GetRequiredService<PartnerServer>());
        services.AddSingleton<PartnerLinks>();
        services.AddHostedService(provider => provider.GetRequiredService<PartnerLinks>());
    }

    public static void MapPartners(this IEndpointRouteBuilder routes)
    {
        var partners = routes.MapGroup("/api/partners");
        partners.MapGet("", async (PartnerReader reader, CancellationToken cancel) => JsonAnswer.Of(await reader.ListAsync(cancel).ConfigureAwait(false))).RequireRight(Right.ReadPartners);
        partners.MapGet("/self", (PartnerReader reader) => JsonAnswer.Of(reader.Self())).RequireRight(Right.ReadPartners);
        partners.MapPost("/self/key", async (HttpRequest request, ClaimsPrincipal user, PartnerService service, PartnerReader reader, CancellationToken cancel) =>
        {
            await service.RotateAsync(user.ToActor(), (await request.BodyAsync<RotateRequest>(cancel).ConfigureAwait(false)).Compromised, cancel).ConfigureAwait(false);
            return JsonAnswer.Of(reader.Self());
        }).RequireRight(Right.ManagePartners);
        partners.MapPost("", async (HttpRequest request, ClaimsPrincipal user, PartnerService service, PartnerReader reader, CancellationToken cancel) =>
        {
            var id = await service.MeetAsync(user.ToActor(), (await request.BodyAsync<MeetRequest>(cancel).ConfigureAwait(false)).Address, cancel).ConfigureAwait(false);
            return JsonAnswer.Of(await reader.GetAsync(id, cancel).ConfigureAwait(false), StatusCodes.Status201Created);
        }).RequireRight(Right.ManagePartners);
        partners.MapGet("/{id}", async (string id, PartnerReader reader, CancellationToken cancel) => JsonAnswer.Of(await reader.GetAsync(id, cancel).ConfigureAwait(false))).RequireRight(Right.ReadPartners);
        partners.MapPost("/{id}/confirm", async (string id, HttpRequest request, ClaimsPrincipal user, PartnerService service, PartnerReader reader, CancellationToken cancel) =>
        {
            await service.ConfirmAsync(user.ToActor(), id, (await request.BodyAsync<ConfirmRequest>(cancel).ConfigureAwait(false)).Fingerprint, cancel).ConfigureAwait(false);
            return JsonAnswer.Of(await reader.GetAsync(id, cancel).ConfigureAwait(false));
        }).RequireRight(Right.ManagePartners);
        partners.MapPost("/{id}/suspend", async (string id, HttpRequest request, ClaimsPrincipal user, PartnerService service, PartnerReader reader, CancellationToken cancel) =>
        {
            await service.SuspendAsync(user.ToActor(), id, (await request.BodyAsync<BecauseRequest>(cancel).ConfigureAwait(false)).Reason, cancel).ConfigureAwait(false);
            return JsonAnswer.Of(await reader.GetAsync(id, cancel).ConfigureAwait(false));
        }).RequireRight(Right.ManagePartners);
        partners.MapPost("/{id}/resume", async (string id, HttpRequest request, ClaimsPrincipal user, PartnerService service, PartnerReader reader, CancellationToken cancel) =>
        {
            await service.ResumeAsync(user.ToActor(), id, (await request.BodyAsync<BecauseRequest>(cancel).ConfigureAwait(false)).Reason, cancel).ConfigureAwait(false);
            return JsonAnswer.Of(await reader.GetAsync(id, cancel).ConfigureAwait(false));
        }).RequireRight(Right.ManagePartners);
        partners.MapPost("/{id}/agreements", async (string id, HttpRequest request, ClaimsPrincipal user, PartnerService service, PartnerReader reader, CancellationToken cancel) =>
        {
            var agreement = await service.ProposeAsync(user.ToActor(), id, await request.BodyAsync<AgreementDraft>(cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);
            return JsonAnswer.Of(await reader.AgreementAsync(agreement, cancel).ConfigureAwait(false), StatusCodes.Status201Created);
        }).RequireRight(Right.ManagePartners);

        var agreements = routes.MapGroup("/api/agreements");
        agreements.MapGet("/{id}", async (string id, PartnerReader reader, CancellationToken cancel) => JsonAnswer.Of(await reader.AgreementAsync(id, cancel).ConfigureAwait(false))).RequireRight(Right.ReadPartners);
        foreach (var (word, act) in new (string, Func<PartnerService, Actor, string, CancellationToken, Task>)[]
        {
            ("sign", (service, actor, id, cancel) => service.SignAsync(actor, id, cancel)),
            ("decline", (service, actor, id, cancel) => service.DeclineAsync(actor, id, cancel)),
            ("end", (service, actor, id, cancel) => service.EndAsync(actor, id, cancel)),
        })
        {
            agreements.MapPost($"/{{id}}/{word}", async (string id, ClaimsPrincipal user, PartnerService service, PartnerReader reader, CancellationToken cancel) =>
            {
                await act(service, user.ToActor(), id, cancel).ConfigureAwait(false);
                return JsonAnswer.Of(await reader.AgreementAsync(id, cancel).ConfigureAwait(false));
            }).RequireRight(Right.ManagePartners);
        }
    }
}

/// <summary>Asks to meet a node.</summary>
/// <param name="Address">Where the partner port of the other node is.</param>
internal sealed record MeetRequest(string Address);

/// <summary>Confirms a partner.</summary>
/// <param name="Fingerprint">What the partner's people read out: words or digits.</param>
internal sealed record ConfirmRequest(string Fingerprint);

/// <summary>Suspends or takes up.</summary>
/// <param name="Reason">Why.</param>
internal sealed record BecauseRequest(string Reason);

/// <summary>Takes a new key.</summary>
/// <param name="Compromised">Whether somebody else may have the present key.</param>
internal sealed record RotateRequest(bool Compromised = false);
