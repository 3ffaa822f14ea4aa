using System.Globalization;
using Entente.Names.Sound;

namespace Entente.Training;

/// <summary>
/// Measures what the likeness of two words says for one name: log2 of how much oftener spellings of one name are so alike than words
/// drawn at random. <c>SoundEvidence</c> draws lines through these figures.
/// </summary>
internal static class Calibration
{
    private const int RandomPairs = 5_000_000, Steps = 10;

    // Rarer pairs of tokens are often slips of the source.
    private const int LeastCount = 3;

    /// <summary>Prints a table for each script against Latin, and for Latin against Latin.</summary>
    public static void Print(IReadOnlyList<List<TokenPair>> files, SoundModel model, TextWriter output)
    {
        output.WriteLine("bits that a likeness says for one name, by likeness (in brackets: percent of the spellings of one name)");
        for (int i = 0; i < files.Count; i++)
        {
            TokenPair[] pairs = [.. files[i].Where(p => p.Count >= LeastCount)];
            string script = TokenPairs.Files[i].Split('-')[0];
            Table($"{script} and latin", [.. pairs.Select(p => (p.Latin, p.Other, Math.Log2(p.Count) + 1))], model, output);
            Table($"latin and latin, of one {script} spelling", [.. SpellingFamilies.Pairs(pairs).Where(p => p.X != p.Y && p.X[0] < 'ƀ')], model, output);
        }
    }

    private static void Table(string title, (string X, string Y, double Weight)[] same, SoundModel model, TextWriter output)
    {
        Dictionary<string, SpokenWord> spoken = same.SelectMany(p => new[] { p.X, p.Y }).Distinct().ToDictionary(w => w, w => SpokenWord.Of(w, model), StringComparer.Ordinal);
        double[,] one = new double[2, Steps + 1], chance = new double[2, Steps + 1];
        double all = same.Sum(p => p.Weight);
        foreach ((string x, string y, double weight) in same)
            Count(spoken[x], spoken[y], weight, one);
        // Always the same pairs, so that two runs agree.
        var random = new Random(1);
        SpokenWord[] left = [.. same.Select(p => p.X).Distinct().Select(w => spoken[w])], right = [.. same.Select(p => p.Y).Distinct().Select(w => spoken[w])];
        for (int i = 0; i < RandomPairs; i++)
        {
            SpokenWord a = left[random.Next(left.Length)], b = right[random.Next(right.Length)];
            if (!ReferenceEquals(a, b))
                Count(a, b, 1, chance);
        }

        output.WriteLine($"{title}: {same.Length:N0} pairs");
        output.WriteLine("  likeness                " + string.Concat(Enumerable.Range(0, Steps + 1).Select(step => string.Create(CultureInfo.InvariantCulture, $"{(double)step / Steps,13:0.0}"))));
        foreach ((string consonants, int row) in new[] { ("the same consonants", 0), ("but for one", 1) })
        {
            output.Write($"  {consonants,-24}");
            for (int step = 0; step <= Steps; step++)
            {
                double bits = Math.Log2(one[row, step] / all * RandomPairs / chance[row, step]);
                output.Write(string.Create(CultureInfo.InvariantCulture, $"{(double.IsFinite(bits) ? bits.ToString("0.0", CultureInfo.InvariantCulture) : "-"),6} ({100 * one[row, step] / all,4:0.0})"));
            }

            output.WriteLine();
        }

        void Count(SpokenWord a, SpokenWord b, double weight, double[,] table)
        {
            int row = Skeleton.AreOne(a, b) ? 0 : Skeleton.AreNear(a, b) ? 1 : -1;
            if (row < 0)
                return;
            int step = (int)Math.Floor(SoundComparison.Likeness(a, b, model) * Steps);
            if (step >= 0)
                table[row, Math.Min(step, Steps)] += weight;
        }
    }
}
