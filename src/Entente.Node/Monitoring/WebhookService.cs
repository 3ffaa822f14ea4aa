using System.Collections.Immutable;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Hosting;
using Entente.Node.Settings;
using Entente.Node.Store;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Monitoring;

/// <summary>A webhook as it is shown: without its secret.</summary>
internal sealed record WebhookView(string Id, string Address, ImmutableArray<string> Types, bool Paused, DateTimeOffset CreatedAt, int Waiting, int GivenUp)
{
    /// <summary>Its secret; only in the answer that makes it.</summary>
    public string? Secret { get; init; }
}

/// <summary>Where a delivery stands.</summary>
internal enum DeliveryState
{
    /// <summary>To be tried, or tried again.</summary>
    Waiting,

    /// <summary>Delivered.</summary>
    Delivered,

    /// <summary>Given up after many tries; it can be asked for again.</summary>
    GivenUp,
}

/// <summary>A delivery as it is shown.</summary>
internal sealed record DeliveryView(string Id, long Event, string Type, string About, DeliveryState State, int Attempts, DateTimeOffset? NextAttemptAt, DateTimeOffset? DeliveredAt, string? LastError);

/// <summary>Keeps webhooks.</summary>
internal sealed class WebhookService(NodeStore store, Ledger ledger, SettingsService settings, IDataProtectionProvider protection)
{
    private const int MostWebhooks = 100;

    private readonly IDataProtector _protector = protection.CreateProtector("Entente.Node.Webhooks.Secret");

    /// <summary>The types of events there are.</summary>
    public static ImmutableArray<string> EventTypes { get; } =
        ["alert.decided", "alert.raised", "alert.reopened", "alert.withdrawn", "lists.changed", "match.ended", "match.new"];

    /// <summary>All webhooks.</summary>
    public async Task<ImmutableArray<WebhookView>> AllAsync(CancellationToken cancel)
    {
        await using var db = store.Open();
        var hooks = await db.Webhooks.AsNoTracking().OrderBy(hook => hook.CreatedAt).ThenBy(hook => hook.Id).ToListAsync(cancel).ConfigureAwait(false);
        var open = await db.WebhookDeliveries.Where(delivery => delivery.DeliveredAt == null).GroupBy(delivery => new { delivery.WebhookId, Waits = delivery.NextAttemptAt != null })
            .Select(group => new { group.Key.WebhookId, group.Key.Waits, Count = group.Count() }).ToListAsync(cancel).ConfigureAwait(false);
        return [.. hooks.Select(hook => View(hook,
            open.Where(one => one.WebhookId == hook.Id && one.Waits).Sum(one => one.Count),
            open.Where(one => one.WebhookId == hook.Id && !one.Waits).Sum(one => one.Count)))];
    }

    /// <summary>One webhook.</summary>
    /// <param name="id">Which.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Null where there is none.</returns>
    public async Task<WebhookView?> FindAsync(string id, CancellationToken cancel) => (await AllAsync(cancel).ConfigureAwait(false)).FirstOrDefault(hook => hook.Id == id);

    /// <summary>Adds a webhook.</summary>
    /// <param name="actor">Who does.</param>
    /// <param name="address">Its address.</param>
    /// <param name="types">Types of events; empty for all.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>With its secret, which is not shown again.</returns>
    public async Task<WebhookView> AddAsync(Actor actor, string address, ImmutableArray<string> types, CancellationToken cancel)
    {
        var (checkedAddress, checkedTypes) = Check(address, types);
        var secret = WebhookSignature.NewSecret();
        return await ledger.ActAsync(actor, async act =>
        {
            if (await act.Db.Webhooks.CountAsync(cancel).ConfigureAwait(false) >= MostWebhooks)
                throw RequestException.Conflict($"There are {MostWebhooks} webhooks; remove one first.");
            var hook = new Webhook { Id = NodeId.New(act.At), Address = checkedAddress, Types = checkedTypes, ProtectedSecret = _protector.Protect(secret), CreatedAt = act.At };
            act.Db.Webhooks.Add(hook);
            act.Record(AuditAction.WebhookChanged, $"webhook:{hook.Id}", new { change = "added", address = hook.Address, types = hook.Types });
            return View(hook, 0, 0) with { Secret = secret };
        }, cancel).ConfigureAwait(false);
    }

    /// <summary>Changes a webhook.</summary>
    /// <param name="actor">Who does.</param>
    /// <param name="id">Which.</param>
    /// <param name="address">Its address; null to leave it.</param>
    /// <param name="types">Types of events; null to leave them.</param>
    /// <param name="paused">Whether nothing new is sent to it; null to leave it. What happens meanwhile is in the feed.</param>
    /// <param name="newSecret">Whether it gets another secret.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<WebhookView> ChangeAsync(Actor actor, string id, string? address, ImmutableArray<string>? types, bool? paused, bool newSecret, CancellationToken cancel)
    {
        var secret = newSecret ? WebhookSignature.NewSecret() : null;
        return await ledger.ActAsync(actor, async act =>
        {
            var hook = await act.Db.Webhooks.SingleOrDefaultAsync(one => one.Id == id, cancel).ConfigureAwait(false) ?? throw RequestException.NotFound("There is no such webhook.");
            (hook.Address, hook.Types) = Check(address ?? hook.Address, types ?? [.. hook.Types.Split(',', StringSplitOptions.RemoveEmptyEntries)]);
            hook.Paused = paused ?? hook.Paused;
            if (secret is not null)
                hook.ProtectedSecret = _protector.Protect(secret);
            act.Record(AuditAction.WebhookChanged, $"webhook:{hook.Id}", new { change = "changed", address = hook.Address, types = hook.Types, paused = hook.Paused, newSecret });
            return View(hook, 0, 0) with { Secret = secret };
        }, cancel).ConfigureAwait(false);
    }

    /// <summary>Removes a webhook with its deliveries.</summary>
    public Task RemoveAsync(Actor actor, string id, CancellationToken cancel) => ledger.ActAsync(actor, async act =>
    {
        var hook = await act.Db.Webhooks.SingleOrDefaultAsync(one => one.Id == id, cancel).ConfigureAwait(false) ?? throw RequestException.NotFound("There is no such webhook.");
        act.Db.Webhooks.Remove(hook);
        act.Record(AuditAction.WebhookChanged, $"webhook:{hook.Id}", new { change = "removed", address = hook.Address });
    }, cancel);

    /// <summary>The deliveries of a webhook, the latest event first.</summary>
    /// <param name="id">The webhook.</param>
    /// <param name="before">Only of events before this; null for the latest.</param>
    /// <param name="limit">Most.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<ImmutableArray<DeliveryView>> DeliveriesAsync(string id, long? before, int limit, CancellationToken cancel)
    {
        await using var db = store.Open();
        if (!await db.Webhooks.AnyAsync(hook => hook.Id == id, cancel).ConfigureAwait(false))
            throw RequestException.NotFound("There is no such webhook.");
        var rows = await (from delivery in db.WebhookDeliveries.AsNoTracking()
                          where delivery.WebhookId == id && (before == null || delivery.FeedSeq < before)
                          join item in db.Feed on delivery.FeedSeq equals item.Seq
                          orderby delivery.FeedSeq descending
                          select new { Delivery = delivery, item.Type, item.About }).Take(limit).ToListAsync(cancel).ConfigureAwait(false);
        return [.. rows.Select(row => View(row.Delivery, row.Type, row.About))];
    }

    /// <summary>Sends an event that says nothing, on the way of all others, to see whether it arrives.</summary>
    /// <param name="actor">Who does.</param>
    /// <param name="id">The webhook.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="RequestException">There is none, or it is paused.</exception>
    public Task TestAsync(Actor actor, string id, CancellationToken cancel) => ledger.ActAsync(actor, async act =>
    {
        var hook = await act.Db.Webhooks.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, cancel).ConfigureAwait(false) ?? throw RequestException.NotFound("There is no such webhook.");
        if (hook.Paused)
            throw RequestException.Conflict("The webhook is paused: nothing is sent to it.");
        act.PublishTo(hook.Id, "webhook.tested", $"webhook:{hook.Id}", new { webhook = hook.Id });
        act.Record(AuditAction.WebhookChanged, $"webhook:{hook.Id}", new { change = "tested" });
    }, cancel);

    /// <summary>Sends a delivery again, whether it arrived or was given up.</summary>
    public Task RedeliverAsync(Actor actor, string webhook, string delivery, CancellationToken cancel) => ledger.ActAsync(actor, async act =>
    {
        var known = await act.Db.WebhookDeliveries.SingleOrDefaultAsync(one => one.Id == delivery && one.WebhookId == webhook, cancel).ConfigureAwait(false) ?? throw RequestException.NotFound("There is no such delivery.");
        (known.Attempts, known.NextAttemptAt, known.DeliveredAt, known.LastError) = (0, act.At, null, null);
        act.Record(AuditAction.WebhookChanged, $"webhook:{webhook}", new { change = "redelivered", delivery, @event = known.FeedSeq });
    }, cancel);

    /// <summary>The secret of a webhook.</summary>
    internal string SecretOf(Webhook hook) => _protector.Unprotect(hook.ProtectedSecret);

    private (string Address, string Types) Check(string address, ImmutableArray<string> types)
    {
        if (types.IsDefault || types.FirstOrDefault(type => !EventTypes.Contains(type)) is { } unknown && unknown is not null)
            throw RequestException.Bad($"types: expected some of {string.Join(", ", EventTypes)}; none for all.");
        return (WebhookAddress.Check(address, settings.Get(NodeSettings.PrivateWebhooks)).ToString(), string.Join(',', types.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));
    }

    private static WebhookView View(Webhook hook, int waiting, int givenUp) =>
        new(hook.Id, hook.Address, [.. hook.Types.Split(',', StringSplitOptions.RemoveEmptyEntries)], hook.Paused, hook.CreatedAt, waiting, givenUp);

    private static DeliveryView View(WebhookDelivery delivery, string type, string about) => new(
        delivery.Id, delivery.FeedSeq, type, about,
        delivery.DeliveredAt is not null ? DeliveryState.Delivered : delivery.NextAttemptAt is not null ? DeliveryState.Waiting : DeliveryState.GivenUp,
        delivery.Attempts, delivery.NextAttemptAt, delivery.DeliveredAt, delivery.LastError);
}
