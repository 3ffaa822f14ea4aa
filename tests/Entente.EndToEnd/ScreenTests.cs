using Microsoft.Playwright;

namespace Entente.EndToEnd;

public sealed class ScreenTests(Browser browser, Node node) : IClassFixture<Node>
{
    [Fact]
    public async Task Screening_in_Arabic_by_the_keyboard_alone_shows_the_evidence()
    {
        await using var context = await browser.OpenAsync("ar");
        var page = await node.SignedInAsync(context, "Analyst");
        await page.GotoAsync(node.Address + "/screen");
        await page.WaitForFunctionAsync("() => document.activeElement && document.activeElement.id === 'screen-name'");
        await page.Keyboard.TypeAsync("طارق سلمان عبد الرحيم القادري", new KeyboardTypeOptions { Delay = 15 });

        var results = page.Locator("#screen-results [role=option]");
        await Assertions.Expect(results.First).ToContainTextAsync("TARIQ");
        await Shots.TakeAsync(page, "screen-ar");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("section.chosen")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator(".waterfall tbody tr").First).ToBeVisibleAsync();
        await Axe.CheckAsync(page);
    }
}
