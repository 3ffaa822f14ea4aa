using System.IO.Compression;

namespace Entente.Cli.Tests;

public sealed class HouseListTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void A_house_list_is_screened_against_with_its_mapping_beside_it()
    {
        var list = _cli.Write("blacklist.csv", "Wer;Geboren;Motif\nZubayr Al-Fictivi;1970-02-01;Rows\n");
        Assert.Equal(1, _cli.Run("screen", "--list", list, "Zubayr Al-Fictivi").Code); // no column holds a name

        _cli.Write("blacklist.csv.map.json", """{ "columns": { "Wer": "name", "Geboren": "birth_date" }, "title": "Ferrymen" }""");
        var result = _cli.Run("screen", "--list", list, "--fail-on-match", "زبير الفكتيفي");
        Assert.Equal(3, result.Code);
        Assert.Contains("Ferrymen", result.Out + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_packed_list_is_screened_against()
    {
        var list = _cli.PathOf("list.jsonl.gz");
        using (var gzip = new GZipStream(File.Create(list), CompressionLevel.Optimal))
            gzip.Write(File.ReadAllBytes(_cli.List()));
        Assert.Equal(3, _cli.Run("screen", "--list", list, "--fail-on-match", "Zubayr Al-Fictivi").Code);
    }
}
