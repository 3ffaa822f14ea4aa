using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Entente.Node.Settings;

/// <summary>A setting that administrators change while the node runs.</summary>
public sealed class Setting
{
    /// <summary>Its name, such as <c>policy.threshold</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its value as JSON.</summary>
    public required string Value { get; set; }

    /// <summary>When it was changed.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>By whom: <see cref="Access.Actor.Id"/>.</summary>
    public required string ChangedBy { get; set; }
}

internal sealed class SettingMapping : IEntityTypeConfiguration<Setting>
{
    public void Configure(EntityTypeBuilder<Setting> builder)
    {
        builder.ToTable("settings");
        builder.HasKey(setting => setting.Name);
    }
}
