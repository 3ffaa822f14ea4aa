using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Entente.Node.Access;
using Entente.Node.Access.Oidc;
using Entente.Node.Audit;
using Entente.Node.Tests.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;

namespace Entente.Node.Tests.Access;

public sealed class OidcTests
{
    public static TheoryData<string> Databases => Stores.All;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Databases))]
    public async Task Somebody_whom_the_provider_vouches_for_has_the_roles_that_it_says(string store)
    {
        await using var issuer = await Issuer.StartAsync();
        await using var node = await StartAsync(issuer, store);
        // A local account of the same name is somebody else.
        await Visitor.MakeAsync(node, "salma@example.org", Role.Administrator);
        using var visitor = new Visitor(node);
        Assert.Contains("Sign in with Staff", await visitor.PageAsync("/sign-in"), StringComparison.Ordinal);

        issuer.Person = Person("7", "salma@example.org", "Salma Benali", "screeners", "unknown group");
        Assert.Equal("/account?x=1", await SignInAsync(visitor, "/account?x=1"));
        Assert.Equal(1, issuer.Exchanged);
        var first = await WhoAsync(visitor);
        Assert.Equal(("salma@example.org-2", "Salma Benali", "analyst"), first);

        // What changes at the provider changes here at the next sign-in, and ends what was begun before.
        issuer.Person = Person("7", "salma@example.org", "Salma Benali", "chiefs");
        using var again = new Visitor(node);
        await SignInAsync(again, "/");
        Assert.Equal(("salma@example.org-2", "Salma Benali", "reviewer,auditor"), await WhoAsync(again));
        Assert.Equal(HttpStatusCode.Unauthorized, await visitor.StatusAsync("/api/session"));

        // Its password is not kept here.
        Assert.Equal(HttpStatusCode.Conflict, (await again.Client.PutAsJsonAsync("/api/session/password", new { current = "x", password = Visitor.Password }, Cancel)).StatusCode);
        await using var db = node.Store.Open();
        var trail = await db.Audit.AsNoTracking().OrderBy(entry => entry.Seq).Select(entry => entry.Action).ToListAsync(Cancel);
        Assert.Equal([AuditAction.AccountCreated, AuditAction.SignedIn, AuditAction.AccountChanged, AuditAction.SignedIn], trail.Where(action => action.StartsWith("account.", StringComparison.Ordinal) || action.StartsWith("signin.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Somebody_without_a_role_may_do_nothing_and_is_told_so()
    {
        await using var issuer = await Issuer.StartAsync();
        await using var node = await StartAsync(issuer);
        using var visitor = new Visitor(node);
        issuer.Person = Person("8", "guest", "Guest", "visitors");
        Assert.Equal("/account", await SignInAsync(visitor, "/"));
        Assert.Contains("has no role on this node", await visitor.PageAsync("/account"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, await visitor.StatusAsync("/api/accounts"));
        Assert.Equal(("guest", "Guest", ""), await WhoAsync(visitor));
    }

    [Fact]
    public async Task A_token_that_is_forged_stale_or_for_others_lets_nobody_in()
    {
        await using var issuer = await Issuer.StartAsync();
        await using var node = await StartAsync(issuer);
        issuer.Person = Person("9", "salma", "Salma", "chiefs");
        using var other = RSA.Create(2048);
        foreach (var (what, tamper) in new (string, Action<SecurityTokenDescriptor>)[]
        {
            ("issuer", token => token.Issuer = "https://evil.example"),
            ("audience", token => token.Audience = "another-client"),
            ("expired", token => (token.NotBefore, token.IssuedAt, token.Expires) = (new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2020, 1, 2, 0, 0, 0, DateTimeKind.Utc))),
            ("nonce", token => token.Subject = new ClaimsIdentity([.. issuer.Person, new Claim("nonce", "of another sign-in")])),
            ("unsigned", token => token.SigningCredentials = null),
            ("signed with another algorithm", token => token.SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(new byte[64]) { KeyId = "one" }, SecurityAlgorithms.HmacSha256)),
            ("signed with another key", token => token.SigningCredentials = Issuer.Sign(other)),
        })
        {
            issuer.Tamper = tamper;
            using var visitor = new Visitor(node);
            Assert.Equal((what, "/sign-in?problem=provider"), (what, await SignInAsync(visitor, "/")));
            Assert.Equal(HttpStatusCode.Unauthorized, await visitor.StatusAsync("/api/session"));
        }
        await using var db = node.Store.Open();
        Assert.Empty(await db.Accounts.ToListAsync(Cancel));
        Assert.Equal(7, await db.Audit.CountAsync(entry => entry.Action == AuditAction.SignInFailed, Cancel));

        // The answer to a sign-in that this browser did not begin: another's code cannot be pushed on it.
        issuer.Tamper = null;
        using var one = new Visitor(node);
        var callback = await BeginAsync(one, "/");
        using var victim = new Visitor(node);
        Assert.Equal(HttpStatusCode.Redirect, (await victim.Client.GetAsync(callback, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await victim.StatusAsync("/api/session"));
    }

    [Fact]
    public async Task A_disabled_account_stays_out()
    {
        await using var issuer = await Issuer.StartAsync();
        await using var node = await StartAsync(issuer);
        issuer.Person = Person("10", "salma", "Salma", "screeners");
        using var visitor = new Visitor(node);
        await SignInAsync(visitor, "/");
        await using var db = node.Store.Open();
        var id = (await db.Accounts.AsNoTracking().SingleAsync(Cancel)).Id;
        var administrator = await node.ClientForAsync(Role.Administrator);
        Assert.Equal(HttpStatusCode.OK, (await administrator.PatchAsJsonAsync($"/api/accounts/{id}", new { disabled = true }, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await visitor.StatusAsync("/api/session"));
        Assert.Equal("/sign-in?problem=provider", await SignInAsync(visitor, "/"));
        Assert.Equal(HttpStatusCode.Conflict, (await administrator.PostAsJsonAsync($"/api/accounts/{id}/invitation", new { }, Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("http://login.example.org", "entente", "Analyst", "Authority")]
    [InlineData("nonsense", "entente", "Analyst", "Authority")]
    [InlineData("https://login.example.org", "", "Analyst", "ClientId")]
    [InlineData("https://login.example.org", "entente", "Emperor", "RoleMap")]
    [InlineData("https://login.example.org", "entente", "2", "RoleMap")]
    public void What_an_operator_wrote_wrongly_is_named(string authority, string client, string role, string named)
    {
        var options = new OidcOptions { Authority = authority, ClientId = client, RoleMap = new Dictionary<string, string> { ["group"] = role } };
        Assert.Contains($"Entente:Oidc:{named}", Assert.Throws<InvalidOperationException>(options.Check).Message, StringComparison.Ordinal);
    }

    private static Task<TestNode> StartAsync(Issuer issuer, string store = Stores.Sqlite) => TestNode.StartAsync(store, options => options with
    {
        Oidc = new OidcOptions
        {
            Authority = issuer.Address,
            ClientId = Issuer.ClientId,
            ClientSecret = Issuer.ClientSecret,
            Name = "Staff",
            RoleClaim = "groups",
            RoleMap = new Dictionary<string, string> { ["screeners"] = "Analyst", ["chiefs"] = "Reviewer, auditor" },
        },
    });

    private static IReadOnlyList<Claim> Person(string subject, string login, string name, params string[] groups) =>
        [new("sub", subject), new("preferred_username", login), new("name", name), .. groups.Select(group => new Claim("groups", group))];

    /// <summary>Goes to the provider and comes back with its code.</summary>
    private static async Task<Uri> BeginAsync(Visitor visitor, string returnUrl)
    {
        var toProvider = await visitor.Client.GetAsync($"/sign-in/provider?returnUrl={Uri.EscapeDataString(returnUrl)}", Cancel);
        Assert.Equal(HttpStatusCode.Redirect, toProvider.StatusCode);
        var back = await visitor.Client.GetAsync(toProvider.Headers.Location, Cancel);
        Assert.Equal(HttpStatusCode.Redirect, back.StatusCode);
        return back.Headers.Location!;
    }

    private static async Task<string> SignInAsync(Visitor visitor, string returnUrl)
    {
        var answer = await visitor.Client.GetAsync(await BeginAsync(visitor, returnUrl), Cancel);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }

    private static async Task<(string?, string?, string)> WhoAsync(Visitor visitor)
    {
        var account = (await visitor.Client.GetFromJsonAsync<JsonElement>("/api/session", Cancel)).GetProperty("account");
        return (account.GetProperty("login").GetString(), account.GetProperty("displayName").GetString(), string.Join(',', account.GetProperty("roles").EnumerateArray().Select(role => role.GetString())));
    }
}
