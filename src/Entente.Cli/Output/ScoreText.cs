using System.Globalization;

namespace Entente.Cli.Output;

/// <summary>Scores for people.</summary>
internal static class ScoreText
{
    /// <summary>Two decimals, cut rather than rounded: 0.699 must not show as the 0.70 that would be a match.</summary>
    /// <param name="score">In [0, 1].</param>
    /// <returns>Such as <c>0.69</c>.</returns>
    public static string Cut(double score) => (Math.Floor((score * 100) + 1e-9) / 100).ToString("F2", CultureInfo.InvariantCulture);
}
