using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace Entente.Node.Store;

/// <summary>Opens the database: a SQLite file in the data folder, or the PostgreSQL server that a connection string names.</summary>
/// <remarks>Both keep what was committed through a crash: SQLite with a write-ahead log that is flushed at each commit, PostgreSQL by its own default.</remarks>
public sealed class NodeStore
{
    /// <summary>The file's name in the data folder.</summary>
    public const string FileName = "node.db";

    /// <summary>A file beside it that is held open while the schema is brought up to date.</summary>
    internal const string MigrationLock = FileName + "-migration";

    private static readonly TimeSpan LookForMigration = TimeSpan.FromMilliseconds(50);

    // Held by the one transaction that writes, among all processes on one PostgreSQL database.
    private const long WriterLock = 0x456E74656E7465;

    private readonly DbContextOptions<SqliteNodeDb>? _sqlite;
    private readonly DbContextOptions<PostgresNodeDb>? _postgres;

    private NodeStore(DbContextOptions<SqliteNodeDb>? sqlite, DbContextOptions<PostgresNodeDb>? postgres)
    {
        _sqlite = sqlite;
        _postgres = postgres;
    }

    /// <summary>Whether it is a PostgreSQL server.</summary>
    public bool IsPostgres => _postgres is not null;

    /// <summary>The store in the data folder.</summary>
    /// <param name="dataFolder">The data folder; made where there is none, for this user alone.</param>
    public static NodeStore InFolder(string dataFolder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(dataFolder);
        else
            Directory.CreateDirectory(dataFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var connection = new SqliteConnectionStringBuilder { DataSource = Path.Combine(dataFolder, FileName), ForeignKeys = true }.ToString();
        return new NodeStore(new DbContextOptionsBuilder<SqliteNodeDb>().UseSqlite(connection).AddInterceptors(new Durable()).Options, null);
    }

    /// <summary>The store on a server.</summary>
    /// <param name="connection">A connection string as Npgsql takes it.</param>
    public static NodeStore OnPostgres(string connection) =>
        new(null, new DbContextOptionsBuilder<PostgresNodeDb>().UseNpgsql(connection).Options);

    /// <summary>A context for one piece of work; dispose it after use. Write through <see cref="Ledger"/> only.</summary>
    public NodeDb Open() => _sqlite is not null ? new SqliteNodeDb(_sqlite) : new PostgresNodeDb(_postgres!); // one of the two is given

    /// <summary>Brings the schema up to date; loses nothing. Several processes may start at once.</summary>
    /// <param name="cancel">Gives up.</param>
    public async Task MigrateAsync(CancellationToken cancel = default)
    {
        await using var db = Open();
        if (IsPostgres)
        {
            await db.Database.MigrateAsync(cancel).ConfigureAwait(false);
            return;
        }
        await using var held = await HoldAsync(db.Database.GetDbConnection().DataSource, cancel).ConfigureAwait(false);
        if ((await db.Database.GetPendingMigrationsAsync(cancel).ConfigureAwait(false)).Any())
        {
            // On SQLite, what Entity Framework locks with is a row: of a process that was killed it stays, and all others would wait for
            // it for ever. Whoever holds the file knows that nobody else is at work.
            await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancel).ConfigureAwait(false);
            await db.Database.MigrateAsync(cancel).ConfigureAwait(false);
        }
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancel).ConfigureAwait(false);
    }

    /// <summary>Waits for the file that one process at a time can hold, and that a process lets go of however it ends.</summary>
    private static async Task<FileStream> HoldAsync(string database, CancellationToken cancel)
    {
        var path = Path.Combine(Path.GetDirectoryName(database)!, MigrationLock); // a database in a folder
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(LookForMigration, cancel).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Lets go of a SQLite file that is to be moved or removed.</summary>
    internal void ReleaseFile()
    {
        using var db = Open();
        if (db.Database.GetDbConnection() is SqliteConnection connection)
            SqliteConnection.ClearPool(connection);
    }

    /// <summary>Begins the one transaction that may write; others wait.</summary>
    internal async Task<IDbContextTransaction> BeginAsync(NodeDb db, CancellationToken cancel)
    {
        // SQLite takes its lock at the begin (BEGIN IMMEDIATE).
        var transaction = await db.Database.BeginTransactionAsync(cancel).ConfigureAwait(false);
        if (IsPostgres)
            await db.Database.ExecuteSqlRawAsync($"SELECT pg_advisory_xact_lock({WriterLock})", cancel).ConfigureAwait(false);
        return transaction;
    }

    /// <summary>Sets what SQLite keeps for each connection.</summary>
    private sealed class Durable : DbConnectionInterceptor
    {
        // What is erased is overwritten, not only unlinked.
        private const string Pragmas = "PRAGMA synchronous = FULL; PRAGMA busy_timeout = 30000; PRAGMA secure_delete = ON;";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
