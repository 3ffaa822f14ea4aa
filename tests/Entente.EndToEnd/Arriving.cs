using Microsoft.Playwright;

namespace Entente.EndToEnd;

/// <summary>Waiting for the page that a click leads to.</summary>
internal static class Arriving
{
    /// <summary>Waits until a page is at an address and there as a whole.</summary>
    /// <remarks>
    /// Playwright's own wait for an address goes on to wait for the page's load event, and waits in vain where that came in
    /// between: so the page itself is asked.
    /// </remarks>
    /// <param name="page">The page.</param>
    /// <param name="address">The address, or a pattern such as <c>**/lists</c>.</param>
    public static async Task ArriveAsync(this IPage page, string address)
    {
        await page.WaitForURLAsync(address, new PageWaitForURLOptions { WaitUntil = WaitUntilState.Commit });
        await page.WaitForFunctionAsync("() => document.readyState === 'complete'");
    }
}
