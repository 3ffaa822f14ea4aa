using System.Data;
using System.Data.Common;
using System.Threading.Channels;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Entente.Node.Store;

/// <summary>The one way to change the store: an act and its audit entries are written in one transaction, acts one after another.</summary>
/// <remarks>
/// <para><see cref="ActAsync{T}"/> is for acts that change something. <see cref="RecordAsync"/> is for what is only recorded,
/// above all screenings: many that wait at the same time share one transaction, and each is told when it is on the disk.</para>
/// <para>An act whose record cannot be written does not happen: both throw then, and nothing was changed.</para>
/// </remarks>
public sealed class Ledger : IAsyncDisposable
{
    // As many as one transaction takes without making the first of them wait long.
    private const int MostAtOnce = 512;

    // Beyond these, callers wait before they are taken: memory stays bounded.
    private const int MostWaiting = 4096;

    // After a restart of the server, what the pool holds is broken, mostly a connection or two.
    private const int MostConnections = 4;

    private readonly NodeStore _store;
    private readonly TimeProvider _clock;
    private readonly NodeMeters? _meters;
    // Never disposed: it has no handle, and an act of the last moment must not meet one that is gone.
    private readonly SemaphoreSlim _writer = new(1);
    private readonly Channel<Pending> _pending = Channel.CreateBounded<Pending>(MostWaiting);
    private readonly Task _recording;
    private LedgerConnection? _connection;

    /// <summary>Begins to record.</summary>
    /// <param name="store">The store.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="meters">Counts what is written; null for nobody.</param>
    public Ledger(NodeStore store, TimeProvider clock, NodeMeters? meters = null)
    {
        _store = store;
        _clock = clock;
        _meters = meters;
        _recording = Task.Run(RecordPendingAsync);
    }

    /// <summary>Acts: runs the work, saves what it changed and what it recorded, and commits.</summary>
    /// <param name="actor">Who acts.</param>
    /// <param name="work">Changes <see cref="Act.Db"/> and records. What it throws undoes all of it.</param>
    /// <param name="cancel">Gives up before the commit.</param>
    /// <returns>What the work returned, once it is on the disk.</returns>
    public async Task<T> ActAsync<T>(Actor actor, Func<Act, Task<T>> work, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        await _writer.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            var begun = _clock.GetTimestamp();
            var (db, transaction) = await BeginAsync(cancel).ConfigureAwait(false);
            await using var ownedDb = db.ConfigureAwait(false);
            await using var ownedTransaction = transaction.ConfigureAwait(false);
            var act = new Act(db, actor, _clock.GetUtcNow());
            var result = await work(act).ConfigureAwait(false);
            await act.FinishAsync(cancel).ConfigureAwait(false);
            await transaction.CommitAsync(cancel).ConfigureAwait(false);
            _meters?.Committed(act.Actions, _clock.GetElapsedTime(begun));
            return result;
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>As <see cref="ActAsync{T}"/>, for work that returns nothing.</summary>
    /// <param name="actor">Who acts.</param>
    /// <param name="work">Changes and records.</param>
    /// <param name="cancel">Gives up before the commit.</param>
    public Task ActAsync(Actor actor, Func<Act, Task> work, CancellationToken cancel = default) =>
        ActAsync(actor, async act =>
        {
            await work(act).ConfigureAwait(false);
            return true;
        }, cancel);

    /// <summary>Records what changed nothing but must be proved later.</summary>
    /// <param name="actor">Who acts.</param>
    /// <param name="action">One of <see cref="AuditAction"/>.</param>
    /// <param name="about">What it was done to.</param>
    /// <param name="payload">JSON.</param>
    /// <param name="cancel">Stops waiting; the record may be written all the same.</param>
    /// <returns>Done once it is on the disk.</returns>
    public async Task RecordAsync(Actor actor, string action, string about, string payload, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var pending = new Pending(actor.Id, action, about, payload, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await _pending.Writer.WriteAsync(pending, cancel).ConfigureAwait(false);
        await pending.Written.Task.WaitAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>Writes what waits, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _pending.Writer.TryComplete();
        await _recording.ConfigureAwait(false);
        await CloseAsync().ConfigureAwait(false);
    }

    /// <summary>Begins a transaction. A connection that lay in the pool may have been broken since by the server: then by another, as nothing was done yet.</summary>
    private async Task<(NodeDb Db, IDbContextTransaction Transaction)> BeginAsync(CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var db = _store.Open();
            try
            {
                return (db, await _store.BeginAsync(db, cancel).ConfigureAwait(false));
            }
            catch (DbException) when (attempt < MostConnections && db.Database.GetDbConnection().State != ConnectionState.Open)
            {
                await db.DisposeAsync().ConfigureAwait(false);
            }
            catch
            {
                await db.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    private async Task RecordPendingAsync()
    {
        var batch = new List<Pending>(MostAtOnce);
        while (await _pending.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            await _writer.WaitAsync().ConfigureAwait(false);
            try
            {
                // What came while another wrote goes along.
                batch.Clear();
                while (batch.Count < MostAtOnce && _pending.Reader.TryRead(out var next))
                    batch.Add(next);
                await WriteAsync(batch).ConfigureAwait(false);
            }
            finally
            {
                _writer.Release();
            }
        }
    }

    private async Task WriteAsync(List<Pending> batch)
    {
        try
        {
            var begun = _clock.GetTimestamp();
            (string, string, string, string)[] entries = [.. batch.Select(item => (item.Actor, item.Action, item.About, item.Payload))];
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    _connection ??= await LedgerConnection.OpenAsync(_store).ConfigureAwait(false);
                    await _connection.WriteAsync(_clock.GetUtcNow(), entries).ConfigureAwait(false);
                    break;
                }
                catch (DbException) when (attempt < MostConnections && _connection is { BrokeBeforeCommit: true })
                {
                    // The server was started anew, or closed what was idle. Once the commit was asked for nobody knows, and those who wait hear of it.
                    await CloseAsync().ConfigureAwait(false);
                }
            }
            _meters?.Committed([.. batch.Select(item => item.Action)], _clock.GetElapsedTime(begun));
            foreach (var item in batch)
                item.Written.SetResult();
        }
#pragma warning disable CA1031 // Whatever it was, each of those who wait must hear of it.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            foreach (var item in batch)
                item.Written.TrySetException(fault);
            // It may be the connection: the next begins with another.
            await CloseAsync().ConfigureAwait(false);
        }
    }

    private async Task CloseAsync()
    {
        var connection = _connection;
        _connection = null;
        try
        {
            if (connection is not null)
                await connection.DisposeAsync().ConfigureAwait(false);
        }
        catch (DbException)
        {
            // It is of no use any more, whatever it says.
        }
    }

    private sealed record Pending(string Actor, string Action, string About, string Payload, TaskCompletionSource Written);
}
