using System.Collections.Immutable;

namespace Entente.Exchange.Agreements;

/// <summary>What must hold for a record to go to a partner. All of it must.</summary>
public enum ReleaseRule
{
    /// <summary>The partner is not suspended. Parameter: <c>partner</c>.</summary>
    PartnerNotSuspended = 0,

    /// <summary>There is an agreement between the two nodes, and it is in force. Parameters: <c>agreement</c>, <c>state</c>, <c>starts</c>, <c>ends</c>; only <c>state</c> where there is none.</summary>
    AgreementInForce,

    /// <summary>The agreement covers what the entity is to the matter. Parameters: <c>category</c>, <c>covered</c>.</summary>
    CategoryCovered,

    /// <summary>The record's level is not closer than the agreement's closest. Parameters: <c>tlp</c>, <c>highest</c>.</summary>
    TlpWithinHighest,

    /// <summary>The agreement covers the record's legal basis. Parameters: <c>legalBasis</c>, <c>covered</c>.</summary>
    LegalBasisCovered,

    /// <summary>The agreement covers the record's purpose. Parameters: <c>purpose</c>, <c>covered</c>.</summary>
    PurposeCovered,

    /// <summary>The record's audience admits the partner; TLP:RED must name it. Parameters: <c>audience</c>, <c>tlp</c>, <c>partner</c>.</summary>
    AudienceAdmits,

    /// <summary>Who would pass it on is its originator, or the marking lets others pass it on to this partner. Parameters: <c>originator</c>, <c>from</c>, <c>tlp</c>.</summary>
    MayPassOn,

    /// <summary>The record has not expired. Parameter: <c>expires</c>.</summary>
    NotExpired,

    /// <summary>The record is not recalled. No parameter.</summary>
    NotRecalled,
}

/// <summary>A rule and whether it holds.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Passed">Whether it holds.</param>
/// <param name="Parameters">What it was decided by, by name: ids, labels such as <c>TLP:AMBER</c>, words such as <c>suspect</c>, times in ISO 8601. Lists are joined by a comma and a space. The host makes sentences of them.</param>
public sealed record RuleResult(ReleaseRule Rule, bool Passed, ImmutableSortedDictionary<string, string> Parameters)
{
    /// <summary>The rule for programs, such as <c>agreement-in-force</c>.</summary>
    public string Code => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(Rule.ToString());
}

/// <summary>Whether a record may go to a partner, and why.</summary>
/// <param name="Agreement">The agreement it was decided by; null where there is none.</param>
/// <param name="Rules">Every rule, in the order of <see cref="ReleaseRule"/>.</param>
public sealed record ReleaseVerdict(Agreement? Agreement, ImmutableArray<RuleResult> Rules)
{
    /// <summary>Whether it may: every rule holds.</summary>
    public bool Allowed => !Rules.IsDefaultOrEmpty && Rules.All(each => each.Passed);
}
