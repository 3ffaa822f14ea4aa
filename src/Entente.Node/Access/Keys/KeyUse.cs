using System.Collections.Concurrent;
using System.Threading.Channels;
using Entente.Node.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Entente.Node.Access.Keys;

/// <summary>Writes down on which day each key was last used: once a day for each key, beside the requests.</summary>
/// <param name="ledger">Where it is written.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">Told when it could not be written.</param>
internal sealed partial class KeyUse(Ledger ledger, TimeProvider clock, ILogger<KeyUse> log) : BackgroundService
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _noted = new(StringComparer.Ordinal);
    private readonly Channel<(string Id, DateTimeOffset Day)> _pending = Channel.CreateBounded<(string, DateTimeOffset)>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>A key was used.</summary>
    public void Note(KnownKey key)
    {
        var day = new DateTimeOffset(clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        if (key.LastUsedAt == day || (_noted.TryGetValue(key.Id, out var noted) && noted == day))
            return;
        _noted[key.Id] = day;
        _pending.Writer.TryWrite((key.Id, day));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (id, day) in _pending.Reader.ReadAllAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                // No audit entry: what was done with the key has its own.
                await ledger.ActAsync(Actor.System("access"), act => act.Db.ApiKeys.Where(key => key.Id == id).ExecuteUpdateAsync(set => set.SetProperty(key => key.LastUsedAt, day), stoppingToken), stoppingToken).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // A day that is not written must not end the service.
            catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
            {
                _noted.TryRemove(id, out _);
                NotWritten(id, fault);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The day on which key {Key} was used could not be written.")]
    private partial void NotWritten(string key, Exception fault);
}
