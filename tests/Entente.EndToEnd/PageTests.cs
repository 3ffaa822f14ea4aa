using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Entente.EndToEnd.Browser))]

namespace Entente.EndToEnd;

public sealed class PageTests(Browser browser, NodeWithLists node) : IClassFixture<NodeWithLists>
{
    public static TheoryData<string, string> Pages()
    {
        var pages = new TheoryData<string, string>();
        foreach (var language in new[] { "ar", "en", "fr", "ru" })
        {
            foreach (var path in new[] { "/", "/screen", "/alerts", "/alerts/several", "/subjects", "/bulk", "/accounts", "/account", "/audit", "/audit/1", "/settings", "/webhooks", "/collections", "/feed", "/partners", "/records", "/records/new", "/releases", "/overlap", "/contribution", "/lists", "/lists/un-sc", "/lists/un-sc/changes", "/lists/ru-rfm", "/listed/un-XXi.001", "/nothing-here" })
                pages.Add(path, language);
        }
        return pages;
    }

    [Theory, MemberData(nameof(Pages))]
    public async Task A_page_is_in_its_language_and_direction_loads_nothing_from_elsewhere_and_axe_finds_no_fault(string path, string language)
    {
        await using var context = await browser.OpenAsync(language);
        var page = await node.SignedInAsync(context, "Analyst.Reviewer.Administrator.Liaison.Auditor");
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.Contains("404", StringComparison.Ordinal))
                complaints.Add(message.Text);
        };
        page.PageError += (_, error) => complaints.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(node.Address, StringComparison.Ordinal))
                complaints.Add($"{path} asked for {request.Url}");
        };
        await page.GotoAsync(node.Address + path, new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });

        Assert.Equal(language, await page.GetAttributeAsync("html", "lang"));
        Assert.Equal(language == "ar" ? "rtl" : "ltr", await page.GetAttributeAsync("html", "dir"));
        await Shots.TakeAsync(page, $"page-{path.Trim('/').Replace('/', '-')}-{language}");
        await Axe.CheckAsync(page);
        Assert.Empty(complaints);
    }
}
