using System.Text.Json;

namespace Entente.Cli.Tests;

public sealed class DiffTests : IDisposable
{
    private const string Before = """
        {"id":"t-1","schema":"Person","datasets":["test"],"target":true,"properties":{"name":["Zubayr Al-Fictivi"],"alias":["زبير الفكتيفي"],"birthDate":["1970-02-01"],"notes":["He is said to live in the town of Nowhere on the river Nil, and to trade in dreams and other goods that nobody has ever seen."]}}
        {"id":"t-1-s","schema":"Sanction","datasets":["test"],"target":false,"properties":{"entity":["t-1"],"program":["Dreams"],"listingDate":["2020-05-01"]}}
        {"id":"t-2","schema":"Organization","datasets":["test"],"target":true,"properties":{"name":["Imaginary Trading House"]}}

        """;

    private const string After = """
        {"id":"t-1","schema":"Person","datasets":["test"],"target":true,"properties":{"name":["Zubayr Al-Fictivi"],"alias":["زبير الخيالي"],"birthDate":["1971"],"modifiedAt":["2026-02-01"],"notes":["He is said to live in the town of Nowhere on the river Nil, and to trade in hopes and other goods that nobody has ever seen."]}}
        {"id":"t-1-s","schema":"Sanction","datasets":["test"],"target":false,"properties":{"entity":["t-1"],"program":["Dreams"],"listingDate":["2020-05-01"]}}
        {"id":"t-3","schema":"Person","datasets":["test"],"target":true,"properties":{"name":["Модест Выдуманов"],"nationality":["ru"],"alias":["\u001b[31mModest"]}}
        {"id":"t-3-s","schema":"Sanction","datasets":["test"],"target":false,"properties":{"entity":["t-3"],"program":["Hopes"],"listingDate":["2026-02-01"]}}

        """;

    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    private Result Diff(params string[] more) =>
        _cli.Run(["lists", "diff", _cli.Write("old.jsonl", Before), _cli.Write("new.jsonl", After), .. more]);

    [Fact]
    public void It_reads_like_a_gazette()
    {
        var result = Diff();

        Assert.Equal(0, result.Code);
        var lines = result.Out.Split('\n');
        Assert.Contains("  1 added, 1 removed, 1 amended", lines);
        var added = Array.IndexOf(lines, "ADDED (1)");
        Assert.Equal(["  t-3  Модест Выдуманов", "      person · programme Hopes · listed on 2026-02-01", "      also known as  [31mModest", "      national of    Russia"], lines[(added + 2)..(added + 6)]);
        var removed = Array.IndexOf(lines, "REMOVED: NO LONGER LISTED (1)");
        Assert.Equal(["  t-2  Imaginary Trading House", "      organization"], lines[(removed + 2)..(removed + 4)]);
        var amended = Array.IndexOf(lines, "AMENDED (1)");
        Assert.Equal(
        [
            "  t-1  Zubayr Al-Fictivi",
            "      person · programme Dreams · listed on 2020-05-01 · last amended 2026-02-01",
            "      alias                - \u2068زبير الفكتيفي\u2069",
            "      alias                + \u2068زبير الخيالي\u2069",
            "      birth date           1970-02-01 -> 1971",
            "      notes                - ... river Nil, and to trade in dreams and other goods that nobody has ...",
            "      notes                + ... river Nil, and to trade in hopes and other goods that nobody has ...",
        ], lines[(amended + 2)..(amended + 9)]);
    }

    [Fact]
    public void Who_it_is_comes_before_what_is_said_of_it_and_remarks_alone_come_last()
    {
        const string before = """
            {"id":"t-1","schema":"Person","datasets":["test"],"target":true,"properties":{"notes":["At large."],"modifiedAt":["2025-01-01"],"position":["Clerk"],"name":["Zubayr Al-Fictivi","زبير الفكتيفي"]}}
            {"id":"t-1-p","schema":"Passport","datasets":["test"],"target":false,"properties":{"holder":["t-1"],"number":["X1234567"],"country":["ye"],"description":["Issued in Aden, by an office that nobody remembers"]}}
            {"id":"t-2","schema":"Person","datasets":["test"],"target":true,"properties":{"name":["Модест Выдуманов"],"notes":["At large."]}}

            """;
        var after = before.Replace("At large.", "Seen in Nowhere.", StringComparison.Ordinal).Replace("2025", "2026", StringComparison.Ordinal)
            .Replace("Clerk", "Vizier", StringComparison.Ordinal).Replace("\"Zubayr", "\"Zobeir Al-Fictivi\",\"Zubayr", StringComparison.Ordinal)
            .Replace("X1234567", "X7654321", StringComparison.Ordinal);

        var lines = _cli.Run("lists", "diff", _cli.Write("old.jsonl", before), _cli.Write("new.jsonl", after)).Out.Split('\n');

        var amended = Array.IndexOf(lines, "AMENDED (1)");
        Assert.Equal("      \u2068زبير الفكتيفي\u2069", lines[amended + 3]);
        Assert.Equal(
        [
            "      name                 + Zobeir Al-Fictivi",
            "      passport: number     X1234567 -> X7654321",
            "      position             Clerk -> Vizier",
            "      notes                At large. -> Seen in Nowhere.",
        ], lines[(amended + 5)..(amended + 9)]);
        var remarks = Array.IndexOf(lines, "AMENDED IN REMARKS AND DATES OF THE LIST ONLY (1)");
        Assert.True(remarks > amended);
        Assert.Equal("  t-2  Модест Выдуманов", lines[remarks + 2]);
    }

    [Fact]
    public void For_programs_each_change_is_a_line()
    {
        var lines = Diff("--format", "json").Lines.Select(line => JsonDocument.Parse(line).RootElement).ToList();

        Assert.Equal([("added", "t-3"), ("removed", "t-2"), ("amended", "t-1")], lines.Select(line => (line.GetProperty("change").GetString(), line.GetProperty("id").GetString())));
        Assert.All(lines, line => Assert.Equal(["change", "id", "schema", "caption", "properties"], line.EnumerateObject().Select(member => member.Name)));
        Assert.Equal("""{"added":["1971"],"removed":["1970-02-01"]}""", lines[2].GetProperty("properties").GetProperty("birthDate").GetRawText());
        Assert.Equal("""{"added":["زبير الخيالي"],"removed":["زبير الفكتيفي"]}""", lines[2].GetProperty("properties").GetProperty("alias").GetRawText());
    }

    [Fact]
    public void Installed_versions_are_compared_the_former_with_the_one_in_use()
    {
        Assert.Equal(0, _cli.Run("lists", "add", _cli.Write("old.jsonl", Before), "--dataset", "ours").Code);
        Assert.Equal(1, _cli.Run("lists", "diff", "ours").Code); // there is nothing before
        Assert.Equal(0, _cli.Run("lists", "add", _cli.Write("new.jsonl", After), "--dataset", "ours").Code);

        var diff = _cli.Run("lists", "diff", "ours");

        Assert.Contains("1 added, 1 removed, 1 amended", diff.Out, StringComparison.Ordinal);
        Assert.Contains("0 added, 0 removed, 0 amended", _cli.Run("lists", "diff", "ours", "current", "current").Out, StringComparison.Ordinal);
        Assert.Equal(1, _cli.Run("lists", "diff", "ours", "2019-01-01").Code);
    }
}
