namespace Entente.Scale.MadeUp;

/// <summary>Random numbers that are the same on every machine and runtime, which <see cref="Random"/> does not promise.</summary>
/// <remarks>SplitMix64 (Steele, Lea, Flood 2014). Each entity gets dice of its own, from the seed and its number, so that a shorter list is the beginning of a longer one.</remarks>
internal sealed class Dice(ulong seed, long number)
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong _state = Mix(seed) ^ Mix(((ulong)number * Step) + 1);

    /// <summary>A number in [0, 1).</summary>
    public double Next() => (Roll() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number in [0, <paramref name="below"/>).</summary>
    public int Next(int below) => (int)(Next() * below);

    /// <summary>True with the given probability.</summary>
    public bool Chance(double probability) => Next() < probability;

    /// <summary>Any of the items, each as likely.</summary>
    public T Any<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    private ulong Roll()
    {
        _state += Step;
        return Mix(_state);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
