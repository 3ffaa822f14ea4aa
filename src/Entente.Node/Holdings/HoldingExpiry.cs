using Entente.Exchange.Release;
using Entente.Node.Access;
using Entente.Node.Alerts;
using Entente.Node.Audit;
using Entente.Node.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Entente.Node.Holdings;

/// <summary>Erases what records said whose time has ended: no message is needed for that. Until it has, they are treated as if it had.</summary>
internal sealed class HoldingExpiry(NodeStore store, Ledger ledger, TimeProvider clock, ILogger<HoldingExpiry> log) : BackgroundService
{
    private const int AtOnce = 500;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    /// <summary>Erases what has ended by now.</summary>
    /// <param name="cancel">Gives up.</param>
    /// <returns>How many records.</returns>
    public async Task<int> EraseAsync(CancellationToken cancel)
    {
        var erased = 0;
        while (true)
        {
            var now = clock.GetUtcNow();
            await using (var db = store.Open())
            {
                if (!await db.Records.AnyAsync(record => record.State == RecordState.Held && record.KeptUntil <= now, cancel).ConfigureAwait(false))
                    return erased;
            }
            erased += await ledger.ActAsync(Actor.System("expiry"), async act =>
            {
                var ended = await act.Db.Records.Where(record => record.State == RecordState.Held && record.KeptUntil <= act.At).OrderBy(record => record.Id).Take(AtOnce).ToListAsync(cancel).ConfigureAwait(false);
                foreach (var record in ended)
                {
                    foreach (var item in await act.Db.PartnerEvents.Where(item => item.RecordId == record.Id && (item.Kind == "released" || item.Kind == "amended")).ToListAsync(cancel).ConfigureAwait(false))
                        item.Payload = SignedRecord.Parse(item.Payload).Redact(_ => false).Text;
                    record.Erase(RecordState.Expired, null);
                    await AlertWriter.ReopenRecalledAsync(act, record.Id, cancel).ConfigureAwait(false);
                    record.ChangedAt = act.At;
                }
                if (ended.Count > 0)
                    act.Record(AuditAction.RecordsExpired, "records", new { records = ended.Select(record => record.Id) });
                return ended.Count;
            }, cancel).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        do
        {
            try
            {
                await EraseAsync(stoppingToken).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Whatever it was, it is tried again.
            catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
            {
                log.LogError(fault, "Records that have ended could not be erased; it is tried again");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }
}
