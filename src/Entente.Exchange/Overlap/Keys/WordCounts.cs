using System.Collections.Concurrent;

namespace Entente.Exchange.Overlap.Keys;

/// <summary>How many entities of a holding share each feature of a word: what agreement on it is worth among these people.</summary>
/// <remarks>
/// Everybody in a holding may come from one province, whose names are rare in the world and common here. The count is drawn towards what
/// the tables say by <see cref="Weight"/> entities, so that a small holding goes by the tables. Adding is safe for any number of threads.
/// </remarks>
internal sealed class WordCounts(int entities)
{
    private const double Weight = 1000;

    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public void Add(FineFeatures features)
    {
        foreach (string feature in features.Words.SelectMany(word => word.Features).Distinct(StringComparer.Ordinal))
            _counts.AddOrUpdate(feature, 1, static (_, count) => count + 1);
    }

    /// <summary>Bits of evidence in agreement on a feature.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="expected">The bits by the tables.</param>
    public double Bits(string feature, double expected) =>
        -Math.Log2((_counts.GetValueOrDefault(feature) + (Weight * Math.Pow(2, -expected))) / (entities + Weight));
}
