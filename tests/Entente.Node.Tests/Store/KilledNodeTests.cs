using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Entente.Node.Audit;
using Entente.Node.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Tests.Store;

/// <summary>A node is killed (SIGKILL) at random moments while it writes. What it said was written is there afterwards, and the trail is whole.</summary>
public sealed class KilledNodeTests
{
    private const int Writers = 12, DefaultRounds = 10;

    private static readonly TimeSpan FirstAnswer = TimeSpan.FromSeconds(120);

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
                using var victim = await Victim.StartAsync(folder.FullName, postgres, TestContext.Current.CancellationToken);
                var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                var load = Enumerable.Range(0, Writers).Select(writer => WriteAsync(victim.Address, $"{round}-{writer}", writer, acknowledged, refused, begun)).ToList();
                // Mostly while it writes, now and then before it acknowledged anything: while it starts, reads lists, makes tables.
                if (round % 5 != 4)
                {
                    // A load that stopped, or a node that only refuses, is a failure of its own, and is not to be taken for a loss.
                    await Task.WhenAny(begun.Task, Task.WhenAll(load), Task.Delay(FirstAnswer, TestContext.Current.CancellationToken));
                    Assert.True(begun.Task.IsCompleted, $"round {round}: nothing was acknowledged within {FirstAnswer.TotalSeconds} s; refused: {string.Join(", ", refused.CountBy(status => status))}; the node {(victim.IsAlive ? "lives" : "ended by itself")}");
                }
                await Task.Delay(dice.Next(0, 400), TestContext.Current.CancellationToken);
                victim.Kill();
                await Task.WhenAll(load);
            }

            var store = postgres is null ? NodeStore.InFolder(folder.FullName) : NodeStore.OnPostgres(postgres);
            await store.MigrateAsync(TestContext.Current.CancellationToken); // as the next start would
            await using var db = store.Open();
            var kept = (await db.Settings.Select(setting => "setting:" + setting.Name).ToListAsync(TestContext.Current.CancellationToken)).ToHashSet();
            var recorded = (await db.Audit.Select(entry => entry.About).ToListAsync(TestContext.Current.CancellationToken)).ToHashSet();
            Assert.True(acknowledged.Count > rounds, $"only {acknowledged.Count} writes were acknowledged in {rounds} rounds: the load is no load");
            Assert.Equal([], acknowledged.Except(recorded));
            Assert.Equal([], acknowledged.Where(about => about.StartsWith("setting:", StringComparison.Ordinal)).Except(kept));
            // Nothing is half there: a row without its entry, or an entry without its row.
            Assert.Equal(kept.Order(), recorded.Where(about => about.StartsWith("setting:", StringComparison.Ordinal)).Order());

            var verdict = await AuditService.VerifyAsync(store, folder.FullName, [], TestContext.Current.CancellationToken);
            Assert.True(verdict.Intact, string.Join("; ", verdict.Faults.Select(fault => fault.Message)));
            TestContext.Current.SendDiagnosticMessage($"{kind}: {rounds} kills, {acknowledged.Count} acknowledged, {verdict.Entries} entries");
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task WriteAsync(Uri address, string prefix, int writer, ConcurrentBag<string> acknowledged, ConcurrentBag<HttpStatusCode> refused, TaskCompletionSource begun)
    {
        using var client = new HttpClient { BaseAddress = address };
        try
        {
            for (var i = 0; ; i++)
            {
                var id = $"{prefix}-{i}";
                var (path, about) = ((writer + i) % 3) switch
                {
                    0 => ($"/kill/act/{id}", $"setting:{id}"),
                    1 => ($"/kill/record/{id}", $"account:{id}"),
                    _ => ($"/kill/screen/{id}", null),
                };
                using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), null);
                if (answer.IsSuccessStatusCode)
                {
                    acknowledged.Add(about ?? $"screening:{await answer.Content.ReadAsStringAsync()}");
                    begun.TrySetResult();
                }
                else
                {
                    refused.Add(answer.StatusCode);
                }
            }
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or TaskCanceledException)
        {
            // It was killed.
        }
    }
}
