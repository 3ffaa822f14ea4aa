using System.Collections.Immutable;
using Entente.Names.Comparison;
using Entente.Names.Structure;

namespace Entente.Screening;

/// <summary>Scores two names against each other, with no list: the same scorer that screens.</summary>
public static class PairComparison
{
    /// <summary>Compares two names of a schema.</summary>
    /// <param name="schema">FtM schema that both are names of.</param>
    /// <param name="name1">A name.</param>
    /// <param name="name2">Another.</param>
    /// <returns>Score, weight and evidence; score 0 and no evidence when a name holds nothing to compare.</returns>
    public static ComparisonResult Compare(string schema, string name1, string name2)
    {
        (float bits, IReadOnlyList<NameEvidence> evidence) = SchemaKinds.KindsOf(schema)
            .SelectMany(kind => NameReadings.Of(name1, kind)
                .SelectMany(_ => NameReadings.Of(name2, kind), (a, b) => NameComparison.Explain(Name.Parse(a, kind), Name.Parse(b, kind))))
            .MaxBy(c => c.Bits);
        return new ComparisonResult(ScoreScale.ToScore(bits), bits, [.. evidence.Select(e => new Evidence("name", e.Query, e.Listed, e.Bits, e.Explanation))]);
    }
}

/// <summary>How two names compare.</summary>
/// <param name="Score">In [0, 1).</param>
/// <param name="Weight">Bits of evidence; minus infinity when there was nothing to compare.</param>
/// <param name="Evidence">What the weight adds up from.</param>
public sealed record ComparisonResult(double Score, double Weight, ImmutableArray<Evidence> Evidence);
