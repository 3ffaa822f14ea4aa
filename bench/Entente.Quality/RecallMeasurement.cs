using Entente.Screening;

namespace Entente.Bench;

/// <summary>What the index loses of what comparing with every name would report: of all real lists, and across scripts.</summary>
internal static class RecallMeasurement
{
    // To compare a name with all takes a tenth of a second and more.
    private const int OrdinaryRows = 500;

    public static void Run(Options options, Report report)
    {
        if (options.Data is null)
        {
            report.Skip("no real data");
            return;
        }
        Screener screener = new(UnionMeasurement.Index(options.Data, report), MatchPolicy.Default);
        List<Query> queries = [];
        foreach (string file in new[] { "un-listed-people.csv", "ordinary-people-global.csv", "ordinary-people-us.csv" })
        {
            bool ordinary = file.StartsWith("ordinary", StringComparison.Ordinal);
            var rows = RealData.Rows(Path.Combine(options.Data, "queries", file), options.Rows > 0 ? options.Rows : ordinary ? OrdinaryRows : 0);
            queries.AddRange([.. rows.Select(QueryRow.ByName), .. rows.Select(QueryRow.ByAll)]);
        }
        Judge("all lists", screener, queries, options, report);

        ScriptCases scripts = ScriptCases.Of(RealData.UnList(options.Data));
        Judge(
            "the UN list, across scripts", new(ScreeningIndex.Build(scripts.Stripped), MatchPolicy.Default),
            [.. RealData.Thin(scripts.Findable, options.Rows).Select(c => QueryRow.ByName(c.Entity.Schema, c.Name))], options, report);
    }

    private static void Judge(string variant, Screener screener, List<Query> queries, Options options, Report report)
    {
        int wanted = 0, found = 0;
        object gate = new();
        Parallel.ForEach(queries, new ParallelOptions { MaxDegreeOfParallelism = options.Threads }, query =>
        {
            Match[] all = [.. screener.Screen(query, exhaustive: true).Where(match => match.IsMatch)];
            HashSet<string> quick = [.. screener.Screen(query).Select(match => match.Entity.Id)];
            lock (gate)
            {
                wanted += all.Length;
                found += all.Count(match => quick.Contains(match.Entity.Id));
                foreach (Match match in all.Where(match => !quick.Contains(match.Entity.Id)))
                    report.Miss("lost", query.Names[0], Runs.Show(match), "matched name: " + match.MatchedName, string.Join("; ", match.Evidence.Select(e => FormattableString.Invariant($"{e.Weight:+0.0;-0.0} {e.QueryValue}/{e.ListedValue}"))));
            }
        });
        report.Figure(variant + ": queries", queries.Count, "");
        report.Rate(variant + ": matches of the full scan that the index finds", new Rate(found, wanted), Goal.Least(0.999));
    }
}
