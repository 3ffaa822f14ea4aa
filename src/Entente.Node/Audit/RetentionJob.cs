using Entente.Node.Access;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Entente.Node.Audit;

/// <summary>Applies the rules of retention once a day, and after each start.</summary>
internal sealed partial class RetentionJob(RetentionService retention, TimeProvider clock, ILogger<RetentionJob> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                var erased = await retention.RunAsync(Actor.System("retention"), stoppingToken).ConfigureAwait(false);
                if (erased != new RetentionOutcome(0, 0, 0, 0))
                    Erased(log, erased.Entries, erased.Alerts, erased.Subjects, erased.BulkJobs);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever it was, the node goes on and the next day tries again; what was not erased is still due.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                Failed(log, fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    [LoggerMessage(EventId = 4111, EventName = "PersonalDataErased", Level = LogLevel.Information, Message = "Retention: erased the payload of {Entries} audit entries, {Alerts} alerts, {Subjects} removed subjects, {BulkJobs} bulk jobs.")]
    private static partial void Erased(ILogger log, long entries, long alerts, long subjects, long bulkJobs);

    [LoggerMessage(EventId = 4112, EventName = "RetentionFailed", Level = LogLevel.Error, Message = "Retention failed; what is due is erased on the next day, or by POST /api/audit/retention.")]
    private static partial void Failed(ILogger log, Exception fault);
}
