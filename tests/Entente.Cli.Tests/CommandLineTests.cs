namespace Entente.Cli.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void The_version_is_one_line()
    {
        var result = _cli.Run("--version");
        Assert.Equal(0, result.Code);
        Assert.Matches(@"^entente \d+\.\d+\.\d+\n$", result.Out);
    }

    [Theory]
    [InlineData("--help", "entente screen ")]
    [InlineData("screen --help", "entente screen Oussama Ben Laden")]
    [InlineData("compare --help", "entente compare --input pairs.csv")]
    [InlineData("lists --help", "entente lists status")]
    [InlineData("lists update --help", "--accept")]
    public void The_help_of_every_command_shows_examples(string args, string example)
    {
        var result = _cli.Run(args.Split(' '));
        Assert.Equal(0, result.Code);
        Assert.Contains(example, result.Out, StringComparison.Ordinal);
        Assert.Equal("", result.Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("scren Zubayr")]
    [InlineData("screen")]
    [InlineData("screen Zubayr --brith-date 1970")]
    [InlineData("screen Zubayr --birth-date yesterday")]
    [InlineData("screen Zubayr --nationality Atlantis")]
    [InlineData("screen Zubayr --schema Persn")]
    [InlineData("screen Zubayr --threshold 1.5")]
    [InlineData("screen Zubayr --threshold 1")]
    [InlineData("screen Zubayr --threshold NaN")]
    [InlineData("screen Zubayr --threshold 0,7")]
    [InlineData("screen Zubayr --limit 0")]
    [InlineData("screen Zubayr --format xml")]
    [InlineData("screen Zubayr --output x.jsonl")]
    [InlineData("screen Zubayr --list")]
    [InlineData("screen Zubayr --input people.csv")]
    [InlineData("screen --input people.csv --birth-date 1970")]
    [InlineData("screen --input people.csv --format table")]
    [InlineData("screen --input people.csv --output people.csv")]
    [InlineData("compare Zubayr")]
    [InlineData("compare a b c")]
    [InlineData("compare --input a.csv --output a.csv")]
    [InlineData("lists")]
    [InlineData("lists update --url nonsense")]
    [InlineData("lists update --accept --url https://example.org/list.xml")]
    public void Bad_usage_ends_with_two_and_one_line_that_says_why(string args)
    {
        var result = _cli.Run(args.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(2, result.Code);
        Assert.Equal("", result.Out);
        Assert.Matches(@"^entente: [^\n]+\n$", result.Error);
    }

    [Theory]
    [InlineData("screen Zubayr --brith-date 1970", "--birth-date")]
    [InlineData("scren Zubayr", "screen")]
    [InlineData("lists upate", "update")]
    public void A_misspelt_word_is_answered_with_the_right_one(string args, string suggestion) =>
        Assert.Contains($"did you mean {suggestion}?", _cli.Run(args.Split(' ')).Error, StringComparison.Ordinal);

    [Fact]
    public void A_name_may_begin_with_dashes_or_an_at_sign()
    {
        var list = _cli.List();
        Assert.Equal(0, _cli.Run("screen", "--list", list, "--", "--Zubayr").Code);
        Assert.Equal(0, _cli.Run("screen", "--list", list, "@Zubayr").Code);
    }

    [Fact]
    public void Facts_about_one_person_are_refused_for_several_names()
    {
        var result = _cli.Run("screen", "--list", _cli.List(), "--birth-date", "1970", "A Fictivi", "B Fictivi");
        Assert.Equal(2, result.Code);
        Assert.Contains("--birth-date describes one person", result.Error, StringComparison.Ordinal);
    }
}
