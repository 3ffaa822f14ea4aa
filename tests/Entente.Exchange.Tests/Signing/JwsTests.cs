using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Entente.Exchange.Signing;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Exchange.Tests.Signing;

public sealed class JwsTests
{
    private static readonly MessageType Type = MessageType.Receipt;

    [Fact]
    public void What_was_signed_comes_back() => Prop.ForAll(ArbMap.Default.GeneratorFor<byte[]>().Where(each => each.Length > 0).ToArbitrary(), payload =>
        Jws.Verify(Jws.Sign(Nodes.Us.Key, Type, payload), Type, Nodes.Us.Key.PublicKey).AsSpan().SequenceEqual(payload)).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_letter_counts()
    {
        var text = Jws.Sign(Nodes.Us.Key, Type, "{\"iss\":\"somebody\"}"u8);
        Assert.All(Tamper.Everywhere(text), altered => Assert.True(Refuse.Noticed(() => Jws.Verify(altered, Type, Nodes.Us.Key.PublicKey)), altered));
    }

    [Fact]
    public void One_kind_cannot_pass_as_another()
    {
        MessageType[] types = [MessageType.Card, MessageType.Rotation, MessageType.Agreement, MessageType.Record, MessageType.Recall, MessageType.Tighten, MessageType.Receipt];
        Assert.Equal(types.Length, types.DistinctBy(each => each.Name).Count());
        foreach (var made in types)
        {
            var text = Jws.Sign(Nodes.Us.Key, made, "{}"u8);
            foreach (var asked in types.Where(each => each != made))
                Refuse.Because(Refusal.WrongKind, () => Jws.Verify(text, asked, Nodes.Us.Key.PublicKey));
        }
    }

    [Fact]
    public void Another_key_is_refused()
    {
        var text = Jws.Sign(Nodes.Us.Key, Type, "{}"u8);
        Refuse.Because(Refusal.UnknownKey, () => Jws.Verify(text, Type, Nodes.Ally.Key.PublicKey));
        Assert.Equal(Nodes.Us.Key.PublicKey.Id, Jws.ClaimedKey(text, Type));
        // The name of our key over the signature of another.
        var forged = $"{text[..text.IndexOf('.', StringComparison.Ordinal)]}.e30.{Base64Url.EncodeToString(Nodes.Ally.Key.Sign("{}"u8))}";
        Refuse.Because(Refusal.BadSignature, () => Jws.Verify(forged, Type, Nodes.Us.Key.PublicKey));
    }

    [Fact]
    public void No_algorithm_but_ES256_is_taken()
    {
        var kid = Nodes.Us.Key.PublicKey.Id;
        foreach (var alg in new[] { "none", "None", "HS256", "RS256", "ES384", "ES256K", "es256", "" })
        {
            var head = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"{{alg}}","typ":"{{Type.Name}}","kid":"{{kid}}"}"""));
            // With the public key as the secret of an HMAC, the classic downgrade; with no signature; and with a good one of ours.
            var hmac = HMACSHA256.HashData(Nodes.Us.Key.PublicKey.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes($"{head}.e30"));
            foreach (var signature in new[] { hmac, [0], Nodes.Us.Key.Sign(Encoding.ASCII.GetBytes($"{head}.e30")) })
                Refuse.Because(Refusal.WrongAlgorithm, () => Jws.Verify($"{head}.e30.{Base64Url.EncodeToString(signature)}", Type, Nodes.Us.Key.PublicKey));
            Assert.True(Refuse.Noticed(() => Jws.Verify($"{head}.e30.", Type, Nodes.Us.Key.PublicKey)));
        }
    }

    [Theory]
    [InlineData("""{"alg":"ES256","typ":"T","kid":"K","crit":["exp"]}""")]
    [InlineData("""{"alg":"ES256","typ":"T","kid":"K","jwk":{"kty":"EC"}}""")]
    [InlineData("""{"alg":"ES256","typ":"T","kid":"K","jku":"https://a.example/keys"}""")]
    [InlineData("""{"alg":"ES256","typ":"T","kid":"K","b64":false}""")]
    [InlineData("""{"alg":"ES256","alg":"none","typ":"T","kid":"K"}""")]
    [InlineData("""{"alg":"ES256","typ":"T"}""")]
    [InlineData("""{"alg":"ES256","typ":"T","kid":null}""")]
    [InlineData("""{"ALG":"ES256","typ":"T","kid":"K"}""")]
    [InlineData("""["ES256"]""")]
    [InlineData("")]
    public void A_header_holds_three_things_and_nothing_else(string header)
    {
        var filled = header.Replace("\"T\"", $"\"{Type.Name}\"", StringComparison.Ordinal).Replace("\"K\"", $"\"{Nodes.Us.Key.PublicKey.Id}\"", StringComparison.Ordinal);
        Refuse.Because(Refusal.Malformed, () => Jws.Verify(WithHeader(filled), Type, Nodes.Us.Key.PublicKey));
    }

    [Fact]
    public void The_order_of_the_three_and_white_space_do_not_count()
    {
        var header = $$"""{ "kid" : "{{Nodes.Us.Key.PublicKey.Id}}", "typ": "{{Type.Name}}", "alg": "ES256" }""";
        Assert.Equal("{}"u8.ToArray(), Jws.Verify(WithHeader(header), Type, Nodes.Us.Key.PublicKey));
    }

    [Fact]
    public void What_is_too_long_is_neither_made_nor_looked_into()
    {
        Assert.Throws<ArgumentException>(() => Jws.Sign(Nodes.Us.Key, Type, new byte[Type.MaxLength]));
        Refuse.Because(Refusal.TooLarge, () => Jws.Verify(new string('A', Type.MaxLength + 1), Type, Nodes.Us.Key.PublicKey));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("a.b.c")]
    public void What_is_no_jws_is_refused(string text) => Refuse.Because(Refusal.Malformed, () => Jws.Verify(text, Type, Nodes.Us.Key.PublicKey));

    [Fact]
    public void A_signature_that_an_outsider_wrote_anew_names_the_same_text()
    {
        var text = Jws.Sign(Nodes.Us.Key, Type, "{}"u8);
        var at = text.LastIndexOf('.') + 1;
        var signature = StrictBase64Url.Decode(text.AsSpan(at))!;
        // The order of P-256, less s.
        var order = System.Numerics.BigInteger.Parse("0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture);
        var mirrored = (order - new System.Numerics.BigInteger(signature.AsSpan(32), isUnsigned: true, isBigEndian: true)).ToByteArray(isUnsigned: true, isBigEndian: true);
        signature.AsSpan(32).Clear();
        mirrored.CopyTo(signature, 64 - mirrored.Length);
        var other = text[..at] + Base64Url.EncodeToString(signature);
        Assert.NotEqual(text, other);
        Assert.Equal("{}"u8.ToArray(), Jws.Verify(other, Type, Nodes.Us.Key.PublicKey));
        Assert.Equal(Jws.HashOf(text), Jws.HashOf(other));
    }

    [Fact]
    public void What_a_stranger_wrote_does_not_get_into_a_message_of_ours()
    {
        const string Hostile = "\r\nAll is well: <script>";
        var text = WithHeader($$"""{"alg":"ES256","typ":"t","kid":"k",{{System.Text.Json.JsonSerializer.Serialize(Hostile)}}:1}""");
        var refused = Assert.Throws<RefusedException>(() => Jws.Verify(text, Type, Nodes.Us.Key.PublicKey));
        Assert.DoesNotContain("well", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Base_64_and_32_have_one_text_for_each_value()
    {
        Prop.ForAll(ArbMap.Default.GeneratorFor<byte[]>().ToArbitrary(), bytes =>
            StrictBase64Url.Decode(Base64Url.EncodeToString(bytes))!.AsSpan().SequenceEqual(bytes) && Base32.Decode(Base32.Encode(bytes))!.AsSpan().SequenceEqual(bytes)).QuickCheckThrowOnFailure();
        Assert.All(["A", "AB", "AAB", "AA==", "A A", "AA\n", "AA+/"], text => Assert.Null(StrictBase64Url.Decode(text)));
        Assert.All(["a", "ab", "aaa", "A", "a1", "ae======"], text => Assert.Null(Base32.Decode(text)));
    }

    // RFC 4648, section 10.
    [Theory]
    [InlineData("f", "my")]
    [InlineData("fo", "mzxq")]
    [InlineData("foo", "mzxw6")]
    [InlineData("foob", "mzxw6yq")]
    [InlineData("fooba", "mzxw6ytb")]
    [InlineData("foobar", "mzxw6ytboi")]
    public void Base_32_is_that_of_the_rfc(string plain, string text) => Assert.Equal(text, Base32.Encode(Encoding.ASCII.GetBytes(plain)));

    private static string WithHeader(string header)
    {
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.e30";
        return $"{signed}.{Base64Url.EncodeToString(Nodes.Us.Key.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }
}
