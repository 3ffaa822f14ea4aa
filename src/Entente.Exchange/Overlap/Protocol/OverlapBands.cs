namespace Entente.Exchange.Overlap.Protocol;

/// <summary>The sizes that a set may show: 1,024, 1,536, 2,048, 3,072, 4,096 and so on to 4,194,304.</summary>
/// <remarks>A set is filled up to the next of them with random points, which nobody can tell from blinded keys. It shows its size to no more than a half.</remarks>
public static class OverlapBands
{
    /// <summary>The smallest.</summary>
    public const int Smallest = 1024;

    /// <summary>The largest.</summary>
    public const int Largest = 4 * 1024 * 1024;

    /// <summary>The band of a set.</summary>
    /// <param name="count">How many the set holds, 0 to <see cref="Largest"/>.</param>
    /// <returns>The smallest band that is not less.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or more than <see cref="Largest"/>.</exception>
    public static int Of(int count)
    {
        if (count is < 0 or > Largest)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"Expected 0 to {Largest}: a larger set is compared in parts.");
        int band = Smallest;
        while (band < count)
        {
            if (band + (band / 2) is var between && between >= count && between < Largest)
                return between;
            band *= 2;
        }

        return band;
    }

    /// <summary>Whether a number is a band.</summary>
    /// <param name="size">Any number.</param>
    /// <returns>True for a band.</returns>
    public static bool IsBand(int size) => size is >= Smallest and <= Largest && Of(size) == size;
}
