using System.Data.Common;
using Entente.Node.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Entente.Node.Audit;

/// <summary>Appends entries to the trail, within the transaction of what they record.</summary>
/// <remarks>By plain commands, which are made once for a connection: at thousands of screenings a second, tracking each entry, or reading its SQL again, would cost more than writing it.</remarks>
internal sealed class AuditAppender : IAsyncDisposable
{
    private const string Insert = """
        INSERT INTO audit ("Seq", "At", "Actor", "Action", "About", "Payload", "Salt", "PayloadDigest", "PreviousHash", "Hash")
        VALUES (@seq, @at, @actor, @action, @about, @payload, @salt, @digest, @previous, @hash)
        """;

    private const string Head = """SELECT "Seq", "Hash" FROM audit ORDER BY "Seq" DESC LIMIT 1""";

    private static readonly string[] Names = ["seq", "at", "actor", "action", "about", "payload", "salt", "digest", "previous", "hash"];

    private readonly DbCommand _head;
    private readonly DbCommand _insert;
    private readonly DbParameter[] _parameters;

    /// <summary>Makes the commands.</summary>
    /// <param name="connection">The connection of the transactions.</param>
    public AuditAppender(DbConnection connection)
    {
        _head = connection.CreateCommand();
        _head.CommandText = Head;
        _insert = connection.CreateCommand();
        _insert.CommandText = Insert;
        _parameters = Array.ConvertAll(Names, name =>
        {
            var parameter = _insert.CreateParameter();
            parameter.ParameterName = name;
            _insert.Parameters.Add(parameter);
            return parameter;
        });
    }

    /// <summary>Appends entries in order.</summary>
    /// <param name="db">With the writing transaction begun.</param>
    /// <param name="at">When.</param>
    /// <param name="entries">Actor, action, object and payload of each.</param>
    /// <param name="cancel">Gives up; the transaction is then to be rolled back.</param>
    public static async Task AppendAsync(NodeDb db, DateTimeOffset at, IReadOnlyList<(string Actor, string Action, string About, string Payload)> entries, CancellationToken cancel)
    {
        if (entries.Count == 0)
            return;
        await using var appender = new AuditAppender(db.Database.GetDbConnection());
        await appender.AppendAsync(db.Database.CurrentTransaction, at, entries, cancel).ConfigureAwait(false);
    }

    /// <summary>Appends entries in order.</summary>
    /// <param name="current">The writing transaction.</param>
    /// <param name="at">When.</param>
    /// <param name="entries">Actor, action, object and payload of each.</param>
    /// <param name="cancel">Gives up; the transaction is then to be rolled back.</param>
    public async Task AppendAsync(IDbContextTransaction? current, DateTimeOffset at, IReadOnlyList<(string Actor, string Action, string About, string Payload)> entries, CancellationToken cancel)
    {
        _head.Transaction = _insert.Transaction = current?.GetDbTransaction()
            ?? throw new InvalidOperationException("Entries are appended within the transaction of what they record.");
        // Asked each time: another process may have appended.
        var head = await HeadAsync(cancel).ConfigureAwait(false);
        foreach (var (actor, action, about, payload) in entries)
        {
            var entry = AuditChain.Follow(head, at, actor, action, about, payload);
            object[] values = [entry.Seq, entry.At.ToUnixTimeMilliseconds(), actor, action, about, payload, entry.Salt!, entry.PayloadDigest, entry.PreviousHash, entry.Hash];
            for (var i = 0; i < values.Length; i++)
                _parameters[i].Value = values[i];
            await _insert.ExecuteNonQueryAsync(cancel).ConfigureAwait(false);
            head = (entry.Seq, entry.Hash);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _head.DisposeAsync().ConfigureAwait(false);
        await _insert.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<(long Seq, byte[] Hash)> HeadAsync(CancellationToken cancel)
    {
        await using var reader = await _head.ExecuteReaderAsync(cancel).ConfigureAwait(false);
        return await reader.ReadAsync(cancel).ConfigureAwait(false)
            ? (reader.GetInt64(0), await reader.GetFieldValueAsync<byte[]>(1, cancel).ConfigureAwait(false))
            : (0, AuditChain.Origin);
    }
}
