using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Entente.Node.Access;
using Entente.Node.Bulk;
using Entente.Node.Store;
using Entente.Node.Telemetry;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Node.Tests.Access;

/// <summary>Walks every route of the running node with every role, and holds the tables of <c>docs/security.md</c>.</summary>
/// <remarks>Whoever adds a route runs this with <c>ENTENTE_WRITE_DOCS=1</c>, which writes the tables anew, and reads what changed.</remarks>
public sealed partial class RouteTableTests
{
    private const string Anybody = "anybody", SignedIn = "signed in", Or = " or ";

    private static readonly Role[] Everyone = Enum.GetValues<Role>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_document_shows_what_each_role_may_and_what_each_route_asks_for()
    {
        await using var node = await StartAsync();
        var path = Document();
        var text = await File.ReadAllTextAsync(path, Cancel);
        var truth = With(With(text, "rights", RightsTable()), "routes", RoutesTable(RoutesOf(node)));
        if (Environment.GetEnvironmentVariable("ENTENTE_WRITE_DOCS") == "1")
            await File.WriteAllTextAsync(path, truth, Cancel);
        else
            Assert.True(text == truth, $"docs/security.md does not show the rights as they are: run this test with ENTENTE_WRITE_DOCS=1, and read what changed.\n{FirstDifference(text, truth)}");
    }

    [Fact]
    public async Task Every_route_says_whom_it_lets_in()
    {
        await using var node = await StartAsync();
        Assert.Empty(RoutesOf(node).Where(route => route.Who is null).Select(route => $"{route.Method} {route.Path}"));
    }

    [Fact]
    public async Task Every_route_lets_in_whom_it_says_and_nobody_else()
    {
        await using var node = await StartAsync();
        var callers = new List<(string Name, HttpClient Client, bool Known, IReadOnlyList<Right> Rights)> { ("nobody", node.Client, false, []) };
        foreach (var role in Everyone)
            callers.Add((role.ToString(), await node.ClientForAsync(role), true, RoleRights.Of([role])));
        callers.Add(("no role", await node.ClientForAsync(), true, []));
        callers.Add(("key without scopes", (await node.MemberAsync(Everyone, [])).Client, true, []));

        var wrong = new List<string>();
        foreach (var route in RoutesOf(node))
        {
            foreach (var (name, client, known, rights) in callers)
            {
                var status = await StatusAsync(client, route);
                var expected = route.Who switch
                {
                    Anybody => null,
                    _ when !known => HttpStatusCode.Unauthorized,
                    SignedIn => null,
                    var asked => asked?.Split(Or).Any(right => rights.Any(held => held.ToString() == right)) == true ? (HttpStatusCode?)null : HttpStatusCode.Forbidden,
                };
                // Whoever signs in wrongly is answered 401 as well.
                var refused = status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden && !(route.Who == Anybody && route.Path == "/api/session");
                if (expected is null ? refused : status != expected)
                    wrong.Add($"{route.Method} {route.Path} asks for '{route.Who}' and answered {(int)status} to {name}");
            }
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task What_belongs_to_somebody_else_is_not_found_or_refused()
    {
        await using var node = await StartAsync();
        var (_, owner) = await node.MemberAsync([Role.Analyst]);
        await using var db = node.Store.Open();
        var key = (await db.ApiKeys.AsNoTracking().SingleAsync(key => key.AccountId == owner.Id, Cancel)).Id;
        var job = await node.Ledger.ActAsync(Actor.System("test"), act =>
        {
            var job = new BulkJob { Id = NodeId.New(act.At), AccountId = owner.Id, FileName = "a.csv", Sha256 = new string('0', 64), InputSha256 = new string('0', 64), BegunBy = $"account:{owner.Id}", Options = "{}", State = BulkState.Done, CreatedAt = act.At };
            act.Db.BulkJobs.Add(job);
            return Task.FromResult(job.Id);
        }, Cancel);
        var routes = RoutesOf(node);
        var wrong = new List<string>();
        foreach (var role in new[] { Role.Analyst, Role.Reviewer, Role.Liaison })
        {
            var other = await node.ClientForAsync(role);
            foreach (var (prefix, id) in new[] { ("/api/keys/", key), ("/api/bulk/", job) })
            {
                foreach (var route in routes.Where(route => route.Path.StartsWith(prefix, StringComparison.Ordinal) && route.Path.Contains('{')))
                {
                    var status = await StatusAsync(other, route, id);
                    if (status is not (HttpStatusCode.NotFound or HttpStatusCode.Forbidden))
                        wrong.Add($"{route.Method} {route.Path} answered {(int)status} to a {role} who does not own it");
                }
            }
        }
        Assert.Empty(wrong);
        Assert.Null((await db.ApiKeys.AsNoTracking().SingleAsync(kept => kept.Id == key, Cancel)).RevokedAt);
    }

    /// <summary>Where being on this machine gives no rights: the test is.</summary>
    private static Task<TestNode> StartAsync() => TestNode.StartAsync(options: options => options with { MetricsFromLoopback = false });

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, Route route, string? id = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), Parameter().Replace(route.Path, match => id ?? (match.Value.Contains(":int", StringComparison.Ordinal) || match.Value.Contains(":long", StringComparison.Ordinal) ? "0" : "none")));
        request.Headers.Accept.ParseAdd("application/json");
        // Good JSON that asks for nothing.
        if (route.Method is "POST" or "PUT" or "PATCH")
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        return answer.StatusCode;
    }

    private static List<Route> RoutesOf(TestNode node)
    {
        var routes = new List<Route>();
        foreach (var endpoint in node.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var path = "/" + endpoint.RoutePattern.RawText?.Trim('/');
            var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"];
            routes.AddRange(methods.Where(method => method != "HEAD").Select(method => new Route(method, path, WhoOf(endpoint))));
        }
        return [.. routes.Distinct().OrderBy(route => route.Path, StringComparer.Ordinal).ThenBy(route => route.Method, StringComparer.Ordinal)];
    }

    private static string? WhoOf(RouteEndpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            return Anybody;
        if (endpoint.Metadata.GetMetadata<AnyRightMetadata>() is { } any)
            return string.Join(Or, any.Rights);
        var asked = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>();
        var rights = asked.OfType<RequireRightAttribute>().Select(attribute => attribute.Right.ToString()).Distinct().ToList();
        return rights.Count switch
        {
            1 => rights[0],
            > 1 => throw new InvalidOperationException($"{endpoint.RoutePattern.RawText} asks for {string.Join(" and ", rights)}: one right is enough."),
            _ when asked.Any(attribute => attribute.Policy == TelemetryCapability.MetricsPolicy) => nameof(Right.ReadMetrics),
            _ when asked.OfType<RequireSignInAttribute>().Any() => SignedIn,
            _ => null,
        };
    }

    private static string RightsTable()
    {
        var table = new StringBuilder($"| right | {string.Join(" | ", Everyone.Select(role => role.ToString().ToLowerInvariant()))} |\n|---|{string.Concat(Everyone.Select(_ => "---|"))}\n");
        foreach (var right in Enum.GetValues<Right>())
            table.Append(CultureInfo.InvariantCulture, $"| {right} | {string.Join(" | ", Everyone.Select(role => RoleRights.Of([role]).Contains(right) ? "yes" : ""))} |\n");
        return table.ToString();
    }

    private static string RoutesTable(IEnumerable<Route> routes)
    {
        var table = new StringBuilder("| route | methods | who |\n|---|---|---|\n");
        // Blazor's own and the assets come in many files, and all alike.
        foreach (var group in routes.Where(route => !route.Path.StartsWith("/assets/", StringComparison.Ordinal) && !route.Path.StartsWith("/_", StringComparison.Ordinal)).GroupBy(route => (route.Path, route.Who)))
            table.Append(CultureInfo.InvariantCulture, $"| `{group.Key.Path}` | {string.Join(", ", group.Select(route => route.Method))} | {group.Key.Who ?? "nobody"} |\n");
        return table.ToString();
    }

    private static string With(string text, string name, string table)
    {
        var (begin, end) = ($"<!-- {name}: begin -->\n", $"<!-- {name}: end -->");
        var (from, to) = (text.IndexOf(begin, StringComparison.Ordinal), text.IndexOf(end, StringComparison.Ordinal));
        Assert.True(from >= 0 && to > from, $"docs/security.md lacks its markers of '{name}'");
        return text[..(from + begin.Length)] + table + text[to..];
    }

    private static string FirstDifference(string shown, string truth)
    {
        var (left, right) = (shown.Split('\n').ToHashSet(), truth.Split('\n').ToHashSet());
        return $"not true any more: {string.Join("\n  ", left.Except(right).Take(5))}\nnot shown: {string.Join("\n  ", right.Except(left).Take(20))}";
    }

    private static string Document([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/security.md"));

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    private sealed record Route(string Method, string Path, string? Who);
}
