using Entente.Screening;

namespace Entente.Bench;

/// <summary>What the index loses of what comparing with every name of all real lists would report.</summary>
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
        int asked = 0, wanted = 0, found = 0;
        foreach (string file in new[] { "un-listed-people.csv", "ordinary-people-global.csv", "ordinary-people-us.csv" })
        {
            bool ordinary = file.StartsWith("ordinary", StringComparison.Ordinal);
            var rows = RealData.Rows(Path.Combine(options.Data, "queries", file), options.Rows > 0 ? options.Rows : ordinary ? OrdinaryRows : 0);
            foreach (Query[] queries in new[] { rows.Select(QueryRow.ByName).ToArray(), rows.Select(QueryRow.ByAll).ToArray() })
            {
                object gate = new();
                Parallel.ForEach(queries, new ParallelOptions { MaxDegreeOfParallelism = options.Threads }, query =>
                {
                    Match[] all = [.. screener.Screen(query, exhaustive: true).Where(match => match.IsMatch)];
                    HashSet<string> quick = [.. screener.Screen(query).Select(match => match.Entity.Id)];
                    lock (gate)
                    {
                        asked++;
                        wanted += all.Length;
                        found += all.Count(match => quick.Contains(match.Entity.Id));
                        foreach (Match match in all.Where(match => !quick.Contains(match.Entity.Id)))
                            report.Miss("lost", query.Names[0], Runs.Show(match), "matched name: " + match.MatchedName, string.Join("; ", match.Evidence.Select(e => FormattableString.Invariant($"{e.Weight:+0.0;-0.0} {e.QueryValue}/{e.ListedValue}"))));
                    }
                });
            }
        }
        report.Figure("queries", asked, "");
        report.Rate("matches of the full scan that the index finds", new Rate(found, wanted), Goal.Least(0.999));
    }
}
