using System.Text;
using Entente.Exchange.Messages;
using Entente.Exchange.Release;
using Entente.Exchange.Signing;
using Entente.Records.Markings;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Exchange.Tests.Messages;

public sealed class NoticeTests
{
    private static readonly DateTimeOffset Now = Nodes.Now;
    private static readonly Marking Was = Nodes.Marking();

    private static readonly SignedRecord Record = SignedRecord.Sign(
        Nodes.Us.Key, new RecordContent { Id = "rec-1", Version = 1, Schema = "Person", Marking = Was, Statements = [new RecordStatement("name", "Tamim al-Nahri")] }, Now);

    private static RecallNotice Recalled => RecallNotice.Sign(Nodes.Us.Key, Nodes.Us.Id, "rec-1", 1, Record.Hash, "mistaken identity", Now);

    private static TightenNotice Tightened(Marking? becomes = null) =>
        TightenNotice.Sign(Nodes.Us.Key, "rec-1", 1, Record.Hash, Was, becomes ?? Was.Tighten(Tlp.AmberStrict, Audience.Of([Nodes.Ally.Id])), Now);

    [Fact]
    public void A_recall_holds_through_whomever_it_comes()
    {
        var read = RecallNotice.Verify(Recalled.Text, Nodes.Us.Identity, Now);
        Assert.Equal((Nodes.Us.Id, "rec-1", 1, Record.Hash, "mistaken identity", Now), (read.Originator, read.Record, read.Version, read.About, read.Reason, read.SignedAt));
        Assert.Equal(Recalled.Record, read.Record);
        Assert.Equal(Nodes.Us.Id, RecallNotice.ClaimedOriginator(read.Text));
        Assert.All(Tamper.Everywhere(read.Text), text => Assert.True(Refuse.Noticed(() => RecallNotice.Verify(text, Nodes.Us.Identity, Now)), text));
    }

    [Fact]
    public void Nobody_recalls_or_tightens_for_another()
    {
        var forged = RecallNotice.Sign(Nodes.Ally.Key, Nodes.Us.Id, "rec-1", 1, Record.Hash, "", Now).Text;
        Refuse.Because(Refusal.UnknownKey, () => RecallNotice.Verify(forged, Nodes.Us.Identity, Now));
        Refuse.Because(Refusal.WrongIssuer, () => RecallNotice.Verify(forged, Nodes.Ally.Identity, Now));
        var tighter = TightenNotice.Sign(Nodes.Ally.Key, "rec-1", 1, Record.Hash, Was, Was, Now).Text;
        Refuse.Because(Refusal.WrongIssuer, () => TightenNotice.Verify(tighter, Nodes.Ally.Identity, Now));
        Refuse.Because(Refusal.WrongKind, () => RecallNotice.Verify(Tightened().Text, Nodes.Us.Identity, Now));
    }

    [Fact]
    public void A_notice_tightens_and_is_refused_its_signature_where_it_would_loosen()
    {
        var read = TightenNotice.Verify(Tightened().Text, Nodes.Us.Identity, Now);
        Assert.Equal(Tlp.AmberStrict, read.Apply(Was).Tlp);
        Assert.Equal([Nodes.Ally.Id], read.Apply(Was).Audience.Nodes);
        Assert.Equal(Nodes.Us.Id, TightenNotice.ClaimedOriginator(read.Text));
        Assert.Throws<ArgumentException>(() => Tightened(Was with { Tlp = Tlp.Clear }));
        Assert.Throws<ArgumentException>(() => Tightened(Was with { Expires = Was.Expires.AddDays(1) }));
        Assert.Throws<ArgumentException>(() => Tightened(Was with { Purpose = "other" }));
    }

    [Fact]
    public void However_often_and_in_whatever_order_notices_come_a_copy_is_never_loosened()
    {
        var markings =
            from tlp in Gen.Elements(TlpText.All.ToArray())
            from audience in Gen.OneOf(Gen.Constant(Audience.Anyone), Gen.SubListOf(Nodes.Us.Id, Nodes.Ally.Id, Nodes.Third.Id).Select(Audience.Of))
            from days in Gen.Choose(-300, 300)
            select Was with { Tlp = tlp, Audience = audience, Expires = Was.Expires.AddDays(days) };
        Prop.ForAll((from one in markings from other in markings from held in markings select (one, other, held)).ToArbitrary(), each =>
        {
            // What an originator signs that does not keep to the rule itself.
            var one = TightenNotice.Sign(Nodes.Us.Key, "rec-1", 1, Record.Hash, each.one, each.one, Now);
            var other = TightenNotice.Sign(Nodes.Us.Key, "rec-1", 1, Record.Hash, each.other, each.other, Now);
            var after = one.Apply(other.Apply(each.held));
            return after.IsAtLeastAsTightAs(each.held) && after == other.Apply(one.Apply(one.Apply(each.held)));
        }).QuickCheckThrowOnFailure();
        Refuse.Because(Refusal.Inconsistent, () => Tightened().Apply(Was with { Category = EntityCategory.Witness }));
    }

    [Theory]
    [InlineData("\"version\":1", "\"version\":0")]
    [InlineData("\"record\":\"rec-1\"", "\"record\":\"\"")]
    [InlineData("\"about\":\"", "\"about\":\"x")]
    [InlineData("\"reason\":\"mistaken identity\",", "")]
    [InlineData("\"reason\":", "\"unless\":\"asked\",\"reason\":")]
    public void A_notice_that_is_not_wholly_understood_is_refused(string was, string becomes)
    {
        var json = Encoding.UTF8.GetString(Jws.ClaimedPayload(Recalled.Text, MessageType.Recall));
        Assert.Contains(was, json, StringComparison.Ordinal);
        var text = Jws.Sign(Nodes.Us.Key, MessageType.Recall, Encoding.UTF8.GetBytes(json.Replace(was, becomes, StringComparison.Ordinal)));
        Refuse.Because(Refusal.Malformed, () => RecallNotice.Verify(text, Nodes.Us.Identity, Now));
    }

    [Fact]
    public void Notices_out_of_order_are_not_signed()
    {
        Assert.Throws<ArgumentException>(() => RecallNotice.Sign(Nodes.Us.Key, "us", "rec-1", 1, Record.Hash, "", Now));
        Assert.Throws<ArgumentException>(() => RecallNotice.Sign(Nodes.Us.Key, Nodes.Us.Id, "rec-1", 0, Record.Hash, "", Now));
        Assert.Throws<ArgumentException>(() => RecallNotice.Sign(Nodes.Us.Key, Nodes.Us.Id, "rec-1", 1, "hash", "", Now));
        Assert.Throws<ArgumentException>(() => RecallNotice.Sign(Nodes.Us.Key, Nodes.Us.Id, "rec-1", 1, Record.Hash, new string('x', 501), Now));
    }
}
