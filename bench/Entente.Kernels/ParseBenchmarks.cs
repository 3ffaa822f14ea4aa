using BenchmarkDotNet.Attributes;
using Entente.Names.Structure;

namespace Entente.Kernels;

/// <summary>Folding a name and reading it into its parts. The names are made up.</summary>
[MemoryDiagnoser]
public class ParseBenchmarks
{
    [Benchmark(Baseline = true)]
    public Name Latin() => Name.Parse("Tariq Salman al-Qadiri", NameKind.Person);

    [Benchmark]
    public Name LatinWithAccents() => Name.Parse("Żółkowska-Brûlé, Mária Éloïse", NameKind.Person);

    [Benchmark]
    public Name Arabic() => Name.Parse("طارق بن سلمان عبد الرحمن القادري", NameKind.Person);

    [Benchmark]
    public Name Cyrillic() => Name.Parse("Железняковский Григорий Аркадьевич", NameKind.Person);

    [Benchmark]
    public Name Hebrew() => Name.Parse("אלחנן בן שמואל ברזילאי", NameKind.Person);

    [Benchmark]
    public Name Chinese() => Name.Parse("欧阳志红", NameKind.Person);

    [Benchmark]
    public Name Organisation() => Name.Parse("International Bureau for Harvest and Wells (IBHW) Co. Ltd.", NameKind.Organisation);

    [Benchmark]
    public Name Vessel() => Name.Parse("M/V SEA FALCON 7", NameKind.Thing);
}
