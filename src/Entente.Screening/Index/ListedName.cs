using Entente.Names.Structure;

namespace Entente.Screening.Index;

/// <summary>A name of a listed entity.</summary>
/// <param name="Entity">Number of the entity in the index.</param>
/// <param name="Name">The name in parts.</param>
/// <param name="IsWeak">The list holds the name to be of low quality (FtM <c>weakAlias</c>).</param>
/// <param name="Property">FtM property it stands under: <c>name</c>, <c>alias</c>, <c>weakAlias</c>, <c>previousName</c>.</param>
internal sealed record ListedName(int Entity, Name Name, bool IsWeak, string Property);
