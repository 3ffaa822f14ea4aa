using Entente.Exchange.Agreements;
using Entente.Records.Markings;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Exchange.Tests.Agreements;

public sealed class ReleaseCheckTests
{
    private static readonly DateTimeOffset Now = Nodes.Now;
    private static readonly Agreement Agreed = Terms.Between(Nodes.Us, Nodes.Ally);
    private static readonly PartnerTerms Partner = new(Suspended: false, new AgreementBook([Agreed]));

    private static ReleaseVerdict Explain(Marking? marking = null, bool recalled = false, PartnerTerms? terms = null, TestNode? from = null, TestNode? to = null, DateTimeOffset? now = null) =>
        ReleaseCheck.Explain(marking ?? Nodes.Marking(), recalled, terms ?? Partner, (from ?? Nodes.Us).Id, (to ?? Nodes.Ally).Id, now ?? Now);

    [Fact]
    public void What_the_agreement_covers_may_go()
    {
        var verdict = Explain();
        Assert.True(verdict.Allowed);
        Assert.Equal(Enum.GetValues<ReleaseRule>(), verdict.Rules.Select(each => each.Rule));
        Assert.Equal(Agreed, verdict.Agreement);
        Assert.Equal("agreement-in-force", verdict.Rules[1].Code);
        Assert.Equal("in-force", verdict.Rules[1].Parameters["state"]);
        Assert.Equal("TLP:AMBER", verdict.Rules[3].Parameters["tlp"]);
        Assert.Equal("TLP:AMBER+STRICT", verdict.Rules[3].Parameters["highest"]);
    }

    [Fact]
    public void Each_rule_alone_keeps_a_record_back()
    {
        var marking = Nodes.Marking();
        var without = new PartnerTerms(false, AgreementBook.Empty);
        (ReleaseRule Rule, ReleaseVerdict Verdict)[] cases =
        [
            (ReleaseRule.PartnerNotSuspended, Explain(terms: Partner with { Suspended = true })),
            (ReleaseRule.AgreementInForce, Explain(now: Agreed.Starts.AddSeconds(-1))),
            (ReleaseRule.AgreementInForce, Explain(marking with { Expires = Agreed.Ends.AddDays(9) }, now: Agreed.Ends)),
            (ReleaseRule.AgreementInForce, Explain(terms: new PartnerTerms(false, new AgreementBook([Agreed], [Agreed.Id])))),
            (ReleaseRule.CategoryCovered, Explain(marking with { Category = EntityCategory.Victim })),
            (ReleaseRule.TlpWithinHighest, Explain(marking with { Tlp = Tlp.Red })),
            (ReleaseRule.LegalBasisCovered, Explain(marking with { LegalBasis = "S/RES/1267 (1999)" })),
            (ReleaseRule.PurposeCovered, Explain(marking with { Purpose = "migration" })),
            (ReleaseRule.AudienceAdmits, Explain(marking with { Audience = Audience.Of([Nodes.Third.Id]) })),
            (ReleaseRule.NotExpired, Explain(now: marking.Expires, terms: new PartnerTerms(false, new AgreementBook([Agreed with { Ends = Now.AddYears(9) }])))),
            (ReleaseRule.NotRecalled, Explain(recalled: true)),
            (ReleaseRule.MayPassOn, Explain(Nodes.Marking(Nodes.Third) with { Tlp = Tlp.AmberStrict })),
        ];
        Assert.All(cases, each =>
        {
            Assert.False(each.Verdict.Allowed);
            Assert.Equal([each.Rule], each.Verdict.Rules.Where(rule => !rule.Passed).Select(rule => rule.Rule));
        });
        var nothing = Explain(terms: without);
        Assert.False(nothing.Allowed);
        Assert.Equal("none", nothing.Rules[1].Parameters["state"]);
        Assert.Null(nothing.Agreement);
    }

    [Fact]
    public void Red_goes_only_to_whom_it_names()
    {
        var highest = new PartnerTerms(false, new AgreementBook([Agreed with { HighestTlp = Tlp.Red }]));
        var red = Nodes.Marking() with { Tlp = Tlp.Red };
        Assert.True(Explain(red, terms: highest).Allowed);
        Assert.False(Explain(red with { Audience = Audience.Anyone }, terms: highest).Allowed);
    }

    [Fact]
    public void An_old_agreement_never_lets_anything_pass()
    {
        var narrower = Terms.Between(Nodes.Us, Nodes.Ally, supersedes: Agreed.Id) with { Categories = [EntityCategory.Convicted], Starts = Now.AddDays(-1), Ends = Now.AddDays(1) };
        var terms = new PartnerTerms(false, new AgreementBook([Agreed, narrower]));
        var verdict = Explain(terms: terms);
        Assert.False(verdict.Allowed);
        Assert.Equal(narrower, verdict.Agreement);
        Assert.Equal([ReleaseRule.CategoryCovered], verdict.Rules.Where(each => !each.Passed).Select(each => each.Rule));
        // Also once the newer one is over, and also when it is shown alone.
        var later = Explain(terms: terms, now: Now.AddDays(2));
        Assert.False(later.Rules[(int)ReleaseRule.AgreementInForce].Passed);
        Assert.False(ReleaseCheck.Explain(Nodes.Marking(), false, false, Agreed, AgreementState.Superseded, Nodes.Us.Id, Nodes.Ally.Id, Now).Allowed);
    }

    [Fact]
    public void An_agreement_with_somebody_else_is_none()
    {
        Assert.False(Explain(to: Nodes.Third).Allowed);
        var verdict = ReleaseCheck.Explain(Nodes.Marking(), false, false, Agreed, AgreementState.InForce, Nodes.Us.Id, Nodes.Third.Id, Now);
        Assert.Null(verdict.Agreement);
        Assert.False(verdict.Allowed);
    }

    [Fact]
    public void Of_two_agreements_in_force_the_one_that_covers_it_counts()
    {
        var other = Terms.Between(Nodes.Us, Nodes.Ally) with { Purposes = ["border checks"], Starts = Now.AddDays(-1) };
        Assert.Equal(Agreed, Explain(terms: new PartnerTerms(false, new AgreementBook([other, Agreed]))).Agreement);
        Assert.True(Explain(Nodes.Marking() with { Purpose = "Border Checks" }, terms: new PartnerTerms(false, new AgreementBook([other, Agreed]))).Allowed);
    }

    [Fact]
    public void Nothing_is_allowed_that_the_marking_forbids()
    {
        var nodes = new[] { Nodes.Us, Nodes.Ally, Nodes.Third };
        var cases =
            from tlp in Gen.Elements(TlpText.All.ToArray())
            from named in Gen.SubListOf(nodes.Select(each => each.Id))
            from anyone in Gen.Elements(true, false)
            from originator in Gen.Elements(nodes)
            from highest in Gen.Elements(TlpText.All.ToArray())
            from marked in Gen.Elements(TlpText.All.ToArray())
            select (Marking: Nodes.Marking(originator) with { Tlp = tlp, Audience = anyone ? Audience.Anyone : Audience.Of(named) }, highest, Mark: new StatementMark(marked, Audience.Anyone));
        Prop.ForAll(cases.ToArbitrary(), each =>
        {
            var agreement = Agreed with { HighestTlp = each.highest };
            var verdict = Explain(each.Marking, terms: new PartnerTerms(false, new AgreementBook([agreement])));
            var statement = ReleaseCheck.Discloses(each.Marking, each.Mark, agreement, Nodes.Us.Id, Nodes.Ally.Id);
            var asked = each.Marking.Allows(Nodes.Us.Id, Nodes.Ally.Id) && each.Marking.Tlp <= each.highest;
            // A statement goes with no record that may not go, and an unmarked one goes with each that may.
            return verdict.Allowed == asked && (!statement || asked) && ReleaseCheck.Discloses(each.Marking, null, agreement, Nodes.Us.Id, Nodes.Ally.Id) == asked;
        }).QuickCheckThrowOnFailure();
    }
}
