using Entente.Exchange.Identity;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Exchange.Tests.Identity;

public sealed class FingerprintTests
{
    private static readonly Gen<Fingerprint> Fingerprints = ArbMap.Default.GeneratorFor<byte[]>().Select(bytes => Fingerprint.Of(bytes));

    // From the proposal of proquints: IP addresses as words.
    [Theory]
    [InlineData(0x7F00, 0x0001, "lusab-babad")]
    [InlineData(0x3F54, 0xDCC1, "gutih-tugad")]
    [InlineData(0x3F76, 0x0723, "gutuk-bisog")]
    [InlineData(0x8C62, 0xC18D, "mudof-sakat")]
    public void Words_are_proquints(int high, int low, string words) =>
        Assert.Equal(words, $"{Proquint.Encode((ushort)high)}-{Proquint.Encode((ushort)low)}");

    [Fact]
    public void Every_word_comes_back()
    {
        for (var bits = 0; bits <= ushort.MaxValue; bits++)
            Assert.Equal((ushort)bits, Proquint.Decode(Proquint.Encode((ushort)bits)));
    }

    [Fact]
    public void What_is_read_aloud_matches_itself_however_it_is_written() => Prop.ForAll(Fingerprints.ToArbitrary(), print =>
        print.Matches(print.ToWords()) && print.Matches(print.ToWords().ToUpperInvariant().Replace('-', ' ')) && print.Matches($" {print.ToWords().Replace("-", " - ", StringComparison.Ordinal)}\n")
        && print.Matches(print.ToDigits()) && print.Matches(InScript(print.ToDigits(), '\u0660')) && print.Matches(InScript(print.ToDigits(), '\u06F0'))
        && print.Matches(print.ToDigits().Replace(" ", "", StringComparison.Ordinal))).QuickCheckThrowOnFailure();

    [Fact]
    public void What_differs_in_one_letter_or_digit_does_not_match() => Prop.ForAll(Fingerprints.ToArbitrary(), print =>
        Altered(print.ToWords(), "ab").Concat(Altered(print.ToDigits(), "01")).All(said => !print.Matches(said))).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("lusab-babad")]
    [InlineData("99999 99999 99999 99999 99999 99999")]
    public void A_part_or_what_is_none_matches_nothing(string? said) => Assert.False(Fingerprint.Of([1, 2, 3]).Matches(said));

    [Fact]
    public void A_part_of_the_words_does_not_match()
    {
        var print = Fingerprint.Of([1, 2, 3]);
        Assert.False(print.Matches(print.ToWords()[..^6]));
        Assert.False(print.Matches(print.ToWords() + "-" + print.ToWords()[..5]));
    }

    [Fact]
    public void A_qr_code_holds_the_id_and_the_whole_fingerprint()
    {
        var text = Nodes.Us.Identity.QrText;
        // What a QR code packs into eleven bits for two characters.
        Assert.All(text, each => Assert.Contains(each, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"));
        Assert.True(Fingerprint.TryParseQrText(text, out var id, out var print));
        Assert.Equal(Nodes.Us.Id, id);
        Assert.Equal(Nodes.Us.Identity.CurrentKey.Fingerprint, print);
        Assert.NotEqual(Nodes.Ally.Identity.CurrentKey.Fingerprint, print);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://node.example/")]
    [InlineData("ENTENTE1:NODE-AAAA:AAAA")]
    public void Another_qr_code_is_none_of_a_node(string? text) => Assert.False(Fingerprint.TryParseQrText(text, out _, out _));

    private static string InScript(string digits, char zero) => string.Concat(digits.Select(each => char.IsAsciiDigit(each) ? (char)(each - '0' + zero) : each));

    private static IEnumerable<string> Altered(string text, string letters)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsLetterOrDigit(text[i]))
                continue;
            var other = text[i] == letters[0] ? letters[1] : letters[0];
            yield return $"{text[..i]}{other}{text[(i + 1)..]}";
        }
    }
}
