using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Entente.Node.Alerts;

/// <summary>Where an alert stands.</summary>
public enum AlertState
{
    /// <summary>Nobody decided.</summary>
    Open,

    /// <summary>A decision was proposed and waits for somebody else's approval.</summary>
    Proposed,

    /// <summary>Decided.</summary>
    Decided,

    /// <summary>No longer a match: the entity was delisted, or either side changed. Decided or not, nothing is left to do.</summary>
    Withdrawn,
}

/// <summary>What a person made of an alert.</summary>
public enum Verdict
{
    /// <summary>Nothing yet: the default, which never looks like an answer.</summary>
    Undecided,

    /// <summary>They are one.</summary>
    TrueMatch,

    /// <summary>They are two.</summary>
    FalseMatch,

    /// <summary>It cannot be told from what is known.</summary>
    Unresolved,
}

/// <summary>A match that a person must decide: one subject and one listed entity.</summary>
public sealed class Alert
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// Who was screened: <c>subject:ID</c> for one of the book, <c>reference:TEXT</c> for one that the caller names, otherwise
    /// <c>query:HASH</c> over what was asked. With <see cref="EntityId"/> unique. Changes when whom a caller named is put in the book.
    /// </summary>
    public required string SubjectKey { get; set; }

    /// <summary>The listed entity: its canonical id where it is on several lists. Changes when it comes to be on several.</summary>
    public required string EntityId { get; set; }

    /// <summary>What was screened, for people: a name.</summary>
    public required string SubjectCaption { get; set; }

    /// <summary>The listed entity, for people: a name.</summary>
    public required string EntityCaption { get; set; }

    /// <summary>The query as JSON (<c>schema</c>, <c>properties</c>), as it was when last screened.</summary>
    public required string Query { get; set; }

    /// <summary>The match as JSON, in the shape of <c>entente screen</c>, as it was when last screened.</summary>
    public required string Match { get; set; }

    /// <summary>The facts of either side that count as material, as JSON.</summary>
    public required string Facts { get; set; }

    /// <summary>Datasets that list the entity, comma-separated.</summary>
    public required string Datasets { get; set; }

    /// <summary>Both captions and the reference in lower case: what the queue is searched by.</summary>
    public required string SearchText { get; set; }

    /// <summary>The score, in (0, 1).</summary>
    public double Score { get; set; }

    /// <summary>The evidence in bits: what the queue is ordered by.</summary>
    public double Weight { get; set; }

    /// <summary>Where it stands.</summary>
    public AlertState State { get; set; }

    /// <summary>The decision in force, or proposed; <see cref="Verdict.Undecided"/> when there is none.</summary>
    public Verdict Verdict { get; set; }

    /// <summary>The account that works on it; null for nobody.</summary>
    public string? AssignedTo { get; set; }

    /// <summary>Why it is open again, as JSON: the material facts that changed; null where it was never decided before.</summary>
    public string? ReopenedBecause { get; set; }

    /// <summary>The screening that last found it: <c>screening:ID</c>.</summary>
    public required string Screening { get; set; }

    /// <summary>The lists it was last found on (<see cref="Lists.ListsUsed.Id"/>).</summary>
    public required string ListsId { get; set; }

    /// <summary>When it was raised.</summary>
    public DateTimeOffset RaisedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>Raised with each change; a change that names an older one is refused.</summary>
    public int Revision { get; set; }
}

/// <summary>What somebody wrote on an alert.</summary>
public sealed class AlertComment
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The alert.</summary>
    public required string AlertId { get; init; }

    /// <summary>Who wrote it: <see cref="Access.Actor.Id"/>.</summary>
    public required string Author { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What.</summary>
    public required string Text { get; init; }
}

/// <summary>What became of a decision.</summary>
public enum DecisionState
{
    /// <summary>Waits for approval.</summary>
    Proposed,

    /// <summary>In force, or was until a later one.</summary>
    InForce,

    /// <summary>Returned by whoever should approve it.</summary>
    Returned,

    /// <summary>No longer in force, as a material fact changed.</summary>
    Superseded,
}

/// <summary>A person's word on an alert. Never changed but for its state: a second thought is a second decision.</summary>
public sealed class Decision
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The alert.</summary>
    public required string AlertId { get; init; }

    /// <summary>The subject, as in the alert.</summary>
    public required string SubjectKey { get; init; }

    /// <summary>The listed entity, as in the alert.</summary>
    public required string EntityId { get; init; }

    /// <summary>The verdict.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Why, in the author's words.</summary>
    public required string Reason { get; init; }

    /// <summary>Who decided or proposed: <see cref="Access.Actor.Id"/>.</summary>
    public required string Author { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What became of it.</summary>
    public DecisionState State { get; set; }

    /// <summary>Who approved or returned it; null where nobody had to, or did not yet.</summary>
    public string? Reviewer { get; set; }

    /// <summary>What the reviewer said.</summary>
    public string? ReviewerReason { get; set; }

    /// <summary>When the reviewer did.</summary>
    public DateTimeOffset? ReviewedAt { get; set; }

    /// <summary>The material facts that it rests on, as JSON.</summary>
    public required string Facts { get; init; }
}

internal sealed class AlertMapping : IEntityTypeConfiguration<Alert>, IEntityTypeConfiguration<AlertComment>, IEntityTypeConfiguration<Decision>
{
    public void Configure(EntityTypeBuilder<Alert> builder)
    {
        builder.ToTable("alerts");
        builder.HasIndex(alert => new { alert.SubjectKey, alert.EntityId }).IsUnique();
        builder.HasIndex(alert => new { alert.State, alert.Weight });
        builder.HasIndex(alert => alert.EntityId);
        builder.HasIndex(alert => alert.AssignedTo);
        builder.Property(alert => alert.Revision).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<AlertComment> builder)
    {
        builder.ToTable("alert_comments");
        builder.HasIndex(comment => comment.AlertId);
        builder.HasOne<Alert>().WithMany().HasForeignKey(comment => comment.AlertId);
    }

    public void Configure(EntityTypeBuilder<Decision> builder)
    {
        builder.ToTable("decisions");
        builder.HasIndex(decision => decision.AlertId);
        builder.HasIndex(decision => new { decision.SubjectKey, decision.EntityId });
        builder.HasOne<Alert>().WithMany().HasForeignKey(decision => decision.AlertId);
    }
}
