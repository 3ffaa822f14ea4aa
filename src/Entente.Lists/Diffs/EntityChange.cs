using System.Collections.Immutable;
using Entente.Records;

namespace Entente.Lists.Diffs;

/// <summary>What became of an entity between two versions of a list.</summary>
public enum ChangeKind
{
    /// <summary>Not on the former version, or there without being listed; on the newer.</summary>
    Added,

    /// <summary>On the former version; not on the newer, or there as delisted.</summary>
    Removed,

    /// <summary>On both, and not the same.</summary>
    Amended,
}

/// <summary>The values of one property that came and went.</summary>
/// <param name="Property">A property of the entity (<c>birthDate</c>); or of what hangs on it, with the schema before it
/// (<c>Sanction.endDate</c>); or a schema alone (<c>Passport</c>), where what hangs on it came or went as a whole, which
/// is then one value in words; or <c>schema</c>.</param>
/// <param name="Added">Values that only the newer version has; empty where none.</param>
/// <param name="Removed">Values that only the former version has; empty where none.</param>
public sealed record PropertyChange(string Property, ImmutableArray<string> Added, ImmutableArray<string> Removed);

/// <summary>One entity that changed between two versions of a list.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Entity">The entity: as it is now; if it is gone, as it was.</param>
/// <param name="Linked">What hangs on it in the same version: sanctions, addresses, documents.</param>
/// <param name="Properties">Everything that came and went; for an entity that is new or gone, all that it has or had.
/// The entity's own properties first.</param>
public sealed record EntityChange(ChangeKind Kind, Entity Entity, ImmutableArray<Entity> Linked, ImmutableArray<PropertyChange> Properties);
