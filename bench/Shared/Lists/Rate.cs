namespace Entente.Bench;

/// <summary>So many out of so many, with its 95% confidence interval.</summary>
internal readonly record struct Rate(long Count, long Of)
{
    private const double Z = 1.959963984540054;

    /// <summary>The observed share; 0 of nothing.</summary>
    public double Value => Of == 0 ? 0 : (double)Count / Of;

    /// <summary>Lower end of Wilson's score interval (Wilson 1927), sound also near 0 and 1.</summary>
    public double Low => Of == 0 ? 0 : Math.Max(0, Centre - Spread);

    /// <summary>Upper end of Wilson's score interval.</summary>
    public double High => Of == 0 ? 1 : Math.Min(1, Centre + Spread);

    private double Centre => (Value + (Z * Z / (2 * Of))) / (1 + (Z * Z / Of));

    private double Spread =>
        Z / (1 + (Z * Z / Of)) * Math.Sqrt((Value * (1 - Value) / Of) + (Z * Z / (4.0 * Of * Of)));
}

/// <summary>What the project set out to reach for a figure.</summary>
internal readonly record struct Goal(double Bound, bool AtLeast)
{
    public static Goal Least(double bound) => new(bound, true);

    public static Goal Most(double bound) => new(bound, false);

    public bool IsMetBy(double value) => AtLeast ? value >= Bound : value <= Bound;
}

/// <summary>Order statistics.</summary>
internal static class Quantile
{
    /// <summary>The value below or at which the given share of the sorted values lies (nearest rank).</summary>
    public static double Of(IReadOnlyList<double> sorted, double share) =>
        sorted.Count == 0 ? double.NaN : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
}
