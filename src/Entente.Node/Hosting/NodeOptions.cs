using Entente.Node.Access.Oidc;
using Entente.Node.Partners;

namespace Entente.Node.Hosting;

/// <summary>How a node is run: section <c>Entente</c> of the configuration (<c>ENTENTE__...</c> in the environment).</summary>
/// <remarks>What administrators change while it runs is kept in the store: see <see cref="Settings.Setting"/>.</remarks>
public sealed record NodeOptions
{
    /// <summary>A file in the data folder that the node at work there holds open.</summary>
    public const string LockFile = "node.lock";

    /// <summary>The data folder: store, lists, indexes, uploads, keys.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The fictional list to screen against while nothing is installed.</summary>
    public required string SampleList { get; init; }

    /// <summary>A connection string as Npgsql takes it; null for SQLite in the data folder.</summary>
    public string? Postgres { get; init; }

    /// <summary>The address that people reach the node by, such as <c>https://entente.example.org</c>; null for where it listens.</summary>
    public string? PublicAddress { get; init; }

    /// <summary>Addresses or networks of proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed; none unless set.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>Sign-in through an OpenID Connect provider; null for local accounts only.</summary>
    public OidcOptions? Oidc { get; init; }

    /// <summary>How partners reach the node; null for a node without partners.</summary>
    public PartnerOptions? Partners { get; init; }

    /// <summary>Where the one-time link of the first start is printed; standard output unless set.</summary>
    public TextWriter Output { get; init; } = Console.Out;

    /// <summary>Most bytes of a request's body, uploads apart; 8 MiB unless set.</summary>
    public long MaxRequestBytes { get; init; } = 8L << 20;

    /// <summary>Most bytes of an uploaded file; 2 GiB unless set.</summary>
    public long MaxUploadBytes { get; init; } = 2L << 30;

    /// <summary>Bulk jobs that are screened at the same time; 2 unless set.</summary>
    public int BulkJobsAtOnce { get; init; } = 2;

    /// <summary>Threads that screen bulk jobs, below the priority of requests; 0, as unless set, is one for each processor.</summary>
    public int BulkThreads { get; init; }

    /// <summary>Files that are received at the same time; 16 unless set.</summary>
    public int BulkUploadsAtOnce { get; init; } = 16;

    /// <summary>Bulk jobs of one account, ended ones included; 100 unless set.</summary>
    public int BulkJobsPerAccount { get; init; } = 100;

    /// <summary>Most queries in one request; 1,000 unless set.</summary>
    public int MaxQueries { get; init; } = 1000;

    /// <summary>Requests that one caller may make in a minute; 0 for no bound. Signing in has its own.</summary>
    public int RequestsPerMinute { get; init; } = 600_000;

    /// <summary>Requests that one address may make in a minute where nobody is signed in; 0 for no bound.</summary>
    public int AnonymousRequestsPerMinute { get; init; } = 6000;

    /// <summary>Most connections at the same time; 20,000 unless set. The system's bound on open files must allow them.</summary>
    public int MaxConnections { get; init; } = 20_000;

    /// <summary>The longest that a screening or look-up may take; a minute unless set. Bulk jobs, uploads and updates of lists have their own bounds.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Origins, such as <c>http://127.0.0.1:3333</c>, whose pages may call <c>/reconcile</c> from a browser and show its previews; none unless set.</summary>
    public IReadOnlyList<string> ReconcileOrigins { get; init; } = [];

    /// <summary>Whether a program on this machine may read <c>/metrics</c> without signing in; true unless set. Requests that came through a proxy do not count as of this machine.</summary>
    public bool MetricsFromLoopback { get; init; } = true;
}
