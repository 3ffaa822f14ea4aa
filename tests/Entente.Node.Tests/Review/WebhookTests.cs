using Entente.Node.Audit;
using System.Net;
using System.Text.Json.Nodes;
using Entente.Node.Access;
using Entente.Node.Hosting;
using Entente.Node.Monitoring;
using Entente.Node.Settings;
using Entente.Node.Tests.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Entente.Node.Tests.Review.ReviewNode;

namespace Entente.Node.Tests.Review;

public sealed class WebhookTests
{
    private const string Name = "Zubair Qasmiran Telmani";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Databases => Stores.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Events_arrive_signed_and_the_secret_is_shown_once(string store)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var review = await StartAsync(store, configure: Impatient);
        var (hook, secret, administrator) = await AddAsync(review, receiver, "alert.raised");

        await PutSubjectAsync(await review.Node.ClientForAsync(Role.Analyst), "C-1", Name);

        var received = (await receiver.WaitForAsync(1))[0];
        Assert.True(received.IsSignedBy(secret));
        Assert.Equal(("alert.raised", Name), ((string?)received.Json["type"], (string?)received.Json["data"]!["entityCaption"]));
        await Until.TrueAsync(async () => (string?)(await DeliveriesAsync(administrator, hook))[0]!["state"] == "delivered");
        Assert.Single(receiver.All);
        await using var db = review.Open();
        Assert.DoesNotContain(secret, (await GetAsync(administrator, "/api/webhooks")).Body!.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(secret, (await db.Webhooks.SingleAsync(Cancel)).ProtectedSecret, StringComparison.Ordinal);
        Assert.All(await db.Audit.Select(entry => entry.Payload).ToListAsync(Cancel), payload => Assert.DoesNotContain(secret, payload ?? "", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_fails_is_sent_again_under_the_same_id_until_it_arrives(string store)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var review = await StartAsync(store, configure: Impatient);
        var (hook, secret, administrator) = await AddAsync(review, receiver, "alert.raised");
        receiver.Answer = (http, _) =>
        {
            http.Response.Headers.Location = "/elsewhere"; // never followed
            return Task.FromResult(receiver.All.Count switch { 1 => 500, 2 => 302, _ => 200 });
        };

        await PutSubjectAsync(await review.Node.ClientForAsync(Role.Analyst), "C-1", Name);

        var received = await receiver.WaitForAsync(3);
        Assert.Single(received.Select(one => one.Id).Distinct());
        Assert.All(received, one => Assert.True(one.IsSignedBy(secret)));
        await Until.TrueAsync(async () => (string?)(await DeliveriesAsync(administrator, hook))[0]!["state"] == "delivered");
        Assert.Equal(3, (int)(await DeliveriesAsync(administrator, hook))[0]!["attempts"]!);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_test_goes_to_one_webhook_alone_whatever_it_wants_and_not_while_it_is_paused(string store)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var other = await WebhookReceiver.StartAsync();
        await using var review = await StartAsync(store, configure: Impatient);
        var (hook, secret, administrator) = await AddAsync(review, receiver, "match.ended");
        await AddAsync(review, other);

        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(administrator, $"/api/webhooks/{hook}/test", new JsonObject())).Status);
        var received = (await receiver.WaitForAsync(1))[0];
        Assert.True(received.IsSignedBy(secret));
        Assert.Equal("webhook.tested", (string?)received.Json["type"]);
        // What comes after it reaches the other, and it did not.
        await PutSubjectAsync(await review.Node.ClientForAsync(Role.Analyst), "C-1", Name);
        Assert.All(await other.WaitForAsync(1), one => Assert.NotEqual("webhook.tested", (string?)one.Json["type"]));

        using var pause = await administrator.PatchAsync($"/api/webhooks/{hook}", new StringContent("""{"paused":true}""", System.Text.Encoding.UTF8, "application/json"), Cancel);
        Assert.Equal(HttpStatusCode.OK, pause.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(administrator, $"/api/webhooks/{hook}/test", new JsonObject())).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(administrator, "/api/webhooks/none/test", new JsonObject())).Status);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_never_arrives_is_given_up_and_shown_and_can_be_asked_for_again(string store)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var review = await StartAsync(store, configure: Impatient);
        var (hook, _, administrator) = await AddAsync(review, receiver, "alert.raised");
        receiver.Answer = (_, _) => Task.FromResult(503);

        await PutSubjectAsync(await review.Node.ClientForAsync(Role.Analyst), "C-1", Name);

        await Until.TrueAsync(async () => (string?)(await DeliveriesAsync(administrator, hook))[0]!["state"] == "givenUp");
        var delivery = (await DeliveriesAsync(administrator, hook))[0]!;
        Assert.Equal((4, "It answered 503."), ((int)delivery["attempts"]!, (string?)delivery["lastError"]));
        Assert.Equal(1, (int)(await GetAsync(administrator, "/api/webhooks")).Body!["webhooks"]![0]!["givenUp"]!);
        receiver.Answer = (_, _) => Task.FromResult(200);
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(administrator, $"/api/webhooks/{hook}/deliveries/{delivery["id"]}/redeliver", new JsonObject())).Status);
        await Until.TrueAsync(async () => (string?)(await DeliveriesAsync(administrator, hook))[0]!["state"] == "delivered");
        Assert.Equal((string?)delivery["id"], receiver.All.Last().Id);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_slow_receiver_holds_up_neither_acts_nor_other_receivers(string store)
    {
        await using var slow = await WebhookReceiver.StartAsync();
        await using var quick = await WebhookReceiver.StartAsync();
        await using var review = await StartAsync(store, configure: Impatient);
        var (hook, _, administrator) = await AddAsync(review, slow, "alert.raised");
        await AddAsync(review, quick, "alert.raised");
        slow.Answer = async (http, _) =>
        {
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return 200;
        };
        var analyst = await review.Node.ClientForAsync(Role.Analyst);
        await PutSubjectAsync(analyst, "C-1", Name);
        await slow.WaitForAsync(1);

        for (var i = 2; i < 6; i++)
            await PutSubjectAsync(analyst, $"C-{i}", Name);
        Assert.Equal(5, (await quick.WaitForAsync(5)).Select(one => one.Id).Distinct().Count());

        await Until.TrueAsync(async () => ((string?)(await DeliveriesAsync(administrator, hook))[^1]!["lastError"])?.Contains("did not answer", StringComparison.Ordinal) == true);
        // The first waits before it is tried again, and the others with it are not lost.
        Assert.Equal(5, (await DeliveriesAsync(administrator, hook)).Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_paused_webhook_is_sent_nothing_and_a_removed_one_is_gone(string store)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var review = await StartAsync(store, configure: Impatient);
        var (hook, secret, administrator) = await AddAsync(review, receiver);
        using (var paused = await administrator.PatchAsync($"/api/webhooks/{hook}", System.Net.Http.Json.JsonContent.Create(new { paused = true, newSecret = true }), Cancel))
            Assert.NotEqual(secret, (string?)JsonNode.Parse(await paused.Content.ReadAsStringAsync(Cancel))!["secret"]);
        await PutSubjectAsync(await review.Node.ClientForAsync(Role.Analyst), "C-1", Name);
        Assert.Empty(await DeliveriesAsync(administrator, hook));

        using (var removed = await administrator.DeleteAsync($"/api/webhooks/{hook}", Cancel))
            Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Empty((await GetAsync(administrator, "/api/webhooks")).Body!["webhooks"]!.AsArray());
        Assert.Empty(receiver.All);
    }

    [Theory]
    [InlineData("http://example.org/hook")]
    [InlineData("ftp://example.org/hook")]
    [InlineData("https://user:password@example.org/hook")]
    [InlineData("https://10.0.0.7/hook")]
    [InlineData("https://192.168.1.1/")]
    [InlineData("https://172.20.0.1/")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://100.64.0.1/")]
    [InlineData("https://0.0.0.0/")]
    [InlineData("https://[fd00::1]/")]
    [InlineData("https://[fe80::1]/")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    [InlineData("https://[2002:a00:1::]/")]
    [InlineData("https://0x0a000001/")]
    [InlineData("https://167772161/")]
    [InlineData("/hook")]
    [InlineData("")]
    public void Where_a_webhook_may_not_go_is_refused(string address) => Assert.Throws<RequestException>(() => WebhookAddress.Check(address, allowPrivate: false));

    [Theory]
    [InlineData("https://example.org/hook", false)]
    [InlineData("http://127.0.0.1:8080/hook", false)]
    [InlineData("http://localhost:8080/hook", false)]
    [InlineData("https://10.0.0.7/hook", true)]
    public void Where_it_may_is_not(string address, bool allowPrivate) => Assert.Equal(address, WebhookAddress.Check(address, allowPrivate).ToString());

    [Fact]
    public async Task A_name_that_leads_to_this_machine_is_no_way_in()
    {
        using var client = new HttpClient(new SocketsHttpHandler { ConnectCallback = (context, cancel) => WebhookAddress.ConnectAsync(context, false, cancel) });
        // 'localhost' by another name: looked up, it is a loopback address.
        var name = Dns.GetHostName();
        var resolved = await Dns.GetHostAddressesAsync(name, Cancel);
        Assert.SkipWhen(resolved.Length == 0, "skipped: this machine has no name");
        var fault = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri($"http://{name}:9/"), Cancel));
        Assert.True(fault.InnerException is WebhookRefusedException || resolved.Any(ip => !IPAddress.IsLoopback(ip)));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Settings_are_checked_recorded_and_take_effect(string store)
    {
        await using var review = await StartAsync(store);
        var administrator = await review.Node.ClientForAsync(Role.Administrator);
        foreach (var (name, value) in new (string, JsonNode?)[] { ("policy.threshold", 1.5), ("policy.threshold", "high"), ("policy.threshold", null), ("policy.limit", 0), ("review.fourEyes", "sometimes"), ("review.reasons", new JsonArray(new JsonObject { ["text"] = " " })), ("no.such", 1) })
            Assert.Equal(HttpStatusCode.BadRequest, (await PutAsync(administrator, $"/api/settings/{name}", new JsonObject { ["value"] = value })).Status);

        Assert.Equal(HttpStatusCode.OK, (await PutAsync(administrator, "/api/settings/policy.threshold", new JsonObject { ["value"] = 0.8 })).Status);

        var settings = review.Services.GetRequiredService<SettingsService>();
        Assert.Equal(0.8, settings.Policy().Threshold);
        var entry = await LastAsync(review);
        Assert.Equal(("setting:policy.threshold", """{"from":0.7,"to":0.8}"""), (entry.About, entry.Payload));
        using (var back = await administrator.DeleteAsync("/api/settings/policy.threshold", Cancel))
            Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        Assert.Equal(0.7, settings.Policy().Threshold);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(await review.Node.ClientForAsync(Role.Reviewer), "/api/settings")).Status);
    }

    private static async Task<AuditEntry> LastAsync(ReviewNode review)
    {
        await using var db = review.Open();
        return await db.Audit.AsNoTracking().OrderByDescending(entry => entry.Seq).FirstAsync(entry => entry.Action == AuditAction.SettingChanged, Cancel);
    }

    private static void Impatient(WebApplicationBuilder builder) => builder.Services.AddSingleton(new WebhookPatience
    {
        LookEvery = TimeSpan.FromMilliseconds(20),
        Timeout = TimeSpan.FromMilliseconds(1500),
        FirstWait = TimeSpan.FromMilliseconds(20),
        LongestWait = TimeSpan.FromMilliseconds(100),
        Attempts = 4,
    });

    private static async Task<(string Id, string Secret, HttpClient Administrator)> AddAsync(ReviewNode review, WebhookReceiver receiver, params string[] types)
    {
        var administrator = await review.Node.ClientForAsync(Role.Administrator);
        var (status, body) = await PostAsync(administrator, "/api/webhooks", new JsonObject { ["address"] = receiver.Address, ["types"] = new JsonArray([.. types.Select(type => (JsonNode)type)]) });
        Assert.Equal(HttpStatusCode.Created, status);
        return ((string)body!["id"]!, (string)body["secret"]!, administrator);
    }

    private static async Task<JsonArray> DeliveriesAsync(HttpClient client, string hook) => (await GetAsync(client, $"/api/webhooks/{hook}/deliveries")).Body!["deliveries"]!.AsArray();
}
