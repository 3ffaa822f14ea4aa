using System.Diagnostics;
using Entente.Bench;
using Entente.Names.Comparison;
using Entente.Names.Structure;
using Entente.Screening;
using Entente.Screening.Index;
using TextTable = Entente.Bench.TextTable;

namespace Entente.Kernels;

/// <summary>Where the time of a query goes, on the union of the real lists.</summary>
/// <remarks>Of several rounds the quickest counts, query by query: what else goes on in the machine only ever adds.</remarks>
internal sealed class Stages
{
    private const int Rounds = 9;
    private const int OrdinaryRows = 2000;
    private const int FreshRows = 5000;

    private enum Stage
    {
        /// <summary>From text to parts.</summary>
        Reading,

        /// <summary>From parts to the wordings that may weigh enough.</summary>
        Finding,

        /// <summary>Looking once at each part of each of them: nobody can weigh a name without.</summary>
        Touching,

        /// <summary>Comparing each of them whole.</summary>
        Weighing,

        /// <summary>The whole query.</summary>
        Whole,

        /// <summary>The whole query, and the evidence for all that is reported is read.</summary>
        Explained,
    }

    private readonly ScreeningIndex _index;
    private readonly IndexedKind _people;
    private readonly NameSearch _search;
    private readonly Screener _screener;
    private readonly float _least = (float)ScoreScale.ToBits(Math.Min(MatchPolicy.Default.Cutoff, MatchPolicy.Default.Threshold));
    private float _sum;

    private Stages(ScreeningIndex index)
    {
        _index = index;
        _people = index.Kind(NameKind.Person) ?? throw new InvalidOperationException("There are no people on the lists.");
        _search = _people.Rent();
        _screener = new Screener(index, MatchPolicy.Default);
    }

    /// <summary>Measures and prints.</summary>
    public static void Run()
    {
        if (RealData.Find(null) is not { } data)
        {
            Console.WriteLine("skipped: no real data");
            return;
        }

        string[] Names(string file, int count) => [.. RealData.Rows(Path.Combine(data, "queries", file), count).Select(row => row["full_name"])];
        string[] listed = Names("un-listed-people.csv", 0), ordinary = Names("ordinary-people-global.csv", OrdinaryRows);
        Stages stages = new(ScreeningIndex.Build(RealLists.Union(data).SelectMany(list => list.Entities)));
        Console.WriteLine(Machine.Line());
        Console.WriteLine(FormattableString.Invariant($"{stages._index.EntityCount:N0} entities, {stages._index.NameCount:N0} names; people have {stages._people.Names.Count:N0} in {stages._people.Names.WordingCount:N0} wordings"));
        TextTable table = new(["microseconds a query", "queries", .. Enum.GetNames<Stage>(), "p99", "bytes", "compared"]);
        stages.Measure(table, "people on the UN list, mangled", listed, Rounds);
        stages.Measure(table, "ordinary people", ordinary, Rounds);
        stages.Measure(table, "both", [.. listed, .. ordinary], Rounds);
        stages.MeasureOnce(table, "other people, never asked for before: medians", Names("ordinary-people-us.csv", FreshRows));
        table.Print(Console.Out);
    }

    private void Measure(TextTable table, string what, string[] names, int rounds)
    {
        double[][] times = [.. names.Select(_ => Enumerable.Repeat(double.MaxValue, Enum.GetValues<Stage>().Length).ToArray())];
        long compared = 0, bytes = 0;
        for (int round = 0; round < rounds; round++)
        {
            compared = 0;
            for (int i = 0; i < names.Length; i++)
                compared += Time(names[i], times[i]);
            // On its own: right after its stages a query would find all that it needs near the processor.
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < names.Length; i++)
                TimeWhole(names[i], times[i], explained: false);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / names.Length;
            for (int i = 0; i < names.Length; i++)
                TimeWhole(names[i], times[i], explained: true);
        }

        table.Add(what,
        [
            $"{names.Length:N0}", .. Enum.GetValues<Stage>().Select(stage => Figure(times.Average(t => t[(int)stage]))),
            Figure(Quantile.Of([.. times.Select(t => t[(int)Stage.Whole]).Order()], 0.99)), $"{bytes:N0}", Figure((double)compared / names.Length),
        ]);
    }

    /// <summary>Times the stages of queries that are asked once: then only the middle one of many times says something.</summary>
    private void MeasureOnce(TextTable table, string what, string[] names)
    {
        double[][] times = [.. names.Select(_ => Enumerable.Repeat(double.MaxValue, Enum.GetValues<Stage>().Length).ToArray())];
        long before = GC.GetAllocatedBytesForCurrentThread();
        double compared = names.Zip(times).Sum(each => Time(each.First, each.Second));
        long bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / names.Length;
        foreach (double[] each in times)
            each[(int)Stage.Whole] = each[(int)Stage.Explained] = each[(int)Stage.Reading] + each[(int)Stage.Finding] + each[(int)Stage.Weighing];
        table.Add(what,
        [
            $"{names.Length:N0}", .. Enum.GetValues<Stage>().Select(stage => Figure(Quantile.Of([.. times.Select(t => t[(int)stage]).Order()], 0.5))),
            "", $"{bytes:N0}", Figure(compared / names.Length),
        ]);
    }

    /// <summary>Times the stages of one query.</summary>
    /// <param name="text">The query.</param>
    /// <param name="least">The least time that each stage ever took.</param>
    /// <returns>How many wordings were compared whole.</returns>
    private int Time(string text, double[] least)
    {
        Span<double> taken = stackalloc double[least.Length];
        int compared = 0;
        foreach (string reading in NameReadings.Of(text, NameKind.Person))
        {
            long start = Stopwatch.GetTimestamp();
            Name name = Name.Parse(reading, NameKind.Person);
            start = Lap(start, ref taken[(int)Stage.Reading]);
            List<Found> wordings = _search.Candidates(name, _least);
            start = Lap(start, ref taken[(int)Stage.Finding]);
            foreach ((int wording, float _) in wordings)
            {
                foreach (int part in _people.Names.PartsOf(wording))
                    _sum += _people.Names.Vocabulary[part].Rarity;
            }

            start = Lap(start, ref taken[(int)Stage.Touching]);
            foreach ((int wording, float _) in wordings)
                _sum += _search.Weigh(name, wording);
            Lap(start, ref taken[(int)Stage.Weighing]);
            compared += wordings.Count;
        }

        for (int stage = 0; stage < (int)Stage.Whole; stage++)
            least[stage] = Math.Min(least[stage], taken[stage]);
        return compared;
    }

    private void TimeWhole(string text, double[] least, bool explained)
    {
        long start = Stopwatch.GetTimestamp();
        foreach (Match match in _screener.Screen(QueryRow.ByName("Person", text)))
            _sum += explained ? match.Evidence.Length : 0;
        ref double whole = ref least[(int)(explained ? Stage.Explained : Stage.Whole)];
        whole = Math.Min(whole, Stopwatch.GetElapsedTime(start).TotalMicroseconds);
    }

    private static long Lap(long start, ref double taken)
    {
        long now = Stopwatch.GetTimestamp();
        taken += Stopwatch.GetElapsedTime(start, now).TotalMicroseconds;
        return now;
    }

    private static string Figure(double value) => FormattableString.Invariant($"{value:N1}");
}
