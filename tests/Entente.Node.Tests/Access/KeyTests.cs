using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Entente.Node.Access;
using Entente.Node.Access.Keys;
using Entente.Node.Audit;
using Entente.Node.Tests.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Node.Tests.Access;

public sealed class KeyTests
{
    public static TheoryData<string> Databases => Stores.All;

    [Theory]
    [InlineData("")]
    [InlineData("ent_")]
    [InlineData("ent_0123456789abcdef0123456789abcdef-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("ent_0123456789abcdef0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("ENT_0123456789abcdef0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_is_no_key_is_not_read(string text) => Assert.False(KeyText.TryParse(text, out _, out _));

    [Fact]
    public void A_key_is_read_as_it_was_written()
    {
        for (var i = 0; i < 200; i++)
        {
            var secret = KeyText.NewSecret();
            Assert.True(KeyText.TryParse(KeyText.Of("0123456789abcdef0123456789abcdef", secret), out var id, out var read));
            Assert.Equal("0123456789abcdef0123456789abcdef", id.ToString());
            Assert.Equal(secret, read.ToString());
            Assert.True(KeyText.Matches(read, KeyText.HashOf(secret)));
            Assert.False(KeyText.Matches(read, KeyText.HashOf(KeyText.NewSecret())));
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_day_of_use_is_written_down(string store)
    {
        await using var node = await TestNode.StartAsync(store);
        var (client, account) = await node.MemberAsync([Role.Analyst]);
        await client.GetAsync("/healthz", TestContext.Current.CancellationToken);
        for (; ; await Task.Delay(20, TestContext.Current.CancellationToken))
        {
            await using var db = node.Store.Open();
            if ((await db.ApiKeys.AsNoTracking().SingleAsync(key => key.AccountId == account.Id, TestContext.Current.CancellationToken)).LastUsedAt is { } used)
            {
                Assert.Equal(TimeSpan.Zero, used.TimeOfDay);
                return;
            }
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_key_is_made_used_and_revoked_and_gives_no_more_than_its_owner_has(string store)
    {
        await using var node = await TestNode.StartAsync(store);
        var owner = await node.ClientForAsync(Role.Analyst);
        var made = await owner.PostAsJsonAsync("/api/keys", new { name = "payments", scopes = new[] { "screen", "manageOwnKeys" }, days = 10 }, Cancel);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var body = await made.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        var (id, secret) = (body.GetProperty("key").GetProperty("id").GetString()!, body.GetProperty("secret").GetString()!);

        foreach (var (header, value, expected) in new[]
        {
            ("Authorization", $"Bearer {secret}", HttpStatusCode.OK), ("Authorization", $"bearer  {secret}", HttpStatusCode.OK), ("Authorization", $"ApiKey {secret}", HttpStatusCode.OK), ("X-API-Key", secret, HttpStatusCode.OK),
            ("Authorization", secret, HttpStatusCode.Unauthorized), ("Authorization", $"Basic {secret}", HttpStatusCode.Unauthorized), ("X-API-Key", secret[..^1] + (secret[^1] == 'A' ? 'B' : 'A'), HttpStatusCode.Unauthorized), ("X-API-Key", "", HttpStatusCode.Unauthorized),
        })
            Assert.Equal(expected, await WithAsync(node, (header, value)));
        Assert.Equal(HttpStatusCode.Unauthorized, await WithAsync(node, ("Authorization", $"Bearer {secret}"), ("X-API-Key", secret)));

        // Neither its owner nor itself can make it more than it is.
        Assert.Equal(HttpStatusCode.BadRequest, (await owner.PostAsJsonAsync("/api/keys", new { name = "x", scopes = new[] { "decideAlerts" } }, Cancel)).StatusCode);
        using var program = new HttpClient { BaseAddress = node.Client.BaseAddress };
        program.DefaultRequestHeaders.Add("X-API-Key", secret);
        Assert.Equal(HttpStatusCode.BadRequest, (await program.PostAsJsonAsync("/api/keys", new { name = "x", scopes = new[] { "readAlerts" } }, Cancel)).StatusCode);
        foreach (var days in new[] { 0, -1, 367 })
            Assert.Equal(HttpStatusCode.BadRequest, (await owner.PostAsJsonAsync("/api/keys", new { name = "x", scopes = new[] { "screen" }, days }, Cancel)).StatusCode);

        // Others see nothing of it; administrators see and revoke it.
        var other = await node.ClientForAsync(Role.Reviewer);
        Assert.Equal(HttpStatusCode.NotFound, (await other.DeleteAsync($"/api/keys/{id}", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync("/api/keys?account=all", Cancel)).StatusCode);
        Assert.DoesNotContain(id, await other.GetStringAsync("/api/keys", Cancel), StringComparison.Ordinal);
        var administrator = await node.ClientForAsync(Role.Administrator);
        var all = await administrator.GetStringAsync("/api/keys?account=all", Cancel);
        Assert.Contains(id, all, StringComparison.Ordinal);
        Assert.DoesNotContain(secret[^43..], all, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await administrator.DeleteAsync($"/api/keys/{id}", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await WithAsync(node, ("X-API-Key", secret)));

        await using var db = node.Store.Open();
        var trail = await db.Audit.AsNoTracking().Where(entry => entry.About == $"key:{id}").OrderBy(entry => entry.Seq).ToListAsync(Cancel);
        Assert.Equal([AuditAction.KeyCreated, AuditAction.KeyRevoked], trail.Select(entry => entry.Action));
        Assert.All(trail, entry => Assert.DoesNotContain(secret[^43..], entry.Payload!, StringComparison.Ordinal));
        Assert.DoesNotContain(secret[^43..], JsonSerializer.Serialize(await db.ApiKeys.AsNoTracking().ToListAsync(Cancel)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_ends_at_its_time()
    {
        var clock = new ManualClock();
        await using var node = await TestNode.StartAsync(configure: builder => builder.Services.AddSingleton<TimeProvider>(clock));
        var client = await node.ClientForAsync(Role.Analyst);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/session", Cancel)).StatusCode);
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/session", Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_cookie_beside_a_bad_key_is_not_looked_at()
    {
        await using var node = await TestNode.StartAsync();
        using var visitor = await Visitor.SignedInAsync(node, "salma", Role.Analyst);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/session");
        request.Headers.Add("X-API-Key", "none");
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.Client.SendAsync(request, Cancel)).StatusCode);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<HttpStatusCode> WithAsync(TestNode node, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/session");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return (await node.Client.SendAsync(request, Cancel)).StatusCode;
    }
}
