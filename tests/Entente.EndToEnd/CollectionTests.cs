using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Entente.EndToEnd;

/// <summary>STIX collections, made and given to readers by an administrator in the browser.</summary>
public sealed class CollectionTests(Browser browser)
{
    [Theory]
    [InlineData("ar", ColorScheme.Dark)]
    [InlineData("ru", ColorScheme.Light)]
    public async Task A_collection_is_made_given_a_reader_and_removed(string language, ColorScheme colours)
    {
        await using var node = await PartnerNode.StartAsync("مركز التنسيق");
        await node.Services.GetRequiredService<Ledger>().ActAsync(Actor.System("test"), act =>
        {
            act.Db.Accounts.Add(new Account { Id = "tool", Login = "opencti", DisplayName = "OpenCTI", RoleNames = nameof(Role.Liaison), SecurityStamp = "tool" });
            act.Record(AuditAction.AccountCreated, "account:tool", new { });
            return Task.CompletedTask;
        }, TestContext.Current.CancellationToken);
        await using var context = await browser.OpenAsync(language, options => options.ColorScheme = colours);
        var page = await node.SignedInAsync(context, "Administrator.Liaison");

        await page.GotoAsync(node.Address + "/collections");
        await Shots.TakeAsync(page, $"collections-0-empty-{language}");
        await page.FillAsync("#title", "OpenCTI");
        await page.ClickAsync("main form button[type=submit]");
        await page.ArriveAsync("**/collections/*");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("OpenCTI");
        await Assertions.Expect(page.Locator("dl.facts")).ToContainTextAsync(node.Address + "/taxii2/");
        await page.SelectOptionAsync("#account", new SelectOptionValue { Index = 1 });
        await page.Locator("form:has(#account) button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("tbody td").First).ToContainTextAsync("مركز التنسيق");
        await Shots.TakeAsync(page, $"collections-1-reader-{language}");
        await Axe.CheckAsync(page);
        await page.SetViewportSizeAsync(390, 800);
        Assert.Equal("", await Shots.WiderThanWindowAsync(page));
        await Shots.TakeAsync(page, $"collections-2-narrow-{language}");

        await page.SetViewportSizeAsync(1280, 860);
        await page.GotoAsync(node.Address + "/collections");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Shots.TakeAsync(page, $"collections-3-list-{language}");
        await Axe.CheckAsync(page);
        await page.ClickAsync("tbody a");
        await page.Locator("tbody form button").ClickAsync();
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(0);
        await page.ClickAsync(".confirm summary");
        await page.ClickAsync(".confirm button[type=submit]");
        await page.ArriveAsync(node.Address + "/collections");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(0);
    }
}
