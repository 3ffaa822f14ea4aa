using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Entente.Exchange.Overlap.Curve;

namespace Entente.Exchange.Tests.Overlap;

public sealed class HashToCurveTests
{
    private static readonly BigInteger P = BigInteger.Parse("0FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF", NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    private static readonly BigInteger B = BigInteger.Parse("05AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    // RFC 9380, appendix J.1.1.
    [Theory]
    [InlineData("", "2c15230b26dbc6fc9a37051158c95b79656e17a1a920b11394ca91c44247d3e4", "8a7a74985cc5c776cdfe4b1f19884970453912e9d31528c060be9ab5c43e8415")]
    [InlineData("abc", "0bb8b87485551aa43ed54f009230450b492fead5f1cc91658775dac4a3388a0f", "5c41b3d0731a27a7b14bc0bf0ccded2d8751f83493404c84a88e71ffd424212e")]
    [InlineData("abcdef0123456789", "65038ac8f2b1def042a5df0b33b1f4eca6bff7cb0f9c6c1526811864e544ed80", "cad44d40a656e7aff4002a8de287abc8ae0482b5ae825822bb870d6df9b56ca3")]
    public void Messages_hash_to_the_points_of_the_standard(string message, string x, string y) =>
        Assert.Equal((x, y), Coordinates(Suite("RO").Hash(Encoding.ASCII.GetBytes(message))));

    // RFC 9380, appendix J.1.2.
    [Theory]
    [InlineData("", "f871caad25ea3b59c16cf87c1894902f7e7b2c822c3d3f73596c5ace8ddd14d1", "87b9ae23335bee057b99bac1e68588b18b5691af476234b8971bc4f011ddc99b")]
    [InlineData("abc", "fc3f5d734e8dce41ddac49f47dd2b8a57257522a865c124ed02b92b5237befa4", "fe4d197ecf5a62645b9690599e1d80e82c500b22ac705a0b421fac7b47157866")]
    public void Messages_are_encoded_to_the_points_of_the_standard(string message, string x, string y) =>
        Assert.Equal((x, y), Coordinates(Suite("NU").Encode(Encoding.ASCII.GetBytes(message))));

    [Theory]
    [InlineData("P256_XMD-SHA-256_SSWU_RO_.json")]
    [InlineData("P256_XMD-SHA-256_SSWU_NU_.json")]
    public void All_points_of_the_published_vectors_are_met(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(RealData.File("crypto/rfc9380/" + file)));
        var hash = new HashToCurve(Encoding.ASCII.GetBytes(document.RootElement.GetProperty("dst").GetString()!));
        bool random = document.RootElement.GetProperty("randomOracle").GetBoolean();
        int met = 0;
        foreach (JsonElement vector in document.RootElement.GetProperty("vectors").EnumerateArray())
        {
            byte[] message = Encoding.ASCII.GetBytes(vector.GetProperty("msg").GetString()!);
            JsonElement point = vector.GetProperty("P");
            Assert.Equal(
                (point.GetProperty("x").GetString()![2..], point.GetProperty("y").GetString()![2..]),
                Coordinates(random ? hash.Hash(message) : hash.Encode(message)));
            met++;
        }

        Assert.Equal(5, met);
    }

    [Fact]
    public void Messages_expand_as_published()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(RealData.File("crypto/rfc9380/expand_message_xmd_SHA256_38.json")));
        var hash = new HashToCurve(Encoding.ASCII.GetBytes(document.RootElement.GetProperty("DST").GetString()!));
        int met = 0;
        foreach (JsonElement vector in document.RootElement.GetProperty("tests").EnumerateArray())
        {
            byte[] expected = Convert.FromHexString(vector.GetProperty("uniform_bytes").GetString()!), expanded = new byte[expected.Length];
            hash.Expand(Encoding.ASCII.GetBytes(vector.GetProperty("msg").GetString()!), expanded);
            Assert.Equal(expected, expanded);
            met++;
        }

        Assert.True(met > 0);
    }

    [Fact]
    public void Messages_hashed_together_hash_as_each_alone()
    {
        HashToCurve hash = Suite("RO");
        byte[] messages = new byte[300 * 8];
        new Random(7).NextBytes(messages);
        var together = new CurvePoint[300];
        hash.HashAll(messages, 8, together);
        for (int i = 0; i < together.Length; i++)
            Assert.Equal(Coordinates(hash.Hash(messages.AsSpan(i * 8, 8))), Coordinates(together[i]));
    }

    [Fact]
    public void The_field_agrees_with_plain_arithmetic()
    {
        var random = new Random(11);
        BigInteger[] special = [0, 1, 2, P - 1, P - 2, (P - 1) / 2, (BigInteger.One << 96) - 1, BigInteger.One << 255, (BigInteger.One << 224) - 1];
        BigInteger[] numbers = [.. special, .. Enumerable.Range(0, 200).Select(_ => Number(random))];
        foreach (BigInteger a in numbers)
        {
            foreach (BigInteger b in numbers[^20..].Concat(special))
            {
                Assert.Equal(a * b % P, Plain(Field(a) * Field(b)));
                Assert.Equal((a + b) % P, Plain(Field(a) + Field(b)));
                Assert.Equal((a - b + P) % P, Plain(Field(a) - Field(b)));
            }

            Assert.Equal(a.IsZero ? 0 : BigInteger.ModPow(a, P - 2, P), Plain(Field(a).Inverse()));
            bool hasRoot = a.IsZero || BigInteger.ModPow(a, (P - 1) / 2, P).IsOne;
            Assert.Equal(hasRoot, Field(a).TrySquareRoot(out FieldElement root));
            if (hasRoot)
                Assert.Equal(a, BigInteger.ModPow(Plain(root), 2, P));
        }
    }

    [Fact]
    public void Forty_eight_bytes_are_taken_modulo_p()
    {
        var random = new Random(13);
        byte[] bytes = new byte[48];
        for (int i = 0; i < 200; i++)
        {
            random.NextBytes(bytes);
            if (i == 0)
                Array.Fill(bytes, (byte)0xFF);
            Assert.Equal(new BigInteger(bytes, isUnsigned: true, isBigEndian: true) % P, Plain(FieldElement.Reduce(bytes)));
        }
    }

    [Fact]
    public void Only_what_is_an_x_of_the_curve_is_lifted()
    {
        var random = new Random(17);
        int lifted = 0;
        for (int i = 0; i < 200; i++)
        {
            BigInteger x = Number(random);
            BigInteger square = ((BigInteger.ModPow(x, 3, P) - (3 * x) + B) % P + P) % P;
            bool onCurve = square.IsZero || BigInteger.ModPow(square, (P - 1) / 2, P).IsOne;
            Assert.Equal(onCurve, TryLift(x, out CurvePoint point));
            if (onCurve)
                Assert.Equal(square, BigInteger.ModPow(Plain(point.Y), 2, P));
            lifted += onCurve ? 1 : 0;
        }

        Assert.InRange(lifted, 60, 140);
        // A number above p that is an x modulo p has a second form, which would pass for another point.
        Assert.True(TryLift(5, out _));
        Assert.False(TryLift(P + 5, out _));
        Assert.False(TryLift(P, out _));
    }

    [Fact]
    public void Powers_taken_side_by_side_are_those_taken_alone()
    {
        var random = new Random(19);
        FieldElement[] numbers = [.. new BigInteger[] { 0, 1, P - 1, 2, (P - 1) / 2, BigInteger.One << 255 }.Concat(Enumerable.Range(0, 501).Select(_ => Number(random))).Select(Field)];
        FieldElement[] powers = [.. numbers];
        FieldElement.QuarterPowers(powers);
        Assert.Equal(numbers.Select(number => Plain(number.QuarterPower())), powers.Select(Plain));
    }

    [Fact]
    public void The_first_of_many_that_is_no_x_is_named()
    {
        byte[] many = [.. Enumerable.Repeat(Bytes(5), 9).SelectMany(bytes => bytes)];
        Assert.Equal(-1, HashToCurve.Lift(many, new CurvePoint[9]));
        Bytes(P).CopyTo(many, 6 * 32);
        Assert.Equal(6, HashToCurve.Lift(many, new CurvePoint[9]));
    }

    private static bool TryLift(BigInteger x, out CurvePoint point)
    {
        var points = new CurvePoint[1];
        bool lifted = HashToCurve.Lift(Bytes(x), points) < 0;
        point = points[0];
        return lifted;
    }

    private static HashToCurve Suite(string kind) => new(Encoding.ASCII.GetBytes($"QUUX-V01-CS02-with-P256_XMD:SHA-256_SSWU_{kind}_"));

    private static (string X, string Y) Coordinates(CurvePoint point)
    {
        Span<byte> form = stackalloc byte[CurvePoint.Size];
        point.Write(form);
        return (Convert.ToHexStringLower(form[1..33]), Convert.ToHexStringLower(form[33..]));
    }

    private static BigInteger Number(Random random)
    {
        byte[] bytes = new byte[40];
        random.NextBytes(bytes);
        return new BigInteger(bytes, isUnsigned: true) % P;
    }

    private static byte[] Bytes(BigInteger value)
    {
        byte[] bytes = new byte[32];
        Assert.True(value.TryWriteBytes(bytes, out int written, isUnsigned: true, isBigEndian: true));
        return [.. new byte[32 - written], .. bytes[..written]];
    }

    private static FieldElement Field(BigInteger value) => FieldElement.TryRead(Bytes(value), out FieldElement element) ? element : throw new ArgumentOutOfRangeException(nameof(value));

    private static BigInteger Plain(FieldElement element)
    {
        Span<byte> bytes = stackalloc byte[32];
        element.Write(bytes);
        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }
}
