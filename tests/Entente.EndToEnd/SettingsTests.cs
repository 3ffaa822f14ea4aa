using Entente.Node.Audit;
using Entente.Node.Settings;
using Entente.Node.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Entente.EndToEnd;

public sealed class SettingsTests(Browser browser, NodeWithLists node) : IClassFixture<NodeWithLists>
{
    [Theory]
    [InlineData("en", ColorScheme.Light)]
    [InlineData("ar", ColorScheme.Dark)]
    public async Task Retention_reasons_and_four_eyes_have_forms_of_their_own(string language, ColorScheme colours)
    {
        await using var context = await browser.OpenAsync(language, options => options.ColorScheme = colours);
        var page = await node.SignedInAsync(context, "Administrator");
        var settings = node.Services.GetRequiredService<SettingsService>();

        await page.GotoAsync(node.Address + "/settings");
        await page.FillAsync("#keep-screenings", "1825");
        await page.FillAsync("#keep-signIns", "365");
        await SaveAsync(page, "#keep-screenings");
        await using (var db = node.Services.GetRequiredService<NodeStore>().Open())
            Assert.Equal(new RetentionRules { Screenings = 1825, SignIns = 365 }, await RetentionRules.OfAsync(db, TestContext.Current.CancellationToken));
        await Assertions.Expect(page.Locator("#keep-screenings")).ToHaveValueAsync("1825");

        // The second row is left empty, and left out; so is nothing else.
        await page.Locator(".reason select").Nth(0).SelectOptionAsync("FalseMatch");
        await page.Locator(".reason input").Nth(0).FillAsync("Another birth date, by a document that was seen.");
        await page.Locator(".reason input").Nth(2).FillAsync("تاريخ ميلاد آخر");
        await SaveAsync(page, ".reason");
        Assert.Equal(
            [new CannedReason(Entente.Node.Alerts.Verdict.FalseMatch, "Another birth date, by a document that was seen."), new CannedReason(null, "تاريخ ميلاد آخر")],
            settings.Get(NodeSettings.Reasons));
        await Assertions.Expect(page.Locator(".reason input").Nth(1)).ToHaveValueAsync("تاريخ ميلاد آخر");

        await page.CheckAsync("input[name=dataset][value=un-sc]");
        await SaveAsync(page, "input[name=dataset]");
        Assert.Equal(["un-sc"], settings.Get(NodeSettings.FourEyesDatasets));
        await Shots.TakeAsync(page, $"settings-{language}");
        await Axe.CheckAsync(page);

        // What the field cannot hold, the node refuses too.
        await page.EvaluateAsync("document.querySelector('#keep-bulk').type = 'text'");
        await page.FillAsync("#keep-bulk", "soon");
        await page.Locator("form:has(#keep-screenings) button[type=submit]").First.ClickAsync();
        await Assertions.Expect(page.Locator(".notice-bad")).ToContainTextAsync("bulk");

        foreach (var field in new[] { "#keep-screenings", ".reason", "input[name=dataset]" })
        {
            await page.GotoAsync(node.Address + "/settings");
            await page.Locator($"form:has({field}) button[name=reset]").ClickAsync();
            await Assertions.Expect(page.Locator($"form:has({field}) button[name=reset]")).ToHaveCountAsync(0);
        }
        Assert.Empty(settings.Get(NodeSettings.Reasons));

        await page.SetViewportSizeAsync(390, 800);
        await page.GotoAsync(node.Address + "/settings");
        Assert.Equal("", await Shots.WiderThanWindowAsync(page));
        await Shots.TakeAsync(page, $"settings-narrow-{language}");
    }

    private static async Task SaveAsync(IPage page, string field)
    {
        var form = page.Locator($"form:has({field})");
        await form.Locator("button[type=submit]").First.ClickAsync();
        // It can be put back once it is changed.
        await Assertions.Expect(form.Locator("button[name=reset]")).ToBeVisibleAsync();
    }
}
