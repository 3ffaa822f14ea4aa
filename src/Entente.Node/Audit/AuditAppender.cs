using System.Data.Common;
using Entente.Node.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Entente.Node.Audit;

/// <summary>Appends entries to the trail, within the transaction of what they record.</summary>
/// <remarks>By plain commands: at thousands of screenings a second, tracking each entry would cost more than writing it.</remarks>
internal static class AuditAppender
{
    private const string Insert = """
        INSERT INTO audit ("Seq", "At", "Actor", "Action", "About", "Payload", "Salt", "PayloadDigest", "PreviousHash", "Hash")
        VALUES (@seq, @at, @actor, @action, @about, @payload, @salt, @digest, @previous, @hash)
        """;

    private const string Head = """SELECT "Seq", "Hash" FROM audit ORDER BY "Seq" DESC LIMIT 1""";

    /// <summary>Appends entries in order.</summary>
    /// <param name="db">With the writing transaction begun.</param>
    /// <param name="at">When.</param>
    /// <param name="entries">Actor, action, object and payload of each.</param>
    /// <param name="cancel">Gives up; the transaction is then to be rolled back.</param>
    public static async Task AppendAsync(NodeDb db, DateTimeOffset at, IReadOnlyList<(string Actor, string Action, string About, string Payload)> entries, CancellationToken cancel)
    {
        if (entries.Count == 0)
            return;
        var connection = db.Database.GetDbConnection();
        var transaction = db.Database.CurrentTransaction?.GetDbTransaction()
            ?? throw new InvalidOperationException("Entries are appended within the transaction of what they record.");
        var head = await HeadAsync(connection, transaction, cancel).ConfigureAwait(false);
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = Insert;
        var names = new[] { "seq", "at", "actor", "action", "about", "payload", "salt", "digest", "previous", "hash" };
        var parameters = Array.ConvertAll(names, name =>
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
            return parameter;
        });
        foreach (var (actor, action, about, payload) in entries)
        {
            var entry = AuditChain.Follow(head, at, actor, action, about, payload);
            object[] values = [entry.Seq, entry.At.ToUnixTimeMilliseconds(), actor, action, about, payload, entry.Salt!, entry.PayloadDigest, entry.PreviousHash, entry.Hash];
            for (var i = 0; i < values.Length; i++)
                parameters[i].Value = values[i];
            await command.ExecuteNonQueryAsync(cancel).ConfigureAwait(false);
            head = (entry.Seq, entry.Hash);
        }
    }

    private static async Task<(long Seq, byte[] Hash)> HeadAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = Head;
        await using var reader = await command.ExecuteReaderAsync(cancel).ConfigureAwait(false);
        return await reader.ReadAsync(cancel).ConfigureAwait(false)
            ? (reader.GetInt64(0), await reader.GetFieldValueAsync<byte[]>(1, cancel).ConfigureAwait(false))
            : (0, AuditChain.Origin);
    }
}
