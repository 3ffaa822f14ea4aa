using System.Security.Claims;
using System.Text.Encodings.Web;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Hosting;
using Entente.Node.Store;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Playwright;

namespace Entente.EndToEnd;

/// <summary>A real node on a port of its own, over the fictional sample list, in which everybody is signed in with the roles that a test chooses.</summary>
public class Node : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("entente-pages-");
    private WebApplication? _app;

    /// <summary>Where it listens, without a slash at the end.</summary>
    public string Address { get; private set; } = "";

    internal IServiceProvider Services => _app!.Services;

    public async ValueTask InitializeAsync()
    {
        var options = new NodeOptions { DataFolder = _folder.FullName, SampleList = Path.Combine(AppContext.BaseDirectory, "samples", "un-format-sample.xml") };
        Prepare(options);
        _app = NodeHost.Build(Configure(options), builder =>
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            if (Environment.GetEnvironmentVariable("ENTENTE_TEST_LOG") is null)
                builder.Logging.ClearProviders();
            if (EverybodyIsSignedIn)
                builder.Services.AddAuthentication(Roles.Scheme).AddScheme<AuthenticationSchemeOptions, Roles>(Roles.Scheme, null);
        });
        await _app.StartAsync();
        Address = _app.Urls.First();
        using var client = new HttpClient();
        // The lists are read while it already listens.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!(await client.GetAsync(new Uri(Address + "/readyz"), patience.Token)).IsSuccessStatusCode)
            await Task.Delay(50, patience.Token);
        if (EverybodyIsSignedIn)
            await Services.GetRequiredService<Ledger>().ActAsync(Actor.System("test"), AddAccount);
    }

    /// <summary>Whom the cookies stand for: jobs, keys and proposals belong to an account.</summary>
    private static Task AddAccount(Act act)
    {
        foreach (var (id, name) in Roles.People)
        {
            act.Db.Accounts.Add(new Account { Id = id, Login = name.Split(' ')[0].ToLowerInvariant(), DisplayName = name, RoleNames = "", SecurityStamp = id });
            act.Record(AuditAction.AccountCreated, $"account:{id}", new { });
        }
        return Task.CompletedTask;
    }

    /// <summary>A page of somebody who is signed in.</summary>
    /// <param name="context">The window.</param>
    /// <param name="roles">The roles, joined by points.</param>
    /// <param name="account"><c>test</c>, or <c>second</c> for what takes two people.</param>
    public async Task<IPage> SignedInAsync(IBrowserContext context, string roles, string account = "test")
    {
        await context.AddCookiesAsync([new Cookie { Name = "roles", Value = roles, Url = Address }, new Cookie { Name = "account", Value = account, Url = Address }]);
        return await context.NewPageAsync();
    }

    /// <summary>Whether a cookie with roles is enough to be signed in.</summary>
    protected virtual bool EverybodyIsSignedIn => true;

    /// <summary>Puts into the data folder what the node is to find there.</summary>
    protected virtual void Prepare(NodeOptions options)
    {
    }

    /// <summary>Changes how the node is run.</summary>
    protected virtual NodeOptions Configure(NodeOptions options) => options;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _app!.StopAsync();
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    /// <summary>Signs in by a cookie that names roles: <c>roles=Analyst.Auditor</c>.</summary>
    private sealed class Roles(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        public new const string Scheme = "test-roles";

        public static readonly Dictionary<string, string> People = new() { ["test"] = "Salma Benali", ["second"] = "Yusuf Mansour" };

        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Cookies["roles"] is not { } named)
                return Task.FromResult(AuthenticateResult.NoResult());
            var rights = RoleRights.Of(named.Split('.').Select(Enum.Parse<Role>));
            var account = Request.Cookies["account"] ?? "test";
            var identity = new ClaimsIdentity(
                [new(ClaimTypes.Name, People[account]), new(ClaimTypes.NameIdentifier, account), new(RightExtensions.ActorClaim, $"account:{account}"), .. rights.Select(right => new Claim(RightExtensions.RightClaim, right.ToString()))],
                Scheme);
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme)));
        }
    }
}
