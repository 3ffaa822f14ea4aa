using System.Collections.Immutable;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Monitoring;
using Entente.Node.Store;
using Entente.Node.Subjects;
using Entente.Node.Tests.Store;
using Entente.Screening;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Entente.Node.Tests.Review.ReviewNode;

namespace Entente.Node.Tests.Review;

/// <summary>A node is killed (SIGKILL) in the middle of a run of the monitor, and again as it goes on with it.</summary>
public sealed class KilledMonitorTests
{
    private const string Name = "Zubair Qasmiran Telmani";

    private const int Subjects = 3000, Kills = 3;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Databases => Stores.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_run_that_was_killed_is_gone_on_with_and_nothing_is_lost_or_doubled(string kind)
    {
        await using var review = await StartAsync(kind, []);
        var book = review.Services.GetRequiredService<SubjectBook>();
        foreach (var some in Enumerable.Range(0, Subjects).Select(i => new SubjectEntry($"C-{i}", new Query { Schema = "Person", Names = ImmutableArray.Create(Name) })).Chunk(SubjectBook.MostAtOnce))
            await book.PutAsync(Actor.System("test"), some, null, Cancel);
        await review.UpToDateAsync();
        string? postgres = review.Node.Options.Postgres;
        var cursors = new List<string>();

        await review.RestartAsync(async () =>
        {
            // Whom it now lists, everybody in the book is.
            review.Install([Listed.Person("t-9", Name)]);
            var store = postgres is null ? NodeStore.InFolder(review.Folder) : NodeStore.OnPostgres(postgres);
            for (var kill = 0; kill < Kills; kill++)
            {
                using var victim = await Victim.StartAsync(review.Folder, postgres, Cancel);
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
                patience.CancelAfter(TimeSpan.FromMinutes(2));
                var before = cursors.LastOrDefault();
                while (true)
                {
                    // It has gone further than it was, and is not done.
                    await using var db = store.Open();
                    var run = await db.Set<MonitorRun>().AsNoTracking().SingleOrDefaultAsync(one => one.FormerLists != null && one.State == MonitorState.Running, patience.Token);
                    if (run?.Cursor is { } cursor && cursor != before)
                    {
                        victim.Kill();
                        cursors.Add(cursor);
                        break;
                    }
                    await Task.Delay(5, patience.Token);
                }
            }
        });
        var last = (await review.UpToDateAsync())!;

        // One run, however often it was begun; each subject was screened in it once.
        await using var after = review.Open();
        var runs = await after.Set<MonitorRun>().AsNoTracking().Where(run => run.FormerLists != null).ToListAsync(Cancel);
        Assert.Equal((last.Id, MonitorState.Done, (long)Subjects, (long)Subjects), (Assert.Single(runs).Id, last.State, last.Screened, last.NewMatches));
        Assert.Equal(cursors.Order(StringComparer.Ordinal), cursors);

        Assert.Equal(Subjects, await after.SubjectMatches.CountAsync(Cancel));
        var alerts = await after.Alerts.AsNoTracking().Select(alert => new { alert.Id, alert.SubjectKey }).ToListAsync(Cancel);
        Assert.Equal(Subjects, alerts.Select(alert => alert.SubjectKey).Distinct().Count());
        Assert.Equal(Subjects, alerts.Count);
        foreach (var type in new[] { "match.new", "alert.raised" })
        {
            var told = await after.Feed.AsNoTracking().Where(item => item.Type == type).Select(item => item.About).ToListAsync(Cancel);
            Assert.Equal((Subjects, Subjects), (told.Count, told.Distinct().Count()));
        }
        var raised = await after.Audit.AsNoTracking().Where(entry => entry.Action == AuditAction.AlertRaised).Select(entry => entry.About).ToListAsync(Cancel);
        Assert.Equal(alerts.Select(alert => "alert:" + alert.Id).Order(), raised.Order());
        Assert.Equal(1, await after.Audit.CountAsync(entry => entry.Action == AuditAction.BookMonitored, Cancel));
        var verdict = await AuditService.VerifyAsync(review.Node.Store, review.Folder, [], Cancel);
        Assert.True(verdict.Intact, string.Join("; ", verdict.Faults.Select(fault => fault.Message)));
    }
}
