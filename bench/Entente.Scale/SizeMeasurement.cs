using System.Diagnostics;
using Entente.Bench;
using Entente.Lists;
using Entente.Records;
using Entente.Records.Json;
using Entente.Scale.MadeUp;
using Entente.Screening;

namespace Entente.Scale;

/// <summary>Measures one size, in this process: nothing else may have grown it before.</summary>
internal static class SizeMeasurement
{
    private const int WarmUpRounds = 1;

    public static Measured Run(string data, int size, ulong seed, int queries)
    {
        // By way of a file, so that the entities take the memory that a list read from disk takes.
        string file = Path.Combine(Path.GetTempPath(), $"entente-scale-{Environment.ProcessId}.jsonl");
        try
        {
            long start = Stopwatch.GetTimestamp();
            Write(file, data, size, seed);
            double generate = Stopwatch.GetElapsedTime(start).TotalSeconds;
            return Measure(file, data, size, queries) with { GenerateSeconds = generate };
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Writes a made-up list as FtM JSON lines.</summary>
    public static void Write(string file, string data, int size, ulong seed)
    {
        MadeUpList list = new(NameStock.Read(Path.Combine(data, "names")));
        using FileStream stream = new(file, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        EntityJson.WriteLines(stream, list.Entities(size, seed));
    }

    private static Measured Measure(string file, string data, int size, int queries)
    {
        MemoryUse empty = MemoryUse.Now();
        long start = Stopwatch.GetTimestamp();
        IReadOnlyList<Entity> list = ListReader.Read(file).Entities;
        double read = Stopwatch.GetElapsedTime(start).TotalSeconds;

        MemoryUse loaded = MemoryUse.Now();
        start = Stopwatch.GetTimestamp();
        ScreeningIndex index = ScreeningIndex.Build(list);
        double build = Stopwatch.GetElapsedTime(start).TotalSeconds;
        MemoryUse built = MemoryUse.Now();

        string[] names = Names(data, queries);
        Screener screener = new(index, MatchPolicy.Default);
        void Screen(string name) => screener.Screen(QueryRow.ByName("Person", name));
        for (int round = 0; round < WarmUpRounds; round++)
            Latencies.Of(names, Screen);
        Latencies times = Latencies.Of(names, Screen);
        int alerts = names.Count(name => screener.Screen(QueryRow.ByName("Person", name)).Any(match => match.IsMatch));
        Measured measured = new()
        {
            Entities = size,
            Names = index.NameCount,
            GenerateSeconds = 0,
            FileBytes = new FileInfo(file).Length,
            ReadSeconds = read,
            EntityHeapBytes = (loaded - empty).Heap,
            BuildSeconds = build,
            IndexHeapBytes = (built - loaded).Heap,
            ResidentBytes = built.Resident,
            PeakResidentBytes = MemoryUse.Peak(),
            Queries = times.Count,
            MedianMs = times.Median,
            P95Ms = times.P95,
            P99Ms = times.P99,
            MaxMs = times.Max,
            QueriesPerSecond = times.PerSecond,
            Alerts = alerts,
        };
        GC.KeepAlive(list);
        return measured;
    }

    /// <summary>Real queries: the mangled names of listed people, and ordinary people of both files.</summary>
    private static string[] Names(string data, int queries)
    {
        string folder = Path.Combine(data, "queries");
        string[] listed = [.. RealData.Rows(Path.Combine(folder, "un-listed-people.csv"), queries / 4).Select(row => row["full_name"])];
        int rest = Math.Max(2, queries - listed.Length);
        return
        [
            .. listed,
            .. RealData.Rows(Path.Combine(folder, "ordinary-people-global.csv"), rest - (rest / 2)).Select(row => row["full_name"]),
            .. RealData.Rows(Path.Combine(folder, "ordinary-people-us.csv"), rest / 2).Select(row => row["full_name"]),
        ];
    }
}
