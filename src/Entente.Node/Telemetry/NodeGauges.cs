using System.Diagnostics.Metrics;
using Entente.Node.Lists;
using Entente.Node.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Entente.Node.Telemetry;

/// <summary>What stands at present: how old the lists are, how many alerts wait. Looked up at intervals, so that reading the metrics costs nothing.</summary>
internal sealed partial class NodeGauges : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    private readonly NodeStore _store;
    private readonly TimeProvider _clock;
    private readonly ILogger<NodeGauges> _log;
    private volatile Standing _standing = new([], [], 0, 0);

    public NodeGauges(NodeMeters meters, ListsInUse lists, NodeStore store, TimeProvider clock, ILogger<NodeGauges> log)
    {
        _store = store;
        _clock = clock;
        _log = log;
        var meter = meters.Meter;
        meter.CreateObservableGauge("entente.lists.ready", () => lists.Current is null ? 0 : 1, null, "Whether lists are in use: 0 until they are read.");
        meter.CreateObservableGauge("entente.lists.problem", () => lists.Problem is null ? 0 : 1, null, "Whether what is installed could not be put to use.");
        meter.CreateObservableGauge("entente.list.age", () => Ages(lists), "s", "Since the publisher confirmed the version in use, else since it made it.");
        meter.CreateObservableGauge("entente.list.entities", () => Sizes(lists), "{entity}", "Entities of the version in use.");
        meter.CreateObservableGauge("entente.alerts.queue", () => _standing.Alerts, "{alert}", "Alerts by state.");
        meter.CreateObservableGauge("entente.bulk.jobs", () => _standing.Jobs, "{job}", "Bulk jobs by state.");
        meter.CreateObservableGauge("entente.subjects", () => _standing.Subjects, "{subject}", "Subjects that are monitored.");
        meter.CreateObservableGauge("entente.webhooks.waiting", () => _standing.Deliveries, "{delivery}", "Deliveries to webhooks that are due or to be tried again.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, _clock);
        do
        {
            try
            {
                _standing = await LookAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // What could not be counted stands as it was; whoever needs the store says what is wrong with it.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                NotCounted(_log, fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    private async Task<Standing> LookAsync(CancellationToken cancel)
    {
        await using var db = _store.Open();
        var alerts = await db.Alerts.GroupBy(alert => alert.State).Select(group => new { group.Key, Count = group.LongCount() }).ToListAsync(cancel).ConfigureAwait(false);
        var jobs = await db.BulkJobs.GroupBy(job => job.State).Select(group => new { group.Key, Count = group.LongCount() }).ToListAsync(cancel).ConfigureAwait(false);
        var subjects = await db.Subjects.LongCountAsync(subject => !subject.Removed, cancel).ConfigureAwait(false);
        var deliveries = await db.WebhookDeliveries.LongCountAsync(delivery => delivery.NextAttemptAt != null, cancel).ConfigureAwait(false);
        return new Standing(ByState(alerts.ToDictionary(group => group.Key, group => group.Count)), ByState(jobs.ToDictionary(group => group.Key, group => group.Count)), subjects, deliveries);
    }

    /// <summary>Every state, also those with none: a series that comes and goes cannot be alerted on.</summary>
    private static Measurement<long>[] ByState<TState>(Dictionary<TState, long> counts)
        where TState : struct, Enum =>
        [.. Enum.GetValues<TState>().Select(state => new Measurement<long>(counts.GetValueOrDefault(state), new KeyValuePair<string, object?>("state", state.ToString().ToLowerInvariant())))];

    private IEnumerable<Measurement<double>> Ages(ListsInUse lists)
    {
        var now = _clock.GetUtcNow();
        return (lists.Current?.Versions ?? []).Where(version => version.Age(now) is not null)
            .Select(version => new Measurement<double>(version.Age(now)!.Value.TotalSeconds, new KeyValuePair<string, object?>("dataset", version.Dataset)));
    }

    private static IEnumerable<Measurement<int>> Sizes(ListsInUse lists) =>
        (lists.Current?.Versions ?? []).Select(version => new Measurement<int>(version.Entities, new KeyValuePair<string, object?>("dataset", version.Dataset)));

    private sealed record Standing(Measurement<long>[] Alerts, Measurement<long>[] Jobs, long Subjects, long Deliveries);

    [LoggerMessage(EventId = 4201, EventName = "GaugesNotRead", Level = LogLevel.Warning, Message = "The metrics that count rows of the store could not be brought up to date.")]
    private static partial void NotCounted(ILogger log, Exception fault);
}
