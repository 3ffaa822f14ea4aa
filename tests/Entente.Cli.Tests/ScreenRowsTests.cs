using System.Text;
using System.Text.Json;

namespace Entente.Cli.Tests;

public sealed class ScreenRowsTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    private List<JsonElement> Screen(string file, string text, params string[] more)
    {
        var input = _cli.Write(file, text);
        var result = _cli.Run(["screen", "--list", _cli.List(), "--input", input, "--output", _cli.PathOf("hits.jsonl"), .. more]);
        Assert.True(result.Code == 0, result.Error);
        return Rows(File.ReadAllText(_cli.PathOf("hits.jsonl")));
    }

    private static List<JsonElement> Rows(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    private static string? Text(JsonElement row, string member) =>
        row.TryGetProperty(member, out var value) ? value.GetString() : null;

    private static string? BestId(JsonElement row) =>
        row.GetProperty("results") is var results && results.GetArrayLength() > 0 ? results[0].GetProperty("id").GetString() : null;

    [Fact]
    public void Every_row_is_answered_in_one_line_of_the_agreed_shape()
    {
        var rows = Screen("in.csv", "id,name\nA1,Zubayr Al-Fictivi\n,Quentin Unrelated\n");
        Assert.Equal(["row", "id", "name", "results", "lists"], rows[0].EnumerateObject().Select(m => m.Name));
        Assert.Matches("^test#[0-9a-f]{12}$", Assert.Single(rows[0].GetProperty("lists").EnumerateArray()).GetString());
        Assert.Equal((1, "A1", "Zubayr Al-Fictivi", "t-1"), (rows[0].GetProperty("row").GetInt32(), Text(rows[0], "id"), Text(rows[0], "name"), BestId(rows[0])));
        Assert.Equal(JsonValueKind.Null, rows[1].GetProperty("id").ValueKind);
        Assert.Equal(0, rows[1].GetProperty("results").GetArrayLength());
    }

    [Fact]
    public void Answers_come_in_input_order_whatever_each_row_costs()
    {
        var text = new StringBuilder("id,name\n");
        for (var i = 1; i <= 3000; i++)
            text.Append(i).Append(',').Append(i % 97 == 0 ? string.Join(' ', Enumerable.Repeat("Zubayr", 200)) : "Zubayr Al-Fictivi").Append('\n');
        var rows = Screen("in.csv", text.ToString());
        Assert.Equal(Enumerable.Range(1, 3000), rows.Select(row => row.GetProperty("row").GetInt32()));
        Assert.All(rows, row => Assert.Equal(row.GetProperty("row").GetInt32().ToString(System.Globalization.CultureInfo.InvariantCulture), Text(row, "id")));
    }

    [Theory]
    [InlineData("name")]
    [InlineData("NAME")]
    [InlineData("Full Name")]
    [InlineData("full_name")]
    [InlineData("FullName")]
    [InlineData("Nom complet")]
    [InlineData("nom")]
    [InlineData("ФИО")]
    [InlineData("имя")]
    [InlineData("الاسم")]
    [InlineData("الاسم الكامل")]
    [InlineData("\ufeffname")]
    public void A_column_for_the_name_is_recognised(string header) =>
        Assert.Equal("t-1", BestId(Screen("in.csv", $"{header},x\nZubayr Al-Fictivi,1\n")[0]));

    [Theory]
    [InlineData("first_name,last_name", "Zubayr,Al-Fictivi")]
    [InlineData("Given Name,Surname", "Zubayr,Al-Fictivi")]
    [InlineData("Family name,Given name", "Al-Fictivi,Zubayr")]
    [InlineData("Nom,Prénom", "Al-Fictivi,Zubayr")]
    [InlineData("name,surname", "Zubayr,Al-Fictivi")]
    [InlineData("Имя,Фамилия", "Zubayr,Al-Fictivi")]
    [InlineData("full_name,first_name,last_name", ",Zubayr,Al-Fictivi")]
    [InlineData("full_name,first_name,last_name", "Zubayr Al-Fictivi,Wrong,Parts")]
    public void A_name_in_parts_is_joined_and_a_whole_name_goes_first(string header, string row)
    {
        var answer = Screen("in.csv", $"{header}\n{row}\n")[0];
        Assert.Equal("Zubayr Al-Fictivi", Text(answer, "name"));
    }

    [Theory]
    [InlineData("in.csv", "name;id\nAl-Fictivi, Zubayr;7\n")]
    [InlineData("in.csv", "name|id\nAl-Fictivi, Zubayr|7\n")]
    [InlineData("in.tsv", "name\tid\nAl-Fictivi, Zubayr\t7\n")]
    [InlineData("in.csv", "name,id\r\n\"Al-Fictivi, Zubayr\",7\r\n")]
    [InlineData("in.csv", "id,name\n7,\"Al-Fictivi, Zubayr\"")]
    [InlineData("in.jsonl", "{\"id\":7,\"Full Name\":\"Al-Fictivi, Zubayr\"}\n")]
    [InlineData("in.jsonl", "{\"id\":\"7\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Al-Fictivi, Zubayr\"]}}\n")]
    public void Separators_quotes_and_formats_are_found_out(string file, string text)
    {
        var answer = Assert.Single(Screen(file, text));
        Assert.Equal(("7", "Al-Fictivi, Zubayr", "t-1"), (Text(answer, "id"), Text(answer, "name"), BestId(answer)));
    }

    [Fact]
    public void A_table_with_one_column_needs_no_quotes() =>
        Assert.Equal("Al-Fictivi, Zubayr", Text(Screen("in.csv", "name\nAl-Fictivi, Zubayr\n")[0], "name"));

    [Theory]
    [InlineData("in.csv", "name,id\nZubayr Al-Fictivi,1\n\"Zubayr,2\nZubayr Al-Fictivi,3\n", "line 3: a quote")]
    [InlineData("in.csv", "name,id\nZubayr Al-Fictivi,1\n\"Zubayr\" X,2\nZubayr Al-Fictivi,3\n", "line 3: text after a closing quote")]
    [InlineData("in.csv", "name,id\nZubayr Al-Fictivi,1\nZubayr\nZubayr Al-Fictivi,3\n", "line 3: 1 columns where the header has 2")]
    [InlineData("in.csv", "name,id\nZubayr Al-Fictivi,1\nZubayr,2,3\nZubayr Al-Fictivi,3\n", "line 3: 3 columns where the header has 2")]
    [InlineData("in.csv", "name,id\nZubayr Al-Fictivi,1\n12345,2\nZubayr Al-Fictivi,3\n", "line 3: nothing to compare")]
    [InlineData("in.csv", "name,id\nZubayr Al-Fictivi,1\n,2\nZubayr Al-Fictivi,3\n", "line 3: nothing to compare")]
    [InlineData("in.csv", "name,id,schema\nZubayr Al-Fictivi,1,\nZubayr,2,Persn\nZubayr Al-Fictivi,3,person\n", "line 3: unknown schema 'Persn'")]
    [InlineData("in.jsonl", "{\"name\":\"Zubayr Al-Fictivi\"}\n{\"name\":\n{\"name\":\"Zubayr Al-Fictivi\"}\n", "line 2: not valid JSON")]
    [InlineData("in.jsonl", "{\"name\":\"Zubayr Al-Fictivi\"}\n[1]\n{\"name\":\"Zubayr Al-Fictivi\"}\n", "line 2: a JSON object was expected")]
    [InlineData("in.jsonl", "{\"name\":\"Zubayr Al-Fictivi\"}\n{\"name\":\"\\ud800\"}\n{\"name\":\"Zubayr Al-Fictivi\"}\n", "line 2:")]
    [InlineData("in.jsonl", "{\"name\":\"Zubayr Al-Fictivi\"}\n{\"nome\":\"x\"}\n{\"name\":\"Zubayr Al-Fictivi\"}\n", "line 2: nothing to compare")]
    public void A_bad_row_is_reported_in_its_place_and_never_reads_as_clear(string file, string text, string error)
    {
        var rows = Screen(file, text);
        Assert.Equal([1, 2, 3], rows.Select(row => row.GetProperty("row").GetInt32()));
        Assert.Equal(["t-1", null, "t-1"], rows.Select(BestId));
        Assert.Equal("error", Text(rows[1], "status"));
        Assert.StartsWith(error, Text(rows[1], "error"), StringComparison.Ordinal);
        Assert.Equal(0, rows[1].GetProperty("results").GetArrayLength());
        Assert.Null(Text(rows[0], "status"));
    }

    [Fact]
    public void Bytes_that_are_not_utf8_and_endless_lines_spoil_their_own_row_only()
    {
        var path = _cli.PathOf("in.csv");
        File.WriteAllBytes(path, [.. "name\n"u8, .. "Ren\u00e9"u8[..3], 0xE9, (byte)'\n', .. Encoding.UTF8.GetBytes(new string('x', 3 << 20)), .. "\nZubayr Al-Fictivi\n"u8]);
        var result = _cli.Run("screen", "--list", _cli.List(), "--input", path);
        var rows = Rows(result.Out);
        Assert.Contains("line 2: not valid UTF-8 at byte 4", Text(rows[0], "error"), StringComparison.Ordinal);
        Assert.Contains("line 3: the line is longer than 1 MiB", Text(rows[1], "error"), StringComparison.Ordinal);
        Assert.Equal("t-1", BestId(rows[2]));
    }

    [Fact]
    public void A_value_that_is_not_understood_is_said_and_the_row_screened()
    {
        var row = Screen("in.csv", "name,dob,nationality\nZubayr Al-Fictivi,unknown,Saudi Arabia; Atlantis\n")[0];
        Assert.Equal("t-1", BestId(row));
        Assert.Equal(2, row.GetProperty("warnings").GetArrayLength());
    }

    [Theory]
    [InlineData("in.csv", "given,born\nZubayr,1970\n", "line 1: no column holds a name. Found: 'given', 'born'. Expected: name")]
    [InlineData("in.csv", "", "is empty")]
    [InlineData("in.csv", "\n\n", "the header row is blank")]
    [InlineData("in.csv", "name,\"id\n1,2\n", "line 1: a quote")]
    [InlineData("in.csv", "PK\u0003\u0004...", "workbook")]
    public void A_file_that_cannot_be_used_fails_in_words_and_leaves_nothing(string file, string text, string message)
    {
        var input = _cli.Write(file, text);
        var result = _cli.Run("screen", "--list", _cli.List(), "--input", input, "--output", _cli.PathOf("hits.jsonl"));
        Assert.Equal(1, result.Code);
        Assert.StartsWith($"entente: {input}", result.Error, StringComparison.Ordinal);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_cli.Folder, "hits*"));
    }

    [Fact]
    public void Utf16_is_refused_with_advice()
    {
        File.WriteAllText(_cli.PathOf("in.csv"), "name\nZubayr\n", Encoding.Unicode);
        var result = _cli.Run("screen", "--list", _cli.List(), "--input", _cli.PathOf("in.csv"));
        Assert.Equal(1, result.Code);
        Assert.Contains("save it as UTF-8", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_fails_leaves_an_older_result_as_it_was()
    {
        var output = _cli.Write("hits.jsonl", "older\n");
        var result = _cli.Run("screen", "--list", _cli.PathOf("none"), "--input", _cli.Write("in.csv", "name\nZubayr\n"), "--output", output);
        Assert.Equal(1, result.Code);
        Assert.Equal("older\n", File.ReadAllText(output));
        Assert.False(File.Exists(output + ".part"));
    }

    [Fact]
    public void A_run_that_is_stopped_leaves_no_half_result()
    {
        using var stop = new CancellationTokenSource();
        using var endless = new EndlessRows(afterBytes: 1 << 20, stop.Cancel);
        using var cli = new Cli { Stop = stop.Token, Input = endless };
        var result = cli.Run("screen", "--list", cli.List(), "--input", "-", "--output", cli.PathOf("hits.jsonl"));
        Assert.Equal(1, result.Code);
        Assert.Contains("stopped before the end", result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(cli.Folder, "hits*"));
    }

    [Fact]
    public void Reading_never_runs_far_ahead_of_writing()
    {
        // Were the input gathered before it is answered, an endless one would never be.
        using var stop = new CancellationTokenSource();
        using var endless = new EndlessRows(afterBytes: long.MaxValue, () => { });
        using var output = new CountingStream(written => { if (written > 1 << 20) stop.Cancel(); });
        using var cli = new Cli { Stop = stop.Token, Input = endless, Output = output };
        Assert.Equal(1, cli.Run("screen", "--list", cli.List(), "--input", "-").Code);
        Assert.InRange(endless.BytesRead, 1, 64 << 20);
    }

    [Fact]
    public void Fail_on_match_tells_match_from_clear_from_not_screened()
    {
        int Code(string rows) => _cli.Run("screen", "--list", _cli.List(), "--fail-on-match", "--input", _cli.Write("in.csv", "name\n" + rows)).Code;
        Assert.Equal(3, Code("Zubayr Al-Fictivi\n123\n"));
        Assert.Equal(0, Code("Quentin Unrelated\n"));
        Assert.Equal(1, Code("Quentin Unrelated\n123\n"));
    }

    [Fact]
    public void The_summary_counts_rows_matches_and_faults()
    {
        var result = _cli.Run("screen", "--list", _cli.List(), "--input", _cli.Write("in.csv", "name,note\nZubayr Al-Fictivi,a\n123,b\nQuentin Unrelated,c\n"));
        Assert.Contains("3 rows in ", result.Error, StringComparison.Ordinal);
        Assert.Contains("1 with a match, 1 could not be screened", result.Error, StringComparison.Ordinal);
        Assert.Contains("Columns that play no part: note.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_schema_option_holds_for_rows_that_name_none()
    {
        var rows = Screen("in.jsonl", "{\"name\":\"Imaginary Trading House\"}\n", "--schema", "organization");
        Assert.Equal("t-3", BestId(rows[0]));
    }

    [Fact]
    public void Bulk_and_single_give_the_same_score()
    {
        var bulk = Screen("in.csv", "name\nAl-Fictivi Zubayr\n")[0].GetProperty("results")[0].GetProperty("score").GetDouble();
        var single = JsonDocument.Parse(_cli.Run("screen", "--list", _cli.List(), "--format", "json", "Al-Fictivi Zubayr").Out)
            .RootElement.GetProperty("queries")[0].GetProperty("results")[0].GetProperty("score").GetDouble();
        Assert.Equal(single, bulk);
    }
}
