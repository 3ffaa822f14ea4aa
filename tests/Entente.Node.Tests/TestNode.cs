using System.Collections.Concurrent;
using Entente.Node.Access;
using Entente.Node.Access.Keys;
using Entente.Node.Hosting;
using Entente.Node.Lists;
using Entente.Node.Store;
using Entente.Node.Tests.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Entente.Node.Tests;

/// <summary>A real node on a port of its own, with a data folder that is gone afterwards.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo? _ownFolder;
    private readonly ConcurrentBag<HttpClient> _members = [];

    private TestNode(WebApplication app, DirectoryInfo? ownFolder)
    {
        _app = app;
        _ownFolder = ownFolder;
        // Cookies and redirects are what many tests are about.
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(app.Urls.First()) };
    }

    /// <summary>A client of the node, without any rights of its own.</summary>
    public HttpClient Client { get; }

    /// <summary>What the node printed at its start.</summary>
    public StringWriter Printed { get; private init; } = new();

    /// <summary>The node's services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>How it is run.</summary>
    public NodeOptions Options => Services.GetRequiredService<NodeOptions>();

    /// <summary>The node's ledger.</summary>
    public Ledger Ledger => Services.GetRequiredService<Ledger>();

    /// <summary>The node's store.</summary>
    public NodeStore Store => Services.GetRequiredService<NodeStore>();

    /// <summary>Starts a node.</summary>
    /// <param name="store">One of <see cref="Stores"/>.</param>
    /// <param name="options">Changes the options.</param>
    /// <param name="configure">Changes the builder.</param>
    /// <param name="dataFolder">A folder to be used and left; null for one of its own.</param>
    public static async Task<TestNode> StartAsync(string store = Stores.Sqlite, Func<NodeOptions, NodeOptions>? options = null, Action<WebApplicationBuilder>? configure = null, string? dataFolder = null)
    {
        var own = dataFolder is null ? Directory.CreateTempSubdirectory("entente-node-") : null;
        var printed = new StringWriter();
        var chosen = new NodeOptions
        {
            DataFolder = dataFolder ?? own!.FullName,
            SampleList = Path.Combine(AppContext.BaseDirectory, "samples", "un-format-sample.xml"),
            Postgres = store == Stores.Postgres ? Stores.NewPostgresDatabase() : null,
            Output = printed,
        };
        var app = NodeHost.Build(options?.Invoke(chosen) ?? chosen, builder =>
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            configure?.Invoke(builder);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        // That they are in use is recorded: a test that counts entries must not meet it halfway.
        await app.Services.GetRequiredService<ListsInUse>().RefreshAsync(TestContext.Current.CancellationToken);
        return new TestNode(app, own) { Printed = printed };
    }

    /// <summary>A client with an API key of a new account with some roles, made straight in the store.</summary>
    /// <param name="roles">The roles; none for an account that may do nothing.</param>
    public async Task<HttpClient> ClientForAsync(params Role[] roles) => (await MemberAsync(roles)).Client;

    /// <summary>As <see cref="ClientForAsync"/>, with the account.</summary>
    /// <param name="roles">The roles.</param>
    /// <param name="scopes">What the key may do; null for all that the roles allow.</param>
    public async Task<(HttpClient Client, Account Account)> MemberAsync(Role[] roles, Right[]? scopes = null)
    {
        var (account, key) = await Ledger.ActAsync(Actor.System("test"), act =>
        {
            var id = NodeId.New(act.At);
            var account = new Account { Id = id, Login = $"member-{id}", DisplayName = $"Member {id[^6..]}", RoleNames = string.Join(',', roles.Order()), SecurityStamp = NodeId.New(act.At), CreatedAt = act.At };
            var secret = KeyText.NewSecret();
            var key = new ApiKey
            {
                Id = NodeId.New(act.At),
                AccountId = id,
                Name = "test",
                SecretHash = KeyText.HashOf(secret),
                Scopes = string.Join(',', scopes ?? [.. RoleRights.Of(roles)]),
                CreatedAt = act.At,
                ExpiresAt = act.At.AddDays(1),
            };
            act.Db.Accounts.Add(account);
            act.Db.ApiKeys.Add(key);
            return Task.FromResult((account, KeyText.Of(key.Id, secret)));
        }, TestContext.Current.CancellationToken);
        Services.GetRequiredService<AccessDirectory>().Changed();
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Client.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        _members.Add(client);
        return (client, account);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in _members)
            member.Dispose();
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _ownFolder?.Delete(recursive: true);
    }
}
