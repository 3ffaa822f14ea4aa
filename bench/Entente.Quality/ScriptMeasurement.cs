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
    private sealed record Case(Entity Entity, string Property, string Name)
    {
        public bool IsPerson => Entity.Schema == "Person";

        public bool IsWeak => Property == "weakAlias";
    }

    public static void Run(Options options, Report report)
    {
        if (options.Data is null)
        {
            report.Skip("no real data");
            return;
        }
        IReadOnlyList<Entity> list = RealData.UnList(options.Data);
        List<Case> all = [.. list.SelectMany(Cases)];
        List<Entity> latinOnly = [.. list.Select(WithoutOtherScripts)];
        HashSet<string> named = [.. latinOnly.Where(entity => ListedNames.Of(entity).Any()).Select(entity => entity.Id)];
        List<Case> cases = [.. RealData.Thin([.. all.Where(c => named.Contains(c.Entity.Id))], options.Rows)];
        report.Figure("names in Arabic or Cyrillic script", all.Count, "");
        report.Figure("left out: their entity has no name in Latin script", all.Count(c => !named.Contains(c.Entity.Id)), "");

        ILookup<string, string> carriers = all.ToLookup(c => c.Name, c => c.Entity.Id, StringComparer.Ordinal);
        Judge("across scripts", latinOnly, cases, carriers, options, report, Goal.Least(0.95));
        Judge("whole list", list, cases, carriers, options, report, null);
    }

    private static void Judge(
        string variant,
        IReadOnlyList<Entity> list,
        List<Case> cases,
        ILookup<string, string> carriers,
        Options options,
        Report report,
        Goal? goal)
    {
        Screener screener = new(ScreeningIndex.Build(list), MatchPolicy.Default);
        List<Query> queries = [.. cases.Select(c => QueryRow.ByName(c.Entity.Schema, c.Name))];
        ImmutableArray<Match>[] results = Runs.Screen(screener, queries, options.Threads);

        List<(Case Case, bool Found, bool Anywhere, bool Namesake)> judged = [];
        for (int i = 0; i < cases.Count; i++)
        {
            Case c = cases[i];
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

    private static IEnumerable<Case> Cases(Entity entity) =>
        entity.Schema is "Person" or "Organization"
            ? ListedNames.Of(entity)
                .Where(listed => Scripts.HasArabicOrCyrillic(listed.Name))
                .Select(listed => new Case(entity, listed.Property, listed.Name))
            : [];

    /// <summary>The entity less every value, of whatever property, that holds a letter of the two scripts.</summary>
    private static Entity WithoutOtherScripts(Entity entity)
    {
        if (!entity.Statements.Any(statement => Scripts.HasArabicOrCyrillic(statement.Value)))
            return entity;
        EntityBuilder builder = new(entity.Id, entity.Schema, dataset: null);
        foreach (Statement statement in entity.Statements.Where(s => !Scripts.HasArabicOrCyrillic(s.Value)))
            builder.Add(statement with { OriginalValue = null });
        return builder.Build();
    }
}
