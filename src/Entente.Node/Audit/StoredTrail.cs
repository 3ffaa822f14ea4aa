using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text;
using Entente.Node.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Audit;

/// <summary>The trail in the store, as it was at one moment: what is appended or erased while it is read does not show.</summary>
/// <remarks>Read by plain commands and not as entities, so that a value of the wrong kind is a finding rather than a failure.</remarks>
internal sealed class StoredTrail : IAuditSource
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private static readonly string[] Columns = ["Seq", "At", "Actor", "Action", "About", "Payload", "Salt", "PayloadDigest", "PreviousHash", "Hash"];

    private readonly NodeDb _db;
    private readonly DbConnection _connection;
    private readonly DbTransaction _moment;
    private readonly string _select;

    private StoredTrail(NodeDb db, DbConnection connection, DbTransaction moment, bool isPostgres)
    {
        _db = db;
        _connection = connection;
        _moment = moment;
        // SQLite would turn bytes that are no text into other text; as bytes they are seen as they are.
        var texts = new[] { "Actor", "Action", "About", "Payload" };
        _select = $"SELECT {string.Join(", ", Columns.Select(name => !isPostgres && texts.Contains(name) ? $"CAST(\"{name}\" AS BLOB)" : $"\"{name}\""))} FROM audit";
    }

    public long First => 1;

    public long Count { get; private set; }

    public byte[] Before => AuditChain.Origin;

    public AuditHead? SaidHead => null;

    /// <summary>The last entry.</summary>
    public AuditHead Head { get; private set; } = new(0, Convert.ToHexStringLower(AuditChain.Origin));

    /// <summary>Opens the trail as it is now.</summary>
    public static async Task<StoredTrail> OpenAsync(NodeStore store, CancellationToken cancel)
    {
        var db = store.Open();
        try
        {
            await db.Database.OpenConnectionAsync(cancel).ConfigureAwait(false);
            var connection = db.Database.GetDbConnection();
            var moment = connection is SqliteConnection sqlite
                ? sqlite.BeginTransaction(IsolationLevel.Serializable, deferred: true) // reads only: writers need not wait
                : await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel).ConfigureAwait(false);
            var trail = new StoredTrail(db, connection, moment, store.IsPostgres);
            await trail.MeasureAsync(cancel).ConfigureAwait(false);
            return trail;
        }
        catch
        {
            await db.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public IAsyncEnumerable<AuditRow> AllAsync(CancellationToken cancel) => ReadAsync("", [], cancel);

    public IAsyncEnumerable<AuditRow> ErasuresAsync(CancellationToken cancel) => ReadAsync("""WHERE "Action" = @action""", [("action", AuditAction.PersonalDataErased)], cancel);

    /// <summary>Entries by number.</summary>
    public IAsyncEnumerable<AuditRow> RangeAsync(long first, long last, CancellationToken cancel) =>
        ReadAsync("""WHERE "Seq" >= @first AND "Seq" <= @last""", [("first", first), ("last", last)], cancel);

    /// <summary>The hash of an entry; null where there is no such entry.</summary>
    public async Task<byte[]?> HashAtAsync(long seq, CancellationToken cancel)
    {
        await foreach (var row in RangeAsync(seq, seq, cancel).ConfigureAwait(false))
            return row.Hash;
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await _moment.DisposeAsync().ConfigureAwait(false);
        await _db.DisposeAsync().ConfigureAwait(false);
    }

    private async Task MeasureAsync(CancellationToken cancel)
    {
        await using (var command = NewCommand("SELECT COUNT(*) FROM audit", []))
            Count = (long)(await command.ExecuteScalarAsync(cancel).ConfigureAwait(false))!;
        await foreach (var row in ReadAsync("""WHERE "Seq" = (SELECT MAX("Seq") FROM audit)""", [], cancel).ConfigureAwait(false))
            Head = new AuditHead(row.Seq, Convert.ToHexStringLower(row.Hash));
    }

    private async IAsyncEnumerable<AuditRow> ReadAsync(string where, (string Name, object Value)[] parameters, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = NewCommand($"""{_select} {where} ORDER BY "Seq" """, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancel).ConfigureAwait(false);
        while (await reader.ReadAsync(cancel).ConfigureAwait(false))
            yield return RowOf(reader);
    }

    private DbCommand NewCommand(string text, (string Name, object Value)[] parameters)
    {
        var command = _connection.CreateCommand();
        command.Transaction = _moment;
        command.CommandTimeout = 0;
#pragma warning disable CA2100 // Put together from the constants of this class.
        command.CommandText = text;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }
        return command;
    }

    private static AuditRow RowOf(DbDataReader reader)
    {
        string? unreadable = null;
        return new AuditRow(Number(0) ?? 0, Number(1) ?? 0, Text(2) ?? "", Text(3) ?? "", Text(4) ?? "", Text(5, mayBeNull: true),
            Bytes(6, mayBeNull: true), Bytes(7) ?? [], Bytes(8) ?? [], Bytes(9) ?? [])
        { Unreadable = unreadable };

        long? Number(int at) => reader.GetValue(at) switch
        {
            long number => number,
            _ => Wrong<long?>(at, "a number"),
        };

        string? Text(int at, bool mayBeNull = false)
        {
            try
            {
                return reader.GetValue(at) switch
                {
                    string text => text,
                    byte[] bytes => StrictUtf8.GetString(bytes),
                    DBNull when mayBeNull => null,
                    _ => Wrong<string?>(at, "text"),
                };
            }
            catch (DecoderFallbackException)
            {
                return Wrong<string?>(at, "text");
            }
        }

        byte[]? Bytes(int at, bool mayBeNull = false) => reader.GetValue(at) switch
        {
            byte[] bytes => bytes,
            DBNull when mayBeNull => null,
            _ => Wrong<byte[]?>(at, "bytes"),
        };

        T? Wrong<T>(int at, string expected)
        {
            unreadable ??= $"its column {Columns[at]} was changed: it does not hold {expected}";
            return default;
        }
    }
}
