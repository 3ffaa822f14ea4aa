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
internal sealed class ReceiptDesk(OwnIdentity own, PartnerBell bell, NodeStore store, Ledger ledger, TimeProvider clock, ILogger<ReceiptDesk> log)
{
    /// <summary>The bell that rings where there are receipts to be given to a partner.</summary>
    public static string BellOf(string partner) => $"receipts {partner}";

    /// <summary>Takes a batch from a partner.</summary>
    /// <param name="partnerId">The partner.</param>
    /// <param name="batch">What it gave.</param>
    /// <param name="cancel">Gives up before anything is taken.</param>
    public async Task TakeAsync(string partnerId, ReceiptBatch batch, CancellationToken cancel)
    {
        NodeIdentity identity;
        Dictionary<string, NodeIdentity> cards;
        await using (var db = store.Open())
        {
            identity = await PartnerBook.IdentityAsync(db, partnerId, cancel).ConfigureAwait(false);
            cards = await CardsAsync(db, batch, cancel).ConfigureAwait(false);
        }
        // Signatures take most of the time, and need nothing of the store.
        var read = batch.Receipts.AsParallel().AsOrdered().WithCancellation(cancel).Select(text => Read(partnerId, text, identity, own.Id, via: null))
            .Concat(batch.Onward.AsParallel().AsOrdered().Select(each => Claimed(each.Receipt) is { } receiver && cards.TryGetValue(receiver, out var signer) ? Read(receiver, each.Receipt, signer, each.Sender, via: partnerId) : null))
            .OfType<Taken>().ToList();
        var forwarded = await ledger.ActAsync(Actor.System($"partner {partnerId}"), async act =>
        {
            var partner = await act.Db.Partners.SingleAsync(each => each.Id == partnerId, cancel).ConfigureAwait(false);
            partner.HeardAt = act.At;
            var abouts = read.Where(each => each.Via is null).Select(each => each.Receipt.About).Distinct(StringComparer.Ordinal).ToList();
            var copies = (await act.Db.Copies.Where(copy => copy.Holder == partnerId && abouts.Contains(copy.About)).ToListAsync(cancel).ConfigureAwait(false)).ToLookup(copy => copy.About, StringComparer.Ordinal);
            var answered = new List<object>();
            var onwardTo = new HashSet<string>(StringComparer.Ordinal);
            foreach (var each in read)
            {
                foreach (var copy in each.Via is null ? copies[each.Receipt.About] : await OnwardAsync(act, each.Holder, each.Receipt, each.Via, cancel).ConfigureAwait(false))
                    await AnswerAsync(act, copy, each, answered, onwardTo, cancel).ConfigureAwait(false);
            }
            if (answered.Count > 0)
                act.Record(AuditAction.ReceiptsReceived, $"partner:{partnerId}", new { receipts = answered });
            return onwardTo;
        }, cancel).ConfigureAwait(false);
        foreach (var partner in forwarded)
            bell.Ring(BellOf(partner));
    }

    private Taken? Read(string holder, string text, NodeIdentity signer, string sender, string? via)
    {
        try
        {
            return new Taken(holder, text, Receipt.Verify(text, signer, sender, clock.GetUtcNow()), sender, via);
        }
        catch (RefusedException fault)
        {
            log.LogWarning("A receipt that came from partner {Partner} was not taken: {Reason}", via ?? holder, fault.Message);
            return null;
        }
    }

    private async Task AnswerAsync(Act act, RecordCopy copy, Taken taken, List<object> answered, HashSet<string> onwardTo, CancellationToken cancel)
    {
        var receipt = taken.Receipt;
        copy.State = receipt.Outcome switch
        {
            ReceiptOutcome.Stored => CopyState.Stored,
            ReceiptOutcome.Complied => CopyState.Complied,
            _ => CopyState.Refused,
        };
        (copy.AnsweredAt, copy.Reason, copy.Receipt) = (act.At, receipt.Reason, taken.Text);
        answered.Add(new { record = copy.RecordId, holder = taken.Holder, via = taken.Via, receipt.Version, receipt.Outcome, receipt.Reason, receipt.About });
        // Of a record that came from elsewhere, its originator is to know too.
        if (copy.RecordId.StartsWith(own.Id + ':', StringComparison.Ordinal))
            return;
        var record = await act.Db.Records.FindAsync([copy.RecordId], cancel).ConfigureAwait(false);
        if (record is { ReceivedFrom: { } from } && from != taken.Via && from != taken.Holder)
        {
            act.Db.PartnerReceipts.Add(new PartnerReceipt { Id = Entente.Node.Store.NodeId.New(act.At), PartnerId = from, Text = taken.Text, Receiver = taken.Holder, Sender = taken.Sender });
            onwardTo.Add(from);
        }
    }

    /// <summary>The copy that a partner passed on, which is known from its first receipt.</summary>
    private static async Task<RecordCopy[]> OnwardAsync(Act act, string holder, Receipt receipt, string via, CancellationToken cancel)
    {
        // Of what this node gave to the partner that passed it on, and of nothing else.
        var ids = await act.Db.Copies.Where(copy => copy.Holder == via).Join(act.Db.Records, copy => copy.RecordId, record => record.Id, (_, record) => record)
            .Where(record => record.RecordId == receipt.Record).Select(record => record.Id).ToListAsync(cancel).ConfigureAwait(false);
        if (ids.Count != 1)
            return [];
        var known = await act.Db.Copies.FindAsync([ids[0], holder], cancel).ConfigureAwait(false);
        if (known is null)
        {
            known = new RecordCopy { RecordId = ids[0], Holder = holder, Via = via, Told = "", About = "" };
            act.Db.Copies.Add(known);
        }
        else if (known.Via is null)
        {
            return known.About == receipt.About ? [known] : []; // it also got one from here
        }
        known.Told = receipt.Outcome == ReceiptOutcome.Stored ? "released" : receipt.Outcome == ReceiptOutcome.Complied ? "recalled" : known.Told;
        (known.About, known.Version, known.ToldAt) = (receipt.About, receipt.Version, receipt.SignedAt);
        return [known];
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

    /// <summary>A receipt whose signature holds.</summary>
    private sealed record Taken(string Holder, string Text, Receipt Receipt, string Sender, string? Via);
}
