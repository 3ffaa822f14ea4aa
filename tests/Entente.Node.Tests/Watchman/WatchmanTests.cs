using System.Text.Json;
using Entente.Node.Tests.Api;

namespace Entente.Node.Tests.Watchman;

/// <summary>What clients of Watchman send, and the members that they read.</summary>
public sealed class WatchmanTests(ApiNode api) : IClassFixture<ApiNode>
{
    [Fact]
    public async Task A_person_is_found_with_the_members_that_clients_read()
    {
        var answer = await api.Analyst.GetJsonAsync("/v2/search?type=person&name=rustam+obraztsovskiy&altNames=Rustam&birthDate=1969-04-02&gender=male&limit=2&minMatch=0.75&requestID=abc&titles=Mr");
        Assert.Equal("person", answer.GetProperty("query").GetProperty("entityType").GetString());
        var first = answer.GetProperty("entities")[0];
        Assert.Equal(("Rustam Obraztsovsky", "person", "alpha", "al-1"), (first.GetProperty("name").GetString(), first.GetProperty("entityType").GetString(), first.GetProperty("sourceList").GetString(), first.GetProperty("sourceID").GetString()));
        Assert.InRange(first.GetProperty("match").GetDouble(), 0.75, 1);
        var person = first.GetProperty("person");
        Assert.Equal("1969-04-02T00:00:00Z", person.GetProperty("birthDate").GetString());
        Assert.Equal("unknown", person.GetProperty("gender").GetString());
        Assert.Contains("Рустам Образцовский", person.Texts("altNames"));
        Assert.Equal("passport", person.GetProperty("governmentIDs")[0].GetProperty("type").GetString());
        Assert.All(["business", "organization", "aircraft", "vessel"], kind => Assert.Equal(JsonValueKind.Null, first.GetProperty(kind).ValueKind));
        Assert.Equal(JsonValueKind.Array, first.GetProperty("contact").GetProperty("emailAddresses").ValueKind);
        Assert.Equal("4 Invented Lane, Moscow", first.GetProperty("addresses")[0].GetProperty("line1").GetString());
        Assert.Equal(["INV-1"], first.Texts("sanctionsInfo", "programs"));
        Assert.Equal(["requestID", "titles"], answer.Texts("ignored").Order());
        Assert.Equal(3, answer.GetProperty("lists").GetArrayLength());
    }

    [Fact]
    public async Task Vessels_businesses_and_unsaid_types_are_found()
    {
        var ship = (await api.Analyst.GetJsonAsync("/v2/search?type=vessel&name=Gulf%20Pelican&imoNumber=9074729&flag=pa")).GetProperty("entities")[0];
        Assert.Equal("9074729", ship.GetProperty("vessel").GetProperty("imoNumber").GetString());
        Assert.Equal(0, ship.GetProperty("vessel").GetProperty("tonnage").GetInt32());
        var company = (await api.Analyst.GetJsonAsync("/v2/search?type=business&name=Obraztsovsky%20Ferrous")).GetProperty("entities")[0];
        Assert.Equal(JsonValueKind.Null, company.GetProperty("business").GetProperty("created").ValueKind);
        Assert.Equal("al-3", (await api.Analyst.GetJsonAsync("/v2/search?type=&name=gulf+pelican")).GetProperty("entities")[0].GetProperty("sourceID").GetString());
        Assert.All((await api.Analyst.GetJsonAsync("/v2/search?name=rustam+obraztsovsky&source=beta")).GetProperty("entities").EnumerateArray(), entity => Assert.Equal("beta", entity.GetProperty("sourceList").GetString()));
        Assert.Equal(0, (await api.Analyst.GetJsonAsync("/v2/search?name=nobody+whatsoever&minMatch=0.95")).GetProperty("entities").GetArrayLength());
    }

    [Fact]
    public async Task The_lists_are_told_by_name_with_size_and_hash()
    {
        var info = await api.Analyst.GetJsonAsync("/v2/listinfo");
        Assert.Equal(["alpha", "beta", "gamma"], info.GetProperty("lists").EnumerateObject().Select(list => list.Name));
        Assert.Equal(3, info.GetProperty("lists").GetProperty("alpha").GetInt32());
        Assert.Matches("^[0-9a-f]{64}$", info.GetProperty("listHashes").GetProperty("beta").GetString());
        Assert.True(info.GetProperty("endedAt").GetDateTimeOffset() > DateTimeOffset.UnixEpoch);
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("name=", 400)]
    [InlineData("name=%3F%3F", 400)]
    [InlineData("name=x+y&type=banana", 400)]
    [InlineData("name=x+y&nmae=z", 400)]
    [InlineData("name=x+y&minMatch=2", 400)]
    [InlineData("name=x+y&limit=0", 400)]
    [InlineData("name=x+y&birthDate=yesterday", 400)]
    [InlineData("name=x+y&source=nowhere", 404)]
    public async Task What_is_wrong_stands_in_the_error_too(string query, int status)
    {
        using var answer = await api.Analyst.GetAsync("/v2/search?" + query, Http.Cancel);
        var problem = await answer.JsonAsync(status);
        Assert.Equal(problem.GetProperty("detail").GetString(), problem.GetProperty("error").GetString());
    }
}
