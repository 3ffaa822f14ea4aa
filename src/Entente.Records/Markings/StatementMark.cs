using System.Text.Json.Serialization;

namespace Entente.Records.Markings;

/// <summary>How one statement is marked more tightly than its entity.</summary>
/// <param name="Tlp">Its level; counts only where it is closer than the entity's.</param>
/// <param name="Audience">Who it may be released to; counts only where it leaves out somebody of the entity's.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record StatementMark(Tlp Tlp, Audience Audience)
{
    /// <summary>The marking that holds for the statement.</summary>
    /// <param name="entity">The entity's marking.</param>
    /// <returns>The tighter of both in every respect.</returns>
    public Marking Under(Marking entity) => entity.Tighten(Tlp, Audience);
}
