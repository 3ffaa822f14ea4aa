using Entente.Desk.Lists;
using Entente.Node.Store;
using Entente.Screening;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Entente.Node.Monitoring;

/// <summary>Where a monitoring of the book stands.</summary>
public enum MonitorState
{
    /// <summary>At work, or to be gone on with after a restart.</summary>
    Running,

    /// <summary>Done: the book is screened against these lists.</summary>
    Done,

    /// <summary>Given up, as other lists came into use before it went on.</summary>
    Abandoned,
}

/// <summary>One bringing up to date of the book: from which lists to which, how far it is, what it found.</summary>
public sealed class MonitorRun
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The lists that the book was screened against before; null where all of it is screened.</summary>
    public string? FormerLists { get; init; }

    /// <summary>The lists that it is screened against.</summary>
    public required string Lists { get; init; }

    /// <summary>The policy: <see cref="Entente.Screening.MatchPolicy.Hash"/>.</summary>
    public required string Policy { get; init; }

    /// <summary>Where it stands.</summary>
    public MonitorState State { get; set; }

    /// <summary>The subject last screened, in the order of ids; null before the first.</summary>
    public string? Cursor { get; set; }

    /// <summary>Listed entities that are new, changed or gone.</summary>
    public int Changed { get; set; }

    /// <summary>Subjects that had to be screened because of them.</summary>
    public int Candidates { get; set; }

    /// <summary>Subjects screened.</summary>
    public long Screened { get; set; }

    /// <summary>Matches that were none before.</summary>
    public long NewMatches { get; set; }

    /// <summary>Matches that are none any more.</summary>
    public long EndedMatches { get; set; }

    /// <summary>When it began.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it was done or given up; null while it is at work.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>From what monitoring begins.</summary>
internal static class Baseline
{
    /// <summary>Records, with the first subject or alert, against what it was screened: what changes later is compared with that.</summary>
    /// <param name="act">The act that adds it.</param>
    /// <param name="lists">The lists.</param>
    /// <param name="policy">The policy of the book.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task EnsureAsync(Act act, LoadedLists lists, MatchPolicy policy, CancellationToken cancel)
    {
        if (!await act.Db.Set<MonitorRun>().AnyAsync(run => run.State == MonitorState.Done, cancel).ConfigureAwait(false))
            act.Db.Add(new MonitorRun { Id = NodeId.New(act.At), Lists = lists.Id ?? "", Policy = policy.Hash, State = MonitorState.Done, StartedAt = act.At, EndedAt = act.At });
    }
}

/// <summary>A part of the index over the subjects: a file in the data folder, over those last changed in a range of <see cref="Subjects.Subject.Revision"/>.</summary>
/// <remarks>What was changed since is in a later part as well; a part may name subjects that are gone or others now, who are screened as they are.</remarks>
public sealed class SubjectSegment
{
    /// <summary>The id, and the file's name: never used twice, so that a file always fits what the store says of it.</summary>
    public required string Id { get; init; }

    /// <summary>Begins after this revision.</summary>
    public long After { get; init; }

    /// <summary>Ends with this revision.</summary>
    public long Through { get; init; }

    /// <summary>How many subjects are in it.</summary>
    public int Subjects { get; init; }
}

internal sealed class MonitorRunMapping : IEntityTypeConfiguration<MonitorRun>, IEntityTypeConfiguration<SubjectSegment>
{
    public void Configure(EntityTypeBuilder<MonitorRun> builder)
    {
        builder.ToTable("monitor_runs");
        builder.HasIndex(run => run.State);
    }

    public void Configure(EntityTypeBuilder<SubjectSegment> builder) => builder.ToTable("subject_segments");
}
