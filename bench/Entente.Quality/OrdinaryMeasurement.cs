using System.Collections.Immutable;
using Entente.Screening;

namespace Entente.Bench;

/// <summary>Ordinary people against the list: how many are alarmed about?</summary>
internal static class OrdinaryMeasurement
{
    private static readonly double[] Thresholds = [0.50, 0.55, 0.60, 0.65, 0.70, 0.75, 0.80, 0.85, 0.90, 0.95];

    public static void Run(Options options, Report report)
    {
        if (options.Data is null)
        {
            report.Skip("no real data");
            return;
        }
        Screener screener = new(ScreeningIndex.Build(RealData.UnList(options.Data)), MatchPolicy.Default);
        foreach (string file in RealData.OrdinaryFiles)
        {
            var rows = RealData.Rows(Path.Combine(options.Data, "queries", file), options.Rows);
            string people = file.Contains("global", StringComparison.Ordinal) ? "global" : "us";
            Judge(people + ", name only", rows, QueryRow.ByName, 0.001, screener, options, report);
            Judge(people + ", all columns", rows, QueryRow.ByAll, 0.0001, screener, options, report);
        }
    }

    private static void Judge(
        string variant,
        IReadOnlyList<IReadOnlyDictionary<string, string>> rows,
        Func<IReadOnlyDictionary<string, string>, Query> ask,
        double most,
        Screener screener,
        Options options,
        Report report)
    {
        ImmutableArray<Match>[] results = Runs.Screen(screener, [.. rows.Select(ask)], options.Threads);
        int alarms = 0;
        int[] above = new int[Thresholds.Length];
        for (int i = 0; i < rows.Count; i++)
        {
            double best = results[i].Select(match => match.Score).DefaultIfEmpty(0).Max();
            for (int t = 0; t < Thresholds.Length; t++)
                above[t] += best >= Thresholds[t] ? 1 : 0;
            if (!results[i].Any(match => match.IsMatch))
                continue;
            alarms++;
            foreach (Match match in results[i].Where(match => match.IsMatch))
            {
                report.Miss(
                    variant,
                    rows[i]["full_name"],
                    string.Join(", ", rows[i]["date_of_birth"], rows[i]["place_of_birth"], rows[i]["nationality"], rows[i]["gender"]),
                    $"{match.Entity.Caption} b. {string.Join('/', match.Entity.Get("birthDate"))}",
                    Runs.Show(match));
            }
        }
        report.Rate(variant + ": alarmed about", new Rate(alarms, rows.Count), Goal.Most(most));
        report.Figure(variant + ": alarms per 10,000", rows.Count == 0 ? 0 : 10_000.0 * alarms / rows.Count, "");
        Report.Group("    with a score of at least: " + string.Join("  ", Thresholds.Zip(above, (threshold, count) =>
            FormattableString.Invariant($"{threshold:F2}: {count}"))));
    }
}
