using Entente.Exchange.Identity;
using Entente.Exchange.Messages;
using Entente.Exchange.Signing;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Holdings;
using Entente.Node.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Entente.Node.Partners;

/// <summary>Takes receipts, which say what became of copies; those of copies that this node passed on go on to whom it has the record from.</summary>
internal sealed class ReceiptDesk(OwnIdentity own, PartnerBell bell, Ledger ledger, TimeProvider clock, ILogger<ReceiptDesk> log)
{
    /// <summary>The bell that rings where there are receipts to be given to a partner.</summary>
    public static string BellOf(string partner) => $"receipts {partner}";

    /// <summary>Takes a batch from a partner.</summary>
    /// <param name="partnerId">The partner.</param>
    /// <param name="batch">What it gave.</param>
    /// <param name="cancel">Gives up before anything is taken.</param>
    public async Task TakeAsync(string partnerId, ReceiptBatch batch, CancellationToken cancel)
    {
        var forwarded = await ledger.ActAsync(Actor.System($"partner {partnerId}"), async act =>
        {
            var partner = await act.Db.Partners.SingleAsync(each => each.Id == partnerId, cancel).ConfigureAwait(false);
            partner.HeardAt = act.At;
            var identity = NodeIdentity.Parse(partner.Card);
            var cards = await CardsAsync(act.Db, batch, cancel).ConfigureAwait(false);
            var taken = new List<object>();
            var onwardTo = new HashSet<string>(StringComparer.Ordinal);
            foreach (var text in batch.Receipts)
                await TakeAsync(act, partnerId, text, identity, own.Id, via: null, taken, onwardTo, cancel).ConfigureAwait(false);
            foreach (var (sender, text) in batch.Onward)
            {
                if (Claimed(text) is { } receiver && cards.TryGetValue(receiver, out var signer))
                    await TakeAsync(act, receiver, text, signer, sender, via: partnerId, taken, onwardTo, cancel).ConfigureAwait(false);
            }
            if (taken.Count > 0)
                act.Record(AuditAction.ReceiptsReceived, $"partner:{partnerId}", new { receipts = taken });
            return onwardTo;
        }, cancel).ConfigureAwait(false);
        foreach (var partner in forwarded)
            bell.Ring(BellOf(partner));
    }

    private async Task TakeAsync(Act act, string holder, string text, NodeIdentity signer, string sender, string? via, List<object> taken, HashSet<string> onwardTo, CancellationToken cancel)
    {
        Receipt receipt;
        try
        {
            receipt = Receipt.Verify(text, signer, sender, clock.GetUtcNow());
        }
        catch (RefusedException fault)
        {
            log.LogWarning("A receipt that came from partner {Partner} was not taken: {Reason}", via ?? holder, fault.Message);
            return;
        }
        var copy = await FindAsync(act, holder, receipt, via, cancel).ConfigureAwait(false);
        if (copy is null)
            return;
        // A receipt of something that this node told before says nothing of what it told last.
        if (copy.About == receipt.About)
        {
            copy.State = receipt.Outcome switch
            {
                ReceiptOutcome.Stored => CopyState.Stored,
                ReceiptOutcome.Complied => CopyState.Complied,
                _ => CopyState.Refused,
            };
            (copy.AnsweredAt, copy.Reason, copy.Receipt) = (act.At, receipt.Reason, text);
            taken.Add(new { record = copy.RecordId, holder, via, receipt.Version, receipt.Outcome, receipt.Reason, receipt.About });
        }
        var record = await act.Db.Records.FindAsync([copy.RecordId], cancel).ConfigureAwait(false);
        if (record is { ReceivedFrom: { } from } && record.Originator != own.Id && from != via && from != holder)
        {
            act.Db.PartnerReceipts.Add(new PartnerReceipt { Id = Entente.Node.Store.NodeId.New(act.At), PartnerId = from, Text = text, Receiver = holder, Sender = sender });
            onwardTo.Add(from);
        }
    }

    /// <summary>The copy that a receipt is about. One that a partner passed on is known from its first receipt.</summary>
    private static async Task<RecordCopy?> FindAsync(Act act, string holder, Receipt receipt, string? via, CancellationToken cancel)
    {
        if (via is null)
            return await act.Db.Copies.FirstOrDefaultAsync(copy => copy.Holder == holder && copy.About == receipt.About, cancel).ConfigureAwait(false);
        // Of what this node gave to the partner that passed it on, and of nothing else.
        var ids = await act.Db.Copies.Where(copy => copy.Holder == via).Join(act.Db.Records, copy => copy.RecordId, record => record.Id, (_, record) => record)
            .Where(record => record.RecordId == receipt.Record).Select(record => record.Id).ToListAsync(cancel).ConfigureAwait(false);
        if (ids.Count != 1)
            return null;
        var known = await act.Db.Copies.FindAsync([ids[0], holder], cancel).ConfigureAwait(false);
        if (known is null)
        {
            known = new RecordCopy { RecordId = ids[0], Holder = holder, Via = via, Told = "", About = "" };
            act.Db.Copies.Add(known);
        }
        else if (known.Via is null)
        {
            return known.About == receipt.About ? known : null; // it also got one from here
        }
        known.Told = receipt.Outcome == ReceiptOutcome.Stored ? "released" : receipt.Outcome == ReceiptOutcome.Complied ? "recalled" : known.Told;
        (known.About, known.Version, known.ToldAt) = (receipt.About, receipt.Version, receipt.SignedAt);
        return known;
    }

    private static async Task<Dictionary<string, NodeIdentity>> CardsAsync(NodeDb db, ReceiptBatch batch, CancellationToken cancel)
    {
        var cards = new Dictionary<string, NodeIdentity>(StringComparer.Ordinal);
        if (batch.Onward.IsEmpty)
            return cards;
        foreach (var card in batch.Cards)
        {
            var identity = NodeIdentity.Parse(card);
            cards[identity.Id] = identity;
        }
        // What this node knows itself counts for more than what it is told.
        foreach (var partner in await db.Partners.AsNoTracking().ToListAsync(cancel).ConfigureAwait(false))
            cards[partner.Id] = NodeIdentity.Parse(partner.Card);
        return cards;
    }

    private static string? Claimed(string text)
    {
        try
        {
            return Receipt.ClaimedReceiver(text);
        }
        catch (RefusedException)
        {
            return null;
        }
    }
}
