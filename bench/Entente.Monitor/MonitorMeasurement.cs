using System.Diagnostics;
using Entente.Bench;
using Entente.Desk.Lists;
using Entente.Lists;
using Entente.Lists.Snapshots;
using Entente.Node.Access;
using Entente.Node.Alerts;
using Entente.Node.Hosting;
using Entente.Node.Lists;
using Entente.Node.Monitoring;
using Entente.Node.Store;
using Entente.Node.Subjects;
using Entente.Records;
using Entente.Scale.MadeUp;
using Entente.Screening;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Entente.Monitor;

/// <summary>Fills a book, changes the list, and takes the time.</summary>
internal sealed class MonitorMeasurement(string data, int subjects, ulong seed, string from, string to, string? postgres, string? keptFolder, bool unscreened)
{
    private const string Dataset = "monitored", OtherTables = "ofac-2024-05-03";

    private static readonly Actor Bench = Actor.System("bench");

    public async Task<bool> RunAsync(bool check, CancellationToken cancel)
    {
        var folder = keptFolder is null ? Directory.CreateTempSubdirectory("entente-monitor-").FullName : Directory.CreateDirectory(keptFolder).FullName;
        try
        {
            Install(folder, from);
            var app = NodeHost.Build(new NodeOptions { DataFolder = folder, SampleList = RealData.OwnSample(), Postgres = postgres }, builder =>
            {
                builder.WebHost.UseUrls("http://127.0.0.1:0");
                builder.Logging.ClearProviders();
            });
            await using var stopped = app.ConfigureAwait(false);
            await app.StartAsync(cancel).ConfigureAwait(false);
            var right = await RunAsync(app.Services, folder, check, cancel).ConfigureAwait(false);
            await app.StopAsync(cancel).ConfigureAwait(false);
            return right;
        }
        finally
        {
            if (keptFolder is null)
                Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<bool> RunAsync(IServiceProvider services, string folder, bool check, CancellationToken cancel)
    {
        var lists = services.GetRequiredService<ListsInUse>();
        var monitor = services.GetRequiredService<BookMonitor>();
        var index = services.GetRequiredService<SubjectIndex>();
        await lists.RefreshAsync(cancel).ConfigureAwait(false);
        Console.WriteLine($"before: {lists.Require().Description}");

        await FillAsync(services, folder, cancel).ConfigureAwait(false);
        // A book kept from a run before is brought back to the list before.
        await monitor.BringUpToDateAsync(cancel).ConfigureAwait(false);
        var start = Stopwatch.GetTimestamp();
        await index.MaintainAsync(cancel).ConfigureAwait(false);
        Say("the rest of the index over the subjects", start);
        var size = new DirectoryInfo(Path.Combine(folder, "subject-index")).EnumerateFiles().Sum(file => file.Length);
        Console.WriteLine($"   it takes {Machine.Megabytes(size)} on the disk");
        var rest = MemoryUse.Now();
        Console.WriteLine($"   at rest: {Machine.Megabytes(rest.Heap)} on the managed heap, {Machine.Megabytes(rest.Resident)} resident");

        Install(folder, to);
        using var watching = new CancellationTokenSource();
        var peak = PeakAsync(watching.Token);
        start = Stopwatch.GetTimestamp();
        await lists.RefreshAsync(cancel).ConfigureAwait(false);
        Say("reading the list after, and putting it to use", start);
        var begun = Stopwatch.GetTimestamp();
        await monitor.BringUpToDateAsync(cancel).ConfigureAwait(false);
        var seconds = Say("MONITORING: from the lists in use to the last alert", begun);
        await watching.CancelAsync().ConfigureAwait(false);
        Console.WriteLine($"   most resident meanwhile: {Machine.Megabytes(await peak.ConfigureAwait(false))}");
        var run = (await monitor.RunsAsync(1, cancel).ConfigureAwait(false))[0];
        Console.WriteLine(FormattableString.Invariant(
            $"   {run.State}: {run.Changed} listed entities new, changed or gone; {run.Candidates:N0} subjects concerned, {run.Screened:N0} screened; {run.NewMatches:N0} newly match, {run.EndedMatches:N0} no longer; {(run.FormerLists is null ? "the whole book" : "only what changed")}"));
        Console.WriteLine(seconds < 60 ? "   under a minute" : "   NOT under a minute");
        return !check || await CheckAsync(services, cancel).ConfigureAwait(false);
    }

    /// <summary>Made-up people, organisations and vessels, and one namesake of each listed entity that will change: somebody must be found.</summary>
    private async Task FillAsync(IServiceProvider services, string folder, CancellationToken cancel)
    {
        var store = services.GetRequiredService<NodeStore>();
        await using (var db = store.Open())
        {
            var known = await db.Subjects.CountAsync(cancel).ConfigureAwait(false);
            Console.WriteLine(FormattableString.Invariant($"{known:N0} subjects are in the book already"));
            if (known >= subjects)
                return;
        }
        var loader = new ListLoader { DataFolder = folder };
        var change = IndexChange.Between(loader.LoadFiles([WholeOf(folder, from)], stop: cancel).Index, loader.LoadFiles([WholeOf(folder, to)], stop: cancel).Index);
        var namesakes = change.Listed.Select((entity, at) => (Reference: $"namesake-{at}", Entity: entity));
        var made = new MadeUpList(NameStock.Read(Path.Combine(data, "names"))).Entities(subjects, seed).Select(entity => (Reference: entity.Id, Entity: entity));
        var book = services.GetRequiredService<SubjectBook>();
        var start = Stopwatch.GetTimestamp();
        var done = 0;
        foreach (var some in namesakes.Concat(made).Chunk(SubjectBook.MostAtOnce))
        {
            // One by the front door at least: monitoring begins with it.
            if (!unscreened || done == 0)
                await book.PutAsync(Bench, [.. some.Select(one => new SubjectEntry(one.Reference, QueryOf(one.Entity)))], "bench", cancel).ConfigureAwait(false);
            else
                await StoreAsync(services, some, cancel).ConfigureAwait(false);
            done += some.Length;
            if (done % 100_000 < some.Length)
                Console.WriteLine(FormattableString.Invariant($"   {done:N0} after {Stopwatch.GetElapsedTime(start).TotalSeconds:N0} s"));
        }
        Say(FormattableString.Invariant($"putting {done:N0} subjects in the book, each screened"), start);
    }

    private static async Task StoreAsync(IServiceProvider services, (string Reference, Entity Entity)[] some, CancellationToken cancel)
    {
        var lists = services.GetRequiredService<ListsInUse>().Require();
        await services.GetRequiredService<Ledger>().ActAsync(Bench, async act =>
        {
            var revision = await SubjectBook.LastRevisionAsync(act.Db, cancel).ConfigureAwait(false);
            foreach (var (reference, entity) in some)
            {
                var query = QueryOf(entity);
                act.Db.Subjects.Add(new Subject
                {
                    Id = NodeId.New(act.At),
                    Reference = reference,
                    Schema = query.Schema,
                    Caption = query.Names[0],
                    SearchText = query.Names[0],
                    Properties = System.Text.Json.JsonSerializer.Serialize(QueryFacts.Properties(query), NodeJson.Options),
                    Facts = SubjectKeys.FactsOf(query),
                    Revision = ++revision,
                    CreatedAt = act.At,
                    ChangedAt = act.At,
                    ScreenedAgainst = lists.Id,
                });
            }
        }, cancel).ConfigureAwait(false);
    }

    private static async Task<bool> CheckAsync(IServiceProvider services, CancellationToken cancel)
    {
        var start = Stopwatch.GetTimestamp();
        var policy = services.GetRequiredService<SubjectBook>().Policy;
        var now = services.GetRequiredService<ListsInUse>().Require();
        var screener = new Screener(now.Index, policy);
        await using var db = services.GetRequiredService<NodeStore>().Open();
        var stored = (await db.SubjectMatches.AsNoTracking().ToListAsync(cancel).ConfigureAwait(false)).Select(match => (match.SubjectId, match.EntityId)).ToHashSet();
        long wrong = 0, all = 0;
        var asked = new List<Subject>();
        await foreach (var subject in db.Subjects.AsNoTracking().Where(subject => !subject.Removed).AsAsyncEnumerable().WithCancellation(cancel).ConfigureAwait(false))
        {
            asked.Add(subject);
            if (asked.Count == 10_000)
                Compare();
        }
        Compare();
        Console.WriteLine(FormattableString.Invariant($"the whole book screened for comparison: {Stopwatch.GetElapsedTime(start).TotalSeconds:N1} s; {all:N0} matches, {wrong + stored.Count:N0} of which differ from what monitoring left"));
        return wrong + stored.Count == 0;

        void Compare()
        {
            foreach (var pairs in asked.AsParallel().Select(subject => screener.Screen(QueryFacts.Read(subject.Schema, subject.Properties)).Where(match => match.IsMatch)
                .Select(match => (subject.Id, now.Index.Whole(match.Entity.Id)!.CanonicalId)).ToList()))
            {
                all += pairs.Count;
                wrong += pairs.Count(pair => !stored.Remove(pair));
            }
            asked.Clear();
        }
    }

    /// <summary>What an owner knows of a customer: the name, not all its spellings.</summary>
    private static Query QueryOf(Entity entity) => EntityQuery.Of(entity) with { Names = entity.Get("name") };

    /// <summary>The file with what belongs to it: of two of the days only OFAC's main table is there, and its other tables are taken from the third.</summary>
    private string WholeOf(string folder, string list)
    {
        var path = Path.Combine(data, "lists", list);
        if (Path.GetFileName(path) != "sdn.csv" || File.Exists(Path.Combine(Path.GetDirectoryName(path)!, "alt.csv")))
            return path;
        var whole = Directory.CreateDirectory(Path.Combine(folder, "whole", Path.GetFileName(Path.GetDirectoryName(path)!))).FullName;
        foreach (var part in new[] { path, Path.Combine(data, "lists", OtherTables, "alt.csv"), Path.Combine(data, "lists", OtherTables, "add.csv") })
        {
            var copy = Path.Combine(whole, Path.GetFileName(part));
            if (!File.Exists(copy))
                File.Copy(part, copy);
        }
        return Path.Combine(whole, "sdn.csv");
    }

    private void Install(string folder, string list)
    {
        using var http = new HttpClient();
        var updater = new ListUpdater(new SnapshotStore(folder), http, file => ListSummary.Of(ListReader.Read(file)), TimeProvider.System);
        switch (updater.Add(new ListSource(Dataset, "Monitored list", null, null, null), WholeOf(folder, list)))
        {
            case UpdateResult.Held:
                updater.AcceptHeld(Dataset);
                break;
            case UpdateResult.Failed failed:
                throw new InvalidOperationException(failed.Reason);
        }
    }

    private static async Task<long> PeakAsync(CancellationToken cancel)
    {
        long most = 0;
        while (!cancel.IsCancellationRequested)
        {
            using var process = Process.GetCurrentProcess();
            most = Math.Max(most, process.WorkingSet64);
            await Task.Delay(50, CancellationToken.None).ConfigureAwait(false);
        }
        return most;
    }

    private static double Say(string what, long start)
    {
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(FormattableString.Invariant($"{what}: {seconds:N1} s"));
        return seconds;
    }
}
