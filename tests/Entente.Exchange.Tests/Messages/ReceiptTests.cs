using System.Text;
using Entente.Exchange.Messages;
using Entente.Exchange.Signing;

namespace Entente.Exchange.Tests.Messages;

public sealed class ReceiptTests
{
    private const string About = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private static readonly DateTimeOffset Now = Nodes.Now;

    private static Receipt Made(ReceiptOutcome outcome = ReceiptOutcome.Complied, string? reason = null, TestNode? receiver = null, TestNode? sender = null) =>
        Receipt.Sign((receiver ?? Nodes.Ally).Key, (receiver ?? Nodes.Ally).Id, (sender ?? Nodes.Us).Id, "rec-1", 2, About, outcome, reason, Now);

    [Theory]
    [InlineData(ReceiptOutcome.Stored, null)]
    [InlineData(ReceiptOutcome.Complied, null)]
    [InlineData(ReceiptOutcome.Refused, "قضية مفتوحة")]
    public void A_receipt_proves_what_became_of_it(ReceiptOutcome outcome, string? reason)
    {
        var read = Receipt.Verify(Made(outcome, reason).Text, Nodes.Ally.Identity, Nodes.Us.Id, Now);
        Assert.Equal((Nodes.Ally.Id, Nodes.Us.Id, "rec-1", 2, About, outcome, reason, Now), (read.Receiver, read.Sender, read.Record, read.Version, read.About, read.Outcome, read.Reason, read.SignedAt));
        Assert.Equal(Nodes.Ally.Id, Receipt.ClaimedReceiver(read.Text));
    }

    [Fact]
    public void Every_letter_counts()
    {
        var text = Made().Text;
        Assert.All(Tamper.Everywhere(text), altered => Assert.True(Refuse.Noticed(() => Receipt.Verify(altered, Nodes.Ally.Identity, Nodes.Us.Id, Now)), altered));
    }

    [Fact]
    public void A_receipt_for_one_node_proves_nothing_to_another()
    {
        Refuse.Because(Refusal.WrongAudience, () => Receipt.Verify(Made().Text, Nodes.Ally.Identity, Nodes.Third.Id, Now));
        Refuse.Because(Refusal.UnknownKey, () => Receipt.Verify(Made().Text, Nodes.Third.Identity, Nodes.Us.Id, Now));
        // Signed by one node in the name of another.
        var forged = Receipt.Sign(Nodes.Third.Key, Nodes.Ally.Id, Nodes.Us.Id, "rec-1", 2, About, ReceiptOutcome.Complied, null, Now).Text;
        Refuse.Because(Refusal.WrongIssuer, () => Receipt.Verify(forged, Nodes.Third.Identity, Nodes.Us.Id, Now));
    }

    [Fact]
    public void The_originator_reads_the_receipt_of_an_onward_copy()
    {
        // Third complied, and told Ally, from which it has the copy; Ally tells Us, with Third's card.
        var onward = Made(receiver: Nodes.Third, sender: Nodes.Ally);
        var batch = ReceiptBatch.Parse(new ReceiptBatch([Made().Text], [new OnwardReceipt(Nodes.Ally.Id, onward.Text)], [Nodes.Third.Identity.Card]).ToBytes());
        var signer = Entente.Exchange.Identity.NodeIdentity.Parse(Assert.Single(batch.Cards));
        var forwarded = Assert.Single(batch.Onward);
        Assert.Equal(Nodes.Third.Id, Receipt.Verify(forwarded.Receipt, signer, forwarded.Sender, Now).Receiver);
        Assert.Equal(ReceiptOutcome.Complied, Receipt.Verify(Assert.Single(batch.Receipts), Nodes.Ally.Identity, Nodes.Us.Id, Now).Outcome);
    }

    [Fact]
    public void A_refusal_has_a_reason_and_nothing_else_has()
    {
        Assert.Throws<ArgumentException>(() => Made(ReceiptOutcome.Refused));
        Assert.Throws<ArgumentException>(() => Made(ReceiptOutcome.Refused, ""));
        Assert.Throws<ArgumentException>(() => Made(ReceiptOutcome.Refused, new string('x', 501)));
        Assert.Throws<ArgumentException>(() => Made(ReceiptOutcome.Stored, "why"));
        Assert.Throws<ArgumentException>(() => Made(ReceiptOutcome.None));
    }

    [Theory]
    [InlineData("\"complied\"", "\"none\"")]
    [InlineData("\"complied\"", "\"Complied\"")]
    [InlineData("\"complied\"", "2")]
    [InlineData("\"complied\"", "\"refused\"")]
    [InlineData("\"outcome\":\"complied\",", "")]
    [InlineData("\"version\":2", "\"version\":2,\"forged\":true")]
    public void A_receipt_that_is_not_wholly_understood_is_refused(string was, string becomes)
    {
        var json = Encoding.UTF8.GetString(Jws.ClaimedPayload(Made().Text, MessageType.Receipt));
        Assert.Contains(was, json, StringComparison.Ordinal);
        var text = Jws.Sign(Nodes.Ally.Key, MessageType.Receipt, Encoding.UTF8.GetBytes(json.Replace(was, becomes, StringComparison.Ordinal)));
        Refuse.Because(Refusal.Malformed, () => Receipt.Verify(text, Nodes.Ally.Identity, Nodes.Us.Id, Now));
    }

    [Fact]
    public void A_batch_has_bounds()
    {
        Assert.Throws<ArgumentException>(() => new ReceiptBatch(Enumerable.Repeat("x", ReceiptBatch.MaxReceipts + 1)));
        Refuse.Because(Refusal.TooLarge, () => ReceiptBatch.Parse(Encoding.UTF8.GetBytes($$"""{"receipts":[{{string.Join(',', Enumerable.Repeat("\"x\"", 1001))}}],"onward":[],"cards":[]}""")));
        Refuse.Because(Refusal.TooLarge, () => ReceiptBatch.Parse(new byte[ReceiptBatch.MaxBytes + 1]));
        Assert.All(["", "[]", "{}", """{"receipts":[null],"onward":[],"cards":[]}""", """{"receipts":[],"onward":[{"sender":"a"}],"cards":[]}""", """{"receipts":[],"onward":[],"cards":[]}x"""], json =>
            Refuse.Because(Refusal.Malformed, () => ReceiptBatch.Parse(Encoding.UTF8.GetBytes(json))));
    }
}
