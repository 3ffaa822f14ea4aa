using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Tests.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Tests.Access;

public sealed partial class AccountTests
{
    public static TheoryData<string> Databases => Stores.All;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Databases))]
    public async Task The_first_administrator_is_made_once_by_the_link_that_the_node_prints(string store)
    {
        await using var node = await TestNode.StartAsync(store);
        var link = new Uri(Assert.Single(Link().Matches(node.Printed.ToString())).Value).PathAndQuery;
        using var visitor = new Visitor(node);
        Assert.Contains("This link does not work", await visitor.PageAsync("/setup?token=" + new string('A', 43)), StringComparison.Ordinal);
        Assert.Contains("Nobody has an account yet", await visitor.PageAsync("/sign-in"), StringComparison.Ordinal);

        (string, string)[] form = [("login", "Admin@Example.org"), ("name", "Amina Haddad"), ("password", Visitor.Password), ("again", Visitor.Password), ("roles", "Reviewer"), ("roles", "Liaison")];
        var differs = await visitor.SendAsync(link, "setup", [.. form[..3], ("again", "something else"), .. form[4..]]);
        Assert.Contains("not the same", await differs.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var second = new Visitor(node);
        var answers = await Task.WhenAll(visitor.SendAsync(link, "setup", form), second.SendAsync(link, "setup", [("login", "other"), .. form[1..]]));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Redirect);

        await using var db = node.Store.Open();
        var account = await db.Accounts.AsNoTracking().SingleAsync(Cancel);
        // What the form does not offer is not given.
        Assert.Equal([Role.Reviewer, Role.Administrator], account.Roles);
        Assert.Equal(HttpStatusCode.Gone, (await node.Client.GetAsync(link, Cancel)).StatusCode);
        Assert.DoesNotContain(await db.Settings.AsNoTracking().ToListAsync(Cancel), setting => setting.Name == OneTimeLinks.Setup);
        Assert.Contains(await db.Audit.AsNoTracking().ToListAsync(Cancel), entry => entry.Action == AuditAction.AccountCreated && entry.About == $"account:{account.Id}");
        using var winner = answers[0].StatusCode == HttpStatusCode.Redirect ? visitor : second;
        Assert.Equal(HttpStatusCode.OK, await winner.StatusAsync("/api/accounts"));
    }

    [Fact]
    public async Task A_new_link_is_printed_at_each_start_until_there_is_an_account_and_the_old_one_ends()
    {
        var folder = Directory.CreateTempSubdirectory("entente-setup-");
        string first;
        await using (var node = await TestNode.StartAsync(dataFolder: folder.FullName))
            first = new Uri(Link().Match(node.Printed.ToString()).Value).PathAndQuery;
        await using (var node = await TestNode.StartAsync(dataFolder: folder.FullName))
        {
            var second = new Uri(Link().Match(node.Printed.ToString()).Value).PathAndQuery;
            using var visitor = new Visitor(node);
            Assert.Equal(HttpStatusCode.Gone, await visitor.StatusAsync(first));
            Assert.Equal(HttpStatusCode.OK, await visitor.StatusAsync(second));
            await Visitor.MakeAsync(node, "admin", Role.Administrator);
            Assert.Equal(HttpStatusCode.Gone, await visitor.StatusAsync(second));
        }
        await using (var node = await TestNode.StartAsync(dataFolder: folder.FullName))
            Assert.Equal("", node.Printed.ToString());
        folder.Delete(recursive: true);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_person_sets_a_password_by_a_link_that_an_administrator_gives(string store)
    {
        await using var node = await TestNode.StartAsync(store);
        var administrator = await node.ClientForAsync(Role.Administrator);
        var made = await administrator.PostAsJsonAsync("/api/accounts", new { login = "Omar.Ben-Ali", displayName = "عمر بن علي", roles = new[] { "analyst" } }, Cancel);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var body = await made.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        var (id, link) = (body.GetProperty("account").GetProperty("id").GetString(), new Uri(body.GetProperty("invitation").GetProperty("link").GetString()!).PathAndQuery);
        using var person = new Visitor(node);
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.TryAsync("omar.ben-ali", "")).StatusCode);
        var tooShort = await person.SendAsync(link, "welcome", ("password", "short"), ("again", "short"));
        Assert.Contains("at least 12 characters", await tooShort.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        var login = await person.SendAsync(link, "welcome", ("password", "omar.ben-ali"), ("again", "omar.ben-ali"));
        Assert.Contains("must not be the login", await login.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await person.SendAsync(link, "welcome", ("password", Visitor.Password), ("again", Visitor.Password))).StatusCode);
        Assert.Equal(HttpStatusCode.Gone, await person.StatusAsync(link));

        var answer = await person.SendAsync("/sign-in?ReturnUrl=%2Faccount", "sign-in", ("login", "OMAR.BEN-ALI"), ("password", Visitor.Password));
        Assert.Equal((HttpStatusCode.Redirect, "/account"), (answer.StatusCode, new Uri(person.Client.BaseAddress!, answer.Headers.Location!).PathAndQuery));
        Assert.Contains("عمر بن علي", WebUtility.HtmlDecode(await person.PageAsync("/account")), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Conflict, (await administrator.PostAsJsonAsync("/api/accounts", new { login = "omar.ben-ali", displayName = "x", roles = Array.Empty<string>() }, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await administrator.PostAsJsonAsync($"/api/accounts/{id}/invitation", new { }, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await administrator.PostAsJsonAsync("/api/accounts/none/invitation", new { }, Cancel)).StatusCode);
    }

    [Fact]
    public async Task The_last_administrator_stays_one_and_nobody_disables_oneself()
    {
        await using var node = await TestNode.StartAsync();
        var (administrator, own) = await node.MemberAsync([Role.Administrator]);
        Assert.Equal(HttpStatusCode.Conflict, (await administrator.PatchAsJsonAsync($"/api/accounts/{own.Id}", new { roles = new[] { "analyst" } }, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await administrator.PatchAsJsonAsync($"/api/accounts/{own.Id}", new { disabled = true }, Cancel)).StatusCode);
        await node.MemberAsync([Role.Administrator]);
        Assert.Equal(HttpStatusCode.Conflict, (await administrator.PatchAsJsonAsync($"/api/accounts/{own.Id}", new { disabled = true }, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await administrator.PatchAsJsonAsync($"/api/accounts/{own.Id}", new { roles = new[] { "analyst" } }, Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("""{"login":"ok","displayName":"x"}""")]
    [InlineData("""{"login":"with space","displayName":"x","roles":[]}""")]
    [InlineData("""{"login":"a\ud800b","displayName":"x","roles":[]}""")]
    [InlineData("""{"login":"ok","displayName":"","roles":[]}""")]
    [InlineData("""{"login":"ok","displayName":"x","roles":["emperor"]}""")]
    [InlineData("""{"login":"ok","displayName":"x","roles":[7]}""")]
    [InlineData("""{"login":"ok","displayName":"x","roles":[],"passwordHash":"x"}""")]
    [InlineData("""{"login":"ok","login":"other","displayName":"x","roles":[]}""")]
    [InlineData("null")]
    [InlineData("")]
    public async Task A_body_that_is_not_as_it_should_be_is_refused(string body)
    {
        await using var node = await TestNode.StartAsync();
        var administrator = await node.ClientForAsync(Role.Administrator);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var answer = await administrator.PostAsync("/api/accounts", content, Cancel);
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Pages_of_accounts_and_keys_do_what_their_forms_say()
    {
        await using var node = await TestNode.StartAsync();
        using var administrator = await Visitor.SignedInAsync(node, "admin", Role.Administrator);
        var added = await (await administrator.SendAsync("/accounts", "add", ("name", "Ivan Petrov"), ("login", "ivan"), ("roles", "Analyst"))).Content.ReadAsStringAsync(Cancel);
        Assert.Contains("/welcome?token=", added, StringComparison.Ordinal);
        await using var db = node.Store.Open();
        var ivan = await db.Accounts.AsNoTracking().SingleAsync(account => account.Login == "ivan", Cancel);
        var page = $"/accounts/{ivan.Id}";
        await administrator.SendAsync(page, "change", ("name", "Иван Петров"), ("roles", "Reviewer"), ("roles", "Liaison"));
        await administrator.SendAsync(page, "disable");
        var changed = await db.Accounts.AsNoTracking().SingleAsync(account => account.Login == "ivan", Cancel);
        Assert.Equal(("Иван Петров", "Reviewer,Liaison", true), (changed.DisplayName, changed.RoleNames, changed.Disabled));
        await administrator.SendAsync(page, "enable");
        Assert.Contains("/welcome?token=", await (await administrator.SendAsync(page, "invite")).Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await administrator.StatusAsync("/accounts/none"));

        var key = await (await administrator.SendAsync("/account", "key", ("name", "nightly"), ("days", "30"), ("scopes", "ManageLists"))).Content.ReadAsStringAsync(Cancel);
        var secret = Secret().Match(key).Value;
        using var program = new HttpClient { BaseAddress = node.Client.BaseAddress };
        program.DefaultRequestHeaders.Add("X-API-Key", secret);
        Assert.Equal(["manageLists"], (await program.GetFromJsonAsync<JsonElement>("/api/session", Cancel)).GetProperty("rights").EnumerateArray().Select(right => right.GetString()));
        Assert.DoesNotContain(secret[^43..], await administrator.PageAsync("/account"), StringComparison.Ordinal);
        var refused = await (await administrator.SendAsync("/account", "key", ("name", "greedy"), ("days", "30"), ("scopes", "DecideAlerts"))).Content.ReadAsStringAsync(Cancel);
        Assert.Contains("Only what you may do yourself", refused, StringComparison.Ordinal);
        var keyId = (await db.ApiKeys.AsNoTracking().SingleAsync(Cancel)).Id;
        await administrator.SendAsync("/account", $"revoke-{keyId}");
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/session", Cancel)).StatusCode);

        await administrator.SendAsync("/account", "language", ("language", "ar"));
        Assert.Contains("dir=\"rtl\"", await administrator.PageAsync("/account"), StringComparison.Ordinal);
        var renewed = await administrator.SendAsync("/account", "password", ("current", Visitor.Password), ("password", "another long password"), ("again", "another long password"));
        Assert.Equal(HttpStatusCode.OK, renewed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await administrator.StatusAsync("/api/session"));

        // Without the token of the form nothing happens.
        using var forged = new FormUrlEncodedContent([KeyValuePair.Create("_handler", "disable")]);
        Assert.Equal(HttpStatusCode.BadRequest, (await administrator.Client.PostAsync(page, forged, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await administrator.SendAsync("/account", "/sign-out")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await administrator.StatusAsync("/api/session"));
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("")]
    [InlineData(null)]
    public void After_the_sign_in_one_stays_here(string? address) => Assert.Equal("/", LocalAddress.Of(address));

    [Fact]
    public async Task A_person_without_rights_is_told_so_and_a_guest_is_led_to_the_sign_in()
    {
        await using var node = await TestNode.StartAsync();
        using var nobody = await Visitor.SignedInAsync(node, "nobody");
        Assert.Contains("has no role", await nobody.PageAsync("/account"), StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/accounts?after=x");
        request.Headers.Accept.ParseAdd("text/html");
        var answer = await node.Client.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.EndsWith("/sign-in?ReturnUrl=%2Faccounts%3Fafter%3Dx", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"http\S+/setup\?token=\S+")]
    private static partial Regex Link();

    [GeneratedRegex("ent_[0-9a-f]{32}_[A-Za-z0-9_-]{43}")]
    private static partial Regex Secret();
}
