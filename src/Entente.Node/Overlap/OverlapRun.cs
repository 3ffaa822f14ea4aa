using Entente.Exchange.Overlap.Protocol;
using Entente.Node.Partners;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Entente.Node.Overlap;

/// <summary>Where a run stands. An unset value is no run.</summary>
public enum OverlapState
{
    /// <summary>Not said.</summary>
    None = 0,

    /// <summary>Somebody here asks for it; another person here has to approve.</summary>
    Asked,

    /// <summary>Approved here; the partner's people have to accept it.</summary>
    Approved,

    /// <summary>The partner asks for it; a person here has to accept it.</summary>
    Offered,

    /// <summary>Accepted here: it runs when the partner begins.</summary>
    Accepted,

    /// <summary>The rounds are on.</summary>
    Running,

    /// <summary>Both sides know what is in common.</summary>
    Done,

    /// <summary>A person on either side declined it.</summary>
    Declined,

    /// <summary>It ended without a result; it counts against the budget all the same.</summary>
    Failed,
}

/// <summary>What of this node is compared.</summary>
public enum OverlapHoldingKind
{
    /// <summary>Not said.</summary>
    None = 0,

    /// <summary>This node's own records that may go to the partner.</summary>
    Records,

    /// <summary>The book of monitored subjects.</summary>
    Subjects,
}

/// <summary>One comparison with a partner of what both hold.</summary>
public sealed class OverlapRun
{
    /// <summary>The id, the same on both nodes.</summary>
    public required string Id { get; init; }

    /// <summary>The partner.</summary>
    public required string PartnerId { get; init; }

    /// <summary>Which side this node is.</summary>
    public OverlapSide Side { get; init; }

    /// <summary>What is learnt.</summary>
    public OverlapMode Mode { get; init; }

    /// <summary>What of this node is compared.</summary>
    public OverlapHoldingKind Holding { get; set; }

    /// <summary>The purpose, as the agreement names it.</summary>
    public required string Purpose { get; init; }

    /// <summary>The agreement that allows it.</summary>
    public required string AgreementId { get; init; }

    /// <summary>Why, in the words of who asked.</summary>
    public required string Reason { get; init; }

    /// <summary>The largest set that either side may bring.</summary>
    public int LargestSet { get; init; }

    /// <summary>Where it stands.</summary>
    public OverlapState State { get; set; }

    /// <summary>Who asked for it, here; null where the partner did.</summary>
    public string? AskedBy { get; init; }

    /// <summary>Who approved or declined it here.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>When it came to be here.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it came to stand as it stands.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>How often it was begun: more than once where a node was started anew while the rounds were on.</summary>
    public int Begun { get; set; }

    /// <summary>How many keys this node brought, each time that it was begun; 0 before it runs.</summary>
    public int Keys { get; set; }

    /// <summary>How many entities stood behind them.</summary>
    public int Entities { get; set; }

    /// <summary>The band of the partner's set.</summary>
    public int PartnerBand { get; set; }

    /// <summary>How many entities are in common, as both sides accept; in a run that tells only how many, how many of the partner's.</summary>
    public int Common { get; set; }

    /// <summary>This node's own entities that are in common, as a JSON array of ids; null where only their number is learnt, or it has not ended.</summary>
    public string? Found { get; set; }

    /// <summary>The hashes over all messages, the same on both sides.</summary>
    public string? Transcript { get; set; }

    /// <summary>Why it ended without a result.</summary>
    public string? Fault { get; set; }
}

internal sealed class OverlapMapping : IEntityTypeConfiguration<OverlapRun>
{
    public void Configure(EntityTypeBuilder<OverlapRun> builder)
    {
        builder.ToTable("overlap_runs");
        builder.HasIndex(run => new { run.PartnerId, run.CreatedAt });
        builder.HasIndex(run => run.State);
        builder.HasOne<Partner>().WithMany().HasForeignKey(run => run.PartnerId);
    }
}
