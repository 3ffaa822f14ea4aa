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
    public static Latencies Of<T>(IReadOnlyList<T> items, Action<T> call)
    {
        GC.Collect();
        double[] times = new double[items.Count];
        for (int i = 0; i < times.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            call(items[i]);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
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
