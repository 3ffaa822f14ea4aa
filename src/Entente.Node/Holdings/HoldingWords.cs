using System.Globalization;
using Entente.Node.Web.Localisation;
using Entente.Node.Web.Words;
using Entente.Records.Markings;
using Microsoft.Extensions.Localization;

namespace Entente.Node.Holdings;

/// <summary>Why a record may go to a partner, or may not, in sentences of the reader's language.</summary>
/// <param name="texts">The sentences: <c>Rule.CODE</c> names a rule, <c>Rule.CODE.Holds</c> and <c>Rule.CODE.Fails</c> say what was found.</param>
/// <param name="words">Markings in words.</param>
internal sealed class HoldingWords(IStringLocalizer<HoldingTexts> texts, MarkingWords words)
{
    /// <summary>What stands between the members of a list in what a rule was decided by.</summary>
    private const string Separator = ", ";

    /// <summary>What a rule asks for.</summary>
    /// <param name="rule">The rule.</param>
    public string Name(RuleView rule) => texts[$"Rule.{rule.Code}"];

    /// <summary>Why a rule holds, or does not.</summary>
    /// <param name="rule">The rule with what it was decided by.</param>
    /// <param name="names">What nodes are called, by id.</param>
    public string Explain(RuleView rule, IReadOnlyDictionary<string, string> names)
    {
        var (sentence, values) = rule.Code switch
        {
            // One agreement at least has to be there before it can cover anything.
            "category-covered" or "legal-basis-covered" or "purpose-covered" when !rule.Passed && Said(rule, "covered").Length == 0 => ("Rule.NoTerms", []),
            "tlp-within-highest" when !rule.Passed && Said(rule, "highest").Length == 0 => ("Rule.NoTerms", []),
            "partner-not-suspended" => (Outcome(rule), [Node(rule, "partner", names)]),
            "agreement-in-force" when rule.Passed => (Outcome(rule), [Day(rule, "starts"), Day(rule, "ends")]),
            "agreement-in-force" => ($"Rule.agreement-in-force.{Said(rule, "state")}", Said(rule, "starts").Length == 0 ? [] : [Day(rule, "starts"), Day(rule, "ends")]),
            "category-covered" => (Outcome(rule), [Category(Said(rule, "category")), Categories(Said(rule, "covered"))]),
            "tlp-within-highest" => (Outcome(rule), [Level(rule, "tlp"), Level(rule, "highest")]),
            "legal-basis-covered" => (Outcome(rule), [Apart(Said(rule, "legalBasis")), Texts(Said(rule, "covered"))]),
            "purpose-covered" => (Outcome(rule), [Apart(Said(rule, "purpose")), Texts(Said(rule, "covered"))]),
            "audience-admits" when rule.Passed && Said(rule, "audience") == "anyone" => ("Rule.audience-admits.Anyone", []),
            "audience-admits" when !rule.Passed && Said(rule, "tlp") == Tlp.Red.Label() => ("Rule.audience-admits.Red", [Node(rule, "partner", names)]),
            "audience-admits" => (Outcome(rule), [Node(rule, "partner", names)]),
            "may-pass-on" when rule.Passed && Said(rule, "originator") == Said(rule, "from") => ("Rule.may-pass-on.Own", []),
            "may-pass-on" => (Outcome(rule), [Level(rule, "tlp"), Node(rule, "originator", names)]),
            "not-expired" => (Outcome(rule), [Day(rule, "expires")]),
            _ => (Outcome(rule), Array.Empty<object>()),
        };
        return string.Format(CultureInfo.CurrentCulture, texts[sentence], values);
    }

    private static string Outcome(RuleView rule) => $"Rule.{rule.Code}.{(rule.Passed ? "Holds" : "Fails")}";

    private static string Said(RuleView rule, string name) => rule.Parameters.GetValueOrDefault(name, "");

    private static string Node(RuleView rule, string name, IReadOnlyDictionary<string, string> names) => Apart(names.GetValueOrDefault(Said(rule, name), Said(rule, name)));

    private static string Level(RuleView rule, string name) => $"\u2066{Said(rule, name)}\u2069";

    /// <summary>What other people wrote is of any script, and is held apart from the sentence.</summary>
    private static string Apart(string text) => $"\u2068{text}\u2069";

    private static string Texts(string list) => string.Join(Languages.Comma, list.Split(Separator).Select(Apart));

    private static string Day(RuleView rule, string name) =>
        DateTimeOffset.TryParse(Said(rule, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? TimeWords.Minute(at) : Said(rule, name);

    private string Category(string word) => Enum.TryParse<EntityCategory>(word, ignoreCase: true, out var category) ? words.Category(category) : word;

    private string Categories(string list) => string.Join(Languages.Comma, list.Split(Separator, StringSplitOptions.RemoveEmptyEntries).Select(Category));
}
