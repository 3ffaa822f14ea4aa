using Entente.Node.Access;
using Entente.Node.Alerts;
using Entente.Node.Audit;
using Entente.Node.Bulk;
using Entente.Node.Holdings;
using Entente.Node.Lists;
using Entente.Node.Monitoring;
using Entente.Node.Overlap;
using Entente.Node.Partners;
using Entente.Node.Settings;
using Entente.Node.Subjects;
using Entente.Node.Taxii;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Entente.Node.Store;

/// <summary>What people do here: accounts, subjects, alerts, decisions, jobs, settings and the audit of them. Lists are not in it.</summary>
/// <remarks>The same model on SQLite and PostgreSQL; each has its own migrations (<c>eng/migrations</c> writes them). Changes go through <see cref="Ledger"/>.</remarks>
/// <param name="options">The provider and connection.</param>
public abstract class NodeDb(DbContextOptions options) : DbContext(options), IDataProtectionKeyContext
{
    /// <summary>The audit trail.</summary>
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    /// <summary>Accounts of people.</summary>
    public DbSet<Account> Accounts => Set<Account>();

    /// <summary>API keys, hashed.</summary>
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    /// <summary>Matches that a person must decide.</summary>
    public DbSet<Alert> Alerts => Set<Alert>();

    /// <summary>Comments on alerts.</summary>
    public DbSet<AlertComment> AlertComments => Set<AlertComment>();

    /// <summary>Decisions, in the order they were made.</summary>
    public DbSet<Decision> Decisions => Set<Decision>();

    /// <summary>The book of monitored subjects.</summary>
    public DbSet<Subject> Subjects => Set<Subject>();

    /// <summary>What each subject matches at present.</summary>
    public DbSet<SubjectMatch> SubjectMatches => Set<SubjectMatch>();

    /// <summary>Bulk jobs.</summary>
    public DbSet<BulkJob> BulkJobs => Set<BulkJob>();

    /// <summary>Sets of list versions that were in use.</summary>
    public DbSet<ListsUsed> ListsUsed => Set<ListsUsed>();

    /// <summary>What monitoring found, in order: the feed.</summary>
    public DbSet<FeedEvent> Feed => Set<FeedEvent>();

    /// <summary>Who is told of what monitoring found.</summary>
    public DbSet<Webhook> Webhooks => Set<Webhook>();

    /// <summary>What is yet to be told, and what was.</summary>
    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();

    /// <summary>Other nodes.</summary>
    public DbSet<Partner> Partners => Set<Partner>();

    /// <summary>Agreements with them.</summary>
    public DbSet<PartnerAgreement> Agreements => Set<PartnerAgreement>();

    /// <summary>What partners are to be told, in order.</summary>
    public DbSet<PartnerEvent> PartnerEvents => Set<PartnerEvent>();

    /// <summary>Receipts that partners are to be given.</summary>
    public DbSet<PartnerReceipt> PartnerReceipts => Set<PartnerReceipt>();

    /// <summary>Cards of nodes that are no partners, and whose records came through one.</summary>
    public DbSet<KnownNode> KnownNodes => Set<KnownNode>();

    /// <summary>Records that are on no public list: this node's own, and those of partners.</summary>
    public DbSet<HeldRecord> Records => Set<HeldRecord>();

    /// <summary>Releases, proposed and decided.</summary>
    public DbSet<RecordRelease> Releases => Set<RecordRelease>();

    /// <summary>Who holds a copy of which record.</summary>
    public DbSet<RecordCopy> Copies => Set<RecordCopy>();

    /// <summary>Runs in which overlap with a partner was looked for.</summary>
    public DbSet<OverlapRun> OverlapRuns => Set<OverlapRun>();

    /// <summary>Settings that are kept here rather than in a file.</summary>
    public DbSet<Setting> Settings => Set<Setting>();

    /// <summary>Collections that are served by TAXII.</summary>
    public DbSet<TaxiiCollectionEntry> TaxiiCollections => Set<TaxiiCollectionEntry>();

    /// <summary>Who may read which of them, and for whom.</summary>
    public DbSet<TaxiiReaderGrant> TaxiiReaders => Set<TaxiiReaderGrant>();

    /// <summary>The audiences that their objects have.</summary>
    public DbSet<TaxiiAudience> TaxiiAudiences => Set<TaxiiAudience>();

    /// <summary>Their objects, by version.</summary>
    public DbSet<TaxiiObject> TaxiiObjects => Set<TaxiiObject>();

    /// <summary>Keys by which cookies are protected.</summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(NodeDb).Assembly);
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        // SQLite can neither order nor compare dates with offsets; milliseconds since 1970 sort alike everywhere.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
    }

    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        time => time.ToUnixTimeMilliseconds(), milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
}

/// <summary>The store in a SQLite file.</summary>
/// <param name="options">The file.</param>
public sealed class SqliteNodeDb(DbContextOptions<SqliteNodeDb> options) : NodeDb(options);

/// <summary>The store on a PostgreSQL server.</summary>
/// <param name="options">The server.</param>
public sealed class PostgresNodeDb(DbContextOptions<PostgresNodeDb> options) : NodeDb(options);
