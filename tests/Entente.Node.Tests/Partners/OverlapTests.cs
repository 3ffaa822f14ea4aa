using System.Net;
using System.Text.Json;

namespace Entente.Node.Tests.Partners;

/// <summary>Overlap between two real nodes: what both hold is found across scripts, and the rest is not shown.</summary>
public sealed class OverlapTests
{
    [Fact]
    public async Task What_both_hold_is_found_across_scripts_once_people_on_both_sides_have_agreed()
    {
        await using var first = await Ally.StartAsync("First");
        await using var second = await Ally.StartAsync("Second");
        await first.PairAsync(second);
        await AgreeOnOverlapAsync(first, second, runs: 2);
        // Fictional people, in Arabic on one side, in French and Russian spelling on the other.
        var ours = await RecordsAsync(first, ("معمر النهري", "1961-05-14"), ("يوسف الزيتوني", "1975-11-02"), ("سميرة وهبي", "1980-01-20"));
        var theirs = await RecordsAsync(second, ("Moammar Nahri", "1961-05-14"), ("Юсуф аз-Зейтуни", "1975-11-02"), ("Jean-Luc Moreau", "1969-07-07"));

        var id = (await AskAsync(first, second, "which", "records")).GetProperty("id").GetString()!;
        Assert.Equal(HttpStatusCode.Forbidden, (await first.Liaison.RefusedAsync($"/api/overlap/{id}/approve", new { })).Status);
        await ApproveAsync(first, second, id);
        Assert.Equal("offered", (await second.Liaison.GetAsync<JsonElement>($"/api/overlap/{id}")).GetProperty("state").GetString());
        await second.Liaison.PostAsync<JsonElement>($"/api/overlap/{id}/accept", new { holding = "records" });

        await Until.TrueAsync(async () => await StateAsync(first, id) == "done" && await StateAsync(second, id) == "done", 90);
        var (one, other) = (await first.Liaison.GetAsync<JsonElement>($"/api/overlap/{id}"), await second.Liaison.GetAsync<JsonElement>($"/api/overlap/{id}"));
        Assert.Equal([ours[0], ours[1]], one.GetProperty("found").EnumerateArray().Select(each => each.GetString()!).Order().ToArray().Intersect(ours).OrderBy(each => Array.IndexOf(ours, each)));
        Assert.Equal(2, one.GetProperty("found").GetArrayLength());
        Assert.Equal([theirs[0], theirs[1]], other.GetProperty("found").EnumerateArray().Select(each => each.GetString()!).OrderBy(each => Array.IndexOf(theirs, each)));
        Assert.Equal(one.GetProperty("transcript").GetString(), other.GetProperty("transcript").GetString());
    }

    [Fact]
    public async Task Only_how_many_is_told_where_only_that_is_asked_and_a_budget_ends()
    {
        await using var first = await Ally.StartAsync("First");
        await using var second = await Ally.StartAsync("Second");
        await first.PairAsync(second);
        await AgreeOnOverlapAsync(first, second, runs: 1);
        await RecordsAsync(first, ("Moammar Nahri", "1961-05-14"), ("Samira Wahbi", "1980-01-20"));
        await RecordsAsync(second, ("Moammar Nahri", "1961-05-14"), ("Jean-Luc Moreau", "1969-07-07"));
        var id = await OfferAsync(first, second, "howMany", "records");
        await second.Liaison.PostAsync<JsonElement>($"/api/overlap/{id}/accept", new { holding = "records" });
        await Until.TrueAsync(async () => await StateAsync(first, id) == "done" && await StateAsync(second, id) == "done", 90);
        foreach (var side in new[] { first, second })
        {
            var run = await side.Liaison.GetAsync<JsonElement>($"/api/overlap/{id}");
            Assert.Equal(1, run.GetProperty("common").GetInt32());
            Assert.Equal(JsonValueKind.Null, run.GetProperty("found").ValueKind);
        }

        var (status, why) = await first.Liaison.RefusedAsync("/api/overlap", new { partner = second.Id, mode = "howMany", holding = "records", purpose = "counter-terrorism", reason = "once more" });
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("1 runs", why, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await first.Liaison.RefusedAsync("/api/overlap", new { partner = second.Id, mode = "which", holding = "records", purpose = "migration", reason = "another purpose" })).Status);
    }

    [Fact]
    public async Task A_partner_s_people_can_decline()
    {
        await using var first = await Ally.StartAsync("First");
        await using var second = await Ally.StartAsync("Second");
        await first.PairAsync(second);
        await AgreeOnOverlapAsync(first, second, runs: 1);
        var id = await OfferAsync(first, second, "which", "subjects");
        await second.Liaison.PostAsync<JsonElement>($"/api/overlap/{id}/decline", new { });
        await Until.TrueAsync(async () => await StateAsync(first, id) == "declined");

        // It spent nothing of the budget, so that one can be asked for again; and the list goes on where a page ended.
        var again = (await first.Liaison.PostAsync<JsonElement>("/api/overlap", new { partner = second.Id, mode = "howMany", holding = "subjects", purpose = "counter-terrorism", reason = "only how many" })).GetProperty("id").GetString()!;
        Assert.Equal([again], await PageAsync("/api/overlap?limit=1"));
        Assert.Equal([id!], await PageAsync($"/api/overlap?limit=1&after={again}"));
        Assert.Empty(await PageAsync($"/api/overlap?limit=1&after={id}"));

        async Task<string[]> PageAsync(string path) => [.. (await first.Liaison.GetAsync<JsonElement>(path)).EnumerateArray().Select(run => run.GetProperty("id").GetString()!)];
    }

    [Fact]
    public async Task A_run_that_is_withdrawn_does_not_wait_for_the_partner_s_people()
    {
        await using var first = await Ally.StartAsync("First");
        await using var second = await Ally.StartAsync("Second");
        await first.PairAsync(second);
        await AgreeOnOverlapAsync(first, second, runs: 1);
        var id = await OfferAsync(first, second, "which", "records");
        await first.Liaison.PostAsync<JsonElement>($"/api/overlap/{id}/decline", new { });
        await Until.TrueAsync(async () => await StateAsync(second, id) == "failed");
        Assert.Contains("withdrawn", (await second.Liaison.GetAsync<JsonElement>($"/api/overlap/{id}")).GetProperty("fault").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Asks for a run and approves it; the partner has been asked when this ends.</summary>
    internal static async Task<string> OfferAsync(Ally first, Ally second, string mode, string holding)
    {
        var id = (await AskAsync(first, second, mode, holding)).GetProperty("id").GetString()!;
        await ApproveAsync(first, second, id);
        return id;
    }

    private static Task<JsonElement> AskAsync(Ally first, Ally second, string mode, string holding) =>
        first.Liaison.PostAsync<JsonElement>("/api/overlap", new { partner = second.Id, mode, holding, purpose = "counter-terrorism", reason = "joint group, item 4" });

    private static async Task ApproveAsync(Ally first, Ally second, string id)
    {
        await first.OtherLiaison.PostAsync<JsonElement>($"/api/overlap/{id}/approve", new { });
        await Until.TrueAsync(async () => (await second.Liaison.SendAsync(new(HttpMethod.Get, $"/api/overlap/{id}"))).StatusCode == HttpStatusCode.OK);
    }

    private static async Task<string?> StateAsync(Ally ally, string? id) => (await ally.Liaison.GetAsync<JsonElement>($"/api/overlap/{id}")).GetProperty("state").GetString();

    private static async Task<string[]> RecordsAsync(Ally ally, params (string Name, string Born)[] people)
    {
        var ids = new List<string>();
        foreach (var (name, born) in people)
            ids.Add(await ally.RecordAsync(name, extra: new { name = new[] { name }, birthDate = new[] { born } }));
        return [.. ids];
    }

    internal static Task AgreeOnOverlapAsync(Ally one, Ally other, int runs, int keys = 1000) => one.AgreeAsync(other, categories: ["suspect"], overlap: new { runs, keys, periodDays = 30 });
}
