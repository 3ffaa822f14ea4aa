using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Entente.Node.Access;
using Entente.Node.Access.Sessions;
using Entente.Node.Audit;
using Entente.Node.Tests.Store;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Node.Tests.Access;

public sealed class SessionTests
{
    public static TheoryData<string> Databases => Stores.All;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Databases))]
    public async Task Whoever_signs_in_is_known_until_the_sign_out_and_all_of_it_is_in_the_trail(string store)
    {
        await using var node = await TestNode.StartAsync(store);
        using var visitor = await Visitor.SignedInAsync(node, "salma", Role.Analyst, Role.Auditor);

        var who = await visitor.Client.GetFromJsonAsync<JsonElement>("/api/session", Cancel);
        Assert.Equal("salma", who.GetProperty("account").GetProperty("login").GetString());
        Assert.Equal(["analyst", "auditor"], who.GetProperty("account").GetProperty("roles").EnumerateArray().Select(role => role.GetString()));
        Assert.Equal(RoleRights.Of([Role.Analyst, Role.Auditor]).Count, who.GetProperty("rights").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, who.GetProperty("key").ValueKind);

        // A copy of the cookie is worth nothing afterwards.
        var stolen = visitor.Session;
        Assert.Equal(HttpStatusCode.NoContent, (await visitor.Client.DeleteAsync("/api/session", Cancel)).StatusCode);
        using var thief = new Visitor(node);
        thief.Cookies.Add(thief.Client.BaseAddress!, new Cookie(SessionCookieName.Plain, stolen));
        Assert.Equal(HttpStatusCode.Unauthorized, await thief.StatusAsync("/api/session"));
        Assert.Equal(HttpStatusCode.Unauthorized, await visitor.StatusAsync("/api/session"));

        await visitor.TryAsync("salma", "not the password");
        var actions = await ActionsAsync(node);
        Assert.Equal([AuditAction.SignedIn, AuditAction.SignedOut, AuditAction.SignInFailed], actions.Where(action => action.StartsWith("signin.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_cookie_is_for_http_only_and_lax_and_over_https_for_this_host_alone()
    {
        await using var node = await TestNode.StartAsync();
        await Visitor.MakeAsync(node, "salma", Role.Analyst);
        var plain = Assert.Single((await node.Client.PostAsJsonAsync("/api/session", new { login = "Salma ", password = Visitor.Password }, Cancel)).Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("entente.session=", plain, StringComparison.Ordinal);
        Assert.Contains("httponly", plain, StringComparison.Ordinal);
        Assert.Contains("samesite=lax", plain, StringComparison.Ordinal);

        await using var behind = await TestNode.StartAsync(options: options => options with { PublicAddress = "https://entente.example.org" });
        await Visitor.MakeAsync(behind, "salma", Role.Analyst);
        var answer = await behind.Client.PostAsJsonAsync("/api/session", new { login = "salma", password = Visitor.Password }, Cancel);
        var secure = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-entente.session=", secure, StringComparison.Ordinal);
        Assert.Contains("secure", secure, StringComparison.Ordinal);
        Assert.Contains("path=/;", secure, StringComparison.Ordinal);
        Assert.DoesNotContain("domain", secure, StringComparison.Ordinal);
        Assert.Equal("max-age=31536000", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/session");
        request.Headers.Add("Cookie", secure.Split(';')[0]);
        Assert.Equal(HttpStatusCode.OK, (await behind.Client.SendAsync(request, Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_session_ends_after_eight_idle_hours_and_after_a_day_in_any_case()
    {
        var clock = new ManualClock();
        await using var node = await TestNode.StartAsync(configure: builder => builder.Services.AddSingleton<TimeProvider>(clock));
        using var idle = await Visitor.SignedInAsync(node, "idle", Role.Analyst);
        using var busy = await Visitor.SignedInAsync(node, "busy", Role.Analyst);
        for (var hours = 5; hours < 24; hours += 5)
        {
            clock.Advance(TimeSpan.FromHours(5));
            Assert.Equal(HttpStatusCode.OK, await busy.StatusAsync("/api/session"));
            Assert.Equal(hours < 8 ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, hours == 5 ? HttpStatusCode.OK : await idle.StatusAsync("/api/session"));
        }
        clock.Advance(TimeSpan.FromHours(4.1));
        Assert.Equal(HttpStatusCode.Unauthorized, await busy.StatusAsync("/api/session"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Disabling_and_other_roles_end_sessions_and_keys_at_once(string store)
    {
        await using var node = await TestNode.StartAsync(store);
        var administrator = await node.ClientForAsync(Role.Administrator);
        using var analyst = await Visitor.SignedInAsync(node, "analyst", Role.Analyst);
        var analystId = (await analyst.Client.GetFromJsonAsync<JsonElement>("/api/session", Cancel)).GetProperty("account").GetProperty("id").GetString();
        var (program, owner) = await node.MemberAsync([Role.Analyst]);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/session", Cancel)).StatusCode);

        Assert.Equal(HttpStatusCode.OK, (await administrator.PatchAsJsonAsync($"/api/accounts/{analystId}", new { roles = new[] { "auditor" } }, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await analyst.StatusAsync("/api/session"));
        Assert.Equal(HttpStatusCode.OK, (await administrator.PatchAsJsonAsync($"/api/accounts/{owner.Id}", new { disabled = true }, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/session", Cancel)).StatusCode);

        // A key never gives more than its owner has by now.
        var (reader, demoted) = await node.MemberAsync([Role.Analyst]);
        Assert.Equal(HttpStatusCode.OK, (await administrator.PatchAsJsonAsync($"/api/accounts/{demoted.Id}", new { roles = new[] { "liaison" } }, Cancel)).StatusCode);
        var rights = (await reader.GetFromJsonAsync<JsonElement>("/api/session", Cancel)).GetProperty("rights").EnumerateArray().Select(right => right.GetString());
        Assert.Equal(["screen", "readAlerts", "readSubjects", "manageOwnKeys", "readRecords", "proposeReleases", "askOverlap", "readPartners"], rights);
    }

    [Fact]
    public async Task A_new_password_ends_other_sessions_and_not_ones_own()
    {
        await using var node = await TestNode.StartAsync();
        using var own = await Visitor.SignedInAsync(node, "salma", Role.Analyst);
        using var other = new Visitor(node);
        await other.TryAsync("salma", Visitor.Password);
        Assert.Equal(HttpStatusCode.BadRequest, (await own.Client.PutAsJsonAsync("/api/session/password", new { current = "something else", password = "a new and longer one" }, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await own.Client.PutAsJsonAsync("/api/session/password", new { current = Visitor.Password, password = "short" }, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await own.Client.PutAsJsonAsync("/api/session/password", new { current = Visitor.Password, password = "a new and longer one" }, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await own.StatusAsync("/api/session"));
        Assert.Equal(HttpStatusCode.Unauthorized, await other.StatusAsync("/api/session"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await other.TryAsync("salma", Visitor.Password)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await other.TryAsync("salma", "a new and longer one")).StatusCode);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Sessions_outlive_a_restart(string store)
    {
        var folder = Directory.CreateTempSubdirectory("entente-restart-");
        var postgres = store == Stores.Postgres ? Stores.NewPostgresDatabase() : null;
        string? cookie;
        await using (var node = await TestNode.StartAsync(options: options => options with { Postgres = postgres }, dataFolder: folder.FullName))
        {
            using var visitor = await Visitor.SignedInAsync(node, "salma", Role.Analyst);
            cookie = visitor.Session;
        }
        await using (var node = await TestNode.StartAsync(options: options => options with { Postgres = postgres }, dataFolder: folder.FullName))
        {
            using var visitor = new Visitor(node);
            visitor.Cookies.Add(visitor.Client.BaseAddress!, new Cookie(SessionCookieName.Plain, cookie));
            Assert.Equal(HttpStatusCode.OK, await visitor.StatusAsync("/api/session"));
        }
        folder.Delete(recursive: true);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Guessing_locks_the_account_for_longer_each_time_and_the_answer_never_says_why(string store)
    {
        var clock = new ManualClock();
        await using var node = await TestNode.StartAsync(store, configure: builder => builder.Services.AddSingleton<TimeProvider>(clock));
        await Visitor.MakeAsync(node, "salma", Role.Analyst);
        using var visitor = new Visitor(node);
        var unknown = await AnswerAsync(visitor, "nobody", Visitor.Password);
        foreach (var minutes in new[] { 15, 30 })
        {
            // All at once: they are counted one after another all the same.
            var answers = await Task.WhenAll(Enumerable.Range(0, SignInService.FailuresToLock).Select(_ => AnswerAsync(visitor, "salma", "wrong wrong wrong")));
            Assert.All(answers, answer => Assert.Equal(unknown, answer));
            clock.Advance(TimeSpan.FromMinutes(minutes - 1));
            Assert.Equal(unknown, await AnswerAsync(visitor, "salma", Visitor.Password));
            clock.Advance(TimeSpan.FromMinutes(1.1));
        }
        Assert.Equal(HttpStatusCode.OK, (await visitor.TryAsync("salma", Visitor.Password)).StatusCode);
        await using var db = node.Store.Open();
        var account = await db.Accounts.AsNoTracking().SingleAsync(Cancel);
        Assert.Equal((0, null), (account.FailedSignIns, account.LockedUntil));
    }

    [Fact]
    public void Locks_grow_to_a_bound() =>
        Assert.Equal([15, 30, 60, 120, 240, 240, 240], new[] { 1, 2, 3, 4, 5, 6, 1000 }.Select(nth => (int)SignInService.LockFor(nth).TotalMinutes));

    [Fact]
    public async Task An_address_that_guesses_is_told_to_wait_and_others_are_not()
    {
        var clock = new ManualClock();
        await using var node = await TestNode.StartAsync(
            options: options => options with { TrustedProxies = ["127.0.0.1"] }, configure: builder => builder.Services.AddSingleton<TimeProvider>(clock));
        await Visitor.MakeAsync(node, "salma", Role.Analyst);
        using var guesser = new Visitor(node);
        guesser.Client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        using var colleague = new Visitor(node);
        colleague.Client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.8");
        for (var i = 0; i < GuessLimiter.Most; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await guesser.TryAsync($"guess{i}", "wrong wrong wrong")).StatusCode);
        var refused = await guesser.TryAsync("salma", Visitor.Password);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromMinutes(9), GuessLimiter.Window);
        Assert.Equal(HttpStatusCode.OK, (await colleague.TryAsync("salma", Visitor.Password)).StatusCode);
        clock.Advance(GuessLimiter.Window);
        Assert.Equal(HttpStatusCode.OK, (await guesser.TryAsync("salma", Visitor.Password)).StatusCode);
    }

    [Fact]
    public async Task What_another_site_makes_a_browser_send_is_refused()
    {
        await using var node = await TestNode.StartAsync();
        using var visitor = await Visitor.SignedInAsync(node, "salma", Role.Analyst);
        foreach (var (header, value, expected) in new[]
        {
            ("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden), ("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden), ("Origin", "https://evil.example", HttpStatusCode.Forbidden),
            ("Origin", "null", HttpStatusCode.Forbidden), ("Sec-Fetch-Site", "same-origin", HttpStatusCode.NoContent), ("Origin", node.Client.BaseAddress!.GetLeftPart(UriPartial.Authority), HttpStatusCode.NoContent),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, "/api/session/language") { Content = JsonContent.Create(new { language = "fr" }) };
            request.Headers.Add(header, value);
            Assert.Equal(expected, (await visitor.Client.SendAsync(request, Cancel)).StatusCode);
        }
        // A connection that another site opens would take orders with the reader's cookie.
        using var socket = new HttpRequestMessage(HttpMethod.Get, "/_blazor");
        foreach (var (name, value) in new[] { ("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA=="), ("Origin", "https://evil.example") })
            socket.Headers.TryAddWithoutValidation(name, value);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.Client.SendAsync(socket, Cancel)).StatusCode);

        var program = await node.ClientForAsync(Role.Analyst);
        using var byKey = new HttpRequestMessage(HttpMethod.Delete, "/api/keys/none");
        byKey.Headers.Add("Sec-Fetch-Site", "cross-site");
        Assert.Equal(HttpStatusCode.NotFound, (await program.SendAsync(byKey, Cancel)).StatusCode);
    }

    [Fact]
    public async Task Connected_pages_ask_again_whether_the_session_stands()
    {
        await using var node = await TestNode.StartAsync();
        await using var scope = node.Services.CreateAsyncScope();
        Assert.IsType<CircuitAccess>(scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>());
    }

    private static async Task<(HttpStatusCode, string?)> AnswerAsync(Visitor visitor, string login, string password)
    {
        using var answer = await visitor.TryAsync(login, password);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("detail").GetString());
    }

    private static async Task<List<string>> ActionsAsync(TestNode node)
    {
        await using var db = node.Store.Open();
        return await db.Audit.OrderBy(entry => entry.Seq).Select(entry => entry.Action).ToListAsync(Cancel);
    }
}
