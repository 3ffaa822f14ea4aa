using System.Collections.Immutable;
using Entente.Records;
using Entente.Screening;

namespace Entente.Bench;

/// <summary>
/// Every Arabic- and Cyrillic-script name on the list used as a query against the list without those scripts,
/// so that each must be found across scripts; and, for comparison, against the whole list.
/// </summary>
internal static class ScriptMeasurement
{
    public static void Run(Options options, Report report)
    {
        if (options.Data is null)
        {
            report.Skip("no real data");
            return;
        }
        IReadOnlyList<Entity> list = RealData.UnList(options.Data);
        ScriptCases all = ScriptCases.Of(list);
        List<ScriptCase> cases = [.. RealData.Thin(all.Findable, options.Rows)];
        report.Figure("names in Arabic or Cyrillic script", all.All.Count, "");
        report.Figure("left out: their entity has no name in Latin script", all.All.Count - all.Findable.Count, "");

        ILookup<string, string> carriers = all.All.ToLookup(c => c.Name, c => c.Entity.Id, StringComparer.Ordinal);
        Judge("across scripts", all.Stripped, cases, carriers, options, report, Goal.Least(0.95));
        Judge("whole list", list, cases, carriers, options, report, null);
    }

    private static void Judge(
        string variant,
        IReadOnlyList<Entity> list,
        List<ScriptCase> cases,
        ILookup<string, string> carriers,
        Options options,
        Report report,
        Goal? goal)
    {
        Screener screener = new(ScreeningIndex.Build(list), MatchPolicy.Default);
        List<Query> queries = [.. cases.Select(c => QueryRow.ByName(c.Entity.Schema, c.Name))];
        ImmutableArray<Match>[] results = Runs.Screen(screener, queries, options.Threads);

        List<(ScriptCase Case, bool Found, bool Anywhere, bool Namesake)> judged = [];
        for (int i = 0; i < cases.Count; i++)
        {
            ScriptCase c = cases[i];
            bool first = results[i].Length > 0 && results[i][0].IsMatch;
            bool found = first && results[i][0].Entity.Id == c.Entity.Id;
            bool namesake = first && carriers[c.Name].Contains(results[i][0].Entity.Id);
            Match? right = results[i].FirstOrDefault(match => match.Entity.Id == c.Entity.Id);
            judged.Add((c, found, right is { IsMatch: true }, namesake));
            if (!found)
            {
                report.Miss(
                    variant,
                    c.Name,
                    (c.IsPerson ? "person " : "organisation ") + c.Property,
                    $"expected {c.Entity.Id} {c.Entity.Caption}" + (namesake ? " (the hit bears the same name)" : ""),
                    right is null ? "not found" : "found: " + Runs.Show(right),
                    results[i].Length > 0 ? "first: " + Runs.Show(results[i][0]) : "nothing found");
            }
        }

        report.Rate(variant + ": right entity first, and a match", Share(judged, _ => true, j => j.Found), goal);
        report.Rate(variant + ": ... or another bearer of the same name", Share(judged, _ => true, j => j.Namesake));
        report.Rate(variant + ": right entity a match, in any place", Share(judged, _ => true, j => j.Anywhere));
        foreach ((string kind, bool person) in new[] { ("persons", true), ("organisations", false) })
        {
            foreach ((string strength, bool weak) in new[] { ("strong names", false), ("weak aliases", true) })
            {
                Rate share = Share(judged, j => j.Case.IsPerson == person && j.Case.IsWeak == weak, j => j.Found);
                if (share.Of > 0)
                    report.Rate($"{variant}: {kind}, {strength}", share);
            }
        }
        foreach (string script in new[] { Scripts.Arabic, Scripts.Cyrillic, Scripts.Mixed })
            report.Rate($"{variant}: {script}", Share(judged, j => Scripts.Purely(j.Case.Name) == script, j => j.Found));
    }

    private static Rate Share<T>(List<T> judged, Func<T, bool> group, Func<T, bool> good) =>
        new(judged.Count(j => group(j) && good(j)), judged.Count(group));
}
