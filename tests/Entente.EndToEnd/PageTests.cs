using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Entente.EndToEnd.Browser))]

namespace Entente.EndToEnd;

public sealed class PageTests(Browser browser, Node node) : IClassFixture<Node>
{
    public static TheoryData<string, string> Pages()
    {
        var pages = new TheoryData<string, string>();
        foreach (var language in new[] { "ar", "en", "fr", "ru" })
        {
            foreach (var path in new[] { "/", "/nothing-here" })
                pages.Add(path, language);
        }
        return pages;
    }

    [Theory, MemberData(nameof(Pages))]
    public async Task A_page_is_in_its_language_and_direction_loads_nothing_from_elsewhere_and_axe_finds_no_fault(string path, string language)
    {
        await using var context = await browser.OpenAsync(language);
        await SignInAsync(context, "Analyst.Reviewer.Administrator.Liaison.Auditor");
        var page = await context.NewPageAsync();
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
        await ShotAsync(page, $"{path.Trim('/').Replace('/', '-')}-{language}");
        var axe = await page.RunAxe();
        Assert.Empty(axe.Violations.Select(Describe));
        Assert.Empty(complaints);
    }

    private static string Describe(AxeResultItem violation) =>
        $"{violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Select(at => at.Html + " " + string.Join("; ", at.Any.Select(check => check.Message))))}";

    private async Task SignInAsync(IBrowserContext context, string roles) =>
        await context.AddCookiesAsync([new Cookie { Name = "roles", Value = roles, Url = node.Address }]);

    /// <summary>Pictures for whoever wants to look: into the folder named by ENTENTE_SHOTS, never into the repository.</summary>
    private static async Task ShotAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("ENTENTE_SHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
    }
}
