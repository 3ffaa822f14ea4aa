using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Entente.Exchange.Overlap.Curve;

/// <summary>A number modulo the prime of P-256, p = 2^256 - 2^224 + 2^192 + 2^96 - 1.</summary>
/// <remarks>
/// <para>
/// Kept in Montgomery's form, times 2^256, in four words, the lowest first, and always below p (Montgomery 1985; the prime
/// is its own best friend here: the factor of each step of the reduction is the lowest word itself).
/// </para>
/// <para>
/// No operation branches on a value or looks one up in a table, but the compiler promises nothing about time:
/// names are hashed with this on the owner's machine, secrets are multiplied by libcrypto.
/// </para>
/// <para><c>default</c> is zero. Immutable.</para>
/// </remarks>
internal readonly struct FieldElement
{
    /// <summary>Bytes of a number in its outer form, the highest first.</summary>
    public const int Size = 32;

    private const ulong P0 = 0xFFFFFFFFFFFFFFFF, P1 = 0x00000000FFFFFFFF, P3 = 0xFFFFFFFF00000001;

    // 2^512 mod p: takes a number into Montgomery's form.
    private static readonly FieldElement Square = new(0x0000000000000003, 0xFFFFFFFBFFFFFFFF, 0xFFFFFFFFFFFFFFFE, 0x00000004FFFFFFFD);

    private readonly ulong _0, _1, _2, _3;

    private FieldElement(ulong w0, ulong w1, ulong w2, ulong w3) => (_0, _1, _2, _3) = (w0, w1, w2, w3);

    /// <summary>One.</summary>
    public static FieldElement One { get; } = new(0x0000000000000001, 0xFFFFFFFF00000000, 0xFFFFFFFFFFFFFFFF, 0x00000000FFFFFFFE);

    /// <summary>Reads 32 bytes, the highest first.</summary>
    /// <returns>False where the number is p or more.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out FieldElement value)
    {
        FieldElement raw = Raw(bytes);
        ulong borrow = 0;
        Subtract(raw._0, P0, ref borrow);
        Subtract(raw._1, P1, ref borrow);
        Subtract(raw._2, 0, ref borrow);
        Subtract(raw._3, P3, ref borrow);
        value = borrow == 1 ? raw * Square : default;
        return borrow == 1;
    }

    /// <summary>Reads 48 bytes, the highest first, and takes the rest modulo p.</summary>
    public static FieldElement Reduce(ReadOnlySpan<byte> bytes)
    {
        var high = new FieldElement(BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), BinaryPrimitives.ReadUInt64BigEndian(bytes), 0, 0);
        return (high * Square * Square) + (Raw(bytes[16..48]) * Square);
    }

    /// <summary>A small number.</summary>
    public static FieldElement Of(uint value) => new FieldElement(value, 0, 0, 0) * Square;

    /// <summary>Writes 32 bytes, the highest first.</summary>
    public void Write(Span<byte> into)
    {
        FieldElement raw = this * new FieldElement(1, 0, 0, 0);
        BinaryPrimitives.WriteUInt64BigEndian(into, raw._3);
        BinaryPrimitives.WriteUInt64BigEndian(into[8..], raw._2);
        BinaryPrimitives.WriteUInt64BigEndian(into[16..], raw._1);
        BinaryPrimitives.WriteUInt64BigEndian(into[24..], raw._0);
    }

    /// <summary>1 for zero, else 0.</summary>
    public ulong IsZero()
    {
        ulong bits = _0 | _1 | _2 | _3;
        return 1 ^ ((bits | (0 - bits)) >> 63);
    }

    /// <summary>1 for equal numbers, else 0.</summary>
    public static ulong Same(in FieldElement a, in FieldElement b)
    {
        ulong bits = (a._0 ^ b._0) | (a._1 ^ b._1) | (a._2 ^ b._2) | (a._3 ^ b._3);
        return 1 ^ ((bits | (0 - bits)) >> 63);
    }

    /// <summary>1 for an odd number, else 0: the sign of RFC 9380.</summary>
    public ulong Sign() => (this * new FieldElement(1, 0, 0, 0))._0 & 1;

    /// <summary>One of two numbers.</summary>
    /// <param name="choice">1 or 0.</param>
    /// <param name="one">Taken for 1.</param>
    /// <param name="zero">Taken for 0.</param>
    public static FieldElement Choose(ulong choice, in FieldElement one, in FieldElement zero)
    {
        ulong mask = 0 - choice;
        return new(
            zero._0 ^ (mask & (one._0 ^ zero._0)), zero._1 ^ (mask & (one._1 ^ zero._1)),
            zero._2 ^ (mask & (one._2 ^ zero._2)), zero._3 ^ (mask & (one._3 ^ zero._3)));
    }

    public static FieldElement operator +(in FieldElement a, in FieldElement b)
    {
        ulong carry = 0;
        ulong w0 = Add(a._0, b._0, ref carry), w1 = Add(a._1, b._1, ref carry), w2 = Add(a._2, b._2, ref carry), w3 = Add(a._3, b._3, ref carry);
        return Settle(w0, w1, w2, w3, carry);
    }

    public static FieldElement operator -(in FieldElement a, in FieldElement b)
    {
        ulong borrow = 0;
        ulong w0 = Subtract(a._0, b._0, ref borrow), w1 = Subtract(a._1, b._1, ref borrow), w2 = Subtract(a._2, b._2, ref borrow), w3 = Subtract(a._3, b._3, ref borrow);
        ulong mask = 0 - borrow, carry = 0;
        w0 = Add(w0, mask, ref carry);
        w1 = Add(w1, mask & P1, ref carry);
        w2 = Add(w2, 0, ref carry);
        w3 = Add(w3, mask & P3, ref carry);
        return new(w0, w1, w2, w3);
    }

    public static FieldElement operator -(in FieldElement a) => default(FieldElement) - a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldElement operator *(in FieldElement a, in FieldElement b)
    {
        ulong b0 = b._0, b1 = b._1, b2 = b._2, b3 = b._3;
        ulong t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0;
        Step(a._0, b0, b1, b2, b3, ref t0, ref t1, ref t2, ref t3, ref t4);
        Step(a._1, b0, b1, b2, b3, ref t0, ref t1, ref t2, ref t3, ref t4);
        Step(a._2, b0, b1, b2, b3, ref t0, ref t1, ref t2, ref t3, ref t4);
        Step(a._3, b0, b1, b2, b3, ref t0, ref t1, ref t2, ref t3, ref t4);
        return Settle(t0, t1, t2, t3, t4);
    }

    /// <summary>This number to the power 2^n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public FieldElement Squared(int times)
    {
        FieldElement value = this;
        for (int i = 0; i < times; i++)
            value *= value;
        return value;
    }

    /// <summary>This number to the power (p - 3) / 4 = 2^254 - 2^222 + 2^190 + 2^94 - 1, of which roots and inverses are made.</summary>
    /// <remarks>Named by the ones in a row: that power is 32 ones, 31 zeros, a one, 96 zeros and 94 ones.</remarks>
    public FieldElement QuarterPower()
    {
        FieldElement ones2 = Squared(1) * this, ones3 = ones2.Squared(1) * this, ones6 = ones3.Squared(3) * ones3;
        FieldElement ones12 = ones6.Squared(6) * ones6, ones15 = ones12.Squared(3) * ones3, ones30 = ones15.Squared(15) * ones15;
        FieldElement ones32 = ones30.Squared(2) * ones2;
        FieldElement head = ones32.Squared(32) * this;
        return ((head.Squared(96 + 32) * ones32).Squared(32) * ones32).Squared(30) * ones30;
    }

    /// <summary>Takes each number to the power of <see cref="QuarterPower"/>, four at a time where the processor can.</summary>
    public static void QuarterPowers(Span<FieldElement> values)
    {
        int at = 0;
        if (FieldLanes.IsSupported)
        {
            for (; at + FieldLanes.Count <= values.Length; at += FieldLanes.Count)
                FourPowers(values.Slice(at, FieldLanes.Count), LaneFactor.Value);
        }

        for (; at < values.Length; at++)
            values[at] = values[at].QuarterPower();
    }

    // Lanes multiply by another power of 2 than here; what that makes of the number one undoes it for all.
    private static readonly Lazy<FieldElement> LaneFactor = new(static () =>
    {
        Span<FieldElement> ones = [One, One, One, One];
        FourPowers(ones, One);
        return ones[0].Inverse();
    });

    private static void FourPowers(Span<FieldElement> values, in FieldElement factor)
    {
        Span<ulong> words = MemoryMarshal.Cast<FieldElement, ulong>(values);
        FieldLanes.Read(words).QuarterPower().WriteReduced(words);
        foreach (ref FieldElement value in values)
            value *= factor;
    }

    /// <summary>The inverse; zero for zero.</summary>
    public FieldElement Inverse() => QuarterPower().Squared(2) * this;

    /// <summary>A square root.</summary>
    /// <returns>False where there is none.</returns>
    public bool TrySquareRoot(out FieldElement root)
    {
        root = QuarterPower() * this;
        return Same(root * root, this) == 1;
    }

    private static FieldElement Raw(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]), BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), BinaryPrimitives.ReadUInt64BigEndian(bytes));

    // t = (t + a * b + t0 * p) / 2^64: one row of the product, and one word of the reduction.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(ulong a, ulong b0, ulong b1, ulong b2, ulong b3, ref ulong t0, ref ulong t1, ref ulong t2, ref ulong t3, ref ulong t4)
    {
        ulong carry = 0;
        t0 = MultiplyAdd(a, b0, t0, ref carry);
        t1 = MultiplyAdd(a, b1, t1, ref carry);
        t2 = MultiplyAdd(a, b2, t2, ref carry);
        t3 = MultiplyAdd(a, b3, t3, ref carry);
        ulong top = 0;
        t4 = Add(t4, carry, ref top);

        // t0 * p = t0 * (2^256 - 2^224 + 2^192) + t0 * 2^96 - t0; the last makes the lowest word vanish.
        ulong high = High(t0, P3), low = t0 * P3;
        ulong c = 0;
        ulong n0 = Add(t1, t0 << 32, ref c), n1 = Add(t2, t0 >> 32, ref c), n2 = Add(t3, low, ref c), n3 = Add(t4, high, ref c);
        (t0, t1, t2, t3, t4) = (n0, n1, n2, n3, top + c);
    }

    // Below 2p to below p.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FieldElement Settle(ulong w0, ulong w1, ulong w2, ulong w3, ulong carry)
    {
        ulong borrow = 0;
        ulong s0 = Subtract(w0, P0, ref borrow), s1 = Subtract(w1, P1, ref borrow), s2 = Subtract(w2, 0, ref borrow), s3 = Subtract(w3, P3, ref borrow);
        ulong mask = 0 - (borrow & (1 ^ carry));
        return new(s0 ^ (mask & (w0 ^ s0)), s1 ^ (mask & (w1 ^ s1)), s2 ^ (mask & (w2 ^ s2)), s3 ^ (mask & (w3 ^ s3)));
    }

    // Without a low half in memory, which the other overload puts it through.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong High(ulong a, ulong b) => Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(a, b) : Math.BigMul(a, b, out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong MultiplyAdd(ulong a, ulong b, ulong add, ref ulong carry)
    {
        ulong high = High(a, b), low = a * b;
        ulong sum = low + add;
        high += sum < low ? 1UL : 0UL;
        ulong total = sum + carry;
        carry = high + (total < sum ? 1UL : 0UL);
        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Add(ulong a, ulong b, ref ulong carry)
    {
        ulong sum = a + b, total = sum + carry;
        carry = (sum < a ? 1UL : 0UL) | (total < sum ? 1UL : 0UL);
        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Subtract(ulong a, ulong b, ref ulong borrow)
    {
        ulong difference = a - b, total = difference - borrow;
        borrow = (a < b ? 1UL : 0UL) | (difference < borrow ? 1UL : 0UL);
        return total;
    }
}
