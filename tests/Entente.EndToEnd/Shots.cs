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
}
