using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Entente.EndToEnd;

/// <summary>What a machine can tell of WCAG 2.2 AA.</summary>
internal static class Axe
{
    public static async Task CheckAsync(IPage page)
    {
        var found = await page.RunAxe();
        // In full: a collection would be cut in the report.
        if (found.Violations.Length > 0)
            Assert.Fail($"{page.Url}: {string.Join("\n", found.Violations.Select(Describe))}");
    }

    private static string Describe(AxeResultItem violation) =>
        $"{violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Select(at => at.Html + " " + string.Join("; ", at.Any.Select(check => check.Message))))}";
}
