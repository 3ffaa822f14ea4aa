using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Entente.Desk.Answers;
using Entente.Desk.Lists;
using Entente.Node.Audit;
using Entente.Node.Store;
using Entente.Screening;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Alerts;

/// <summary>What a match came to.</summary>
internal enum AlertEffect
{
    /// <summary>A new alert.</summary>
    Raised,

    /// <summary>It was decided before, and a material fact changed since; or it was withdrawn, and matches again.</summary>
    Reopened,

    /// <summary>It was open already; its facts or evidence were brought up to date.</summary>
    Refreshed,

    /// <summary>It was open already, and the same.</summary>
    Unchanged,

    /// <summary>A decision on the same facts holds.</summary>
    Suppressed,

    /// <summary>It no longer matches.</summary>
    Withdrawn,
}

/// <summary>An alert, and what a screening did to it.</summary>
/// <param name="SubjectKey">Who was screened.</param>
/// <param name="Alert">The alert as it is now.</param>
/// <param name="Effect">What became of it.</param>
/// <param name="Because">The material facts that changed, where any did.</param>
internal sealed record AlertOutcome(string SubjectKey, Alert Alert, AlertEffect Effect, ImmutableArray<FactChange> Because);

/// <summary>Turns matches into alerts, within an act. Doing so again with the same matches changes nothing.</summary>
internal static class AlertWriter
{
    // As many as fit well into one question to the database.
    private const int KeysAtOnce = 400;

    /// <summary>Raises, refreshes, reopens and withdraws.</summary>
    /// <param name="act">The act.</param>
    /// <param name="lists">What was screened against.</param>
    /// <param name="screening">The screening, as <c>screening:ID</c>.</param>
    /// <param name="screened">Who was screened; each key once.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<List<AlertOutcome>> ApplyAsync(Act act, LoadedLists lists, string screening, IReadOnlyCollection<Screened> screened, CancellationToken cancel)
    {
        var known = await KnownAsync(act.Db, [.. screened.Where(one => one.Covers is not null || one.Matches.Any(match => match.IsMatch)).Select(one => one.SubjectKey)], cancel).ConfigureAwait(false);
        var decided = await DecidedAsync(act.Db, [.. known.Values.SelectMany(alerts => alerts).Where(alert => alert.State is not AlertState.Open)], cancel).ConfigureAwait(false);
        var outcomes = new List<AlertOutcome>();
        foreach (var one in screened)
        {
            var alerts = known.GetValueOrDefault(one.SubjectKey) ?? [];
            var met = new HashSet<Alert>();
            foreach (var match in one.Matches.Where(match => match.IsMatch))
            {
                var entity = lists.Index.Whole(match.Entity.Id) ?? throw new InvalidOperationException($"{match.Entity.Id} matched and is not listed.");
                var found = new Found(one, match, entity, MaterialFacts.Of(one.Query, entity), screening, lists);
                var alert = Find(alerts, entity);
                if (alert is null || !met.Contains(alert))
                    outcomes.Add(alert is null ? Raise(act, found) : Again(act, alert, found, decided));
                if (alert is null)
                    alerts.Add(outcomes[^1].Alert);
                met.Add(alert ?? outcomes[^1].Alert);
            }
            if (one.Covers is { } covers)
                outcomes.AddRange(alerts.Where(alert => !met.Contains(alert) && alert.State != AlertState.Withdrawn && covers(alert)).Select(alert => Withdraw(act, alert, one.Query, lists, decided)));
        }
        return outcomes;
    }

    /// <summary>Opens again whatever rested on an entity that was taken back: it is no longer known to be so, and a person decides what that means.</summary>
    /// <param name="act">The act.</param>
    /// <param name="entityId">The entity.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task ReopenRecalledAsync(Act act, string entityId, CancellationToken cancel)
    {
        var alerts = await act.Db.Alerts.Where(alert => alert.EntityId == entityId && alert.State != AlertState.Withdrawn).ToListAsync(cancel).ConfigureAwait(false);
        var decided = await DecidedAsync(act.Db, alerts, cancel).ConfigureAwait(false);
        foreach (var alert in alerts)
        {
            var former = MaterialFacts.Parse(alert.Facts);
            var facts = former.Delisted();
            var changes = former.To(facts);
            foreach (var decision in decided[alert.Id])
                decision.State = DecisionState.Superseded;
            (alert.State, alert.Verdict) = (AlertState.Open, Verdict.Undecided);
            alert.Facts = facts.ToJson();
            alert.ReopenedBecause = JsonSerializer.Serialize(changes, NodeJson.Options);
            alert.ChangedAt = act.At;
            alert.Revision++;
            act.Record(AuditAction.AlertReopened, $"alert:{alert.Id}", new { subject = alert.SubjectKey, entity = entityId, recalled = true, because = changes });
            act.Publish("alert.reopened", $"alert:{alert.Id}", AlertEvent.Of(alert, changes));
        }
    }

    private static async Task<Dictionary<string, List<Alert>>> KnownAsync(NodeDb db, string[] keys, CancellationToken cancel)
    {
        var known = new Dictionary<string, List<Alert>>(StringComparer.Ordinal);
        foreach (var some in keys.Chunk(KeysAtOnce))
        {
            foreach (var alert in await db.Alerts.Where(alert => some.Contains(alert.SubjectKey)).ToListAsync(cancel).ConfigureAwait(false))
            {
                if (!known.TryGetValue(alert.SubjectKey, out var alerts))
                    known[alert.SubjectKey] = alerts = [];
                alerts.Add(alert);
            }
        }
        foreach (var key in keys)
            known.TryAdd(key, []);
        return known;
    }

    /// <summary>The decisions on alerts that are in force or proposed, the latest last.</summary>
    private static async Task<ILookup<string, Decision>> DecidedAsync(NodeDb db, List<Alert> alerts, CancellationToken cancel)
    {
        var decisions = new List<Decision>();
        foreach (var some in alerts.Select(alert => alert.Id).Chunk(KeysAtOnce))
        {
            decisions.AddRange(await db.Decisions.Where(decision => some.Contains(decision.AlertId) && (decision.State == DecisionState.InForce || decision.State == DecisionState.Proposed))
                .OrderBy(decision => decision.At).ThenBy(decision => decision.Id).ToListAsync(cancel).ConfigureAwait(false));
        }
        return decisions.ToLookup(decision => decision.AlertId, StringComparer.Ordinal);
    }

    /// <summary>The alert on an entity, under whichever of its ids it was raised.</summary>
    private static Alert? Find(List<Alert> alerts, ListedEntity entity) =>
        alerts.Find(alert => alert.EntityId == entity.CanonicalId)
        ?? (entity.Group is null ? null : alerts.Find(alert => entity.Entries.Any(entry => entry.Id == alert.EntityId) || entity.Group.Referents.Any(referent => referent.Id == alert.EntityId)));

    private static AlertOutcome Raise(Act act, Found found)
    {
        var alert = new Alert
        {
            Id = NodeId.New(act.At),
            SubjectKey = found.Screened.SubjectKey,
            EntityId = found.Entity.CanonicalId,
            SubjectCaption = "",
            EntityCaption = "",
            SearchText = "",
            Query = "",
            Match = "",
            Facts = "",
            Datasets = "",
            Screening = "",
            ListsId = "",
            RaisedAt = act.At,
        };
        Fill(act, alert, found);
        alert.Revision = 1;
        act.Db.Alerts.Add(alert);
        act.Record(AuditAction.AlertRaised, $"alert:{alert.Id}", Payload(alert, found, []));
        act.Publish("alert.raised", $"alert:{alert.Id}", AlertEvent.Of(alert, []));
        return new AlertOutcome(alert.SubjectKey, alert, AlertEffect.Raised, []);
    }

    private static AlertOutcome Again(Act act, Alert alert, Found found, ILookup<string, Decision> decided)
    {
        var former = MaterialFacts.Parse(alert.Facts);
        var changes = former.To(found.Facts);
        var decisions = decided[alert.Id].ToList();
        if (alert.State == AlertState.Withdrawn)
        {
            // What the decision rests on may be older than what was known when it was withdrawn.
            var rests = decisions.FindLast(decision => decision.State == DecisionState.InForce);
            if (rests is not null)
                changes = [.. changes.Concat(MaterialFacts.Parse(rests.Facts).To(found.Facts)).DistinctBy(change => (change.Side, change.Fact))];
            if (rests is not null && changes.IsEmpty)
            {
                Fill(act, alert, found);
                (alert.State, alert.Verdict) = (AlertState.Decided, rests.Verdict);
                act.Record(AuditAction.AlertRefreshed, $"alert:{alert.Id}", Payload(alert, found, []));
                return new AlertOutcome(alert.SubjectKey, alert, AlertEffect.Suppressed, []);
            }
            return Reopen(act, alert, found, changes, decisions);
        }
        if (alert.State is AlertState.Decided or AlertState.Proposed)
        {
            return changes.IsEmpty
                ? new AlertOutcome(alert.SubjectKey, alert, alert.State == AlertState.Decided ? AlertEffect.Suppressed : AlertEffect.Unchanged, [])
                : Reopen(act, alert, found, changes, decisions);
        }
        if (changes.IsEmpty && alert.EntityId == found.Entity.CanonicalId && alert.Match == found.MatchText)
            return new AlertOutcome(alert.SubjectKey, alert, AlertEffect.Unchanged, []);
        Fill(act, alert, found);
        act.Record(AuditAction.AlertRefreshed, $"alert:{alert.Id}", Payload(alert, found, changes));
        return new AlertOutcome(alert.SubjectKey, alert, AlertEffect.Refreshed, changes);
    }

    private static AlertOutcome Reopen(Act act, Alert alert, Found found, ImmutableArray<FactChange> changes, List<Decision> decisions)
    {
        foreach (var decision in decisions)
            decision.State = DecisionState.Superseded;
        Fill(act, alert, found);
        (alert.State, alert.Verdict) = (AlertState.Open, Verdict.Undecided);
        alert.ReopenedBecause = JsonSerializer.Serialize(changes, NodeJson.Options);
        act.Record(AuditAction.AlertReopened, $"alert:{alert.Id}", Payload(alert, found, changes));
        act.Publish("alert.reopened", $"alert:{alert.Id}", AlertEvent.Of(alert, changes));
        return new AlertOutcome(alert.SubjectKey, alert, AlertEffect.Reopened, changes);
    }

    private static AlertOutcome Withdraw(Act act, Alert alert, Query query, LoadedLists lists, ILookup<string, Decision> decided)
    {
        var entity = lists.Index.Whole(alert.EntityId);
        var former = MaterialFacts.Parse(alert.Facts);
        var facts = entity is null ? former.Delisted() : MaterialFacts.Of(query, entity);
        var changes = former.To(facts);
        // A proposal is not to be approved on an alert that is gone; what was decided may hold again if nothing changed meanwhile.
        foreach (var decision in decided[alert.Id].Where(decision => decision.State == DecisionState.Proposed))
            decision.State = DecisionState.Superseded;
        alert.State = AlertState.Withdrawn;
        alert.Verdict = decided[alert.Id].LastOrDefault(decision => decision.State == DecisionState.InForce)?.Verdict ?? Verdict.Undecided;
        alert.Facts = facts.ToJson();
        alert.ReopenedBecause = null;
        alert.ListsId = lists.Id ?? "";
        alert.ChangedAt = act.At;
        alert.Revision++;
        act.Record(AuditAction.AlertWithdrawn, $"alert:{alert.Id}", new { subject = alert.SubjectKey, entity = alert.EntityId, delisted = entity is null, lists = lists.Id, because = changes });
        act.Publish("alert.withdrawn", $"alert:{alert.Id}", AlertEvent.Of(alert, changes));
        return new AlertOutcome(alert.SubjectKey, alert, AlertEffect.Withdrawn, changes);
    }

    private static void Fill(Act act, Alert alert, Found found)
    {
        alert.EntityId = found.Entity.CanonicalId;
        alert.SubjectCaption = found.Screened.Caption;
        alert.EntityCaption = found.Match.Entity.Caption;
        alert.SearchText = string.Join('\n', alert.SubjectCaption, alert.EntityCaption, found.Match.MatchedName, found.Entity.CanonicalId, found.Screened.KnownBy).ToLowerInvariant();
        alert.Query = QueryFacts.Of(found.Screened.Query);
        alert.Match = found.MatchText;
        alert.Facts = found.Facts.ToJson();
        alert.Datasets = string.Join(',', found.Entity.Entries.SelectMany(entry => entry.Datasets).Distinct(StringComparer.Ordinal));
        alert.Score = found.Match.Score;
        alert.Weight = found.Match.Weight;
        alert.Screening = found.Screening;
        alert.ListsId = found.Lists.Id ?? "";
        alert.ChangedAt = act.At;
        alert.Revision++;
    }

    private static object Payload(Alert alert, Found found, ImmutableArray<FactChange> because) => new
    {
        subject = alert.SubjectKey,
        caption = alert.SubjectCaption,
        entity = alert.EntityId,
        entityCaption = alert.EntityCaption,
        score = Math.Round(alert.Score, 6),
        weight = Math.Round(alert.Weight, 4),
        screening = alert.Screening,
        lists = alert.ListsId,
        facts = found.Facts,
        because,
    };

    private sealed record Found(Screened Screened, Match Match, ListedEntity Entity, MaterialFacts Facts, string Screening, LoadedLists Lists)
    {
        public string MatchText { get; } = Write(Match);

        private static string Write(Match match)
        {
            var bytes = new ArrayBufferWriter<byte>(2048);
            using (var json = new Utf8JsonWriter(bytes, MatchJson.OneLine))
                MatchJson.WriteMatch(json, match);
            return Encoding.UTF8.GetString(bytes.WrittenSpan);
        }
    }
}

/// <summary>An alert as the feed and webhooks tell of it. They carry no markings: of one that rests on a record they do not tell what the record says.</summary>
internal sealed record AlertEvent(
    string Alert, string Subject, string SubjectCaption, string Entity, string? EntityCaption, string[] Datasets, double Score, double Weight,
    AlertState State, Verdict Verdict, ImmutableArray<FactChange> Because, string Lists)
{
    /// <summary>Of an alert as it is now.</summary>
    public static AlertEvent Of(Alert alert, ImmutableArray<FactChange> because) => new(
        alert.Id, alert.SubjectKey, alert.SubjectCaption, alert.EntityId, Screened.OnLists(alert) ? alert.EntityCaption : null, alert.Datasets.Split(',', StringSplitOptions.RemoveEmptyEntries),
        Math.Round(alert.Score, 6), Math.Round(alert.Weight, 4), alert.State, alert.Verdict,
        Screened.OnLists(alert) ? because : [.. because.Select(change => change.Side == FactSide.Entity ? change with { From = [], To = [] } : change)], alert.ListsId);
}
