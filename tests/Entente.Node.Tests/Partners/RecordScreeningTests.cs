using System.Net;
using System.Text.Json;
using Entente.Node.Access;
using Entente.Node.Audit;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Tests.Partners;

/// <summary>Screening against records that are on no public list, by themselves or beside lists.</summary>
public sealed class RecordScreeningTests
{
    [Fact]
    public async Task Records_are_screened_against_beside_lists_and_each_result_says_whose_it_is_and_how_it_may_be_handled()
    {
        await using var ally = await Ally.StartAsync("Node");
        // The sample list, which screens while nothing is installed, has a Tarek Kadiri too.
        var witness = await ally.RecordAsync("طارق القادري", tlp: "TLP:RED", category: "witness");
        var alone = await ScreenAsync(ally, "Tarek Kadiri", null);
        Assert.All(Results(alone), result => Assert.False(result.TryGetProperty("record", out _)));

        JsonElement both = default;
        await Until.TrueAsync(async () => Results(both = await ScreenAsync(ally, "Tarek Kadiri", ["default", "records"])).Any(result => result.GetProperty("id").GetString() == witness));
        var weights = Results(both).Select(result => result.GetProperty("weight").GetDouble()).ToArray();
        Assert.Equal(weights.OrderDescending(), weights);
        Assert.Contains(Results(both), result => result.GetProperty("id").GetString()!.StartsWith("un-", StringComparison.Ordinal) || !result.TryGetProperty("record", out _));
        var record = Results(both).Single(result => result.GetProperty("id").GetString() == witness).GetProperty("record");
        Assert.Equal(ally.Id, record.GetProperty("originator").GetString());
        Assert.Equal("TLP:RED", record.GetProperty("marking").GetProperty("tlp").GetString());
        Assert.Equal("witness", record.GetProperty("marking").GetProperty("category").GetString());
        Assert.Equal("S/RES/2253 (2015)", record.GetProperty("marking").GetProperty("legalBasis").GetString());
        Assert.Contains("records", both.GetProperty("lists").GetProperty("versions").EnumerateArray().Select(version => version.GetProperty("dataset").GetString()));
        Assert.True(both.GetProperty("lists").GetProperty("versions").GetArrayLength() > 1);

        // One screening, and an entry for each of the two things that it was against.
        var about = $"screening:{both.GetProperty("screening").GetString()}";
        await using var db = ally.Node.Store.Open();
        Assert.Equal([AuditAction.ScreeningMade, AuditAction.RecordsScreened], await db.Audit.Where(entry => entry.About == about).OrderBy(entry => entry.Seq).Select(entry => entry.Action).ToListAsync(TestContext.Current.CancellationToken));

        // What rests on the record shows how it may be handled, on the alert as well.
        var alert = both.GetProperty("answers").GetProperty("q").GetProperty("alerts").EnumerateArray().Single(each => each.GetProperty("entity").GetString() == witness).GetProperty("id").GetString();
        var detail = await ally.Analyst.GetAsync<JsonElement>($"/api/alerts/{alert}");
        Assert.Equal("TLP:RED", detail.GetProperty("record").GetProperty("marking").GetProperty("tlp").GetString());
    }

    [Fact]
    public async Task A_record_and_a_node_s_records_and_a_list_can_be_left_out()
    {
        await using var ally = await Ally.StartAsync("Node");
        var (first, second) = (await ally.RecordAsync("Tamim al-Nahri"), await ally.RecordAsync("Tamim Nahri"));
        await Until.TrueAsync(async () => Results(await ScreenAsync(ally, "Tamim al-Nahri", ["records"])).Length == 2);
        Assert.Equal([second], Ids(await ScreenAsync(ally, "Tamim al-Nahri", ["records"], excludeIds: [first])));
        Assert.Empty(Ids(await ScreenAsync(ally, "Tamim al-Nahri", ["records"], excludeDatasets: [ally.Id])));
        Assert.NotEmpty(Ids(await ScreenAsync(ally, "Tarek Kadiri", null)));
        Assert.Empty(Ids(await ScreenAsync(ally, "Tarek Kadiri", ["default", "records"], excludeDatasets: ["default"])));
        Assert.Empty(Ids(await ScreenAsync(ally, "Tarek Kadiri", null, excludeIds: Ids(await ScreenAsync(ally, "Tarek Kadiri", null)))));
    }

    [Theory]
    [InlineData("datasets", "recrods")]
    [InlineData("excludeDatasets", "un-scc")]
    public async Task A_misspelt_dataset_is_refused_and_not_taken_for_an_empty_one(string member, string name)
    {
        await using var ally = await Ally.StartAsync("Node");
        var (status, why) = await ally.Analyst.RefusedAsync("/api/screenings", new Dictionary<string, object> { [member] = new[] { name }, ["queries"] = Queries("Tarek Kadiri") });
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(name, why, StringComparison.Ordinal);
        Assert.Contains("records", why, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await ally.Analyst.RefusedAsync("/api/screenings", new Dictionary<string, object> { [member] = new string?[] { null }, ["queries"] = Queries("Tarek Kadiri") })).Status);
    }

    [Fact]
    public async Task Records_are_screened_against_only_by_those_who_may_read_them()
    {
        await using var ally = await Ally.StartAsync("Node");
        await ally.RecordAsync("Tamim al-Nahri");
        var (screener, _) = await ally.Node.MemberAsync([Role.Analyst], [Right.Screen]);
        Assert.Equal(HttpStatusCode.Forbidden, (await screener.RefusedAsync("/api/screenings", new { datasets = new[] { "default", "records" }, queries = Queries("Tamim al-Nahri") })).Status);
        Assert.Equal(HttpStatusCode.OK, (await screener.RefusedAsync("/api/screenings", new { queries = Queries("Tamim al-Nahri") })).Status);
    }

    private static Task<JsonElement> ScreenAsync(Ally ally, string name, string[]? datasets, string[]? excludeDatasets = null, string[]? excludeIds = null) =>
        ally.Analyst.PostAsync<JsonElement>("/api/screenings", new { datasets, excludeDatasets, excludeIds, queries = Queries(name) });

    private static object Queries(string name) => new { q = new { schema = "Person", properties = new { name = new[] { name } } } };

    private static JsonElement[] Results(JsonElement answer) => [.. answer.GetProperty("answers").GetProperty("q").GetProperty("results").EnumerateArray()];

    private static string[] Ids(JsonElement answer) => [.. Results(answer).Select(result => result.GetProperty("id").GetString()!)];
}
