using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Entente.Bench;

/// <summary>How long each of many calls took, one after the other on one thread.</summary>
/// <param name="Milliseconds">Of each call, in the order of the calls.</param>
internal sealed record Latencies(IReadOnlyList<double> Milliseconds)
{
    private readonly double[] _sorted = [.. Milliseconds.Order()];

    public int Count => Milliseconds.Count;

    public double Median => Quantile.Of(_sorted, 0.50);

    public double P95 => Quantile.Of(_sorted, 0.95);

    public double P99 => Quantile.Of(_sorted, 0.99);

    public double Max => Quantile.Of(_sorted, 1);

    /// <summary>Calls in a second, on the one core that made them.</summary>
    public double PerSecond => 1000 * Count / Milliseconds.Sum();

    /// <summary>Times one call for each item.</summary>
    /// <param name="items">The items.</param>
    /// <param name="call">What is called.</param>
    /// <param name="least">All items are gone through again until this time is over; by default once.</param>
    public static Latencies Of<T>(IReadOnlyList<T> items, Action<T> call, TimeSpan least = default)
    {
        GC.Collect();
        List<double> times = new(items.Count);
        long begun = Stopwatch.GetTimestamp();
        do
        {
            foreach (T item in items)
            {
                long start = Stopwatch.GetTimestamp();
                call(item);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }
        while (Stopwatch.GetElapsedTime(begun) < least);
        return new Latencies(times);
    }

    public JsonObject ToJson() => new()
    {
        ["queries"] = Count,
        ["perSecond"] = PerSecond,
        ["medianMs"] = Median,
        ["p95Ms"] = P95,
        ["p99Ms"] = P99,
        ["maxMs"] = Max,
    };
}
