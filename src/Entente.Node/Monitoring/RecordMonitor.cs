using System.Collections.Immutable;
using Entente.Node.Access;
using Entente.Node.Alerts;
using Entente.Node.Holdings;
using Entente.Node.Settings;
using Entente.Node.Store;
using Entente.Node.Subjects;
using Entente.Records;
using Entente.Screening;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Entente.Node.Monitoring;

/// <summary>Keeps the book screened against the records that are held: a record that is new or changed against whom it may concern, a subject that is new or changed against all records.</summary>
/// <remarks>
/// What was done stands in the store, in the act that it was done in: a record says whether its version was, the book up to
/// which revision. So what a crash ends is gone on with, and doing something twice changes nothing. A recall needs nothing of
/// this: what rested on the record is opened again as it comes.
/// </remarks>
internal sealed class RecordMonitor(RecordScreening records, SubjectIndex index, SettingsService settings, NodeStore store, Ledger ledger, TimeProvider clock, ILogger<RecordMonitor> log) : BackgroundService
{
    private const int RecordsAtOnce = 2000, SubjectsAtOnce = 500, IdsAtOnce = 400;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Brings the book up to date with the records, if it is not.</summary>
    /// <param name="cancel">Gives up; what was done stays.</param>
    public async Task BringUpToDateAsync(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            while (await StepAsync(cancel).ConfigureAwait(false))
                cancel.ThrowIfCancellationRequested();
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
            }
#pragma warning disable CA1031 // Whatever it was, it is tried again.
            catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
            {
                log.LogError(fault, "The book could not be screened against the records that are held; it is tried again");
            }
            await Task.Delay(LookEvery, clock, stoppingToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    /// <summary>Does the next thing.</summary>
    /// <returns>Whether there was any.</returns>
    private async Task<bool> StepAsync(CancellationToken cancel)
    {
        var policy = settings.BookPolicy();
        List<HeldRecord> fresh;
        long through;
        RecordMonitoring? state;
        await using (var db = store.Open())
        {
            through = await SubjectBook.LastRevisionAsync(db, cancel).ConfigureAwait(false);
            // With nobody to monitor, nothing is done about records: they wait for the first subject.
            if (through == 0)
                return false;
            state = await db.Set<RecordMonitoring>().AsNoTracking().SingleOrDefaultAsync(cancel).ConfigureAwait(false);
            fresh = await db.Records.AsNoTracking().Where(record => record.State == RecordState.Held && !record.IsMonitored).OrderBy(record => record.Id).Take(RecordsAtOnce).ToListAsync(cancel).ConfigureAwait(false);
        }
        if (state is null || state.Policy != policy.Hash)
            await BeginAsync(policy.Hash, cancel).ConfigureAwait(false);
        else if (fresh.Count > 0)
            await MonitorAsync(fresh, policy, cancel).ConfigureAwait(false);
        else if (state.SubjectsThrough < through)
            await MonitorAsync(state.SubjectsThrough, through, policy, cancel).ConfigureAwait(false);
        else
            return false;
        return true;
    }

    /// <summary>The whole book against all records, for the first time or by another policy: by way of the records, as all of them count as not monitored.</summary>
    private Task BeginAsync(string policy, CancellationToken cancel) => ledger.ActAsync(Actor.System("monitor"), async act =>
    {
        var state = await act.Db.Set<RecordMonitoring>().SingleOrDefaultAsync(cancel).ConfigureAwait(false);
        if (state is null)
            act.Db.Add(state = new RecordMonitoring { Id = 1, Policy = policy });
        state.Policy = policy;
        state.SubjectsThrough = await SubjectBook.LastRevisionAsync(act.Db, cancel).ConfigureAwait(false);
        await act.Db.Records.Where(record => record.IsMonitored).ExecuteUpdateAsync(set => set.SetProperty(record => record.IsMonitored, false), cancel).ConfigureAwait(false);
    }, cancel);

    /// <summary>Screens whom records may concern.</summary>
    private async Task MonitorAsync(List<HeldRecord> fresh, MatchPolicy policy, CancellationToken cancel)
    {
        ImmutableArray<Entity> entities = [.. fresh.Select(RecordScreening.ToEntity)];
        var lists = RecordScreening.Index(fresh, entities, clock.GetUtcNow());
        var ids = fresh.Select(record => record.Id).ToHashSet(StringComparer.Ordinal);
        string[] subjects = [.. await index.FindAsync(entities, policy, cancel).ConfigureAwait(false)];
        var alerts = await AlertsOnAsync(ids, cancel).ConfigureAwait(false);
        var ofSubjects = alerts.Select(alert => SubjectKeys.SubjectOf(alert.SubjectKey)).OfType<string>();
        foreach (var some in subjects.Union(ofSubjects, StringComparer.Ordinal).Order(StringComparer.Ordinal).Chunk(SubjectsAtOnce))
        {
            List<Subject> known;
            await using (var db = store.Open())
                known = await db.Subjects.AsNoTracking().Where(subject => some.Contains(subject.Id) && !subject.Removed).OrderBy(subject => subject.Id).ToListAsync(cancel).ConfigureAwait(false);
            await ScreenAsync(lists, known, policy, alert => ids.Contains(alert.EntityId), null, cancel).ConfigureAwait(false);
        }
        // Those who were screened once and are not in the book: what their alerts rest on has changed.
        Asked[] others = [.. alerts.Where(alert => SubjectKeys.SubjectOf(alert.SubjectKey) is null).DistinctBy(alert => alert.SubjectKey, StringComparer.Ordinal)
            .Select(alert => new Asked(alert.SubjectKey, QueryFacts.Read(alert.Query), alert.SubjectKey, alert.SubjectCaption, SubjectKeys.ReferenceOf(alert.SubjectKey), []))];
        if (others.Length > 0)
        {
            var met = alerts.ToLookup(alert => alert.SubjectKey, alert => alert.EntityId, StringComparer.Ordinal);
            // Nobody asked whether they match other records by now.
            await records.ScreenAsync(Actor.System("monitor"), lists, others, policy, (asked, match) => met[asked.SubjectKey].Contains(match.Entity.Id), alert => ids.Contains(alert.EntityId), null, cancel).ConfigureAwait(false);
        }
        await ledger.ActAsync(Actor.System("monitor"), async act =>
        {
            foreach (var some in fresh.Chunk(IdsAtOnce))
            {
                var hashes = some.ToDictionary(record => record.Id, record => record.Hash, StringComparer.Ordinal);
                string[] keys = [.. hashes.Keys];
                var now = await act.Db.Records.AsNoTracking().Where(record => keys.Contains(record.Id)).Select(record => new { record.Id, record.Hash }).ToListAsync(cancel).ConfigureAwait(false);
                // One that was changed meanwhile is not done.
                string[] same = [.. now.Where(record => hashes[record.Id] == record.Hash).Select(record => record.Id)];
                await act.Db.Records.Where(record => same.Contains(record.Id)).ExecuteUpdateAsync(set => set.SetProperty(record => record.IsMonitored, true), cancel).ConfigureAwait(false);
            }
        }, cancel).ConfigureAwait(false);
    }

    /// <summary>Screens those who came into the book, or changed, against all records.</summary>
    private async Task MonitorAsync(long after, long through, MatchPolicy policy, CancellationToken cancel)
    {
        var lists = await records.CurrentAsync(isFresh: true, cancel).ConfigureAwait(false);
        while (after < through)
        {
            List<Subject> some = [];
            if (lists.Index.EntityCount > 0)
            {
                await using var db = store.Open();
                some = await db.Subjects.AsNoTracking().Where(subject => subject.Revision > after && subject.Revision <= through).OrderBy(subject => subject.Revision).Take(SubjectsAtOnce).ToListAsync(cancel).ConfigureAwait(false);
            }
            after = some.Count == SubjectsAtOnce ? some[^1].Revision : through;
            await ScreenAsync(lists, [.. some.Where(subject => !subject.Removed)], policy, alert => !Screened.OnLists(alert), after, cancel).ConfigureAwait(false);
        }
    }

    private async Task ScreenAsync(Desk.Lists.LoadedLists lists, List<Subject> subjects, MatchPolicy policy, Func<Alert, bool> covers, long? through, CancellationToken cancel)
    {
        Asked[] asked = [.. subjects.Select(subject => new Asked(subject.Reference, QueryFacts.Read(subject.Schema, subject.Properties), SubjectKeys.OfSubject(subject.Id), subject.Caption, subject.Reference, []))];
        await records.ScreenAsync(Actor.System("monitor"), lists, asked, policy, null, covers, async act =>
        {
            if (through is { } revision)
                (await act.Db.Set<RecordMonitoring>().SingleAsync(cancel).ConfigureAwait(false)).SubjectsThrough = revision;
            string[] ids = [.. subjects.Select(subject => subject.Id)];
            var present = await act.Db.Subjects.AsNoTracking().Where(subject => ids.Contains(subject.Id) && !subject.Removed).ToDictionaryAsync(subject => SubjectKeys.OfSubject(subject.Id), subject => subject.Facts, StringComparer.Ordinal, cancel).ConfigureAwait(false);
            var facts = subjects.ToDictionary(subject => SubjectKeys.OfSubject(subject.Id), subject => subject.Facts, StringComparer.Ordinal);
            // Whoever changed meanwhile is screened as they are now: their revision is a later one.
            return one => present.TryGetValue(one.SubjectKey, out var now) && now == facts[one.SubjectKey];
        }, cancel).ConfigureAwait(false);
    }

    private async Task<List<Alert>> AlertsOnAsync(HashSet<string> ids, CancellationToken cancel)
    {
        var alerts = new List<Alert>();
        await using var db = store.Open();
        foreach (var some in ids.Chunk(IdsAtOnce))
            alerts.AddRange(await db.Alerts.AsNoTracking().Where(alert => some.Contains(alert.EntityId) && alert.State != AlertState.Withdrawn).ToListAsync(cancel).ConfigureAwait(false));
        return alerts;
    }
}

/// <summary>How far the book is screened against records. One row.</summary>
public sealed class RecordMonitoring
{
    /// <summary>1.</summary>
    public int Id { get; init; }

    /// <summary>The policy: <see cref="MatchPolicy.Hash"/>.</summary>
    public required string Policy { get; set; }

    /// <summary>Up to which <see cref="Subject.Revision"/> subjects are screened against all records that count as monitored.</summary>
    public long SubjectsThrough { get; set; }
}

internal sealed class RecordMonitoringMapping : IEntityTypeConfiguration<RecordMonitoring>
{
    public void Configure(EntityTypeBuilder<RecordMonitoring> builder)
    {
        builder.ToTable("record_monitoring");
        builder.Property(state => state.Id).ValueGeneratedNever();
    }
}
