using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Entente.Node.Access;
using Entente.Node.Settings;
using Entente.Node.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Entente.Node.Monitoring;

/// <summary>How patiently webhooks are delivered.</summary>
internal sealed record WebhookPatience
{
    /// <summary>How often it is looked whether there is something to deliver.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a receiver may take to answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long is waited after the first try; twice as long after each next.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Tries before it is given up: with the above, after a day and a half.</summary>
    public int Attempts { get; init; } = 18;
}

/// <summary>Delivers events to webhooks, beside everything else: nothing waits for it, and one slow receiver holds up only itself.</summary>
/// <remarks>What was committed is delivered once at least, also after a crash; receivers tell repetitions by <c>Webhook-Id</c>. Each gets its events in their order, as far as they arrive at the first try.</remarks>
internal sealed class WebhookSender : BackgroundService
{
    private const int DeliveriesAtOnce = 50, WebhooksAtOnce = 8;

    private readonly NodeStore _store;
    private readonly Ledger _ledger;
    private readonly WebhookService _webhooks;
    private readonly WebhookPatience _patience;
    private readonly TimeProvider _clock;
    private readonly ILogger<WebhookSender> _log;
    private readonly HttpClient _client;
    private readonly Dictionary<string, Task> _working = new(StringComparer.Ordinal);

    public WebhookSender(NodeStore store, Ledger ledger, WebhookService webhooks, SettingsService settings, WebhookPatience patience, TimeProvider clock, ILogger<WebhookSender> log)
    {
        _store = store;
        _ledger = ledger;
        _webhooks = webhooks;
        _patience = patience;
        _clock = clock;
        _log = log;
        _client = new HttpClient(new SocketsHttpHandler
        {
            // A redirection could lead where an address may not.
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            MaxResponseHeadersLength = 16,
            ConnectCallback = (context, cancel) => WebhookAddress.ConnectAsync(context, settings.Get(NodeSettings.PrivateWebhooks), cancel),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Entente", Desk.EngineVersion.Text));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_patience.LookEvery, _clock);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                await BeginDueAsync(stoppingToken).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Whatever it was, it is tried again at the next look.
            catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
            {
                _log.LogError(fault, "Webhooks could not be looked for");
            }
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }

    /// <summary>Begins with each webhook that has something due and is not at work.</summary>
    private async Task BeginDueAsync(CancellationToken cancel)
    {
        foreach (var done in _working.Where(pair => pair.Value.IsCompleted).Select(pair => pair.Key).ToList())
            _working.Remove(done);
        if (_working.Count >= WebhooksAtOnce)
            return;
        var now = _clock.GetUtcNow();
        await using var db = _store.Open();
        var due = await db.WebhookDeliveries.Where(delivery => delivery.NextAttemptAt != null && delivery.NextAttemptAt <= now).Select(delivery => delivery.WebhookId).Distinct().ToListAsync(cancel).ConfigureAwait(false);
        foreach (var webhook in due.Where(id => !_working.ContainsKey(id)).Take(WebhooksAtOnce - _working.Count))
            _working[webhook] = Task.Run(() => DeliverAsync(webhook, cancel), cancel);
    }

    private async Task DeliverAsync(string webhook, CancellationToken cancel)
    {
        try
        {
            var now = _clock.GetUtcNow();
            Webhook? hook;
            List<(WebhookDelivery Delivery, FeedEvent Event)> due;
            await using (var db = _store.Open())
            {
                hook = await db.Webhooks.AsNoTracking().SingleOrDefaultAsync(one => one.Id == webhook, cancel).ConfigureAwait(false);
                due = [.. (await (from delivery in db.WebhookDeliveries.AsNoTracking()
                                  where delivery.WebhookId == webhook && delivery.NextAttemptAt != null && delivery.NextAttemptAt <= now
                                  join item in db.Feed on delivery.FeedSeq equals item.Seq
                                  orderby delivery.FeedSeq
                                  select new { Delivery = delivery, Event = item }).Take(DeliveriesAtOnce).ToListAsync(cancel).ConfigureAwait(false)).Select(row => (row.Delivery, row.Event))];
            }
            if (hook is null || due.Count == 0)
                return;
            var results = new List<(WebhookDelivery Delivery, string? Error)>();
            foreach (var (delivery, item) in due)
            {
                var error = hook.Paused ? "The webhook is paused." : await SendAsync(hook, delivery, item, cancel).ConfigureAwait(false);
                results.Add((delivery, error));
                // Those behind would meet the same: they wait with it.
                if (error is not null && !hook.Paused)
                    break;
            }
            await NoteAsync(results, hook.Paused, cancel).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Nobody waits for this task; the deliveries are due still.
        catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
        {
            _log.LogError(fault, "Deliveries to webhook {Webhook} could not be made", webhook);
        }
    }

    /// <summary>Sends one event.</summary>
    /// <returns>What went wrong; null where it arrived.</returns>
    private async Task<string?> SendAsync(Webhook hook, WebhookDelivery delivery, FeedEvent item, CancellationToken cancel)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timeout.CancelAfter(_patience.Timeout);
        try
        {
            var at = _clock.GetUtcNow();
            var body = Body(item);
            using var request = new HttpRequestMessage(HttpMethod.Post, hook.Address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.Add("Webhook-Id", delivery.Id);
            request.Headers.Add("Webhook-Timestamp", at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
            request.Headers.Add("Webhook-Signature", WebhookSignature.Sign(_webhooks.SecretOf(hook), delivery.Id, at, body));
            // What it answers is of no interest but for the status.
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? null : string.Create(CultureInfo.InvariantCulture, $"It answered {(int)response.StatusCode}.");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return string.Create(CultureInfo.InvariantCulture, $"It did not answer within {_patience.Timeout.TotalSeconds:0.#} seconds.");
        }
        catch (HttpRequestException fault)
        {
            return fault.InnerException is WebhookRefusedException refused ? refused.Message : $"It could not be reached: {fault.HttpRequestError}.";
        }
        catch (CryptographicException)
        {
            return "Its secret cannot be read any more: the keys of this node are others. Give it a new secret.";
        }
    }

    /// <summary>Writes what came of deliveries. Not in the audit trail: the events are, and tries of sending prove nothing.</summary>
    private Task NoteAsync(List<(WebhookDelivery Delivery, string? Error)> results, bool paused, CancellationToken cancel) => _ledger.ActAsync(Actor.System("webhooks"), async act =>
    {
        foreach (var (delivery, error) in results)
        {
            if (await act.Db.WebhookDeliveries.SingleOrDefaultAsync(one => one.Id == delivery.Id, cancel).ConfigureAwait(false) is not { } known)
                continue; // removed meanwhile
            if (!paused)
                known.Attempts++;
            known.LastError = error;
            if (error is null)
                (known.DeliveredAt, known.NextAttemptAt) = (act.At, null);
            else
                known.NextAttemptAt = paused ? act.At + _patience.FirstWait : known.Attempts >= _patience.Attempts ? null : act.At + WaitAfter(known.Attempts);
        }
    }, cancel);

    private TimeSpan WaitAfter(int attempts)
    {
        var wait = Math.Min(_patience.FirstWait.TotalMilliseconds * Math.Pow(2, attempts - 1), _patience.LongestWait.TotalMilliseconds);
        // Between half and all of it, so that many who failed together do not come back together.
        return TimeSpan.FromMilliseconds(wait * (0.5 + (RandomNumberGenerator.GetInt32(1000) / 2000.0)));
    }

    private static string Body(FeedEvent item)
    {
        using var data = JsonDocument.Parse(item.Data);
        return JsonSerializer.Serialize(new { type = item.Type, timestamp = item.At, seq = item.Seq, about = item.About, data = data.RootElement }, NodeJson.Options);
    }
}
