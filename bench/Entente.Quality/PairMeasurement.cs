using System.Globalization;
using Entente.Screening;

namespace Entente.Bench;

/// <summary>Labelled pairs of names: precision, recall and F1, whole and by category.</summary>
internal static class PairMeasurement
{
    private const double Threshold = 0.70;

    private sealed record Pair(string Schema, string Name1, string Name2, bool IsMatch, string Quality, string Category, double Score);

    private readonly record struct Tally(int TruePositives, int FalsePositives, int FalseNegatives)
    {
        public Rate Precision => new(TruePositives, TruePositives + FalsePositives);

        public Rate Recall => new(TruePositives, TruePositives + FalseNegatives);

        public double F1 => TruePositives == 0 ? 0 : 2.0 * TruePositives / ((2 * TruePositives) + FalsePositives + FalseNegatives);
    }

    public static void Run(Options options, Report report)
    {
        if (!File.Exists(options.Pairs))
        {
            report.Skip("no file " + options.Pairs);
            return;
        }
        List<Pair> pairs =
        [
            .. RealData.Rows(options.Pairs).AsParallel().AsOrdered().WithDegreeOfParallelism(options.Threads).Select(Score),
        ];
        report.Figure("pairs", pairs.Count, "");
        report.Figure("of them the same", pairs.Count(pair => pair.IsMatch), "");
        Tally whole = Count(pairs, Threshold);
        report.Rate("precision at 0.70", whole.Precision);
        report.Rate("recall at 0.70", whole.Recall);
        report.Figure("F1 at 0.70", whole.F1, "");
        double best = pairs.Select(pair => pair.Score).Distinct().DefaultIfEmpty(Threshold).MaxBy(threshold => Count(pairs, threshold).F1);
        report.Figure("best F1 at any threshold", Count(pairs, best).F1, "");
        report.Figure("... which is", best, "");

        report.Figure("F1 at 0.70 without the weak pairs", Count([.. pairs.Where(pair => pair.Quality != "WEAK")], Threshold).F1, "");

        Groups("schema", pairs, pair => pair.Schema, report);
        Groups("quality", pairs, pair => pair.Quality, report);
        Groups("category", pairs, pair => pair.Category, report);
        foreach (Pair pair in pairs.Where(IsWrong).OrderByDescending(pair => Math.Abs(pair.Score - Threshold)))
        {
            report.Miss(
                pair.IsMatch ? "missed" : "false alarm",
                pair.Score.ToString("F3", CultureInfo.InvariantCulture),
                pair.Schema,
                pair.Name1,
                pair.Name2,
                pair.Quality,
                pair.Category);
        }
    }

    private static void Groups(string heading, List<Pair> pairs, Func<Pair, string> key, Report report)
    {
        if (pairs.All(pair => key(pair).Length == 0))
            return;
        Report.Group($"by {heading} (mean score of the same, of the different): right / all");
        foreach (IGrouping<string, Pair> group in pairs.GroupBy(key).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            string same = Mean(group.Where(pair => pair.IsMatch)), different = Mean(group.Where(pair => !pair.IsMatch));
            report.Rate($"{heading} {group.Key} ({same}, {different})", new Rate(group.Count(pair => !IsWrong(pair)), group.Count()));
        }
    }

    private static string Mean(IEnumerable<Pair> pairs) =>
        pairs.Select(pair => pair.Score).DefaultIfEmpty(double.NaN).Average() is var mean && double.IsNaN(mean)
            ? "-"
            : mean.ToString("F2", CultureInfo.InvariantCulture);

    private static bool IsWrong(Pair pair) => pair.Score >= Threshold != pair.IsMatch;

    private static Tally Count(List<Pair> pairs, double threshold) => new(
        pairs.Count(pair => pair.IsMatch && pair.Score >= threshold),
        pairs.Count(pair => !pair.IsMatch && pair.Score >= threshold),
        pairs.Count(pair => pair.IsMatch && pair.Score < threshold));

    private static Pair Score(IReadOnlyDictionary<string, string> row)
    {
        string schema = row.GetValueOrDefault("schema") is { Length: > 0 } given ? given : "Person";
        string name1 = row["name1"], name2 = row["name2"];
        return new Pair(
            schema,
            name1,
            name2,
            row["is_match"].Trim().ToLowerInvariant() is "true" or "1" or "yes" or "t" or "y",
            row.GetValueOrDefault("quality") ?? "",
            row.GetValueOrDefault("category") ?? "",
            PairComparison.Compare(schema, name1, name2).Score);
    }
}
