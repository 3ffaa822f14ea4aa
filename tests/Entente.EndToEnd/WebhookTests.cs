using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace Entente.EndToEnd;

public sealed class WebhookTests(Browser browser, Node node) : IClassFixture<Node>
{
    [Theory]
    [InlineData("en", ColorScheme.Light)]
    [InlineData("ar", ColorScheme.Dark)]
    public async Task A_webhook_is_made_tested_paused_and_removed_and_its_secret_is_shown_once(string language, ColorScheme colours)
    {
        await using var receiver = await Receiver.StartAsync();
        await using var context = await browser.OpenAsync(language, options => options.ColorScheme = colours);
        var page = await node.SignedInAsync(context, "Administrator.Liaison");

        await page.GotoAsync(node.Address + "/webhooks");
        await page.FillAsync("#address", "http://receiver.example/hook");
        await page.CheckAsync("input[value='alert.raised']");
        await page.ClickAsync("main form button[type=submit]");
        // Refused, and nothing that was filled in is lost.
        await Assertions.Expect(page.Locator(".notice-bad")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#address")).ToHaveValueAsync("http://receiver.example/hook");
        await Assertions.Expect(page.Locator("input[value='alert.raised']")).ToBeCheckedAsync();
        await page.FillAsync("#address", receiver.Address);
        await page.ClickAsync("main form button[type=submit]");
        var secret = await page.InnerTextAsync("[data-secret]");
        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        await Shots.TakeAsync(page, $"webhooks-1-made-{language}");
        await Axe.CheckAsync(page);

        await page.GotoAsync(node.Address + "/webhooks");
        Assert.DoesNotContain(secret, await page.ContentAsync(), StringComparison.Ordinal);
        await page.Locator("tbody a").Last.ClickAsync();
        await page.Locator(".page-header form button").First.ClickAsync();
        await page.ArriveAsync("**?tested=true");
        var received = await receiver.NextAsync();
        Assert.Contains("\"webhook.tested\"", received.Body, StringComparison.Ordinal);
        Assert.Equal("v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{received.Id}.{received.Timestamp}.{received.Body}"))), received.Signature);
        await Until.TrueAsync(async () =>
        {
            await page.ReloadAsync();
            return await page.Locator("[data-delivery=Delivered]").CountAsync() == 1;
        });
        await Shots.TakeAsync(page, $"webhooks-2-delivered-{language}");
        await Axe.CheckAsync(page);

        await page.Locator(".page-header form button").Last.ClickAsync();
        await Assertions.Expect(page.Locator(".notice-warn .icon + p")).Not.ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".page-header form")).ToHaveCountAsync(1);
        await page.SetViewportSizeAsync(390, 800);
        Assert.Equal("", await Shots.WiderThanWindowAsync(page));
        await Shots.TakeAsync(page, $"webhooks-3-paused-narrow-{language}");

        await page.ClickAsync(".confirm:last-child summary");
        await page.ClickAsync(".confirm:last-child button[type=submit]");
        await page.ArriveAsync(node.Address + "/webhooks");
        await Assertions.Expect(page.Locator("tbody a")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_feed_shows_what_happened_and_says_when_there_is_more()
    {
        await using var context = await browser.OpenAsync("fr");
        var page = await node.SignedInAsync(context, "Analyst");
        await page.GotoAsync(node.Address + "/feed");
        await Assertions.Expect(page.Locator("[data-feed]")).ToBeHiddenAsync();
        await page.EvaluateAsync("""
            () => fetch('/api/subjects/F-1', { method: 'PUT', headers: { 'Content-Type': 'application/json' },
                body: JSON.stringify({ schema: 'Person', properties: { name: ['Tariq Salman Abd al-Rahim al-Qadiri'] } }) })
            """);
        await Assertions.Expect(page.Locator("[data-feed]")).ToBeVisibleAsync();
        await page.ClickAsync("[data-feed] a");
        await Assertions.Expect(page.Locator("tbody a[href^='/alerts/']")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("tbody a[href*='reference=F-1']")).ToHaveCountAsync(1);
        await Shots.TakeAsync(page, "feed-fr");
        await Axe.CheckAsync(page);
        await page.SelectOptionAsync("#feed-type", "alert.raised");
        await page.ClickAsync(".filter button");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
    }

    /// <summary>Another system on this machine.</summary>
    private sealed class Receiver : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private readonly BlockingCollection<Received> _received = [];

        private Receiver(WebApplication app) => _app = app;

        public string Address => _app.Urls.First() + "/hook";

        public static async Task<Receiver> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            var receiver = new Receiver(builder.Build());
            receiver._app.MapPost("/hook", async (HttpRequest request) =>
            {
                using var reader = new StreamReader(request.Body);
                receiver._received.Add(new Received(request.Headers["Webhook-Id"].ToString(), request.Headers["Webhook-Timestamp"].ToString(), request.Headers["Webhook-Signature"].ToString(), await reader.ReadToEndAsync()));
            });
            await receiver._app.StartAsync(TestContext.Current.CancellationToken);
            return receiver;
        }

        public Task<Received> NextAsync() => Task.Run(() => _received.TryTake(out var one, TimeSpan.FromSeconds(30)) ? one : throw new TimeoutException("Nothing was received."));

        public async ValueTask DisposeAsync()
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
            _received.Dispose();
        }
    }

    private sealed record Received(string Id, string Timestamp, string Signature, string Body);
}
