using System.Collections.Immutable;
using System.Text.Json;
using Entente.Exchange.Agreements;
using Entente.Exchange.Identity;
using Entente.Exchange.Messages;
using Entente.Exchange.Release;
using Entente.Exchange.Signing;
using Entente.Node.Access;
using Entente.Node.Alerts;
using Entente.Node.Audit;
using Entente.Node.Holdings;
using Entente.Node.Store;
using Entente.Records.Markings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Entente.Node.Partners;

/// <summary>Takes what partners tell: each event once, in order, together with the receipt for it and the place to go on from.</summary>
/// <remarks>What does not hold, or may not come from this partner, is refused event by event, and said to the partner and in the log; the rest is taken.</remarks>
internal sealed class Inbox(OwnIdentity own, PartnerBook partners, PartnerClient client, PartnerEndpoints endpoints, PartnerBell bell, NodeStore store, Ledger ledger, TimeProvider clock, ILogger<Inbox> log)
{
    private const int LongestReason = 500;
    private static readonly TimeSpan ClocksApart = TimeSpan.FromHours(1) + TimeSpan.FromMinutes(5);

    /// <summary>Takes a page of events.</summary>
    /// <param name="partnerId">The partner that it came from.</param>
    /// <param name="page">The page, which goes on from where this node had read to.</param>
    /// <param name="cancel">Gives up before anything is taken.</param>
    /// <returns>Whether it was taken; not where the partner was suspended, or something else was read meanwhile.</returns>
    public async Task<bool> TakeAsync(string partnerId, EventPage page, CancellationToken cancel)
    {
        var claims = page.Events.Select(Claim.Of).ToArray();
        var known = await KnownAsync(partnerId, claims, cancel).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        // Signatures take most of the time, and need nothing of the store.
        var read = new Told[claims.Length];
        Parallel.For(0, read.Length, new ParallelOptions { CancellationToken = cancel }, at => read[at] = Read(claims[at], known, now));
        var told = await ledger.ActAsync<IReadOnlyCollection<string>?>(Actor.System($"partner {partnerId}"), async act =>
        {
            var partner = await partners.FindAsync(act.Db, partnerId, cancel).ConfigureAwait(false);
            // Suspended or read otherwise meanwhile: then it is asked again, or not any more.
            if (partner is not { Row.State: PartnerState.Confirmed } || page.Events.IsEmpty || partner.Row.ReadTo != page.Events[0].Sequence - 1)
                return null;
            var outbox = new Outbox(act);
            var ids = read.Select(each => each.RecordId).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
            var held = await act.Db.Records.Where(record => ids.Contains(record.Id)).ToDictionaryAsync(record => record.Id, StringComparer.Ordinal, cancel).ConfigureAwait(false);
            var outcomes = new List<object>(read.Length);
            var answers = new List<(Told Told, ReceiptOutcome Outcome, string? Reason)>(read.Length);
            foreach (var each in read)
            {
                var (outcome, reason) = await TakeAsync(act, outbox, partner, each, held, cancel).ConfigureAwait(false);
                if (each.About is not null)
                    answers.Add((each, outcome, reason));
                outcomes.Add(new { seq = each.Event.Sequence, kind = each.Event.Kind, record = each.RecordId ?? each.Event.Record, each.Event.Version, outcome, reason });
                if (outcome == ReceiptOutcome.Refused)
                    log.LogWarning("What partner {Partner} told as number {Sequence} ({Kind}) was not taken: {Reason}", partnerId, each.Event.Sequence, each.Event.Kind, reason);
            }
            var key = own.Key;
            foreach (var receipt in answers.AsParallel().AsOrdered().Select(each => Receipt.Sign(key, own.Id, partnerId, each.Told.Event.Record, each.Told.Event.Version, each.Told.About!, each.Outcome, each.Reason, act.At)))
                act.Db.PartnerReceipts.Add(new PartnerReceipt { Id = Entente.Node.Store.NodeId.New(act.At), PartnerId = partnerId, Text = receipt.Text });
            partner.Row.ReadTo = page.Next;
            partner.Row.HeardAt = act.At;
            act.Record(AuditAction.RecordsReceived, $"partner:{partnerId}", new { events = outcomes });
            return outbox.Told;
        }, cancel).ConfigureAwait(false);
        foreach (var partner in told ?? [])
            bell.Ring(partner);
        return told is not null;
    }

    private async Task<(ReceiptOutcome Outcome, string? Reason)> TakeAsync(Act act, Outbox outbox, PartnerStanding partner, Told told, Dictionary<string, HeldRecord> held, CancellationToken cancel)
    {
        if (told.Fault is { } fault)
            return (ReceiptOutcome.Refused, fault);
        var record = held.GetValueOrDefault(told.RecordId!);
        if (record is not null && record.Originator == own.Id)
            return (ReceiptOutcome.Refused, "The record is this node's own.");
        return told switch
        {
            { Record: { } verified, Signed: { } signed } => Keep(act, partner, verified, signed, record, held),
            { Tighten: { } notice } => await TightenAsync(act, outbox, notice, record, cancel).ConfigureAwait(false),
            { Recall: { } notice } => await RecallAsync(act, outbox, partner, notice, record, held, cancel).ConfigureAwait(false),
            _ => (ReceiptOutcome.Refused, "It is of no kind that this node knows."),
        };
    }

    private (ReceiptOutcome, string?) Keep(Act act, PartnerStanding partner, VerifiedRecord verified, SignedRecord signed, HeldRecord? record, Dictionary<string, HeldRecord> held)
    {
        var content = verified.Content;
        if (record is { State: RecordState.Recalled } && content.Version <= record.Version)
            return (ReceiptOutcome.Refused, "Its originator has recalled it.");
        if (record is not null && (content.Version < record.Version || (content.Version == record.Version && record is { State: RecordState.Held } && verified.Hash == record.Hash)))
            return (ReceiptOutcome.Stored, null); // known already, or older than what is known
        if (record is not null && content.Version == record.Version && verified.Hash != record.Hash)
            return (ReceiptOutcome.Refused, $"Another record is known as its version {content.Version}.");
        // What a partner may not give, this node does not take either.
        var verdict = ReleaseCheck.Explain(content.Marking, false, partner.Terms, partner.Row.Id, own.Id, act.At);
        // An agreement may have begun by the sender's clock, and not yet by this one's.
        if (!verdict.Allowed && ReleaseCheck.Explain(content.Marking, false, partner.Terms, partner.Row.Id, own.Id, act.At + ClocksApart) is { Allowed: true } soon)
            verdict = soon;
        if (verdict is not { Allowed: true, Agreement: { } agreement })
            return (ReceiptOutcome.Refused, $"It may not come here: {string.Join(", ", verdict.Rules.Where(rule => !rule.Passed).Select(rule => rule.Code))} does not hold.");
        if (record is null)
        {
            record = HeldRecord.New(verified.Originator, content.Id, partner.Row.Id, act.At);
            held[record.Id] = record;
            act.Db.Records.Add(record);
        }
        record.Take(content, signed, content.Marking);
        record.ReceivedFrom ??= partner.Row.Id;
        record.KeptUntil = agreement.KeptUntil(act.At, content.Marking);
        record.ChangedAt = act.At;
        return (ReceiptOutcome.Stored, null);
    }

    private async Task<(ReceiptOutcome, string?)> TightenAsync(Act act, Outbox outbox, TightenNotice notice, HeldRecord? record, CancellationToken cancel)
    {
        // A copy that is gone, or of another version, has nothing to be tightened.
        if (record is not { State: RecordState.Held } || record.Version != notice.Version)
            return (ReceiptOutcome.Complied, null);
        Marking becomes;
        try
        {
            becomes = notice.Apply(record.ReadMarking());
        }
        catch (RefusedException fault)
        {
            return (ReceiptOutcome.Refused, Short(fault.Message));
        }
        record.Marking = JsonSerializer.Serialize(becomes, NodeJson.Options);
        record.KeptUntil = becomes.Expires < record.KeptUntil ? becomes.Expires : record.KeptUntil;
        record.ChangedAt = act.At;
        await PassOnAsync(act, outbox, record, ExchangeEventKind.Tightened, notice.Version, notice.Text, notice.Hash, cancel).ConfigureAwait(false);
        if (!becomes.Audience.Admits(own.Id))
        {
            record.Erase(RecordState.Recalled, null); // it is no longer for this node
            await AlertWriter.ReopenRecalledAsync(act, record.Id, cancel).ConfigureAwait(false);
        }
        return (ReceiptOutcome.Complied, null);
    }

    private static async Task<(ReceiptOutcome, string?)> RecallAsync(Act act, Outbox outbox, PartnerStanding partner, RecallNotice notice, HeldRecord? record, Dictionary<string, HeldRecord> held, CancellationToken cancel)
    {
        if (record is null)
        {
            // Remembered, so that a copy that comes later by another way is not taken.
            record = HeldRecord.New(notice.Originator, notice.Record, partner.Row.Id, act.At);
            held[record.Id] = record;
            act.Db.Records.Add(record);
        }
        else if (notice.Version < record.Version)
        {
            return (ReceiptOutcome.Complied, null); // a later version took its place, and is not recalled
        }
        record.Version = notice.Version;
        record.Erase(RecordState.Recalled, notice.Reason);
        await AlertWriter.ReopenRecalledAsync(act, record.Id, cancel).ConfigureAwait(false);
        record.ChangedAt = act.At;
        await PassOnAsync(act, outbox, record, ExchangeEventKind.Recalled, notice.Version, notice.Text, notice.Hash, cancel).ConfigureAwait(false);
        act.Record(AuditAction.RecordRecalled, $"record:{record.Id}", new { notice.Version, notice.Reason, by = partner.Row.Id });
        return (ReceiptOutcome.Complied, null);
    }

    /// <summary>Whoever got a copy from here is told what the originator says.</summary>
    private static async Task PassOnAsync(Act act, Outbox outbox, HeldRecord record, ExchangeEventKind kind, int version, string payload, string about, CancellationToken cancel)
    {
        foreach (var copy in await HoldingService.HoldersAsync(act.Db, record.Id, cancel).ConfigureAwait(false))
            await outbox.TellAsync(copy.Holder, kind, record, version, payload, about, cancel).ConfigureAwait(false);
    }

    /// <summary>Those who signed what is on the page: the partner, and others whose records it passes on. The card of one that is not known is asked for.</summary>
    private async Task<ImmutableDictionary<string, NodeIdentity>> KnownAsync(string partnerId, Claim[] claims, CancellationToken cancel)
    {
        var signers = claims.Select(claim => claim.Originator).OfType<string>().Append(partnerId).ToHashSet(StringComparer.Ordinal);
        var known = ImmutableDictionary.CreateBuilder<string, NodeIdentity>(StringComparer.Ordinal);
        known[own.Id] = own.Identity;
        await using var db = store.Open();
        foreach (var partner in await db.Partners.AsNoTracking().Where(each => each.State != PartnerState.Introduced && signers.Contains(each.Id)).ToListAsync(cancel).ConfigureAwait(false))
            known[partner.Id] = NodeIdentity.Parse(partner.Card);
        foreach (var node in await db.KnownNodes.AsNoTracking().Where(each => signers.Contains(each.Id)).ToListAsync(cancel).ConfigureAwait(false))
            known.TryAdd(node.Id, NodeIdentity.Parse(node.Card));
        // Who is not known, and who may have taken a new key since it was last heard of.
        foreach (var id in claims.Where(claim => claim.Originator is { } signer && (!known.TryGetValue(signer, out var identity) || identity.Keys.All(period => period.Key.Id != claim.Key)))
            .Select(claim => claim.Originator!).Distinct(StringComparer.Ordinal).ToList())
        {
            if (id == own.Id)
                continue;
            if (id == partnerId)
                known[id] = await RenewAsync(known[id], cancel).ConfigureAwait(false);
            else if (await AskForCardAsync(known[partnerId], id, cancel).ConfigureAwait(false) is { } identity && (!known.TryGetValue(id, out var former) || identity.Succeeds(former)))
                known[id] = await RememberAsync(identity, partnerId, cancel).ConfigureAwait(false);
        }
        return known.ToImmutable();
    }

    /// <summary>The partner's present card.</summary>
    private async Task<NodeIdentity> RenewAsync(NodeIdentity partner, CancellationToken cancel)
    {
        if (partner.Addresses is not [{ } address, ..])
            return partner;
        var shown = await client.IntroduceAsync(address, cancel).ConfigureAwait(false);
        if (shown.Id != partner.Id)
            return partner;
        await endpoints.MeetAsync(shown, Actor.System($"partner {partner.Id}"), cancel).ConfigureAwait(false);
        return shown;
    }

    /// <summary>Keeps the card of a node whose records come through a partner; one that is a partner itself shows its card itself.</summary>
    private async Task<NodeIdentity> RememberAsync(NodeIdentity identity, string partnerId, CancellationToken cancel)
    {
        await ledger.ActAsync(Actor.System($"partner {partnerId}"), async act =>
        {
            if (await act.Db.KnownNodes.FindAsync([identity.Id], cancel).ConfigureAwait(false) is { } known)
                known.Card = identity.Card;
            else
                act.Db.KnownNodes.Add(new KnownNode { Id = identity.Id, Card = identity.Card, VouchedBy = partnerId });
            act.Record(AuditAction.PartnerIntroduced, $"node:{identity.Id}", new { identity.Name, key = identity.CurrentKey.Fingerprint.ToWords(), vouchedBy = partnerId });
            return true;
        }, cancel).ConfigureAwait(false);
        return identity;
    }

    private async Task<NodeIdentity?> AskForCardAsync(NodeIdentity partner, string id, CancellationToken cancel)
    {
        try
        {
            var card = await client.AskAsync(partner, $"/cards/{Uri.EscapeDataString(id)}", null, cancel).ConfigureAwait(false);
            var identity = NodeIdentity.Parse(System.Text.Encoding.ASCII.GetString(card));
            return identity.Id == id ? identity : null;
        }
        catch (PartnerUnreachableException fault) when (fault.NotFound)
        {
            return null;
        }
        catch (RefusedException)
        {
            return null;
        }
    }

    private static Told Read(Claim claim, ImmutableDictionary<string, NodeIdentity> known, DateTimeOffset now)
    {
        var told = claim.Event;
        if (claim.Originator is not { } originator || !known.TryGetValue(originator, out var signer))
            return new Told(told, null, null) { Fault = Short(claim.Fault ?? "Nobody whom this node knows has signed it.") };
        string? about = null;
        try
        {
            switch (told.Kind)
            {
                case ExchangeEventKind.Recalled:
                    var recall = RecallNotice.Verify(told.Payload, signer, now);
                    about = recall.Hash;
                    return Same(told, recall.Record, recall.Version) ?? new Told(told, HeldRecord.IdOf(originator, recall.Record), about) { Recall = recall };
                case ExchangeEventKind.Tightened:
                    var tighten = TightenNotice.Verify(told.Payload, signer, now);
                    about = tighten.Hash;
                    return Same(told, tighten.Record, tighten.Version) ?? new Told(told, HeldRecord.IdOf(originator, tighten.Record), about) { Tighten = tighten };
                default:
                    var signed = claim.Signed!;
                    about = signed.Hash;
                    var verified = signed.Verify(signer, now);
                    return Same(told, verified.Content.Id, verified.Content.Version) ?? new Told(told, HeldRecord.IdOf(originator, verified.Content.Id), about) { Record = verified, Signed = signed };
            }
        }
        catch (RefusedException fault)
        {
            return new Told(told, null, about) { Fault = Short(fault.Message) };
        }
    }

    private static Told? Same(ExchangeEvent told, string record, int version) =>
        told.Record == record && told.Version == version ? null : new Told(told, null, null) { Fault = "It is about another record or version than it says outside." };

    private static string Short(string reason) => reason.Length <= LongestReason ? reason : reason[..LongestReason];

    /// <summary>An event, and whose it says that it is; nothing of that is checked.</summary>
    /// <param name="Event">The event.</param>
    /// <param name="Originator">The node that it claims to come from; null where it is of no form that could be read.</param>
    /// <param name="Key">The key that it claims to be signed by.</param>
    /// <param name="Signed">The record, where it is one.</param>
    private sealed record Claim(ExchangeEvent Event, string? Originator, string? Key, SignedRecord? Signed)
    {
        /// <summary>Why it cannot be read; null where it can.</summary>
        public string? Fault { get; private init; }

        public static Claim Of(ExchangeEvent told)
        {
            try
            {
                switch (told.Kind)
                {
                    case ExchangeEventKind.Recalled:
                        return new Claim(told, RecallNotice.ClaimedOriginator(told.Payload), Jws.ClaimedKey(told.Payload, MessageType.Recall), null);
                    case ExchangeEventKind.Tightened:
                        return new Claim(told, TightenNotice.ClaimedOriginator(told.Payload), Jws.ClaimedKey(told.Payload, MessageType.Tighten), null);
                    default:
                        var signed = SignedRecord.Parse(told.Payload);
                        return new Claim(told, signed.ClaimedOriginator(), Jws.ClaimedKey(told.Payload.AsSpan(0, told.Payload.IndexOf('~', StringComparison.Ordinal)), MessageType.Record), signed);
                }
            }
            catch (RefusedException fault)
            {
                return new Claim(told, null, null, null) { Fault = fault.Message };
            }
        }
    }

    /// <summary>An event, read.</summary>
    private sealed record Told(ExchangeEvent Event, string? RecordId, string? About)
    {
        public string? Fault { get; init; }

        public VerifiedRecord? Record { get; init; }

        public SignedRecord? Signed { get; init; }

        public TightenNotice? Tighten { get; init; }

        public RecallNotice? Recall { get; init; }
    }
}
