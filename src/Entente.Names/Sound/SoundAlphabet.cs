using System.Collections.Frozen;
using Entente.Names.Scripts;

namespace Entente.Names.Sound;

/// <summary>The units that a word is cut into for comparison by sound.</summary>
/// <remarks>
/// A unit is a letter, a group of letters that commonly writes one sound (<c>sh</c>,
/// <c>tch</c>, <c>ou</c>), or a letter at the start or end of a word where it sounds
/// otherwise (a final <c>e</c>, an initial alef). Each script has units of its own; what
/// sounds like what across and within scripts is learned, not written here
/// (<see cref="SoundModel"/>). A unit's number is its place in this list and may change
/// between versions: weights are stored by name.
/// </remarks>
internal static class SoundAlphabet
{
    /// <summary>Units at most in one word; what is longer is cut off.</summary>
    public const int MaxUnits = 40;

    // '^' marks the first letter of a word, '$' the last.
    private static readonly string[] Latin =
    [
        .. "abcdefghijklmnopqrstuvwxyz".Select(c => c.ToString()),
        "sh", "ch", "kh", "gh", "th", "dh", "ph", "zh", "ts", "tz", "dj", "dz", "ck", "qu", "cz", "sz", "tch", "sch", "tsch", "dzh", "shch", "wh", "gn", "nh", "ng",
        "ou", "oo", "ee", "ai", "ei", "ay", "ey", "au", "aw", "ow", "eu", "ew", "oe", "ae", "ie", "ue", "ea", "oi", "oy", "aa", "ii", "uu", "eau", "eaux",
        "a$", "e$", "h$", "i$", "o$", "y$", "s$", "t$", "n$", "ah$", "eh$", "ia$", "ya$", "iya$", "x$", "d$",
        "^a", "^e", "^i", "^o", "^u", "^h", "^y",
    ];

    private static readonly string[] Arabic =
    [
        .. "ابتثجحخدذرزسشصضطظعغفقكلمنهويةپچژگڤ".Select(c => c.ToString()),
        "^ا", "^ي", "^و", "^ع", "ا$", "ي$", "و$", "ه$", "وا$", "كس",
    ];

    private static readonly string[] Cyrillic =
    [
        .. "абвгдежзийклмнопрстуфхцчшщыэ".Select(c => c.ToString()),
        "дж", "дз", "кс", "ау", "ай", "ей", "ой", "уй", "ия", "^е", "^э", "^у", "^х", "^и", "а$", "е$", "и$", "ий$", "ый$", "ийа$",
    ];

    private static readonly string[] Hebrew = [.. "אבגדהוזחטיכלמנסעפצקרשת".Select(c => c.ToString()), "^א", "^י", "^ו", "^ע", "ה$", "י$", "ו$", "וו", "יי"];

    /// <summary>Unit 0: stands for an unknown letter, never equal to anything.</summary>
    public const byte Unknown = 0;

    /// <summary>The units by number; <see cref="Unknown"/> is the empty string.</summary>
    public static readonly string[] Units = ["", .. Latin, .. Arabic, .. Cyrillic, .. Hebrew];

    /// <summary>The script of each unit.</summary>
    public static readonly Script[] Scripts =
    [
        Script.None, .. Enumerable.Repeat(Script.Latin, Latin.Length), .. Enumerable.Repeat(Script.Arabic, Arabic.Length),
        .. Enumerable.Repeat(Script.Cyrillic, Cyrillic.Length), .. Enumerable.Repeat(Script.Hebrew, Hebrew.Length),
    ];

    private static readonly FrozenDictionary<string, byte> Numbers = Units.Select((unit, i) => (unit, i)).Skip(1)
        .ToFrozenDictionary(u => u.unit, u => (byte)u.i, StringComparer.Ordinal);

    private static readonly UnitTable Table = new(Units);

    private static readonly byte First = Table.CodeOf('^'), Last = Table.CodeOf('$');

    /// <summary>Number of units, <see cref="Unknown"/> included.</summary>
    public static int Count => Units.Length;

    /// <summary>The number of a unit.</summary>
    /// <exception cref="KeyNotFoundException">No such unit.</exception>
    public static byte Number(string unit) => Numbers[unit];

    /// <summary>Cuts a folded word into units, longest group first, doubled letters taken as one.</summary>
    /// <param name="folded">Letters of one script, folded.</param>
    /// <param name="into">Room for <see cref="MaxUnits"/> units.</param>
    /// <param name="letterByLetter">Cut into single letters instead: the kh of Lakhal, the zh of Mazhar are two sounds.</param>
    /// <returns>How many units were written.</returns>
    public static int Cut(ReadOnlySpan<char> folded, Span<byte> into, bool letterByLetter = false)
    {
        Span<char> word = stackalloc char[Math.Min(folded.Length, 2 * MaxUnits)];
        int length = 0;
        for (int i = 0; i < folded.Length && length < word.Length; i++)
        {
            // A doubled letter is one sound; vowels doubled are units ('oo', 'ee', 'aa').
            if (length > 0 && folded[i] == word[length - 1] && !IsDoublingVowel(folded[i]))
                continue;
            word[length++] = folded[i];
        }

        Span<byte> codes = stackalloc byte[length];
        for (int i = 0; i < length; i++)
            codes[i] = Table.CodeOf(word[i]);
        int units = 0, at = 0;
        while (at < length && units < MaxUnits)
        {
            int taken = letterByLetter ? 1 : Math.Min(Table.LongestFrom(codes[at]), length - at);
            byte number = Unknown;
            while (taken > 0 && (number = NumberAt(codes, at, taken)) == Unknown)
                taken--;
            into[units++] = number;
            at += Math.Max(taken, 1);
        }

        return units;
    }

    /// <summary>The unit that some letters of a word make in their place; <see cref="Unknown"/> for none.</summary>
    private static byte NumberAt(ReadOnlySpan<byte> codes, int at, int count)
    {
        ulong key = 0;
        foreach (byte code in codes.Slice(at, count))
            key = UnitTable.With(key, code);
        if (at + count == codes.Length && codes.Length > 1 && Table[UnitTable.With(key, Last)] is not Unknown and byte last)
            return last;
        if (at == 0 && count == 1 && Table[UnitTable.With(First, codes[0])] is not Unknown and byte first)
            return first;
        return Table[key];
    }

    /// <summary>The unit without its mark for first or last place; the unit itself where it has none.</summary>
    public static byte Unmarked(byte unit)
    {
        string name = Units[unit];
        return name.Length > 1 && (name[0] == '^' || name[^1] == '$') && Numbers.TryGetValue(name.Trim('^', '$'), out byte plain) ? plain : unit;
    }

    private static bool IsDoublingVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u' or 'ו' or 'י';
}
