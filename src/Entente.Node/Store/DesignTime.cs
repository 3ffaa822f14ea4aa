using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Entente.Node.Store;

/// <summary>Makes a context for the tool that writes migrations; it connects to nothing.</summary>
internal sealed class DesignTime : IDesignTimeDbContextFactory<SqliteNodeDb>, IDesignTimeDbContextFactory<PostgresNodeDb>
{
    SqliteNodeDb IDesignTimeDbContextFactory<SqliteNodeDb>.CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteNodeDb>().UseSqlite().Options);

    PostgresNodeDb IDesignTimeDbContextFactory<PostgresNodeDb>.CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresNodeDb>().UseNpgsql().Options);
}
