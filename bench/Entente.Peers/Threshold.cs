using System.Globalization;

namespace Entente.Bench.Peers;

/// <summary>From which score on a contender's hit is an alert.</summary>
/// <param name="Score">In the contender's own scale.</param>
/// <param name="Above">Whether the score itself is still too low.</param>
internal readonly record struct Threshold(double Score, bool Above)
{
    public bool Accepts(double score) => Above ? score > Score : score >= Score;

    /// <summary>The lowest threshold that raises no more than so many alerts, given the best score of each query.</summary>
    public static Threshold For(int alerts, IEnumerable<double> bestScores)
    {
        double[] sorted = [.. bestScores.OrderDescending()];
        return new Threshold(alerts < sorted.Length ? sorted[alerts] : 0, Above: true);
    }

    public override string ToString() =>
        (Above ? "> " : "≥ ") + Score.ToString(Score > 1 ? "0" : "0.00##", CultureInfo.InvariantCulture);
}
