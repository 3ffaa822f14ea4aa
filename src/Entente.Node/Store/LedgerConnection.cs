using Entente.Node.Audit;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Store;

/// <summary>The connection by which the ledger records: it stays open from one transaction to the next, and with it what the database has prepared.</summary>
/// <remarks>Not for several at a time: the ledger's writer holds it.</remarks>
internal sealed class LedgerConnection : IAsyncDisposable
{
    private readonly NodeStore _store;
    private readonly NodeDb _db;
    private readonly AuditAppender _appender;
    private bool _committing;

    private LedgerConnection(NodeStore store, NodeDb db)
    {
        _store = store;
        _db = db;
        _appender = new AuditAppender(db.Database.GetDbConnection());
    }

    /// <summary>Opens one.</summary>
    /// <param name="store">The store.</param>
    public static async Task<LedgerConnection> OpenAsync(NodeStore store)
    {
        var db = store.Open();
        try
        {
            await db.Database.OpenConnectionAsync().ConfigureAwait(false);
            return new LedgerConnection(store, db);
        }
        catch
        {
            await db.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Whether the last write ended because the connection is gone, and before its commit was asked for: nothing of it is, or ever will be, in the store.</summary>
    public bool BrokeBeforeCommit => !_committing && _db.Database.GetDbConnection().State != System.Data.ConnectionState.Open;

    /// <summary>Writes entries in one transaction.</summary>
    /// <param name="at">When.</param>
    /// <param name="entries">Actor, action, object and payload of each.</param>
    /// <returns>When they are on the disk.</returns>
    public async Task WriteAsync(DateTimeOffset at, IReadOnlyList<(string Actor, string Action, string About, string Payload)> entries)
    {
        _committing = false;
        await using var transaction = await _store.BeginAsync(_db, CancellationToken.None).ConfigureAwait(false);
        await _appender.AppendAsync(transaction, at, entries, CancellationToken.None).ConfigureAwait(false);
        _committing = true;
        await transaction.CommitAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _appender.DisposeAsync().ConfigureAwait(false);
        await _db.DisposeAsync().ConfigureAwait(false);
    }
}
