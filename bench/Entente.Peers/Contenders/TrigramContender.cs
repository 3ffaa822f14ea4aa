using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using NpgsqlTypes;

namespace Entente.Bench.Peers.Contenders;

/// <summary>PostgreSQL's <c>pg_trgm</c> with a GIN index on names prepared beforehand: one connection, prepared statements.</summary>
internal sealed class TrigramContender : Contender
{
    private static int _made;

    // The extension's own default; below it hits mean nothing.
    private const float Low = 0.3f;

    // Two lists may be loaded at once.
    private readonly string _schema = "entente_bench_" + Interlocked.Increment(ref _made).ToString(CultureInfo.InvariantCulture);
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _people;
    private readonly NpgsqlCommand _others;
    private readonly NpgsqlCommand _limit;
    private readonly string _version;
    private readonly string _plan;
    private readonly long _table;
    private readonly long _index;
    private readonly TimeSpan _build;

    public TrigramContender(string connectionString, NameBook book)
    {
        _connection = new NpgsqlConnection(connectionString);
        try
        {
            _connection.Open();
            Run("CREATE EXTENSION IF NOT EXISTS pg_trgm");
            Run($"DROP SCHEMA IF EXISTS {_schema} CASCADE; CREATE SCHEMA {_schema}");
            // One core: no parallel workers. No JIT: it only slows statements this short. One plan, the one that is verified.
            Run("SET max_parallel_workers_per_gather = 0; SET jit = off; SET plan_cache_mode = force_generic_plan");
            if (!(bool)Scalar("SELECT cardinality(show_trgm('محمد')) > 0"))
                throw new InvalidOperationException("the database's locale knows no letters but English ones: make it UTF-8 with a locale such as C.UTF-8.");
            long start = Stopwatch.GetTimestamp();
            Fill("people", book.People);
            Fill("others", book.Others);
            _build = Stopwatch.GetElapsedTime(start);
            _table = (long)Scalar($"SELECT pg_table_size('{_schema}.people') + pg_table_size('{_schema}.others')");
            _index = (long)Scalar($"SELECT pg_relation_size('{_schema}.people_trigrams') + pg_relation_size('{_schema}.others_trigrams')");
            _version = _connection.PostgreSqlVersion.ToString();
            _limit = new NpgsqlCommand("SELECT set_limit($1)", _connection) { Parameters = { new() { NpgsqlDbType = NpgsqlDbType.Real, Value = Low } } };
            _limit.Prepare();
            AimLow();
            _plan = Verify("people");
            _people = Prepare("people");
            _others = Prepare("others");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    public override string Name => "pg_trgm";

    public override string Setup => $"PostgreSQL {_version}, one connection, prepared statement, similarity with % and set_limit, GIN index; same prepared names, people and others apart; {_plan}";

    public override IReadOnlyList<Threshold> Usual { get; } = [new(0.6, Above: false)];

    public override IReadOnlyList<(string What, string Value)> Memory =>
    [
        ("load and index", FormattableString.Invariant($"{_build.TotalMilliseconds:N0} ms")),
        ("tables", Machine.Megabytes(_table)),
        ("GIN indexes", Machine.Megabytes(_index)),
    ];

    public override JsonObject MemoryJson => new() { ["buildMs"] = _build.TotalMilliseconds, ["tableBytes"] = _table, ["indexBytes"] = _index };

    public override bool IsFasterAbove => true;

    public override void Aim(Threshold threshold) => SetLimit((float)Math.Clamp(threshold.Score, 0, 1));

    public override void AimLow() => SetLimit(Low);

    public override IReadOnlyList<Hit> Search(string schema, string name, int limit)
    {
        NpgsqlCommand command = NameBook.IsPeople(schema) ? _people : _others;
        command.Parameters[0].Value = PeerText.Prepare(name);
        command.Parameters[1].Value = limit;
        using NpgsqlDataReader reader = command.ExecuteReader();
        List<Hit> hits = [];
        while (reader.Read())
            hits.Add(new Hit(reader.GetString(0), reader.GetFloat(1)));
        return hits;
    }

    public override void Dispose()
    {
        _people.Dispose();
        _others.Dispose();
        _limit.Dispose();
        Run($"DROP SCHEMA IF EXISTS {_schema} CASCADE");
        _connection.Dispose();
        base.Dispose();
    }

    private string Query(string table) =>
        $"SELECT entity, max(similarity(name, $1)) AS score FROM {_schema}.{table} WHERE name % $1 GROUP BY entity ORDER BY score DESC, entity LIMIT $2";

    private void SetLimit(float limit)
    {
        _limit.Parameters[0].Value = limit;
        _limit.ExecuteScalar();
    }

    private void Fill(string table, IReadOnlyList<PeerName> names)
    {
        Run($"CREATE TABLE {_schema}.{table} (entity text NOT NULL, name text NOT NULL)");
        using (NpgsqlBinaryImporter rows = _connection.BeginBinaryImport($"COPY {_schema}.{table} (entity, name) FROM STDIN (FORMAT BINARY)"))
        {
            foreach (PeerName name in names)
            {
                rows.StartRow();
                rows.Write(name.EntityId, NpgsqlDbType.Text);
                rows.Write(name.Text, NpgsqlDbType.Text);
            }
            rows.Complete();
        }
        Run($"CREATE INDEX {table}_trigrams ON {_schema}.{table} USING gin (name gin_trgm_ops)");
        Run($"VACUUM ANALYZE {_schema}.{table}");
    }

    private NpgsqlCommand Prepare(string table)
    {
        NpgsqlCommand command = new(Query(table), _connection)
        {
            Parameters = { new() { NpgsqlDbType = NpgsqlDbType.Text, Value = "" }, new() { NpgsqlDbType = NpgsqlDbType.Integer, Value = 1 } },
        };
        command.Prepare();
        return command;
    }

    /// <summary>Makes sure that the plan goes through the index, and says how.</summary>
    private string Verify(string table)
    {
        if (UsesIndex(table))
            return "index in use by the planner's choice (EXPLAIN)";
        // On a short list the planner may hold reading it all to be cheaper.
        Run("SET enable_seqscan = off");
        return UsesIndex(table)
            ? "index in use (EXPLAIN), after enable_seqscan = off"
            : throw new InvalidOperationException("EXPLAIN shows no use of the trigram index: the figures would not be pg_trgm's.");
    }

    private bool UsesIndex(string table)
    {
        Run($"PREPARE verified (text, int) AS {Query(table)}");
        using NpgsqlCommand explain = new("EXPLAIN EXECUTE verified ('some name', 1)", _connection);
        bool used = false;
        using (NpgsqlDataReader reader = explain.ExecuteReader())
        {
            while (reader.Read())
                used |= reader.GetString(0).Contains(table + "_trigrams", StringComparison.Ordinal);
        }
        Run("DEALLOCATE verified");
        return used;
    }

    private void Run(string sql)
    {
#pragma warning disable CA2100 // The texts are this file's own; nothing of them comes from outside.
        using NpgsqlCommand command = new(sql, _connection);
#pragma warning restore CA2100
        command.CommandTimeout = 0;
        command.ExecuteNonQuery();
    }

    private object Scalar(string sql)
    {
#pragma warning disable CA2100 // As above.
        using NpgsqlCommand command = new(sql, _connection);
#pragma warning restore CA2100
        return command.ExecuteScalar() ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"no answer to: {sql}"));
    }
}
