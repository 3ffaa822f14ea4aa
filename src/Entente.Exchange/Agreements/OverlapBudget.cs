namespace Entente.Exchange.Agreements;

/// <summary>How much overlap two partners may look for: guessing names one by one is what a budget stops.</summary>
/// <param name="Runs">Runs in a period; 0 for none at all.</param>
/// <param name="Keys">Keys that either side may put in, over all runs of a period.</param>
/// <param name="PeriodDays">The length of a period in days, counted from the start of the agreement; at least 1.</param>
public sealed record OverlapBudget(int Runs, long Keys, int PeriodDays)
{
    /// <summary>No overlap is looked for.</summary>
    public static OverlapBudget None { get; } = new(0, 0, 1);

    /// <summary>The period that a time falls in.</summary>
    /// <param name="starts">The start of the agreement.</param>
    /// <param name="now">The time.</param>
    /// <returns>From when, and until before when, runs and keys count together; a time before the start falls in the first period.</returns>
    public (DateTimeOffset From, DateTimeOffset Until) PeriodAt(DateTimeOffset starts, DateTimeOffset now)
    {
        var length = TimeSpan.FromDays(PeriodDays);
        var passed = now > starts ? (now - starts).Ticks / length.Ticks : 0;
        var from = starts + TimeSpan.FromTicks(passed * length.Ticks);
        return (from, from + length);
    }

    /// <summary>Whether one more run is within it.</summary>
    /// <param name="runs">Runs of the period so far, also those that failed: each answered some guesses.</param>
    /// <param name="keys">Keys that the side in question put in so far in the period.</param>
    /// <param name="asked">Keys that it would put in now.</param>
    /// <returns>True where neither bound is passed.</returns>
    public bool Admits(int runs, long keys, long asked) => runs < Runs && asked >= 0 && keys <= Keys && asked <= Keys - keys;
}
