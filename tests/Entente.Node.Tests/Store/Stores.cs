using Entente.Bench.Peers.Contenders;
using Npgsql;

namespace Entente.Node.Tests.Store;

/// <summary>The databases that every test of the store runs on.</summary>
internal static class Stores
{
    public const string Sqlite = "sqlite", Postgres = "postgres";

    private static readonly Lazy<PostgresServer?> Server = new(() => PostgresServer.TryStart(out _));

    /// <summary>For theories.</summary>
    public static TheoryData<string> All => [Sqlite, Postgres];

    /// <summary>A new, empty database on a server that lives as long as the tests run.</summary>
    public static string NewPostgresDatabase()
    {
        Assert.SkipWhen(Server.Value is null && Environment.GetEnvironmentVariable("CI") != "true", "skipped: no PostgreSQL");
        Assert.NotNull(Server.Value);
        var name = "test_" + Guid.NewGuid().ToString("N");
        using var connection = new NpgsqlConnection(Server.Value.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The name is made above.
        command.CommandText = $"CREATE DATABASE {name}";
#pragma warning restore CA2100
        command.ExecuteNonQuery();
        return new NpgsqlConnectionStringBuilder(Server.Value.ConnectionString) { Database = name, Pooling = true, MaxPoolSize = 30, ConnectionIdleLifetime = 5, ConnectionPruningInterval = 2 }.ConnectionString;
    }
}
