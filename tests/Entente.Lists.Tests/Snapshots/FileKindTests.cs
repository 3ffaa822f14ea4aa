using System.Text;
using Entente.Lists.Snapshots;

namespace Entente.Lists.Tests.Snapshots;

public sealed class FileKindTests : IDisposable
{
    private readonly StoreFixture _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("\uFEFF<?xml version=\"1.0\"?>\n<!-- made <today> -->\n<a:CONSOLIDATED_LIST xmlns:a=\"x\"><e/></a:CONSOLIDATED_LIST>", "xml CONSOLIDATED_LIST", ".xml")]
    [InlineData("<!DOCTYPE html>\n<HTML lang=\"ru\"><body>", "html", ".html")]
    [InlineData("<ol><li>1. ВЫДУМАНОВ МОДЕСТ*, 01.01.1955 г.р.</li></ol>", "xml ol", ".xml")]
    [InlineData("  {\"Publications\":{}}", "json", ".json")]
    [InlineData("{\"id\":\"t-1\"}\n{\"id\":\"t-2\"}\n", "json", ".json")]
    [InlineData("name;born\nModest;1955\n", "csv", ".csv")]
    [InlineData("PK\u0003\u0004......[Content_Types].xml", "xlsx", ".xlsx")]
    [InlineData("PK\u0003\u0004......sdn.csv", "zip", ".zip")]
    [InlineData("Modest Invented", "text", ".txt")]
    [InlineData("<!-- never closed", "xml", ".xml")]
    public void The_stored_file_gets_an_ending_that_fits(string content, string kind, string extension)
    {
        var path = Path.Combine(Directory.CreateDirectory(_store.Store.Folder).FullName, "given");
        File.WriteAllText(path, content, new UTF8Encoding(false));

        var taken = new ListUpdater(_store.Store, new HttpClient(), _ => new ListSummary(1, new Dictionary<string, int>(), null), _store.Time).Add(StoreFixture.Source, path);

        var manifest = Assert.IsType<UpdateResult.Updated>(taken).Current.Manifest;
        Assert.Equal((kind, "toy" + extension), (manifest.Kind, manifest.Files[0].Name));
    }
}
