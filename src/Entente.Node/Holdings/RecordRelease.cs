using System.Collections.Immutable;
using System.Linq.Expressions;
using Entente.Node.Partners;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Entente.Node.Holdings;

/// <summary>Where a release stands. An unset value is no release.</summary>
public enum ReleaseState
{
    /// <summary>Not said.</summary>
    None = 0,

    /// <summary>One person proposed it; another has to approve.</summary>
    Proposed,

    /// <summary>It was approved, and the record went, or goes when the partner asks.</summary>
    Approved,

    /// <summary>It was returned, or taken back by who proposed it.</summary>
    Returned,
}

/// <summary>That a record is to go to a partner, and who said so.</summary>
public sealed class RecordRelease
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The record.</summary>
    public required string RecordId { get; init; }

    /// <summary>The partner.</summary>
    public required string PartnerId { get; init; }

    /// <summary>Properties none of whose values go with it, separated by commas; empty for none.</summary>
    public required string Withheld { get; init; }

    /// <summary>Why the partner is to have it.</summary>
    public required string Reason { get; init; }

    /// <summary>Where it stands.</summary>
    public ReleaseState State { get; set; }

    /// <summary>The account that proposed it.</summary>
    public required string ProposedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset ProposedAt { get; init; }

    /// <summary>The account that approved or returned it.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>What who decided said.</summary>
    public string? DecisionReason { get; set; }

    /// <summary>The properties withheld.</summary>
    public ImmutableHashSet<string> WithheldProperties() => [.. Withheld.Split(',', StringSplitOptions.RemoveEmptyEntries)];
}

/// <summary>What a holder of a copy has last answered. An unset value is no answer.</summary>
public enum CopyState
{
    /// <summary>It was told, and has not answered: silence is no consent.</summary>
    Told = 0,

    /// <summary>It holds the version it was told of.</summary>
    Stored,

    /// <summary>It did what it was last asked: it holds no copy any more, or has tightened it.</summary>
    Complied,

    /// <summary>It refused, and said why.</summary>
    Refused,
}

/// <summary>The register of outstanding copies: who holds, or was told to erase, a copy of a record.</summary>
public sealed class RecordCopy
{
    /// <summary>The record.</summary>
    public required string RecordId { get; init; }

    /// <summary>The id of the node that holds it.</summary>
    public required string Holder { get; init; }

    /// <summary>The partner through which the holder got it; null where it was this node.</summary>
    public string? Via { get; init; }

    /// <summary>What it was last told: <c>released</c>, <c>amended</c>, <c>tightened</c> or <c>recalled</c>.</summary>
    public required string Told { get; set; }

    /// <summary>The version that was about.</summary>
    public int Version { get; set; }

    /// <summary>The hash of what it was told: its receipt is about that.</summary>
    public required string About { get; set; }

    /// <summary>When it was told, or is to be when it asks.</summary>
    public DateTimeOffset ToldAt { get; set; }

    /// <summary>What it answered.</summary>
    public CopyState State { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>Why it refused.</summary>
    public string? Reason { get; set; }

    /// <summary>The signed receipt: the proof of its answer.</summary>
    public string? Receipt { get; set; }

    /// <summary>Whether the holder may still have it: all but those that it says it has erased.</summary>
    internal static Expression<Func<RecordCopy, bool>> MayBeHeld { get; } = copy => !(copy.Told == "recalled" && copy.State == CopyState.Complied);
}

internal sealed class ReleaseMapping : IEntityTypeConfiguration<RecordRelease>, IEntityTypeConfiguration<RecordCopy>
{
    public void Configure(EntityTypeBuilder<RecordRelease> builder)
    {
        builder.ToTable("releases");
        builder.HasIndex(release => new { release.RecordId, release.PartnerId });
        builder.HasIndex(release => release.State);
        builder.HasOne<HeldRecord>().WithMany().HasForeignKey(release => release.RecordId);
        builder.HasOne<Partner>().WithMany().HasForeignKey(release => release.PartnerId);
    }

    public void Configure(EntityTypeBuilder<RecordCopy> builder)
    {
        builder.ToTable("copies");
        builder.HasKey(copy => new { copy.RecordId, copy.Holder });
        builder.HasIndex(copy => new { copy.Holder, copy.About });
    }
}
