using System.Collections.Concurrent;

namespace Entente.Node.Partners;

/// <summary>Wakes those who wait for news for a partner.</summary>
internal sealed class PartnerBell
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new(StringComparer.Ordinal);

    /// <summary>Ends when it is rung for the partner the next time. Take it before looking whether there is news.</summary>
    /// <param name="partner">The partner's id.</param>
    public Task NextAsync(string partner) => _waiting.GetOrAdd(partner, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Says that there is news, once it is committed.</summary>
    /// <param name="partner">The partner's id.</param>
    public void Ring(string partner)
    {
        if (_waiting.TryRemove(partner, out var waiting))
            waiting.SetResult();
    }
}
