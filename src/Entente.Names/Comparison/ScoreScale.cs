namespace Entente.Names.Comparison;

/// <summary>Turns weight of evidence into a score.</summary>
/// <remarks>
/// The score is a logistic curve over bits: 0.70 at <see cref="MatchBits"/>, near 1 at twice
/// that, falling to 0 below. It never reaches 0 or 1, and it is the bits that rank equal scores.
/// </remarks>
public static class ScoreScale
{
    /// <summary>Bits of evidence at which the score is 0.70.</summary>
    public const double MatchBits = 9.15;

    // log2(0.7 / 0.3): the odds of 0.70.
    private const double OddsAtMatch = 1.2224;
    private const double BitsPerOdds = 2.2;

    /// <summary>The score of a weight.</summary>
    /// <param name="bits">Sum of evidence in bits.</param>
    /// <returns>In (0, 1); exactly 0 for not a number or minus infinity.</returns>
    public static double ToScore(double bits) =>
        double.IsNaN(bits) || double.IsNegativeInfinity(bits) ? 0 : 1 / (1 + Math.Pow(2, -(((bits - MatchBits) / BitsPerOdds) + OddsAtMatch)));

    /// <summary>The weight at which a score is reached.</summary>
    /// <param name="score">In (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">Not in (0, 1).</exception>
    public static double ToBits(double score) => score is > 0 and < 1
        ? MatchBits + (BitsPerOdds * (Math.Log2(score / (1 - score)) - OddsAtMatch))
        : throw new ArgumentOutOfRangeException(nameof(score), score, "Expected a score between 0 and 1, both excluded.");
}
