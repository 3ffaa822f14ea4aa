using System.Collections.Immutable;
using Entente.Records;
using Entente.Screening.Listings;

namespace Entente.Screening;

/// <summary>All that an index lists on one entity.</summary>
/// <param name="CanonicalId">The id of the entity as a whole; that of its entry where it has one only.</param>
/// <param name="Entries">Its entries, one at least.</param>
/// <param name="Group">Why several entries are one entity; null where there is one.</param>
public sealed record ListedEntity(string CanonicalId, ImmutableArray<Entity> Entries, EntityGroup? Group);
