using System.Security.Claims;
using System.Text.Json;
using Entente.Exchange.Agreements;
using Entente.Node.Access;
using Entente.Node.Hosting;
using Entente.Node.Store;
using Entente.Node.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
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
        partners.MapGet("", async (PartnerReader reader, CancellationToken cancel) => Json(await reader.ListAsync(cancel).ConfigureAwait(false))).RequireRight(Right.ReadPartners);
        partners.MapGet("/self", (PartnerReader reader) => Json(reader.Self())).RequireRight(Right.ReadPartners);
        partners.MapPost("/self/key", async (HttpRequest request, ClaimsPrincipal user, PartnerService service, PartnerReader reader, CancellationToken cancel) =>
        {
            await service.RotateAsync(user.ToActor(), (await request.BodyAsync<RotateRequest>(cancel).ConfigureAwait(false)).Compromised, cancel).ConfigureAwait(false);
            return Json(reader.Self());
        }).RequireRight(Right.ManagePartners);
        partners.MapPost("", async (HttpRequest request, ClaimsPrincipal user, PartnerService service, PartnerReader reader, CancellationToken cancel) =>
        {
            var id = await service.MeetAsync(user.ToActor(), (await request.BodyAsync<MeetRequest>(cancel).ConfigureAwait(false)).Address, cancel).ConfigureAwait(false);
            return Json(await reader.GetAsync(id, cancel).ConfigureAwait(false), StatusCodes.Status201Created);
        }).RequireRight(Right.ManagePartners);
        partners.MapGet("/{id}", async (string id, PartnerReader reader, CancellationToken cancel) => Json(await reader.GetAsync(id, cancel).ConfigureAwait(false))).RequireRight(Right.ReadPartners);
        partners.MapPost("/{id}/confirm", async (string id, HttpRequest request, ClaimsPrincipal user, PartnerService service, PartnerReader reader, CancellationToken cancel) =>
        {
            await service.ConfirmAsync(user.ToActor(), id, (await request.BodyAsync<ConfirmRequest>(cancel).ConfigureAwait(false)).Fingerprint, cancel).ConfigureAwait(false);
            return Json(await reader.GetAsync(id, cancel).ConfigureAwait(false));
        }).RequireRight(Right.ManagePartners);
        partners.MapPost("/{id}/suspend", async (string id, HttpRequest request, ClaimsPrincipal user, PartnerService service, PartnerReader reader, CancellationToken cancel) =>
        {
            await service.SuspendAsync(user.ToActor(), id, (await request.BodyAsync<BecauseRequest>(cancel).ConfigureAwait(false)).Reason, cancel).ConfigureAwait(false);
            return Json(await reader.GetAsync(id, cancel).ConfigureAwait(false));
        }).RequireRight(Right.ManagePartners);
        partners.MapPost("/{id}/resume", async (string id, HttpRequest request, ClaimsPrincipal user, PartnerService service, PartnerReader reader, CancellationToken cancel) =>
        {
            await service.ResumeAsync(user.ToActor(), id, (await request.BodyAsync<BecauseRequest>(cancel).ConfigureAwait(false)).Reason, cancel).ConfigureAwait(false);
            return Json(await reader.GetAsync(id, cancel).ConfigureAwait(false));
        }).RequireRight(Right.ManagePartners);
        partners.MapPost("/{id}/agreements", async (string id, HttpRequest request, ClaimsPrincipal user, PartnerService service, PartnerReader reader, CancellationToken cancel) =>
        {
            var agreement = await service.ProposeAsync(user.ToActor(), id, await request.BodyAsync<AgreementDraft>(cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);
            return Json(await reader.AgreementAsync(agreement, cancel).ConfigureAwait(false), StatusCodes.Status201Created);
        }).RequireRight(Right.ManagePartners);

        var agreements = routes.MapGroup("/api/agreements");
        agreements.MapGet("/{id}", async (string id, PartnerReader reader, CancellationToken cancel) => Json(await reader.AgreementAsync(id, cancel).ConfigureAwait(false))).RequireRight(Right.ReadPartners);
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
                return Json(await reader.AgreementAsync(id, cancel).ConfigureAwait(false));
            }).RequireRight(Right.ManagePartners);
        }
    }

    private static IResult Json<T>(T value, int status = StatusCodes.Status200OK) => Results.Json(value, NodeJson.Options, statusCode: status);
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

/// <summary>This node as partners see it.</summary>
/// <param name="On">Whether it has a partner port; all else is null where not.</param>
/// <param name="Id">Its id.</param>
/// <param name="Name">What it calls itself.</param>
/// <param name="Addresses">Where partners reach it.</param>
/// <param name="Words">The fingerprint of its key, to be read out.</param>
/// <param name="Digits">The same in digits.</param>
/// <param name="Qr">The same to be shown as a QR code.</param>
internal sealed record SelfView(bool On, string? Id, string? Name, IReadOnlyList<string>? Addresses, string? Words, string? Digits, string? Qr);

/// <summary>A partner.</summary>
/// <param name="Id">The id of the node.</param>
/// <param name="Name">What it is called here.</param>
/// <param name="Address">Where it is reached.</param>
/// <param name="State">How far it has come.</param>
/// <param name="SuspendedBecause">Why it is suspended.</param>
/// <param name="IntroducedAt">When its card came.</param>
/// <param name="ConfirmedAt">When its fingerprint was compared.</param>
/// <param name="HeardAt">When it was last heard of.</param>
/// <param name="ReachedAt">When it last answered this node, since the start.</param>
/// <param name="Fault">What went wrong with it last.</param>
/// <param name="ReadTo">The number of its last event that was taken here.</param>
internal sealed record PartnerView(string Id, string Name, string Address, PartnerState State, string? SuspendedBecause, DateTimeOffset IntroducedAt, DateTimeOffset? ConfirmedAt, DateTimeOffset? HeardAt, DateTimeOffset? ReachedAt, string? Fault, long ReadTo);

/// <summary>An agreement.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Partner">The partner.</param>
/// <param name="State">Where it stands between the two.</param>
/// <param name="InForce">Whether it is in force now.</param>
/// <param name="Terms">What is agreed.</param>
/// <param name="ChangedAt">Since when it stands as it stands.</param>
internal sealed record AgreementView(string Id, string Partner, AgreementStanding State, bool InForce, Agreement Terms, DateTimeOffset ChangedAt);

/// <summary>A partner with its agreements.</summary>
/// <param name="Partner">The partner.</param>
/// <param name="Agreements">The latest first.</param>
/// <param name="Copies">How many records it was given a copy of that it may still have.</param>
/// <param name="Received">How many records came from it that are held.</param>
internal sealed record PartnerDetail(PartnerView Partner, IReadOnlyList<AgreementView> Agreements, int Copies, int Received);

/// <summary>Reads partners for people.</summary>
internal sealed class PartnerReader(OwnIdentity own, PartnerBook book, PartnerLinks links, NodeStore store, TimeProvider clock)
{
    /// <summary>This node.</summary>
    public SelfView Self()
    {
        if (!own.IsOn)
            return new SelfView(false, null, null, null, null, null, null);
        var identity = own.Identity;
        return new SelfView(true, identity.Id, identity.Name, [.. identity.Addresses.Select(address => address.AbsoluteUri)], identity.CurrentKey.Fingerprint.ToWords(), identity.CurrentKey.Fingerprint.ToDigits(), identity.QrText);
    }

    /// <summary>All partners, by name.</summary>
    public async Task<IReadOnlyList<PartnerView>> ListAsync(CancellationToken cancel)
    {
        await using var db = store.Open();
        return [.. (await db.Partners.AsNoTracking().OrderBy(partner => partner.Name).ThenBy(partner => partner.Id).ToListAsync(cancel).ConfigureAwait(false)).Select(View)];
    }

    /// <summary>A partner.</summary>
    /// <exception cref="RequestException">404: there is none.</exception>
    public async Task<PartnerDetail> GetAsync(string id, CancellationToken cancel)
    {
        await using var db = store.Open();
        var partner = await book.RequireAsync(db, id, cancel).ConfigureAwait(false);
        var agreements = await db.Agreements.AsNoTracking().Where(agreement => agreement.PartnerId == id).OrderByDescending(agreement => agreement.CreatedAt).ThenByDescending(agreement => agreement.Id).ToListAsync(cancel).ConfigureAwait(false);
        var copies = await db.Copies.CountAsync(copy => copy.Holder == id && !(copy.Told == "recalled" && copy.State == Holdings.CopyState.Complied), cancel).ConfigureAwait(false);
        var received = await db.Records.CountAsync(record => record.ReceivedFrom == id && record.State == Holdings.RecordState.Held, cancel).ConfigureAwait(false);
        return new PartnerDetail(View(partner.Row), [.. agreements.Select(agreement => View(agreement, partner.Terms))], copies, received);
    }

    /// <summary>The partners that wait for somebody here to sign or decline what they offer.</summary>
    public async Task<IReadOnlySet<string>> OfferingAsync(CancellationToken cancel)
    {
        await using var db = store.Open();
        return (await db.Agreements.Where(agreement => agreement.State == AgreementStanding.Offered).Select(agreement => agreement.PartnerId).Distinct().ToListAsync(cancel).ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>An agreement.</summary>
    /// <exception cref="RequestException">404: there is none.</exception>
    public async Task<AgreementView> AgreementAsync(string id, CancellationToken cancel)
    {
        await using var db = store.Open();
        var agreement = await db.Agreements.AsNoTracking().SingleOrDefaultAsync(each => each.Id == id, cancel).ConfigureAwait(false) ?? throw RequestException.NotFound("There is no such agreement.");
        return View(agreement, (await book.RequireAsync(db, agreement.PartnerId, cancel).ConfigureAwait(false)).Terms);
    }

    private PartnerView View(Partner partner)
    {
        var link = links.StateOf(partner.Id);
        return new PartnerView(partner.Id, partner.Name, partner.Address, partner.State, partner.SuspendedBecause, partner.IntroducedAt, partner.ConfirmedAt, partner.HeardAt, link?.ReachedAt, link?.Fault, partner.ReadTo);
    }

    private AgreementView View(PartnerAgreement agreement, PartnerTerms terms) => new(agreement.Id, agreement.PartnerId, agreement.State,
        terms.Book.StateOf(agreement.Id, clock.GetUtcNow()) == AgreementState.InForce, JsonSerializer.Deserialize<Agreement>(agreement.Terms, NodeJson.Options)!, agreement.ChangedAt);
}
