using System.Globalization;
using System.Text.Json;

namespace Entente.Cli.Tests;

public sealed class CompareTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    private Result Compare(string text, string file = "pairs.csv") =>
        _cli.Run("compare", "--input", _cli.Write(file, text), "--output", _cli.PathOf("scores.csv"));

    [Fact]
    public void Columns_pass_through_unchanged_and_the_score_comes_last()
    {
        var rows = new[] { "id,schema,name1,note,name2", "1,Person,\"Doe, Jane\",\"a \"\"b\"\"\",Jane Doe", "2,,x y, spaces ,z", "3,company,Acme,é,Acme" };
        Assert.Equal(0, Compare(string.Join('\n', rows) + "\n").Code);
        var lines = File.ReadAllLines(_cli.PathOf("scores.csv"));
        Assert.Equal(rows[0] + ",score", lines[0]);
        Assert.Equal(rows.Length, lines.Length);
        for (var i = 1; i < rows.Length; i++)
        {
            Assert.StartsWith(rows[i] + ",", lines[i], StringComparison.Ordinal);
            var score = lines[i][(rows[i].Length + 1)..];
            Assert.Matches(@"^[01]\.\d{4,}$", score);
            Assert.InRange(double.Parse(score, CultureInfo.InvariantCulture), 0, 1);
        }
    }

    [Fact]
    public void The_table_and_the_command_line_give_the_same_score()
    {
        Compare("name1,name2\nZubayr Al-Fictivi,Al-Fictivi Zubayr Omar\n");
        var table = File.ReadAllLines(_cli.PathOf("scores.csv"))[1].Split(',')[^1];
        var answer = _cli.Run("compare", "--format", "json", "Zubayr Al-Fictivi", "Al-Fictivi Zubayr Omar");
        var score = JsonDocument.Parse(answer.Out).RootElement.GetProperty("score").GetDouble();
        Assert.Equal(table, score.ToString("F6", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Scores_are_written_alike_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("fr-FR");
        try
        {
            Compare("name1,name2\nA B,A C\n");
            Assert.Equal(3, File.ReadAllLines(_cli.PathOf("scores.csv"))[1].Split(',').Length);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Order_holds_over_many_rows()
    {
        var ids = Enumerable.Range(0, 2000).ToList();
        Compare("id;name1;name2\n" + string.Concat(ids.Select(id => $"{id};Zubayr;Omar\n")));
        Assert.Equal(ids, File.ReadLines(_cli.PathOf("scores.csv")).Skip(1).Select(line => int.Parse(line.Split(';')[0], CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("name1,name2\nA,B\nA\n", "line 3: 1 columns where the header has 2")]
    [InlineData("name1,name2\nA,\"B\n", "line 2: a quote")]
    [InlineData("name1,name2,schema\nA,B,Persn\n", "line 2: unknown schema 'Persn'")]
    [InlineData("first,second\nA,B\n", "line 1: columns name1 and name2 are needed. Found: 'first', 'second'")]
    [InlineData("", "is empty")]
    public void A_damaged_table_fails_with_its_line_and_leaves_nothing(string text, string message)
    {
        var result = Compare(text);
        Assert.Equal(1, result.Code);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_cli.Folder, "scores*"));
    }

    [Fact]
    public void Two_names_are_compared_with_their_evidence()
    {
        var result = _cli.Run("compare", "Zubayr Al-Fictivi", "Zubayr Al-Fictivi");
        Assert.Equal(0, result.Code);
        Assert.Contains("MATCH", result.Out, StringComparison.Ordinal);
        Assert.Contains("in all", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_json_for_two_names_keeps_its_shape()
    {
        var document = JsonDocument.Parse(_cli.Run("compare", "--format", "json", "Zubayr Al-Fictivi", "Zubayr Al-Fictivi").Out).RootElement;
        Assert.Equal(["schema", "name1", "name2", "score", "match", "weight", "evidence"], document.EnumerateObject().Select(m => m.Name));
    }

    [Fact]
    public void A_name_with_nothing_to_compare_is_no_score_of_zero()
    {
        var result = _cli.Run("compare", "Zubayr", "123");
        Assert.Equal(1, result.Code);
        Assert.Contains("nothing to compare: '123'", result.Error, StringComparison.Ordinal);
    }
}
