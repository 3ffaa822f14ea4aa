using Microsoft.Playwright;

namespace Entente.EndToEnd;

public sealed class ScreenTests(Browser browser, Node node) : IClassFixture<Node>
{
    [Fact]
    public async Task Screening_in_Arabic_by_the_keyboard_alone_shows_the_evidence()
    {
        await using var context = await browser.OpenAsync("ar");
        var page = await AtTheNameAsync(context);
        await page.Keyboard.TypeAsync("طارق سلمان عبد الرحيم القادري", new KeyboardTypeOptions { Delay = 15 });

        var results = page.Locator("#screen-results [role=option]");
        await Assertions.Expect(results.First).ToContainTextAsync("TARIQ");
        await Shots.TakeAsync(page, "screen-ar");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("section.chosen")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator(".waterfall tbody tr").First).ToBeVisibleAsync();
        await Axe.CheckAsync(page);
    }

    [Fact]
    public async Task Enter_pressed_before_anything_is_found_leads_to_the_evidence_and_screens_once()
    {
        await using var context = await browser.OpenAsync();
        var page = await AtTheNameAsync(context);
        await page.Keyboard.InsertTextAsync("Tariq Salman al-Qadiri");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator("section.chosen")).ToBeFocusedAsync();
        Assert.True(await page.EvaluateAsync<bool>("() => document.querySelector('section.chosen').getBoundingClientRect().top >= document.querySelector('.top').getBoundingClientRect().bottom"), "The bar at the top hides whose evidence this is.");
        await Shots.TakeAsync(page, "screen-en");
        var record = await page.Locator(".screened-against code").TextContentAsync();
        await page.Locator("#screen-name").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("section.chosen")).ToBeFocusedAsync();
        Assert.Equal(record, await page.Locator(".screened-against code").TextContentAsync());
    }

    /// <summary>The page, once it takes what is typed.</summary>
    private async Task<IPage> AtTheNameAsync(IBrowserContext context)
    {
        var page = await node.SignedInAsync(context, "Analyst");
        await page.GotoAsync(node.Address + "/screen");
        await page.WaitForFunctionAsync("() => document.activeElement && document.activeElement.id === 'screen-name'");
        return page;
    }
}
