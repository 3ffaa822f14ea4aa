using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Entente.Node.Bulk;

/// <summary>Where a bulk job stands.</summary>
public enum BulkState
{
    /// <summary>Waits for its turn, or to be gone on with after a restart.</summary>
    Waiting,

    /// <summary>At work.</summary>
    Running,

    /// <summary>Done: the result can be taken.</summary>
    Done,

    /// <summary>Failed: <see cref="BulkJob.Error"/> says why.</summary>
    Failed,

    /// <summary>Stopped by a person.</summary>
    Cancelled,
}

/// <summary>A whole file of people, organisations or vessels to screen. Files are in the data folder, under <c>bulk/ID/</c>.</summary>
public sealed class BulkJob
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The account that began it; only it, and auditors, may see it.</summary>
    public required string AccountId { get; init; }

    /// <summary>The name of the uploaded file.</summary>
    public required string FileName { get; init; }

    /// <summary>Bytes uploaded.</summary>
    public long Bytes { get; init; }

    /// <summary>SHA-256 of the uploaded file, in lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Options as JSON: schema, threshold, limit, whether matches become alerts.</summary>
    public required string Options { get; init; }

    /// <summary>Where it stands.</summary>
    public BulkState State { get; set; }

    /// <summary>Rows done.</summary>
    public long Rows { get; set; }

    /// <summary>Share of the file done, 0 to 1.</summary>
    public double Share { get; set; }

    /// <summary>Rows that matched.</summary>
    public long Matched { get; set; }

    /// <summary>Rows that could not be screened.</summary>
    public long Unscreened { get; set; }

    /// <summary>What went wrong; null where nothing did.</summary>
    public string? Error { get; set; }

    /// <summary>SHA-256 of what was screened, in lower-case hex: of the upload, or of what was packed in it.</summary>
    public required string InputSha256 { get; init; }

    /// <summary><see cref="Entente.Screening.MatchPolicy.Hash"/> of the policy that its options make; null before it began.</summary>
    public string? PolicyHash { get; set; }

    /// <summary>Bytes of the result; 0 where there is none.</summary>
    public long ResultBytes { get; set; }

    /// <summary>SHA-256 of the result, in lower-case hex; null where there is none.</summary>
    public string? ResultSha256 { get; set; }

    /// <summary>Who began it: <see cref="Access.Actor.Id"/>.</summary>
    public required string BegunBy { get; init; }

    /// <summary>The lists it was screened against; null before it began.</summary>
    public string? ListsId { get; set; }

    /// <summary>When it was uploaded.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ended; null before.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}

internal sealed class BulkJobMapping : IEntityTypeConfiguration<BulkJob>
{
    public void Configure(EntityTypeBuilder<BulkJob> builder)
    {
        builder.ToTable("bulk_jobs");
        builder.HasIndex(job => new { job.AccountId, job.CreatedAt });
        builder.HasIndex(job => job.State);
    }
}
