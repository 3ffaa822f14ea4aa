using System.Net;
using System.Text.Json.Nodes;
using Entente.Node.Access;
using Entente.Node.Alerts;
using Entente.Node.Audit;
using Entente.Node.Settings;
using Entente.Node.Tests.Store;
using Microsoft.EntityFrameworkCore;
using static Entente.Node.Tests.Review.ReviewNode;

namespace Entente.Node.Tests.Review;

public sealed class AlertTests
{
    private const string Name = "Zubair Qasmiran Telmani";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Databases => Stores.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_match_becomes_an_alert_once_however_often_it_is_screened(string store)
    {
        await using var review = await StartAsync(store);
        var analyst = await review.Node.ClientForAsync(Role.Analyst);

        var first = await ScreenAsync(analyst, Name);
        var second = await ScreenAsync(analyst, Name);

        Assert.Equal("raised", (string?)first["alerts"]![0]!["effect"]);
        Assert.Equal("unchanged", (string?)second["alerts"]![0]!["effect"]);
        Assert.Equal((string?)first["alerts"]![0]!["id"], (string?)second["alerts"]![0]!["id"]);
        var (status, body) = await GetAsync(analyst, $"/api/alerts/{first["alerts"]![0]!["id"]}");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(Name, (string?)body!["alert"]!["entityCaption"]);
        Assert.NotEmpty(body["match"]!["evidence"]!.AsArray());
        Assert.NotEmpty(body["screenings"]!.AsArray());
        Assert.Contains(body["history"]!.AsArray(), entry => (string?)entry!["action"] == AuditAction.AlertRaised);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Nothing_to_compare_is_no_match_and_not_clear(string store)
    {
        await using var review = await StartAsync(store);
        var analyst = await review.Node.ClientForAsync(Role.Analyst);
        var answer = await PostAsync(analyst, "/api/screenings", new JsonObject { ["queries"] = new JsonObject { ["q"] = new JsonObject { ["properties"] = new JsonObject { ["name"] = "?" } } } });
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("nothing to compare", (string?)answer.Body!["detail"], StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_decision_holds_while_the_facts_are_the_same_whatever_else_the_list_says(string store)
    {
        await using var review = await StartAsync(store, [Listed.Person("t-1", Name, ("birthDate", "1970"), ("notes", "one"))]);
        var reviewer = await review.Node.ClientForAsync(Role.Reviewer);
        var alert = (await ScreenAsync(reviewer, Name))["alerts"]![0]!;
        Assert.Equal(HttpStatusCode.Created, (await DecideAsync(reviewer, (string)alert["id"]!, 1)).Status);

        await review.ChangeAsync(Listed.Person("t-1", Name, ("birthDate", "1970"), ("notes", "another remark")));
        var again = (await ScreenAsync(reviewer, Name))["alerts"]![0]!;

        Assert.Equal(("suppressed", "falseMatch"), ((string?)again["effect"], (string?)again["verdict"]));
        Assert.Equal(AlertState.Decided, (await review.OnlyAlertAsync()).State);
    }

    public static TheoryData<string, string, string, string> MaterialChanges()
    {
        var data = new TheoryData<string, string, string, string>();
        foreach (var store in Stores.All.Select(row => row.Data))
        {
            data.Add(store, "name", "alias", "Abu Kharsan");
            data.Add(store, "date", "birthDate", "1971-04-05");
            data.Add(store, "document", "passportNumber", "K7719905");
            data.Add(store, "country", "nationality", "jo");
            data.Add(store, "listing", "program", "TEST-2");
        }
        return data;
    }

    [Theory, MemberData(nameof(MaterialChanges))]
    public async Task A_material_change_of_the_listed_entity_reopens_and_says_which(string store, string fact, string property, string value)
    {
        await using var review = await StartAsync(store);
        var reviewer = await review.Node.ClientForAsync(Role.Reviewer);
        var alert = (await ScreenAsync(reviewer, Name))["alerts"]![0]!;
        await DecideAsync(reviewer, (string)alert["id"]!, 1);

        await review.ChangeAsync(Listed.Person("t-1", Name, (property, value)));

        var reopened = (await GetAsync(reviewer, $"/api/alerts/{alert["id"]}")).Body!;
        Assert.Equal("open", (string?)reopened["alert"]!["state"]);
        Assert.Equal("undecided", (string?)reopened["alert"]!["verdict"]);
        var because = Assert.Single(reopened["alert"]!["reopenedBecause"]!.AsArray())!;
        Assert.Equal(("entity", fact), ((string?)because["side"], (string?)because["fact"]));
        Assert.Empty(because["from"]!.AsArray());
        Assert.Contains(value, because["to"]!.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("superseded", (string?)reopened["decisions"]![0]!["state"]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_material_change_of_the_subject_reopens_and_says_from_what_to_what(string store)
    {
        await using var review = await StartAsync(store);
        var reviewer = await review.Node.ClientForAsync(Role.Reviewer);
        var alert = (await PutSubjectAsync(reviewer, "C-1", Name, "1980-01-02")).Body!["alerts"]![0]!;
        await DecideAsync(reviewer, (string)alert["id"]!, 1);
        Assert.Equal("unchanged", (string?)(await PutSubjectAsync(reviewer, "C-1", Name, "1980-01-02")).Body!["effect"]);
        Assert.Equal(AlertState.Decided, (await review.OnlyAlertAsync()).State);

        var changed = (await PutSubjectAsync(reviewer, "C-1", Name, "1981-01-02")).Body!;

        Assert.Equal("changed", (string?)changed["effect"]);
        var because = Assert.Single(changed["alerts"]![0]!["reopenedBecause"]!.AsArray())!;
        Assert.Equal(("subject", "date", "1980-01-02", "1981-01-02"), ((string?)because["side"], (string?)because["fact"], (string?)because["from"]![0], (string?)because["to"]![0]));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_delisting_withdraws_at_the_next_update_and_a_new_listing_reopens(string store)
    {
        await using var review = await StartAsync(store);
        var reviewer = await review.Node.ClientForAsync(Role.Reviewer);
        var alert = (await ScreenAsync(reviewer, Name))["alerts"]![0]!;
        await DecideAsync(reviewer, (string)alert["id"]!, 1);

        await review.ChangeAsync();
        var withdrawn = await review.OnlyAlertAsync();
        Assert.Equal((AlertState.Withdrawn, Verdict.FalseMatch), (withdrawn.State, withdrawn.Verdict));
        Assert.Equal(HttpStatusCode.Conflict, (await DecideAsync(reviewer, withdrawn.Id, withdrawn.Revision)).Status);

        await review.ChangeAsync(Listed.Person("t-1", Name));
        var again = (await ScreenAsync(reviewer, Name))["alerts"]![0]!;
        Assert.Equal("reopened", (string?)again["effect"]);
        Assert.Equal(("listing", Dataset), ((string?)again["because"]![0]!["fact"], (string?)again["because"]![0]!["to"]![0]));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Of_two_reviewers_who_decide_at_once_one_is_told_what_the_other_did(string store)
    {
        await using var review = await StartAsync(store);
        HttpClient[] reviewers = [await review.Node.ClientForAsync(Role.Reviewer), await review.Node.ClientForAsync(Role.Reviewer)];
        var alert = (string)(await ScreenAsync(reviewers[0], Name))["alerts"]![0]!["id"]!;

        var answers = await Task.WhenAll(DecideAsync(reviewers[0], alert, 1), DecideAsync(reviewers[1], alert, 1, "trueMatch"));

        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.Conflict], answers.Select(answer => answer.Status).Order());
        var present = answers.Single(answer => answer.Status == HttpStatusCode.Conflict).Body!["alerts"]![0]!;
        Assert.Equal(("decided", 2), ((string?)present["state"], (int)present["revision"]!));
        await using var db = review.Open();
        Assert.Single(await db.Decisions.ToListAsync(Cancel));
        Assert.Single(await db.Audit.Where(entry => entry.Action == AuditAction.DecisionMade).ToListAsync(Cancel));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Where_four_eyes_are_asked_for_the_author_never_approves_also_not_by_a_key(string store)
    {
        await using var review = await StartAsync(store);
        await review.SetAsync(NodeSettings.FourEyes, FourEyes.TrueMatches);
        var (author, account) = await review.Node.MemberAsync([Role.Reviewer]);
        var other = await review.Node.ClientForAsync(Role.Reviewer);
        var analyst = await review.Node.ClientForAsync(Role.Analyst);
        var alert = (string)(await ScreenAsync(author, Name))["alerts"]![0]!["id"]!;

        var proposed = await DecideAsync(author, alert, 1, "trueMatch", "Same person: passport seen.");
        Assert.Equal("proposed", (string?)proposed.Body!["state"]);
        var decision = (string)(await GetAsync(author, $"/api/alerts/{alert}")).Body!["decisions"]![0]!["id"]!;
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(author, $"/api/decisions/{decision}/approve", new JsonObject())).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(analyst, $"/api/decisions/{decision}/approve", new JsonObject())).Status);
        var asPerson = new Actor($"account:{account.Id}", account.Id, RoleRights.Of([Role.Reviewer]).ToHashSet());
        var service = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<AlertService>(review.Services);
        await Assert.ThrowsAsync<Hosting.RequestException>(() => service.ApproveAsync(asPerson, decision, null, Cancel));

        Assert.Equal("open", (string?)(await PostAsync(other, $"/api/decisions/{decision}/return", new JsonObject { ["reason"] = "Which passport?" })).Body!["state"]);
        proposed = await DecideAsync(author, alert, 3, "trueMatch", "Passport K7719905.");
        decision = (string)(await GetAsync(author, $"/api/alerts/{alert}")).Body!["decisions"]![0]!["id"]!;
        var approved = await PostAsync(other, $"/api/decisions/{decision}/approve", new JsonObject { ["reason"] = "Seen." });

        Assert.Equal(("decided", "trueMatch"), ((string?)approved.Body!["state"], (string?)approved.Body!["verdict"]));
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(other, $"/api/decisions/{decision}/approve", new JsonObject())).Status);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_proposal_does_not_outlive_the_facts_it_rests_on(string store)
    {
        await using var review = await StartAsync(store);
        var analyst = await review.Node.ClientForAsync(Role.Analyst);
        var reviewer = await review.Node.ClientForAsync(Role.Reviewer);
        var alert = (string)(await ScreenAsync(analyst, Name))["alerts"]![0]!["id"]!;
        Assert.Equal("proposed", (string?)(await DecideAsync(analyst, alert, 1)).Body!["state"]);
        var decision = (string)(await GetAsync(reviewer, $"/api/alerts/{alert}")).Body!["decisions"]![0]!["id"]!;

        await review.ChangeAsync(Listed.Person("t-1", Name, ("birthDate", "1966")));

        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(reviewer, $"/api/decisions/{decision}/approve", new JsonObject())).Status);
        Assert.Equal(AlertState.Open, (await review.OnlyAlertAsync()).State);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_second_thought_is_a_second_decision_and_where_it_is_returned_the_first_holds(string store)
    {
        await using var review = await StartAsync(store);
        await review.SetAsync(NodeSettings.FourEyes, FourEyes.TrueMatches);
        var author = await review.Node.ClientForAsync(Role.Reviewer);
        var other = await review.Node.ClientForAsync(Role.Reviewer);
        var alert = (string)(await ScreenAsync(author, Name))["alerts"]![0]!["id"]!;
        await DecideAsync(author, alert, 1);
        await DecideAsync(author, alert, 2, "trueMatch", "On second thought.");
        var decisions = (await GetAsync(author, $"/api/alerts/{alert}")).Body!["decisions"]!.AsArray();
        Assert.Equal(["proposed", "inForce"], decisions.Select(decision => (string?)decision!["state"]));

        var returned = await PostAsync(other, $"/api/decisions/{decisions[0]!["id"]}/return", new JsonObject { ["reason"] = "No." });

        Assert.Equal(("decided", "falseMatch"), ((string?)returned.Body!["state"], (string?)returned.Body!["verdict"]));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Many_alerts_of_one_subject_are_cleared_with_one_reason_and_of_several_they_are_not(string store)
    {
        await using var review = await StartAsync(store, Enumerable.Range(1, 4).Select(i => Listed.Person($"t-{i}", Name, ("birthDate", $"{1950 + i}"))));
        var reviewer = await review.Node.ClientForAsync(Role.Reviewer);
        var alerts = (await ScreenAsync(reviewer, Name))["alerts"]!.AsArray();
        var otherSubject = (await ScreenAsync(reviewer, Name, reference: "C-2"))["alerts"]!.AsArray();
        Assert.Equal((4, 4), (alerts.Count, otherSubject.Count));

        static JsonObject Many(IEnumerable<JsonNode?> some) => new()
        {
            ["alerts"] = new JsonArray([.. some.Select(alert => new JsonObject { ["id"] = (string?)alert!["id"], ["revision"] = 1 })]),
            ["verdict"] = "falseMatch",
            ["reason"] = "Our own employee.",
        };
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(reviewer, "/api/alerts/decisions", Many([alerts[0], otherSubject[1]]))).Status);
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(reviewer, "/api/alerts/decisions", Many(alerts))).Status);
        // All or none: one of them is decided already.
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(reviewer, "/api/alerts/decisions", Many([alerts[0], .. otherSubject.Where(alert => (string?)alert!["entity"] == (string?)alerts[0]!["entity"])]))).Status);
        var counts = (await GetAsync(reviewer, "/api/alerts/counts")).Body!["states"]!;
        Assert.Equal((4, 4), ((int)counts["open"]!, (int)counts["decided"]!));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_queue_is_ordered_by_evidence_and_paged_without_loss(string store)
    {
        await using var review = await StartAsync(store, Enumerable.Range(0, 12).Select(i => Listed.Person($"t-{i}", i % 3 == 0 ? Name : $"Zubair Qasmiran Telmani al-Khorim{(char)('a' + i)}shtani", ("birthDate", $"19{50 + i}"))));
        var reviewer = await review.Node.ClientForAsync(Role.Reviewer);
        await ScreenAsync(reviewer, Name);
        await ScreenAsync(reviewer, Name, "1953", reference: "C-1");
        await ScreenAsync(reviewer, "Кто-то другой Совсемов", reference: "C-2");

        var all = (await GetAsync(reviewer, "/api/alerts?limit=500")).Body!["alerts"]!.AsArray().Select(alert => ((string)alert!["id"]!, (double)alert["weight"]!)).ToList();
        var paged = new List<(string, double)>();
        for (string? next = "", path = "/api/alerts?limit=2"; next is not null; path = $"/api/alerts?limit=2&after={next}")
        {
            var page = (await GetAsync(reviewer, path)).Body!;
            paged.AddRange(page["alerts"]!.AsArray().Select(alert => ((string)alert!["id"]!, (double)alert["weight"]!)));
            next = (string?)page["next"];
        }

        Assert.True(all.Count >= 5, $"{all.Count} alerts");
        Assert.Equal(all, paged);
        Assert.Equal(all.OrderByDescending(alert => alert.Item2).Select(alert => alert.Item2), all.Select(alert => alert.Item2));
        var (me, _) = (await review.Node.MemberAsync([Role.Analyst]));
        var taken = await PostAsync(me, $"/api/alerts/{all[0].Item1}/assign", new JsonObject { ["revision"] = 1, ["to"] = "me" });
        Assert.Equal(HttpStatusCode.OK, taken.Status);
        Assert.Single((await GetAsync(me, "/api/alerts?assigned=me")).Body!["alerts"]!.AsArray());
        Assert.Equal(all.Count - 1, (await GetAsync(me, "/api/alerts?assigned=nobody&limit=500")).Body!["alerts"]!.AsArray().Count);
        Assert.Equal(all.Count, (await GetAsync(me, $"/api/alerts?dataset={Dataset}&limit=500")).Body!["alerts"]!.AsArray().Count);
        Assert.Empty((await GetAsync(me, "/api/alerts?dataset=other")).Body!["alerts"]!.AsArray());
        Assert.Equal(all.Count, (await GetAsync(me, "/api/alerts?text=QASMIRAN&limit=500")).Body!["alerts"]!.AsArray().Count);
        Assert.Empty((await GetAsync(me, "/api/alerts?raisedBefore=2001-01-01")).Body!["alerts"]!.AsArray());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_not_understood_is_refused_and_says_what_is(string store)
    {
        await using var review = await StartAsync(store);
        var reviewer = await review.Node.ClientForAsync(Role.Reviewer);
        var alert = (string)(await ScreenAsync(reviewer, Name))["alerts"]![0]!["id"]!;

        foreach (var (status, body) in new[]
        {
            await GetAsync(reviewer, "/api/alerts?stat=open"),
            await GetAsync(reviewer, "/api/alerts?state=opened"),
            await GetAsync(reviewer, "/api/alerts?after=x"),
            await GetAsync(reviewer, "/api/alerts?limit=0"),
            await DecideAsync(reviewer, alert, 1, "undecided"),
            await DecideAsync(reviewer, alert, 1, "maybe"),
            await DecideAsync(reviewer, alert, 1, reason: "  "),
            await PostAsync(reviewer, $"/api/alerts/{alert}/decisions", new JsonObject { ["revision"] = 1, ["verdict"] = "falseMatch", ["raison"] = "x" }),
            await PostAsync(reviewer, $"/api/alerts/{alert}/comments", new JsonObject { ["text"] = "" }),
            await PostAsync(reviewer, "/api/screenings", new JsonObject { ["queries"] = new JsonObject() }),
        })
        {
            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.NotEmpty((string)body!["detail"]!);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(reviewer, "/api/alerts/nothing")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await DecideAsync(reviewer, "nothing", 1)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await DecideAsync(await review.Node.ClientForAsync(Role.Auditor), alert, 1)).Status);
        Assert.Equal(AlertState.Open, (await review.OnlyAlertAsync()).State);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Several_alerts_are_given_to_a_colleague_all_or_none(string store)
    {
        await using var review = await StartAsync(store);
        var (analyst, reviewer) = (await review.Node.ClientForAsync(Role.Analyst), await review.Node.MemberAsync([Role.Reviewer]));
        var (_, administrator) = await review.Node.MemberAsync([Role.Administrator]);
        var ids = new List<string>();
        foreach (var reference in new[] { "c-1", "c-2", "c-3" })
            ids.Add((string)(await ScreenAsync(analyst, Name, reference: reference))["alerts"]![0]!["id"]!);
        JsonObject Ask(string? to, params int[] revisions) => new() { ["to"] = to, ["alerts"] = new JsonArray([.. ids.Zip(revisions, (id, revision) => (JsonNode)new JsonObject { ["id"] = id, ["revision"] = revision })]) };
        async Task<int> GivenAsync() => (await GetAsync(analyst, $"/api/alerts?assigned={reviewer.Account.Id}")).Body!["alerts"]!.AsArray().Count;

        var colleagues = (await GetAsync(analyst, "/api/alerts/colleagues")).Body!["colleagues"]!.AsArray().Select(one => (string?)one!["id"]).ToList();
        Assert.Contains(reviewer.Account.Id, colleagues);
        Assert.DoesNotContain(administrator.Id, colleagues);

        // Somebody else was quicker with one of them: none is given.
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(analyst, "/api/alerts/assign", Ask(reviewer.Account.Id, 1, 1, 7))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(analyst, "/api/alerts/assign", Ask(administrator.Id, 1, 1, 1))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(analyst, "/api/alerts/assign", new JsonObject { ["to"] = "me", ["alerts"] = new JsonArray((JsonNode?)null) })).Status);
        Assert.Equal(0, await GivenAsync());

        var given = await PostAsync(analyst, "/api/alerts/assign", Ask(reviewer.Account.Id, 1, 1, 1));
        Assert.Equal(HttpStatusCode.OK, given.Status);
        Assert.All(given.Body!["alerts"]!.AsArray(), alert => Assert.Equal((reviewer.Account.Id, 2), ((string?)alert!["assignedTo"], (int)alert["revision"]!)));
        Assert.Equal(3, await GivenAsync());
        await using var db = review.Open();
        Assert.Equal(3, await db.Audit.CountAsync(entry => entry.Action == AuditAction.AlertAssigned, Cancel));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_queue_is_searched_by_names_and_by_the_references_of_those_in_the_book_and_beside_it(string store)
    {
        await using var review = await StartAsync(store);
        var analyst = await review.Node.ClientForAsync(Role.Analyst);
        await PutSubjectAsync(analyst, "Kunde-77", Name);
        await ScreenAsync(analyst, Name, reference: "Besucher-5");
        // Screened again from outside, one of the book is still known by its reference.
        await review.ChangeAsync(Listed.Person("t-1", Name, ("birthDate", "1970")));
        await ScreenAsync(analyst, Name, reference: "Kunde-77");

        async Task<int> FoundAsync(string text) => (await GetAsync(analyst, $"/api/alerts?text={text}")).Body!["alerts"]!.AsArray().Count;
        Assert.Equal((1, 1, 2, 0), (await FoundAsync("kunde-77"), await FoundAsync("BESUCHER"), await FoundAsync("qasmiran"), await FoundAsync("kunde-78")));
    }
}
