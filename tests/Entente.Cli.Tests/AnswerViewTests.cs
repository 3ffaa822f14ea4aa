using Entente.Cli.Output;

namespace Entente.Cli.Tests;

public sealed class AnswerViewTests
{
    private static Result Screen(Cli cli, params string[] args) => cli.Run(["screen", "--list", cli.List(), .. args]);

    [Fact]
    public void The_answer_for_people_shows_list_score_facts_and_evidence()
    {
        using var cli = new Cli();
        var result = Screen(cli, "Zubayr Al-Fictivi");
        Assert.Contains("3 entities", result.Lines[0], StringComparison.Ordinal);
        Assert.Contains("MATCH", result.Out, StringComparison.Ordinal);
        Assert.Contains("t-1 · Person", result.Out, StringComparison.Ordinal);
        Assert.Contains("1970-02-01", result.Out, StringComparison.Ordinal);
        Assert.Contains("Saudi Arabia", result.Out, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^ +[+-]\d+\.\d  in all", result.Out);
        Assert.Contains("not a verdict", result.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void No_match_is_said_calmly()
    {
        using var cli = new Cli();
        var result = Screen(cli, "Quentin Unrelated");
        Assert.Contains("No match, and nothing near.", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("verdict", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Right_to_left_names_are_isolated()
    {
        using var cli = new Cli();
        Assert.Contains("\u2068زبير الفكتيفي\u2069", Screen(cli, "زبير الفكتيفي").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Piped_text_is_plain_and_a_terminal_gets_colours_unless_refused()
    {
        using var piped = new Cli { Colour = true };
        using var terminal = new Cli { Terminal = true, Colour = true };
        using var refused = new Cli { Terminal = true, Colour = false };
        Assert.DoesNotContain('\u001b', Screen(piped, "Zubayr Al-Fictivi").Out);
        Assert.Contains('\u001b', Screen(terminal, "Zubayr Al-Fictivi").Out);
        Assert.DoesNotContain('\u001b', Screen(refused, "Zubayr Al-Fictivi").Out);
    }

    [Fact]
    public void On_a_narrow_terminal_lines_are_wrapped_and_none_ends_in_spaces()
    {
        using var cli = new Cli { Terminal = true, Width = 60 };
        var lines = Screen(cli, "Zubayr Al-Fictivi").Out.Split('\n');
        Assert.All(lines, line => Assert.True(line.Length <= 60, line));
        Assert.All(lines, line => Assert.False(line.EndsWith(' '), line));
    }

    [Fact]
    public void Outside_text_cannot_command_the_terminal()
    {
        using var cli = new Cli { Terminal = true, Colour = false };
        var list = cli.Write("evil.jsonl", """
            {"id":"e-1","caption":"Zubayr \u001b[2J\u202eFictivi","schema":"Person","datasets":["test"],"properties":{"name":["Zubayr \u001b[2J\u202eFictivi"]}}
            """);
        var result = cli.Run("screen", "--list", list, "--threshold", "0.01", "Zubayr [2JFictivi\u001b]0;owned\u0007");
        Assert.Contains("e-1", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(result.Out, c => c is '\u001b' or '\u0007' or '\u202e');
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\tb\nc\u0000", "a b c")]
    [InlineData("على (Ali)", "\u2068على\u2069 (Ali)")]
    [InlineData("Ali, على بن أبي!", "Ali, \u2068على بن أبي\u2069!")]
    [InlineData("\u202Eדוד\u202C 5", "\u2068דוד\u2069 5")]
    public void Stretches_of_right_to_left_text_stand_in_isolates(string text, string shown) =>
        Assert.Equal(shown, Shown.Text(text));

    [Theory]
    [InlineData(0.6999, "0.69")]
    [InlineData(0.7, "0.70")]
    [InlineData(0.29, "0.29")]
    [InlineData(1, "1.00")]
    [InlineData(0, "0.00")]
    public void A_score_below_the_threshold_never_shows_as_the_threshold(double score, string shown) =>
        Assert.Equal(shown, ScoreText.Cut(score));
}
