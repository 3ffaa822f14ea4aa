using Entente.Names.Structure;

namespace Entente.Names.Comparison;

/// <summary>Weighs whether two names are one.</summary>
public static class NameComparison
{
    // It keeps much from comparison to comparison.
    [ThreadStatic]
    private static NameComparer? s_comparer;

    /// <summary>Compares two names of one kind.</summary>
    /// <param name="query">A name.</param>
    /// <param name="listed">Another.</param>
    /// <returns>Bits of evidence and what they come from; minus infinity and nothing when a name has nothing to compare.</returns>
    public static (float Bits, IReadOnlyList<NameEvidence> Evidence) Explain(Name query, Name listed)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(listed);
        NameComparer comparer = s_comparer ??= new NameComparer();
        comparer.Begin(query);
        var evidence = new List<NameEvidence>();
        float bits = comparer.Explain(listed, evidence);
        return (bits, evidence);
    }
}
