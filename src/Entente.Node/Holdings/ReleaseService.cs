using System.Collections.Immutable;
using Entente.Exchange.Agreements;
using Entente.Exchange.Messages;
using Entente.Exchange.Release;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Hosting;
using Entente.Node.Partners;
using Entente.Node.Store;
using Entente.Records;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Holdings;

/// <summary>Releases: one person proposes that a record goes to a partner, another approves, and the record leaves as its originator signed it.</summary>
internal sealed class ReleaseService(OwnIdentity own, PartnerBook partners, HoldingService holdings, PartnerBell bell, Ledger ledger)
{
    private const int LongestReason = 500;

    /// <summary>Proposes releases, all of them or none.</summary>
    /// <param name="actor">Who does.</param>
    /// <param name="asked">What is to go where.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The ids of the releases, in the order asked.</returns>
    /// <exception cref="RequestException">A record may not go there; the answer says by which rules.</exception>
    public Task<ImmutableArray<string>> ProposeAsync(Actor actor, ReleaseRequest asked, CancellationToken cancel)
    {
        if (asked.Records.IsDefaultOrEmpty || asked.Records.Length > 1000)
            throw RequestException.Bad("records: expected 1 to 1,000 ids of records.");
        Reason(asked.Reason);
        ImmutableArray<string> withheld = asked.Withhold is { IsDefault: false } given ? [.. given.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] : [];
        return ledger.ActAsync(actor, async act =>
        {
            var partner = await partners.RequireAsync(act.Db, asked.Partner, cancel).ConfigureAwait(false);
            var ids = ImmutableArray.CreateBuilder<string>();
            foreach (var recordId in asked.Records.Distinct(StringComparer.Ordinal))
            {
                var record = await holdings.RequireHeldAsync(act.Db, recordId, cancel).ConfigureAwait(false);
                foreach (var property in withheld.Where(property => Schemata.TypeOf(record.Schema, property) is null))
                    throw RequestException.Bad($"withhold: a {record.Schema} has no property '{QueryText.Short(property)}'.");
                RequireAllowed(record, Explain(record, partner, act.At));
                if (await act.Db.Releases.AnyAsync(release => release.RecordId == recordId && release.PartnerId == asked.Partner && release.State == ReleaseState.Proposed, cancel).ConfigureAwait(false))
                    throw RequestException.Conflict($"The release of {recordId} to this partner is proposed already.");
                var made = new RecordRelease
                {
                    Id = NodeId.New(act.At),
                    RecordId = recordId,
                    PartnerId = asked.Partner,
                    Withheld = string.Join(',', withheld),
                    Reason = asked.Reason,
                    State = ReleaseState.Proposed,
                    ProposedBy = actor.AccountId ?? throw RequestException.Forbidden("Only a person can propose a release."),
                    ProposedAt = act.At,
                };
                act.Db.Releases.Add(made);
                act.Record(AuditAction.ReleaseProposed, $"release:{made.Id}", new { record = recordId, partner = asked.Partner, made.Withheld, asked.Reason, record.Version });
                ids.Add(made.Id);
            }
            return ids.ToImmutable();
        }, cancel);
    }

    /// <summary>Approves a release that somebody else proposed: the record goes.</summary>
    /// <param name="actor">Who does.</param>
    /// <param name="id">The release.</param>
    /// <param name="reason">Why, or what was looked at.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="RequestException">The actor proposed it, it is decided, or the record may not go any more.</exception>
    public async Task ApproveAsync(Actor actor, string id, string reason, CancellationToken cancel)
    {
        Reason(reason);
        var told = await ledger.ActAsync(actor, async act =>
        {
            var release = await RequireProposedAsync(act.Db, id, cancel).ConfigureAwait(false);
            if (release.ProposedBy == actor.AccountId)
                throw RequestException.Forbidden("Somebody else than who proposed a release approves it.");
            var partner = await partners.RequireAsync(act.Db, release.PartnerId, cancel).ConfigureAwait(false);
            var record = await holdings.RequireHeldAsync(act.Db, release.RecordId, cancel).ConfigureAwait(false);
            var verdict = Explain(record, partner, act.At);
            RequireAllowed(record, verdict);
            var withheld = release.WithheldProperties();
            var marking = record.ReadMarking();
            var leaving = SignedRecord.Parse(record.Signed).Redact(each => holdings.Disclosed(each, withheld, marking, verdict.Agreement!, release.PartnerId));
            var outbox = new Outbox(act);
            await outbox.TellAsync(release.PartnerId, ExchangeEventKind.Released, record, record.Version, leaving.Text, leaving.Hash, cancel).ConfigureAwait(false);
            Decide(release, ReleaseState.Approved, act, reason);
            act.Record(AuditAction.ReleaseApproved, $"release:{id}", new { record = record.Id, partner = release.PartnerId, record.Version, record.Hash, agreement = verdict.Agreement!.Id, reason });
            return outbox.Told;
        }, cancel).ConfigureAwait(false);
        foreach (var partner in told)
            bell.Ring(partner);
    }

    /// <summary>Returns a release; who proposed it may take it back.</summary>
    /// <param name="actor">Who does.</param>
    /// <param name="id">The release.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancel">Gives up.</param>
    public Task ReturnAsync(Actor actor, string id, string reason, CancellationToken cancel)
    {
        Reason(reason);
        return ledger.ActAsync(actor, async act =>
        {
            var release = await RequireProposedAsync(act.Db, id, cancel).ConfigureAwait(false);
            if (release.ProposedBy != actor.AccountId && !actor.May(Right.ApproveReleases))
                throw RequestException.Forbidden("Who proposed a release may take it back, and who approves releases may return it.");
            Decide(release, ReleaseState.Returned, act, reason);
            act.Record(AuditAction.ReleaseReturned, $"release:{id}", new { record = release.RecordId, partner = release.PartnerId, reason });
            return true;
        }, cancel);
    }

    /// <summary>Why a record may go to a partner, or may not.</summary>
    /// <param name="record">The record.</param>
    /// <param name="partner">The partner.</param>
    /// <param name="now">The time.</param>
    public ReleaseVerdict Explain(HeldRecord record, PartnerStanding partner, DateTimeOffset now) =>
        ReleaseCheck.Explain(record.ReadMarking(), record.State == RecordState.Recalled, partner.Terms, own.Id, partner.Row.Id, now);

    private static void RequireAllowed(HeldRecord record, ReleaseVerdict verdict)
    {
        if (verdict.Allowed)
            return;
        var failed = verdict.Rules.Where(rule => !rule.Passed).ToList();
        throw new RequestException(409, $"{record.Id} may not go to this partner: {string.Join(", ", failed.Select(rule => rule.Code))} does not hold.")
        {
            Extensions = { ["rules"] = failed.Select(rule => new { rule.Code, rule.Parameters }) },
        };
    }

    private static async Task<RecordRelease> RequireProposedAsync(NodeDb db, string id, CancellationToken cancel)
    {
        var release = await db.Releases.SingleOrDefaultAsync(each => each.Id == id, cancel).ConfigureAwait(false) ?? throw RequestException.NotFound("There is no such release.");
        return release.State == ReleaseState.Proposed ? release : throw RequestException.Conflict("The release is decided already.");
    }

    private static void Decide(RecordRelease release, ReleaseState state, Act act, string reason) =>
        (release.State, release.DecidedBy, release.DecidedAt, release.DecisionReason) = (state, act.Actor.AccountId, act.At, reason);

    private static void Reason(string reason)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason)
            throw RequestException.Bad($"reason: expected why, in up to {LongestReason} characters.");
    }
}

/// <summary>What is to go to a partner.</summary>
/// <param name="Partner">The partner.</param>
/// <param name="Records">The records.</param>
/// <param name="Reason">Why the partner is to have them.</param>
/// <param name="Withhold">Properties none of whose values go with them.</param>
internal sealed record ReleaseRequest(string Partner, ImmutableArray<string> Records, string Reason, ImmutableArray<string>? Withhold = null);
