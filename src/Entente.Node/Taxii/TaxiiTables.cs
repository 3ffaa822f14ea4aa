using Entente.Node.Access;
using Entente.Records.Markings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Entente.Node.Taxii;

/// <summary>A collection of STIX objects that others read by TAXII.</summary>
public sealed class TaxiiCollectionEntry
{
    /// <summary>Its id, a UUID.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Title { get; set; }

    /// <summary>More about it; null for nothing.</summary>
    public string? Description { get; set; }

    /// <summary>The node whose sight of this node's records it holds; null where it holds what is published in it one by one.</summary>
    public string? RecordsFor { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The place of what was added last, as <see cref="TaxiiObject.Added"/>; 0 for nothing.</summary>
    public long LastAdded { get; set; }
}

/// <summary>That an account, or its keys, may read a collection. Without it nobody may.</summary>
public sealed class TaxiiReaderGrant
{
    /// <summary>The collection.</summary>
    public required string CollectionId { get; init; }

    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>The node that it reads for: it sees what may be released to that node.</summary>
    public required string Node { get; set; }
}

/// <summary>An audience that objects of a collection have. They are few, and objects are found by them, so that nobody's page is slower for what is withheld.</summary>
public sealed class TaxiiAudience
{
    /// <summary>The collection.</summary>
    public required string CollectionId { get; init; }

    /// <summary>Its number in the collection.</summary>
    public int Number { get; init; }

    /// <summary>The audience as JSON: <c>"anyone"</c> or an array of ids of nodes, sorted.</summary>
    public required string Nodes { get; init; }
}

/// <summary>One version of an object in a collection.</summary>
public sealed class TaxiiObject
{
    /// <summary>The collection.</summary>
    public required string CollectionId { get; init; }

    /// <summary>When it was added, in microseconds since 1970 (UTC): later than all that were added to the collection before, so that it is its place as well.</summary>
    public long Added { get; init; }

    /// <summary>The STIX id.</summary>
    public required string ObjectId { get; init; }

    /// <summary>Its version as ticks of a tenth of a microsecond since the year 1 (UTC).</summary>
    public long Version { get; init; }

    /// <summary>The STIX type.</summary>
    public required string Type { get; init; }

    /// <summary>Whether it is the first version of the object here.</summary>
    public bool IsFirst { get; set; }

    /// <summary>Whether it is the last version of the object here.</summary>
    public bool IsLast { get; set; }

    /// <summary>Whether it says that the object was taken back.</summary>
    public bool Revoked { get; init; }

    /// <summary>The record that it says something of, in a collection that follows the records; null for all else.</summary>
    public string? RecordId { get; init; }

    /// <summary>Who may read it: the number of a <see cref="TaxiiAudience"/>.</summary>
    public int Audience { get; set; }

    /// <summary>Its level.</summary>
    public Tlp Tlp { get; set; }

    /// <summary>When it ends, without any message; null for never.</summary>
    public DateTimeOffset? Expires { get; set; }

    /// <summary>The object.</summary>
    public required string Json { get; init; }
}

internal sealed class TaxiiMapping : IEntityTypeConfiguration<TaxiiCollectionEntry>, IEntityTypeConfiguration<TaxiiReaderGrant>, IEntityTypeConfiguration<TaxiiAudience>, IEntityTypeConfiguration<TaxiiObject>
{
    public void Configure(EntityTypeBuilder<TaxiiCollectionEntry> builder) => builder.ToTable("taxii_collections");

    public void Configure(EntityTypeBuilder<TaxiiReaderGrant> builder)
    {
        builder.ToTable("taxii_readers");
        builder.HasKey(grant => new { grant.CollectionId, grant.AccountId });
        builder.HasIndex(grant => grant.AccountId);
        builder.HasOne<TaxiiCollectionEntry>().WithMany().HasForeignKey(grant => grant.CollectionId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Account>().WithMany().HasForeignKey(grant => grant.AccountId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<TaxiiAudience> builder)
    {
        builder.ToTable("taxii_audiences");
        builder.HasKey(audience => new { audience.CollectionId, audience.Number });
        builder.HasOne<TaxiiCollectionEntry>().WithMany().HasForeignKey(audience => audience.CollectionId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<TaxiiObject> builder)
    {
        builder.ToTable("taxii_objects");
        builder.HasKey(item => new { item.CollectionId, item.ObjectId, item.Version });
        builder.HasOne<TaxiiCollectionEntry>().WithMany().HasForeignKey(item => item.CollectionId).OnDelete(DeleteBehavior.Cascade);
        // SQLite finds by an index what is equal to a number, but not what is merely true.
        builder.Property(item => item.IsFirst).HasConversion<int>();
        builder.Property(item => item.IsLast).HasConversion<int>();
        // A page in its order: all that an audience may see, the last versions of it, and one type. There is no index by the place alone:
        // with it, a database would walk over what is withheld.
        builder.HasIndex(item => new { item.CollectionId, item.Audience, item.Added });
        builder.HasIndex(item => new { item.CollectionId, item.Audience, item.IsLast, item.Added });
        builder.HasIndex(item => new { item.CollectionId, item.Audience, item.Type, item.Added });
        // What was said of a record.
        builder.HasIndex(item => new { item.CollectionId, item.RecordId });
        // What has ended.
        builder.HasIndex(item => item.Expires);
    }
}
