using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Entente.Node.Audit;

internal sealed class AuditEntryMapping : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit");
        builder.HasKey(entry => entry.Seq);
        builder.Property(entry => entry.Seq).ValueGeneratedNever();
        builder.HasIndex(entry => entry.About);
        builder.HasIndex(entry => entry.At);
        builder.HasIndex(entry => new { entry.Action, entry.Seq });
    }
}
