using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Entente.Node.Lists;

/// <summary>A set of list versions that was in use at some time: what screenings refer to.</summary>
public sealed class ListsUsed
{
    /// <summary>A hash over the versions.</summary>
    public required string Id { get; init; }

    /// <summary>The versions as JSON: an array of dataset, title, version, sha256 and so on.</summary>
    public required string Versions { get; init; }

    /// <summary>When they first came into use.</summary>
    public DateTimeOffset FirstUsedAt { get; init; }
}

internal sealed class ListsUsedMapping : IEntityTypeConfiguration<ListsUsed>
{
    public void Configure(EntityTypeBuilder<ListsUsed> builder) => builder.ToTable("lists_used");
}
