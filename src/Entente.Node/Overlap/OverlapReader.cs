using System.Collections.Immutable;
using Entente.Exchange.Agreements;
using Entente.Node.Partners;
using Entente.Node.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Overlap;

/// <summary>What a partner may be asked for now.</summary>
/// <param name="Partner">The partner.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Purpose">The purpose, as the agreement names it.</param>
/// <param name="Budget">What the agreement allows.</param>
/// <param name="Spent">What was spent of it in the present period.</param>
internal sealed record OverlapChoice(string Partner, string Name, string Purpose, OverlapBudget Budget, OverlapSpent Spent)
{
    /// <summary>Whether one more run is within the budget.</summary>
    public bool IsOpen => Budget.Admits(Spent.Runs, Spent.Keys, 0);
}

/// <summary>An entity of this node that was found in common.</summary>
/// <param name="Id">The record, or the subject.</param>
/// <param name="Caption">What it is called; null where it is not here any more.</param>
/// <param name="Schema">Its kind; null where it is not here any more.</param>
/// <param name="Reference">The reference of a subject; null of a record.</param>
internal sealed record OverlapFound(string Id, string? Caption, string? Schema, string? Reference);

/// <summary>Reads for the pages what stands around a run.</summary>
internal sealed class OverlapReader(OwnIdentity own, OverlapDesk desk, PartnerBook partners, NodeStore store, TimeProvider clock)
{
    /// <summary>With whom, and for which purposes, agreements in force allow to look for overlap.</summary>
    /// <param name="cancel">Gives up.</param>
    /// <returns>By the partner's name; also those whose budget is spent.</returns>
    public async Task<IReadOnlyList<OverlapChoice>> ChoicesAsync(CancellationToken cancel)
    {
        if (!own.IsOn)
            return [];
        await using var db = store.Open();
        var choices = new List<OverlapChoice>();
        var confirmed = await db.Partners.AsNoTracking().Where(partner => partner.State == PartnerState.Confirmed).OrderBy(partner => partner.Name).ThenBy(partner => partner.Id).Select(partner => partner.Id).ToListAsync(cancel).ConfigureAwait(false);
        foreach (var id in confirmed)
        {
            var partner = await partners.RequireAsync(db, id, cancel).ConfigureAwait(false);
            // Of two agreements for one purpose the first counts, as where a run is asked for.
            var purposes = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var agreement in partner.Terms.Book.InForce(clock.GetUtcNow()).Where(agreement => agreement.Overlap.Runs > 0))
            {
                var spent = await desk.SpentAsync(db, agreement, id, "", cancel).ConfigureAwait(false);
                choices.AddRange(agreement.Purposes.Where(purposes.Add).Select(purpose => new OverlapChoice(id, partner.Row.Name, purpose, agreement.Overlap, spent)));
            }
        }
        return choices;
    }

    /// <summary>Entities that were found, as they are called now.</summary>
    /// <param name="holding">What was compared.</param>
    /// <param name="ids">Their ids; a page of them.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>One for each id, in their order.</returns>
    public async Task<ImmutableArray<OverlapFound>> FoundAsync(OverlapHoldingKind holding, IReadOnlyCollection<string> ids, CancellationToken cancel)
    {
        await using var db = store.Open();
        // What was erased has no name left.
        var found = holding == OverlapHoldingKind.Subjects
            ? await db.Subjects.AsNoTracking().Where(subject => ids.Contains(subject.Id) && !subject.Removed)
                .Select(subject => new OverlapFound(subject.Id, subject.Caption, subject.Schema, subject.Reference)).ToDictionaryAsync(each => each.Id, cancel).ConfigureAwait(false)
            : await db.Records.AsNoTracking().Where(record => ids.Contains(record.Id) && record.Caption != "")
                .Select(record => new OverlapFound(record.Id, record.Caption, record.Schema, null)).ToDictionaryAsync(each => each.Id, cancel).ConfigureAwait(false);
        return [.. ids.Select(id => found.GetValueOrDefault(id, new OverlapFound(id, null, null, null)))];
    }
}
