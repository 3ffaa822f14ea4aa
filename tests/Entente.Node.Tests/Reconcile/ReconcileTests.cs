using System.Net;
using System.Text.Json;
using Entente.Node.Access;
using Entente.Node.Tests.Api;
using Entente.Node.Tests.Store;

namespace Entente.Node.Tests.Reconcile;

/// <summary>What OpenRefine sends, in its order.</summary>
public sealed class ReconcileTests(ApiNode api) : IClassFixture<ApiNode>
{
    private static string Key(HttpClient client) => client.DefaultRequestHeaders.Authorization!.Parameter!;

    private async Task<(HttpClient Plain, string Query)> OpenRefineAsync(params Right[] scopes)
    {
        var (member, _) = await api.Node.MemberAsync([Role.Analyst], scopes);
        return (api.Node.Client, "api_key=" + Key(member));
    }

    [Fact]
    public async Task A_column_is_reconciled_as_OpenRefine_does_it()
    {
        // The user gives one address; OpenRefine reads the manifest there.
        var (client, key) = await OpenRefineAsync(Right.Screen);
        var manifest = await client.GetJsonAsync("/reconcile/default?" + key);
        Assert.Contains("0.2", manifest.Texts("versions"));
        Assert.All(["name", "identifierSpace", "schemaSpace"], name => Assert.NotEqual("", manifest.GetProperty(name).GetString()));
        Assert.All(manifest.GetProperty("defaultTypes").EnumerateArray(), type => Assert.NotEqual("", type.GetProperty("name").GetString()));
        Assert.Contains("{{id}}", manifest.GetProperty("view").GetProperty("url").GetString());

        // It guesses the types with a few cells, then sends the column in batches of forms.
        var answer = await FormAsync(client, "/reconcile/default?" + key, "queries", """{"q0":{"query":"Rustam Obraztsovski","limit":3},"q1":{"query":"Obraztsovsky Ferrous Holdings","type":"Company","type_strict":"should","properties":[{"pid":"jurisdiction","v":"Cyprus"}]},"q2":{"query":"Nobody Whatsoever"},"q3":{"query":"??"}}""");
        var first = answer.GetProperty("q0").GetProperty("result")[0];
        Assert.Equal(("al-1", "Rustam Obraztsovsky", true), (first.GetProperty("id").GetString(), first.GetProperty("name").GetString(), first.GetProperty("match").GetBoolean()));
        Assert.Equal("Person", first.GetProperty("type")[0].GetProperty("id").GetString());
        Assert.InRange(first.GetProperty("score").GetDouble(), 0.7, 1);
        Assert.All(first.GetProperty("features").EnumerateArray(), feature => Assert.Equal(JsonValueKind.Number, feature.GetProperty("value").ValueKind));
        Assert.Equal("al-2", answer.GetProperty("q1").GetProperty("result")[0].GetProperty("id").GetString());
        Assert.Equal(0, answer.GetProperty("q2").GetProperty("result").GetArrayLength());
        Assert.Contains("not the same as clear", answer.GetProperty("q3").GetProperty("detail").GetString());

        // The dialogs: search for a match, choose a type, choose a property; paths come from the manifest.
        var suggest = manifest.GetProperty("suggest");
        Assert.Equal("al-1", (await client.GetJsonAsync(Service(suggest.GetProperty("entity"), "prefix=rus%20obr"))).Texts("result")[0]);
        Assert.Contains("Organization", (await client.GetJsonAsync(Service(suggest.GetProperty("type"), "prefix=organ"))).Texts("result"));
        Assert.Contains("birthDate", (await client.GetJsonAsync(Service(suggest.GetProperty("property"), "prefix=birth"))).Texts("result"));
        Assert.Empty((await client.GetJsonAsync(Service(suggest.GetProperty("type"), "prefix=banana"))).Texts("result"));
        Assert.Empty((await client.GetJsonAsync(Service(suggest.GetProperty("entity"), ""))).Texts("result"));

        // Add columns from reconciled values.
        Assert.Contains("nationality", (await client.GetJsonAsync(Service(manifest.GetProperty("extend").GetProperty("propose_properties"), "type=Person"))).Texts("properties"));
        var extended = await FormAsync(client, "/reconcile/default?" + key, "extend", """{"ids":["al-1","nobody"],"properties":[{"id":"nationality"},{"id":"addressEntity"},{"id":"birthDate","settings":{"limit":"1","render":"raw"}}]}""");
        Assert.Equal(["nationality", "addressEntity", "birthDate"], extended.Texts("meta"));
        var row = extended.GetProperty("rows").GetProperty("al-1");
        Assert.Equal("Russia", row.GetProperty("nationality")[0].GetProperty("str").GetString());
        Assert.Equal("al-addr", row.GetProperty("addressEntity")[0].GetProperty("id").GetString());
        Assert.Equal("1969-04-02", row.GetProperty("birthDate")[0].GetProperty("str").GetString());
        Assert.Empty(extended.GetProperty("rows").GetProperty("nobody").EnumerateObject());

        // Hover a candidate.
        using var preview = await client.GetAsync(new Uri(manifest.GetProperty("preview").GetProperty("url").GetString()!.Replace("{{id}}", "al-1", StringComparison.Ordinal)).PathAndQuery, Http.Cancel);
        var page = await preview.Content.ReadAsStringAsync(Http.Cancel);
        Assert.Equal("text/html", preview.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Rustam Obraztsovsky", page);
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("http", page);
        Assert.Contains("frame-ancestors 'self'", preview.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("no-referrer", preview.Headers.GetValues("Referrer-Policy").Single());
    }

    private static string Service(JsonElement service, string parameters)
    {
        var address = new Uri(service.GetProperty("service_url").GetString() + service.GetProperty("service_path").GetString()).PathAndQuery;
        return address + (address.Contains('?') ? "&" : "?") + parameters;
    }

    [Fact]
    public async Task A_batch_may_stand_in_the_address_and_never_a_callback()
    {
        var answer = await api.Analyst.GetJsonAsync("/reconcile/alpha?queries=" + Uri.EscapeDataString("""{"q0":{"query":"Gulf Pelican","type":["Vessel"]}}"""));
        Assert.Equal("al-3", answer.GetProperty("q0").GetProperty("result")[0].GetProperty("id").GetString());
        Assert.Contains("JSONP", await (await api.Analyst.GetAsync("/reconcile/alpha?callback=x", Http.Cancel)).ProblemAsync(400));
        Assert.Contains("JSONP", await (await api.Analyst.GetAsync("/reconcile/alpha/suggest/type?prefix=a&callback=x", Http.Cancel)).ProblemAsync(400));
        await (await api.Analyst.GetAsync("/reconcile/peps", Http.Cancel)).ProblemAsync(404);
    }

    [Theory]
    [InlineData("queries", "{")]
    [InlineData("queries", "[]")]
    [InlineData("queries", "{}")]
    [InlineData("queries", """{"q0":{"query":37473874}}""")]
    [InlineData("queries", """{"q0":{}}""")]
    [InlineData("queries", """{"q0":{"query":"x","type":"Banana"}}""")]
    [InlineData("queries", """{"q0":{"query":"x","limit":0}}""")]
    [InlineData("queries", """{"q0":{"query":"x","properties":[{"pid":"country"}]}}""")]
    [InlineData("queries", """{"q0":{"query":"\ud800"}}""")]
    [InlineData("extend", """{"ids":"al-1","properties":[]}""")]
    [InlineData("other", "x")]
    public async Task A_batch_that_is_none_is_refused(string field, string text)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create(field, text)]);
        using var answer = await api.Analyst.PostAsync("/reconcile/default", form, Http.Cancel);
        Assert.NotEqual("", await answer.ProblemAsync(400));
    }

    [Fact]
    public async Task Other_bodies_are_refused()
    {
        await (await api.Analyst.PostAsync("/reconcile/default", new StringContent("{}", null, "application/json"), Http.Cancel)).ProblemAsync(415);
        using var form = new FormUrlEncodedContent(Enumerable.Range(0, 2000).Select(i => KeyValuePair.Create($"f{i}", "x")));
        await (await api.Analyst.PostAsync("/reconcile/default", form, Http.Cancel)).ProblemAsync(400);
    }

    [Fact]
    public async Task A_key_in_the_address_is_taken_here_alone_and_only_if_it_can_do_no_more_than_screen()
    {
        var (client, key) = await OpenRefineAsync(Right.Screen);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/reconcile/default?" + key, Http.Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/catalog?" + key, Http.Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/lists?" + key, Http.Cancel)).StatusCode);
        var (_, wide) = await OpenRefineAsync(Right.Screen, Right.ReadAlerts);
        Assert.Contains("no other right", await (await client.GetAsync("/reconcile/default?" + wide, Http.Cancel)).ProblemAsync(401));
        await (await client.GetAsync("/reconcile/default?" + key[..^1] + (key[^1] == 'A' ? 'B' : 'A'), Http.Cancel)).ProblemAsync(401);
        await (await client.GetAsync("/reconcile/default?api_key=x", Http.Cancel)).ProblemAsync(401);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/reconcile/default", Http.Cancel)).StatusCode);
    }

    [Fact]
    public async Task Pages_of_other_origins_may_call_only_where_they_are_allowed()
    {
        Assert.False(await AllowedAsync(api.Node, "http://127.0.0.1:3333"));
        await using var node = await TestNode.StartAsync(Stores.Sqlite, options => options with { ReconcileOrigins = ["http://127.0.0.1:3333"] });
        await ApiNode.ReadyAsync(node);
        Assert.True(await AllowedAsync(node, "http://127.0.0.1:3333"));
        Assert.False(await AllowedAsync(node, "https://evil.example"));

        static async Task<bool> AllowedAsync(TestNode node, string origin)
        {
            var analyst = await node.ClientForAsync(Role.Analyst);
            using var request = new HttpRequestMessage(HttpMethod.Get, "/reconcile/default/suggest/type?prefix=p") { Headers = { { "Origin", origin } } };
            using var answer = await analyst.SendAsync(request, Http.Cancel);
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
            return answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed) && allowed.Single() == origin;
        }
    }

    private static async Task<JsonElement> FormAsync(HttpClient client, string address, string field, string text)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create(field, text)]);
        using var answer = await client.PostAsync(address, form, Http.Cancel);
        return await answer.JsonAsync(200);
    }
}
