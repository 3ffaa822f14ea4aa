namespace Entente.Node.Audit;

/// <summary>What a replay came to.</summary>
public enum ReplayVerdict
{
    /// <summary>It could not be made again: see <see cref="ReplayOutcome.Problems"/>. The default, which never looks like a proof.</summary>
    Impossible,

    /// <summary>The same entities with the same scores.</summary>
    Same,

    /// <summary>Something else: see <see cref="ReplayOutcome.Differences"/>.</summary>
    Different,
}

/// <summary>A screening of the past, made again from what the trail and the stored lists hold.</summary>
public sealed record ReplayOutcome
{
    /// <summary>The screening's id.</summary>
    public required string Id { get; init; }

    /// <summary>The entry of the trail that holds it.</summary>
    public long Seq { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Who made it.</summary>
    public required string Actor { get; init; }

    /// <summary>What came of it.</summary>
    public ReplayVerdict Verdict { get; init; }

    /// <summary>The engine it was made with, version and build, and the one at work now.</summary>
    public required ThenAndNow Engine { get; init; }

    /// <summary>The policy's hash, which covers weights, rules and tables of names, and the one of the same policy now.</summary>
    public required ThenAndNow Policy { get; init; }

    /// <summary>The lists it was made with, such as <c>un-sc@2026-02-27#1a2b3c4d5e6f</c>.</summary>
    public required IReadOnlyList<string> Lists { get; init; }

    /// <summary>How many queries were compared.</summary>
    public int Queries { get; init; }

    /// <summary>How many results they had then.</summary>
    public int Results { get; init; }

    /// <summary>What came out otherwise.</summary>
    public required IReadOnlyList<ReplayDifference> Differences { get; init; }

    /// <summary>What stood in the way, or makes the comparison worth less, for people.</summary>
    public required IReadOnlyList<string> Problems { get; init; }
}

/// <summary>One thing at two times.</summary>
/// <param name="Then">As the trail says; null where it does not.</param>
/// <param name="Now">Now.</param>
public sealed record ThenAndNow(string? Then, string Now)
{
    /// <summary>Whether they are the same.</summary>
    public bool Same => Then == Now;
}

/// <summary>A result that came out otherwise.</summary>
/// <param name="Query">Which query of the screening, counted from 1.</param>
/// <param name="Entity">The listed entity; null where it is about the query as a whole.</param>
/// <param name="Then">The score then; null where it was no result.</param>
/// <param name="Now">The score now; null where it is no result.</param>
/// <param name="Message">The same for people.</param>
public sealed record ReplayDifference(int Query, string? Entity, double? Then, double? Now, string Message);
