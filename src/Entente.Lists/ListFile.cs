using System.Collections.Immutable;
using Entente.Records;

namespace Entente.Lists;

/// <summary>One version of an official list, read whole: who is in it is listed, who is not in it is not (or no longer).</summary>
/// <param name="Metadata">Whose list, which version.</param>
/// <param name="Entities">All entities in file order: each listed one (<see cref="Entity.Target"/> true) followed by
/// what hangs on it (sanctions, documents, addresses). Ids are unique.</param>
/// <param name="Warnings">What could not be read as meant and was kept as text or left out, in file order; mostly faults of the source.</param>
public sealed record ListFile(ListMetadata Metadata, ImmutableArray<Entity> Entities, ImmutableArray<ListWarning> Warnings);
