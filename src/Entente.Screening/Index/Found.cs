namespace Entente.Screening.Index;

/// <summary>A wording that may weigh enough.</summary>
/// <param name="Wording">The wording.</param>
/// <param name="Bound">The most that it can weigh, in bits.</param>
internal readonly record struct Found(int Wording, float Bound)
{
    /// <summary>In the order of the wordings.</summary>
    public static Comparer<Found> ByWording { get; } = Comparer<Found>.Create(static (a, b) => a.Wording.CompareTo(b.Wording));
}
