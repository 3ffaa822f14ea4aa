using System.Collections.Immutable;
using Entente.Records;

namespace Entente.Screening;

/// <summary>A listed entity that resembles the query: a question for a person, not a verdict.</summary>
/// <param name="Entity">The listed entity.</param>
/// <param name="MatchedName">The listed name that agreed best, as listed.</param>
/// <param name="Score">In (0, 1), from <paramref name="Weight"/> (<see cref="Names.Comparison.ScoreScale"/>).</param>
/// <param name="IsMatch">Whether the score reaches the policy's threshold.</param>
/// <param name="Weight">Sum of the evidence in bits; ranks results that score alike.</param>
/// <param name="Evidence">What speaks for and against, names first.</param>
public sealed record Match(Entity Entity, string MatchedName, double Score, bool IsMatch, double Weight, ImmutableArray<Evidence> Evidence);
