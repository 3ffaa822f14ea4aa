using System.Security.Cryptography;
using Entente.Exchange.Overlap.Curve;

namespace Entente.Exchange.Tests.Overlap;

public sealed class BlindingKeyTests
{
    private static readonly HashToCurve Hash = new("a test"u8);

    [Fact]
    public void A_product_is_what_the_class_library_agrees_on()
    {
        using ECDiffieHellman theirs = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256), ours = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        byte[] x = theirs.PublicKey.ExportParameters().Q.X!, product = new byte[32];
        using var key = BlindingKey.Restore(ours.ExportParameters(includePrivateParameters: true).D);
        Assert.Equal(-1, key.BlindAgain(x, product, CancellationToken.None));
        Assert.Equal(ours.DeriveRawSecretAgreement(theirs.PublicKey), product);
    }

    [Fact]
    public void Blinding_by_two_keys_gives_the_same_in_either_order()
    {
        using BlindingKey a = BlindingKey.Generate(), b = BlindingKey.Generate();
        byte[] messages = new byte[700 * 16], xa = new byte[700 * 32], xb = new byte[700 * 32], xab = new byte[700 * 32], xba = new byte[700 * 32];
        new Random(3).NextBytes(messages);
        a.Blind(Hash, "run"u8.ToArray(), messages, 16, xa, CancellationToken.None);
        b.Blind(Hash, "run"u8.ToArray(), messages, 16, xb, CancellationToken.None);
        Assert.Equal(-1, b.BlindAgain(xa, xab, CancellationToken.None));
        Assert.Equal(-1, a.BlindAgain(xb, xba, CancellationToken.None));
        Assert.Equal(xab, xba);
        Assert.NotEqual(xa, xb);
        Assert.Equal(700, xab.Chunk(32).Select(Convert.ToHexString).Distinct().Count());
    }

    [Fact]
    public void What_is_no_point_is_refused_by_its_place()
    {
        using BlindingKey key = BlindingKey.Generate();
        byte[] x = new byte[600 * 32], product = new byte[x.Length];
        BlindingKey.Random(x, CancellationToken.None);
        Assert.Equal(-1, key.BlindAgain(x, product, CancellationToken.None));
        x.AsSpan(417 * 32, 32).Fill(0xFF);
        Assert.Equal(417, key.BlindAgain(x, product, CancellationToken.None));
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551")]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF")]
    [InlineData("01")]
    public void A_number_out_of_range_is_no_key(string hex) => Assert.Throws<ArgumentException>(() => BlindingKey.Restore(Convert.FromHexString(hex)));
}
