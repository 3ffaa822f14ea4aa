using System.Text.Json;

namespace Entente.Cli.Tests;

/// <summary>An entity on several lists is one result.</summary>
public sealed class ListingsTests
{
    private static string[] Lists(Cli cli) =>
    [
        "--list", cli.Write("latin.jsonl", """
            {"id":"latin-1","caption":"Zubayr Hamdan Al-Fictivi","schema":"Person","datasets":["latin"],"target":true,"properties":{"name":["Zubayr Hamdan Al-Fictivi"],"birthDate":["1970-02-01"],"program":["LATIN-1"]}}
            {"id":"latin-1-sanction","schema":"Sanction","datasets":["latin"],"properties":{"entity":["latin-1"],"authority":["Authority of Latinia"]}}

            """),
        "--list", cli.Write("arabic.jsonl", """
            {"id":"arabic-1","caption":"زبير حمدان الفكتيفي","schema":"Person","datasets":["arabic"],"target":true,"properties":{"name":["زبير حمدان الفكتيفي"],"birthDate":["1970-02-01"]}}
            {"id":"arabic-2","caption":"زبير حمدان الفكتيفي","schema":"Person","datasets":["arabic"],"target":true,"properties":{"name":["زبير حمدان الفكتيفي"],"birthDate":["1991-05-05"]}}

            """),
        "--list", cli.Write("cyrillic.jsonl", """
            {"id":"cyrillic-1","caption":"Зубайр Хамдан аль-Фиктиви","schema":"Person","datasets":["cyrillic"],"target":true,"properties":{"name":["Зубайр Хамдан аль-Фиктиви"],"birthDate":["1970-02-01"]}}

            """),
    ];

    private static JsonElement[] Results(Result result)
    {
        Assert.Equal(0, result.Code);
        return [.. JsonDocument.Parse(result.Out).RootElement.GetProperty("queries")[0].GetProperty("results").EnumerateArray()];
    }

    private static string[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetString()!)];

    [Fact]
    public void Json_shows_one_result_with_the_listings_and_why_they_are_one()
    {
        using var cli = new Cli();
        var results = Results(cli.Run(["screen", .. Lists(cli), "--format", "json", "Zubair Hamdan Fictivi"]));
        Assert.Equal(2, results.Length);
        var one = Assert.Single(results, r => r.TryGetProperty("listings", out _));
        Assert.Equal(["arabic", "cyrillic", "latin"], Texts(one.GetProperty("datasets")).Order());
        Assert.Equal(["arabic-1", "cyrillic-1", "latin-1"], Texts(one.GetProperty("referents")).Order());
        Assert.Equal("arabic-1", one.GetProperty("canonical_id").GetString());
        JsonElement[] listings = [.. one.GetProperty("listings").EnumerateArray()];
        Assert.Equal(one.GetProperty("id").GetString(), listings[0].GetProperty("id").GetString());
        Assert.Equal(one.GetProperty("score").GetDouble(), listings.Max(l => l.GetProperty("score").GetDouble()));
        var latin = Assert.Single(listings, l => l.GetProperty("dataset").GetString() == "latin");
        Assert.Equal(["LATIN-1"], Texts(latin.GetProperty("programs")));
        Assert.Equal(["Authority of Latinia"], Texts(latin.GetProperty("authorities")));
        Assert.All(one.GetProperty("resolution").EnumerateArray(), link =>
        {
            Assert.Equal("name_and_birth_date", link.GetProperty("basis").GetString());
            Assert.Contains(link.GetProperty("evidence").EnumerateArray(), e => e.GetProperty("feature").GetString() == "birthDate" && e.GetProperty("left").GetString() == "1970-02-01");
        });

        var alone = Assert.Single(results, r => !r.TryGetProperty("listings", out _));
        Assert.Equal("arabic-2", alone.GetProperty("id").GetString());
        Assert.False(alone.TryGetProperty("referents", out _) || alone.TryGetProperty("resolution", out _) || alone.TryGetProperty("canonical_id", out _));
    }

    [Fact]
    public void The_table_shows_one_row_with_its_listings_below()
    {
        using var cli = new Cli();
        var result = cli.Run(["screen", .. Lists(cli), "Zubayr Hamdan Al-Fictivi"]);
        Assert.Contains("; on several lists: 1", result.Out, StringComparison.Ordinal);
        Assert.Contains("2 matches:", result.Out, StringComparison.Ordinal);
        Assert.Contains("One entity in 3 listings.", result.Out, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^ +0\.\d\d  cyrillic-1 · cyrillic · ", result.Out);
        Assert.Contains("arabic-1 = latin-1: names that agree, and the same birth date", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_judgement_parts_and_joins_and_the_answer_names_the_file_by_its_hash()
    {
        using var cli = new Cli();
        var judgements = cli.Write("judgements.jsonl", """
            {"left":"arabic-1","right":"latin-1","judgement":"negative","by":"desk 4","reason":"another file"}
            {"left":"cyrillic-1","right":"arabic-1","judgement":"negative","by":"desk 4"}
            {"left":"latin-1","right":"arabic-2","judgement":"positive","by":"desk 4","at":"2026-03-31T10:00:00Z"}

            """);
        var result = cli.Run(["screen", .. Lists(cli), "--judgements", judgements, "--format", "json", "Zubair Hamdan Fictivi"]);
        var results = Results(result);
        var joined = Assert.Single(results, r => r.TryGetProperty("listings", out _));
        Assert.DoesNotContain("arabic-1", Texts(joined.GetProperty("referents")));
        Assert.Contains("arabic-2", Texts(joined.GetProperty("referents")));
        Assert.Contains(joined.GetProperty("resolution").EnumerateArray(), l => l.GetProperty("basis").GetString() == "judgement"
            && l.GetProperty("evidence")[0].GetProperty("explanation").GetString() == "judged one entity by desk 4 on 2026-03-31");
        var used = JsonDocument.Parse(result.Out).RootElement.GetProperty("judgements");
        Assert.Equal((3, 64), (used.GetProperty("count").GetInt32(), used.GetProperty("sha256").GetString()!.Length));
    }

    [Theory]
    [InlineData("{\"left\":\"a\"}", "line 1")]
    [InlineData(null, "no file")]
    public void A_judgements_file_that_cannot_be_read_ends_the_run(string? text, string says)
    {
        using var cli = new Cli();
        var path = text is null ? cli.PathOf("absent.jsonl") : cli.Write("judgements.jsonl", text);
        var result = cli.Run(["screen", .. Lists(cli), "--judgements", path, "Zubair Hamdan Fictivi"]);
        Assert.Equal(1, result.Code);
        Assert.Empty(result.Out);
        Assert.Contains(says, result.Error, StringComparison.Ordinal);
    }
}
