using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Entente.Node.Tests.Review;

/// <summary>A real receiver of webhooks on this machine, which answers as it is told.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebhookReceiver(WebApplication app) => _app = app;

    public string Address => _app.Urls.First() + "/hook";

    public ConcurrentQueue<Received> All { get; } = new();

    /// <summary>Answers the next delivery.</summary>
    public Func<HttpContext, Received, Task<int>> Answer { get; set; } = (_, _) => Task.FromResult(204);

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var receiver = new WebhookReceiver(app);
        app.MapPost("/hook", async (HttpContext http) =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var received = new Received(http.Request.Headers["Webhook-Id"]!, http.Request.Headers["Webhook-Timestamp"]!, http.Request.Headers["Webhook-Signature"]!, await reader.ReadToEndAsync());
            receiver.All.Enqueue(received);
            http.Response.StatusCode = await receiver.Answer(http, received);
        });
        app.MapGet("/elsewhere", () => "followed");
        await app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>Waits until so many deliveries came.</summary>
    public async Task<IReadOnlyList<Received>> WaitForAsync(int count)
    {
        while (All.Count < count)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        return [.. All];
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    internal sealed record Received(string Id, string Timestamp, string Signature, string Body)
    {
        public JsonNode Json => JsonNode.Parse(Body)!;

        /// <summary>Verifies as a receiver would, with nothing of ours.</summary>
        public bool IsSignedBy(string secret) =>
            Signature == "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{Id}.{Timestamp}.{Body}")));
    }
}
