using System.Text.Json;

namespace Entente.Cli.Tests;

public sealed class ScreenNamesTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    private JsonElement Ask(params string[] args)
    {
        var result = _cli.Run(["screen", "--list", _cli.List(), "--format", "json", .. args]);
        Assert.Equal(0, result.Code);
        return JsonDocument.Parse(result.Out).RootElement;
    }

    private static string[] Members(JsonElement element) => [.. element.EnumerateObject().Select(member => member.Name)];

    [Theory]
    [InlineData("Zubayr Al-Fictivi", "t-1")]
    [InlineData("زبير الفكتيفي", "t-1")]
    [InlineData("Модест Выдуманов", "t-2")]
    public void A_listed_name_is_found_in_its_own_script(string name, string id)
    {
        var best = Ask(name).GetProperty("queries")[0].GetProperty("results")[0];
        Assert.Equal(id, best.GetProperty("id").GetString());
        Assert.True(best.GetProperty("match").GetBoolean());
    }

    [Fact]
    public void The_json_keeps_its_shape()
    {
        var document = Ask("Zubayr Al-Fictivi", "--birth-date", "1970");
        Assert.Equal(["engine", "policy", "lists", "queries"], Members(document));
        Assert.Equal(["name", "version"], Members(document.GetProperty("engine")));
        Assert.Equal(["hash", "threshold", "cutoff", "limit"], Members(document.GetProperty("policy")));
        Assert.Equal(["dataset", "title", "publisher", "version", "publishedAt", "sha256", "fetchedAt", "confirmedAt", "ageDays", "entities"], Members(document.GetProperty("lists")[0]));
        var query = document.GetProperty("queries")[0];
        Assert.Equal(["name", "schema", "properties", "results"], Members(query));
        Assert.Equal("1970", query.GetProperty("properties").GetProperty("birthDate")[0].GetString());
        var match = query.GetProperty("results")[0];
        Assert.Equal(["id", "caption", "schema", "datasets", "score", "match", "weight", "name", "evidence"], Members(match));
        Assert.Equal(["feature", "query", "listed", "weight", "explanation"], Members(match.GetProperty("evidence")[0]));
    }

    [Fact]
    public void The_json_names_the_list_by_its_hash()
    {
        var list = _cli.List();
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(list)));
        Assert.Equal(hash, Ask("Zubayr").GetProperty("lists")[0].GetProperty("sha256").GetString());
    }

    [Fact]
    public void Names_stand_in_the_json_in_their_own_letters() =>
        Assert.Contains("زبير الفكتيفي", _cli.Run("screen", "--list", _cli.List(), "--format", "json", "زبير الفكتيفي").Out, StringComparison.Ordinal);

    [Fact]
    public void Words_without_quotes_are_one_name() =>
        Assert.Equal("Zubayr Al-Fictivi", Ask("Zubayr", "Al-Fictivi").GetProperty("queries")[0].GetProperty("name").GetString());

    [Fact]
    public void Quoted_names_are_asked_one_by_one()
    {
        var queries = Ask("Zubayr Al-Fictivi", "Nobody At All", "Модест").GetProperty("queries");
        Assert.Equal(["Zubayr Al-Fictivi", "Nobody At All", "Модест"], queries.EnumerateArray().Select(q => q.GetProperty("name").GetString()));
    }

    [Fact]
    public void With_fail_on_match_the_exit_code_tells()
    {
        var list = _cli.List();
        Assert.Equal(3, _cli.Run("screen", "--list", list, "--fail-on-match", "Zubayr Al-Fictivi").Code);
        Assert.Equal(0, _cli.Run("screen", "--list", list, "--fail-on-match", "Quentin Unrelated").Code);
        Assert.Equal(0, _cli.Run("screen", "--list", list, "Zubayr Al-Fictivi").Code);
    }

    [Theory]
    [InlineData("12345")]
    [InlineData("😀 😀")]
    [InlineData("- -")]
    public void A_name_with_nothing_to_compare_never_reads_as_clear(string name)
    {
        var list = _cli.List();
        var table = _cli.Run("screen", "--list", list, name);
        Assert.Equal(1, table.Code);
        Assert.Contains("nothing to compare", table.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("No match,", table.Out, StringComparison.Ordinal);
        var json = _cli.Run("screen", "--list", list, "--format", "json", name);
        Assert.Equal(1, json.Code);
        Assert.Equal("error", JsonDocument.Parse(json.Out).RootElement.GetProperty("queries")[0].GetProperty("status").GetString());
    }

    [Fact]
    public void A_name_of_ten_thousand_letters_is_refused_in_words()
    {
        var result = _cli.Run("screen", "--list", _cli.List(), new string('a', 10_000));
        Assert.Equal(1, result.Code);
        Assert.StartsWith("entente: nothing to compare", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_list_is_named()
    {
        var result = _cli.Run("screen", "--list", _cli.PathOf("none.xml"), "Zubayr");
        Assert.Equal(1, result.Code);
        Assert.Equal($"entente: there is no file {_cli.PathOf("none.xml")}.\n", result.Error);
        Assert.Equal("", result.Out);
    }

    [Fact]
    public void A_damaged_list_ends_with_file_and_line_and_no_answer()
    {
        var list = _cli.List();
        File.AppendAllText(list, "{\"id\":\"t-4\",\"schema\":");
        var result = _cli.Run("screen", "--list", list, "Zubayr");
        Assert.Equal(1, result.Code);
        Assert.Matches("^entente: .*list.jsonl, line 4[^\n]*\n$", result.Error);
        Assert.Equal("", result.Out);
    }

    [Fact]
    public void Without_a_list_the_sample_is_used_and_that_is_said()
    {
        File.Copy(_cli.List(), _cli.Write("samples/un-format-sample.xml", ""), overwrite: true);
        var result = _cli.Run("screen", "Zubayr Al-Fictivi");
        Assert.Equal(0, result.Code);
        Assert.Contains("fictional sample list", result.Error, StringComparison.Ordinal);
        Assert.Contains("t-1", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_list_it_says_how_to_get_one()
    {
        var result = _cli.Run("screen", "Zubayr Al-Fictivi");
        Assert.Equal(1, result.Code);
        Assert.Contains("entente lists update", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lower_threshold_makes_a_match_of_what_was_none()
    {
        var list = _cli.List();
        var high = _cli.Run("screen", "--list", list, "--fail-on-match", "--threshold", "0.999", "Zubayr Unrelated");
        var low = _cli.Run("screen", "--list", list, "--fail-on-match", "--threshold", "0.001", "Zubayr Al-Fictivi");
        Assert.Equal((0, 3), (high.Code, low.Code));
    }
}
