namespace Entente.Desk.Entities;

/// <summary>A link of an entity, seen from there.</summary>
/// <param name="Property">The property that points to the other, such as <c>addressEntity</c>; when the other points here, the reverse of
/// its property, such as <c>sanctions</c>.</param>
/// <param name="IsReverse">Whether the other points here.</param>
/// <param name="Number">The other's number in the archive.</param>
public readonly record struct ArchiveLink(string Property, bool IsReverse, int Number);
