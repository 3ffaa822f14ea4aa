using System.Text.Json;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Monitoring;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Store;

/// <summary>One act that changes the store, with the audit entries that say so: both happen, or neither.</summary>
public sealed class Act
{
    private readonly List<(string Action, string About, string Payload)> _entries = [];
    private readonly List<(string Type, string About, string Data, string? Webhook)> _events = [];

    internal Act(NodeDb db, Actor actor, DateTimeOffset at)
    {
        Db = db;
        Actor = actor;
        At = at;
    }

    /// <summary>The store, in the act's transaction. What is changed here is saved at the end.</summary>
    public NodeDb Db { get; }

    /// <summary>Who acts.</summary>
    public Actor Actor { get; }

    /// <summary>When: the same for all of the act.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The actions of the entries added so far.</summary>
    internal IReadOnlyList<string> Actions => [.. _entries.Select(entry => entry.Action)];

    /// <summary>Adds an audit entry.</summary>
    /// <param name="action">One of <see cref="AuditAction"/>.</param>
    /// <param name="about">What it was done to, such as <c>alert:ID</c>.</param>
    /// <param name="payload">What exactly; becomes JSON with names in camel case. No secrets.</param>
    public void Record<T>(string action, string about, T payload) => RecordJson(action, about, JsonSerializer.Serialize(payload, NodeJson.Options));

    /// <summary>As <see cref="Record{T}"/>, with JSON made before.</summary>
    /// <param name="action">One of <see cref="AuditAction"/>.</param>
    /// <param name="about">What it was done to.</param>
    /// <param name="payload">JSON.</param>
    public void RecordJson(string action, string about, string payload) => _entries.Add((action, about, payload));

    /// <summary>Adds an event to the feed, and a delivery for each webhook that wants it.</summary>
    /// <param name="type">As in <see cref="FeedEvent.Type"/>.</param>
    /// <param name="about">What it is about.</param>
    /// <param name="data">The event; becomes JSON.</param>
    public void Publish<T>(string type, string about, T data) => _events.Add((type, about, JsonSerializer.Serialize(data, NodeJson.Options), null));

    /// <summary>Adds an event to the feed, and a delivery for one webhook alone, whatever types it wants.</summary>
    /// <param name="webhook">The webhook.</param>
    /// <param name="type">As in <see cref="FeedEvent.Type"/>.</param>
    /// <param name="about">What it is about.</param>
    /// <param name="data">The event; becomes JSON.</param>
    public void PublishTo<T>(string webhook, string type, string about, T data) => _events.Add((type, about, JsonSerializer.Serialize(data, NodeJson.Options), webhook));

    /// <summary>Writes all of it, within the transaction.</summary>
    internal async Task FinishAsync(CancellationToken cancel)
    {
        await AddEventsAsync(cancel).ConfigureAwait(false);
        await Db.SaveChangesAsync(cancel).ConfigureAwait(false);
        await AuditAppender.AppendAsync(Db, At, [.. _entries.Select(entry => (Actor.Id, entry.Action, entry.About, entry.Payload))], cancel).ConfigureAwait(false);
    }

    private async Task AddEventsAsync(CancellationToken cancel)
    {
        if (_events.Count == 0)
            return;
        var last = await Db.Feed.MaxAsync(item => (long?)item.Seq, cancel).ConfigureAwait(false) ?? 0;
        var hooks = await Db.Webhooks.AsNoTracking().Where(hook => !hook.Paused).ToListAsync(cancel).ConfigureAwait(false);
        foreach (var (type, about, data, only) in _events)
        {
            Db.Feed.Add(new FeedEvent { Seq = ++last, At = At, Type = type, About = about, Data = data });
            foreach (var hook in hooks.Where(hook => only is null ? hook.Types.Length == 0 || hook.Types.Split(',').Contains(type) : hook.Id == only))
                Db.WebhookDeliveries.Add(new WebhookDelivery { Id = NodeId.New(At), WebhookId = hook.Id, FeedSeq = last, NextAttemptAt = At });
        }
    }
}
