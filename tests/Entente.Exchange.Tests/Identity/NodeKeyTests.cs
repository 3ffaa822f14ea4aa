using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Entente.Exchange.Identity;
using Entente.Exchange.Signing;

namespace Entente.Exchange.Tests.Identity;

public sealed class NodeKeyTests
{
    [Fact]
    public void A_key_comes_back_from_what_the_host_kept()
    {
        using var key = NodeKey.Create();
        using var again = NodeKey.ImportPkcs8(key.ExportPkcs8());
        Assert.Equal(key.PublicKey, again.PublicKey);
        Assert.True(key.PublicKey.Verify("data"u8, again.Sign("data"u8)));
        Assert.False(key.PublicKey.Verify("Data"u8, again.Sign("data"u8)));
        Assert.False(Nodes.Us.Key.PublicKey.Verify("data"u8, again.Sign("data"u8)));
    }

    [Fact]
    public void A_key_on_another_curve_is_none()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Throws<CryptographicException>(() => NodeKey.ImportPkcs8(other.ExportPkcs8PrivateKey()));
        Refuse.Because(Refusal.Malformed, () => NodePublicKey.Import(other.ExportSubjectPublicKeyInfo()));
        using var rsa = RSA.Create(2048);
        Refuse.Because(Refusal.Malformed, () => NodePublicKey.Import(rsa.ExportSubjectPublicKeyInfo()));
    }

    [Fact]
    public void A_public_key_has_one_form()
    {
        var info = Nodes.Us.Key.PublicKey.ExportSubjectPublicKeyInfo();
        Refuse.Because(Refusal.Malformed, () => NodePublicKey.Import([.. info, 0]));
        Refuse.Because(Refusal.Malformed, () => NodePublicKey.Import(info.AsSpan(..^1)));
        // A point that is not on the curve.
        info[^1] ^= 1;
        Refuse.Because(Refusal.Malformed, () => NodePublicKey.Import(info));
        Assert.True(Refuse.Noticed(() => NodePublicKey.Parse("")));
        Assert.Equal(Nodes.Us.Key.PublicKey, NodePublicKey.Parse(Nodes.Us.Key.PublicKey.ToText()));
    }

    // RFC 7515, appendix A.3.
    [Fact]
    public void Signatures_are_those_of_ES256()
    {
        var key = FromPoint("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0");
        var signed = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"u8;
        var signature = StrictBase64Url.Decode("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q")!;
        Assert.True(key.Verify(signed, signature));
        signature[0] ^= 1;
        Assert.False(key.Verify(signed, signature));
        Assert.False(key.Verify(signed, signature.AsSpan(1)));
    }

    [Fact]
    public void The_certificate_is_for_both_ends_of_tls_and_of_this_key()
    {
        using var certificate = Nodes.Us.Key.CreateCertificate(Nodes.Us.Id, Nodes.Now, Nodes.Now.AddYears(1));
        Assert.True(certificate.HasPrivateKey);
        Assert.Equal($"CN={Nodes.Us.Id}", certificate.Subject);
        Assert.True(Nodes.Us.Key.PublicKey.IsKeyOf(certificate));
        Assert.False(Nodes.Ally.Key.PublicKey.IsKeyOf(certificate));
        var uses = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages.Cast<Oid>().Select(each => each.Value);
        Assert.Equal(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"], uses);
        Assert.False(certificate.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
        Assert.Equal(X509KeyUsageFlags.DigitalSignature, certificate.Extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages);
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.Equal([Nodes.Us.Id], names.EnumerateDnsNames());
        using var signer = certificate.GetECDsaPrivateKey()!;
        Assert.True(Nodes.Us.Key.PublicKey.Verify("data"u8, signer.SignData(Encoding.ASCII.GetBytes("data"), HashAlgorithmName.SHA256)));
    }

    [Fact]
    public void An_id_is_of_the_first_key_and_nothing_else_has_its_form()
    {
        Assert.True(NodeId.IsValid(Nodes.Us.Id));
        Assert.Equal(NodeId.Of(Nodes.Us.Key.PublicKey), Nodes.Us.Id);
        Assert.All([null, "", "node-", "node-us", Nodes.Us.Id + "a", Nodes.Us.Id.ToUpperInvariant(), Nodes.Us.Id[..^1] + "b", "mode-" + Nodes.Us.Id[5..]], text => Assert.False(NodeId.IsValid(text)));
    }

    [Fact]
    public void A_key_is_used_by_many_threads_at_once()
    {
        var held = 0;
        Parallel.For(0, 200, i =>
        {
            byte[] data = [(byte)i, 7];
            if (Nodes.Us.Key.PublicKey.Verify(data, Nodes.Us.Key.Sign(data)) && !Nodes.Us.Key.PublicKey.Verify([(byte)i, 8], Nodes.Us.Key.Sign(data)))
                Interlocked.Increment(ref held);
        });
        Assert.Equal(200, held);
    }

    internal static NodePublicKey FromPoint(string x, string y)
    {
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = { X = StrictBase64Url.Decode(x), Y = StrictBase64Url.Decode(y) } });
        return NodePublicKey.Import(key.ExportSubjectPublicKeyInfo());
    }
}
