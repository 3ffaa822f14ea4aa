using System.Collections.Immutable;
using Entente.Records;

namespace Entente.Screening.Listings;

/// <summary>One list's entry on a matched entity.</summary>
/// <param name="Entity">The entry.</param>
/// <param name="Programs">The programmes that it is listed under, as the list writes them.</param>
/// <param name="Authorities">Who listed it.</param>
/// <param name="MatchedName">The name of this entry that agreed best with the query; null where none came near.</param>
/// <param name="Score">This entry's own score; null where it was no candidate itself. Scores of several listings are never added.</param>
public sealed record Listing(Entity Entity, ImmutableArray<string> Programs, ImmutableArray<string> Authorities, string? MatchedName, double? Score);
