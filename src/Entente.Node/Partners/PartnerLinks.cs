using System.Collections.Concurrent;
using System.Text.Json;
using Entente.Exchange.Agreements;
using Entente.Exchange.Identity;
using Entente.Exchange.Messages;
using Entente.Exchange.Signing;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Hosting;
using Entente.Node.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Entente.Node.Partners;

/// <summary>Keeps in touch with every confirmed partner: fetches what it has to tell, and gives it receipts.</summary>
/// <remarks>Where a node stopped or the line was cut, it goes on from what the store says: nothing is lost, and nothing is taken twice.</remarks>
internal sealed class PartnerLinks(OwnIdentity own, PartnerClient client, PartnerEndpoints endpoints, Inbox inbox, PartnerBell bell, NodeOptions options, NodeStore store, Ledger ledger, TimeProvider clock, ILogger<PartnerLinks> log) : BackgroundService
{
    /// <summary>The bell that rings where partners were confirmed, suspended or changed.</summary>
    public const string Changed = "partners";

    private const int EventsAtOnce = 1000, ReceiptsAtOnce = 1000;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, LinkState> _states = new(StringComparer.Ordinal);

    /// <summary>How it goes with a partner; null where nothing was tried since the start.</summary>
    /// <param name="partner">The partner's id.</param>
    public LinkState? StateOf(string partner) => _states.GetValueOrDefault(partner);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!own.IsOn)
            return;
        var running = new Dictionary<string, (CancellationTokenSource Stop, Task Task)>(StringComparer.Ordinal);
        try
        {
            while (true)
            {
                var changed = bell.NextAsync(Changed);
                var wanted = await WantedAsync(stoppingToken).ConfigureAwait(false);
                foreach (var gone in running.Keys.Except(wanted, StringComparer.Ordinal).ToList())
                    await EndAsync(running, gone).ConfigureAwait(false);
                foreach (var partner in wanted.Where(partner => !running.ContainsKey(partner)))
                {
                    var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                    running[partner] = (stop, Task.WhenAll(
                        Task.Run(() => KeepAsync(partner, () => FetchAsync(partner, stop.Token), stop.Token), CancellationToken.None),
                        Task.Run(() => KeepAsync(partner, () => GiveAsync(partner, stop.Token), stop.Token), CancellationToken.None)));
                }
                await Task.WhenAny(changed, Task.Delay(LookEvery, clock, stoppingToken)).ConfigureAwait(false);
                stoppingToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            foreach (var partner in running.Keys.ToList())
                await EndAsync(running, partner).ConfigureAwait(false);
        }
    }

    private static async Task EndAsync(Dictionary<string, (CancellationTokenSource Stop, Task Task)> running, string partner)
    {
        var (stop, task) = running[partner];
        running.Remove(partner);
        await stop.CancelAsync().ConfigureAwait(false);
        await task.ConfigureAwait(false);
        stop.Dispose();
    }

    private async Task<List<string>> WantedAsync(CancellationToken cancel)
    {
        await using var db = store.Open();
        return await db.Partners.AsNoTracking().Where(partner => partner.State == PartnerState.Confirmed && partner.Address != "").Select(partner => partner.Id).ToListAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>Does something over and over, more and more patiently where it fails.</summary>
    private async Task KeepAsync(string partner, Func<Task> work, CancellationToken stop)
    {
        var wait = options.Partners!.FirstRetry;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await work().ConfigureAwait(false);
                wait = options.Partners.FirstRetry;
                continue;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (PartnerUnreachableException fault)
            {
                Note(partner, fault.Message);
                if (fault.OtherKey || fault.Refused)
                    await MeetAgainAsync(partner, stop).ConfigureAwait(false);
            }
            catch (RefusedException fault)
            {
                Note(partner, fault.Message);
            }
#pragma warning disable CA1031 // Whatever it was, it is tried again; the page and the log say so.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                log.LogError(fault, "The exchange with partner {Partner} failed; it is tried again", partner);
                Note(partner, fault.Message);
            }
            try
            {
                await Task.Delay(wait, clock, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            wait = wait * 2 < LongestRetry ? wait * 2 : LongestRetry;
        }
    }

    /// <summary>Asks for news, waits for it there, and takes it.</summary>
    private async Task FetchAsync(string partnerId, CancellationToken cancel)
    {
        var (identity, readTo) = await ReadAsync(partnerId, cancel).ConfigureAwait(false);
        var state = _states.GetOrAdd(partnerId, _ => new LinkState(null, null, ""));
        var wait = (int)options.Partners!.LongestWait.TotalSeconds;
        var (body, agreements) = await client.AskForEventsAsync(identity, readTo, EventsAtOnce, wait, state.Agreements, cancel).ConfigureAwait(false);
        var page = EventPage.Parse(body, readTo);
        if (agreements != state.Agreements)
            await TakeAgreementsAsync(partnerId, identity, cancel).ConfigureAwait(false);
        _states[partnerId] = new LinkState(clock.GetUtcNow(), null, agreements);
        while (!page.Events.IsEmpty)
        {
            // The next page comes while this one is taken.
            var ahead = page.More ? client.AskForEventsAsync(identity, page.Next, EventsAtOnce, 0, agreements, cancel) : null;
            try
            {
                if (!await inbox.TakeAsync(partnerId, page, cancel).ConfigureAwait(false) || ahead is null)
                    return;
                page = EventPage.Parse((await ahead.ConfigureAwait(false)).Page, page.Next);
            }
            finally
            {
                bell.Ring(ReceiptDesk.BellOf(partnerId));
                // What comes of one that is not needed any more is nobody's business.
                _ = ahead?.ContinueWith(task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            }
        }
    }

    /// <summary>Gives the receipts that there are, or waits for some.</summary>
    private async Task GiveAsync(string partnerId, CancellationToken cancel)
    {
        var news = bell.NextAsync(ReceiptDesk.BellOf(partnerId));
        List<PartnerReceipt> receipts;
        List<string> cards;
        await using (var db = store.Open())
        {
            receipts = await db.PartnerReceipts.AsNoTracking().Where(receipt => receipt.PartnerId == partnerId).OrderBy(receipt => receipt.Id).Take(ReceiptsAtOnce).ToListAsync(cancel).ConfigureAwait(false);
            var receivers = receipts.Select(receipt => receipt.Receiver).OfType<string>().Distinct(StringComparer.Ordinal).Take(ReceiptBatch.MaxCards).ToList();
            cards = await db.Partners.AsNoTracking().Where(partner => receivers.Contains(partner.Id)).Select(partner => partner.Card).ToListAsync(cancel).ConfigureAwait(false);
        }
        if (receipts.Count == 0)
        {
            await Task.WhenAny(news, Task.Delay(LookEvery, clock, cancel)).ConfigureAwait(false);
            cancel.ThrowIfCancellationRequested();
            return;
        }
        var (identity, _) = await ReadAsync(partnerId, cancel).ConfigureAwait(false);
        var batch = new ReceiptBatch(
            receipts.Where(receipt => receipt.Sender is null).Select(receipt => receipt.Text),
            receipts.Where(receipt => receipt.Sender is not null).Select(receipt => new OnwardReceipt(receipt.Sender!, receipt.Text)),
            cards);
        await client.AskAsync(identity, "/receipts", batch.ToBytes(), cancel).ConfigureAwait(false);
        var given = receipts.Select(receipt => receipt.Id).ToList();
        // No audit entry: that the receipts were made has one, and the partner's says that they came.
        await ledger.ActAsync(Actor.System($"partner {partnerId}"), act => act.Db.PartnerReceipts.Where(receipt => given.Contains(receipt.Id)).ExecuteDeleteAsync(cancel), cancel).ConfigureAwait(false);
    }

    private async Task<(NodeIdentity Identity, long ReadTo)> ReadAsync(string partnerId, CancellationToken cancel)
    {
        await using var db = store.Open();
        var partner = await db.Partners.AsNoTracking().SingleAsync(each => each.Id == partnerId, cancel).ConfigureAwait(false);
        return (NodeIdentity.Parse(partner.Card), partner.ReadTo);
    }

    /// <summary>Shows this node's card and takes the partner's: either may have a new key.</summary>
    private async Task MeetAgainAsync(string partnerId, CancellationToken cancel)
    {
        try
        {
            var (known, _) = await ReadAsync(partnerId, cancel).ConfigureAwait(false);
            if (known.Addresses is not [{ } address, ..])
                return;
            var shown = await client.IntroduceAsync(address, cancel).ConfigureAwait(false);
            // Somebody else may answer there by now.
            if (shown.Id == partnerId)
                await endpoints.MeetAsync(shown, Actor.System($"partner {partnerId}"), cancel).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is PartnerUnreachableException or RefusedException)
        {
            Note(partnerId, fault.Message);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The link ends.
        }
    }

    private async Task TakeAgreementsAsync(string partnerId, NodeIdentity identity, CancellationToken cancel)
    {
        var bytes = await client.AskAsync(identity, "/agreements", null, cancel).ConfigureAwait(false);
        var told = Parse(bytes);
        var now = clock.GetUtcNow();
        var terms = told.Agreements.Select(each => (Told: each, Terms: each.Signed is { } signed ? SignedAgreement.ReadProposal(signed, identity, now) : null)).ToList();
        await ledger.ActAsync(Actor.System($"partner {partnerId}"), async act =>
        {
            var known = await act.Db.Agreements.Where(agreement => agreement.PartnerId == partnerId).ToDictionaryAsync(agreement => agreement.Id, StringComparer.Ordinal, cancel).ConfigureAwait(false);
            foreach (var (each, read) in terms)
            {
                if (read is not null && (read.Id != each.Id || !read.IsBetween(own.Id, partnerId)))
                    throw new RefusedException(Refusal.Inconsistent, "The partner tells of an agreement that is not between it and this node.");
                if (!known.TryGetValue(each.Id, out var agreement))
                {
                    if (read is null || each.State is AgreementStanding.Declined or AgreementStanding.Ended)
                        continue;
                    agreement = new PartnerAgreement { Id = each.Id, PartnerId = partnerId, Terms = JsonSerializer.Serialize(read, NodeJson.Options), Theirs = each.Signed, State = AgreementStanding.Offered, CreatedAt = act.At, ChangedAt = act.At };
                    act.Db.Agreements.Add(agreement);
                    Record(act, agreement);
                    continue;
                }
                var becomes = (agreement.State, each.State) switch
                {
                    (AgreementStanding.Proposed, AgreementStanding.Signed) when read is not null => AgreementStanding.Signed,
                    (AgreementStanding.Proposed, AgreementStanding.Declined) => AgreementStanding.Declined,
                    (AgreementStanding.Offered, AgreementStanding.Ended or AgreementStanding.Declined) => AgreementStanding.Declined,
                    (AgreementStanding.Signed, AgreementStanding.Ended) => AgreementStanding.Ended,
                    var (same, _) => same,
                };
                if (becomes == agreement.State)
                    continue;
                if (becomes == AgreementStanding.Signed)
                {
                    // Throws where they signed other terms.
                    SignedAgreement.Join(agreement.Ours!, own.Identity, each.Signed!, identity, now);
                    agreement.Theirs = each.Signed;
                }
                (agreement.State, agreement.ChangedAt) = (becomes, act.At);
                Record(act, agreement);
            }
            return true;
        }, cancel).ConfigureAwait(false);

        static void Record(Act act, PartnerAgreement agreement) =>
            act.Record(AuditAction.AgreementChanged, $"agreement:{agreement.Id}", new { partner = agreement.PartnerId, agreement.State, by = "partner" });
    }

    private static ToldAgreements Parse(byte[] bytes)
    {
        try
        {
            var told = JsonSerializer.Deserialize<ToldAgreements>(bytes, NodeJson.Options);
            return told is { Agreements.Count: <= ToldAgreements.Most } ? told : throw new RefusedException(Refusal.TooLarge, "The partner tells of too many agreements.");
        }
        catch (JsonException fault)
        {
            throw new RefusedException(Refusal.Malformed, "What the partner tells of agreements cannot be read.", fault);
        }
    }

    private void Note(string partner, string fault)
    {
        var before = _states.GetValueOrDefault(partner) ?? new LinkState(null, null, "");
        if (before.Fault != fault)
            log.LogWarning("Partner {Partner}: {Fault}", partner, fault);
        _states[partner] = before with { Fault = fault };
    }
}

/// <summary>How it goes with a partner.</summary>
/// <param name="ReachedAt">When it last answered.</param>
/// <param name="Fault">What went wrong since, for people; null where nothing did.</param>
/// <param name="Agreements">Where it said that agreements stand, in its word.</param>
internal sealed record LinkState(DateTimeOffset? ReachedAt, string? Fault, string Agreements);
