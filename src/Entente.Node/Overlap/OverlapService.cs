using System.Collections.Immutable;
using System.Text.Json;
using Entente.Exchange.Overlap.Protocol;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Hosting;
using Entente.Node.Partners;
using Entente.Node.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Overlap;

/// <summary>What is asked of a partner.</summary>
/// <param name="Partner">The partner.</param>
/// <param name="Mode">What is learnt.</param>
/// <param name="Holding">What of this node is compared.</param>
/// <param name="Purpose">The purpose, as the agreement names it.</param>
/// <param name="Reason">Why; the partner's people read it.</param>
internal sealed record OverlapRequest(string Partner, OverlapMode Mode, OverlapHoldingKind Holding, string Purpose, string Reason);

/// <summary>With what of this node a partner's run is accepted.</summary>
/// <param name="Holding">What is compared.</param>
internal sealed record AcceptRequest(OverlapHoldingKind Holding);

/// <summary>A run.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Partner">The partner.</param>
/// <param name="Side">Which side this node is.</param>
/// <param name="Mode">What is learnt.</param>
/// <param name="Holding">What of this node is compared.</param>
/// <param name="Purpose">The purpose.</param>
/// <param name="Agreement">The agreement that allows it.</param>
/// <param name="Reason">Why.</param>
/// <param name="LargestSet">The largest set that either side may bring.</param>
/// <param name="State">Where it stands.</param>
/// <param name="AskedBy">Who asked for it here.</param>
/// <param name="DecidedBy">Who approved, accepted or declined it here.</param>
/// <param name="CreatedAt">When it came to be here.</param>
/// <param name="ChangedAt">When it came to stand as it stands.</param>
/// <param name="Keys">How many keys this node brought.</param>
/// <param name="Entities">How many entities stood behind them.</param>
/// <param name="PartnerBand">The band of the partner's set.</param>
/// <param name="Common">How many are in common.</param>
/// <param name="Found">This node's entities that are in common; null where only their number is learnt, or it has not ended.</param>
/// <param name="Transcript">The hashes over all messages.</param>
/// <param name="Fault">Why it ended without a result.</param>
internal sealed record OverlapView(string Id, string Partner, OverlapSide Side, OverlapMode Mode, OverlapHoldingKind Holding, string Purpose, string Agreement, string Reason, int LargestSet, OverlapState State,
    string? AskedBy, string? DecidedBy, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt, int Keys, int Entities, int PartnerBand, int Common, ImmutableArray<string>? Found, string? Transcript, string? Fault);

/// <summary>What people do about runs: ask, approve, accept, decline.</summary>
internal sealed class OverlapService(OverlapDesk desk, OverlapAsking asking, PartnerBook partners, PartnerBell bell, NodeStore store, Ledger ledger)
{
    private const int LongestReason = 500;

    /// <summary>Asks for a run.</summary>
    /// <param name="actor">Who does.</param>
    /// <param name="asked">What is asked.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The run's id.</returns>
    public Task<string> AskAsync(Actor actor, OverlapRequest asked, CancellationToken cancel)
    {
        if (asked.Mode is not (OverlapMode.Which or OverlapMode.HowMany))
            throw RequestException.Bad("mode: expected which or howMany.");
        if (asked.Holding is OverlapHoldingKind.None)
            throw RequestException.Bad("holding: expected records or subjects.");
        if (string.IsNullOrWhiteSpace(asked.Reason) || asked.Reason.Length > LongestReason)
            throw RequestException.Bad($"reason: expected why, in up to {LongestReason} characters; the partner's people read it.");
        return ledger.ActAsync(actor, async act =>
        {
            var partner = await partners.RequireAsync(act.Db, asked.Partner, cancel).ConfigureAwait(false);
            var agreement = OverlapDesk.RequireAgreement(partner, asked.Purpose, act.At);
            await desk.RequireBudgetAsync(act.Db, agreement, asked.Partner, "", 0, cancel).ConfigureAwait(false);
            var run = new OverlapRun
            {
                Id = NodeId.New(act.At),
                PartnerId = asked.Partner,
                Side = OverlapSide.Asker,
                Mode = asked.Mode,
                Holding = asked.Holding,
                Purpose = asked.Purpose,
                AgreementId = agreement.Id,
                Reason = asked.Reason,
                // No more than the agreement lets either side bring; the approver sees it.
                LargestSet = Band(agreement.Overlap.Keys, asked.Mode),
                State = OverlapState.Asked,
                AskedBy = actor.AccountId ?? throw RequestException.Forbidden("Only a person can ask for overlap."),
                CreatedAt = act.At,
                ChangedAt = act.At,
            };
            act.Db.OverlapRuns.Add(run);
            act.Record(AuditAction.OverlapAsked, $"overlap:{run.Id}", new { partner = asked.Partner, asked.Mode, asked.Holding, asked.Purpose, agreement = agreement.Id, asked.Reason, run.LargestSet });
            return run.Id;
        }, cancel);
    }

    /// <summary>Approves a run that somebody else here asked for: the partner is asked.</summary>
    public async Task ApproveAsync(Actor actor, string id, CancellationToken cancel)
    {
        await DecideAsync(actor, id, (run, _) =>
        {
            if (run.State != OverlapState.Asked)
                throw RequestException.Conflict("The run does not wait for approval here.");
            if (run.AskedBy == actor.AccountId)
                throw RequestException.Forbidden("Somebody else than who asked for a run approves it.");
            return OverlapState.Approved;
        }, cancel).ConfigureAwait(false);
        bell.Ring(OverlapAsking.Approved);
    }

    /// <summary>Accepts a run that the partner asks for.</summary>
    public Task AcceptAsync(Actor actor, string id, OverlapHoldingKind holding, CancellationToken cancel) => DecideAsync(actor, id, (run, _) =>
    {
        if (run.State != OverlapState.Offered)
            throw RequestException.Conflict("The run does not wait to be accepted here.");
        run.Holding = holding is OverlapHoldingKind.None ? throw RequestException.Bad("holding: expected records or subjects.") : holding;
        return OverlapState.Accepted;
    }, cancel);

    /// <summary>Declines a run that waits for a person here.</summary>
    public async Task DeclineAsync(Actor actor, string id, CancellationToken cancel)
    {
        OverlapRun? offered = null;
        await DecideAsync(actor, id, (run, _) =>
        {
            // The partner may have been asked already, and its people must not wait for a run that never comes.
            offered = run is { Side: OverlapSide.Asker, State: OverlapState.Approved } ? run : null;
            return run.State is OverlapState.Asked or OverlapState.Offered or OverlapState.Approved or OverlapState.Accepted
                ? OverlapState.Declined
                : throw RequestException.Conflict("The run is on, or has ended.");
        }, cancel).ConfigureAwait(false);
        if (offered is not null)
            await asking.WithdrawAsync(offered, cancel).ConfigureAwait(false);
    }

    /// <summary>The runs, the latest first.</summary>
    /// <param name="partner">With this partner; null for all.</param>
    /// <param name="after">The run where the page before ended; null for the first page, and for one that is unknown.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<IReadOnlyList<OverlapView>> ListAsync(string? partner, string? after, int limit, CancellationToken cancel)
    {
        await using var db = store.Open();
        var runs = db.OverlapRuns.AsNoTracking().Where(run => partner == null || run.PartnerId == partner);
        if (after is not null && await db.OverlapRuns.AsNoTracking().SingleOrDefaultAsync(run => run.Id == after, cancel).ConfigureAwait(false) is { CreatedAt: var at })
            runs = runs.Where(run => run.CreatedAt < at || (run.CreatedAt == at && string.Compare(run.Id, after) < 0));
        return [.. (await runs.OrderByDescending(run => run.CreatedAt).ThenByDescending(run => run.Id).Take(limit).ToListAsync(cancel).ConfigureAwait(false)).Select(View)];
    }

    /// <summary>A run.</summary>
    public async Task<OverlapView> GetAsync(string id, CancellationToken cancel)
    {
        await using var db = store.Open();
        return View(await db.OverlapRuns.AsNoTracking().SingleOrDefaultAsync(run => run.Id == id, cancel).ConfigureAwait(false) ?? throw RequestException.NotFound("There is no such run."));
    }

    private Task<bool> DecideAsync(Actor actor, string id, Func<OverlapRun, Act, OverlapState> decide, CancellationToken cancel) => ledger.ActAsync(actor, async act =>
    {
        var run = await act.Db.OverlapRuns.SingleOrDefaultAsync(each => each.Id == id, cancel).ConfigureAwait(false) ?? throw RequestException.NotFound("There is no such run.");
        run.State = decide(run, act);
        (run.DecidedBy, run.ChangedAt) = (actor.AccountId, act.At);
        act.Record(AuditAction.OverlapDecided, $"overlap:{id}", new { partner = run.PartnerId, run.State, run.Holding });
        return true;
    }, cancel);

    private static int Band(long keys, OverlapMode mode)
    {
        var most = mode == OverlapMode.HowMany ? OverlapBands.Largest / OverlapInput.KeysOfEntity : OverlapBands.Largest;
        return OverlapBands.Of((int)Math.Min(keys, most));
    }

    private static OverlapView View(OverlapRun run) => new(run.Id, run.PartnerId, run.Side, run.Mode, run.Holding, run.Purpose, run.AgreementId, run.Reason, run.LargestSet, run.State, run.AskedBy, run.DecidedBy, run.CreatedAt, run.ChangedAt,
        run.Keys, run.Entities, run.PartnerBand, run.Common, run.Found is null ? null : JsonSerializer.Deserialize<ImmutableArray<string>>(run.Found, NodeJson.Options), run.Transcript, run.Fault);
}
