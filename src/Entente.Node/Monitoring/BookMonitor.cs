using System.Collections.Immutable;
using System.Text.Json;
using System.Threading.Channels;
using Entente.Desk;
using Entente.Desk.Lists;
using Entente.Lists;
using Entente.Lists.Snapshots;
using Entente.Node.Access;
using Entente.Node.Alerts;
using Entente.Node.Audit;
using Entente.Node.Lists;
using Entente.Node.Screening;
using Entente.Node.Settings;
using Entente.Node.Store;
using Entente.Node.Subjects;
using Entente.Screening;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Entente.Node.Monitoring;

/// <summary>Keeps the book screened against the lists in use: after a change of lists, those whom it may concern; after a change of policy or engine, everybody.</summary>
/// <remarks>
/// Works in acts of bounded size, each of which moves on <see cref="MonitorRun.Cursor"/>: what a crash ends is gone on with.
/// Whoever enters the book meanwhile is screened against the lists in use by that time, and once more here if those were older.
/// </remarks>
internal sealed class BookMonitor : BackgroundService
{
    private const int SubjectsAtOnce = 500;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    private readonly ListsInUse _lists;
    private readonly SubjectBook _book;
    private readonly SubjectIndex _index;
    private readonly NodeStore _store;
    private readonly Ledger _ledger;
    private readonly TimeProvider _clock;
    private readonly ILogger<BookMonitor> _log;
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly SemaphoreSlim _one = new(1);
    private volatile LoadedLists? _former;

    public BookMonitor(ListsInUse lists, SubjectBook book, SubjectIndex index, SettingsService settings, NodeStore store, Ledger ledger, TimeProvider clock, ILogger<BookMonitor> log)
    {
        _lists = lists;
        _book = book;
        _index = index;
        _store = store;
        _ledger = ledger;
        _clock = clock;
        _log = log;
        lists.OnChanged((change, _) =>
        {
            // Only until they are compared: two sets of lists in memory are one too many.
            _former ??= change.Former;
            Wake();
            return Task.CompletedTask;
        });
        settings.Changed += Wake;
    }

    /// <summary>What monitoring is at, and what it found before.</summary>
    /// <param name="limit">Most runs.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The latest first.</returns>
    public async Task<IReadOnlyList<MonitorRun>> RunsAsync(int limit, CancellationToken cancel)
    {
        await using var db = _store.Open();
        return await db.Set<MonitorRun>().AsNoTracking().OrderByDescending(run => run.StartedAt).ThenByDescending(run => run.Id).Take(limit).ToListAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>Brings the book up to date, if it is not.</summary>
    /// <param name="cancel">Gives up; what was done stays.</param>
    /// <returns>The run that did it; null where nothing was to do.</returns>
    public async Task<MonitorRun?> BringUpToDateAsync(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            MonitorRun? last = null;
            while (_lists.Current is { } now && await BeginAsync(now, cancel).ConfigureAwait(false) is var (run, former))
                last = await RunAsync(run, former, now, cancel).ConfigureAwait(false);
            return last;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Run(() => BringUpToDateAsync(stoppingToken), stoppingToken).ConfigureAwait(false);
                if (_lists.Current is not null)
                    await Task.Run(() => _index.MaintainAsync(stoppingToken), stoppingToken).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Whatever it was, it is tried again; the run says where it stands.
            catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
            {
                _log.LogError(fault, "The book could not be screened against the lists in use; it is tried again");
            }
            await WaitAsync(_lists.Current is null ? TimeSpan.FromMilliseconds(200) : LookEvery, stoppingToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    private void Wake() => _wake.Writer.TryWrite(true);

    private async Task WaitAsync(TimeSpan most, CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var wake = _wake.Reader.WaitToReadAsync(either.Token).AsTask();
        await Task.WhenAny(wake, Task.Delay(most, _clock, either.Token)).ConfigureAwait(false);
        await either.CancelAsync().ConfigureAwait(false);
        cancel.ThrowIfCancellationRequested();
        _wake.Reader.TryRead(out _);
    }

    /// <summary>Finds what is to do, and records that it began.</summary>
    /// <returns>Null where the book is up to date.</returns>
    private async Task<(MonitorRun Run, LoadedLists? Former)?> BeginAsync(LoadedLists now, CancellationToken cancel)
    {
        var policy = _book.Policy.Hash;
        await using var db = _store.Open();
        var done = await db.Set<MonitorRun>().AsNoTracking().Where(run => run.State == MonitorState.Done).OrderByDescending(run => run.EndedAt).ThenByDescending(run => run.Id).FirstOrDefaultAsync(cancel).ConfigureAwait(false);
        // Where nothing was ever monitored there is nobody to monitor: see Baseline.
        if (done is null || (done.Lists == now.Id && done.Policy == policy))
        {
            _former = null;
            return null;
        }
        var former = done.Policy == policy ? await FormerAsync(done.Lists, cancel).ConfigureAwait(false) : null;
        var run = await _ledger.ActAsync(Actor.System("monitor"), async act =>
        {
            MonitorRun? same = null;
            foreach (var running in await act.Db.Set<MonitorRun>().Where(one => one.State == MonitorState.Running).ToListAsync(cancel).ConfigureAwait(false))
            {
                if (running.Lists == now.Id && running.Policy == policy && running.FormerLists == former?.Id)
                    same = running;
                else
                    (running.State, running.EndedAt) = (MonitorState.Abandoned, act.At);
            }
            if (same is null)
                act.Db.Add(same = new MonitorRun { Id = NodeId.New(act.At), FormerLists = former?.Id, Lists = now.Id ?? "", Policy = policy, StartedAt = act.At });
            return same;
        }, cancel).ConfigureAwait(false);
        return (run, former);
    }

    /// <summary>The lists that the book was screened against, to be compared with; null where they cannot be had any more.</summary>
    private async Task<LoadedLists?> FormerAsync(string id, CancellationToken cancel)
    {
        if (_former is { } known && known.Id == id)
            return known;
        _former = null;
        await using var db = _store.Open();
        if (await db.ListsUsed.AsNoTracking().SingleOrDefaultAsync(used => used.Id == id, cancel).ConfigureAwait(false) is not { } used)
            return null;
        try
        {
            var versions = JsonSerializer.Deserialize<ImmutableArray<ListVersion>>(used.Versions, NodeJson.Options);
            var snapshots = versions.Select(version => version.Sha256 is { } hash ? _lists.Snapshots.Versions(version.Dataset).FirstOrDefault(snapshot => snapshot.Manifest.Sha256 == hash) : null).ToList();
            if (snapshots.Contains(null) || snapshots.Count == 0)
                return null;
            var lists = _lists.Load(snapshots!, cancel);
            // Another engine reads and matches otherwise: then everybody is screened.
            return lists.Id == id ? lists : null;
        }
        catch (Exception fault) when (fault is SnapshotException or ListFormatException or DeskException or JsonException or IOException)
        {
            _log.LogWarning("The lists that the book was screened against cannot be read any more, so all of it is screened: {Problem}", fault.Message);
            return null;
        }
    }

    private async Task<MonitorRun> RunAsync(MonitorRun run, LoadedLists? former, LoadedLists now, CancellationToken cancel)
    {
        var policy = _book.Policy;
        long through;
        await using (var db = _store.Open())
            through = await SubjectBook.LastRevisionAsync(db, cancel).ConfigureAwait(false);
        IndexChange? change = null;
        if (former is not null)
        {
            change = IndexChange.Between(former.Index, now.Index);
            _former = null;
            if (_log.IsEnabled(LogLevel.Information))
                _log.LogInformation("Lists changed: {Listed} listed entities are new or changed, {Former} are changed or gone", change.Listed.Length, change.Former.Length);
            string[] subjects = [.. await CandidatesAsync(change, policy, cancel).ConfigureAwait(false)];
            Array.Sort(subjects, StringComparer.Ordinal);
            run = await NoteAsync(run, one => (one.Changed, one.Candidates) = (change.Listed.Length + change.Former.Length, subjects.Length), cancel).ConfigureAwait(false);
            foreach (var some in subjects.Where(id => run.Cursor is not { } cursor || string.CompareOrdinal(id, cursor) > 0).Chunk(SubjectsAtOnce))
                run = await ScreenAsync(run, some, now, policy, cancel).ConfigureAwait(false);
        }
        else
        {
            while (await NextAsync(run.Cursor, cancel).ConfigureAwait(false) is { Length: > 0 } some)
                run = await ScreenAsync(run, some, now, policy, cancel).ConfigureAwait(false);
        }
        await AlertsOfOthersAsync(change, now, policy, cancel).ConfigureAwait(false);
        // Those who came while this was at work, and were screened against what was in use before.
        while (await LateAsync(through, now, cancel).ConfigureAwait(false) is { Length: > 0 } some)
            run = await ScreenAsync(run, some, now, policy, cancel, moves: false).ConfigureAwait(false);
        return await EndAsync(run, through, now, cancel).ConfigureAwait(false);
    }

    private async Task<HashSet<string>> CandidatesAsync(IndexChange change, MatchPolicy policy, CancellationToken cancel)
    {
        var candidates = await _index.FindAsync(change.Listed, policy, cancel).ConfigureAwait(false);
        await using var db = _store.Open();
        foreach (var some in change.Former.Concat(change.Listed.Select(entity => entity.Id)).Distinct(StringComparer.Ordinal).Chunk(400))
            candidates.UnionWith(await db.SubjectMatches.Where(match => some.Contains(match.EntityId)).Select(match => match.SubjectId).ToListAsync(cancel).ConfigureAwait(false));
        return candidates;
    }

    private async Task<string[]> NextAsync(string? after, CancellationToken cancel)
    {
        await using var db = _store.Open();
        var subjects = db.Subjects.Where(subject => !subject.Removed);
        if (after is not null)
            subjects = subjects.Where(subject => string.Compare(subject.Id, after) > 0);
        return await subjects.OrderBy(subject => subject.Id).Take(SubjectsAtOnce).Select(subject => subject.Id).ToArrayAsync(cancel).ConfigureAwait(false);
    }

    private async Task<string[]> LateAsync(long through, LoadedLists now, CancellationToken cancel)
    {
        // Where still others came into use, they are screened against those, and the next run is theirs.
        if (!ReferenceEquals(_lists.Current, now))
            return [];
        await using var db = _store.Open();
        return await db.Subjects.Where(subject => subject.Revision > through && !subject.Removed && subject.ScreenedAgainst != now.Id)
            .OrderBy(subject => subject.Id).Take(SubjectsAtOnce).Select(subject => subject.Id).ToArrayAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>Screens some subjects and writes what comes of it, in one act.</summary>
    private async Task<MonitorRun> ScreenAsync(MonitorRun run, string[] ids, LoadedLists now, MatchPolicy policy, CancellationToken cancel, bool moves = true)
    {
        List<Subject> subjects;
        await using (var db = _store.Open())
            subjects = await db.Subjects.AsNoTracking().Where(subject => ids.Contains(subject.Id) && !subject.Removed).OrderBy(subject => subject.Id).ToListAsync(cancel).ConfigureAwait(false);
        var answers = ScreeningService.Answer(now, [.. subjects.Select(subject => new KeyedQuery(subject.Reference, QueryFacts.Read(subject.Schema, subject.Properties)))], policy, EntityFilter.All, cancel);
        var at = _clock.GetUtcNow();
        return await _ledger.ActAsync(Actor.System("monitor"), async act =>
        {
            var present = await act.Db.Subjects.Where(subject => ids.Contains(subject.Id) && !subject.Removed).ToDictionaryAsync(subject => subject.Id, StringComparer.Ordinal, cancel).ConfigureAwait(false);
            var stored = await act.Db.Set<MonitorRun>().SingleAsync(one => one.Id == run.Id, cancel).ConfigureAwait(false);
            // Whoever changed meanwhile was screened as that happened.
            List<ScreenedSubject> screened = [.. subjects.Zip(answers).Where(pair => present.TryGetValue(pair.First.Id, out var subject) && subject.Facts == pair.First.Facts)
                .Select(pair => new ScreenedSubject(present[pair.First.Id], pair.Second, IsNew: false))];
            if (screened.Count > 0)
            {
                var result = new ScreeningResult(NodeId.New(at), at, now, policy, EntityFilter.All, [.. screened.Select(one => one.Answer)]);
                var outcome = await BookWriter.ApplyAsync(act, result, screened, cancel).ConfigureAwait(false);
                stored.Screened += screened.Count;
                stored.NewMatches += outcome.NewMatches;
                stored.EndedMatches += outcome.EndedMatches;
            }
            if (moves)
                stored.Cursor = ids[^1];
            return stored;
        }, cancel).ConfigureAwait(false);
    }

    /// <summary>Alerts on those who were screened once and are not in the book: what they rest on may have changed, or be gone.</summary>
    private async Task AlertsOfOthersAsync(IndexChange? change, LoadedLists now, MatchPolicy policy, CancellationToken cancel)
    {
        var entities = change?.Former.Concat(change.Listed.Select(entity => entity.Id)).ToHashSet(StringComparer.Ordinal);
        string? after = null;
        while (true)
        {
            List<Alert> alerts;
            await using (var db = _store.Open())
            {
                var query = db.Alerts.AsNoTracking().Where(alert => !alert.SubjectKey.StartsWith("subject:") && alert.State != AlertState.Withdrawn);
                if (after is not null)
                    query = query.Where(alert => string.Compare(alert.Id, after) > 0);
                alerts = await query.OrderBy(alert => alert.Id).Take(SubjectsAtOnce).ToListAsync(cancel).ConfigureAwait(false);
            }
            if (alerts.Count == 0)
                return;
            after = alerts[^1].Id;
            // Those who have several alerts are screened once, with what was asked last.
            var concerned = alerts.Where(alert => entities is null || entities.Contains(alert.EntityId)).GroupBy(alert => alert.SubjectKey, StringComparer.Ordinal)
                .Select(group => group.MaxBy(alert => alert.ChangedAt)!).ToList();
            if (concerned.Count > 0)
                await ScreenOthersAsync(concerned, now, policy, cancel).ConfigureAwait(false);
        }
    }

    private async Task ScreenOthersAsync(List<Alert> alerts, LoadedLists now, MatchPolicy policy, CancellationToken cancel)
    {
        var answers = ScreeningService.Answer(now, [.. alerts.Select(alert => new KeyedQuery(alert.SubjectKey, QueryFacts.Read(alert.Query)))], policy, EntityFilter.All, cancel);
        var at = _clock.GetUtcNow();
        var result = new ScreeningResult(NodeId.New(at), at, now, policy, EntityFilter.All, answers);
        await _ledger.ActAsync(Actor.System("monitor"), async act =>
        {
            act.RecordJson(AuditAction.ScreeningMade, $"screening:{result.Id}", ScreeningPayload.Write(result));
            string[] keys = [.. alerts.Select(alert => alert.SubjectKey)];
            var known = (await act.Db.Alerts.AsNoTracking().Where(alert => keys.Contains(alert.SubjectKey)).Select(alert => new { alert.SubjectKey, alert.EntityId }).ToListAsync(cancel).ConfigureAwait(false)).ToLookup(alert => alert.SubjectKey, alert => alert.EntityId, StringComparer.Ordinal);
            // Nobody asked whether they match anybody else by now: only what is an alert already is looked at.
            await AlertWriter.ApplyAsync(act, now, $"screening:{result.Id}", [.. alerts.Zip(answers, (alert, answer) => new Screened(alert.SubjectKey, alert.SubjectCaption, answer.Asked.Query,
                [.. answer.Matches.Where(match => now.Index.Whole(match.Entity.Id) is { } entity && (known[alert.SubjectKey].Contains(entity.CanonicalId) || entity.Entries.Any(entry => known[alert.SubjectKey].Contains(entry.Id))))], Covers: Screened.OnLists))], cancel).ConfigureAwait(false);
        }, cancel).ConfigureAwait(false);
    }

    private Task<MonitorRun> NoteAsync(MonitorRun run, Action<MonitorRun> change, CancellationToken cancel) => _ledger.ActAsync(Actor.System("monitor"), async act =>
    {
        var stored = await act.Db.Set<MonitorRun>().SingleAsync(one => one.Id == run.Id, cancel).ConfigureAwait(false);
        change(stored);
        return stored;
    }, cancel);

    private async Task<MonitorRun> EndAsync(MonitorRun run, long through, LoadedLists now, CancellationToken cancel)
    {
        var ended = await _ledger.ActAsync(Actor.System("monitor"), async act =>
        {
            var stored = await act.Db.Set<MonitorRun>().SingleAsync(one => one.Id == run.Id, cancel).ConfigureAwait(false);
            if (ReferenceEquals(_lists.Current, now) && await act.Db.Subjects.AnyAsync(subject => subject.Revision > through && !subject.Removed && subject.ScreenedAgainst != now.Id, cancel).ConfigureAwait(false))
                return stored; // somebody came at the last moment: once more
            (stored.State, stored.EndedAt) = (MonitorState.Done, act.At);
            act.Record(AuditAction.BookMonitored, $"lists:{stored.Lists}", new
            {
                run = stored.Id,
                former = stored.FormerLists,
                lists = stored.Lists,
                policy = stored.Policy,
                changed = stored.Changed,
                candidates = stored.Candidates,
                screened = stored.Screened,
                newMatches = stored.NewMatches,
                endedMatches = stored.EndedMatches,
            });
            return stored;
        }, cancel).ConfigureAwait(false);
        if (_log.IsEnabled(LogLevel.Information))
            _log.LogInformation("The book is screened against the lists in use: {Screened} subjects screened, {New} new matches, {Ended} ended", ended.Screened, ended.NewMatches, ended.EndedMatches);
        return ended;
    }
}
