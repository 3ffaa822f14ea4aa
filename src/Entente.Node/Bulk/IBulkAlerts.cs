using Entente.Desk.Bulk;
using Entente.Desk.Lists;
using Entente.Node.Access;

namespace Entente.Node.Bulk;

/// <summary>Makes alerts of the matches of a bulk job, where its options ask for that.</summary>
internal interface IBulkAlerts
{
    /// <summary>Raises alerts. The same rows may come again after a crash: doing so twice changes nothing.</summary>
    /// <param name="actor">Who began the job.</param>
    /// <param name="lists">What was screened against.</param>
    /// <param name="job">The job, as the audit trail names it: <c>bulk:ID</c>.</param>
    /// <param name="rows">Rows with a match, in the order of the file.</param>
    /// <param name="cancel">Gives up.</param>
    Task RaiseAsync(Actor actor, LoadedLists lists, string job, IReadOnlyList<MatchedRow> rows, CancellationToken cancel);
}
