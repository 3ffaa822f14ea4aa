using System.Numerics;

namespace Entente.Screening.Index;

/// <summary>What each part of listed names adds that agrees with one part of a query.</summary>
/// <remarks>A table of twice as many slots as parts at least, searched from a hash onwards. Immutable, thread-safe.</remarks>
internal sealed class PartBits
{
    // A part's number and one more, so that an empty slot is 0.
    private readonly (int Key, float Bits)[] _slots;
    private readonly int _shift;

    /// <summary>Takes up the parts.</summary>
    /// <param name="parts">Their numbers, each once.</param>
    /// <param name="bits">What each adds.</param>
    public PartBits(int[] parts, float[] bits)
    {
        int log = BitOperations.Log2((uint)parts.Length | 1) + 2;
        _slots = new (int, float)[1 << log];
        _shift = 32 - log;
        for (int i = 0; i < parts.Length; i++)
        {
            int at = SlotOf(parts[i]);
            while (_slots[at].Key != 0)
                at = (at + 1) & (_slots.Length - 1);
            _slots[at] = (parts[i] + 1, bits[i]);
        }
    }

    /// <summary>Bytes that are kept, about.</summary>
    public int Size => 40 + (8 * _slots.Length);

    /// <summary>What the best of a wording's parts adds.</summary>
    /// <param name="parts">Numbers of the wording's parts.</param>
    /// <returns>0 where none agrees.</returns>
    public float BestOf(ReadOnlySpan<int> parts)
    {
        float best = 0;
        foreach (int part in parts)
        {
            for (int at = SlotOf(part); _slots[at].Key != 0; at = (at + 1) & (_slots.Length - 1))
            {
                if (_slots[at].Key == part + 1)
                {
                    best = Math.Max(best, _slots[at].Bits);
                    break;
                }
            }
        }

        return best;
    }

    private int SlotOf(int part) => (int)((uint)part * 0x9E3779B9u >> _shift);
}
