using Entente.Node.Access;
using Entente.Node.Alerts;
using Entente.Node.Bulk;
using Entente.Node.Hosting;
using Entente.Node.Monitoring;
using Entente.Node.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Audit;

/// <summary>Erases personal data that is older than the rules allow: from the trail, whose chain stays whole, and the rows that hold the same.</summary>
/// <remarks>In small acts, so that others need not wait long; each records exactly which entries it erased.</remarks>
internal sealed class RetentionService(NodeStore store, Ledger ledger, NodeOptions options, TimeProvider clock) : IDisposable
{
    private const int EntriesAtOnce = 2000, RowsAtOnce = 200;

    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Erases what is due.</summary>
    /// <param name="actor">Who has it done.</param>
    /// <param name="cancel">Stops between two acts.</param>
    public async Task<RetentionOutcome> RunAsync(Actor actor, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            RetentionRules rules;
            await using (var db = store.Open())
                rules = await RetentionRules.OfAsync(db, cancel).ConfigureAwait(false);
            var erased = new Tally();
            // Alerts first: screenings stay as long as an alert refers to them.
            if (rules.Alerts is { } alerts)
                await RepeatAsync(act => EraseAlertsAsync(act, Due(alerts), erased, cancel), actor, cancel).ConfigureAwait(false);
            if (rules.Subjects is { } subjects)
                await RepeatAsync(act => EraseSubjectsAsync(act, Due(subjects), erased, cancel), actor, cancel).ConfigureAwait(false);
            if (rules.Bulk is { } bulk)
                await RepeatAsync(act => EraseBulkAsync(act, Due(bulk), erased, cancel), actor, cancel).ConfigureAwait(false);
            if (rules.Screenings is { } screenings)
                await RepeatAsync(act => EraseScreeningsAsync(act, Due(screenings), erased, cancel), actor, cancel).ConfigureAwait(false);
            if (rules.SignIns is { } signIns)
                await RepeatAsync(act => EraseSignInsAsync(act, Due(signIns), erased, cancel), actor, cancel).ConfigureAwait(false);
            if (erased.Entries + erased.Alerts + erased.Subjects + erased.Jobs > 0)
                await ForgetAsync(cancel).ConfigureAwait(false);
            return new RetentionOutcome(erased.Entries, erased.Alerts, erased.Subjects, erased.Jobs);
        }
        finally
        {
            _one.Release();
        }

        Rule Due(int days) => new(days, clock.GetUtcNow().AddDays(-days));
    }

    public void Dispose() => _one.Dispose();

    private async Task RepeatAsync(Func<Act, Task<bool>> erase, Actor actor, CancellationToken cancel)
    {
        while (await ledger.ActAsync(actor, erase, cancel).ConfigureAwait(false))
            cancel.ThrowIfCancellationRequested();
    }

    private static async Task<bool> EraseScreeningsAsync(Act act, Rule rule, Tally erased, CancellationToken cancel)
    {
        string[] actions = [AuditAction.ScreeningMade, AuditAction.RecordsScreened];
        var due = await act.Db.Audit
            .Where(entry => actions.Contains(entry.Action) && entry.At < rule.Before && entry.Payload != null && !act.Db.Alerts.Any(alert => alert.Screening == entry.About))
            .OrderBy(entry => entry.Seq).Select(entry => entry.Seq).Take(EntriesAtOnce).ToListAsync(cancel).ConfigureAwait(false);
        return await EraseEntriesAsync(act, "screenings", rule, due, null, erased, cancel).ConfigureAwait(false) && due.Count == EntriesAtOnce;
    }

    private static async Task<bool> EraseSignInsAsync(Act act, Rule rule, Tally erased, CancellationToken cancel)
    {
        string[] actions = [AuditAction.SignedIn, AuditAction.SignInFailed, AuditAction.SignedOut];
        var due = await act.Db.Audit
            .Where(entry => actions.Contains(entry.Action) && entry.At < rule.Before && entry.Payload != null)
            .OrderBy(entry => entry.Seq).Select(entry => entry.Seq).Take(EntriesAtOnce).ToListAsync(cancel).ConfigureAwait(false);
        return await EraseEntriesAsync(act, "signIns", rule, due, null, erased, cancel).ConfigureAwait(false) && due.Count == EntriesAtOnce;
    }

    private static async Task<bool> EraseAlertsAsync(Act act, Rule rule, Tally erased, CancellationToken cancel)
    {
        // A subject that is still monitored would meet the same alert again if what was decided on it were forgotten.
        var due = await act.Db.Alerts
            .Where(alert => (alert.State == AlertState.Decided || alert.State == AlertState.Withdrawn) && alert.ChangedAt < rule.Before
                && !act.Db.Subjects.Any(subject => !subject.Removed && alert.SubjectKey == "subject:" + subject.Id))
            .OrderBy(alert => alert.Id).Select(alert => alert.Id).Take(RowsAtOnce).ToListAsync(cancel).ConfigureAwait(false);
        if (due.Count == 0)
            return false;
        var decisions = await act.Db.Decisions.Where(decision => due.Contains(decision.AlertId)).Select(decision => decision.Id).ToListAsync(cancel).ConfigureAwait(false);
        string[] about = [.. due.Select(id => $"alert:{id}"), .. decisions.Select(id => $"decision:{id}")];
        await ForgetEventsAsync(act, about, cancel).ConfigureAwait(false);
        await act.Db.AlertComments.Where(comment => due.Contains(comment.AlertId)).ExecuteDeleteAsync(cancel).ConfigureAwait(false);
        await act.Db.Decisions.Where(decision => due.Contains(decision.AlertId)).ExecuteDeleteAsync(cancel).ConfigureAwait(false);
        await act.Db.Alerts.Where(alert => due.Contains(alert.Id)).ExecuteDeleteAsync(cancel).ConfigureAwait(false);
        erased.Alerts += due.Count;
        await EraseEntriesAsync(act, "alerts", rule, await EntriesAboutAsync(act, about, cancel).ConfigureAwait(false), due.Count, erased, cancel).ConfigureAwait(false);
        return due.Count == RowsAtOnce;
    }

    private static async Task<bool> EraseSubjectsAsync(Act act, Rule rule, Tally erased, CancellationToken cancel)
    {
        var due = await act.Db.Subjects
            .Where(subject => subject.Removed && subject.ChangedAt < rule.Before && subject.Facts != "")
            .OrderBy(subject => subject.Id).Select(subject => subject.Id).Take(RowsAtOnce).ToListAsync(cancel).ConfigureAwait(false);
        if (due.Count == 0)
            return false;
        string[] about = [.. due.Select(id => $"subject:{id}")];
        await ForgetEventsAsync(act, about, cancel).ConfigureAwait(false);
        await act.Db.SubjectMatches.Where(match => due.Contains(match.SubjectId)).ExecuteDeleteAsync(cancel).ConfigureAwait(false);
        // The row stays, without anything of the person: decisions and alerts name it.
        await act.Db.Subjects.Where(subject => due.Contains(subject.Id)).ExecuteUpdateAsync(set => set
            .SetProperty(subject => subject.Reference, subject => "erased:" + subject.Id)
            .SetProperty(subject => subject.Caption, "")
            .SetProperty(subject => subject.SearchText, "")
            .SetProperty(subject => subject.Properties, "{}")
            .SetProperty(subject => subject.Facts, ""), cancel).ConfigureAwait(false);
        // The index over the subjects holds who was removed until it is made anew: which it is, when it is needed.
        await act.Db.Set<SubjectSegment>().ExecuteDeleteAsync(cancel).ConfigureAwait(false);
        erased.Subjects += due.Count;
        await EraseEntriesAsync(act, "subjects", rule, await EntriesAboutAsync(act, about, cancel).ConfigureAwait(false), due.Count, erased, cancel).ConfigureAwait(false);
        return due.Count == RowsAtOnce;
    }

    private async Task<bool> EraseBulkAsync(Act act, Rule rule, Tally erased, CancellationToken cancel)
    {
        var due = await act.Db.BulkJobs
            .Where(job => (job.State == BulkState.Done || job.State == BulkState.Failed || job.State == BulkState.Cancelled) && job.EndedAt < rule.Before)
            .OrderBy(job => job.Id).Select(job => job.Id).Take(RowsAtOnce).ToListAsync(cancel).ConfigureAwait(false);
        if (due.Count == 0)
            return false;
        // Files first: if the act fails after that, the next run finds the row and ends the work.
        foreach (var folder in due.Select(id => Path.Combine(options.DataFolder, "bulk", id)).Where(Directory.Exists))
            Directory.Delete(folder, recursive: true);
        await act.Db.BulkJobs.Where(job => due.Contains(job.Id)).ExecuteDeleteAsync(cancel).ConfigureAwait(false);
        erased.Jobs += due.Count;
        string[] about = [.. due.Select(id => $"bulk:{id}")];
        await EraseEntriesAsync(act, "bulk", rule, await EntriesAboutAsync(act, about, cancel).ConfigureAwait(false), due.Count, erased, cancel).ConfigureAwait(false);
        return due.Count == RowsAtOnce;
    }

    private static Task<List<long>> EntriesAboutAsync(Act act, string[] about, CancellationToken cancel) =>
        act.Db.Audit.Where(entry => about.Contains(entry.About) && entry.Payload != null && entry.Action != AuditAction.PersonalDataErased)
            .OrderBy(entry => entry.Seq).Select(entry => entry.Seq).ToListAsync(cancel);

    /// <summary>The feed's numbers stay without gaps; what its events said goes.</summary>
    private static Task<int> ForgetEventsAsync(Act act, string[] about, CancellationToken cancel) =>
        act.Db.Feed.Where(item => about.Contains(item.About)).ExecuteUpdateAsync(set => set.SetProperty(item => item.Data, """{"erased":true}"""), cancel);

    private static async Task<bool> EraseEntriesAsync(Act act, string name, Rule rule, List<long> due, int? rows, Tally erased, CancellationToken cancel)
    {
        if (due.Count == 0 && rows is null)
            return false;
        foreach (var some in due.Chunk(EntriesAtOnce))
        {
            await act.Db.Audit.Where(entry => some.Contains(entry.Seq)).ExecuteUpdateAsync(set => set
                .SetProperty(entry => entry.Payload, (string?)null)
                .SetProperty(entry => entry.Salt, (byte[]?)null), cancel).ConfigureAwait(false);
        }
        erased.Entries += due.Count;
        act.Record(AuditAction.PersonalDataErased, $"retention:{name}", new { rule = name, days = rule.Days, before = rule.Before, entries = NumberRanges.Write(due), count = due.Count, rows });
        return true;
    }

    /// <summary>SQLite keeps what was overwritten in its log until that is written back.</summary>
    private async Task ForgetAsync(CancellationToken cancel)
    {
        if (store.IsPostgres)
            return;
        await using var db = store.Open();
        await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", cancel).ConfigureAwait(false);
    }

    private sealed record Rule(int Days, DateTimeOffset Before);

    private sealed class Tally
    {
        public long Entries { get; set; }

        public long Alerts { get; set; }

        public long Subjects { get; set; }

        public long Jobs { get; set; }
    }
}
