using System.Collections.Immutable;
using Entente.Records;
using Entente.Screening;

namespace Entente.Bench;

/// <summary>Listed people under mangled names: is the right entity first, and a match?</summary>
internal static class ListedMeasurement
{
    public static void Run(Options options, Report report)
    {
        if (options.Data is null)
        {
            report.Skip("no real data");
            return;
        }
        IReadOnlyList<Entity> list = RealData.UnList(options.Data);
        HashSet<string> ids = [.. list.Select(entity => entity.Id)];
        var rows = RealData.Rows(Path.Combine(options.Data, "queries", "un-listed-people.csv"), options.Rows);
        var listed = rows.Where(row => Expected(row).Any(ids.Contains)).ToList();
        report.Figure("rows", rows.Count, "");
        report.Figure("no longer listed (left out)", rows.Count - listed.Count, "");

        Screener screener = new(ScreeningIndex.Build(list), MatchPolicy.Default);
        Judge("name only", listed, QueryRow.ByName, screener, options, report);
        Judge("all columns", listed, QueryRow.ByAll, screener, options, report);
    }

    private static void Judge(
        string variant,
        List<IReadOnlyDictionary<string, string>> rows,
        Func<IReadOnlyDictionary<string, string>, Query> ask,
        Screener screener,
        Options options,
        Report report)
    {
        ImmutableArray<Match>[] results = Runs.Screen(screener, [.. rows.Select(ask)], options.Threads);
        int onTop = 0, anywhere = 0, top = 0, clear = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            string[] expected = Expected(rows[i]);
            int place = Place(results[i], expected);
            bool matches = place >= 0 && results[i][place].IsMatch;
            top += place == 0 ? 1 : 0;
            anywhere += matches ? 1 : 0;
            if (place == 0 && matches)
            {
                onTop++;
                clear += results[i].Length == 1 || results[i][0].Score > results[i][1].Score ? 1 : 0;
                continue;
            }
            report.Miss(
                variant,
                rows[i]["full_name"],
                "listed as " + rows[i]["listed_name"],
                "expected " + string.Join('|', expected),
                place >= 0 ? "found: " + Runs.Show(results[i][place]) : "not found",
                results[i].Length > 0 ? "first: " + Runs.Show(results[i][0]) : "nothing found");
        }
        report.Rate(variant + ": right entity first, and a match", new Rate(onTop, rows.Count), Goal.Least(0.995));
        report.Rate(variant + ": ... and scored above the second", new Rate(clear, rows.Count));
        report.Rate(variant + ": right entity first, match or not", new Rate(top, rows.Count));
        report.Rate(variant + ": right entity a match, in any place", new Rate(anywhere, rows.Count));
    }

    /// <summary>A reference may be given with alternatives, parted by '|', where a person is listed twice.</summary>
    private static string[] Expected(IReadOnlyDictionary<string, string> row) =>
        [.. row["expected_reference"].Split('|').Select(reference => "un-" + reference)];

    private static int Place(ImmutableArray<Match> results, string[] expected)
    {
        for (int i = 0; i < results.Length; i++)
        {
            if (expected.Contains(results[i].Entity.Id))
                return i;
        }
        return -1;
    }
}
