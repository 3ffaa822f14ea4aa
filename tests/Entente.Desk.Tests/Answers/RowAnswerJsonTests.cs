using System.Text;
using System.Text.Json;
using Entente.Desk.Answers;
using Entente.Desk.Rows;
using Entente.Records;
using Entente.Screening;

namespace Entente.Desk.Tests.Answers;

/// <summary>The member names are a contract: these texts stay as they are.</summary>
public sealed class RowAnswerJsonTests
{
    [Fact]
    public void A_row_that_could_not_be_screened_says_so_twice() => Assert.Equal(
        """{"row":3,"id":"7","name":null,"status":"error","error":"line 4: nothing to compare","results":[],"lists":["test#1"]}""",
        Text(ScreeningRow.Bad(3, 4, "nothing to compare", "7"), null));

    [Fact]
    public void A_match_has_the_members_that_others_script_against()
    {
        var entity = new EntityBuilder("t-1", "Person", "test").Add("name", "Zubayr Al-Fictivi").Build();
        var screener = new Screener(ScreeningIndex.Build([entity]), MatchPolicy.Default);
        var query = new Query { Schema = "Person", Names = ["Zubayr Al-Fictivi"] };
        using var answer = JsonDocument.Parse(Text(new ScreeningRow(1, null, query.Names[0], query, null, ["birth date 'x' was not understood"]), screener));
        Assert.Equal(["row", "id", "name", "results", "warnings", "lists"], Names(answer.RootElement));
        var result = answer.RootElement.GetProperty("results")[0];
        Assert.Equal(["id", "caption", "schema", "datasets", "score", "match", "weight", "name", "evidence"], Names(result));
        Assert.Equal(["feature", "query", "listed", "weight", "explanation"], Names(result.GetProperty("evidence")[0]));
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(member => member.Name);

    private static string Text(ScreeningRow row, Screener? screener)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, MatchJson.OneLine))
            RowAnswerJson.Write(json, row, row.Query is { } query ? screener!.Screen(query) : [], ["test#1"]);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
