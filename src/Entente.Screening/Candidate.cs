using Entente.Names.Structure;
using Entente.Screening.Index;

namespace Entente.Screening;

/// <summary>The name by which an entity came nearest to a query.</summary>
/// <param name="Query">The query's name.</param>
/// <param name="Kind">Where the listed name stands.</param>
/// <param name="Number">Its number there.</param>
/// <param name="Bits">What it weighs.</param>
internal sealed record Candidate(Name Query, IndexedKind Kind, int Number, double Bits)
{
    /// <summary>The names of its kind.</summary>
    public NameIndex Names => Kind.Names;

    /// <summary>Number of the entity.</summary>
    public int Entity => Names.EntityOf(Number);

    /// <summary>The name as it is listed.</summary>
    public string Text => Names.TextOf(Number);
}
