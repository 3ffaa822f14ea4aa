using System.Net;
using System.Text.Json;
using Entente.Node.Audit;
using Entente.Node.Tests.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Node.Tests.Partners;

/// <summary>Two and three real nodes, over TLS: pair, agree, release, relay, recall.</summary>
public sealed class ExchangeTests
{
    public static TheoryData<string> Databases => Stores.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_record_goes_to_a_partner_as_signed_and_its_recall_follows_it_through_a_relay(string store)
    {
        await using var first = await Ally.StartAsync("First", store);
        await using var second = await Ally.StartAsync("Second", store);
        await using var third = await Ally.StartAsync("Third", store);
        await first.PairAsync(second);
        await second.PairAsync(third);
        await first.AgreeAsync(second);
        await second.AgreeAsync(third);

        var record = await first.RecordAsync("Tamim al-Nahri", new[] { second.Id, third.Id });
        await first.ReleaseAsync(second, record, "nationality");
        await Until.TrueAsync(async () => await second.StateOfAsync(record) == "held");
        await Until.TrueAsync(async () => await first.CopyStateAsync(record, second) == "stored");
        var received = await second.ReadAsync(record);
        Assert.Equal(["birthDate", "name"], received.GetProperty("statements").EnumerateArray().Select(each => each.GetProperty("property").GetString()!).Order());
        Assert.Equal(first.Id, received.GetProperty("record").GetProperty("originator").GetString());

        // On to a node that the originator never met, with still less; the originator learns where the copy is.
        await second.ReleaseAsync(third, record, "birthDate");
        await Until.TrueAsync(async () => await third.StateOfAsync(record) == "held");
        Assert.Equal("name", Assert.Single((await third.ReadAsync(record)).GetProperty("statements").EnumerateArray()).GetProperty("property").GetString());
        await Until.TrueAsync(async () => await first.CopyStateAsync(record, third) == "stored");
        Assert.Equal(second.Id, (await first.CopyAsync(record, third))!.Value.GetProperty("via").GetString());

        await first.Liaison.PostAsync<JsonElement>($"/api/records/{record}/recall", new { reason = "It is another man." });
        await Until.TrueAsync(async () => await third.StateOfAsync(record) == "recalled");
        await Until.TrueAsync(async () => await first.CopyStateAsync(record, second) == "complied" && await first.CopyStateAsync(record, third) == "complied");
        Assert.Empty((await third.ReadAsync(record)).GetProperty("statements").EnumerateArray());
        Assert.Equal("It is another man.", (await third.ReadAsync(record)).GetProperty("record").GetProperty("recalledBecause").GetString());
        foreach (var ally in new[] { first, second, third })
            Assert.True((await ally.Node.Services.GetRequiredService<AuditService>().VerifyAsync([], TestContext.Current.CancellationToken)).Intact);
    }

    [Fact]
    public async Task Nothing_flows_before_both_compared_and_signed()
    {
        await using var first = await Ally.StartAsync("First");
        await using var second = await Ally.StartAsync("Second");
        await first.Liaison.PostAsync<JsonElement>("/api/partners", new { address = second.Port });
        var record = await first.RecordAsync("Tamim al-Nahri");

        var (status, _) = await first.Liaison.RefusedAsync($"/api/partners/{second.Id}/confirm", new { fingerprint = "lusab-babad-gutih-tugad-mudof-sakat" });
        Assert.Equal(HttpStatusCode.Conflict, status);
        var (unagreed, why) = await first.Liaison.RefusedAsync("/api/releases", new { partner = second.Id, records = new[] { record }, reason = "asked for" });
        Assert.Equal(HttpStatusCode.Conflict, unagreed);
        Assert.Contains("agreement-in-force", why, StringComparison.Ordinal);

        await first.PairAsync(second);
        await first.AgreeAsync(second, "TLP:GREEN");
        var (tooClose, rule) = await first.Liaison.RefusedAsync("/api/releases", new { partner = second.Id, records = new[] { record }, reason = "asked for" });
        Assert.Equal(HttpStatusCode.Conflict, tooClose);
        Assert.Contains("tlp-within-highest", rule, StringComparison.Ordinal);
        var victim = await first.RecordAsync("Samira Wahbi", tlp: "TLP:GREEN", category: "victim");
        Assert.Contains("category-covered", (await first.Liaison.RefusedAsync("/api/releases", new { partner = second.Id, records = new[] { victim }, reason = "asked for" })).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_proposes_does_not_approve()
    {
        await using var first = await Ally.StartAsync("First");
        await using var second = await Ally.StartAsync("Second");
        await first.PairAsync(second);
        await first.AgreeAsync(second);
        var record = await first.RecordAsync("Tamim al-Nahri");
        var proposed = await first.Liaison.PostAsync<JsonElement>("/api/releases", new { partner = second.Id, records = new[] { record }, reason = "asked for" });
        var id = proposed.GetProperty("releases")[0].GetString();
        Assert.Equal(HttpStatusCode.Forbidden, (await first.Liaison.RefusedAsync($"/api/releases/{id}/approve", new { reason = "seen" })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await first.Analyst.RefusedAsync($"/api/releases/{id}/approve", new { reason = "seen" })).Status);
        Assert.Null(await second.StateOfAsync(record));
        await first.OtherLiaison.PostAsync<JsonElement>($"/api/releases/{id}/approve", new { reason = "seen" });
        await Until.TrueAsync(async () => await second.StateOfAsync(record) == "held");
    }

    [Fact]
    public async Task A_correction_follows_a_record_and_keeps_what_was_withheld()
    {
        await using var first = await Ally.StartAsync("First");
        await using var second = await Ally.StartAsync("Second");
        await first.PairAsync(second);
        await first.AgreeAsync(second);
        var record = await first.RecordAsync("Tamim al-Nahri");
        await first.ReleaseAsync(second, record, "nationality");
        await Until.TrueAsync(async () => await first.CopyStateAsync(record, second) == "stored");

        using var amended = await first.Analyst.PutAsync(new Uri($"/api/records/{record}", UriKind.Relative), System.Net.Http.Json.JsonContent.Create(new
        {
            version = 1,
            schema = "Person",
            properties = new { name = new[] { "Tamim an-Nahri" }, nationality = new[] { "tn" }, birthDate = new[] { "1976" } },
            marking = new { tlp = "TLP:AMBER", audience = "anyone", legalBasis = "S/RES/2253 (2015)", purpose = "counter-terrorism", category = "suspect", grade = "B1", expires = DateTimeOffset.UtcNow.AddMonths(6) },
        }), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, amended.StatusCode);
        await Until.TrueAsync(async () => (await second.ReadAsync(record)).GetProperty("record").GetProperty("version").GetInt32() == 2);
        var statements = (await second.ReadAsync(record)).GetProperty("statements").EnumerateArray().ToDictionary(each => each.GetProperty("property").GetString()!, each => each.GetProperty("value").GetString());
        Assert.Equal("Tamim an-Nahri", statements["name"]);
        Assert.False(statements.ContainsKey("nationality"));

        await first.Analyst.PostAsync<JsonElement>($"/api/records/{record}/tighten", new { tlp = "TLP:AMBER+STRICT" });
        await Until.TrueAsync(async () => (await second.ReadAsync(record)).GetProperty("record").GetProperty("marking").GetProperty("tlp").GetString() == "TLP:AMBER+STRICT");
        await Until.TrueAsync(async () => await first.CopyStateAsync(record, second) == "complied");
    }

    [Fact]
    public async Task A_suspended_partner_gets_nothing_until_it_is_taken_up_again()
    {
        await using var first = await Ally.StartAsync("First");
        await using var second = await Ally.StartAsync("Second");
        await first.PairAsync(second);
        await first.AgreeAsync(second);
        var before = await first.RecordAsync("Tamim al-Nahri");
        await first.ReleaseAsync(second, before);
        await Until.TrueAsync(async () => await first.CopyStateAsync(before, second) == "stored");

        await first.Liaison.PostAsync<JsonElement>($"/api/partners/{second.Id}/suspend", new { reason = "a leak is looked into" });
        // A recall is still written down for it, and reaches it when it may ask again.
        await first.Liaison.PostAsync<JsonElement>($"/api/records/{before}/recall", new { reason = "no longer held true" });
        await Until.TrueAsync(async () => (await second.Liaison.GetAsync<JsonElement>($"/api/partners/{first.Id}")).GetProperty("partner").GetProperty("fault").GetString() is not null);
        Assert.Equal("held", await second.StateOfAsync(before));
        Assert.Equal("told", await first.CopyStateAsync(before, second));

        await first.Liaison.PostAsync<JsonElement>($"/api/partners/{second.Id}/resume", new { reason = "nothing found" });
        await Until.TrueAsync(async () => await second.StateOfAsync(before) == "recalled");
        await Until.TrueAsync(async () => await first.CopyStateAsync(before, second) == "complied");
    }

    [Fact]
    public async Task A_new_key_is_learnt_by_itself_and_one_after_a_theft_is_not()
    {
        await using var first = await Ally.StartAsync("First");
        await using var second = await Ally.StartAsync("Second");
        await first.PairAsync(second);
        await first.AgreeAsync(second);
        await first.Liaison.PostAsync<JsonElement>("/api/partners/self/key", new { compromised = false });
        var record = await first.RecordAsync("Tamim al-Nahri");
        await first.ReleaseAsync(second, record);
        await Until.TrueAsync(async () => await first.CopyStateAsync(record, second) == "stored");

        await first.Liaison.PostAsync<JsonElement>("/api/partners/self/key", new { compromised = true });
        await Until.TrueAsync(async () => (await second.Liaison.GetAsync<JsonElement>($"/api/partners/{first.Id}")).GetProperty("partner").GetProperty("state").GetString() == "introduced");
    }

    [Fact]
    public async Task Why_a_partner_has_a_record_or_lacks_it_is_told_rule_by_rule()
    {
        await using var first = await Ally.StartAsync("First");
        await using var second = await Ally.StartAsync("Second");
        await first.PairAsync(second);
        await first.AgreeAsync(second);
        var record = await first.RecordAsync("Tamim al-Nahri", Array.Empty<string>());
        var why = await first.Liaison.GetAsync<JsonElement>($"/api/partners/{second.Id}/why?record={record}");
        Assert.False(why.GetProperty("allowed").GetBoolean());
        Assert.Equal("audience-admits", Assert.Single(why.GetProperty("rules").EnumerateArray(), rule => !rule.GetProperty("passed").GetBoolean()).GetProperty("code").GetString());
        Assert.Equal(JsonValueKind.Null, why.GetProperty("copy").ValueKind);
    }

    [Fact]
    public async Task A_partner_s_record_is_screened_against_and_what_rested_on_it_opens_again_when_it_is_recalled()
    {
        await using var first = await Ally.StartAsync("First");
        await using var second = await Ally.StartAsync("Second");
        await first.PairAsync(second);
        await first.AgreeAsync(second);
        var record = await first.RecordAsync("تميم النهري");
        await first.ReleaseAsync(second, record);
        await Until.TrueAsync(async () => await first.CopyStateAsync(record, second) == "stored");

        var alert = "";
        await Until.TrueAsync(async () =>
        {
            var answer = (await ScreenAsync(second)).GetProperty("answers").GetProperty("q");
            if (answer.GetProperty("results").GetArrayLength() == 0)
                return false; // the index follows within seconds
            alert = Assert.Single(answer.GetProperty("alerts").EnumerateArray()).GetProperty("id").GetString()!;
            return true;
        });
        var reviewer = await second.Node.ClientForAsync(Entente.Node.Access.Role.Reviewer);
        await reviewer.PostAsync<JsonElement>($"/api/alerts/{alert}/decisions", new { verdict = "trueMatch", reason = "confirmed by the passport", revision = 1 });

        var contribution = await second.Liaison.GetAsync<JsonElement>("/api/contribution");
        Assert.Equal(1, contribution.GetProperty("matches").GetInt32());
        var share = Assert.Single(contribution.GetProperty("partners").EnumerateArray(), each => each.GetProperty("partner").GetString() == first.Id);
        Assert.Equal((1, 1, 1.0), (share.GetProperty("alone").GetInt32(), share.GetProperty("missedWithout").GetInt32(), share.GetProperty("shapley").GetDouble()));

        await first.Liaison.PostAsync<JsonElement>($"/api/records/{record}/recall", new { reason = "another man" });
        await Until.TrueAsync(async () => await second.StateOfAsync(record) == "recalled");
        Assert.Equal(0, (await ScreenAsync(second)).GetProperty("answers").GetProperty("q").GetProperty("results").GetArrayLength());
        var after = await second.Analyst.GetAsync<JsonElement>($"/api/alerts/{alert}");
        Assert.Equal("open", after.GetProperty("alert").GetProperty("state").GetString());
        Assert.Equal("undecided", after.GetProperty("alert").GetProperty("verdict").GetString());

        static Task<JsonElement> ScreenAsync(Ally ally) => ally.Analyst.PostAsync<JsonElement>("/api/screenings", new
        {
            datasets = new[] { "records" },
            queries = new { q = new { schema = "Person", properties = new { name = new[] { "Tamim al-Nahri" }, birthDate = new[] { "1975-03-04" } } } },
        });
    }

    [Fact]
    public async Task A_record_ends_by_itself_on_both_sides_without_a_message()
    {
        await using var first = await Ally.StartAsync("First");
        await using var second = await Ally.StartAsync("Second");
        await first.PairAsync(second);
        await first.AgreeAsync(second);
        var record = await first.RecordAsync("Tamim al-Nahri", expires: DateTimeOffset.UtcNow.AddSeconds(20));
        await first.ReleaseAsync(second, record);
        await Until.TrueAsync(async () => await second.StateOfAsync(record) == "held");
        await Until.TrueAsync(async () => await first.StateOfAsync(record) == "expired" && await second.StateOfAsync(record) == "expired", 60);
        Assert.Empty((await second.ReadAsync(record)).GetProperty("statements").EnumerateArray());
        Assert.Equal("", (await second.ReadAsync(record)).GetProperty("signed").GetString());
    }
}
