using System.Collections.Immutable;
using System.Globalization;
using Entente.Records.Markings;

namespace Entente.Exchange.Agreements;

/// <summary>What is known of a partner when a record is to go to it.</summary>
/// <param name="Suspended">Whether nothing may go to it for now.</param>
/// <param name="Book">All agreements with it.</param>
public sealed record PartnerTerms(bool Suspended, AgreementBook Book);

/// <summary>Decides whether a record may go to a partner, and says why. Pure: the same facts give the same verdict.</summary>
public static class ReleaseCheck
{
    private const string Separator = ", ";

    /// <summary>Explains by whichever agreement lets the record go, or else by the one that comes nearest.</summary>
    /// <param name="marking">The record's marking, with all tightening that reached this node.</param>
    /// <param name="recalled">Whether it is recalled.</param>
    /// <param name="terms">What is known of the partner.</param>
    /// <param name="from">The node that would give it.</param>
    /// <param name="to">The partner.</param>
    /// <param name="now">The time.</param>
    /// <returns>The verdict with every rule.</returns>
    public static ReleaseVerdict Explain(Marking marking, bool recalled, PartnerTerms terms, string from, string to, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return terms.Book.Agreements
            .Where(each => each.IsBetween(from, to))
            .OrderByDescending(each => each.Starts).ThenBy(each => each.Id, StringComparer.Ordinal)
            .Select(each => Explain(marking, recalled, terms.Suspended, each, terms.Book.StateOf(each.Id, now), from, to, now))
            // One that is in force is always nearer than one that is not.
            .MaxBy(verdict => (verdict.Rules[(int)ReleaseRule.AgreementInForce].Passed, verdict.Rules.Count(each => each.Passed)))
            ?? Explain(marking, recalled, terms.Suspended, null, AgreementState.None, from, to, now);
    }

    /// <summary>Explains by one agreement.</summary>
    /// <param name="marking">The record's marking, with all tightening that reached this node.</param>
    /// <param name="recalled">Whether it is recalled.</param>
    /// <param name="suspended">Whether the partner is suspended.</param>
    /// <param name="agreement">The agreement; null where there is none, and then no rule that asks it holds.</param>
    /// <param name="state">Where it stands.</param>
    /// <param name="from">The node that would give it.</param>
    /// <param name="to">The partner.</param>
    /// <param name="now">The time.</param>
    /// <returns>The verdict with every rule.</returns>
    public static ReleaseVerdict Explain(Marking marking, bool recalled, bool suspended, Agreement? agreement, AgreementState state, string from, string to, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(marking);
        // An agreement between others is none.
        var asked = agreement is not null && agreement.IsBetween(from, to) ? agreement : null;
        return new ReleaseVerdict(asked,
        [
            Rule(ReleaseRule.PartnerNotSuspended, !suspended, ("partner", to)),
            asked is null
                ? Rule(ReleaseRule.AgreementInForce, false, ("state", Word(AgreementState.None)))
                : Rule(ReleaseRule.AgreementInForce, state == AgreementState.InForce, ("agreement", asked.Id), ("state", Word(state)), ("starts", Time(asked.Starts)), ("ends", Time(asked.Ends))),
            Rule(ReleaseRule.CategoryCovered, asked is not null && asked.Categories.Contains(marking.Category),
                ("category", Word(marking.Category)), ("covered", string.Join(Separator, asked?.Categories.Select(Word) ?? []))),
            Rule(ReleaseRule.TlpWithinHighest, asked is not null && marking.Tlp <= asked.HighestTlp,
                ("tlp", marking.Tlp.Label()), ("highest", asked?.HighestTlp.Label() ?? "")),
            Rule(ReleaseRule.LegalBasisCovered, asked is not null && Covers(asked.LegalBases, marking.LegalBasis),
                ("legalBasis", marking.LegalBasis), ("covered", string.Join(Separator, asked?.LegalBases ?? []))),
            Rule(ReleaseRule.PurposeCovered, asked is not null && Covers(asked.Purposes, marking.Purpose),
                ("purpose", marking.Purpose), ("covered", string.Join(Separator, asked?.Purposes ?? []))),
            Rule(ReleaseRule.AudienceAdmits, marking.Tlp == Tlp.Red ? marking.Audience.Names(to) : marking.Audience.Admits(to),
                ("audience", marking.Audience.ToString()), ("tlp", marking.Tlp.Label()), ("partner", to)),
            Rule(ReleaseRule.MayPassOn, from == marking.Originator || marking.Allows(from, to),
                ("originator", marking.Originator), ("from", from), ("tlp", marking.Tlp.Label())),
            Rule(ReleaseRule.NotExpired, now < marking.Expires, ("expires", Time(marking.Expires))),
            Rule(ReleaseRule.NotRecalled, !recalled),
        ]);
    }

    /// <summary>Whether a statement of a record that may go may go with it.</summary>
    /// <param name="marking">The record's marking.</param>
    /// <param name="mark">How the statement is marked more tightly; null where it is not.</param>
    /// <param name="agreement">The agreement by which the record goes.</param>
    /// <param name="from">The node that would give it.</param>
    /// <param name="to">The partner.</param>
    /// <returns>True where its own mark allows it too.</returns>
    public static bool Discloses(Marking marking, StatementMark? mark, Agreement agreement, string from, string to)
    {
        ArgumentNullException.ThrowIfNull(marking);
        ArgumentNullException.ThrowIfNull(agreement);
        var held = mark?.Under(marking) ?? marking;
        return held.Tlp <= agreement.HighestTlp && held.Allows(from, to);
    }

    private static bool Covers(ImmutableArray<string> covered, string asked) => covered.Contains(asked.Trim(), StringComparer.OrdinalIgnoreCase);

    private static RuleResult Rule(ReleaseRule rule, bool passed, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        var named = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in parameters)
            named.Add(name, value);
        return new RuleResult(rule, passed, named.ToImmutable());
    }

    private static string Word<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
