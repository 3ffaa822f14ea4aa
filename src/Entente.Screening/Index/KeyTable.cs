using System.Numerics;

namespace Entente.Screening.Index;

/// <summary>From a key of 64 bits to the numbers filed under it.</summary>
/// <remarks>An open hash table over flat arrays: as compact in memory as on disk, and read from disk as it is. Immutable, thread-safe.</remarks>
internal sealed class KeyTable
{
    // Slot: a key at the same place in _keys, and where its numbers start and how many they are.
    private readonly ulong[] _keys;
    private readonly int[] _starts;
    private readonly int[] _counts;
    private readonly int[] _numbers;

    private KeyTable(ulong[] keys, int[] starts, int[] counts, int[] numbers)
    {
        _keys = keys;
        _starts = starts;
        _counts = counts;
        _numbers = numbers;
    }

    /// <summary>The numbers under a key, ascending; none for a key that is not there.</summary>
    public ReadOnlySpan<int> this[ulong key]
    {
        get
        {
            int mask = _keys.Length - 1;
            for (int slot = SlotOf(key, mask); _counts[slot] != 0; slot = (slot + 1) & mask)
            {
                if (_keys[slot] == key)
                    return _numbers.AsSpan(_starts[slot], _counts[slot]);
            }

            return [];
        }
    }

    private static int SlotOf(ulong key, int mask) => (int)((key * 0x9E3779B97F4A7C15UL) >> 32) & mask;

    /// <summary>Gathers keys and numbers, then makes the table.</summary>
    public sealed class Builder
    {
        private ulong[] _keys = new ulong[1024];
        private int[] _numbers = new int[1024];
        private int _count;

        /// <summary>Files a number under a key; twice is once.</summary>
        public void Add(ulong key, int number)
        {
            if (_count == _keys.Length)
            {
                Array.Resize(ref _keys, _count * 2);
                Array.Resize(ref _numbers, _count * 2);
            }

            _keys[_count] = key;
            _numbers[_count++] = number;
        }

        /// <summary>The table of all that was added.</summary>
        public KeyTable Build()
        {
            Array.Sort(_keys, _numbers, 0, _count);
            var numbers = new int[_count];
            int kept = 0, distinct = 0;
            for (int at = 0; at < _count; at++)
                distinct += at == 0 || _keys[at] != _keys[at - 1] ? 1 : 0;
            int size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, distinct * 2));
            var keys = new ulong[size];
            int[] starts = new int[size], counts = new int[size];
            for (int at = 0; at < _count;)
            {
                int end = at + 1;
                while (end < _count && _keys[end] == _keys[at])
                    end++;
                Array.Sort(_numbers, at, end - at);
                int slot = SlotOf(_keys[at], size - 1);
                while (counts[slot] != 0)
                    slot = (slot + 1) & (size - 1);
                keys[slot] = _keys[at];
                starts[slot] = kept;
                for (int i = at; i < end; i++)
                {
                    if (i == at || _numbers[i] != _numbers[i - 1])
                        numbers[kept++] = _numbers[i];
                }

                counts[slot] = kept - starts[slot];
                at = end;
            }

            return new KeyTable(keys, starts, counts, numbers.AsSpan(0, kept).ToArray());
        }
    }

    /// <summary>Writes the table.</summary>
    public void Write(ArrayWriter writer)
    {
        writer.Write(_keys);
        writer.Write(_starts);
        writer.Write(_counts);
        writer.Write(_numbers);
    }

    /// <summary>Whether all numbers are from 0 to below a bound.</summary>
    public bool AreBelow(int bound) => !_numbers.AsSpan().ContainsAnyExceptInRange(0, bound - 1);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="below">Every number must be below this.</param>
    /// <exception cref="InvalidDataException">The arrays do not fit together.</exception>
    public static KeyTable Read(ArrayReader reader, int below)
    {
        var table = new KeyTable(reader.Read<ulong>(), reader.Read<int>(), reader.Read<int>(), reader.Read<int>());
        int size = table._keys.Length;
        if (!BitOperations.IsPow2(size) || table._starts.Length != size || table._counts.Length != size || !table._counts.AsSpan().Contains(0) || !table.AreBelow(below))
            throw new InvalidDataException("a table of keys is damaged");
        for (int slot = 0; slot < size; slot++)
        {
            if (table._counts[slot] < 0 || table._starts[slot] < 0 || table._starts[slot] > table._numbers.Length - table._counts[slot])
                throw new InvalidDataException("a table of keys is damaged");
        }

        return table;
    }
}
