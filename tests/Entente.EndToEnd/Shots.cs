using Microsoft.Playwright;

namespace Entente.EndToEnd;

/// <summary>Pictures for whoever wants to look: into the folder named by ENTENTE_SHOTS, never into the repository.</summary>
internal static class Shots
{
    public static async Task TakeAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("ENTENTE_SHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
    }

    /// <summary>What makes the page wider than its window, which then is to be scrolled in two directions; empty where nothing does.</summary>
    public static Task<string> WiderThanWindowAsync(IPage page) => page.EvaluateAsync<string>("""
        () => document.documentElement.scrollWidth <= innerWidth ? '' : [...document.querySelectorAll('main *')]
            .filter(one => !one.closest('.table-scroll') && (one.getBoundingClientRect().right > innerWidth || one.getBoundingClientRect().left < 0))
            .map(one => one.outerHTML.slice(0, 120)).join('\n') || 'unknown'
        """);
}
