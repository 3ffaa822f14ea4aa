using System.Collections.Immutable;
using System.Text.Json;
using Entente.Node.Holdings;
using Entente.Node.Store;

namespace Entente.Node.Alerts;

/// <summary>An alert in the queue.</summary>
internal sealed record AlertView(
    string Id, string SubjectKey, string SubjectCaption, string EntityId, string EntityCaption, ImmutableArray<string> Datasets, double Score, double Weight,
    AlertState State, Verdict Verdict, string? AssignedTo, ImmutableArray<FactChange> ReopenedBecause, string Screening, string Lists,
    DateTimeOffset RaisedAt, DateTimeOffset ChangedAt, int Revision)
{
    /// <summary>Of an alert.</summary>
    public static AlertView Of(Alert alert) => new(
        alert.Id, alert.SubjectKey, alert.SubjectCaption, alert.EntityId, alert.EntityCaption, [.. alert.Datasets.Split(',', StringSplitOptions.RemoveEmptyEntries)],
        alert.Score, alert.Weight, alert.State, alert.Verdict, alert.AssignedTo,
        alert.ReopenedBecause is { } because ? JsonSerializer.Deserialize<ImmutableArray<FactChange>>(because, NodeJson.Options) : [],
        alert.Screening, alert.ListsId, alert.RaisedAt, alert.ChangedAt, alert.Revision);
}

/// <summary>What several alerts have become.</summary>
internal sealed record AlertsView(ImmutableArray<AlertView> Alerts);

/// <summary>To whom alerts can be given.</summary>
/// <param name="Colleagues">By name.</param>
internal sealed record ColleaguesView(IReadOnlyList<Colleague> Colleagues);

/// <summary>A decision.</summary>
internal sealed record DecisionView(
    string Id, Verdict Verdict, string Reason, string Author, DateTimeOffset At, DecisionState State, string? Reviewer, string? ReviewerReason, DateTimeOffset? ReviewedAt)
{
    /// <summary>Of a decision.</summary>
    public static DecisionView Of(Decision decision) => new(
        decision.Id, decision.Verdict, decision.Reason, decision.Author, decision.At, decision.State, decision.Reviewer, decision.ReviewerReason, decision.ReviewedAt);
}

/// <summary>A comment.</summary>
internal sealed record CommentView(string Id, string Author, DateTimeOffset At, string Text);

/// <summary>One entry of the audit trail about an alert.</summary>
internal sealed record HistoryView(long Seq, DateTimeOffset At, string Actor, string Action);

/// <summary>An alert with all that a reviewer needs on one page.</summary>
/// <param name="Alert">The alert.</param>
/// <param name="Query">What was asked: schema and properties.</param>
/// <param name="Match">The match with its evidence, in the shape of <c>entente screen</c>.</param>
/// <param name="Facts">The material facts of both sides.</param>
/// <param name="NeedsSecondPerson">By verdict, whether a decision would have to be approved by somebody else.</param>
/// <param name="Decisions">Newest first.</param>
/// <param name="Comments">Oldest first.</param>
/// <param name="History">What the audit trail says of it, newest first, the latest 200.</param>
/// <param name="Screenings">The screenings that found it, newest first: <c>screening:ID</c>.</param>
/// <param name="Record">The record that it rests on, with its marking, as it is now; null where it rests on a list.</param>
/// <param name="People">Names by <see cref="Access.Actor.Id"/> and account id, of all who appear above.</param>
internal sealed record AlertDetail(
    AlertView Alert, JsonElement Query, JsonElement Match, MaterialFacts Facts, ImmutableDictionary<Verdict, bool> NeedsSecondPerson,
    ImmutableArray<DecisionView> Decisions, ImmutableArray<CommentView> Comments, ImmutableArray<HistoryView> History, ImmutableArray<string> Screenings,
    RecordView? Record, IReadOnlyDictionary<string, string> People);

/// <summary>Which alerts to list.</summary>
internal sealed record AlertFilter
{
    /// <summary>In one of these states; empty for any.</summary>
    public ImmutableArray<AlertState> States { get; init; } = [AlertState.Open, AlertState.Proposed];

    /// <summary>Assigned to this account; null for any.</summary>
    public string? AssignedTo { get; init; }

    /// <summary>Only those that nobody works on.</summary>
    public bool Unassigned { get; init; }

    /// <summary>Listed by this dataset; null for any.</summary>
    public string? Dataset { get; init; }

    /// <summary>With this text in a name or id; null for any.</summary>
    public string? Text { get; init; }

    /// <summary>Of this subject; null for any.</summary>
    public string? SubjectKey { get; init; }

    /// <summary>On this listed entity; null for any.</summary>
    public string? EntityId { get; init; }

    /// <summary>Raised then or later.</summary>
    public DateTimeOffset? RaisedAfter { get; init; }

    /// <summary>Raised before.</summary>
    public DateTimeOffset? RaisedBefore { get; init; }
}

/// <summary>One page of the queue.</summary>
/// <param name="Alerts">The strongest evidence first.</param>
/// <param name="Next">To be given as <c>after</c> for the next page; null on the last.</param>
/// <param name="People">Names of the accounts they are assigned to.</param>
internal sealed record AlertPage(ImmutableArray<AlertView> Alerts, string? Next, IReadOnlyDictionary<string, string> People);

/// <summary>How many alerts there are.</summary>
/// <param name="States">By state.</param>
/// <param name="Mine">Open or proposed, and assigned to who asks.</param>
/// <param name="Unassigned">Open or proposed, and assigned to nobody.</param>
/// <param name="OldestOpen">When the oldest open one was raised; null where there is none.</param>
internal sealed record AlertCounts(IReadOnlyDictionary<AlertState, int> States, int Mine, int Unassigned, DateTimeOffset? OldestOpen);

/// <summary>An alert as whoever acts on it saw it.</summary>
/// <param name="Id">The alert.</param>
/// <param name="Revision">Its revision then.</param>
internal sealed record AlertRef(string Id, int Revision);
