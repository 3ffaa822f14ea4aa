using System.Collections.Concurrent;
using Entente.Exchange.Overlap.Protocol;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Hosting;
using Entente.Node.Partners;
using Entente.Node.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Overlap;

/// <summary>A run as the partner that asks for it tells it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Mode">What is learnt.</param>
/// <param name="Purpose">The purpose.</param>
/// <param name="Agreement">The agreement that allows it.</param>
/// <param name="Reason">Why.</param>
/// <param name="LargestSet">The largest set that either side may bring.</param>
internal sealed record OfferedRun(string Id, OverlapMode Mode, string Purpose, string Agreement, string Reason, int LargestSet);

/// <summary>Where a run stands at a node, as it tells its partner.</summary>
/// <param name="State">Where it stands.</param>
internal sealed record ToldRun(OverlapState State);

/// <summary>The side of a run that answers: takes offers, and the messages of the rounds once a person here accepted.</summary>
internal sealed class OverlapAnswering(OverlapDesk desk, PartnerBook partners, NodeStore store, Ledger ledger) : IDisposable
{
    private const int MostOffers = 20; // that nobody has decided
    private const int LongestText = 500;

    private readonly ConcurrentDictionary<string, Answering> _running = new(StringComparer.Ordinal);

    /// <summary>Takes an offer, or says where one that is known stands.</summary>
    /// <param name="partner">The partner that asks.</param>
    /// <param name="offer">The run.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<ToldRun> OfferAsync(Partner partner, OfferedRun offer, CancellationToken cancel)
    {
        await using (var db = store.Open())
        {
            if (await db.OverlapRuns.AsNoTracking().SingleOrDefaultAsync(run => run.Id == offer.Id, cancel).ConfigureAwait(false) is { } known)
                return known.PartnerId == partner.Id && known.Side == OverlapSide.Answerer ? new ToldRun(known.State) : throw RequestException.Bad("There is another run of that id.");
        }
        if (offer.Id is not { Length: 32 } || !offer.Id.All(char.IsAsciiHexDigitLower) || offer.Mode is not (OverlapMode.Which or OverlapMode.HowMany)
            || offer.Reason is not { Length: > 0 and <= LongestText } || !OverlapBands.IsBand(offer.LargestSet))
            throw RequestException.Bad("The offer is not of the form expected.");
        return await ledger.ActAsync(Actor.System($"partner {partner.Id}"), async act =>
        {
            var standing = await partners.RequireAsync(act.Db, partner.Id, cancel).ConfigureAwait(false);
            var agreement = OverlapDesk.RequireAgreement(standing, offer.Purpose, act.At);
            if (agreement.Id != offer.Agreement)
                throw RequestException.Conflict("Another agreement is in force here.");
            await desk.RequireBudgetAsync(act.Db, agreement, partner.Id, offer.Id, 0, cancel).ConfigureAwait(false);
            if (await act.Db.OverlapRuns.CountAsync(run => run.PartnerId == partner.Id && run.State == OverlapState.Offered, cancel).ConfigureAwait(false) >= MostOffers)
                throw new RequestException(429, "Too many runs wait to be decided here.");
            act.Db.OverlapRuns.Add(new OverlapRun
            {
                Id = offer.Id,
                PartnerId = partner.Id,
                Side = OverlapSide.Answerer,
                Mode = offer.Mode,
                Purpose = offer.Purpose,
                AgreementId = offer.Agreement,
                Reason = offer.Reason,
                LargestSet = offer.LargestSet,
                State = OverlapState.Offered,
                CreatedAt = act.At,
                ChangedAt = act.At,
            });
            act.Record(AuditAction.OverlapAsked, $"overlap:{offer.Id}", new { by = partner.Id, offer.Mode, offer.Purpose, offer.Agreement, offer.Reason, offer.LargestSet });
            return new ToldRun(OverlapState.Offered);
        }, cancel).ConfigureAwait(false);
    }

    /// <summary>Takes messages of a round, and gives those of this side.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="id">The run.</param>
    /// <param name="round">The round that the partner is in.</param>
    /// <param name="part">The part of it.</param>
    /// <param name="time">Which time the partner has begun the run, from 1.</param>
    /// <param name="resume">Whether it goes on after a cut of the line.</param>
    /// <param name="messages">What it sends.</param>
    /// <param name="cancel">Gives up; the messages may then be sent again.</param>
    public async Task<byte[]> TalkAsync(Partner partner, string id, int round, int part, int time, bool resume, byte[] messages, CancellationToken cancel)
    {
        var answering = await RequireAsync(partner, id, time, cancel).ConfigureAwait(false);
        await answering.One.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            // The last messages may come once more after they were answered here.
            if (answering.IsDone)
                return answering.Last;
            var rounds = answering.Rounds ??= await desk.PrepareAsync(answering.Run, time, cancel).ConfigureAwait(false);
            if ((rounds.Round, rounds.Part).CompareTo((round, part)) > 0)
                return answering.Last;
            var session = rounds.Session(cancel);
            if ((rounds.Round, rounds.Part) != (round, part))
                throw new OverlapException($"The partner is in round {round}, and this node in round {rounds.Round}.");
            foreach (var message in OverlapFrames.Split(messages))
                session.Receive(message, cancel);
            answering.Last = resume ? OverlapFrames.Collect(session, session.Resume()) : OverlapFrames.Collect(session);
            if (session.IsComplete)
            {
                rounds.Advance();
                if (rounds.IsDone)
                {
                    await desk.EndAsync(id, rounds).ConfigureAwait(false);
                    ForgetDone(partner.Id);
                    answering.End();
                }
            }
            return answering.Last;
        }
        catch (OverlapException fault)
        {
            await FailAsync(id, fault.Message).ConfigureAwait(false);
            throw RequestException.Bad(fault.Message);
        }
        catch (RequestException fault)
        {
            await FailAsync(id, fault.Message).ConfigureAwait(false);
            throw;
        }
        finally
        {
            answering.One.Release();
        }
    }

    /// <summary>The partner gave a run up.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="id">The run.</param>
    /// <param name="reason">Why, in its words.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task GiveUpAsync(Partner partner, string id, string reason, CancellationToken cancel)
    {
        await using (var db = store.Open())
        {
            if (!await db.OverlapRuns.AnyAsync(run => run.Id == id && run.PartnerId == partner.Id && run.Side == OverlapSide.Answerer, cancel).ConfigureAwait(false))
                throw RequestException.NotFound("There is no such run.");
        }
        await FailAsync(id, $"The partner gave it up: {(reason.Length > LongestText ? reason[..LongestText] : reason)}").ConfigureAwait(false);
    }

    public void Dispose()
    {
        foreach (var answering in _running.Values)
            answering.Rounds?.Dispose();
    }

    private async Task FailAsync(string id, string fault)
    {
        if (_running.TryRemove(id, out var answering))
            answering.Rounds?.Dispose();
        await desk.EndAsync(id, OverlapState.Failed, fault).ConfigureAwait(false);
    }

    /// <summary>Of the runs with a partner that are done, only the last answer of the latest is kept, for when it was lost on its way.</summary>
    private void ForgetDone(string partner)
    {
        foreach (var (id, answering) in _running)
        {
            if (answering.IsDone && answering.Run.PartnerId == partner)
                _running.TryRemove(id, out _);
        }
    }

    private async Task<Answering> RequireAsync(Partner partner, string id, int time, CancellationToken cancel)
    {
        if (_running.TryGetValue(id, out var known) && known.Run.PartnerId == partner.Id)
        {
            if (time == known.Time)
                return known;
            if (time < known.Time)
                throw RequestException.Conflict("The run was begun anew since.");
        }
        await using var db = store.Open();
        var run = await db.OverlapRuns.AsNoTracking().SingleOrDefaultAsync(each => each.Id == id && each.PartnerId == partner.Id && each.Side == OverlapSide.Answerer, cancel).ConfigureAwait(false);
        switch (run?.State)
        {
            case OverlapState.Accepted or OverlapState.Running when time > run.Begun:
                return Begin(run, time, known);
            case OverlapState.Running:
                // The secret of its rounds was in memory, and this node was started anew since.
                throw new RequestException(410, "The run was cut by a start of this node. It is to be begun anew.");
            case null:
                throw RequestException.NotFound("There is no such run.");
            default:
                throw RequestException.Conflict("Nobody has accepted this run, or it has ended.");
        }
    }

    /// <summary>Takes up a run that the partner begins, for the first time or anew: of the time before nothing is gone on with.</summary>
    private Answering Begin(OverlapRun run, int time, Answering? former)
    {
        var begun = new Answering(run, time);
        if (former is null)
            return _running.GetOrAdd(run.Id, begun) is { } first && first.Time == time ? first : throw RequestException.Conflict("The run was begun anew since.");
        if (!_running.TryUpdate(run.Id, begun, former))
            throw RequestException.Conflict("The run was begun anew since.");
        _ = former.GiveUpAsync();
        return begun;
    }

    private sealed class Answering(OverlapRun run, int time)
    {
        public OverlapRun Run { get; } = run;

        public int Time { get; } = time;

        public SemaphoreSlim One { get; } = new(1);

        public OverlapRounds? Rounds { get; set; }

        public byte[] Last { get; set; } = [];

        public bool IsDone { get; private set; }

        /// <summary>It is done: of all that it took only the last answer is kept.</summary>
        public void End()
        {
            Rounds?.Dispose();
            (Rounds, IsDone) = (null, true);
        }

        /// <summary>Lets its secrets go once nobody works with them.</summary>
        public async Task GiveUpAsync()
        {
            await One.WaitAsync().ConfigureAwait(false);
            Rounds?.Dispose();
            Rounds = null;
            One.Release();
        }
    }
}
