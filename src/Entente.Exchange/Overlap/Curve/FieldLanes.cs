using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Entente.Exchange.Overlap.Curve;

/// <summary>Four numbers modulo p side by side, for the long powers that hashing and lifting take.</summary>
/// <remarks>
/// Nine words of 29 bits, in Montgomery's form times 2^261; the sum of nine products of such words fits 64 bits. The lowest word is
/// again the factor of its step of the reduction, and since p is made of few powers of 2, two of the nine products of that step are left.
/// A number is kept below 3p: (3p)^2 / 2^261 + p is less. Only for processors with AVX2: see <see cref="IsSupported"/>.
/// </remarks>
internal struct FieldLanes
{
    /// <summary>Numbers side by side.</summary>
    public const int Count = 4;

    private const int Words = 9;
    private const int Bits = 29;
    private const ulong Mask = (1UL << Bits) - 1;

    // 2^256 - 2^224 = 2^203 * (255 * 2^21) + 2^232 * (2^24 - 1): what p has in its two highest words.
    private const ulong High7 = 0xFFUL << 21, High8 = 0xFFFFFF;

    // So small that a product with it lies below p + 2^9, which fits 256 bits.
    private const ulong Small = 1UL << 10;

    private WordRow _words;

    /// <summary>Whether the processor has what this needs.</summary>
    public static bool IsSupported => Avx2.IsSupported;

    /// <summary>Reads four numbers of 256 bits, in four words each, the lowest first.</summary>
    public static FieldLanes Read(ReadOnlySpan<ulong> words)
    {
        var lanes = default(FieldLanes);
        for (int word = 0; word < Words; word++)
            lanes._words[word] = Vector256.Create(Cut(words, word), Cut(words[4..], word), Cut(words[8..], word), Cut(words[12..], word));
        return lanes;
    }

    /// <summary>Writes four numbers of 256 bits, each below p + 2^9; they are 2^-251 times those here.</summary>
    public readonly void WriteReduced(Span<ulong> words)
    {
        var small = default(FieldLanes);
        small._words[0] = Vector256.Create(Small);
        FieldLanes reduced = Multiply(this, small);
        words.Clear();
        for (int word = 0; word < Words; word++)
        {
            int at = word * Bits / 64, shift = word * Bits % 64;
            for (int lane = 0; lane < Count; lane++)
            {
                ulong value = reduced._words[word][lane];
                words[(lane * 4) + at] |= value << shift;
                if (shift > 64 - Bits && at < 3)
                    words[(lane * 4) + at + 1] |= value >> (64 - shift);
            }
        }
    }

    /// <summary>These numbers to the power (p - 3) / 4, as <see cref="FieldElement.QuarterPower"/>.</summary>
    public readonly FieldLanes QuarterPower()
    {
        FieldLanes ones2 = Multiply(Squared(1), this), ones3 = Multiply(ones2.Squared(1), this), ones6 = Multiply(ones3.Squared(3), ones3);
        FieldLanes ones12 = Multiply(ones6.Squared(6), ones6), ones15 = Multiply(ones12.Squared(3), ones3), ones30 = Multiply(ones15.Squared(15), ones15);
        FieldLanes ones32 = Multiply(ones30.Squared(2), ones2);
        FieldLanes head = Multiply(ones32.Squared(32), this);
        return Multiply(Multiply(Multiply(head.Squared(96 + 32), ones32).Squared(32), ones32).Squared(30), ones30);
    }

    private readonly FieldLanes Squared(int times)
    {
        FieldLanes value = this;
        for (int i = 0; i < times; i++)
            value = Multiply(value, value);
        return value;
    }

    private static ulong Cut(ReadOnlySpan<ulong> number, int word)
    {
        int at = word * Bits / 64, shift = word * Bits % 64;
        ulong value = number[at] >> shift;
        if (shift > 64 - Bits && at < 3)
            value |= number[at + 1] << (64 - shift);
        return value & Mask;
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static FieldLanes Multiply(in FieldLanes a, in FieldLanes b)
    {
        Vector256<ulong> mask = Vector256.Create(Mask);
        Vector256<uint> high7 = Vector256.Create(High7).AsUInt32(), high8 = Vector256.Create(High8).AsUInt32();
        Vector256<uint> b0 = b._words[0].AsUInt32(), b1 = b._words[1].AsUInt32(), b2 = b._words[2].AsUInt32(), b3 = b._words[3].AsUInt32(), b4 = b._words[4].AsUInt32();
        Vector256<uint> b5 = b._words[5].AsUInt32(), b6 = b._words[6].AsUInt32(), b7 = b._words[7].AsUInt32(), b8 = b._words[8].AsUInt32();
        Vector256<ulong> t0 = default, t1 = default, t2 = default, t3 = default, t4 = default, t5 = default, t6 = default, t7 = default, t8 = default;
        for (int i = 0; i < Words; i++)
        {
            Vector256<uint> w = a._words[i].AsUInt32();
            t0 += Avx2.Multiply(w, b0);
            t1 += Avx2.Multiply(w, b1);
            t2 += Avx2.Multiply(w, b2);
            t3 += Avx2.Multiply(w, b3);
            t4 += Avx2.Multiply(w, b4);
            t5 += Avx2.Multiply(w, b5);
            t6 += Avx2.Multiply(w, b6);
            t7 += Avx2.Multiply(w, b7);
            t8 += Avx2.Multiply(w, b8);

            // t = (t + m * p) / 2^29 with m the lowest 29 bits: m * (2^96 - 1) leaves t0 - m, whose lowest bits are zero, and 2^9 m in the word of 2^87.
            Vector256<ulong> m = t0 & mask;
            (t0, t1, t2, t3, t4, t5, t6, t7, t8) = (
                t1 + (t0 >> Bits), t2, t3 + (m << 9), t4, t5, t6 + (m << 18),
                t7 + Avx2.Multiply(m.AsUInt32(), high7), t8 + Avx2.Multiply(m.AsUInt32(), high8), Vector256<ulong>.Zero);
        }

        // Carry, so that every word has 29 bits again.
        var product = default(FieldLanes);
        t1 += t0 >> Bits;
        product._words[0] = t0 & mask;
        t2 += t1 >> Bits;
        product._words[1] = t1 & mask;
        t3 += t2 >> Bits;
        product._words[2] = t2 & mask;
        t4 += t3 >> Bits;
        product._words[3] = t3 & mask;
        t5 += t4 >> Bits;
        product._words[4] = t4 & mask;
        t6 += t5 >> Bits;
        product._words[5] = t5 & mask;
        t7 += t6 >> Bits;
        product._words[6] = t6 & mask;
        t8 += t7 >> Bits;
        product._words[7] = t7 & mask;
        product._words[8] = t8;
        return product;
    }

    [InlineArray(Words)]
    private struct WordRow
    {
        private Vector256<ulong> _first;
    }
}
