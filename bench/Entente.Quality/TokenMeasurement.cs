using System.Globalization;
using Entente.Names;

namespace Entente.Bench;

/// <summary>
/// Single tokens across scripts: how many true pairs are still told apart from chance when one chance pair
/// in a hundred is let through? On the held-out part only.
/// </summary>
internal static class TokenMeasurement
{
    private const int Shuffles = 5;
    private const double FalseAcceptance = 0.01;

    private readonly record struct Pair(string Latin, string Other, int Count);

    public static void Run(Options options, Report report)
    {
        if (options.Data is null)
        {
            report.Skip("no real data");
            return;
        }
        foreach (string script in new[] { "arabic", "cyrillic", "hebrew" })
            Judge(script, Path.Combine(options.Data, "names", script + "-latin-tokens.csv"), options, report);
    }

    private static void Judge(string script, string path, Options options, Report report)
    {
        List<Pair> pairs =
        [
            .. RealData.Thin(
                [
                    .. RealData.Rows(path)
                        .Select(row => new Pair(row["latin"], row["other"], int.Parse(row["count"], CultureInfo.InvariantCulture)))
                        .Where(pair => HeldOut.Contains(pair.Other)),
                ],
                options.Rows),
        ];
        double[] positives = Score(pairs, options.Threads);
        List<Pair> chance = Chance(pairs);
        double[] negatives = Score(chance, options.Threads);
        double threshold = Threshold(negatives);

        long Weight(IEnumerable<int> rows) => rows.Sum(i => (long)pairs[i].Count);
        List<int> accepted = [.. Enumerable.Range(0, pairs.Count).Where(i => positives[i] >= threshold)];
        report.Rate($"{script}: false acceptance at threshold {threshold.ToString("F3", CultureInfo.InvariantCulture)}",
            new Rate(negatives.Count(score => score >= threshold), negatives.Length));
        report.Rate(script + ": recall", new Rate(accepted.Count, pairs.Count));
        report.Rate(script + ": recall, rows seen twice or more",
            new Rate(accepted.Count(i => pairs[i].Count >= 2), pairs.Count(pair => pair.Count >= 2)));
        // No interval is claimed for the weighted figure: one name's many bearers are not independent.
        report.Figure(script + ": recall weighted by count",
            100.0 * Weight(accepted) / Math.Max(1, Weight(Enumerable.Range(0, pairs.Count))), "%");

        foreach (int i in Enumerable.Range(0, pairs.Count).Where(i => positives[i] < threshold).OrderByDescending(i => pairs[i].Count))
            report.Miss(script, "refused", pairs[i].Latin, pairs[i].Other, "x" + pairs[i].Count.ToString(CultureInfo.InvariantCulture), Shown(positives[i]));
        foreach (int i in Enumerable.Range(0, chance.Count).Where(i => negatives[i] >= threshold).OrderByDescending(i => negatives[i]).Take(200))
            report.Miss(script, "let through", chance[i].Latin, chance[i].Other, "", Shown(negatives[i]));
    }

    private static string Shown(double score) => score.ToString("F3", CultureInfo.InvariantCulture);

    private static double[] Score(List<Pair> pairs, int threads)
    {
        double[] scores = new double[pairs.Count];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = threads };
        Parallel.For(0, pairs.Count, parallel, i => scores[i] = TokenSimilarity.Compare(pairs[i].Latin, pairs[i].Other));
        return scores;
    }

    /// <summary>The same tokens, paired by chance; a pair that happens to be true is left out.</summary>
    private static List<Pair> Chance(List<Pair> pairs)
    {
        HashSet<(string, string)> real = [.. pairs.Select(pair => (pair.Latin, pair.Other))];
        List<Pair> chance = [];
        for (int shuffle = 1; shuffle <= Shuffles; shuffle++)
        {
            string[] latin = [.. pairs.Select(pair => pair.Latin)];
            new Random(shuffle).Shuffle(latin);
            for (int i = 0; i < pairs.Count; i++)
            {
                if (!real.Contains((latin[i], pairs[i].Other)))
                    chance.Add(new Pair(latin[i], pairs[i].Other, 1));
            }
        }
        return chance;
    }

    /// <summary>The lowest threshold that lets through no more than the allowed share, ties counted against us.</summary>
    private static double Threshold(double[] negatives)
    {
        double[] sorted = [.. negatives.OrderDescending()];
        int allowed = (int)(FalseAcceptance * sorted.Length);
        return sorted.Length == 0 ? double.PositiveInfinity : Math.BitIncrement(sorted[allowed]);
    }
}
