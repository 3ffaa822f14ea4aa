using System.Text.Json.Serialization;

namespace Entente.Records.Markings;

/// <summary>How a record that is on no public list may be handled, and why it is held. It goes with every copy and everything derived from it.</summary>
/// <remarks>Only its originator may loosen it, by a new version of the record. Others may tighten their copy, never loosen it.</remarks>
// What is not understood might be a restriction: such a marking is refused, not read without it.
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record Marking
{
    /// <summary>The id of the node that the record comes from.</summary>
    public required string Originator { get; init; }

    /// <summary>The level.</summary>
    public required Tlp Tlp { get; init; }

    /// <summary>Who it may be released to.</summary>
    public required Audience Audience { get; init; }

    /// <summary>On what ground in law it is held and given, such as <c>S/RES/2253 (2015)</c>; not blank.</summary>
    public required string LegalBasis { get; init; }

    /// <summary>What it may be used for, such as <c>counter-terrorism</c>; not blank.</summary>
    public required string Purpose { get; init; }

    /// <summary>What the entity is to the matter; fits its schema.</summary>
    public required EntityCategory Category { get; init; }

    /// <summary>How far source and content are to be relied on.</summary>
    public required SourceGrade Grade { get; init; }

    /// <summary>When it ends everywhere, without any message; a time in UTC.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>What keeps this from being the marking of an entity of a schema.</summary>
    /// <param name="schema">The entity's FtM schema.</param>
    /// <returns>The property at fault and what is expected, in one sentence; null where it is in order.</returns>
    public string? FaultFor(string schema) => this switch
    {
        { Originator: var node } when string.IsNullOrWhiteSpace(node) => "originator: expected the id of a node.",
        { LegalBasis: var basis } when string.IsNullOrWhiteSpace(basis) => "legalBasis: expected the ground in law, such as S/RES/2253 (2015).",
        { Purpose: var purpose } when string.IsNullOrWhiteSpace(purpose) => "purpose: expected what the record may be used for, such as counter-terrorism.",
        { Grade.Source: '\0' } => "grade: expected a letter A to F and a digit 1 to 6, such as B2.",
        _ when !Category.Fits(schema) => $"category: {Category.ToString().ToLowerInvariant()} is no category of a {schema}.",
        _ => null,
    };

    /// <summary>This marking, made as tight as another also asks for.</summary>
    /// <param name="by">What else holds: a partner's rule, a tighter statement.</param>
    /// <returns>The closer level, those in both audiences, the earlier end; all else is this marking's.</returns>
    public Marking Tighten(Marking by) => Tighten(by.Tlp, by.Audience, by.Expires);

    /// <summary>This marking, made as tight as these also ask for.</summary>
    /// <param name="tlp">A level.</param>
    /// <param name="audience">An audience.</param>
    /// <param name="expires">An end; null for none of its own.</param>
    /// <returns>The closer level, those in both audiences, the earlier end; all else is this marking's.</returns>
    public Marking Tighten(Tlp tlp, Audience audience, DateTimeOffset? expires = null) => this with
    {
        Tlp = tlp > Tlp ? tlp : Tlp,
        Audience = Audience.Meet(audience),
        Expires = expires is { } end && end < Expires ? end : Expires,
    };

    /// <summary>Whether this marking allows nothing that the other does not.</summary>
    /// <param name="other">An earlier marking of the same record.</param>
    /// <returns>True for equal ones; false where originator, legal basis, purpose or category differ: those are no receiver's to change.</returns>
    public bool IsAtLeastAsTightAs(Marking other) => Originator == other.Originator && LegalBasis == other.LegalBasis && Purpose == other.Purpose
        && Category == other.Category && Tlp >= other.Tlp && Audience.IsWithin(other.Audience) && Expires <= other.Expires;

    /// <summary>Whether one node may hand the record to another, as far as the marking goes; an agreement may still forbid it.</summary>
    /// <param name="from">The node that would hand it on.</param>
    /// <param name="to">The node that would receive it.</param>
    /// <returns>Nobody receives what its audience does not admit. The originator may give TLP:RED only to nodes it names.
    /// Others pass on TLP:CLEAR and TLP:GREEN, TLP:AMBER only to nodes that the originator names, and closer levels never.</returns>
    public bool Allows(string from, string to)
    {
        if (!Audience.Admits(to))
            return false;
        if (from == Originator)
            return Tlp != Tlp.Red || Audience.Names(to);
        return Tlp <= Tlp.Green || (Tlp == Tlp.Amber && Audience.Names(to));
    }
}
