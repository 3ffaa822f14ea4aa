using Entente.Node.Hosting;
using Entente.Node.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Entente.Node.Audit;

/// <summary>Writes where the trail ends into the log and into the data folder, at start, daily and at the end, so that an end that is cut off is missed.</summary>
/// <remarks>What was written before is compared first. If it no longer holds, that is said at every start and the file stays as it is.</remarks>
internal sealed partial class AuditAnchor(NodeStore store, NodeOptions options, TimeProvider clock, ILogger<AuditAnchor> log) : BackgroundService
{
    /// <summary>The file in the data folder.</summary>
    public const string FileName = "audit-head";

    private static readonly TimeSpan Every = TimeSpan.FromDays(1);

    private string FilePath => Path.Combine(options.DataFolder, FileName);

    /// <summary>The head that was last written into a data folder; null where there is none.</summary>
    /// <exception cref="InvalidDataException">The file holds something else.</exception>
    public static AuditHead? Read(string dataFolder)
    {
        var path = Path.Combine(dataFolder, FileName);
        return !File.Exists(path)
            ? null
            : AuditHead.TryParse(File.ReadAllText(path)) ?? throw new InvalidDataException($"{path}: damaged, it should hold the number and the hash of an entry. If you know why, remove it.");
    }

    /// <summary>Writes a head into a data folder, whole or not at all.</summary>
    public static void Write(string dataFolder, AuditHead head)
    {
        Directory.CreateDirectory(dataFolder);
        var path = Path.Combine(dataFolder, FileName);
        var incoming = path + ".part";
        using (var stream = new FileStream(incoming, FileMode.Create, FileAccess.Write))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(head + "\n"));
            stream.Flush(flushToDisk: true);
        }
        File.Move(incoming, path, overwrite: true);
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await SetAsync(cancellationToken).ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await SetAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            await SetAsync(stoppingToken).ConfigureAwait(false);
    }

    private async Task SetAsync(CancellationToken cancel)
    {
        try
        {
            await using var trail = await StoredTrail.OpenAsync(store, cancel).ConfigureAwait(false);
            if (Read(options.DataFolder) is { Seq: > 0 } former)
            {
                var found = await trail.HashAtAsync(former.Seq, cancel).ConfigureAwait(false);
                if (found is null || Convert.ToHexStringLower(found) != former.Hash)
                {
                    Broken(log, former.Seq, former.Hash, trail.Head.Seq, FilePath);
                    return;
                }
            }
            Head(log, trail.Head.Seq, trail.Head.Hash);
            Write(options.DataFolder, trail.Head);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The node ends; the head of before still holds.
        }
#pragma warning disable CA1031 // A head that cannot be written must not end the node; the next one says the same and more.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            NotSet(log, fault, FilePath);
        }
    }

    [LoggerMessage(EventId = 4101, EventName = "AuditHead", Level = LogLevel.Information, Message = "Audit head {AuditHeadSeq}:{AuditHeadHash}. Keep it away from this machine: entente audit verify --head proves that nothing up to there was changed.")]
    private static partial void Head(ILogger log, long auditHeadSeq, string auditHeadHash);

    [LoggerMessage(EventId = 4102, EventName = "AuditBroken", Level = LogLevel.Critical, Message = "The audit trail does not hold entry {AuditHeadSeq} with hash {AuditHeadHash}, which it held before; it ends at {AuditLastSeq}. It was cut off or written anew, or an older database was put in its place. Run entente audit verify. {File} stays as it is until you remove it.")]
    private static partial void Broken(ILogger log, long auditHeadSeq, string auditHeadHash, long auditLastSeq, string file);

    [LoggerMessage(EventId = 4103, EventName = "AuditHeadNotWritten", Level = LogLevel.Error, Message = "The audit head could not be read or written to {File}.")]
    private static partial void NotSet(ILogger log, Exception fault, string file);
}
