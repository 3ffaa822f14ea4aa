using System.Text;
using Entente.Exchange.Agreements;
using Entente.Exchange.Identity;
using Entente.Exchange.Signing;
using Entente.Records.Markings;

namespace Entente.Exchange.Tests.Agreements;

public sealed class SignedAgreementTests
{
    private static readonly DateTimeOffset Now = Nodes.Now;

    [Fact]
    public void An_agreement_is_what_both_signed()
    {
        var terms = Terms.Between(Nodes.Us, Nodes.Ally);
        var proposal = SignedAgreement.Sign(Nodes.Us.Key, terms);
        var read = SignedAgreement.ReadProposal(proposal, Nodes.Us.Identity, Now);
        Assert.Equal(terms, read);
        var answer = SignedAgreement.Sign(Nodes.Ally.Key, read);
        var one = SignedAgreement.Join(proposal, Nodes.Us.Identity, answer, Nodes.Ally.Identity, Now);
        var other = SignedAgreement.Join(answer, Nodes.Ally.Identity, proposal, Nodes.Us.Identity, Now);
        Assert.Equal(one.ToText(), other.ToText());
        Assert.Equal(terms, one.Terms);
        Assert.Equal(terms.Hash, SignedAgreement.Parse(one.ToText(), Nodes.Ally.Identity, Nodes.Us.Identity, Now).Terms.Hash);
    }

    [Fact]
    public void Nobody_can_sign_for_the_other()
    {
        var terms = Terms.Between(Nodes.Us, Nodes.Ally);
        var ours = SignedAgreement.Sign(Nodes.Us.Key, terms);
        // Twice one party; a third; a party under the name of the other.
        Refuse.Because(Refusal.WrongIssuer, () => SignedAgreement.Join(ours, Nodes.Us.Identity, ours, Nodes.Us.Identity, Now));
        Refuse.Because(Refusal.WrongIssuer, () => SignedAgreement.Join(ours, Nodes.Us.Identity, SignedAgreement.Sign(Nodes.Third.Key, terms), Nodes.Third.Identity, Now));
        Refuse.Because(Refusal.UnknownKey, () => SignedAgreement.Join(ours, Nodes.Us.Identity, ours, Nodes.Ally.Identity, Now));
        // Other terms under the same id.
        var wider = terms with { HighestTlp = Tlp.Red };
        Refuse.Because(Refusal.Inconsistent, () => SignedAgreement.Join(ours, Nodes.Us.Identity, SignedAgreement.Sign(Nodes.Ally.Key, wider), Nodes.Ally.Identity, Now));
        // An agreement of others.
        Refuse.Because(Refusal.WrongIssuer, () => SignedAgreement.ReadProposal(SignedAgreement.Sign(Nodes.Us.Key, Terms.Between(Nodes.Ally, Nodes.Third)), Nodes.Us.Identity, Now));
    }

    [Fact]
    public void Every_letter_counts()
    {
        var text = SignedAgreement.Sign(Nodes.Us.Key, Terms.Between(Nodes.Us, Nodes.Ally));
        Assert.All(Tamper.Everywhere(text), altered => Assert.True(Refuse.Noticed(() => SignedAgreement.ReadProposal(altered, Nodes.Us.Identity, Now)), altered));
    }

    [Fact]
    public void Equal_terms_are_equal_bytes()
    {
        var terms = Terms.Between(Nodes.Us, Nodes.Ally);
        var again = terms with
        {
            Parties = [.. terms.Parties.Reverse(), terms.Parties[0]],
            LegalBases = ["S/RES/1373 (2001)", "S/RES/2253 (2015)", "s/res/1373 (2001)"],
            Categories = [EntityCategory.Convicted, EntityCategory.Suspect, EntityCategory.Convicted],
            Starts = terms.Starts.AddMilliseconds(400).ToOffset(TimeSpan.FromHours(5)),
        };
        Assert.Equal(terms.ToCanonicalBytes(), again.ToCanonicalBytes());
        Assert.Equal(terms, again);
        Assert.NotEqual(terms, terms with { RetentionDays = 181 });
    }

    // What was signed must read the same for as long as agreements last: this text is not to change.
    [Fact]
    public void The_signed_form_is_as_documented()
    {
        var terms = Terms.Between(Nodes.Us, Nodes.Ally) with { Id = "agreement-aaaaaaaaaaaaaaaaaaaaaaaaaa" };
        var parties = terms.Parties.Select(each => $"\"{each}\"").Order(StringComparer.Ordinal);
        Assert.Equal(
            $$"""{"id":"agreement-aaaaaaaaaaaaaaaaaaaaaaaaaa","parties":[{{string.Join(',', parties)}}],"purposes":["counter-terrorism"],"legalBases":["S/RES/1373 (2001)","S/RES/2253 (2015)"],"categories":["suspect","convicted"],"highestTlp":"TLP:AMBER+STRICT","retentionDays":180,"overlap":{"runs":4,"keys":200000,"periodDays":30},"proposed":"2026-02-18T12:00:00+00:00","starts":"2026-02-19T12:00:00+00:00","ends":"2027-02-19T12:00:00+00:00"}""",
            Encoding.UTF8.GetString(terms.ToCanonicalBytes()));
    }

    [Theory]
    [InlineData("\"retentionDays\":180", "\"retentionDays\":0")]
    [InlineData("\"retentionDays\":180", "\"retentionDays\":180,\"except\":\"Mondays\"")]
    [InlineData("\"retentionDays\":180,", "")]
    [InlineData("\"purposes\":[\"counter-terrorism\"]", "\"purposes\":[]")]
    [InlineData("\"purposes\":[\"counter-terrorism\"]", "\"purposes\":[\" \"]")]
    [InlineData("\"suspect\"", "\"everybody\"")]
    [InlineData("TLP:AMBER+STRICT", "tlp:amber+strict")]
    [InlineData("\"runs\":4", "\"runs\":-1")]
    [InlineData("\"runs\":4", "\"runs\": 4")]
    [InlineData("2027-02-19T12", "2025-02-19T12")]
    [InlineData("2027-02-19T12:00:00+00:00", "2027-02-19T13:00:00+01:00")]
    [InlineData("[\"S/RES/1373 (2001)\",\"S/RES/2253 (2015)\"]", "[\"S/RES/2253 (2015)\",\"S/RES/1373 (2001)\"]")]
    public void Terms_that_are_out_of_order_or_written_otherwise_are_refused(string was, string becomes)
    {
        var json = Encoding.UTF8.GetString(Terms.Between(Nodes.Us, Nodes.Ally).ToCanonicalBytes());
        Assert.Contains(was, json, StringComparison.Ordinal);
        var text = Jws.Sign(Nodes.Us.Key, MessageType.Agreement, Encoding.UTF8.GetBytes(json.Replace(was, becomes, StringComparison.Ordinal)));
        Refuse.Because(Refusal.Malformed, () => SignedAgreement.ReadProposal(text, Nodes.Us.Identity, Now));
    }

    [Fact]
    public void Terms_out_of_order_are_not_signed_and_the_fault_is_named()
    {
        var terms = Terms.Between(Nodes.Us, Nodes.Ally);
        Assert.Null(terms.Fault());
        (Agreement Terms, string Name)[] faults =
        [
            (terms with { Id = "mine" }, "id"), (terms with { Parties = [Nodes.Us.Id, Nodes.Us.Id] }, "parties"), (terms with { Parties = ["node-us", Nodes.Us.Id] }, "parties"),
            (terms with { Purposes = [] }, "purposes"), (terms with { LegalBases = ["two\nlines"] }, "legalBases"), (terms with { Categories = [EntityCategory.None] }, "categories"),
            (terms with { HighestTlp = (Tlp)7 }, "highestTlp"), (terms with { RetentionDays = 0 }, "retentionDays"), (terms with { Overlap = new OverlapBudget(1, 1, 0) }, "overlap"),
            (terms with { Ends = terms.Starts }, "ends"), (terms with { Supersedes = terms.Id }, "supersedes"),
        ];
        Assert.All(faults, each =>
        {
            Assert.StartsWith(each.Name + ":", each.Terms.Fault(), StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => SignedAgreement.Sign(Nodes.Us.Key, each.Terms));
        });
    }

    [Fact]
    public void An_agreement_outlives_the_keys_it_was_signed_by_unless_they_were_stolen()
    {
        using var old = NodeKey.Create();
        using var next = NodeKey.Create();
        var us = new TestNode(old, NodeIdentity.Create(old, "Node", [], Now.AddDays(-30)));
        var terms = Terms.Between(us, Nodes.Ally);
        var ours = SignedAgreement.Sign(old, terms);
        var theirs = SignedAgreement.Sign(Nodes.Ally.Key, terms);
        SignedAgreement After(NodeIdentity identity) => SignedAgreement.Join(ours, identity, theirs, Nodes.Ally.Identity, Now);
        Assert.Equal(terms, After(us.Identity.Rotate(old, next, Now)).Terms);
        Refuse.Because(Refusal.RetiredKey, () => After(us.Identity.Rotate(old, next, Now, compromised: true)));
        // Proposed after the key was given up.
        Refuse.Because(Refusal.RetiredKey, () => After(us.Identity.Rotate(old, next, terms.Proposed.AddSeconds(-1))));
    }

    [Fact]
    public void A_copy_is_kept_until_the_first_of_two_ends()
    {
        var terms = Terms.Between(Nodes.Us, Nodes.Ally);
        var marking = Nodes.Marking();
        Assert.Equal(Now.AddDays(180), terms.KeptUntil(Now, marking));
        Assert.Equal(Now.AddDays(3), terms.KeptUntil(Now, marking with { Expires = Now.AddDays(3) }));
        Assert.Equal(Now.AddDays(180), terms.KeptUntil(Now, marking with { Expires = DateTimeOffset.MaxValue }));
    }
}
