using System.Diagnostics.Metrics;
using Entente.Node.Audit;

namespace Entente.Node.Telemetry;

/// <summary>What the node measures of itself as it works. No name, query or id of a person is ever in a tag.</summary>
/// <remarks>What it looks up at intervals instead is in <see cref="NodeGauges"/>; latency by route comes from ASP.NET Core.</remarks>
public sealed class NodeMeters
{
    /// <summary>The meter's name.</summary>
    public const string Name = "Entente.Node";

    private readonly Counter<long> _queries, _matches, _entries, _rows;
    private readonly Histogram<double> _screening, _commit;
    private readonly Histogram<int> _batch;

    /// <summary>Makes the instruments.</summary>
    /// <param name="factory">Keeps the meter.</param>
    public NodeMeters(IMeterFactory factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        Meter = factory.Create(Name);
        _queries = Meter.CreateCounter<long>("entente.screening.queries", "{query}", "Names screened, bulk apart.");
        _matches = Meter.CreateCounter<long>("entente.screening.matches", "{query}", "Names screened that had a match at or above the threshold.");
        _screening = Meter.CreateHistogram<double>("entente.screening.duration", "s", "Screening all queries of a request, without its record.");
        _commit = Meter.CreateHistogram<double>("entente.ledger.commit.duration", "s", "One transaction of the ledger, from its begin until it is on the disk.");
        _batch = Meter.CreateHistogram<int>("entente.ledger.batch.size", "{entry}", "Audit entries written in one transaction.");
        _entries = Meter.CreateCounter<long>("entente.audit.entries", "{entry}", "Audit entries written, by action: how often alerts are raised, decided and so on.");
        _rows = Meter.CreateCounter<long>("entente.bulk.rows", "{row}", "Rows of bulk jobs screened.");
    }

    /// <summary>The meter, for gauges.</summary>
    internal Meter Meter { get; }

    /// <summary>Queries were screened.</summary>
    /// <param name="queries">How many.</param>
    /// <param name="matched">How many of them had a match.</param>
    /// <param name="took">How long all of them took.</param>
    public void Screened(int queries, int matched, TimeSpan took)
    {
        _queries.Add(queries);
        _matches.Add(matched);
        _screening.Record(took.TotalSeconds);
    }

    /// <summary>Rows of a bulk job were screened.</summary>
    /// <param name="rows">How many since the last call.</param>
    public void BulkRows(long rows) => _rows.Add(rows);

    /// <summary>A transaction of the ledger was committed.</summary>
    /// <param name="actions">The actions of its audit entries: each one of <see cref="AuditAction"/>.</param>
    /// <param name="took">From its begin to the end of the commit.</param>
    internal void Committed(IReadOnlyList<string> actions, TimeSpan took)
    {
        _commit.Record(took.TotalSeconds);
        _batch.Record(actions.Count);
        foreach (var group in actions.CountBy(action => action))
            _entries.Add(group.Value, new KeyValuePair<string, object?>("action", group.Key));
    }
}
