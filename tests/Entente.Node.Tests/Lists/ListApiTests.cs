using System.Net;
using System.Text;
using System.Text.Json;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Tests.Api;
using Entente.Node.Tests.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Tests.Lists;

public sealed class ListApiTests
{
    private const string One = """{"id":"n-1","schema":"Person","properties":{"name":["Marwan Kessenikh"],"birthDate":["1970-02-03"]},"datasets":["new"],"target":true}""";

    private const string Two = """{"id":"n-2","schema":"Person","properties":{"name":["Ludovic Abenzoar"]},"datasets":["new"],"target":true}""";

    [Fact]
    public async Task A_list_is_sent_used_compared_held_accepted_and_gone_back_from()
    {
        await using var node = await TestNode.StartAsync(Stores.Sqlite);
        await ApiNode.ReadyAsync(node);
        var (analyst, administrator) = (await node.ClientForAsync(Role.Analyst), await node.ClientForAsync(Role.Administrator));
        var before = await analyst.GetJsonAsync("/api/lists");
        Assert.True(before.GetProperty("sample").GetBoolean());
        Assert.Contains(before.GetProperty("lists").EnumerateArray(), list => list.GetProperty("dataset").GetString() == "un-sc" && list.GetProperty("inUse").ValueKind == JsonValueKind.Null);

        var added = await SendAsync(administrator, "/api/lists/new?title=New%20list", One + "\n" + Two + "\n");
        Assert.Equal("updated", added.GetProperty("outcome").GetString());
        // In use when the answer comes, not some seconds later.
        Assert.Equal("n-1", (await analyst.GetJsonAsync("/search/new?q=marwan kessenikh")).Texts("results")[0]);
        Assert.Equal("unchanged", (await SendAsync(administrator, "/api/lists/new", One + "\n" + Two + "\n")).GetProperty("outcome").GetString());

        // Half of it gone: held until a person has looked.
        using (var answer = await administrator.PostAsync("/api/lists/new", new StringContent(One.Replace("1970", "1971", StringComparison.Ordinal)), Http.Cancel))
        {
            var outcome = await answer.JsonAsync(202);
            Assert.Equal("held", outcome.GetProperty("outcome").GetString());
            Assert.Contains("2", outcome.GetProperty("reason").GetString());
        }
        var detail = await analyst.GetJsonAsync("/api/lists/new");
        Assert.Equal(2, detail.GetProperty("versions").GetArrayLength());
        Assert.Equal("New list", detail.GetProperty("list").GetProperty("title").GetString());
        Assert.NotEqual(JsonValueKind.Null, detail.GetProperty("list").GetProperty("held").ValueKind);
        var diff = await analyst.GetJsonAsync("/api/lists/new/diff?from=current&to=held&limit=1");
        Assert.Equal((0, 1, 1), (diff.GetProperty("added").GetInt32(), diff.GetProperty("removed").GetInt32(), diff.GetProperty("amended").GetInt32()));
        Assert.Equal("n-2", diff.GetProperty("changes")[0].GetProperty("id").GetString());
        var next = await analyst.GetJsonAsync($"/api/lists/new/diff?from=current&to=held&limit=1&after={diff.GetProperty("next").GetString()}");
        Assert.Equal("birthDate", next.GetProperty("changes")[0].GetProperty("properties")[0].GetProperty("property").GetString());
        Assert.Equal(JsonValueKind.Null, next.GetProperty("next").ValueKind);

        Assert.Equal("updated", (await SendAsync(administrator, "/api/lists/new/accept", "")).GetProperty("outcome").GetString());
        Assert.Empty((await analyst.GetJsonAsync("/search/new?q=ludovic abenzoar")).Texts("results"));
        Assert.Equal("updated", (await SendAsync(administrator, "/api/lists/new/rollback", "")).GetProperty("outcome").GetString());
        Assert.Equal("n-2", (await analyst.GetJsonAsync("/search/new?q=ludovic abenzoar")).Texts("results")[0]);
        Assert.Equal(["rolledBack", "accepted", "taken"], (await analyst.GetJsonAsync("/api/lists/new")).GetProperty("history").EnumerateArray().Select(line => line.GetProperty("kind").GetString()));

        await using var db = node.Store.Open();
        var asked = await db.Audit.Where(entry => entry.Action == AuditAction.ListAsked).OrderBy(entry => entry.Seq).ToListAsync(Http.Cancel);
        Assert.Equal(5, asked.Count);
        Assert.All(asked, entry => Assert.StartsWith("key:", entry.Actor, StringComparison.Ordinal));
        Assert.Equal(5, await db.Audit.CountAsync(entry => entry.Action == AuditAction.ListAnswered, Http.Cancel));
        Assert.True(await db.Audit.CountAsync(entry => entry.Action == AuditAction.ListsChanged, Http.Cancel) >= 4);
    }

    [Fact]
    public async Task What_is_no_list_is_refused_and_harms_none()
    {
        await using var node = await TestNode.StartAsync(Stores.Sqlite, options => options with { MaxUploadBytes = 1 << 16 });
        await ApiNode.ReadyAsync(node);
        var administrator = await node.ClientForAsync(Role.Administrator);
        foreach (var (content, type) in new[] { ("<html>Sign in</html>", "application/xml"), ("PK\u0003\u0004 no archive", "text/csv"), ("{}", "application/json"), ("name\n", "text/csv") })
        {
            using var answer = await administrator.PostAsync("/api/lists/new?file=list.xml", new StringContent(content, Encoding.UTF8, type), Http.Cancel);
            var detail = await answer.ProblemAsync(422);
            Assert.DoesNotContain(Path.GetTempPath(), detail, StringComparison.Ordinal);
        }
        await (await administrator.PostAsync("/api/lists/new", new ByteArrayContent([]), Http.Cancel)).ProblemAsync(400);
        await (await administrator.PostAsync("/api/lists/new", new ByteArrayContent(new byte[(1 << 16) + 1]), Http.Cancel)).ProblemAsync(413);
        await (await administrator.PostAsync("/api/lists/..%2F..%2Fetc", new StringContent(One), Http.Cancel)).ProblemAsync(404);
        await (await administrator.PostAsync("/api/lists/Not%20A%20List", new StringContent(One), Http.Cancel)).ProblemAsync(404);
        await (await administrator.PostAsync("/api/lists/nowhere/update", null, Http.Cancel)).ProblemAsync(404);
        await (await administrator.PostAsync("/api/lists/nowhere/rollback?version=2020-01-01", null, Http.Cancel)).ProblemAsync(404);
        await (await administrator.PostAsync("/api/lists/eu-fsf/update", null, Http.Cancel)).ProblemAsync(422);
        Assert.True((await administrator.GetJsonAsync("/api/lists")).GetProperty("sample").GetBoolean());
        await (await administrator.GetAsync("/api/lists/nowhere", Http.Cancel)).ProblemAsync(404);
    }

    [Fact]
    public async Task Who_may_not_change_lists_only_reads_them()
    {
        await using var node = await TestNode.StartAsync(Stores.Sqlite);
        await ApiNode.ReadyAsync(node);
        var reviewer = await node.ClientForAsync(Role.Reviewer);
        foreach (var path in (string[])["/api/lists/new", "/api/lists/un-sc/update", "/api/lists/un-sc/accept", "/api/lists/un-sc/rollback"])
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await reviewer.PostAsync(path, new StringContent(One), Http.Cancel)).StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, (await node.Client.PostAsync(path, new StringContent(One), Http.Cancel)).StatusCode);
        }
        Assert.Equal(HttpStatusCode.Unauthorized, (await node.Client.GetAsync("/api/lists", Http.Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await (await node.ClientForAsync(Role.Auditor)).GetAsync("/api/lists", Http.Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_dataset_of_OpenSanctions_is_added_by_its_name_and_only_by_an_administrator()
    {
        await using var node = await TestNode.StartAsync(Stores.Sqlite);
        await ApiNode.ReadyAsync(node);
        var (analyst, administrator) = (await node.ClientForAsync(Role.Analyst), await node.ClientForAsync(Role.Administrator));
        using (var refused = await analyst.PostAsync("/api/lists/us_ofac_sdn/opensanctions", null, Http.Cancel))
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using (var refused = await administrator.PostAsync("/api/lists/..%2Fx/opensanctions", null, Http.Cancel))
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);

        await SendAsync(administrator, "/api/lists/new", One + "\n" + Two + "\n");
        using (var refused = await administrator.PostAsync("/api/lists/new/opensanctions", null, Http.Cancel))
            Assert.Contains("'new' already, of another source", (await refused.JsonAsync(409)).GetProperty("detail").GetString(), StringComparison.Ordinal);

        using (var answer = await administrator.PostAsync("/api/lists/us_ofac_sdn/opensanctions", null, Http.Cancel))
            Assert.Contains("/us_ofac_sdn/", (await answer.JsonAsync(202)).GetProperty("address").GetString(), StringComparison.Ordinal);
        Assert.Equal("us_ofac_sdn", (await analyst.GetJsonAsync("/api/lists/us_ofac_sdn")).GetProperty("list").GetProperty("dataset").GetString());
    }

    private static async Task<JsonElement> SendAsync(HttpClient client, string address, string body)
    {
        using var answer = await client.PostAsync(address, new StringContent(body), Http.Cancel);
        return await answer.JsonAsync(200);
    }
}

public sealed class EntityApiTests(ApiNode api) : IClassFixture<ApiNode>
{
    [Theory]
    [InlineData("al-1")]
    [InlineData("be-7")]
    public async Task An_entity_is_shown_list_by_list_with_why_they_are_one(string id)
    {
        var entity = await api.Analyst.GetJsonAsync("/api/entities/" + id);
        Assert.Equal("al-1", entity.GetProperty("id").GetString());
        var listings = entity.GetProperty("listings");
        Assert.Equal(["al-1", "be-7"], listings.EnumerateArray().Select(listing => listing.GetProperty("id").GetString()));
        Assert.StartsWith("alpha#", listings[0].GetProperty("version").GetString(), StringComparison.Ordinal);
        Assert.Equal(["Rustam Obraztsovsky", "Рустам Образцовский"], listings[0].Texts("properties", "name"));
        Assert.Equal(["OBRAZTSOVSKY Rustam"], listings[1].Texts("properties", "name"));
        Assert.Equal(["INV-1"], listings[0].Texts("programs"));
        Assert.Contains(listings[0].GetProperty("adjacent").EnumerateArray(), other => other.GetProperty("property").GetString() == "sanctions");
        Assert.NotEqual(0, entity.GetProperty("resolution")[0].GetProperty("evidence").GetArrayLength());
        await (await api.Analyst.GetAsync("/api/entities/nobody", Http.Cancel)).ProblemAsync(404);
    }
}
