using Entente.Records;
using Entente.Screening;

namespace Entente.Bench;

/// <summary>
/// Each further name of a listed person against the name that its publisher puts first: what people are really called beside.
/// Some are quite other names (a nom de guerre), which no comparison finds: the figure is for holding two versions side by side.
/// </summary>
internal static class AliasMeasurement
{
    private static readonly string[] NameProperties = ["name", "alias", "previousName"];

    private readonly record struct Case(string First, string Other, bool AcrossScripts);

    public static void Run(Options options, Report report)
    {
        if (options.Data is null)
        {
            report.Skip("no real data");
            return;
        }
        List<Case> cases = [.. RealData.Thin([.. RealLists.Union(options.Data).SelectMany(list => list.Entities).SelectMany(Cases).Distinct()], options.Rows)];
        List<(Case Case, bool Found)> judged = [.. cases.AsParallel().AsOrdered().WithDegreeOfParallelism(options.Threads).Select(each => (each, IsMatch(each)))];
        foreach ((string what, bool across) in new[] { ("in one script", false), ("across scripts", true) })
        {
            (Case Case, bool Found)[] group = [.. judged.Where(each => each.Case.AcrossScripts == across)];
            report.Rate($"people's further names, {what}: a match for the first", new Rate(group.Count(each => each.Found), group.Length));
            foreach ((Case missed, bool _) in group.Where(each => !each.Found))
                report.Miss(what, missed.First, missed.Other);
        }
    }

    private static bool IsMatch(Case each) => PairComparison.Compare("Person", each.First, each.Other).Score >= MatchPolicy.Default.Threshold;

    private static IEnumerable<Case> Cases(Entity entity)
    {
        // Some lists give all they name the general schema: who is no person there is the same in both versions.
        if (entity.Schema is not ("Person" or "LegalEntity"))
            yield break;
        string[] names = [.. NameProperties.SelectMany(property => entity.Get(property)).Where(name => name.Contains(' ', StringComparison.Ordinal)).Distinct(StringComparer.OrdinalIgnoreCase)];
        foreach (string other in names.Skip(1))
            yield return new Case(names[0], other, Scripts.Purely(names[0]) != Scripts.Purely(other));
    }
}
