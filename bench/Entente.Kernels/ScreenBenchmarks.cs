using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Entente.Bench;
using Entente.Lists;
using Entente.Screening;

namespace Entente.Kernels;

/// <summary>One query against a whole list: the sample that we ship, and the real UN list where it is to be had.</summary>
[MemoryDiagnoser]
public class ScreenBenchmarks
{
    private Screener _screener = null!;

    /// <summary>The lists that are there: BenchmarkDotNet runs each kernel on each.</summary>
    public static IEnumerable<string> Lists =>
        RealData.Find(null) is { } data && File.Exists(Path.Combine(data, UnList)) ? ["sample", "UN"] : ["sample"];

    [ParamsSource(nameof(Lists))]
    public string List { get; set; } = "";

    [GlobalSetup]
    public void Load()
    {
        string file = List == "UN" ? Path.Combine(RealData.Find(null)!, UnList) : RealData.OwnSample();
        _screener = new Screener(ScreeningIndex.Build(ListReader.Read(file).Entities), MatchPolicy.Default);
    }

    [Benchmark(Baseline = true)]
    public ImmutableArray<Match> Latin() => _screener.Screen(QueryRow.ByName("Person", "Tarek Salmane Kadiri"));

    [Benchmark]
    public ImmutableArray<Match> CommonName() => _screener.Screen(QueryRow.ByName("Person", "Mohammed Ahmed Ali"));

    [Benchmark]
    public ImmutableArray<Match> Arabic() => _screener.Screen(QueryRow.ByName("Person", "طارق سلمان القادري"));

    [Benchmark]
    public ImmutableArray<Match> Cyrillic() => _screener.Screen(QueryRow.ByName("Person", "Григорий Железняковский"));

    [Benchmark]
    public ImmutableArray<Match> Unlisted() => _screener.Screen(QueryRow.ByName("Person", "Eleanor Brightwater"));

    [Benchmark]
    public ImmutableArray<Match> Organisation() => _screener.Screen(QueryRow.ByName("Organization", "Al-Furat Harvest Trading LLC"));

    private static string UnList => Path.Combine("lists", "un-consolidated.xml");
}
