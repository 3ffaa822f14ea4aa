using System.Net.Http.Json;
using System.Text.Json;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Monitoring;
using Entente.Node.Settings;
using Entente.Node.Store;
using Entente.Node.Tests.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Node.Tests.Partners;

/// <summary>The book of subjects is kept screened against records, as it is against lists.</summary>
public sealed class RecordMonitorTests
{
    public static TheoryData<string> Databases => Stores.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_partner_s_record_alerts_on_a_subject_by_itself_and_follows_its_corrections_and_its_recall(string store)
    {
        await using var first = await Ally.StartAsync("First");
        await using var second = await Ally.StartAsync("Second", store);
        await first.PairAsync(second);
        await first.AgreeAsync(second);
        await EnterAsync(second, "customer-1", "تميم النهري", "1975-03-04");
        await EnterAsync(second, "customer-2", "Somebody Else Altogether", "1980-01-01");
        var record = await first.RecordAsync("Tamim al-Nahri");
        await first.ReleaseAsync(second, record);

        JsonElement alert = default;
        await Until.TrueAsync(async () => (await AlertsAsync(second)) is [var one] && (alert = one).ValueKind == JsonValueKind.Object);
        Assert.Equal((record, "تميم النهري", "open"), (Text(alert, "entityId"), Text(alert, "subjectCaption"), Text(alert, "state")));
        // Who follows the feed is told that there is something, and not what the record says: markings do not go with it.
        var told = (await second.Analyst.GetAsync<JsonElement>("/api/feed")).GetProperty("events").EnumerateArray().Single(each => Text(each, "type") == "alert.raised").GetRawText();
        Assert.Contains(record, told, StringComparison.Ordinal);
        Assert.DoesNotContain("Tamim", told, StringComparison.Ordinal);
        await ReviewAsync(second, alert);

        // A correction of what the decision rests on.
        await first.Analyst.PutAsJsonAsync($"/api/records/{record}", new
        {
            version = 1,
            schema = "Person",
            properties = new { name = new[] { "Tamim al-Nahri" }, birthDate = new[] { "1975-03-04" }, nationality = new[] { "tn" } },
            marking = new { tlp = "TLP:AMBER", audience = "anyone", legalBasis = "S/RES/2253 (2015)", purpose = "counter-terrorism", category = "suspect", grade = "B2", expires = DateTimeOffset.UtcNow.AddMonths(6) },
        }, TestContext.Current.CancellationToken);
        await Until.TrueAsync(async () => Text(alert = (await AlertsAsync(second)).Single(), "state") == "open");
        Assert.Contains("country", alert.GetProperty("reopenedBecause").EnumerateArray().Select(change => Text(change, "fact")));
        await ReviewAsync(second, alert);

        await first.Liaison.PostAsync<JsonElement>($"/api/records/{record}/recall", new { reason = "It is another man." });
        await Until.TrueAsync(async () => Text((await AlertsAsync(second)).Single(), "state") == "open");
    }

    [Fact]
    public async Task Who_enters_the_book_after_a_record_came_is_found_too_and_nothing_is_done_twice()
    {
        await using var ally = await Ally.StartAsync("Node");
        var record = await ally.RecordAsync("Tamim al-Nahri");
        await EnterAsync(ally, "customer-1", "Somebody Else Altogether", "1980-01-01");
        await UpToDateAsync(ally);
        Assert.Empty(await AlertsAsync(ally));
        await EnterAsync(ally, "customer-2", "Тамим ан-Нахри", "1975-03-04");
        await UpToDateAsync(ally);
        Assert.Equal(record, Text((await AlertsAsync(ally)).Single(), "entityId"));

        var done = await ScreenedAsync(ally);
        await UpToDateAsync(ally);
        Assert.Equal(done, await ScreenedAsync(ally));

        // Somebody else by now, as far as the book knows.
        await EnterAsync(ally, "customer-2", "Jean-Luc Moreau", "1969-07-07");
        await UpToDateAsync(ally);
        Assert.Equal("withdrawn", Text((await AlertsAsync(ally)).Single(), "state"));
    }

    [Fact]
    public async Task Lists_and_another_threshold_say_nothing_of_alerts_that_rest_on_records()
    {
        await using var ally = await Ally.StartAsync("Node");
        var record = await ally.RecordAsync("طارق القادري");
        await EnterAsync(ally, "customer-1", "Tarek Kadiri", null);
        await UpToDateAsync(ally);
        await ally.Analyst.PostAsync<JsonElement>("/api/screenings", new { datasets = new[] { "default", "records" }, queries = new { q = new { schema = "Person", properties = new { name = new[] { "Tariq al-Qadiri" } } } } });
        Assert.Equal(2, (await OnRecordAsync()).Length);

        // Everybody is screened against lists once more.
        await ally.Node.Services.GetRequiredService<SettingsService>().SetAsync(Actor.System("test"), NodeSettings.Threshold.Name, JsonSerializer.SerializeToElement(0.71, NodeJson.Options), TestContext.Current.CancellationToken);
        var monitor = ally.Node.Services.GetRequiredService<BookMonitor>();
        await monitor.BringUpToDateAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, (await monitor.RunsAsync(5, TestContext.Current.CancellationToken)).Count(run => run.State == MonitorState.Done));
        Assert.All(await OnRecordAsync(), alert => Assert.Equal("open", Text(alert, "state")));
        await using (var db = ally.Node.Store.Open())
            Assert.False(await db.Audit.AnyAsync(entry => entry.Action == AuditAction.AlertWithdrawn, TestContext.Current.CancellationToken), "What rests on a record was withdrawn because of lists.");
        // And against records, where what no longer reaches the threshold is withdrawn.
        await ally.Node.Services.GetRequiredService<SettingsService>().SetAsync(Actor.System("test"), NodeSettings.Threshold.Name, JsonSerializer.SerializeToElement(0.99999, NodeJson.Options), TestContext.Current.CancellationToken);
        await UpToDateAsync(ally);
        Assert.All(await OnRecordAsync(), alert => Assert.Equal("withdrawn", Text(alert, "state")));

        async Task<JsonElement[]> OnRecordAsync() => [.. (await AlertsAsync(ally)).Where(alert => Text(alert, "entityId") == record)];
    }

    private static Task UpToDateAsync(Ally ally) => ally.Node.Services.GetRequiredService<RecordMonitor>().BringUpToDateAsync(TestContext.Current.CancellationToken);

    private static async Task EnterAsync(Ally ally, string reference, string name, string? born)
    {
        using var answer = await ally.Analyst.PutAsJsonAsync($"/api/subjects/{reference}", new { schema = "Person", properties = born is null ? new Dictionary<string, string[]> { ["name"] = [name] } : new() { ["name"] = [name], ["birthDate"] = [born] } }, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task ReviewAsync(Ally ally, JsonElement alert)
    {
        var reviewer = await ally.Node.ClientForAsync(Role.Reviewer);
        await reviewer.PostAsync<JsonElement>($"/api/alerts/{Text(alert, "id")}/decisions", new { verdict = "falseMatch", reason = "another man", revision = alert.GetProperty("revision").GetInt32() });
        Assert.Equal("decided", Text((await AlertsAsync(ally)).Single(), "state"));
    }

    private static async Task<JsonElement[]> AlertsAsync(Ally ally) => [.. (await ally.Analyst.GetAsync<JsonElement>("/api/alerts?state=open,proposed,decided,withdrawn")).GetProperty("alerts").EnumerateArray()];

    private static async Task<int> ScreenedAsync(Ally ally)
    {
        await using var db = ally.Node.Store.Open();
        return await db.Audit.CountAsync(entry => entry.Action == AuditAction.RecordsScreened, TestContext.Current.CancellationToken);
    }

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();
}
