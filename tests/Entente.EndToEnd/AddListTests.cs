using System.Text;
using Microsoft.Playwright;

namespace Entente.EndToEnd;

public sealed class AddListTests(Browser browser, Node node) : IClassFixture<Node>
{
    [Theory]
    [InlineData("en", ColorScheme.Dark)]
    [InlineData("ar", ColorScheme.Light)]
    public async Task A_list_is_added_from_a_file_and_its_next_version_held_back_where_it_looks_suspicious(string language, ColorScheme colours)
    {
        await using var context = await browser.OpenAsync(language, options => options.ColorScheme = colours);
        var page = await node.SignedInAsync(context, "Administrator");
        await page.GotoAsync(node.Address + "/lists");
        await Shots.TakeAsync(page, $"lists-1-{language}");
        await Axe.CheckAsync(page);

        // What is no list is said to be none, and the page stays.
        await page.FillAsync("#list-dataset", $"house-{language}");
        await page.FillAsync("#list-title", "House list");
        await page.SetInputFilesAsync("#list-file", File("sign-in.html", "<html>Sign in</html>"));
        await page.ClickAsync("#upload-list button");
        await Assertions.Expect(page.Locator("[data-said]")).ToContainTextAsync("web page (HTML)");

        await page.SetInputFilesAsync("#list-file", File("house.jsonl", string.Join('\n', Enumerable.Range(1, 9).Select(Person))));
        await page.ClickAsync("#upload-list button");
        await page.ArriveAsync($"**/lists/house-{language}");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("House list");
        await Assertions.Expect(page.Locator(".notice-good")).ToBeVisibleAsync();

        await page.SetInputFilesAsync("#list-file", File("house.jsonl", string.Join('\n', Enumerable.Range(1, 3).Select(Person))));
        await page.ClickAsync("#upload-list button");
        await Assertions.Expect(page.Locator(".card.held")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("house.jsonl");
        await Shots.TakeAsync(page, $"lists-2-held-{language}");
        await Axe.CheckAsync(page);

        await page.SetViewportSizeAsync(390, 800);
        await page.GotoAsync(node.Address + "/lists");
        Assert.Equal("", await Shots.WiderThanWindowAsync(page));
        await Shots.TakeAsync(page, $"lists-3-narrow-{language}");
    }

    [Fact]
    public async Task Without_scripts_a_file_is_taken_too_and_a_name_that_none_can_have_is_refused()
    {
        await using var context = await browser.OpenAsync("en", options => options.JavaScriptEnabled = false);
        var page = await node.SignedInAsync(context, "Administrator");
        await page.GotoAsync(node.Address + "/lists");
        await page.FillAsync("#list-dataset", "plain");
        await page.SetInputFilesAsync("#list-file", File("plain.jsonl", string.Join('\n', Enumerable.Range(1, 4).Select(Person))));
        await page.ClickAsync("#upload-list button");
        await page.ArriveAsync("**/lists/plain");
        await Assertions.Expect(page.Locator(".notice-good")).ToBeVisibleAsync();

        await page.GotoAsync(node.Address + "/lists");
        await page.FillAsync("#opensanctions", "plain");
        await page.Locator("form:has(#opensanctions) button").ClickAsync();
        await Assertions.Expect(page.Locator(".notice-bad")).ToContainTextAsync("another source");
    }

    [Fact]
    public async Task Whoever_may_not_manage_lists_sees_no_form()
    {
        await using var context = await browser.OpenAsync();
        var page = await node.SignedInAsync(context, "Reviewer");
        await page.GotoAsync(node.Address + "/lists");
        await Assertions.Expect(page.Locator("main form")).ToHaveCountAsync(0);
    }

    private static FilePayload File(string name, string content) => new() { Name = name, MimeType = "application/octet-stream", Buffer = Encoding.UTF8.GetBytes(content) };

    private static string Person(int number) =>
        $$"""{"id":"h-{{number}}","schema":"Person","properties":{"name":["Housea{{(char)('a' + number)}} Listovsky"]},"datasets":["house"],"target":true}""";
}
