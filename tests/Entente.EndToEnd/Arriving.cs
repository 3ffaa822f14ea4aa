using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Entente.EndToEnd;

/// <summary>Waiting for the page that a click leads to.</summary>
internal static class Arriving
{
    private const float MostMilliseconds = 15_000;

    /// <summary>Waits until a page is at an address and there as a whole.</summary>
    /// <remarks>
    /// Playwright's own wait for an address goes on to wait for an event of loading, and waits in vain where that came in
    /// between: so the page itself is asked, for both.
    /// </remarks>
    /// <param name="page">The page.</param>
    /// <param name="address">The address, or a pattern such as <c>**/lists</c>.</param>
    public static async Task ArriveAsync(this IPage page, string address)
    {
        var pattern = Regex.Escape(address).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"^{pattern}$"), new PageAssertionsToHaveURLOptions { Timeout = MostMilliseconds });
        await page.WaitForFunctionAsync("() => document.readyState === 'complete'");
    }
}
