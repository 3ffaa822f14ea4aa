using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Entente.Node.Alerts;
using Entente.Node.Audit;
using Entente.Node.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Tests.Store;

/// <summary>
/// A node is killed (SIGKILL) at random moments while it writes. What it said was written is there afterwards, whole, and the trail
/// too: acts and records of all kinds, and through the API screenings, alerts and decisions.
/// </summary>
public sealed class KilledNodeTests
{
    private const int Writers = 12, DefaultRounds = 10;

    // Of the fictional sample.
    private const string Listed = "Tariq Salman Abd al-Rahim al-Qadiri";

    private static readonly TimeSpan FirstAnswer = TimeSpan.FromSeconds(120);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Databases => Stores.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task What_was_acknowledged_outlives_kill_9(string kind)
    {
        var rounds = int.TryParse(Environment.GetEnvironmentVariable("ENTENTE_KILL_ROUNDS"), CultureInfo.InvariantCulture, out var asked) ? asked : DefaultRounds;
        var folder = Directory.CreateTempSubdirectory("entente-kill-");
        try
        {
            var postgres = kind == Stores.Postgres ? Stores.NewPostgresDatabase() : null;
            var acknowledged = new ConcurrentBag<string>();
            var refused = new ConcurrentBag<HttpStatusCode>();
            var dice = new Random(20260101);
            for (var round = 0; round < rounds; round++)
            {
                using var victim = await Victim.StartAsync(folder.FullName, postgres, Cancel);
                var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                var load = Enumerable.Range(0, Writers).Select(writer => WriteAsync(victim, $"{round}-{writer}", writer, acknowledged, refused, begun)).ToList();
                // Mostly while it writes, now and then before it acknowledged anything: while it starts, reads lists, makes tables.
                if (round % 5 != 4)
                {
                    // A load that stopped, or a node that only refuses, is a failure of its own, and is not to be taken for a loss.
                    await Task.WhenAny(begun.Task, Task.WhenAll(load), Task.Delay(FirstAnswer, Cancel));
                    Assert.True(begun.Task.IsCompleted, $"round {round}: nothing was acknowledged within {FirstAnswer.TotalSeconds} s; refused: {string.Join(", ", refused.CountBy(status => status))}; the node {(victim.IsAlive ? "lives" : "ended by itself")}");
                }
                await Task.Delay(dice.Next(0, 400), Cancel);
                victim.Kill();
                await Task.WhenAll(load);
            }

            var store = postgres is null ? NodeStore.InFolder(folder.FullName) : NodeStore.OnPostgres(postgres);
            await store.MigrateAsync(Cancel); // as the next start would
            await using var db = store.Open();
            if (postgres is not null)
                await QuietAsync(db);
            var told = acknowledged.ToLookup(about => about[..about.IndexOf(':', StringComparison.Ordinal)]);
            Assert.True(acknowledged.Count > rounds, $"only {acknowledged.Count} writes were acknowledged in {rounds} rounds: the load is no load");
            Assert.All(["setting", "account", "screening", "alert", "decided"], each => Assert.NotEmpty(told[each]));

            var trail = await db.Audit.AsNoTracking().Select(entry => new { entry.Action, entry.About }).ToListAsync(Cancel);
            IEnumerable<string> Recorded(string action) => trail.Where(entry => entry.Action == action).Select(entry => entry.About);
            Assert.Equal([], acknowledged.Where(about => !about.StartsWith("decided:", StringComparison.Ordinal)).Except(trail.Select(entry => entry.About)));

            // Nothing is half there: a row without its entry and its event, or those without their row.
            var settings = (await db.Settings.AsNoTracking().Select(setting => setting.Name).ToListAsync(Cancel)).Select(name => "setting:" + name);
            Assert.Equal([], told["setting"].Except(settings));
            Assert.Equal(settings.Order(), trail.Select(entry => entry.About).Where(about => about.StartsWith("setting:", StringComparison.Ordinal)).Order());

            var alerts = await db.Alerts.AsNoTracking().ToListAsync(Cancel);
            var feed = await db.Feed.AsNoTracking().ToListAsync(Cancel);
            Assert.Equal([], told["alert"].Except(alerts.Select(alert => "alert:" + alert.Id)));
            Assert.Equal(alerts.Select(alert => "alert:" + alert.Id).Order(), Recorded(AuditAction.AlertRaised).Order());
            Assert.Equal(alerts.Select(alert => "alert:" + alert.Id).Order(), feed.Where(item => item.Type == "alert.raised").Select(item => item.About).Order());

            var decisions = await db.Decisions.AsNoTracking().ToListAsync(Cancel);
            Assert.Equal([], told["decided"].Select(about => about["decided:".Length..]).Except(decisions.Select(decision => decision.AlertId)));
            Assert.Equal(decisions.Select(decision => "alert:" + decision.AlertId).Order(), Recorded(AuditAction.DecisionMade).Order());
            Assert.Equal(decisions.Select(decision => "alert:" + decision.AlertId).Order(), feed.Where(item => item.Type == "alert.decided").Select(item => item.About).Order());
            Assert.Equal(decisions.Select(decision => decision.AlertId).Order(), alerts.Where(alert => alert.State == AlertState.Decided).Select(alert => alert.Id).Order());
            Assert.Equal(Enumerable.Range(1, feed.Count).Select(seq => (long)seq), feed.Select(item => item.Seq).Order());

            var verdict = await AuditService.VerifyAsync(store, folder.FullName, [], Cancel);
            Assert.True(verdict.Intact, string.Join("; ", verdict.Faults.Select(fault => fault.Message)));
            TestContext.Current.SendDiagnosticMessage($"{kind}: {rounds} kills, acknowledged {string.Join(", ", told.Select(group => $"{group.Count()} {group.Key}"))}; {verdict.Entries} entries");
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    /// <summary>
    /// Waits until the server has done what the killed node had sent it. A commit that was under way is finished after the client is gone, and
    /// would come into sight between two questions below: seen under high load, as rows without their entries.
    /// </summary>
    private static async Task QuietAsync(NodeDb db)
    {
        while (await db.Database.SqlQueryRaw<int>("""SELECT count(*)::int AS "Value" FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'""").SingleAsync(Cancel) > 0)
            await Task.Delay(20, Cancel);
    }

    private static async Task WriteAsync(Victim victim, string prefix, int writer, ConcurrentBag<string> acknowledged, ConcurrentBag<HttpStatusCode> refused, TaskCompletionSource begun)
    {
        using var client = new HttpClient { BaseAddress = victim.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", victim.Key);
        try
        {
            for (var i = 0; ; i++)
            {
                var id = $"{prefix}-{i}";
                _ = ((writer + i) % 4) switch
                {
                    0 => await SayAsync(client.PostAsync(new Uri($"/kill/act/{id}", UriKind.Relative), null), _ => $"setting:{id}"),
                    1 => await SayAsync(client.PostAsync(new Uri($"/kill/record/{id}", UriKind.Relative), null), _ => $"account:{id}"),
                    2 => await SayAsync(client.PostAsync(new Uri($"/kill/screen/{id}", UriKind.Relative), null), answer => $"screening:{answer}"),
                    _ => await AlertAsync(id),
                };
            }
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or TaskCanceledException)
        {
            // It was killed.
        }

        // Screens one that matches, and decides two thirds of the alerts: two acts, each acknowledged by itself.
        async Task<bool> AlertAsync(string id)
        {
            var alert = "";
            var raised = await SayAsync(
                client.PostAsJsonAsync("/api/screenings", new JsonObject { ["queries"] = new JsonObject { ["q"] = new JsonObject { ["schema"] = "Person", ["subject"] = id, ["properties"] = new JsonObject { ["name"] = new JsonArray(Listed) } } } }),
                answer => "alert:" + (alert = (string)JsonNode.Parse(answer)!["answers"]!["q"]!["alerts"]![0]!["id"]!));
            if (!raised || writer % 3 == 0)
                return raised;
            var decided = await SayAsync(client.PostAsJsonAsync($"/api/alerts/{alert}/decisions", new JsonObject { ["revision"] = 1, ["verdict"] = "falseMatch", ["reason"] = "Invented." }), _ => $"decided:{alert}");
            // The longest way of all: by now there is a load of every kind.
            if (decided)
                begun.TrySetResult();
            return decided;
        }

        async Task<bool> SayAsync(Task<HttpResponseMessage> asked, Func<string, string> about)
        {
            using var answer = await asked;
            if (!answer.IsSuccessStatusCode)
            {
                refused.Add(answer.StatusCode);
                return false;
            }
            acknowledged.Add(about(await answer.Content.ReadAsStringAsync()));
            return true;
        }
    }
}
