using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Entente.EndToEnd;

public sealed class SeveralAlertsTests(Browser browser, Node node) : IClassFixture<Node>
{
    [Theory]
    [InlineData("en", ColorScheme.Light)]
    [InlineData("ar", ColorScheme.Dark)]
    public async Task Several_are_chosen_by_the_keyboard_parted_where_they_must_be_decided_at_once_and_handed_over(string language, ColorScheme colours)
    {
        var colleague = await node.Services.GetRequiredService<Ledger>().ActAsync(Actor.System("test"), act =>
        {
            var account = new Account { Id = NodeId.New(act.At), Login = $"idris-{language}", DisplayName = "Idris Amrani", RoleNames = nameof(Role.Reviewer), SecurityStamp = "test" };
            act.Db.Accounts.Add(account);
            act.Record(AuditAction.AccountCreated, $"account:{account.Id}", new { });
            return Task.FromResult(account.Id);
        }, TestContext.Current.CancellationToken);
        await using var context = await browser.OpenAsync(language, options => options.ColorScheme = colours);
        var page = await node.SignedInAsync(context, "Reviewer");
        await page.GotoAsync(node.Address + "/alerts");
        // Three of one entity, and one of another.
        foreach (var (reference, name) in new[] { ("a", "Tariq Salman Abd al-Rahim al-Qadiri"), ("b", "Tariq Salman Abd al-Rahim al-Qadiri"), ("c", "Tariq Salman al-Qadiri"), ("d", "Yousef Driss Zafrani") })
        {
            var status = await page.EvaluateAsync<int>("""
                async ([subject, name]) => (await fetch('/api/screenings', { method: 'POST', headers: { 'Content-Type': 'application/json' },
                    body: JSON.stringify({ queries: { q: { schema: 'Person', subject, properties: { name: [name] } } } }) })).status
                """, new[] { $"{language}-{reference}", name });
            Assert.Equal(200, status);
        }

        await page.GotoAsync(node.Address + $"/alerts?view=unassigned&text={language}-");
        await Assertions.Expect(page.Locator("tbody input")).ToHaveCountAsync(4);
        var go = page.Locator(".chosen-bar button");
        await Assertions.Expect(go).ToBeDisabledAsync();
        await page.FocusAsync("tbody tr:first-child input");
        await page.Keyboard.PressAsync("Space");
        foreach (var _ in Enumerable.Range(0, 3))
            await page.Keyboard.PressAsync("Shift+ArrowDown");
        await Assertions.Expect(page.Locator("[data-chosen]")).ToHaveTextAsync("4");
        await Shots.TakeAsync(page, $"several-1-chosen-{language}");
        await Axe.CheckAsync(page);

        // They are of two entities and of four subjects: first a part.
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync("**/alerts/several*");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(4);
        await Assertions.Expect(page.Locator("input[name=verdict]")).ToHaveCountAsync(0);
        await Shots.TakeAsync(page, $"several-2-mixed-{language}");
        await Axe.CheckAsync(page);
        await page.Locator(".card .plain-list li", new PageLocatorOptions { HasText = "TARIQ" }).Locator("a").ClickAsync();

        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(3);
        var button = page.Locator("form:has(input[name=verdict]) button");
        await Assertions.Expect(button).ToContainTextAsync("3");
        await page.SelectOptionAsync("#colleague", colleague);
        await Shots.TakeAsync(page, $"several-3-decide-{language}");
        await Axe.CheckAsync(page);
        await page.Locator("form:has(#colleague) button").ClickAsync();
        await page.ArriveAsync("**/alerts?view=unassigned&handed=3");
        await using (var db = node.Services.GetRequiredService<NodeStore>().Open())
            Assert.Equal(3, await db.Alerts.CountAsync(alert => alert.AssignedTo == colleague, TestContext.Current.CancellationToken));

        await page.GoBackAsync();
        await page.ReloadAsync();
        await page.CheckAsync("input[name=verdict][value=FalseMatch]");
        await page.FillAsync("#reason", "Born forty years later.");
        await page.FocusAsync("#reason");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.ArriveAsync("**/alerts?view=unassigned&decided=3");
        await Assertions.Expect(page.Locator(".notice-good")).ToBeVisibleAsync();
        await Shots.TakeAsync(page, $"several-4-done-{language}");

        // In a narrow window nothing is wider than it.
        await page.SetViewportSizeAsync(390, 800);
        await page.GotoAsync(node.Address + "/alerts?view=decided");
        Assert.Equal("", await Shots.WiderThanWindowAsync(page));
        await Shots.TakeAsync(page, $"several-5-narrow-{language}");
    }

    [Fact]
    public async Task Whoever_may_only_read_alerts_chooses_none()
    {
        await using var context = await browser.OpenAsync();
        var page = await node.SignedInAsync(context, "Auditor");
        await page.GotoAsync(node.Address + "/alerts?view=decided");
        await Assertions.Expect(page.Locator(".chosen-bar, tbody input")).ToHaveCountAsync(0);
        Assert.Equal(403, (await page.GotoAsync(node.Address + "/alerts/several"))!.Status);
    }
}
