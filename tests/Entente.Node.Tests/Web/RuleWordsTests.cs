using System.Globalization;
using Entente.Exchange.Agreements;
using Entente.Exchange.Identity;
using Entente.Node.Holdings;
using Entente.Node.Web.Words;
using Entente.Records.Markings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Entente.Node.Tests.Web;

/// <summary>Why a partner has a record, or lacks it, can be said in every language whatever the rules come to.</summary>
public sealed class RuleWordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 9, 0, 0, TimeSpan.Zero);
    private static readonly string Us = NewNode(), Them = NewNode(), Third = NewNode();

    private static readonly Marking Marking = new()
    {
        Originator = Us,
        Tlp = Tlp.Amber,
        Audience = Audience.Anyone,
        LegalBasis = "S/RES/2253 (2015)",
        Purpose = "counter-terrorism",
        Category = EntityCategory.Suspect,
        Grade = SourceGrade.TryParse("B2", out var grade) ? grade : default,
        Expires = Now.AddMonths(6),
    };

    private static Agreement Terms => new()
    {
        Id = Agreement.NewId(),
        Parties = [Us, Them],
        Purposes = ["counter-terrorism"],
        LegalBases = ["S/RES/2253 (2015)"],
        Categories = [EntityCategory.Suspect, EntityCategory.Associate],
        HighestTlp = Tlp.Amber,
        RetentionDays = 365,
        Overlap = OverlapBudget.None,
        Proposed = Now.AddMonths(-1),
        Starts = Now.AddMonths(-1),
        Ends = Now.AddYears(1),
    };

    /// <summary>What can be found of a record and a partner, one thing at a time.</summary>
    private static IEnumerable<ReleaseVerdict> Verdicts()
    {
        yield return Explain(Marking, Terms);
        yield return ReleaseCheck.Explain(Marking, false, new PartnerTerms(true, AgreementBook.Empty), Us, Them, Now);
        yield return ReleaseCheck.Explain(Marking, true, new PartnerTerms(false, new AgreementBook([Terms])), Us, Them, Now);
        foreach (var state in Enum.GetValues<AgreementState>())
            yield return ReleaseCheck.Explain(Marking, false, false, state == AgreementState.None ? null : Terms, state, Us, Them, Now);
        yield return Explain(Marking with { Category = EntityCategory.Victim, LegalBasis = "another", Purpose = "another", Expires = Now.AddDays(-1) }, Terms);
        yield return Explain(Marking with { Tlp = Tlp.Red }, Terms);
        yield return Explain(Marking with { Tlp = Tlp.Red, Audience = Audience.Of([Them]) }, Terms);
        yield return Explain(Marking with { Audience = Audience.Nobody }, Terms);
        yield return Explain(Marking with { Originator = Third, Tlp = Tlp.Green }, Terms);
        yield return Explain(Marking with { Originator = Third, Tlp = Tlp.AmberStrict }, Terms with { HighestTlp = Tlp.Red });
    }

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    [InlineData("ru")]
    [InlineData("ar")]
    public void Every_outcome_of_every_rule_is_a_sentence_in_which_nothing_is_left_open(string language)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(language);
        var services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
        var words = new HoldingWords(services.GetRequiredService<IStringLocalizer<HoldingTexts>>(), new MarkingWords(services.GetRequiredService<IStringLocalizer<MarkingTexts>>()));
        var names = new Dictionary<string, string> { [Us] = "Us", [Them] = "Ruritania", [Third] = "Third" };
        var seen = new HashSet<(string, bool)>();
        foreach (var rule in Verdicts().SelectMany(verdict => verdict.Rules).Select(rule => new RuleView(rule.Code, rule.Passed, rule.Parameters)))
        {
            seen.Add((rule.Code, rule.Passed));
            foreach (var said in new[] { words.Name(rule), words.Explain(rule, names) })
            {
                Assert.False(said.StartsWith("Rule.", StringComparison.Ordinal), $"{said} has no text in {language}.");
                Assert.DoesNotContain("{", said, StringComparison.Ordinal);
                Assert.DoesNotContain("\u2068\u2069", said, StringComparison.Ordinal);
                Assert.DoesNotContain("node-", said, StringComparison.Ordinal);
            }
        }
        Assert.Equal(2 * Enum.GetValues<ReleaseRule>().Length, seen.Count);
    }

    [Fact]
    public void A_sentence_names_what_the_rule_was_decided_by()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo("fr");
        var services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
        var words = new HoldingWords(services.GetRequiredService<IStringLocalizer<HoldingTexts>>(), new MarkingWords(services.GetRequiredService<IStringLocalizer<MarkingTexts>>()));
        string Of(ReleaseVerdict verdict, ReleaseRule rule)
        {
            var found = verdict.Rules[(int)rule];
            return words.Explain(new RuleView(found.Code, found.Passed, found.Parameters), new Dictionary<string, string> { [Them] = "Ruritanie" });
        }

        var victim = Of(Explain(Marking with { Category = EntityCategory.Victim }, Terms), ReleaseRule.CategoryCovered);
        Assert.Contains("victime", victim, StringComparison.Ordinal);
        Assert.Contains("suspect, associé d’un suspect", victim, StringComparison.Ordinal);
        var red = Of(Explain(Marking with { Tlp = Tlp.Red }, Terms), ReleaseRule.TlpWithinHighest);
        Assert.Contains("TLP:RED", red, StringComparison.Ordinal);
        Assert.Contains("TLP:AMBER", red, StringComparison.Ordinal);
        Assert.Contains("Ruritanie", Of(Explain(Marking with { Audience = Audience.Nobody }, Terms), ReleaseRule.AudienceAdmits), StringComparison.Ordinal);
        Assert.Contains("14 sept. 2026", Of(Explain(Marking, Terms), ReleaseRule.NotExpired), StringComparison.Ordinal);
    }

    private static ReleaseVerdict Explain(Marking marking, Agreement terms) => ReleaseCheck.Explain(marking, false, new PartnerTerms(false, new AgreementBook([terms])), Us, Them, Now);

    private static string NewNode()
    {
        using var key = NodeKey.Create();
        return NodeIdentity.Create(key, "A node", [], Now).Id;
    }
}
