using System.Net;
using System.Text.Json;
using Entente.Node.Tests.Api;

namespace Entente.Node.Tests.Yente;

/// <summary>What clients of yente send, and the members that they read.</summary>
public sealed class YenteTests(ApiNode api) : IClassFixture<ApiNode>
{
    private const string Rustam = """{"schema":"Person","properties":{"name":["Rustam Obraztsovskii"],"birthDate":["1969"],"country":"Russia"}}""";

    [Fact]
    public async Task A_batch_is_answered_key_by_key_with_what_clients_read()
    {
        using var response = await api.Analyst.PostAsync("/match/default?algorithm=logic-v1&limit=5&threshold=0.7", new StringContent("{\"queries\":{\"vv\":" + Rustam + ""","xx":{"id":"mine","schema":"Person","properties":{"name":"Nobody Whatsoever"}}},"weights":{}}""", System.Text.Encoding.UTF8, "application/json"), Http.Cancel);
        var answer = await response.JsonAsync(200);
        Assert.Equal("2", response.Headers.GetValues("x-batch-size").Single());
        Assert.Contains("alpha", response.Headers.GetValues("X-Entente-Lists").Single());
        var vv = answer.GetProperty("responses").GetProperty("vv");
        Assert.Equal(200, vv.GetProperty("status").GetInt32());
        Assert.Equal("eq", vv.GetProperty("total").GetProperty("relation").GetString());
        Assert.Equal(1, vv.GetProperty("total").GetProperty("value").GetInt32());
        Assert.Equal(["ru"], vv.Texts("query", "properties", "country"));
        var best = vv.GetProperty("results")[0];
        AssertEntity(best);
        Assert.Equal(("al-1", "Person"), (best.GetProperty("id").GetString(), best.GetProperty("schema").GetString()));
        Assert.True(best.GetProperty("match").GetBoolean());
        Assert.InRange(best.GetProperty("score").GetDouble(), 0.7, 1);
        Assert.All(best.GetProperty("features").EnumerateObject(), feature => Assert.Equal(JsonValueKind.Number, feature.Value.ValueKind));
        Assert.All(best.GetProperty("explanations").EnumerateObject(), feature => Assert.Equal(JsonValueKind.Number, feature.Value.GetProperty("score").ValueKind));
        Assert.Equal(["alpha", "beta"], best.Texts("datasets"));
        Assert.Equal(["be-7"], best.Texts("referents"));
        var xx = answer.GetProperty("responses").GetProperty("xx");
        Assert.Equal("mine", xx.GetProperty("query").GetProperty("id").GetString());
        Assert.Equal(0, xx.GetProperty("results").GetArrayLength());
        Assert.All(answer.GetProperty("matcher").EnumerateObject(), feature => Assert.NotNull(feature.Value.GetProperty("url").GetString()));
        Assert.Equal(5, answer.GetProperty("limit").GetInt32());
        Assert.Equal(3, answer.GetProperty("lists").GetArrayLength());
    }

    [Theory]
    [InlineData("""{"queries":{}}""", "No queries provided.")]
    [InlineData("""{"queries":{"q":null}}""", "No queries provided.")]
    [InlineData("""{"queries":{"q":{"schema":"Banana","properties":{"name":"x"}}}}""", "Invalid schema")]
    [InlineData("""{"queries":{"q":{"properties":{"name":"x"}}}}""", "queries.q.schema")]
    [InlineData("""{"queries":{"q":{"schema":"Person","properties":{"name":{"x":1}}}}}""", "queries.q.properties.name")]
    [InlineData("""{"queries":{"q":{"schema":"Person","properties":{"name":"x"},"treshold":0.5}}}""", "treshold")]
    [InlineData("""{"queries":{"q":{"schema":"Person","properties":{"name":"x"},"threshold":1.5}}}""", "threshold")]
    [InlineData("""{"queries":{"q":{"schema":"Person","properties":{"name":"x"}}},"weights":{"name_literal":0.8}}""", "name_literal")]
    [InlineData("""{"queries":{"q":{"schema":"Person","properties":{"name":"x"}}},"weights":{"name":11}}""", "0 to 10")]
    [InlineData("""{"queries":{"q":{"schema":"Person","properties":{"name":"x"}}},"config":{"nm_number_mismatch":0.4}}""", "configuration")]
    public async Task What_is_wrong_is_said_in_the_detail(string body, string part)
    {
        var problem = await api.Analyst.PostJsonAsync("/match/default", body, 400);
        Assert.Contains(part, problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Too_many_queries_are_refused_and_unknown_datasets_not_found()
    {
        var many = string.Join(',', Enumerable.Range(0, 1001).Select(i => $"\"q{i}\":{Rustam}"));
        Assert.Equal("Too many queries in one batch (limit: 1000).", (await api.Analyst.PostJsonAsync("/match/default", $"{{\"queries\":{{{many}}}}}", 400)).GetProperty("detail").GetString());
        await api.Analyst.PostJsonAsync("/match/peps", $"{{\"queries\":{{\"q\":{Rustam}}}}}", 404);
        Assert.Contains("alpha", await (await api.Analyst.GetAsync("/search/peps?q=x", Http.Cancel)).ProblemAsync(404));
        Assert.Contains("Invalid algorithm", await (await api.Analyst.PostAsync("/match/default?algorithm=guess", new StringContent("{}"), Http.Cancel)).ProblemAsync(400));
    }

    [Fact]
    public async Task Options_hold_for_one_query_or_for_all()
    {
        var answer = (await api.Analyst.PostJsonAsync("/match/default?cutoff=0.01", $$$"""
            {"queries":{
              "plain":{{{Rustam}}},
              "high":{"schema":"Person","properties":{"name":["Rustam Obraztsovsky"]},"threshold":0.99999},
              "excluded":{"schema":"Person","properties":{"name":["Rustam Obraztsovsky"]},"exclude_entity_ids":["be-7"]},
              "beta":{"schema":"Person","properties":{"name":["Rustam Obraztsovsky"]},"include_dataset":["beta"]},
              "late":{"schema":"Person","properties":{"name":["Rustam Obraztsovsky"]},"changed_since":"2025-07-01","include_dataset":["alpha"]},
              "dateless":{"schema":"Person","properties":{"name":["Rustam Obraztsovsky"],"birthDate":["1990-01-02"]},"weights":{"birthDate":0}},
              "dated":{"schema":"Person","properties":{"name":["Rustam Obraztsovsky"],"birthDate":["1990-01-02"]}}
            }}
            """)).GetProperty("responses");
        Assert.True(First("plain").GetProperty("match").GetBoolean());
        Assert.False(First("high").GetProperty("match").GetBoolean());
        Assert.DoesNotContain(answer.GetProperty("excluded").GetProperty("results").EnumerateArray(), match => match.GetProperty("id").GetString() is "al-1" or "be-7");
        Assert.Equal(["beta"], First("beta").Texts("datasets"));
        Assert.DoesNotContain(answer.GetProperty("late").GetProperty("results").EnumerateArray(), match => match.GetProperty("id").GetString() is "al-1");
        Assert.Equal(0, First("dateless").GetProperty("features").GetProperty("birthDate").GetDouble());
        Assert.True(First("dated").GetProperty("features").GetProperty("birthDate").GetDouble() < 0);

        JsonElement First(string key) => answer.GetProperty(key).GetProperty("results")[0];
    }

    [Fact]
    public async Task Matches_become_alerts_where_the_caller_says_so()
    {
        const string Body = """{"queries":{"q":{"id":"customer-17","schema":"Person","properties":{"name":["Zubayr Kallitsounakis"]}}}}""";
        var plain = (await api.Analyst.PostJsonAsync("/match/default", Body)).GetProperty("responses").GetProperty("q");
        Assert.False(plain.TryGetProperty("alerts", out _));
        var raised = (await api.Analyst.PostJsonAsync("/match/default?raise_alerts=true", Body)).GetProperty("responses").GetProperty("q").GetProperty("alerts")[0];
        Assert.Equal(("be-8", "open"), (raised.GetProperty("entity").GetString(), raised.GetProperty("state").GetString()));
        var again = (await api.Analyst.PostJsonAsync("/match/default?raise_alerts=true", Body)).GetProperty("responses").GetProperty("q").GetProperty("alerts")[0];
        Assert.Equal(raised.GetProperty("id").GetString(), again.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Ids_to_exclude_have_no_cap()
    {
        var ids = string.Join(',', Enumerable.Range(0, 5000).Select(i => $"\"x-{i}\"").Append("\"al-1\""));
        var answer = await api.Analyst.PostJsonAsync("/match/default", $$$$"""{"queries":{"q":{"schema":"Person","properties":{"name":["Rustam Obraztsovsky"]},"exclude_entity_ids":[{{{{ids}}}}]}}}""");
        Assert.Equal(0, answer.GetProperty("responses").GetProperty("q").GetProperty("results").GetArrayLength());
    }

    [Fact]
    public async Task What_cannot_be_compared_never_looks_clear()
    {
        var answer = (await api.Analyst.PostJsonAsync("/match/default", """{"queries":{"q":{"schema":"Person","properties":{"name":["?"],"hairColor":["red"]}}}}""")).GetProperty("responses").GetProperty("q");
        Assert.Equal(400, answer.GetProperty("status").GetInt32());
        Assert.Contains("not the same as clear", answer.GetProperty("detail").GetString());
        Assert.Equal(["hairColor"], answer.Texts("ignored"));
    }

    [Theory]
    [InlineData("q=obraztsovsky rustam", "al-1")]
    [InlineData("q=Рустам Образцовский&schema=Person", "al-1")]
    [InlineData("q=QZ774411", "al-1")]
    [InlineData("q=9074729", "al-3")]
    [InlineData("q=be-7", "al-1")]
    [InlineData("q=gulf pelican&schema=Vessel&countries=pa", "al-3")]
    [InlineData("schema=Company", "al-2")]
    [InlineData("filter=birthDate:1969&filter=nationality:ru", "al-1")]
    [InlineData("topics=sanction&topics=wanted&sort=caption:desc", "al-1")]
    public async Task A_search_finds(string query, string id)
    {
        var answer = await api.Analyst.GetJsonAsync("/search/default?include_dataset=alpha&include_dataset=beta&" + query);
        AssertEntity(answer.GetProperty("results")[0]);
        Assert.Equal(id, answer.GetProperty("results")[0].GetProperty("id").GetString());
        Assert.True(answer.GetProperty("total").GetProperty("value").GetInt32() > 0);
    }

    [Theory]
    [InlineData("q=gulf pelican&schema=Person")]
    [InlineData("q=gulf pelican&countries=ke")]
    [InlineData("q=rustam obraztsovsky&changed_since=2030-01-01&exclude_dataset=beta&exclude_dataset=gamma")]
    [InlineData("q=rustam obraztsovsky&limit=0")]
    [InlineData("q=rustam obraztsovsky&offset=400")]
    [InlineData("schema=LegalEntity&target=false")]
    [InlineData("countries=cy&countries=ru&filter_op=AND&schema=Company")]
    public async Task A_search_finds_nothing_where_nothing_is(string query) =>
        Assert.Equal(0, (await api.Analyst.GetJsonAsync("/search/default?" + query)).GetProperty("results").GetArrayLength());

    [Theory]
    [InlineData("schema=Banana")]
    [InlineData("limit=501")]
    [InlineData("limit=x")]
    [InlineData("offset=9999")]
    [InlineData("countrys=ru")]
    [InlineData("facets=shoes")]
    [InlineData("sort=shoes")]
    [InlineData("filter=shoes")]
    [InlineData("filter_op=XOR")]
    [InlineData("fuzzy=perhaps")]
    [InlineData("changed_since=yesterday")]
    public async Task A_search_that_is_not_understood_is_refused(string query) =>
        Assert.NotEqual("", await (await api.Analyst.GetAsync("/search/default?" + query, Http.Cancel)).ProblemAsync(400));

    [Fact]
    public async Task A_list_of_everything_counts_pages_and_names_each_entity_once()
    {
        var answer = await api.Analyst.GetJsonAsync("/search/default?limit=500");
        var ids = answer.Texts("results");
        Assert.Equal(ids.Length, answer.GetProperty("total").GetProperty("value").GetInt32());
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.DoesNotContain("be-7", ids);
        Assert.Equal(["countries", "datasets", "topics"], answer.GetProperty("facets").EnumerateObject().Select(facet => facet.Name).Order());
        var topics = answer.GetProperty("facets").GetProperty("topics").GetProperty("values");
        Assert.Equal("sanction", topics[0].GetProperty("name").GetString());
        Assert.Equal("Russia", answer.GetProperty("facets").GetProperty("countries").GetProperty("values").EnumerateArray().First(value => value.GetProperty("name").GetString() == "ru").GetProperty("label").GetString());
        // An entity of two lists is found in each of them, under the id of the whole.
        Assert.Equal(["al-1", "be-8"], (await api.Analyst.GetJsonAsync("/search/beta")).Texts("results").Order());
        Assert.Equal(ids[3], (await api.Analyst.GetJsonAsync("/search/all?limit=1&offset=3")).Texts("results").Single());
        Assert.Equal(["genders", "schema"], (await api.Analyst.GetJsonAsync("/search/default?facets=schema&facets=genders")).GetProperty("facets").EnumerateObject().Select(facet => facet.Name).Order());
    }

    [Fact]
    public async Task An_entity_comes_with_those_around_it()
    {
        var entity = await api.Analyst.GetJsonAsync("/entities/al-1");
        AssertEntity(entity);
        Assert.Equal("2024-01-05T00:00:00", entity.GetProperty("first_seen").GetString());
        var properties = entity.GetProperty("properties");
        Assert.Equal(JsonValueKind.String, properties.GetProperty("birthDate")[0].ValueKind);
        Assert.Contains("Rustam the Invented", properties.Texts("alias"));
        AssertEntity(properties.GetProperty("sanctions")[0]);
        Assert.Equal("4 Invented Lane, Moscow", properties.GetProperty("addressEntity")[0].GetProperty("caption").GetString());
        var ownership = properties.GetProperty("ownershipOwner")[0];
        AssertEntity(ownership.GetProperty("properties").GetProperty("asset")[0]);
        Assert.Empty(ownership.GetProperty("properties").GetProperty("owner").EnumerateArray());
        Assert.Equal(["al-addr"], (await api.Analyst.GetJsonAsync("/entities/al-1?nested=false")).Texts("properties", "addressEntity"));
        Assert.False((await api.Analyst.GetJsonAsync("/entities/al-1?nested=false")).GetProperty("properties").TryGetProperty("sanctions", out _));
    }

    [Theory]
    [InlineData("/entities/be-7?nested=true", "/entities/al-1?nested=true")]
    [InlineData("/entities/be-7/adjacent", "/entities/al-1/adjacent")]
    [InlineData("/entities/be-7/adjacent/sanctions?limit=3", "/entities/al-1/adjacent/sanctions?limit=3")]
    public async Task The_id_of_one_list_leads_to_the_entity_as_a_whole(string from, string to)
    {
        using var response = await api.Analyst.GetAsync(from, Http.Cancel);
        Assert.Equal(HttpStatusCode.PermanentRedirect, response.StatusCode);
        Assert.Equal(to, response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Those_around_an_entity_come_in_pages()
    {
        var around = await api.Analyst.GetJsonAsync("/entities/al-1/adjacent?limit=1");
        AssertEntity(around.GetProperty("entity"));
        var sanctions = around.GetProperty("adjacent").GetProperty("sanctions");
        Assert.Equal((1, 0, 1), (sanctions.GetProperty("limit").GetInt32(), sanctions.GetProperty("offset").GetInt32(), sanctions.GetProperty("total").GetProperty("value").GetInt32()));
        AssertEntity(sanctions.GetProperty("results")[0]);
        Assert.Equal(0, (await api.Analyst.GetJsonAsync("/entities/al-1/adjacent/sanctions?offset=1")).GetProperty("results").GetArrayLength());
        Assert.Equal(0, (await api.Analyst.GetJsonAsync("/entities/al-1/adjacent/familyPerson")).GetProperty("total").GetProperty("value").GetInt32());
        Assert.Equal("No such property!", await (await api.Analyst.GetAsync("/entities/al-1/adjacent/banana", Http.Cancel)).ProblemAsync(404));
        Assert.Equal("No such property!", await (await api.Analyst.GetAsync("/entities/al-1/adjacent/name", Http.Cancel)).ProblemAsync(404));
        Assert.Equal("No such entity!", await (await api.Analyst.GetAsync("/entities/banana", Http.Cancel)).ProblemAsync(404));
    }

    [Fact]
    public async Task Catalogue_and_algorithms_have_what_clients_read()
    {
        var catalog = await api.Analyst.GetJsonAsync("/catalog");
        Assert.Equal(["default", "alpha", "beta", "gamma"], catalog.GetProperty("datasets").EnumerateArray().Select(set => set.GetProperty("name").GetString()));
        Assert.All(catalog.GetProperty("datasets").EnumerateArray(), set =>
        {
            Assert.NotNull(set.GetProperty("title").GetString());
            Assert.NotNull(set.GetProperty("version").GetString());
            Assert.Equal(JsonValueKind.Array, set.GetProperty("children").ValueKind);
            Assert.True(set.GetProperty("load").GetBoolean());
        });
        Assert.Equal(["alpha", "beta", "gamma"], catalog.GetProperty("datasets")[0].Texts("children"));
        var algorithms = await api.Analyst.GetJsonAsync("/algorithms");
        var best = algorithms.GetProperty("best").GetString();
        Assert.Contains(algorithms.GetProperty("algorithms").EnumerateArray(), algorithm => algorithm.GetProperty("name").GetString() == best && algorithm.GetProperty("docs").GetProperty("features").EnumerateObject().Any());
        Assert.Equal("ok", (await api.Node.Client.GetJsonAsync("/healthz")).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("/search/default")]
    [InlineData("/entities/al-1")]
    [InlineData("/catalog")]
    [InlineData("/algorithms")]
    public async Task Nobody_is_answered_without_a_key(string path)
    {
        using var response = await api.Node.Client.GetAsync(path, Http.Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        using var administrator = await api.Administrator.GetAsync(path, Http.Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, administrator.StatusCode);
    }

    /// <summary>The members and types that models of clients require.</summary>
    private static void AssertEntity(JsonElement entity)
    {
        Assert.All(["id", "caption", "schema"], name => Assert.NotEqual("", entity.GetProperty(name).GetString()));
        Assert.All(entity.GetProperty("properties").EnumerateObject(), property => Assert.All(property.Value.EnumerateArray(), value =>
        {
            if (value.ValueKind == JsonValueKind.Object)
                AssertEntity(value);
            else
                Assert.Equal(JsonValueKind.String, value.ValueKind);
        }));
        Assert.All(entity.GetProperty("datasets").EnumerateArray(), value => Assert.Equal(JsonValueKind.String, value.ValueKind));
        Assert.All(entity.GetProperty("referents").EnumerateArray(), value => Assert.Equal(JsonValueKind.String, value.ValueKind));
        Assert.True(entity.GetProperty("target").ValueKind is JsonValueKind.True or JsonValueKind.False);
        Assert.All(["first_seen", "last_seen", "last_change"], name =>
        {
            if (entity.GetProperty(name) is { ValueKind: not JsonValueKind.Null } moment)
                Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$", moment.GetString());
        });
    }
}
