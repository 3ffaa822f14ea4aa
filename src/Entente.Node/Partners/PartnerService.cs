using System.Collections.Immutable;
using System.Text.Json;
using Entente.Exchange.Agreements;
using Entente.Exchange.Signing;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Hosting;
using Entente.Node.Store;
using Entente.Records.Markings;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Partners;

/// <summary>What people do about partners: meet them, compare fingerprints, agree, suspend.</summary>
internal sealed class PartnerService(OwnIdentity own, PartnerBook book, PartnerClient client, PartnerEndpoints endpoints, PartnerBell bell, Ledger ledger, TimeProvider clock)
{
    private const int LongestReason = 500;

    /// <summary>Meets the node at an address: each gets the other's card. Nothing flows by that.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="address">Its partner port.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The id of the node that answered.</returns>
    /// <exception cref="RequestException">Nobody answers there, or not as a node.</exception>
    public async Task<string> MeetAsync(Actor actor, string address, CancellationToken cancel)
    {
        RequireOn();
        if (!Uri.TryCreate(address.Trim(), UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps || url.UserInfo.Length > 0)
            throw RequestException.Bad("address: expected where the partner port is, such as https://node.example.org:8444.");
        try
        {
            var identity = await client.IntroduceAsync(url, cancel).ConfigureAwait(false);
            if (identity.Id == own.Id)
                throw RequestException.Bad("address: that is this node itself.");
            await endpoints.MeetAsync(identity, actor, cancel).ConfigureAwait(false);
            return identity.Id;
        }
        catch (PartnerUnreachableException fault)
        {
            throw new RequestException(502, $"No node answers at {url}: {fault.Message}");
        }
        catch (RefusedException fault)
        {
            throw new RequestException(502, $"What answers at {url} is not taken for a node: {fault.Message}");
        }
    }

    /// <summary>Confirms that a key is the partner's: its fingerprint was compared with what the partner's people read out.</summary>
    /// <param name="actor">Who compared it.</param>
    /// <param name="id">The partner.</param>
    /// <param name="fingerprint">What the partner's people read out: words or digits.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="RequestException">It is not the fingerprint of the key that is known here.</exception>
    public async Task ConfirmAsync(Actor actor, string id, string fingerprint, CancellationToken cancel)
    {
        await ledger.ActAsync(actor, async act =>
        {
            var partner = await book.RequireAsync(act.Db, id, cancel).ConfigureAwait(false);
            if (!partner.Identity.CurrentKey.Fingerprint.Matches(fingerprint))
                throw RequestException.Conflict("This is not the fingerprint of the key that is known here. Read it out once more; if it still differs, somebody may stand between the two nodes: do not pair.");
            if (partner.Row.State == PartnerState.Suspended)
                throw RequestException.Conflict("The partner is suspended; it can be taken up again.");
            (partner.Row.State, partner.Row.ConfirmedAt) = (PartnerState.Confirmed, act.At);
            act.Record(AuditAction.PartnerConfirmed, $"partner:{id}", new { key = partner.Identity.CurrentKey.Fingerprint.ToWords() });
            return true;
        }, cancel).ConfigureAwait(false);
        bell.Ring(PartnerLinks.Changed);
    }

    /// <summary>Suspends a partner: from this moment nothing flows in either direction.</summary>
    /// <param name="actor">Who does.</param>
    /// <param name="id">The partner.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancel">Gives up.</param>
    public Task SuspendAsync(Actor actor, string id, string reason, CancellationToken cancel) => ChangeAsync(actor, id, reason, (partner, _) =>
    {
        if (partner.State != PartnerState.Confirmed)
            throw RequestException.Conflict("Only a confirmed partner can be suspended.");
        (partner.State, partner.SuspendedBecause) = (PartnerState.Suspended, reason);
    }, cancel);

    /// <summary>Takes a suspended partner up again; what it was to be told meanwhile waits for it.</summary>
    /// <param name="actor">Who does.</param>
    /// <param name="id">The partner.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancel">Gives up.</param>
    public Task ResumeAsync(Actor actor, string id, string reason, CancellationToken cancel) => ChangeAsync(actor, id, reason, (partner, _) =>
    {
        if (partner.State != PartnerState.Suspended)
            throw RequestException.Conflict("The partner is not suspended.");
        (partner.State, partner.SuspendedBecause) = (PartnerState.Confirmed, null);
    }, cancel);

    /// <summary>Takes a new key for this node; partners learn of it by themselves.</summary>
    /// <param name="actor">Who does.</param>
    /// <param name="compromised">Whether somebody else may have the present key: then partners' people compare fingerprints again, and agreements are signed anew.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task RotateAsync(Actor actor, bool compromised, CancellationToken cancel)
    {
        RequireOn();
        var addresses = await ledger.ActAsync(actor, async act =>
        {
            var before = own.Identity.CurrentKey.Fingerprint.ToWords();
            var identity = own.Rotate(compromised);
            act.Record(AuditAction.OwnKeyRotated, $"node:{own.Id}", new { from = before, to = identity.CurrentKey.Fingerprint.ToWords(), compromised });
            return await act.Db.Partners.Where(partner => partner.State == PartnerState.Confirmed && partner.Address != "").Select(partner => partner.Address).ToListAsync(cancel).ConfigureAwait(false);
        }, cancel).ConfigureAwait(false);
        // One that cannot be reached now learns of it when the two next talk.
        await Task.WhenAll(addresses.Select(address => ShowAsync(new Uri(address), cancel))).ConfigureAwait(false);
    }

    /// <summary>Signs terms for this node and offers them to a partner.</summary>
    /// <param name="actor">Who does.</param>
    /// <param name="partnerId">The partner.</param>
    /// <param name="draft">The terms.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The agreement's id.</returns>
    public async Task<string> ProposeAsync(Actor actor, string partnerId, AgreementDraft draft, CancellationToken cancel)
    {
        var terms = draft.ToTerms(own.Id, partnerId, clock.GetUtcNow());
        if (terms.Fault() is { } fault)
            throw RequestException.Bad(fault);
        if (terms.Ends <= clock.GetUtcNow())
            throw RequestException.Bad("ends: that is over.");
        await ledger.ActAsync(actor, async act =>
        {
            var partner = await book.RequireAsync(act.Db, partnerId, cancel).ConfigureAwait(false);
            RequireConfirmed(partner.Row);
            if (terms.Supersedes is { } former && !await act.Db.Agreements.AnyAsync(agreement => agreement.Id == former && agreement.PartnerId == partnerId, cancel).ConfigureAwait(false))
                throw RequestException.Bad("supersedes: there is no such agreement with this partner.");
            act.Db.Agreements.Add(new PartnerAgreement { Id = terms.Id, PartnerId = partnerId, Terms = JsonSerializer.Serialize(terms, NodeJson.Options), Ours = SignedAgreement.Sign(own.Key, terms), State = AgreementStanding.Proposed, CreatedAt = act.At, ChangedAt = act.At });
            act.Record(AuditAction.AgreementChanged, $"agreement:{terms.Id}", new { partner = partnerId, state = AgreementStanding.Proposed, terms });
            return true;
        }, cancel).ConfigureAwait(false);
        bell.Ring(partnerId);
        return terms.Id;
    }

    /// <summary>Signs terms that the partner offers: with that both have signed.</summary>
    public Task SignAsync(Actor actor, string id, CancellationToken cancel) => DecideAsync(actor, id, async (agreement, act) =>
    {
        if (agreement.State != AgreementStanding.Offered)
            throw RequestException.Conflict("Only an agreement that the partner offers can be signed.");
        var partner = await book.RequireAsync(act.Db, agreement.PartnerId, cancel).ConfigureAwait(false);
        RequireConfirmed(partner.Row);
        var terms = SignedAgreement.ReadProposal(agreement.Theirs!, partner.Identity, act.At);
        if (terms.Ends <= act.At)
            throw RequestException.Conflict("Its time is over.");
        agreement.Ours = SignedAgreement.Sign(own.Key, terms);
        return AgreementStanding.Signed;
    }, cancel);

    /// <summary>Declines terms that the partner offers, or takes back those that this node offered.</summary>
    public Task DeclineAsync(Actor actor, string id, CancellationToken cancel) => DecideAsync(actor, id, (agreement, _) => agreement.State is AgreementStanding.Offered or AgreementStanding.Proposed
        ? Task.FromResult(AgreementStanding.Declined)
        : throw RequestException.Conflict("It is signed by both; it can be ended."), cancel);

    /// <summary>Ends an agreement before its time, from now on.</summary>
    public Task EndAsync(Actor actor, string id, CancellationToken cancel) => DecideAsync(actor, id, (agreement, _) => agreement.State == AgreementStanding.Signed
        ? Task.FromResult(AgreementStanding.Ended)
        : throw RequestException.Conflict("Only an agreement that both signed can be ended."), cancel);

    private async Task DecideAsync(Actor actor, string id, Func<PartnerAgreement, Act, Task<AgreementStanding>> decide, CancellationToken cancel)
    {
        var partner = await ledger.ActAsync(actor, async act =>
        {
            var agreement = await act.Db.Agreements.SingleOrDefaultAsync(each => each.Id == id, cancel).ConfigureAwait(false) ?? throw RequestException.NotFound("There is no such agreement.");
            agreement.State = await decide(agreement, act).ConfigureAwait(false);
            agreement.ChangedAt = act.At;
            act.Record(AuditAction.AgreementChanged, $"agreement:{id}", new { partner = agreement.PartnerId, agreement.State, by = "us" });
            return agreement.PartnerId;
        }, cancel).ConfigureAwait(false);
        bell.Ring(partner);
    }

    private async Task ChangeAsync(Actor actor, string id, string reason, Action<Partner, Act> change, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason)
            throw RequestException.Bad($"reason: expected why, in up to {LongestReason} characters.");
        await ledger.ActAsync(actor, async act =>
        {
            var partner = await book.RequireAsync(act.Db, id, cancel).ConfigureAwait(false);
            change(partner.Row, act);
            act.Record(AuditAction.PartnerSuspended, $"partner:{id}", new { partner.Row.State, reason });
            return true;
        }, cancel).ConfigureAwait(false);
        bell.Ring(id);
        bell.Ring(PartnerLinks.Changed);
    }

    private async Task ShowAsync(Uri address, CancellationToken cancel)
    {
        try
        {
            await client.IntroduceAsync(address, cancel).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is PartnerUnreachableException or RefusedException)
        {
            // It is said with the partner, by the link that tries again.
        }
    }

    private void RequireOn()
    {
        if (!own.IsOn)
            throw RequestException.Conflict("This node has no partner port. Start it with --partners https://ADDRESS:PORT, or set Entente:Partners:Listen.");
    }

    private static void RequireConfirmed(Partner partner)
    {
        if (partner.State != PartnerState.Confirmed)
            throw RequestException.Conflict(partner.State == PartnerState.Suspended ? "The partner is suspended." : "Compare fingerprints with the partner's people first.");
    }
}

/// <summary>Terms as somebody writes them.</summary>
/// <param name="Purposes">What records may be used for.</param>
/// <param name="LegalBases">On what grounds in law.</param>
/// <param name="Categories">What entities may be to the matter.</param>
/// <param name="HighestTlp">The closest level.</param>
/// <param name="RetentionDays">How long a receiver keeps a record.</param>
/// <param name="Ends">When it ends.</param>
/// <param name="Starts">From when it is in force; now unless given.</param>
/// <param name="Overlap">How much overlap may be looked for; none unless given.</param>
/// <param name="Supersedes">The agreement that it takes the place of.</param>
internal sealed record AgreementDraft(
    ImmutableArray<string> Purposes, ImmutableArray<string> LegalBases, ImmutableArray<EntityCategory> Categories, Tlp HighestTlp, int RetentionDays,
    DateTimeOffset Ends, DateTimeOffset? Starts = null, OverlapBudget? Overlap = null, string? Supersedes = null)
{
    /// <summary>The terms.</summary>
    public Agreement ToTerms(string us, string partner, DateTimeOffset now) => new()
    {
        Id = Agreement.NewId(),
        Parties = [us, partner],
        Purposes = Trimmed(Purposes),
        LegalBases = Trimmed(LegalBases),
        Categories = Categories,
        HighestTlp = HighestTlp,
        RetentionDays = RetentionDays,
        Overlap = Overlap ?? OverlapBudget.None,
        Proposed = now,
        Starts = Starts ?? now,
        Ends = Ends,
        Supersedes = Supersedes,
    };

    private static ImmutableArray<string> Trimmed(ImmutableArray<string> texts) => [.. (texts.IsDefault ? [] : texts).Select(text => text.Trim())];
}
