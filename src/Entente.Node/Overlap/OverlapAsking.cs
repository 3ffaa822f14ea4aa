using System.Globalization;
using System.Text.Json;
using Entente.Exchange.Identity;
using Entente.Exchange.Overlap.Protocol;
using Entente.Node.Hosting;
using Entente.Node.Partners;
using Entente.Node.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Entente.Node.Overlap;

/// <summary>The side of a run that asks: offers it, waits for the partner's people, and leads through the rounds.</summary>
internal sealed class OverlapAsking(OwnIdentity own, OverlapDesk desk, PartnerClient client, PartnerBell bell, NodeStore store, TimeProvider clock, ILogger<OverlapAsking> log) : BackgroundService
{
    /// <summary>The bell that rings where a run was approved here.</summary>
    public const string Approved = "overlap";

    private const int MostTries = 20;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!own.IsOn)
            return;
        while (true)
        {
            var news = bell.NextAsync(Approved);
            try
            {
                foreach (var run in await ToRunAsync(stoppingToken).ConfigureAwait(false))
                    await TryAsync(run, stoppingToken).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Whatever it was, it is tried again.
            catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
            {
                log.LogError(fault, "Runs of overlap could not be gone on with; it is tried again");
            }
            await Task.WhenAny(news, Task.Delay(LookEvery, clock, stoppingToken)).ConfigureAwait(false);
            stoppingToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Runs that were approved, and those that were on when this node was last stopped: runs are made one after the other, so none is on now.</summary>
    private async Task<List<OverlapRun>> ToRunAsync(CancellationToken cancel)
    {
        await using var db = store.Open();
        return await db.OverlapRuns.AsNoTracking().Where(run => run.Side == OverlapSide.Asker && (run.State == OverlapState.Approved || run.State == OverlapState.Running)).OrderBy(run => run.CreatedAt).ToListAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>Offers a run, and makes it where the partner's people accepted.</summary>
    private async Task TryAsync(OverlapRun run, CancellationToken cancel)
    {
        NodeIdentity identity;
        await using (var db = store.Open())
            identity = await PartnerBook.IdentityAsync(db, run.PartnerId, cancel).ConfigureAwait(false);
        try
        {
            var offer = JsonSerializer.SerializeToUtf8Bytes(new OfferedRun(run.Id, run.Mode, run.Purpose, run.AgreementId, run.Reason, run.LargestSet), NodeJson.Options);
            var told = JsonSerializer.Deserialize<ToldRun>(await client.AskAsync(identity, "/overlap/runs", offer, cancel).ConfigureAwait(false), NodeJson.Options);
            switch (told?.State)
            {
                case OverlapState.Accepted:
                // It was cut here, or there, and begins anew.
                case OverlapState.Running when run.Begun > 0:
                    await RunAsync(run, identity, cancel).ConfigureAwait(false);
                    break;
                case OverlapState.Declined:
                    await desk.EndAsync(run.Id, OverlapState.Declined, "The partner's people declined it.").ConfigureAwait(false);
                    break;
                case OverlapState.Failed or OverlapState.Done or OverlapState.Running:
                    await desk.EndAsync(run.Id, OverlapState.Failed, "It ended at the partner.").ConfigureAwait(false);
                    break;
                default:
                    break; // it waits for a person there
            }
        }
        catch (PartnerUnreachableException fault) when (fault.Said is { } said)
        {
            await desk.EndAsync(run.Id, OverlapState.Failed, said).ConfigureAwait(false);
        }
        catch (PartnerUnreachableException)
        {
            // Tried again; that the partner is away is shown with the partner.
        }
        catch (Exception fault) when (fault is JsonException or RequestException)
        {
            await desk.EndAsync(run.Id, OverlapState.Failed, fault.Message).ConfigureAwait(false);
        }
    }

    private async Task RunAsync(OverlapRun run, NodeIdentity partner, CancellationToken cancel)
    {
        try
        {
            for (var time = run.Begun + 1; ; time++)
            {
                using var rounds = await desk.PrepareAsync(run, time, cancel).ConfigureAwait(false);
                try
                {
                    while (!rounds.IsDone)
                    {
                        await TalkAsync(run, rounds, partner, cancel).ConfigureAwait(false);
                        rounds.Advance();
                    }
                    await desk.EndAsync(run.Id, rounds).ConfigureAwait(false);
                    return;
                }
                catch (PartnerUnreachableException fault) when (fault.Gone)
                {
                    // The partner was started anew, and with its memory the secret of its rounds is gone: once more, from the first round.
                }
                catch (PartnerUnreachableException fault) when (fault is { Said: null, NotFound: false, Refused: false, OtherKey: false })
                {
                    // It is away. The run stays on, and begins anew once the partner can be asked again.
                    return;
                }
            }
        }
        catch (Exception fault) when (fault is OverlapException or PartnerUnreachableException or RequestException or PlatformNotSupportedException)
        {
            await desk.EndAsync(run.Id, OverlapState.Failed, fault.Message).ConfigureAwait(false);
            await TellGivenUpAsync(run, partner, fault.Message, cancel).ConfigureAwait(false);
        }
    }

    private async Task TalkAsync(OverlapRun run, OverlapRounds rounds, NodeIdentity partner, CancellationToken cancel)
    {
        var session = rounds.Session(cancel);
        var path = string.Create(CultureInfo.InvariantCulture, $"/overlap/runs/{run.Id}/rounds/{rounds.Round}/{rounds.Part}?time={rounds.Time}");
        var (tries, resume) = (0, false);
        // The partner, too, must have all: what was sent last may be lost on its way.
        while (!session.IsComplete || session.HasNext || resume)
        {
            var sent = resume ? OverlapFrames.Collect(session, session.Resume()) : OverlapFrames.Collect(session);
            try
            {
                var answer = await client.AskAsync(partner, resume ? path + "&resume=1" : path, sent, cancel).ConfigureAwait(false);
                var missing = false;
                foreach (var message in OverlapFrames.Split(answer))
                    missing |= session.Receive(message, cancel) == OverlapReceipt.Missing;
                tries = sent.Length + answer.Length > 0 && !missing ? 0 : tries + 1;
                resume = missing;
            }
            catch (PartnerUnreachableException fault) when (fault.Said is null && !fault.Gone && tries < MostTries)
            {
                tries++;
                resume = true; // what was on its way may be lost, in either direction
            }
            if (tries > MostTries)
                throw new OverlapException("Neither side has anything to say.");
            if (tries > 0)
                await Task.Delay(BetweenTries, clock, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Tells the partner that a run it may have been asked for is withdrawn. Where it cannot be reached, the run stays offered there, and leads nowhere.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task WithdrawAsync(OverlapRun run, CancellationToken cancel)
    {
        await using var db = store.Open();
        await TellGivenUpAsync(run, await PartnerBook.IdentityAsync(db, run.PartnerId, cancel).ConfigureAwait(false), "It was withdrawn.", cancel).ConfigureAwait(false);
    }

    private async Task TellGivenUpAsync(OverlapRun run, NodeIdentity partner, string reason, CancellationToken cancel)
    {
        try
        {
            await client.AskAsync(partner, $"/overlap/runs/{run.Id}/end", JsonSerializer.SerializeToUtf8Bytes(new { reason }, NodeJson.Options), cancel).ConfigureAwait(false);
        }
        catch (PartnerUnreachableException)
        {
            // It finds out by itself, or a person does.
        }
    }
}
