using System.Numerics;

namespace Entente.Names.Sound;

/// <summary>From the letters of a unit to its number.</summary>
/// <remarks>Words are cut by the million when a list is loaded: letters become one byte each and a unit one number, so that no text is hashed. Immutable, thread-safe.</remarks>
internal sealed class UnitTable
{
    // No unit holds it: letters that no unit has.
    private const byte Stranger = byte.MaxValue;

    private readonly byte[] _codes;
    private readonly byte[] _longest = new byte[byte.MaxValue + 1];
    private readonly ulong[] _keys;
    private readonly byte[] _numbers;

    /// <summary>A table of units.</summary>
    /// <param name="units">The units by number; the empty one is none.</param>
    public UnitTable(IReadOnlyList<string> units)
    {
        _codes = new byte[units.SelectMany(unit => unit).Max() + 1];
        Array.Fill(_codes, Stranger);
        byte codes = 0;
        foreach (char letter in units.SelectMany(unit => unit).Distinct())
            _codes[letter] = ++codes;
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)units.Count * 4);
        (_keys, _numbers) = (new ulong[size], new byte[size]);
        for (int number = 1; number < units.Count; number++)
        {
            ulong key = 0;
            foreach (char letter in units[number])
                key = With(key, CodeOf(letter));
            int slot = SlotOf(key);
            while (_keys[slot] != 0)
                slot = (slot + 1) & (size - 1);
            (_keys[slot], _numbers[slot]) = (key, (byte)number);
            string letters = units[number].Trim('^', '$');
            ref byte longest = ref _longest[CodeOf(letters[0])];
            longest = Math.Max(longest, (byte)letters.Length);
        }
    }

    /// <summary>The code of a letter, from which keys are made.</summary>
    public byte CodeOf(char letter) => letter < _codes.Length ? _codes[letter] : Stranger;

    /// <summary>Letters in the longest unit that begins with a letter; 0 for none.</summary>
    public int LongestFrom(byte code) => _longest[code];

    /// <summary>The key of a group of letters and one more; of no letters it is 0.</summary>
    public static ulong With(ulong key, byte code) => (key << 8) | code;

    /// <summary>The number of a unit; 0 where there is none of these letters.</summary>
    public byte this[ulong key]
    {
        get
        {
            int slot = SlotOf(key);
            while (_keys[slot] != key)
            {
                if (_keys[slot] == 0)
                    return 0;
                slot = (slot + 1) & (_keys.Length - 1);
            }

            return _numbers[slot];
        }
    }

    private int SlotOf(ulong key) => (int)((key * 0x9E3779B97F4A7C15UL) >> 40) & (_keys.Length - 1);
}
