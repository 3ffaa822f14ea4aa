using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using Entente.Desk;
using Entente.Desk.Lists;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Hosting;
using Entente.Node.Lists;
using Entente.Node.Store;
using Entente.Node.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Entente.Node.Bulk;

/// <summary>Bulk jobs: takes them in, screens them one after another beside the requests, and goes on at the next start with those that were not ended.</summary>
/// <remarks>
/// How far a job came is not in the store: the answers that are on the disk say it. So a job that was killed goes on behind the
/// last whole answer, and its result has the bytes of one that was not. Where the lists changed meanwhile it begins anew, as the
/// answers would not belong together.
/// </remarks>
internal sealed partial class BulkService : BackgroundService
{
    private static readonly TimeSpan LookForLists = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan RetryStore = TimeSpan.FromSeconds(5);

    private readonly NodeOptions _options;
    private readonly NodeStore _store;
    private readonly Ledger _ledger;
    private readonly ListsInUse _lists;
    private readonly TimeProvider _clock;
    private readonly IBulkAlerts? _alerts;
    private readonly NodeMeters _meters;
    private readonly ILogger<BulkService> _log;
    private readonly Channel<string> _waiting = Channel.CreateUnbounded<string>();
    private readonly ConcurrentDictionary<string, LiveJob> _live = new(StringComparer.Ordinal);
    private readonly QuietThreads _threads;
    private readonly int _threadsPerJob;

    public BulkService(NodeOptions options, NodeStore store, Ledger ledger, ListsInUse lists, TimeProvider clock, IEnumerable<IBulkAlerts> alerts, NodeMeters meters, ILogger<BulkService> log)
    {
        (_options, _store, _ledger, _lists, _clock, _meters, _log) = (options, store, ledger, lists, clock, meters, log);
        _alerts = alerts.FirstOrDefault();
        var threads = options.BulkThreads > 0 ? options.BulkThreads : Environment.ProcessorCount;
        _threads = new QuietThreads(threads);
        _threadsPerJob = Math.Max(1, threads / Math.Max(1, options.BulkJobsAtOnce));
    }

    /// <summary>Whether matches can become alerts here.</summary>
    public bool HasAlerts => _alerts is not null;

    /// <summary>Where the files of a job are.</summary>
    public BulkFolder FolderOf(string id) => new(_options.DataFolder, id);

    /// <summary>A job that this process has in hand; null where it has ended, or is not this process's.</summary>
    public LiveJob? Live(string id) => _live.GetValueOrDefault(id);

    /// <summary>Takes in a job whose file was received.</summary>
    /// <param name="actor">Whose it is.</param>
    /// <param name="job">The job.</param>
    /// <param name="cancel">Gives up; nothing was taken in then.</param>
    public async Task BeginAsync(Actor actor, BulkJob job, CancellationToken cancel)
    {
        await _ledger.ActAsync(actor, async act =>
        {
            await CheckRoomAsync(act.Db, job.AccountId, cancel).ConfigureAwait(false);
            act.Db.BulkJobs.Add(job);
            act.Record(AuditAction.BulkBegun, $"bulk:{job.Id}", new { file = job.FileName, bytes = job.Bytes, sha256 = job.Sha256, inputSha256 = job.InputSha256, options = BulkOptions.Of(job) });
        }, cancel).ConfigureAwait(false);
        FolderOf(job.Id).Keep();
        Enqueue(job.Id);
    }

    /// <summary>Refuses one more job of an account that has as many as it may.</summary>
    /// <exception cref="RequestException">409.</exception>
    public async Task CheckRoomAsync(NodeDb db, string accountId, CancellationToken cancel)
    {
        if (await db.BulkJobs.CountAsync(job => job.AccountId == accountId, cancel).ConfigureAwait(false) >= _options.BulkJobsPerAccount)
            throw RequestException.Conflict($"You have {_options.BulkJobsPerAccount.ToString(CultureInfo.InvariantCulture)} bulk jobs, which is as many as this node keeps for one account. Remove some that have ended (DELETE /api/bulk/ID).");
    }

    /// <summary>Cancels a job that has not ended; removes one that has, with its files.</summary>
    /// <param name="actor">Who does.</param>
    /// <param name="id">The job.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Whether there was such a job.</returns>
    public async Task<bool> EndOrRemoveAsync(Actor actor, string id, CancellationToken cancel)
    {
        if (_live.TryGetValue(id, out var live) && !live.Look().Progress.IsEnd)
        {
            live.Cancel(actor.Id);
            for (var (progress, changed) = live.Look(); !progress.IsEnd; (progress, changed) = live.Look())
                await changed.WaitAsync(cancel).ConfigureAwait(false);
            return true;
        }
        return await RemoveAsync(actor, id, cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _threads.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not before the host has started: a start need not wait for the looking through folders.
        await Task.Yield();
        await UntilDoneAsync(RecoverAsync, stoppingToken).ConfigureAwait(false);
        await Task.WhenAll(Enumerable.Range(0, Math.Max(1, _options.BulkJobsAtOnce)).Select(_ => WorkAsync(stoppingToken))).ConfigureAwait(false);
    }

    private void Enqueue(string id)
    {
        if (_live.TryAdd(id, new LiveJob(_clock)))
            _waiting.Writer.TryWrite(id);
    }

    /// <summary>Finds what a former process left.</summary>
    private async Task RecoverAsync(CancellationToken stop)
    {
        await using var db = _store.Open();
        foreach (var (id, whole) in BulkFolder.All(_options.DataFolder))
        {
            var known = await db.BulkJobs.AnyAsync(job => job.Id == id, stop).ConfigureAwait(false);
            if (known && !whole)
                FolderOf(id).Keep();
            // Of an upload that nobody was told of, and of a job that was removed; not of one that another database knows.
            else if (!known && !_live.ContainsKey(id) && (!whole || await db.Audit.AnyAsync(entry => entry.About == $"bulk:{id}", stop).ConfigureAwait(false)))
                FolderOf(id).Remove();
        }
        var open = await db.BulkJobs.AsNoTracking().Where(job => job.State == BulkState.Waiting || job.State == BulkState.Running).OrderBy(job => job.Id).Select(job => job.Id).ToListAsync(stop).ConfigureAwait(false);
        foreach (var id in open)
        {
            if (FolderOf(id).Input is not null)
                Enqueue(id);
            else if (!_live.ContainsKey(id))
                FilesMissing(id);
        }
    }

    private async Task WorkAsync(CancellationToken stop)
    {
        await foreach (var id in _waiting.Reader.ReadAllAsync(stop).ConfigureAwait(false))
        {
            var live = _live[id];
            try
            {
                await RunAsync(id, live, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                throw; // it goes on at the next start
            }
#pragma warning disable CA1031 // One job must not end the others.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                Failed(id, fault);
                await EndAsync(id, live, BulkState.Failed, "A fault of this node, not of the file. Its log says more.", null, stop).ConfigureAwait(false);
            }
            _live.TryRemove(id, out _);
            live.Dispose();
        }
    }

    private async Task RunAsync(string id, LiveJob live, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop, live.Cancelled);
        try
        {
            if (await FindAsync(id, stop).ConfigureAwait(false) is not { State: BulkState.Waiting or BulkState.Running } job)
                return;
            var lists = await ListsAsync(ending.Token).ConfigureAwait(false);
            await SayBegunAsync(job, lists, ending.Token).ConfigureAwait(false);
            var screening = new BulkScreening(job, FolderOf(id), lists, _clock)
            {
                Threads = _threadsPerJob,
                Scheduler = _threads,
                Alerts = _alerts,
                Answered = _meters.BulkRows,
                BegunAnew = why => BegunAnew(id, why),
            };
            var outcome = await screening.RunAsync(live, ending.Token).ConfigureAwait(false);
            await EndAsync(id, live, BulkState.Done, null, outcome, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (live.Cancelled.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            await EndAsync(id, live, BulkState.Cancelled, null, null, stop).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is DeskException or Entente.Lists.ListFormatException or IOException or UnauthorizedAccessException)
        {
            await EndAsync(id, live, BulkState.Failed, fault.Message, null, stop).ConfigureAwait(false);
        }
    }

    private async Task<LoadedLists> ListsAsync(CancellationToken stop)
    {
        while (_lists.Current is null)
            await Task.Delay(LookForLists, _clock, stop).ConfigureAwait(false);
        return _lists.Current;
    }

    /// <summary>No audit entry: that it was begun has one, and what it was screened against stands in that of its end.</summary>
    private Task SayBegunAsync(BulkJob job, LoadedLists lists, CancellationToken stop) => _ledger.ActAsync(Actor.System("bulk"), async act =>
    {
        var known = await act.Db.BulkJobs.SingleAsync(one => one.Id == job.Id, stop).ConfigureAwait(false);
        (known.State, known.ListsId, known.PolicyHash) = (BulkState.Running, lists.Id, BulkOptions.Of(job).Policy().Hash);
    }, stop);

    /// <summary>Writes down how a job ended, as often as it takes; then removes what nobody needs any more.</summary>
    private async Task EndAsync(string id, LiveJob live, BulkState state, string? error, BulkOutcome? outcome, CancellationToken stop)
    {
        var by = state == BulkState.Cancelled ? live.CancelledBy : null;
        await UntilDoneAsync(_ => _ledger.ActAsync(Actor.System("bulk"), async act =>
        {
            if (await act.Db.BulkJobs.SingleOrDefaultAsync(one => one.Id == id, CancellationToken.None).ConfigureAwait(false) is not { } job)
                return;
            var progress = live.Look().Progress;
            (job.State, job.Error, job.EndedAt) = (state, error, act.At);
            (job.Rows, job.Share, job.Matched, job.Unscreened) = outcome is null
                ? (progress.Rows, progress.Share, progress.Matched, progress.Unscreened)
                : (outcome.Rows, 1, outcome.Matched, outcome.Unscreened);
            (job.ResultBytes, job.ResultSha256) = (outcome?.Bytes ?? 0, outcome?.Sha256);
            act.Record(AuditAction.BulkEnded, $"bulk:{id}", new
            {
                state,
                by,
                error,
                input = new { file = job.FileName, bytes = job.Bytes, sha256 = job.Sha256, inputSha256 = job.InputSha256 },
                output = outcome is null ? null : new { bytes = outcome.Bytes, sha256 = outcome.Sha256 },
                lists = job.ListsId,
                policy = job.PolicyHash,
                options = BulkOptions.Of(job),
                engine = new { version = EngineVersion.Text, build = EngineVersion.Build },
                rows = job.Rows,
                matched = job.Matched,
                unscreened = job.Unscreened,
            });
        }, CancellationToken.None), stop).ConfigureAwait(false);
        if (state != BulkState.Done)
            TryRemove(id);
        var last = live.Look().Progress;
        live.Tell(state, outcome?.Rows ?? last.Rows, outcome is null ? last.Share : 1, outcome?.Matched ?? last.Matched, outcome?.Unscreened ?? last.Unscreened);
    }

    private async Task<bool> RemoveAsync(Actor actor, string id, CancellationToken cancel)
    {
        var removed = await _ledger.ActAsync(actor, async act =>
        {
            if (await act.Db.BulkJobs.SingleOrDefaultAsync(one => one.Id == id, cancel).ConfigureAwait(false) is not { } job)
                return false;
            act.Db.BulkJobs.Remove(job);
            act.Record(AuditAction.BulkTaken, $"bulk:{id}", new { removed = true, sha256 = job.ResultSha256 });
            return true;
        }, cancel).ConfigureAwait(false);
        if (removed)
            TryRemove(id);
        return removed;
    }

    private void TryRemove(string id)
    {
        try
        {
            FolderOf(id).Remove();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            NotRemoved(id, fault); // tried again at the next start
        }
    }

    private async Task<BulkJob?> FindAsync(string id, CancellationToken cancel)
    {
        await using var db = _store.Open();
        return await db.BulkJobs.AsNoTracking().SingleOrDefaultAsync(job => job.Id == id, cancel).ConfigureAwait(false);
    }

    /// <summary>Does what must be done, also when the store is away for a while.</summary>
    private async Task UntilDoneAsync(Func<CancellationToken, Task> work, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await work(stop).ConfigureAwait(false);
                return;
            }
            catch (Exception fault) when (fault is System.Data.Common.DbException or DbUpdateException or IOException)
            {
                StoreAway(fault);
            }
            await Task.Delay(RetryStore, _clock, stop).ConfigureAwait(false);
        }
    }

    [LoggerMessage(EventId = 4601, Level = LogLevel.Error, Message = "Bulk job {Job} failed.")]
    private partial void Failed(string job, Exception fault);

    [LoggerMessage(EventId = 4602, Level = LogLevel.Warning, Message = "The files of bulk job {Job} are not in this data folder: it is not gone on with. Whoever it belongs to may remove it.")]
    private partial void FilesMissing(string job);

    [LoggerMessage(EventId = 4603, Level = LogLevel.Information, Message = "Bulk job {Job} begins anew: {Why}.")]
    private partial void BegunAnew(string job, string why);

    [LoggerMessage(EventId = 4604, Level = LogLevel.Warning, Message = "The files of a bulk job that ended could not be removed: {Job}.")]
    private partial void NotRemoved(string job, Exception fault);

    [LoggerMessage(EventId = 4605, Level = LogLevel.Warning, Message = "Something of bulk jobs could not be read or written; it is tried again.")]
    private partial void StoreAway(Exception fault);
}
