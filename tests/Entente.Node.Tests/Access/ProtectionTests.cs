using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Entente.Node.Tests.Access;

public sealed class ProtectionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/healthz", 200)]
    [InlineData("/sign-in", 200)]
    [InlineData("/nothing-here", 404)]
    [InlineData("/api/accounts", 401)]
    [InlineData("/setup?token=none", 410)]
    public async Task Every_answer_tells_browsers_what_they_may_not_do(string path, int status)
    {
        await using var node = await TestNode.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd(path.StartsWith("/api", StringComparison.Ordinal) ? "application/json" : "text/html");
        using var answer = await node.Client.SendAsync(request, Cancel);
        Assert.Equal(status, (int)answer.StatusCode);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        foreach (var (name, value) in new[] { ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"), ("X-Frame-Options", "DENY") })
            Assert.Equal(value, Assert.Single(answer.Headers.GetValues(name)));
        Assert.True(answer.Headers.Contains("Permissions-Policy"));
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task No_password_token_cookie_or_key_is_logged_even_at_the_finest_level()
    {
        using var captured = new Captured();
        await using var issuer = await Issuer.StartAsync();
        await using var node = await TestNode.StartAsync(
            options: options => options with { Oidc = new() { Authority = issuer.Address, ClientId = Issuer.ClientId, ClientSecret = Issuer.ClientSecret } },
            configure: builder =>
            {
                builder.Logging.SetMinimumLevel(LogLevel.Trace);
                builder.Logging.AddProvider(captured);
            });
        var token = node.Printed.ToString().Split("token=")[1].Split()[0];
        using var visitor = new Visitor(node);
        await visitor.SendAsync($"/setup?token={token}", "setup", ("login", "admin"), ("name", "Admin"), ("password", Visitor.Password), ("again", Visitor.Password));
        var first = visitor.Session!;
        await visitor.TryAsync("admin", "mistyped password here");
        await visitor.TryAsync("my-password-in-the-wrong-field", "x");
        await visitor.TryAsync("admin", Visitor.Password);
        var made = await (await visitor.Client.PostAsJsonAsync("/api/keys", new { name = "k", scopes = new[] { "manageLists" } }, Cancel)).Content.ReadFromJsonAsync<JsonElement>(Cancel);
        var key = made.GetProperty("secret").GetString()!;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/session");
        request.Headers.Authorization = new("Bearer", key);
        Assert.Equal(HttpStatusCode.OK, (await node.Client.SendAsync(request, Cancel)).StatusCode);
        var invited = await (await visitor.Client.PostAsJsonAsync("/api/accounts", new { login = "other", displayName = "Other", roles = Array.Empty<string>() }, Cancel)).Content.ReadFromJsonAsync<JsonElement>(Cancel);
        var link = invited.GetProperty("invitation").GetProperty("link").GetString()!;
        await visitor.PageAsync(link);
        issuer.Person = [new("sub", "1"), new("name", "Somebody")];
        using var provided = new Visitor(node);
        var toProvider = await provided.Client.GetAsync("/sign-in/provider", Cancel);
        var callback = (await provided.Client.GetAsync(toProvider.Headers.Location, Cancel)).Headers.Location!;
        await provided.Client.GetAsync(callback, Cancel);
        Assert.Equal(1, issuer.Exchanged);

        var code = callback.Query.Split("code=")[1].Split('&')[0];
        var all = string.Join('\n', captured.Lines);
        Assert.Contains("Request", all, StringComparison.Ordinal);
        foreach (var secret in new[] { token, Visitor.Password, "mistyped password here", "my-password-in-the-wrong-field", first, visitor.Session!, key[^43..], link.Split('.')[^1], Issuer.ClientSecret, code, provided.Session! })
            Assert.True(!all.Contains(secret, StringComparison.Ordinal), $"logged: {captured.Lines.FirstOrDefault(line => line.Contains(secret, StringComparison.Ordinal))}");

        await using var db = node.Store.Open();
        var trail = string.Join('\n', db.Audit.Select(entry => entry.Payload));
        foreach (var secret in new[] { token, Visitor.Password, "mistyped password here", "my-password-in-the-wrong-field", key[^43..], link.Split('.')[^1] })
            Assert.DoesNotContain(secret, trail, StringComparison.Ordinal);
    }

    /// <summary>Keeps what is logged.</summary>
    private sealed class Captured : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Lines.Enqueue($"scope {(state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs) : state)}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{eventId.Name} {formatter(state, exception)} {exception} {(state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs) : "")}");

        public void Dispose()
        {
        }
    }
}
