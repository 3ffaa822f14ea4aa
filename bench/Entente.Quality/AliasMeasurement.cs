using Entente.Records;
using Entente.Screening;

namespace Entente.Bench;

/// <summary>
/// Each further name of a listed person against the name that its publisher puts first: what people are really called beside.
/// Some are quite other names (a nom de guerre), which no comparison finds: the figure is for holding two versions side by side.
/// </summary>
internal static class AliasMeasurement
{
    private const double Threshold = 0.70;

    private static readonly string[] Further = ["name", "alias", "previousName"];

    private readonly record struct Case(string First, string Other, bool AcrossScripts);

    public static void Run(Options options, Report report)
    {
        if (options.Data is null)
        {
            report.Skip("no real data");
            return;
        }
        List<Case> cases = [.. RealData.Thin([.. RealLists.Union(options.Data).SelectMany(list => list.Entities).SelectMany(Cases).Distinct()], options.Rows)];
        bool[] found = new bool[cases.Count];
        Parallel.For(0, cases.Count, new ParallelOptions { MaxDegreeOfParallelism = options.Threads }, i => found[i] = PairComparison.Compare("Person", cases[i].First, cases[i].Other).Score >= Threshold);
        foreach ((string what, bool across) in new[] { ("in one script", false), ("across scripts", true) })
        {
            int[] group = [.. Enumerable.Range(0, cases.Count).Where(i => cases[i].AcrossScripts == across)];
            report.Rate($"people's further names, {what}: a match for the first", new Rate(group.Count(i => found[i]), group.Length));
            foreach (int i in group.Where(i => !found[i]))
                report.Miss(what, cases[i].First, cases[i].Other);
        }
    }

    private static IEnumerable<Case> Cases(Entity entity)
    {
        if (entity.Schema is not ("Person" or "LegalEntity"))
            yield break;
        string[] names = [.. Further.SelectMany(property => entity.Get(property)).Where(name => name.Contains(' ', StringComparison.Ordinal)).Distinct(StringComparer.OrdinalIgnoreCase)];
        // Of general schema, some lists put people and others; two words or more that stand in another order are people's, or harmless.
        foreach (string other in names.Skip(1))
            yield return new Case(names[0], other, Scripts.Purely(names[0]) != Scripts.Purely(other));
    }
}
