using Entente.Records;

namespace Entente.Desk.Entities;

/// <summary>An entity beside another, and how they hang together.</summary>
/// <param name="Property">As <see cref="ArchiveLink.Property"/>.</param>
/// <param name="IsReverse">Whether it is this entity that points to the other.</param>
/// <param name="Entity">The entity.</param>
public sealed record AdjacentEntity(string Property, bool IsReverse, Entity Entity);
