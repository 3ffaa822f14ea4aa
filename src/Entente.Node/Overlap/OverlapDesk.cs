using System.Text.Json;
using Entente.Exchange.Agreements;
using Entente.Exchange.Overlap.Keys;
using Entente.Exchange.Overlap.Protocol;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Holdings;
using Entente.Node.Hosting;
using Entente.Node.Partners;
using Entente.Node.Store;
using Entente.Records;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Overlap;

/// <summary>What was spent of a budget.</summary>
/// <param name="Runs">Runs in the period so far.</param>
/// <param name="Keys">Keys that this node brought in them.</param>
/// <param name="Until">When the period ends and it counts anew.</param>
internal sealed record OverlapSpent(int Runs, long Keys, DateTimeOffset Until);

/// <summary>What both sides of a run do alike: look at the agreement and the budget, gather what is compared, and write down how it ended.</summary>
internal sealed class OverlapDesk(OwnIdentity own, PartnerBook partners, NodeStore store, Ledger ledger, TimeProvider clock)
{
    // A partner that says it was cut may bring another set each time: so it is bounded, and counts against the budget each time.
    private const int MostTimes = 3;

    /// <summary>The agreement in force with a partner under which overlap may be looked for, for a purpose.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="purpose">The purpose.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="RequestException">409: there is none, or the partner is suspended.</exception>
    public static Agreement RequireAgreement(PartnerStanding partner, string purpose, DateTimeOffset now)
    {
        if (partner.Terms.Suspended)
            throw RequestException.Conflict("The partner is not confirmed, or is suspended.");
        return partner.Terms.Book.InForce(now).FirstOrDefault(agreement => agreement.Overlap.Runs > 0 && agreement.Purposes.Contains(purpose, StringComparer.OrdinalIgnoreCase))
            ?? throw RequestException.Conflict("No agreement in force with this partner allows to look for overlap for that purpose.");
    }

    /// <summary>Checks that one more run is within what the agreement allows.</summary>
    /// <param name="db">The store.</param>
    /// <param name="agreement">The agreement.</param>
    /// <param name="partner">The partner.</param>
    /// <param name="run">The run itself.</param>
    /// <param name="keys">Keys that this side would bring.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="RequestException">409: it is not.</exception>
    public async Task RequireBudgetAsync(NodeDb db, Agreement agreement, string partner, string run, int keys, CancellationToken cancel)
    {
        var spent = await SpentAsync(db, agreement, partner, run, cancel).ConfigureAwait(false);
        if (!agreement.Overlap.Admits(spent.Runs, spent.Keys, keys))
            throw RequestException.Conflict($"The agreement allows {agreement.Overlap.Runs} runs with {agreement.Overlap.Keys} keys in {agreement.Overlap.PeriodDays} days; {spent.Runs} with {spent.Keys} were made, and this one would bring {keys}.");
    }

    /// <summary>What was spent of an agreement's budget in the present period. A run that was declined spends nothing; one that was begun again, each time.</summary>
    /// <param name="db">The store.</param>
    /// <param name="agreement">The agreement.</param>
    /// <param name="partner">The partner.</param>
    /// <param name="next">A run that is about to be begun, of which only the earlier times count; empty for none.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<OverlapSpent> SpentAsync(NodeDb db, Agreement agreement, string partner, string next, CancellationToken cancel)
    {
        var (from, until) = agreement.Overlap.PeriodAt(agreement.Starts, clock.GetUtcNow());
        var runs = await db.OverlapRuns.AsNoTracking().Where(run => run.PartnerId == partner && run.AgreementId == agreement.Id && run.CreatedAt >= from
            && run.State != OverlapState.Declined).Select(run => new { run.Id, run.Keys, run.Begun }).ToListAsync(cancel).ConfigureAwait(false);
        return new OverlapSpent(runs.Sum(run => run.Id == next ? run.Begun : Math.Max(1, run.Begun)), runs.Sum(run => (long)run.Keys), until);
    }

    /// <summary>Gathers what this node brings.</summary>
    /// <param name="run">The run.</param>
    /// <param name="time">Which time it is begun, from 1.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The rounds, which have not begun.</returns>
    /// <exception cref="RequestException">The agreement does not allow it any more.</exception>
    public async Task<OverlapRounds> PrepareAsync(OverlapRun run, int time, CancellationToken cancel)
    {
        if (time > MostTimes)
            throw RequestException.Conflict($"The run was cut {MostTimes} times. Ask anew.");
        await using var db = store.Open();
        var partner = await partners.RequireAsync(db, run.PartnerId, cancel).ConfigureAwait(false);
        var agreement = RequireAgreement(partner, run.Purpose, clock.GetUtcNow());
        if (agreement.Id != run.AgreementId)
            throw RequestException.Conflict("Another agreement is in force by now. Ask anew.");
        var holding = Holding.Of(run.Holding == OverlapHoldingKind.Subjects ? await SubjectsAsync(db, cancel).ConfigureAwait(false) : await RecordsAsync(db, partner, cancel).ConfigureAwait(false), cancel);
        await RequireBudgetAsync(db, agreement, run.PartnerId, run.Id, holding.KeyCount, cancel).ConfigureAwait(false);
        await ledger.ActAsync(Actor.System("overlap"), async act =>
        {
            var stored = await act.Db.OverlapRuns.SingleAsync(each => each.Id == run.Id, cancel).ConfigureAwait(false);
            if (stored.Begun >= time || stored.State is OverlapState.Done or OverlapState.Failed or OverlapState.Declined)
                throw RequestException.Conflict("The run has ended, or was begun by another turn.");
            (stored.State, stored.ChangedAt, stored.Begun, stored.Keys, stored.Entities) = (OverlapState.Running, act.At, time, stored.Keys + holding.KeyCount, holding.Entities.Length);
            act.Record(AuditAction.OverlapBegun, $"overlap:{run.Id}", new { partner = run.PartnerId, run.Mode, run.Holding, time, entities = holding.Entities.Length, keys = holding.KeyCount });
            return true;
        }, cancel).ConfigureAwait(false);
        return new OverlapRounds(run, time, own.Id, agreement, holding);
    }

    /// <summary>Writes down what came of a run.</summary>
    /// <param name="id">The run.</param>
    /// <param name="rounds">Its rounds, done.</param>
    public Task EndAsync(string id, OverlapRounds rounds) => ledger.ActAsync(Actor.System("overlap"), async act =>
    {
        var run = await act.Db.OverlapRuns.SingleAsync(each => each.Id == id).ConfigureAwait(false);
        (run.State, run.ChangedAt, run.PartnerBand, run.Common, run.Transcript) = (OverlapState.Done, act.At, rounds.PartnerBand, rounds.Common, rounds.Transcript);
        if (run.Mode == OverlapMode.Which)
            run.Found = JsonSerializer.Serialize(rounds.Found.Select(at => rounds.Holding.Entities[at].Id), NodeJson.Options);
        act.Record(AuditAction.OverlapEnded, $"overlap:{id}", new { partner = run.PartnerId, run.State, run.Common, run.PartnerBand, run.Transcript });
        act.Publish("overlap.ended", $"overlap:{id}", new { partner = run.PartnerId, run.State, run.Common });
        return true;
    });

    /// <summary>Writes down that a run ended without a result.</summary>
    /// <param name="id">The run.</param>
    /// <param name="state"><see cref="OverlapState.Failed"/> or <see cref="OverlapState.Declined"/>.</param>
    /// <param name="fault">Why.</param>
    public Task EndAsync(string id, OverlapState state, string fault) => ledger.ActAsync(Actor.System("overlap"), async act =>
    {
        var run = await act.Db.OverlapRuns.SingleAsync(each => each.Id == id).ConfigureAwait(false);
        if (run.State is OverlapState.Done or OverlapState.Failed or OverlapState.Declined)
            return false;
        (run.State, run.ChangedAt, run.Fault) = (state, act.At, fault);
        act.Record(AuditAction.OverlapEnded, $"overlap:{id}", new { partner = run.PartnerId, run.State, fault });
        act.Publish("overlap.ended", $"overlap:{id}", new { partner = run.PartnerId, run.State, run.Common });
        return true;
    });

    /// <summary>This node's own records that may go to the partner: that one of them is here is told by a match.</summary>
    private async Task<List<Entity>> RecordsAsync(NodeDb db, PartnerStanding partner, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var entities = new List<Entity>();
        await foreach (var record in db.Records.AsNoTracking().Where(record => record.Originator == own.Id && record.State == RecordState.Held && record.KeptUntil > now).AsAsyncEnumerable().WithCancellation(cancel).ConfigureAwait(false))
        {
            if (!ReleaseCheck.Explain(record.ReadMarking(), false, partner.Terms, own.Id, partner.Row.Id, now).Allowed)
                continue;
            var builder = new EntityBuilder(record.Id, record.Schema, null);
            foreach (var statement in record.ReadStatements().Where(statement => statement.Mark is null))
                builder.Add(statement.Property, statement.Value);
            entities.Add(builder.Build());
        }
        return entities;
    }

    private static async Task<List<Entity>> SubjectsAsync(NodeDb db, CancellationToken cancel)
    {
        var entities = new List<Entity>();
        await foreach (var subject in db.Subjects.AsNoTracking().Where(subject => !subject.Removed).AsAsyncEnumerable().WithCancellation(cancel).ConfigureAwait(false))
        {
            var builder = new EntityBuilder(subject.Id, subject.Schema, null);
            foreach (var (property, values) in JsonSerializer.Deserialize<Dictionary<string, string[]>>(subject.Properties, NodeJson.Options) ?? [])
            {
                foreach (var value in values)
                    builder.Add(property, value);
            }
            entities.Add(builder.Build());
        }
        return entities;
    }
}
