using Microsoft.Playwright;

namespace Entente.EndToEnd;

/// <summary>Debian's Chromium, started once for all tests. Nothing is downloaded.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private static string? Program =>
        Environment.GetEnvironmentVariable("ENTENTE_CHROMIUM") is { Length: > 0 } given ? given : Places.FirstOrDefault(File.Exists);

    public async ValueTask InitializeAsync()
    {
        if (Program is not { } program)
            return;
        // A machine that builds at the same time is slow.
        Assertions.SetDefaultExpectTimeout(15_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    /// <summary>A window of its own, with no cookies; skips the test where there is no browser, which CI takes for a failure.</summary>
    /// <param name="locale">What the browser asks for, such as <c>ar</c>.</param>
    /// <param name="options">Changes the window.</param>
    public async Task<IBrowserContext> OpenAsync(string locale = "en", Action<BrowserNewContextOptions>? options = null)
    {
        if (_browser is null)
        {
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail("Chromium is absent, and in CI the pages must be tested: .ci/run installs it.");
            Assert.Skip("skipped: no Chromium");
        }
        var chosen = new BrowserNewContextOptions { Locale = locale, TimezoneId = "UTC", ViewportSize = new ViewportSize { Width = 1280, Height = 860 } };
        options?.Invoke(chosen);
        var context = await _browser.NewContextAsync(chosen);
        context.SetDefaultTimeout(15_000);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
