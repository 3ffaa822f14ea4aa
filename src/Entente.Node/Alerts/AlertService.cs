using System.Collections.Immutable;
using System.Text.Json;
using Entente.Desk.Lists;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Hosting;
using Entente.Node.Monitoring;
using Entente.Node.Settings;
using Entente.Node.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Alerts;

/// <summary>Raises alerts, and lets people work on them: take, comment, decide, approve, return.</summary>
/// <remarks>All is done in one act with its audit entries; who names an older revision is told the present state instead.</remarks>
internal sealed class AlertService(Ledger ledger, SettingsService settings)
{
    /// <summary>Most alerts decided or handed over at once.</summary>
    public const int MostAtOnce = 500;

    private const int LongestText = 4000;

    /// <summary>Raises alerts from a screening. Doing so again changes nothing.</summary>
    /// <param name="actor">Who asked for it.</param>
    /// <param name="lists">What was screened against.</param>
    /// <param name="screening">The screening that the audit trail holds: <c>screening:ID</c>, or the job.</param>
    /// <param name="screened">Who was screened; many at once cost little more than one.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<IReadOnlyList<AlertOutcome>> RaiseAsync(Actor actor, LoadedLists lists, string screening, IReadOnlyCollection<Screened> screened, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(screened);
        // Two rows of a file may be one person: what the first says holds.
        Screened[] distinct = [.. screened.Where(one => one.Covers is not null || one.Matches.Any(match => match.IsMatch)).DistinctBy(one => one.SubjectKey, StringComparer.Ordinal)];
        return distinct.Length == 0 ? [] : await ledger.ActAsync(actor, async act =>
        {
            await Baseline.EnsureAsync(act, lists, settings.BookPolicy(), cancel).ConfigureAwait(false);
            return await AlertWriter.ApplyAsync(act, lists, screening, distinct, cancel).ConfigureAwait(false);
        }, cancel).ConfigureAwait(false);
    }

    /// <summary>Gives alerts to somebody to work on, or to nobody.</summary>
    /// <param name="actor">Who does.</param>
    /// <param name="alerts">The alerts as the actor saw them. All are given, or none.</param>
    /// <param name="account">The account; null for nobody.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<ImmutableArray<AlertView>> AssignAsync(Actor actor, IReadOnlyCollection<AlertRef> alerts, string? account, CancellationToken cancel)
    {
        Check(alerts);
        return ledger.ActAsync(actor, async act =>
        {
            var known = await LoadAsync(act.Db, alerts, cancel).ConfigureAwait(false);
            if (account is not null && account != actor.AccountId && !(await People.ColleaguesAsync(act.Db, cancel).ConfigureAwait(false)).Any(one => one.Id == account))
                throw RequestException.Bad("to: there is no such account, it is disabled, or it may not work on alerts.");
            foreach (var alert in known.Where(alert => alert.AssignedTo != account))
            {
                act.Record(AuditAction.AlertAssigned, $"alert:{alert.Id}", new { from = alert.AssignedTo, to = account });
                alert.AssignedTo = account;
                Touch(act, alert);
            }
            return known.Select(AlertView.Of).ToImmutableArray();
        }, cancel);
    }

    /// <summary>Writes a comment on an alert.</summary>
    /// <param name="actor">Who does.</param>
    /// <param name="id">The alert.</param>
    /// <param name="text">The comment.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<CommentView> CommentAsync(Actor actor, string id, string text, CancellationToken cancel)
    {
        var comment = Text(text, "text");
        return ledger.ActAsync(actor, async act =>
        {
            if (!await act.Db.Alerts.AnyAsync(alert => alert.Id == id, cancel).ConfigureAwait(false))
                throw RequestException.NotFound("There is no such alert.");
            var made = new AlertComment { Id = NodeId.New(act.At), AlertId = id, Author = actor.Id, At = act.At, Text = comment };
            act.Db.AlertComments.Add(made);
            act.Record(AuditAction.AlertCommented, $"alert:{id}", new { comment = made.Id, text = comment });
            return new CommentView(made.Id, made.Author, made.At, made.Text);
        }, cancel);
    }

    /// <summary>Decides alerts with one reason, or proposes to where policy or the actor's rights ask for a second person.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="alerts">The alerts as the actor saw them: one, or several of one subject or on one entity. All are decided, or none.</param>
    /// <param name="verdict">What the actor makes of them.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<ImmutableArray<AlertView>> DecideAsync(Actor actor, IReadOnlyCollection<AlertRef> alerts, Verdict verdict, string reason, CancellationToken cancel)
    {
        Check(alerts);
        var why = Text(reason, "reason");
        if (verdict is Verdict.Undecided || !Enum.IsDefined(verdict))
            throw RequestException.Bad("verdict: expected trueMatch, falseMatch or unresolved.");
        if (!actor.May(Right.WorkAlerts) && !actor.May(Right.DecideAlerts))
            throw RequestException.Forbidden("You may not decide alerts.");
        return ledger.ActAsync(actor, async act =>
        {
            var known = await LoadAsync(act.Db, alerts, cancel).ConfigureAwait(false);
            if (known.Select(alert => alert.SubjectKey).Distinct().Count() > 1 && known.Select(alert => alert.EntityId).Distinct().Count() > 1)
                throw RequestException.Bad("alerts: several are decided at once only when they are of one subject, or on one listed entity.");
            foreach (var alert in known)
                Decide(act, alert, verdict, why);
            return known.Select(AlertView.Of).ToImmutableArray();
        }, cancel);
    }

    /// <summary>Approves a decision that somebody else proposed: it takes effect.</summary>
    /// <param name="actor">Who approves; never its author.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="reason">What the actor adds; null for nothing.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<AlertView> ApproveAsync(Actor actor, string decision, string? reason, CancellationToken cancel) => ReviewAsync(actor, decision, reason, approve: true, cancel);

    /// <summary>Returns a decision that somebody else proposed: the alert is as it was before.</summary>
    /// <param name="actor">Who returns it; its author may, too, to take it back.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<AlertView> ReturnAsync(Actor actor, string decision, string reason, CancellationToken cancel) => ReviewAsync(actor, decision, Text(reason, "reason"), approve: false, cancel);

    private static void Check(IReadOnlyCollection<AlertRef> alerts)
    {
        ArgumentNullException.ThrowIfNull(alerts);
        if (alerts.Count is 0 or > MostAtOnce || alerts.Any(alert => alert?.Id is null) || alerts.DistinctBy(alert => alert.Id, StringComparer.Ordinal).Count() < alerts.Count)
            throw RequestException.Bad($"alerts: expected 1 to {MostAtOnce}, each once.");
    }

    private void Decide(Act act, Alert alert, Verdict verdict, string reason)
    {
        if (alert.State == AlertState.Withdrawn)
            throw Conflict("The alert was withdrawn: it is no longer a match, and there is nothing to decide.", [alert]);
        if (alert.State == AlertState.Proposed)
            throw Conflict("A decision was proposed and waits for approval: approve it or return it first.", [alert]);
        var proposed = !act.Actor.May(Right.DecideAlerts) || ReviewPolicy.NeedsSecondPerson(settings, alert, verdict);
        var decision = new Decision
        {
            Id = NodeId.New(act.At),
            AlertId = alert.Id,
            SubjectKey = alert.SubjectKey,
            EntityId = alert.EntityId,
            Verdict = verdict,
            Reason = reason,
            Author = act.Actor.Id,
            At = act.At,
            State = proposed ? DecisionState.Proposed : DecisionState.InForce,
            Facts = alert.Facts,
        };
        act.Db.Decisions.Add(decision);
        alert.Verdict = verdict;
        alert.State = proposed ? AlertState.Proposed : AlertState.Decided;
        if (!proposed)
            alert.ReopenedBecause = null;
        Touch(act, alert);
        act.Record(proposed ? AuditAction.DecisionProposed : AuditAction.DecisionMade, $"alert:{alert.Id}", new
        {
            decision = decision.Id,
            subject = alert.SubjectKey,
            entity = alert.EntityId,
            verdict,
            reason,
            screening = alert.Screening,
            facts = MaterialFacts.Parse(alert.Facts),
        });
        if (!proposed)
            act.Publish("alert.decided", $"alert:{alert.Id}", AlertEvent.Of(alert, []));
    }

    private Task<AlertView> ReviewAsync(Actor actor, string id, string? reason, bool approve, CancellationToken cancel)
    {
        if (reason is { Length: > LongestText })
            throw RequestException.Bad($"reason: at most {LongestText} characters.");
        return ledger.ActAsync(actor, async act =>
        {
            var decision = await act.Db.Decisions.SingleOrDefaultAsync(one => one.Id == id, cancel).ConfigureAwait(false) ?? throw RequestException.NotFound("There is no such decision.");
            var alert = await act.Db.Alerts.SingleAsync(one => one.Id == decision.AlertId, cancel).ConfigureAwait(false);
            if (decision.State != DecisionState.Proposed || alert.State != AlertState.Proposed)
                throw Conflict("The decision does not wait for approval any more.", [alert]);
            var own = await People.AccountOfAsync(act.Db, decision.Author, cancel).ConfigureAwait(false) is { } author && author == actor.AccountId;
            if (approve && (own || actor.AccountId is null))
                throw RequestException.Forbidden("A decision is approved by somebody else than who proposed it.");
            if (!own && !actor.May(Right.DecideAlerts))
                throw RequestException.Forbidden("You may not approve or return decisions.");
            decision.State = approve ? DecisionState.InForce : DecisionState.Returned;
            decision.Reviewer = actor.Id;
            decision.ReviewerReason = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
            decision.ReviewedAt = act.At;
            if (approve)
            {
                alert.State = AlertState.Decided;
                alert.ReopenedBecause = null;
            }
            else
            {
                // What was decided before holds again.
                var before = await act.Db.Decisions.Where(one => one.AlertId == alert.Id && one.State == DecisionState.InForce).OrderByDescending(one => one.At).ThenByDescending(one => one.Id).FirstOrDefaultAsync(cancel).ConfigureAwait(false);
                (alert.State, alert.Verdict) = before is null ? (AlertState.Open, Verdict.Undecided) : (AlertState.Decided, before.Verdict);
            }
            Touch(act, alert);
            act.Record(approve ? AuditAction.DecisionMade : AuditAction.DecisionReturned, $"alert:{alert.Id}", new { decision = decision.Id, verdict = decision.Verdict, reason = decision.ReviewerReason, proposedBy = decision.Author });
            if (approve)
                act.Publish("alert.decided", $"alert:{alert.Id}", AlertEvent.Of(alert, []));
            return AlertView.Of(alert);
        }, cancel);
    }

    private static async Task<List<Alert>> LoadAsync(NodeDb db, IReadOnlyCollection<AlertRef> alerts, CancellationToken cancel)
    {
        string[] ids = [.. alerts.Select(alert => alert.Id)];
        var known = await db.Alerts.Where(alert => ids.Contains(alert.Id)).ToListAsync(cancel).ConfigureAwait(false);
        if (known.Count < ids.Length)
            throw RequestException.NotFound("There is no such alert" + (ids.Length > 1 ? $": {string.Join(", ", ids.Except(known.Select(alert => alert.Id)).Take(5))}." : "."));
        var stale = known.Where(alert => alerts.First(one => one.Id == alert.Id).Revision != alert.Revision).ToList();
        return stale.Count == 0 ? known : throw Conflict("Somebody else changed it meanwhile. Look at its present state, which is in this answer, and decide again.", stale);
    }

    private static RequestException Conflict(string detail, IEnumerable<Alert> present)
    {
        var problem = RequestException.Conflict(detail);
        problem.Extensions["alerts"] = JsonSerializer.SerializeToElement(present.Select(AlertView.Of).ToArray(), NodeJson.Options);
        return problem;
    }

    private static string Text(string? text, string name) =>
        string.IsNullOrWhiteSpace(text) ? throw RequestException.Bad($"{name}: it must not be blank.")
        : text.Length > LongestText ? throw RequestException.Bad($"{name}: at most {LongestText} characters.")
        : text.Trim();

    private static void Touch(Act act, Alert alert)
    {
        alert.ChangedAt = act.At;
        alert.Revision++;
    }
}
