using Microsoft.Playwright;

namespace Entente.EndToEnd;

public sealed class BulkTests(Browser browser, Node node) : IClassFixture<Node>
{
    [Fact]
    public async Task A_file_is_sent_watched_and_its_result_taken()
    {
        await using var context = await browser.OpenAsync("fr");
        var page = await node.SignedInAsync(context, "Analyst");
        await page.GotoAsync(node.Address + "/bulk");
        await page.SetInputFilesAsync("#bulk-file", new FilePayload
        {
            Name = "clients.csv",
            MimeType = "text/csv",
            Buffer = "id,name,birth_date\n1,Tariq Salman Abd al-Rahim al-Qadiri,1971-03-14\n2,Zzyzx Quxley,1980\n"u8.ToArray(),
        });
        await page.ClickAsync("#bulk-form button[type=submit]");

        var take = page.Locator("a[href$='/result']");
        await Assertions.Expect(take).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 30_000 });
        await Assertions.Expect(page.Locator("[data-matched]")).ToHaveTextAsync("1");
        await Shots.TakeAsync(page, "bulk-fr");
        await Axe.CheckAsync(page);
        var download = await page.RunAndWaitForDownloadAsync(() => take.ClickAsync());
        Assert.Equal("clients.jsonl", download.SuggestedFilename);
        using var reader = new StreamReader(await download.CreateReadStreamAsync());
        Assert.Contains("un-XXi.001", await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
