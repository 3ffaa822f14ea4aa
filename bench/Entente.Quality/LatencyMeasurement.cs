using System.Diagnostics;
using Entente.Records;
using Entente.Screening;
using Peer = FuzzySharp.Process;

namespace Entente.Bench;

/// <summary>One query in memory against the UN list, one at a time, with a peer on the same names beside it.</summary>
internal static class LatencyMeasurement
{
    private const int OrdinaryNames = 2000;
    private const int PeerNames = 100;

    public static void Run(Options options, Report report)
    {
        if (options.Data is null)
        {
            report.Skip("no real data");
            return;
        }
        IReadOnlyList<Entity> list = RealData.UnList(options.Data);
        long start = Stopwatch.GetTimestamp();
        ScreeningIndex index = ScreeningIndex.Build(list);
        report.Figure("index build, cold", Stopwatch.GetElapsedTime(start).TotalMilliseconds, "ms");
        start = Stopwatch.GetTimestamp();
        index = ScreeningIndex.Build(list);
        report.Figure("index build, again", Stopwatch.GetElapsedTime(start).TotalMilliseconds, "ms");
        report.Figure("entities", index.EntityCount, "");
        report.Figure("names", index.NameCount, "");

        Screener screener = new(index, MatchPolicy.Default);
        string queries = Path.Combine(options.Data, "queries");
        string[] names =
        [
            .. RealData.Rows(Path.Combine(queries, "un-listed-people.csv"), options.Rows).Select(row => row["full_name"]),
            .. RealData.Rows(Path.Combine(queries, "ordinary-people-global.csv"), options.Rows is 0 ? OrdinaryNames : Math.Min(options.Rows, OrdinaryNames))
                .Select(row => row["full_name"]),
        ];
        // Two rounds unmeasured: tiered compilation replaces hot methods in the background.
        for (int round = 0; round < 2; round++)
            Times(names, name => screener.Screen(QueryRow.ByName("Person", name)));
        GC.Collect();
        double[] times = Times(names, name => screener.Screen(QueryRow.ByName("Person", name)));
        double median = Print("query", times, report, Goal.Most(1.0));
        foreach (string script in Scripts.All)
            Print("query in " + script, [.. times.Where((_, i) => Scripts.Of(names[i]) == script)], report, null);

        string[] listed = [.. list.SelectMany(ListedNames.Of).Select(listed => listed.Name)];
        string[] some = [.. RealData.Thin(names, PeerNames)];
        Times([.. some.Take(10)], name => Peer.ExtractOne(name, listed));
        double peer = Print($"FuzzySharp, {listed.Length} names", Times(some, name => Peer.ExtractOne(name, listed)), report, null);
        report.Figure("FuzzySharp median / Entente median", peer / median, "x");
    }

    /// <summary>Milliseconds of each call.</summary>
    private static double[] Times<T>(string[] names, Func<string, T> call)
    {
        double[] times = new double[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            call(names[i]);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        return times;
    }

    private static double Print(string what, double[] times, Report report, Goal? goal)
    {
        if (times.Length == 0)
            return double.NaN;
        double[] sorted = [.. times.Order()];
        double median = Quantile.Of(sorted, 0.5);
        report.Figure($"{what} ({times.Length}): median", median, "ms", goal);
        report.Figure($"{what}: p90", Quantile.Of(sorted, 0.9), "ms");
        report.Figure($"{what}: p99", Quantile.Of(sorted, 0.99), "ms");
        report.Figure($"{what}: max", sorted[^1], "ms");
        return median;
    }
}
