using System.Collections.Immutable;
using Entente.Screening;

namespace Entente.Bench;

/// <summary>Screens many queries, several at a time, keeping their order.</summary>
internal static class Runs
{
    public static ImmutableArray<Match>[] Screen(Screener screener, IReadOnlyList<Query> queries, int threads)
    {
        ImmutableArray<Match>[] results = new ImmutableArray<Match>[queries.Count];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = threads };
        Parallel.For(0, queries.Count, parallel, i => results[i] = screener.Screen(queries[i]));
        return results;
    }

    /// <summary>A match on one line, for the misses file.</summary>
    public static string Show(Match match) => FormattableString.Invariant(
        $"{match.Entity.Id} {match.Score:F3}{(match.IsMatch ? "*" : "")} «{match.MatchedName}» {string.Join("; ", match.Evidence.Select(Show))}");

    private static string Show(Evidence evidence) => FormattableString.Invariant(
        $"{evidence.Feature}[{evidence.QueryValue}~{evidence.ListedValue}]{evidence.Weight:+0.0;-0.0;0}");
}
