using System.Collections.Immutable;
using Entente.Node.Screening;
using Entente.Screening;

namespace Entente.Node.Alerts;

/// <summary>One who is to be screened.</summary>
/// <param name="Key">The caller's key.</param>
/// <param name="Query">What is asked.</param>
/// <param name="SubjectKey">Under which key alerts on it are kept: see <see cref="SubjectKeys"/>.</param>
/// <param name="Caption">What to call who is screened.</param>
/// <param name="Reference">By which reference the caller knows it; null for none.</param>
/// <param name="Warnings">Values that were not understood.</param>
internal sealed record Asked(string Key, Query Query, string SubjectKey, string Caption, string? Reference, ImmutableArray<string> Warnings)
{
    /// <summary>The query with its key.</summary>
    public KeyedQuery Keyed => new(Key, Query);

    /// <summary>Those who were screened, with what was found.</summary>
    /// <param name="asked">Who was screened.</param>
    /// <param name="answers">What was found, in the same order.</param>
    public static ImmutableArray<Screened> With(IReadOnlyList<Asked> asked, ImmutableArray<QueryAnswer> answers) =>
        [.. asked.Zip(answers, (one, answer) => new Screened(one.SubjectKey, one.Caption, one.Query, answer.Matches, Reference: one.Reference))];
}
