using System.Security.Cryptography;

namespace Entente.Exchange.Overlap.Curve;

/// <summary>Hashing to points of P-256: the suites P256_XMD:SHA-256_SSWU_RO_ and _NU_ of RFC 9380.</summary>
/// <remarks>
/// <para>Own code, since the class library has none and libcrypto offers none. Many messages are hashed at a time, for one inversion then serves all.</para>
/// <para>
/// The map (simplified SWU, RFC 9380, appendix F.2) neither branches on the message nor looks anything up by it. It runs where the
/// names lie in the clear, so time that leaked would tell nothing to a partner, who sees only when a whole chunk was ready.
/// </para>
/// <para>Immutable; safe for any number of threads.</para>
/// </remarks>
internal sealed class HashToCurve
{
    private const int Wide = 48;
    private const int HashSize = SHA256.HashSizeInBytes;

    // The curve is y^2 = x^3 + A x + B.
    private static readonly FieldElement A = -FieldElement.Of(3);
    private static readonly FieldElement B = Constant("5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B");
    private static readonly FieldElement Z = -FieldElement.Of(10);
    private static readonly FieldElement RootOfMinusZ = FieldElement.Of(10).TrySquareRoot(out FieldElement root) ? root : throw new InvalidOperationException("10 has a root modulo p.");

    private readonly byte[] _tail;

    /// <summary>Hashing for one purpose.</summary>
    /// <param name="domain">The domain separation tag, 1 to 255 bytes.</param>
    /// <exception cref="ArgumentException">The tag is empty or too long.</exception>
    public HashToCurve(ReadOnlySpan<byte> domain)
    {
        if (domain.Length is 0 or > 255)
            throw new ArgumentException("A domain separation tag has 1 to 255 bytes.", nameof(domain));
        _tail = [.. domain, (byte)domain.Length];
    }

    /// <summary>Hashes a message to a point as a random oracle would (RO).</summary>
    public CurvePoint Hash(ReadOnlySpan<byte> message)
    {
        Span<CurvePoint> point = stackalloc CurvePoint[1];
        HashAll(message, message.Length, point);
        return point[0];
    }

    /// <summary>Encodes a message to a point, not evenly (NU). Here for the vectors: the protocol hashes.</summary>
    public CurvePoint Encode(ReadOnlySpan<byte> message)
    {
        Span<byte> uniform = stackalloc byte[2 * Wide];
        Expand(message, uniform[..Wide]);
        Fraction point = new Map(FieldElement.Reduce(uniform), out FieldElement toPower).Finish(toPower.QuarterPower());
        return new CurvePoint(point.X * point.Under.Inverse(), point.Y);
    }

    /// <summary>Hashes messages of one length.</summary>
    /// <param name="messages">The messages, one behind the other.</param>
    /// <param name="length">Bytes of each.</param>
    /// <param name="points">Where the points go, in order: as many as there are messages.</param>
    public void HashAll(ReadOnlySpan<byte> messages, int length, Span<CurvePoint> points)
    {
        int count = points.Length;
        var maps = new Map[2 * count];
        var powers = new FieldElement[2 * count];
        Span<byte> uniform = stackalloc byte[2 * Wide];
        for (int i = 0; i < count; i++)
        {
            Expand(messages.Slice(i * length, length), uniform);
            maps[2 * i] = new Map(FieldElement.Reduce(uniform), out powers[2 * i]);
            maps[(2 * i) + 1] = new Map(FieldElement.Reduce(uniform[Wide..]), out powers[(2 * i) + 1]);
        }

        FieldElement.QuarterPowers(powers);
        var halves = new Fraction[2 * count];
        var products = new FieldElement[count];
        FieldElement product = FieldElement.One;
        for (int i = 0; i < count; i++)
        {
            Fraction a = halves[2 * i] = maps[2 * i].Finish(powers[2 * i]), b = halves[(2 * i) + 1] = maps[(2 * i) + 1].Finish(powers[(2 * i) + 1]);
            products[i] = product;
            product *= Divisor(a, b);
        }

        // One inverse for all divisors (Montgomery 1987).
        FieldElement inverse = product.Inverse();
        if (product.IsZero() == 1)
            throw new CryptographicException("Two halves of a hash met in one point: a chance of 2^-256, or a fault of this machine.");
        for (int i = count - 1; i >= 0; i--)
        {
            points[i] = Sum(halves[2 * i], halves[(2 * i) + 1], inverse * products[i]);
            inverse *= Divisor(halves[2 * i], halves[(2 * i) + 1]);
        }
    }

    /// <summary>expand_message_xmd with SHA-256 (RFC 9380, section 5.3.1).</summary>
    public void Expand(ReadOnlySpan<byte> message, Span<byte> into)
    {
        int tail = _tail.Length;
        // The first block is 64 zeros.
        int length = 64 + message.Length + 3 + tail;
        byte[]? rented = length > 512 ? new byte[length] : null;
        Span<byte> input = rented ?? stackalloc byte[512];
        input = input[..length];
        input[..64].Clear();
        message.CopyTo(input[64..]);
        input[^(tail + 3)] = (byte)(into.Length >> 8);
        input[^(tail + 2)] = (byte)into.Length;
        input[^(tail + 1)] = 0;
        _tail.CopyTo(input[^tail..]);
        Span<byte> b0 = stackalloc byte[HashSize], block = stackalloc byte[HashSize];
        SHA256.HashData(input, b0);

        Span<byte> next = stackalloc byte[HashSize + 1 + 256];
        next = next[..(HashSize + 1 + tail)];
        _tail.CopyTo(next[(HashSize + 1)..]);
        block.Clear();
        for (int at = 0, number = 1; at < into.Length; at += HashSize, number++)
        {
            for (int i = 0; i < HashSize; i++)
                next[i] = (byte)(b0[i] ^ block[i]);
            next[HashSize] = (byte)number;
            SHA256.HashData(next, block);
            block[..Math.Min(HashSize, into.Length - at)].CopyTo(into[at..]);
        }
    }

    // A point whose x is a fraction: dividing is left until many are divided at once.
    private readonly record struct Fraction(FieldElement X, FieldElement Under, FieldElement Y);

    // RFC 9380, appendix F.2, with its square root of a ratio for p = 3 mod 4 (F.2.1.2), cut in two where the long power is taken.
    private readonly struct Map
    {
        private readonly FieldElement _u, _zu2, _t3, _t4, _g, _gv, _cube;

        public Map(in FieldElement u, out FieldElement toPower)
        {
            _u = u;
            _zu2 = Z * (u * u);
            FieldElement t2 = (_zu2 * _zu2) + _zu2;
            _t3 = B * (t2 + FieldElement.One);
            _t4 = A * FieldElement.Choose(t2.IsZero(), Z, -t2);
            FieldElement square = _t4 * _t4;
            _cube = square * _t4;
            _g = (((_t3 * _t3) + (A * square)) * _t3) + (B * _cube);
            _gv = _g * _cube;
            toPower = _cube * _cube * _gv;
        }

        public Fraction Finish(in FieldElement power)
        {
            FieldElement y1 = power * _gv;
            ulong isSquare = FieldElement.Same(y1 * y1 * _cube, _g);
            FieldElement x = FieldElement.Choose(isSquare, _t3, _zu2 * _t3);
            FieldElement y = FieldElement.Choose(isSquare, y1, _zu2 * _u * (y1 * RootOfMinusZ));
            return new(x, _t4, FieldElement.Choose(_u.Sign() ^ y.Sign(), -y, y));
        }
    }

    // (x2 - x1) over a common divisor, times that divisor.
    private static FieldElement Divisor(in Fraction a, in Fraction b) => ((b.X * a.Under) - (a.X * b.Under)) * (a.Under * b.Under);

    private static CurvePoint Sum(in Fraction a, in Fraction b, in FieldElement inverse)
    {
        FieldElement under = a.Under * b.Under, ab = a.X * b.Under, ba = b.X * a.Under;
        FieldElement perUnder = inverse * (ba - ab);
        FieldElement slope = (b.Y - a.Y) * (under * under) * inverse;
        FieldElement x1 = ab * perUnder, x = (slope * slope) - x1 - (ba * perUnder);
        return new CurvePoint(x, (slope * (x1 - x)) - a.Y);
    }

    private static FieldElement Constant(string hex) => FieldElement.TryRead(Convert.FromHexString(hex), out FieldElement value) ? value : throw new InvalidOperationException("A constant of the curve is no number modulo p.");

    /// <summary>The points with given x, either of the two of each: what is done with them here does not depend on which.</summary>
    /// <param name="x">The x, 32 bytes each.</param>
    /// <param name="points">Where the points go, in order: as many as there are x.</param>
    /// <returns>The place of the first that is no x of the curve: p or more, or without a y. -1 where all are.</returns>
    public static int Lift(ReadOnlySpan<byte> x, Span<CurvePoint> points)
    {
        Span<bool> valid = points.Length <= 512 ? stackalloc bool[points.Length] : new bool[points.Length];
        LiftEach(x, points, valid);
        return valid.IndexOf(false);
    }

    /// <summary>As <see cref="Lift"/>, and tells of each whether it is an x of the curve; what is none gives no point.</summary>
    public static void LiftEach(ReadOnlySpan<byte> x, Span<CurvePoint> points, Span<bool> valid)
    {
        var squares = new FieldElement[points.Length];
        var roots = new FieldElement[points.Length];
        for (int i = 0; i < points.Length; i++)
        {
            valid[i] = FieldElement.TryRead(x.Slice(i * FieldElement.Size, FieldElement.Size), out FieldElement value);
            roots[i] = squares[i] = (((value * value) + A) * value) + B;
            points[i] = new CurvePoint(value, default);
        }

        FieldElement.QuarterPowers(roots);
        for (int i = 0; i < points.Length; i++)
        {
            FieldElement y = roots[i] * squares[i];
            valid[i] &= FieldElement.Same(y * y, squares[i]) == 1;
            points[i] = valid[i] ? points[i] with { Y = y } : default;
        }
    }
}
