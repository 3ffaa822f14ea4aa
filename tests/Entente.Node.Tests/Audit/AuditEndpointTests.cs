using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Entente.Node.Access;
using Entente.Node.Audit;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Tests.Audit;

public sealed class AuditEndpointTests
{
    [Fact]
    public async Task Entries_are_read_newest_first_page_by_page_and_by_what_they_are()
    {
        await using var node = await TestNode.StartAsync();
        for (var i = 0; i < 5; i++)
            await node.Ledger.RecordAsync(Actor.System("test"), i % 2 == 0 ? AuditAction.SignedIn : AuditAction.SignInFailed, $"account:{i}", """{"n":1}""", TestContext.Current.CancellationToken);
        using var auditor = await node.ClientForAsync(Role.Auditor);

        var first = await GetAsync(auditor, "/api/audit?limit=2&action=signin.*");
        Assert.Equal(["account:4", "account:3"], About(first));
        var second = await GetAsync(auditor, $"/api/audit?limit=3&action=signin.*&after={first.GetProperty("next").GetString()}");
        Assert.Equal(["account:2", "account:1", "account:0"], About(second));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
        Assert.Equal(["account:0", "account:2", "account:4"], About(await GetAsync(auditor, "/api/audit?order=oldest&action=signin.succeeded&actor=system:test")));
        Assert.Equal(["account:2"], About(await GetAsync(auditor, "/api/audit?about=account:2")));
        Assert.Empty(About(await GetAsync(auditor, "/api/audit?to=2020-01-01")));

        var seq = first.GetProperty("entries")[0].GetProperty("seq").GetInt64();
        Assert.Equal(1, (await GetAsync(auditor, $"/api/audit/{seq}")).GetProperty("payload").GetProperty("n").GetInt32());
    }

    [Theory]
    [InlineData("/api/audit?acton=x", "Known are: after, limit")]
    [InlineData("/api/audit?limit=0", "limit")]
    [InlineData("/api/audit?limit=9999", "limit")]
    [InlineData("/api/audit?after=x", "after")]
    [InlineData("/api/audit?order=sideways", "order")]
    [InlineData("/api/audit?from=yesterday", "from")]
    [InlineData("/api/audit?about=a&about=b", "twice")]
    [InlineData("/api/audit/export?from=0", "from")]
    [InlineData("/api/audit/export?action=x", "Unknown parameter")]
    public async Task What_cannot_be_understood_is_refused_with_a_reason(string path, string reason)
    {
        await using var node = await TestNode.StartAsync();
        using var auditor = await node.ClientForAsync(Role.Auditor);
        using var answer = await auditor.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains(reason, (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_trail_is_verified_by_the_api_against_heads_that_are_given()
    {
        await using var node = await TestNode.StartAsync();
        using var auditor = await node.ClientForAsync(Role.Auditor);
        var path = new Uri("/api/audit/verify", UriKind.Relative);
        var verdict = await (await auditor.PostAsync(path, null, TestContext.Current.CancellationToken)).Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.True(verdict.GetProperty("intact").GetBoolean());
        var head = $"{verdict.GetProperty("head").GetProperty("seq").GetInt64() + 5}:{new string('a', 64)}";
        verdict = await (await auditor.PostAsJsonAsync(path, new { heads = new[] { head } }, TestContext.Current.CancellationToken)).Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.False(verdict.GetProperty("intact").GetBoolean());
        Assert.Equal("cutOff", verdict.GetProperty("faults")[0].GetProperty("kind").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, (await auditor.PostAsJsonAsync(path, new { heads = new[] { "1:x" } }, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await auditor.PostAsJsonAsync(path, new { head }, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task An_export_is_recorded_before_its_first_byte_and_asks_for_its_own_right()
    {
        await using var node = await TestNode.StartAsync();
        var path = new Uri("/api/audit/export", UriKind.Relative);
        var (reader, _) = await node.MemberAsync([Role.Auditor], [Right.ReadAudit]);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
        using var auditor = await node.ClientForAsync(Role.Auditor);
        using var answer = await auditor.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType?.MediaType);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
            await using var trail = await ExportedTrail.OpenAsync(file, TestContext.Current.CancellationToken);
            Assert.True((await AuditVerifier.VerifyAsync(trail, [], TestContext.Current.CancellationToken)).Intact);
        }
        finally
        {
            File.Delete(file);
        }
        await using var db = node.Store.Open();
        Assert.Equal(1, await db.Audit.CountAsync(entry => entry.Action == AuditAction.AuditExported, TestContext.Current.CancellationToken));
    }

    private static async Task<JsonElement> GetAsync(HttpClient client, string path) =>
        await client.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    private static string[] About(JsonElement page) => [.. page.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("about").GetString()!)];
}
