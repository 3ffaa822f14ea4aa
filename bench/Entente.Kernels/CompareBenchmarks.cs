using BenchmarkDotNet.Attributes;
using Entente.Screening;

namespace Entente.Kernels;

/// <summary>Scoring two names against each other, parsing and evidence included. The names are made up.</summary>
[MemoryDiagnoser]
public class CompareBenchmarks
{
    [Benchmark(Baseline = true)]
    public ComparisonResult SameLatin() => PairComparison.Compare("Person", "Tariq Salman al-Qadiri", "Tarek Salman Kadiri");

    [Benchmark]
    public ComparisonResult LatinArabic() => PairComparison.Compare("Person", "Tarek Salmane Kadiri", "طارق سلمان القادري");

    [Benchmark]
    public ComparisonResult LatinCyrillic() => PairComparison.Compare("Person", "Grigory Zheleznyakovsky", "Григорий Железняковский");

    [Benchmark]
    public ComparisonResult Unlike() => PairComparison.Compare("Person", "Tariq Salman al-Qadiri", "Eleanor Brightwater");

    [Benchmark]
    public ComparisonResult Organisations() => PairComparison.Compare("Company", "Al-Furat Harvest Trading LLC", "Furat Harvest General Trading Co. Ltd.");
}
