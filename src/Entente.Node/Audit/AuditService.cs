using Entente.Node.Hosting;
using Entente.Node.Store;

namespace Entente.Node.Audit;

/// <summary>Verifies the node's own trail: one at a time, as each reads all of it.</summary>
internal sealed class AuditService(NodeStore store, NodeOptions options) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Verifies, also against the head in the data folder.</summary>
    /// <param name="heads">Heads that are known beside it.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<AuditVerdict> VerifyAsync(IEnumerable<AuditHead> heads, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            return await VerifyAsync(store, options.DataFolder, heads, cancel).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Verifies the trail of a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="dataFolder">Where a head may lie; null for none.</param>
    /// <param name="heads">Heads that are known beside it.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<AuditVerdict> VerifyAsync(NodeStore store, string? dataFolder, IEnumerable<AuditHead> heads, CancellationToken cancel)
    {
        // Read before the trail is opened: a head that is written meanwhile would lie behind the end.
        AuditHead? noted = null;
        AuditFault? unreadable = null;
        try
        {
            noted = dataFolder is null ? null : AuditAnchor.Read(dataFolder);
        }
        catch (InvalidDataException fault)
        {
            unreadable = new AuditFault(0, AuditFaultKind.Unreadable, fault.Message);
        }
        await using var trail = await StoredTrail.OpenAsync(store, cancel).ConfigureAwait(false);
        var verdict = await AuditVerifier.VerifyAsync(trail, noted is null ? heads : heads.Append(noted), cancel).ConfigureAwait(false);
        return unreadable is null ? verdict : verdict with { Intact = false, Faults = [.. verdict.Faults, unreadable], FaultCount = verdict.FaultCount + 1 };
    }

    public void Dispose() => _one.Dispose();
}
