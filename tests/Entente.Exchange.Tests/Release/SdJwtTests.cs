using System.Text;
using System.Text.Json;
using Entente.Exchange.Release;
using Entente.Exchange.Signing;
using Entente.Exchange.Tests.Identity;

namespace Entente.Exchange.Tests.Release;

/// <summary>The examples of RFC 9901.</summary>
public sealed class SdJwtTests
{
    // Section 5.1, the issuer-signed JWT; its issuer's key is in appendix A.5.
    private const string Jwt =
        "eyJhbGciOiAiRVMyNTYiLCAidHlwIjogImV4YW1wbGUrc2Qtand0In0." +
        "eyJfc2QiOiBbIkNyUWU3UzVrcUJBSHQtbk1ZWGdjNmJkdDJTSDVhVFkxc1VfTS1QZ2tq" +
        "UEkiLCAiSnpZakg0c3ZsaUgwUjNQeUVNZmVadTZKdDY5dTVxZWhabzdGN0VQWWxTRSIs" +
        "ICJQb3JGYnBLdVZ1Nnh5bUphZ3ZrRnNGWEFiUm9jMkpHbEFVQTJCQTRvN2NJIiwgIlRH" +
        "ZjRvTGJnd2Q1SlFhSHlLVlFaVTlVZEdFMHc1cnREc3JaemZVYW9tTG8iLCAiWFFfM2tQ" +
        "S3QxWHlYN0tBTmtxVlI2eVoyVmE1TnJQSXZQWWJ5TXZSS0JNTSIsICJYekZyendzY002" +
        "R242Q0pEYzZ2Vks4QmtNbmZHOHZPU0tmcFBJWmRBZmRFIiwgImdiT3NJNEVkcTJ4Mkt3" +
        "LXc1d1BFemFrb2I5aFYxY1JEMEFUTjNvUUw5Sk0iLCAianN1OXlWdWx3UVFsaEZsTV8z" +
        "Smx6TWFTRnpnbGhRRzBEcGZheVF3TFVLNCJdLCAiaXNzIjogImh0dHBzOi8vaXNzdWVy" +
        "LmV4YW1wbGUuY29tIiwgImlhdCI6IDE2ODMwMDAwMDAsICJleHAiOiAxODgzMDAwMDAw" +
        "LCAic3ViIjogInVzZXJfNDIiLCAibmF0aW9uYWxpdGllcyI6IFt7Ii4uLiI6ICJwRm5k" +
        "amtaX1ZDem15VGE2VWpsWm8zZGgta284YUlLUWM5RGxHemhhVllvIn0sIHsiLi4uIjog" +
        "IjdDZjZKa1B1ZHJ5M2xjYndIZ2VaOGtoQXYxVTFPU2xlclAwVmtCSnJXWjAifV0sICJf" +
        "c2RfYWxnIjogInNoYS0yNTYiLCAiY25mIjogeyJqd2siOiB7Imt0eSI6ICJFQyIsICJj" +
        "cnYiOiAiUC0yNTYiLCAieCI6ICJUQ0FFUjE5WnZ1M09IRjRqNFc0dmZTVm9ISVAxSUxp" +
        "bERsczd2Q2VHZW1jIiwgInkiOiAiWnhqaVdXYlpNUUdIVldLVlE0aGJTSWlyc1ZmdWVj" +
        "Q0U2dDRqVDlGMkhaUSJ9fX0." +
        "MczwjBFGtzf-6WMT-hIvYbkb11NrV1WMO-jTijpMPNbswNzZ87wY2uHz-CXo6R04b7jYrpj9mNRAvVssXou1iw";

    private const string GivenName = "WyIyR0xDNDJzS1F2ZUNmR2ZyeU5STjl3IiwgImdpdmVuX25hbWUiLCAiSm9obiJd";
    private const string FamilyName = "WyJlbHVWNU9nM2dTTklJOEVZbnN4QV9BIiwgImZhbWlseV9uYW1lIiwgIkRvZSJd";
    private const string AmericanNationality = "WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIlVTIl0";
    private const string GermanNationality = "WyJuUHVvUW5rUkZxM0JJZUFtN0FuWEZBIiwgIkRFIl0";

    [Fact]
    public void The_signature_of_the_example_holds()
    {
        var key = NodeKeyTests.FromPoint("b28d4MwZMjw8-00CG4xfnn9SLMVMM19SlqZpVb_uNtQ", "Xv5zWwuoaTgdS6hV43yI6gBwTnjukmFQQnJ_kCxzqk8");
        var at = Jwt.LastIndexOf('.');
        Assert.True(key.Verify(Encoding.ASCII.GetBytes(Jwt[..at]), StrictBase64Url.Decode(Jwt.AsSpan(at + 1))));
    }

    // Section 4.2.3, and the disclosures of section 5.1, found in its payload.
    [Theory]
    [InlineData("WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0", "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0")]
    [InlineData("WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0", "w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs")]
    [InlineData(GivenName, "jsu9yVulwQQlhFlM_3JlzMaSFzglhQG0DpfayQwLUK4")]
    [InlineData(FamilyName, "TGf4oLbgwd5JQaHyKVQZU9UdGE0w5rtDsrZzfUaomLo")]
    [InlineData(AmericanNationality, "pFndjkZ_VCzmyTa6UjlZo3dh-ko8aIKQc9DlGzhaVYo")]
    [InlineData(GermanNationality, "7Cf6JkPudry3lcbwHgeZ8khAv1U1OSlerP0VkBJrWZ0")]
    public void A_disclosure_has_the_digest_of_the_example(string disclosure, string digest) => Assert.Equal(digest, SdJwt.DigestOf(disclosure));

    [Fact]
    public void The_elements_of_the_example_are_found_by_their_digests()
    {
        var (jwt, disclosures) = SdJwt.Split($"{Jwt}~{AmericanNationality}~{GermanNationality}~");
        using var payload = JsonDocument.Parse(StrictBase64Url.Decode(jwt.Split('.')[1])!);
        var digests = payload.RootElement.GetProperty("nationalities").EnumerateArray().Select(each => each.GetProperty("...").GetString());
        Assert.Equal(digests, disclosures.Select(SdJwt.DigestOf));
        Assert.Equal(["\"US\"", "\"DE\""], disclosures.Select(each => Encoding.UTF8.GetString(SdJwt.ValueOf(each).Span)));
        Assert.Equal(SdJwt.HashName, payload.RootElement.GetProperty("_sd_alg").GetString());
    }

    [Fact]
    public void What_is_not_a_salt_and_a_value_is_no_element()
    {
        // A member of an object has three parts; our records have none that can be withheld.
        Refuse.Because(Refusal.Malformed, () => SdJwt.ValueOf(GivenName));
        Assert.All(["[]", "[\"salt\"]", "[1,2]", "[\"salt\",1]x", "{}", "[\"salt\",1", "[\"salt\",[[[[[[[[[[1]]]]]]]]]]]", ""], json =>
            Refuse.Because(Refusal.Malformed, () => SdJwt.ValueOf(System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json)))));
    }

    [Fact]
    public void The_outer_form_is_kept()
    {
        Assert.Equal(("a.b.c", 0), Counted("a.b.c~"));
        Assert.Equal(("a.b.c", 2), Counted("a.b.c~d~e~"));
        // No tilde at the end would be a key binding.
        Assert.All(["", "a.b.c", "a.b.c~d", "a.b.c~~"], text => Refuse.Because(Refusal.Malformed, () => SdJwt.Split(text)));
        Refuse.Because(Refusal.TooLarge, () => SdJwt.Split(new string('~', SdJwt.MaxDisclosures + 3)));
        Refuse.Because(Refusal.TooLarge, () => SdJwt.Split(new string('a', SdJwt.MaxLength + 1)));
        Assert.Equal("a.b.c~d~", SdJwt.Join("a.b.c", ["d"]));

        static (string, int) Counted(string text)
        {
            var (jwt, disclosures) = SdJwt.Split(text);
            return (jwt, disclosures.Length);
        }
    }
}
