using System.Collections.Immutable;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Entente.Node.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Monitoring;

/// <summary>An event of the feed.</summary>
internal sealed record FeedView(long Seq, DateTimeOffset At, string Type, string About, JsonElement Data);

/// <summary>Reads the feed.</summary>
internal sealed class FeedReader(NodeStore store, TimeProvider clock)
{
    private const int AtOnce = 100;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1), SignOfLife = TimeSpan.FromSeconds(20);

    /// <summary>Events in their order.</summary>
    /// <param name="after">The number of the last that was read; 0 for the first.</param>
    /// <param name="limit">Most.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<ImmutableArray<FeedView>> ReadAsync(long after, int limit, CancellationToken cancel)
    {
        await using var db = store.Open();
        var items = await db.Feed.AsNoTracking().Where(item => item.Seq > after).OrderBy(item => item.Seq).Take(limit).ToListAsync(cancel).ConfigureAwait(false);
        return [.. items.Select(View)];
    }

    /// <summary>Events, the latest first.</summary>
    /// <param name="before">Only those before this number; null for the latest.</param>
    /// <param name="type">Only of this type; null for all.</param>
    /// <param name="limit">Most.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<ImmutableArray<FeedView>> LatestAsync(long? before, string? type, int limit, CancellationToken cancel)
    {
        await using var db = store.Open();
        var items = await db.Feed.AsNoTracking().Where(item => (before == null || item.Seq < before) && (type == null || item.Type == type)).OrderByDescending(item => item.Seq).Take(limit).ToListAsync(cancel).ConfigureAwait(false);
        return [.. items.Select(View)];
    }

    /// <summary>Events as they happen.</summary>
    /// <param name="after">The number of the last that was read; null for only those to come.</param>
    /// <param name="cancel">Ends it.</param>
    public async IAsyncEnumerable<SseItem<string>> FollowAsync(long? after, [EnumeratorCancellation] CancellationToken cancel)
    {
        long last;
        await using (var db = store.Open())
            last = after ?? await db.Feed.MaxAsync(item => (long?)item.Seq, cancel).ConfigureAwait(false) ?? 0;
        // Something at once, so that whoever waits knows that it is on.
        yield return new SseItem<string>("{}", "ready") { EventId = last.ToString(CultureInfo.InvariantCulture) };
        var said = clock.GetTimestamp();
        using var timer = new PeriodicTimer(LookEvery, clock);
        do
        {
            ImmutableArray<FeedView> items;
            do
            {
                items = await ReadAsync(last, AtOnce, cancel).ConfigureAwait(false);
                foreach (var item in items)
                {
                    last = item.Seq;
                    said = clock.GetTimestamp();
                    yield return new SseItem<string>(JsonSerializer.Serialize(item, NodeJson.Options), item.Type) { EventId = item.Seq.ToString(CultureInfo.InvariantCulture) };
                }
            }
            while (items.Length == AtOnce);
            if (clock.GetElapsedTime(said) > SignOfLife)
            {
                said = clock.GetTimestamp();
                yield return new SseItem<string>("{}", "ready");
            }
        }
        while (await timer.WaitForNextTickAsync(cancel).ConfigureAwait(false));
    }

    private static FeedView View(FeedEvent item)
    {
        using var data = JsonDocument.Parse(item.Data);
        return new FeedView(item.Seq, item.At, item.Type, item.About, data.RootElement.Clone());
    }
}
