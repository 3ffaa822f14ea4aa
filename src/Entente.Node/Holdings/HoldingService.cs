using System.Collections.Immutable;
using System.Text.Json;
using Entente.Exchange.Agreements;
using Entente.Exchange.Messages;
using Entente.Exchange.Release;
using Entente.Node.Access;
using Entente.Node.Alerts;
using Entente.Node.Audit;
using Entente.Node.Hosting;
using Entente.Node.Partners;
using Entente.Node.Store;
using Entente.Records.Markings;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Holdings;

/// <summary>This node's own records: made, changed, tightened and recalled; and what holders of copies are told of it.</summary>
internal sealed class HoldingService(OwnIdentity own, PartnerBook partners, PartnerBell bell, Ledger ledger, TimeProvider clock)
{
    /// <summary>Makes a record.</summary>
    /// <param name="actor">Who does.</param>
    /// <param name="draft">What it says, and its marking.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The record's id.</returns>
    /// <exception cref="RequestException">400: it is not in order.</exception>
    public Task<string> CreateAsync(Actor actor, RecordDraft draft, CancellationToken cancel) => ledger.ActAsync(actor, act =>
    {
        var recordId = NodeId.New(act.At);
        var content = draft.ToContent(recordId, own.Id, 1, null);
        var signed = Sign(content);
        var record = HeldRecord.New(own.Id, recordId, null, act.At);
        record.Take(content, signed, content.Marking);
        record.KeptUntil = content.Marking.Expires;
        act.Db.Records.Add(record);
        act.Record(AuditAction.RecordCreated, $"record:{record.Id}", new { record.Version, record.Hash, marking = content.Marking });
        return Task.FromResult(record.Id);
    }, cancel);

    /// <summary>Makes a new version of a record; whoever holds a copy and may have the new version gets it, and whoever may not is told to erase theirs.</summary>
    /// <param name="actor">Who does.</param>
    /// <param name="id">The record.</param>
    /// <param name="version">The version that the actor saw.</param>
    /// <param name="draft">What the new one says.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="RequestException">It is not this node's own, not the version it was, or not in order.</exception>
    public Task AmendAsync(Actor actor, string id, int version, RecordDraft draft, CancellationToken cancel) => TellAsync(actor, async (act, outbox) =>
    {
        var record = await RequireOwnAsync(act.Db, id, version, cancel).ConfigureAwait(false);
        var (formerVersion, formerHash) = (record.Version, record.Hash);
        var content = draft.ToContent(record.RecordId, own.Id, record.Version + 1, record.Hash);
        var signed = Sign(content);
        record.Take(content, signed, content.Marking);
        record.KeptUntil = content.Marking.Expires;
        record.ChangedAt = act.At;
        foreach (var copy in await HoldersAsync(act.Db, id, cancel).ConfigureAwait(false))
        {
            var partner = await partners.RequireAsync(act.Db, copy.Holder, cancel).ConfigureAwait(false);
            var verdict = ReleaseCheck.Explain(content.Marking, false, partner.Terms with { Suspended = false }, own.Id, copy.Holder, act.At);
            if (verdict is { Allowed: true, Agreement: { } agreement })
            {
                var withheld = await WithheldAsync(act.Db, id, copy.Holder, cancel).ConfigureAwait(false);
                var released = signed.Redact(each => Disclosed(each, withheld, content.Marking, agreement, copy.Holder));
                await outbox.TellAsync(copy.Holder, ExchangeEventKind.Amended, record, record.Version, released.Text, released.Hash, cancel).ConfigureAwait(false);
                continue;
            }
            var notice = RecallNotice.Sign(own.Key, own.Id, record.RecordId, formerVersion, formerHash, "", act.At);
            await outbox.TellAsync(copy.Holder, ExchangeEventKind.Recalled, record, formerVersion, notice.Text, notice.Hash, cancel).ConfigureAwait(false);
        }
        act.Record(AuditAction.RecordChanged, $"record:{id}", new { record.Version, record.Hash, marking = content.Marking, told = outbox.Told });
    }, cancel);

    /// <summary>Tightens the marking of a record: of this node's own everywhere, of a partner's here only.</summary>
    /// <param name="actor">Who does.</param>
    /// <param name="id">The record.</param>
    /// <param name="to">The level, audience and end that it is to have at least.</param>
    /// <param name="cancel">Gives up.</param>
    public Task TightenAsync(Actor actor, string id, TightenRequest to, CancellationToken cancel) => TellAsync(actor, async (act, outbox) =>
    {
        var record = await RequireHeldAsync(act.Db, id, cancel).ConfigureAwait(false);
        var was = record.ReadMarking();
        var becomes = was.Tighten(to.Tlp ?? was.Tlp, to.Audience ?? was.Audience, to.Expires);
        if (becomes == was)
            throw RequestException.Bad("The marking is as tight as that already. Loosening needs a new version, by the record's originator.");
        if (becomes.Expires <= act.At)
            throw RequestException.Bad("expires: that is over. To end a record now, recall it.");
        record.Marking = JsonSerializer.Serialize(becomes, NodeJson.Options);
        record.KeptUntil = becomes.Expires < record.KeptUntil ? becomes.Expires : record.KeptUntil;
        record.ChangedAt = act.At;
        if (record.Originator == own.Id)
        {
            var notice = TightenNotice.Sign(own.Key, record.RecordId, record.Version, record.Hash, was, becomes, act.At);
            foreach (var copy in await HoldersAsync(act.Db, id, cancel).ConfigureAwait(false))
                await outbox.TellAsync(copy.Holder, ExchangeEventKind.Tightened, record, record.Version, notice.Text, notice.Hash, cancel).ConfigureAwait(false);
        }
        act.Record(AuditAction.RecordChanged, $"record:{id}", new { record.Version, marking = becomes, told = outbox.Told });
    }, cancel);

    /// <summary>Recalls a record of this node's own: every holder of a copy is told to erase it. Here it stays, to be looked at and corrected.</summary>
    /// <param name="actor">Who does.</param>
    /// <param name="id">The record.</param>
    /// <param name="reason">Why, for the holders' people.</param>
    /// <param name="cancel">Gives up.</param>
    public Task RecallAsync(Actor actor, string id, string reason, CancellationToken cancel) => TellAsync(actor, async (act, outbox) =>
    {
        if (reason.Length is 0 or > 500)
            throw RequestException.Bad("reason: expected why, in up to 500 characters; the holders' people read it.");
        var record = await RequireHeldAsync(act.Db, id, cancel).ConfigureAwait(false);
        if (record.Originator != own.Id)
            throw RequestException.Conflict("Only its originator can recall a record.");
        record.State = RecordState.Recalled;
        record.RecalledBecause = reason;
        await AlertWriter.ReopenRecalledAsync(act, record.Id, cancel).ConfigureAwait(false);
        record.ChangedAt = act.At;
        var notice = RecallNotice.Sign(own.Key, own.Id, record.RecordId, record.Version, record.Hash, reason, act.At);
        foreach (var copy in await HoldersAsync(act.Db, id, cancel).ConfigureAwait(false))
            await outbox.TellAsync(copy.Holder, ExchangeEventKind.Recalled, record, record.Version, notice.Text, notice.Hash, cancel).ConfigureAwait(false);
        act.Record(AuditAction.RecordRecalled, $"record:{id}", new { record.Version, reason, told = outbox.Told });
    }, cancel);

    /// <summary>Whether a statement goes with a record to a partner.</summary>
    internal bool Disclosed(RecordStatement statement, ImmutableHashSet<string> withheld, Marking marking, Agreement agreement, string partner) =>
        !withheld.Contains(statement.Property) && ReleaseCheck.Discloses(marking, statement.Mark, agreement, own.Id, partner);

    /// <summary>Those to whom this node itself gave a copy that they may still have.</summary>
    internal static Task<List<RecordCopy>> HoldersAsync(NodeDb db, string id, CancellationToken cancel) =>
        db.Copies.Where(RecordCopy.MayBeHeld).Where(copy => copy.RecordId == id && copy.Via == null).ToListAsync(cancel);

    /// <summary>What was withheld when the record was last released to a partner.</summary>
    internal static async Task<ImmutableHashSet<string>> WithheldAsync(NodeDb db, string id, string partner, CancellationToken cancel) =>
        (await db.Releases.AsNoTracking().Where(release => release.RecordId == id && release.PartnerId == partner && release.State == ReleaseState.Approved).OrderByDescending(release => release.DecidedAt).FirstOrDefaultAsync(cancel).ConfigureAwait(false))
            ?.WithheldProperties() ?? [];

    /// <summary>A record that is held.</summary>
    internal async Task<HeldRecord> RequireHeldAsync(NodeDb db, string id, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return await db.Records.SingleOrDefaultAsync(record => record.Id == id && record.State == RecordState.Held && record.KeptUntil > now, cancel).ConfigureAwait(false)
            ?? throw RequestException.NotFound("There is no such record, or it is held no longer.");
    }

    private async Task<HeldRecord> RequireOwnAsync(NodeDb db, string id, int version, CancellationToken cancel)
    {
        var record = await db.Records.SingleOrDefaultAsync(each => each.Id == id && each.Originator == own.Id, cancel).ConfigureAwait(false)
            ?? throw RequestException.NotFound("There is no such record of this node's own.");
        if (record.State == RecordState.Expired)
            throw RequestException.Conflict("The record has expired, and what it said is erased. Make a new one.");
        return record.Version == version ? record : throw RequestException.Conflict($"The record is at version {record.Version} by now.");
    }

    private SignedRecord Sign(RecordContent content)
    {
        try
        {
            return SignedRecord.Sign(own.Key, content, clock.GetUtcNow());
        }
        catch (ArgumentException fault)
        {
            throw RequestException.Bad(fault.Message.Split(" (Parameter", 2)[0]);
        }
    }

    private async Task TellAsync(Actor actor, Func<Act, Outbox, Task> work, CancellationToken cancel)
    {
        var told = await ledger.ActAsync(actor, async act =>
        {
            var outbox = new Outbox(act);
            await work(act, outbox).ConfigureAwait(false);
            return outbox.Told;
        }, cancel).ConfigureAwait(false);
        foreach (var partner in told)
            bell.Ring(partner);
    }
}

/// <summary>What a marking is to be tightened to; what is left out stays.</summary>
/// <param name="Tlp">The level.</param>
/// <param name="Audience">Who it may be released to.</param>
/// <param name="Expires">When it ends.</param>
internal sealed record TightenRequest(Tlp? Tlp = null, Audience? Audience = null, DateTimeOffset? Expires = null);
