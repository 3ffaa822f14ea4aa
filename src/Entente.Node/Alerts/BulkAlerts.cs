using Entente.Desk.Bulk;
using Entente.Desk.Lists;
using Entente.Node.Access;
using Entente.Node.Bulk;

namespace Entente.Node.Alerts;

/// <summary>Makes alerts of the matches of bulk jobs.</summary>
/// <remarks>
/// Who stands in a row is known by what the row says, and not by the row's own reference: those of two files mean different people, and a
/// decision on one must not hold for the other.
/// </remarks>
/// <param name="alerts">Raises them.</param>
internal sealed class BulkAlerts(AlertService alerts) : IBulkAlerts
{
    public Task RaiseAsync(Actor actor, LoadedLists lists, string job, IReadOnlyList<MatchedRow> rows, CancellationToken cancel) =>
        alerts.RaiseAsync(actor, lists, job,
            [.. from row in rows
                let query = row.Row.Query
                where query is not null
                select new Screened(SubjectKeys.OfQuery(query), row.Row.Name ?? "", query, row.Matches)], cancel);
}
