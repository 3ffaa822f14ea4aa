using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Entente.Node.Subjects;

/// <summary>Somebody or something that this node's people are responsible for, such as a customer, and that is screened again when lists change.</summary>
public sealed class Subject
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The reference by which the owner's own system knows it. Unique in the book.</summary>
    public required string Reference { get; set; }

    /// <summary>FtM schema.</summary>
    public required string Schema { get; set; }

    /// <summary>What to call it: its first name.</summary>
    public required string Caption { get; set; }

    /// <summary>Names and reference in lower case: what the book is searched by.</summary>
    public required string SearchText { get; set; }

    /// <summary>FtM properties as JSON: an object of arrays of texts.</summary>
    public required string Properties { get; set; }

    /// <summary>Hash over schema and properties: the same for the same facts.</summary>
    public required string Facts { get; set; }

    /// <summary>A running number, raised with every change of any subject: what is newer than an index over the book.</summary>
    public long Revision { get; set; }

    /// <summary>Whether it is no longer monitored. It stays, as decisions refer to it.</summary>
    public bool Removed { get; set; }

    /// <summary>When it was added.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>The lists (<see cref="Lists.ListsUsed.Id"/>) it was last screened against; null where it was not yet.</summary>
    public string? ScreenedAgainst { get; set; }
}

/// <summary>That a subject matches a listed entity at present.</summary>
public sealed class SubjectMatch
{
    /// <summary>The subject.</summary>
    public required string SubjectId { get; init; }

    /// <summary>The listed entity: its canonical id where it is on several lists.</summary>
    public required string EntityId { get; init; }

    /// <summary>The score, in (0, 1).</summary>
    public double Score { get; set; }

    /// <summary>The evidence in bits.</summary>
    public double Weight { get; set; }

    /// <summary>Since when.</summary>
    public DateTimeOffset Since { get; init; }
}

internal sealed class SubjectMapping : IEntityTypeConfiguration<Subject>, IEntityTypeConfiguration<SubjectMatch>
{
    public void Configure(EntityTypeBuilder<Subject> builder)
    {
        builder.ToTable("subjects");
        builder.HasIndex(subject => subject.Reference).IsUnique();
        builder.HasIndex(subject => subject.Revision);
        builder.HasIndex(subject => subject.ScreenedAgainst);
    }

    public void Configure(EntityTypeBuilder<SubjectMatch> builder)
    {
        builder.ToTable("subject_matches");
        builder.HasKey(match => new { match.SubjectId, match.EntityId });
        builder.HasIndex(match => match.EntityId);
        builder.HasOne<Subject>().WithMany().HasForeignKey(match => match.SubjectId);
    }
}
