using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Entente.Node.Access;
using Entente.Node.Tests.Store;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Node.Tests.Api;

/// <summary>The description of the API says what is there, and what it says is so.</summary>
public sealed class OpenApiTests(OpenApiTests.SampleNode sample) : IClassFixture<OpenApiTests.SampleNode>
{
    private static readonly string[] Methods = ["get", "post", "put", "delete", "patch"];

    [Fact]
    public async Task Every_route_of_the_API_is_described()
    {
        var described = Operations(await DocumentAsync()).Select(operation => $"{operation.Method.ToUpperInvariant()} {operation.Path}").ToHashSet(StringComparer.Ordinal);
        var mapped = sample.Node.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>()?.ExcludeFromDescription != true && endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is null)
            .Where(endpoint => IsOfTheApi("/" + endpoint.RoutePattern.RawText!.Trim('/')))
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Select(method => $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}"))
            .Where(route => !route.StartsWith("HEAD ", StringComparison.Ordinal))
            .Distinct().ToList();
        Assert.True(mapped.Count > 20, "Where are the routes?");
        Assert.Equal([], mapped.Select(WithoutConstraints).Except(described));
    }

    [Fact]
    public async Task Every_operation_says_what_it_does_who_may_and_what_comes()
    {
        var document = await DocumentAsync();
        Assert.StartsWith("3.", (string?)document["openapi"], StringComparison.Ordinal);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var faults = new List<string>();
        foreach (var (path, method, operation) in Operations(document))
        {
            void Must(bool good, string what)
            {
                if (!good)
                    faults.Add($"{method} {path}: {what}");
            }

            Must(!string.IsNullOrWhiteSpace((string?)operation["summary"]), "no summary");
            Must(ids.Add((string?)operation["operationId"] ?? ""), "an operationId that another has");
            Must(operation["tags"] is JsonArray { Count: > 0 }, "no tag");
            var responses = operation["responses"]!.AsObject();
            Must(responses.Any(response => response.Key[0] is '2' or '3'), "no good answer");
            Must(responses.Where(response => response.Key is "200" or "201").All(response => response.Value!["content"] is JsonObject { Count: > 0 } content && content.All(media => media.Value!["schema"] is not null)), "an answer without a shape");
            var security = operation["security"] as JsonArray ?? [];
            Must(security.Count == 0 || responses.ContainsKey("401"), "no 401");
            Must(responses.Where(response => response.Key[0] is '4' or '5').All(response => response.Value!["content"] is null || response.Value["content"]!["application/problem+json"] is not null), "an error that is no problem");
            foreach (System.Text.RegularExpressions.Match part in System.Text.RegularExpressions.Regex.Matches(path, @"\{(\w+)\}"))
                Must((operation["parameters"] as JsonArray ?? []).Any(parameter => (string?)parameter!["name"] == part.Groups[1].Value && (string?)parameter["in"] == "path" && (bool?)parameter["required"] == true), $"no parameter {part.Groups[1].Value}");
        }
        Assert.True(faults.Count == 0, string.Join("\n", faults));
        var schemes = document["components"]!["securitySchemes"]!.AsObject();
        Assert.Equal("bearer", (string?)schemes["key"]!["scheme"]);
        Assert.Equal("cookie", (string?)schemes["session"]!["in"]);
        Assert.Empty(Broken(document, document));
    }

    /// <summary>What the description gives as an example is answered well by the sample list.</summary>
    [Fact]
    public async Task The_examples_work_when_they_are_sent()
    {
        var document = await DocumentAsync();
        var sent = 0;
        foreach (var (path, method, operation) in Operations(document))
        {
            if (!new[] { "OpenSanctions shapes", "Reconciliation", "Watchman shapes", "Entities" }.Contains((string?)operation["tags"]?[0]))
                continue;
            var address = path;
            var query = new List<string>();
            foreach (var parameter in operation["parameters"] as JsonArray ?? [])
            {
                if (parameter!["example"] is not { } example)
                    continue;
                var value = Uri.EscapeDataString((example is JsonArray many ? many[0] : example)!.ToString());
                if ((string?)parameter["in"] == "path")
                    address = address.Replace($"{{{parameter["name"]}}}", value, StringComparison.Ordinal);
                else
                    query.Add($"{parameter["name"]}={value}");
            }
            using var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), address + (query.Count > 0 ? "?" + string.Join('&', query) : ""));
            if (operation["requestBody"]?["content"]?.AsObject().First() is { } body)
                request.Content = body.Key == "application/json"
                    ? new StringContent(body.Value!["example"]!.ToJsonString(), Encoding.UTF8, body.Key)
                    : new FormUrlEncodedContent(body.Value!["example"]!.AsObject().Select(field => KeyValuePair.Create(field.Key, field.Value!.ToString())));
            using var answer = await sample.Analyst.SendAsync(request, Http.Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{request.RequestUri}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Http.Cancel)}");
            sent++;
            // The shape that is described has the members that come.
            if (operation["responses"]!["200"]!["content"]?["application/json"]?["schema"] is { } schema && Resolve(document, schema)["properties"] is JsonObject properties)
            {
                var members = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Http.Cancel))!.AsObject();
                Assert.Empty(members.Select(member => member.Key).Where(member => !properties.ContainsKey(member)).Select(member => $"{path} gives '{member}', which is not described"));
                Assert.Empty((Resolve(document, schema)["required"] as JsonArray ?? []).Select(member => member!.ToString()).Where(member => !members.ContainsKey(member)).Select(member => $"{path} does not give '{member}'"));
            }
        }
        Assert.True(sent >= 15, $"{sent}");
    }

    /// <summary>The node's own API, whose shapes stand in a table: what comes is what is described, member by member, down to the last.</summary>
    [Fact]
    public async Task Answers_of_the_own_API_have_the_shapes_that_are_described()
    {
        var document = await DocumentAsync();
        var everything = await sample.Node.ClientForAsync(Enum.GetValues<Role>());
        var faults = new List<string>();
        async Task<JsonNode> AskAsync(string method, string path, string address, string? body = null)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
            using var answer = await everything.SendAsync(request, Http.Cancel);
            var text = await answer.Content.ReadAsStringAsync(Http.Cancel);
            Assert.True(answer.IsSuccessStatusCode, $"{method} {address}: {(int)answer.StatusCode} {text}");
            var described = document["paths"]![path]![method.ToLowerInvariant()]!["responses"]![((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture)];
            if (described is null)
                faults.Add($"{method} {path}: {(int)answer.StatusCode} is not described");
            if (text.Length == 0)
                return new JsonObject();
            var node = JsonNode.Parse(text)!;
            faults.AddRange(Differences(document, described!["content"]!["application/json"]!["schema"]!, node, $"{method} {path}"));
            return node;
        }

        const string Query = """{"queries":{"q":{"schema":"Person","subject":"doc-1","properties":{"name":["Tarek Kadiri"],"birthDate":["1971"]}}}}""";
        var screened = await AskAsync("POST", "/api/screenings", "/api/screenings", Query);
        var alert = (string)screened["answers"]!["q"]!["alerts"]![0]!["id"]!;
        await AskAsync("GET", "/api/alerts", "/api/alerts");
        await AskAsync("GET", "/api/alerts/counts", "/api/alerts/counts");
        await AskAsync("GET", "/api/alerts/colleagues", "/api/alerts/colleagues");
        await AskAsync("POST", "/api/alerts/{id}/comments", $"/api/alerts/{alert}/comments", """{"text":"Seen."}""");
        await AskAsync("POST", "/api/alerts/{id}/assign", $"/api/alerts/{alert}/assign", """{"revision":1,"to":"me"}""");
        await AskAsync("POST", "/api/alerts/{id}/decisions", $"/api/alerts/{alert}/decisions", """{"revision":2,"verdict":"unresolved","reason":"Not enough is known."}""");
        await AskAsync("GET", "/api/alerts/{id}", $"/api/alerts/{alert}");
        await AskAsync("PUT", "/api/subjects/{reference}", "/api/subjects/doc-2", """{"schema":"Person","properties":{"name":["Tarek Kadiri"]}}""");
        await AskAsync("PUT", "/api/subjects/{reference}", "/api/subjects/doc-2", """{"schema":"Person","properties":{"name":["Tarek Kadiri"],"birthDate":["1971"]}}""");
        await AskAsync("GET", "/api/subjects", "/api/subjects");
        await AskAsync("GET", "/api/subjects/{reference}", "/api/subjects/doc-2");
        await AskAsync("GET", "/api/monitoring", "/api/monitoring");
        await AskAsync("GET", "/api/feed", "/api/feed");
        var hook = (string)(await AskAsync("POST", "/api/webhooks", "/api/webhooks", """{"address":"http://127.0.0.1:9/hook"}"""))["id"]!;
        await AskAsync("POST", "/api/webhooks/{id}/test", $"/api/webhooks/{hook}/test", "{}");
        await AskAsync("GET", "/api/webhooks", "/api/webhooks");
        await AskAsync("GET", "/api/webhooks/{id}/deliveries", $"/api/webhooks/{hook}/deliveries");
        await AskAsync("PATCH", "/api/webhooks/{id}", $"/api/webhooks/{hook}", """{"paused":true}""");
        await AskAsync("DELETE", "/api/webhooks/{id}", $"/api/webhooks/{hook}");
        await AskAsync("GET", "/api/session", "/api/session");
        var account = (string)(await AskAsync("POST", "/api/accounts", "/api/accounts", """{"login":"described","displayName":"Described","roles":["analyst"]}"""))["account"]!["id"]!;
        await AskAsync("GET", "/api/accounts", "/api/accounts");
        await AskAsync("GET", "/api/accounts/{id}", $"/api/accounts/{account}");
        await AskAsync("PATCH", "/api/accounts/{id}", $"/api/accounts/{account}", """{"displayName":"Otherwise"}""");
        await AskAsync("POST", "/api/accounts/{id}/invitation", $"/api/accounts/{account}/invitation", "{}");
        var key = (string)(await AskAsync("POST", "/api/keys", "/api/keys", """{"name":"described","scopes":["screen"]}"""))["key"]!["id"]!;
        await AskAsync("GET", "/api/keys", "/api/keys");
        await AskAsync("DELETE", "/api/keys/{id}", $"/api/keys/{key}");
        await AskAsync("GET", "/api/settings", "/api/settings");
        await AskAsync("PUT", "/api/settings/{name}", "/api/settings/policy.limit", """{"value":9}""");
        await AskAsync("DELETE", "/api/settings/{name}", "/api/settings/policy.limit");
        await AskAsync("GET", "/api/audit", "/api/audit");
        await AskAsync("GET", "/api/audit/{seq}", "/api/audit/1");
        await AskAsync("POST", "/api/audit/verify", "/api/audit/verify", "{}");
        await AskAsync("POST", "/api/audit/replay/{id}", $"/api/audit/replay/{screened["screening"]}", "{}");
        await AskAsync("GET", "/api/audit/retention", "/api/audit/retention");
        await AskAsync("GET", "/api/lists", "/api/lists");
        await AskAsync("GET", "/api/bulk", "/api/bulk");
        await AskAsync("GET", "/api/entities/{id}", "/api/entities/un-XXi.001");
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    /// <summary>Where an answer is other than the schema says: members too many or too few, all the way down.</summary>
    private static IEnumerable<string> Differences(JsonObject document, JsonNode schema, JsonNode? value, string at)
    {
        if (value is null)
            yield break;
        var resolved = Resolve(document, schema);
        if (resolved["oneOf"] is JsonArray either)
            resolved = Resolve(document, either.First(one => (string?)one!["type"] != "null")!);
        switch (value)
        {
            case JsonObject item:
                var properties = resolved["properties"] as JsonObject;
                var others = resolved["additionalProperties"];
                if (properties is null && others is null)
                    yield break; // anything
                foreach (var (name, member) in item)
                {
                    if ((properties?[name] ?? others) is JsonObject known)
                    {
                        foreach (var fault in Differences(document, known, member, $"{at}.{name}"))
                            yield return fault;
                    }
                    else
                    {
                        yield return $"{at} has '{name}', which is not described";
                    }
                }
                foreach (var missing in (resolved["required"] as JsonArray ?? []).Select(name => name!.ToString()).Where(name => !item.ContainsKey(name)))
                    yield return $"{at} lacks '{missing}'";
                break;
            case JsonArray items when resolved["items"] is { } each:
                foreach (var fault in items.Take(5).SelectMany(one => Differences(document, each, one, at + "[]")))
                    yield return fault;
                break;
            case JsonArray when resolved["type"] is { } type && !type.ToJsonString().Contains("array", StringComparison.Ordinal):
                yield return $"{at} is a list and not described as one";
                break;
        }
    }

    [Fact]
    public async Task People_read_the_same_on_a_page_without_scripts_or_other_hosts()
    {
        using var answer = await sample.Node.Client.GetAsync("/docs/api", Http.Cancel);
        var page = await answer.Content.ReadAsStringAsync(Http.Cancel);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("style=", page);
        Assert.DoesNotMatch("(src|href)=\"(https?:)?//", page);
        Assert.All(Operations(await DocumentAsync()), operation => Assert.Contains(operation.Path, page));
    }

    private async Task<JsonObject> DocumentAsync() => JsonNode.Parse(await sample.Node.Client.GetStringAsync("/openapi/v1.json", Http.Cancel))!.AsObject();

    private static IEnumerable<(string Path, string Method, JsonObject Operation)> Operations(JsonObject document) =>
        document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Where(item => Methods.Contains(item.Key)).Select(item => (path.Key, item.Key, item.Value!.AsObject())));

    /// <summary>Pages, assets and what Blazor talks by are no API.</summary>
    private static bool IsOfTheApi(string path) =>
        new[] { "/api/", "/match/", "/search/", "/entities/", "/catalog", "/algorithms", "/reconcile/", "/v2/", "/healthz", "/readyz" }.Any(start => path.StartsWith(start, StringComparison.Ordinal));

    private static string WithoutConstraints(string route) => System.Text.RegularExpressions.Regex.Replace(route, @"\{(\w+)[^}]*\}", "{$1}");

    private static JsonObject Resolve(JsonObject document, JsonNode schema) =>
        (string?)schema["$ref"] is { } reference ? document["components"]!["schemas"]![reference.Split('/')[^1]]!.AsObject() : schema.AsObject();

    /// <summary>References that lead nowhere.</summary>
    private static IEnumerable<string> Broken(JsonObject document, JsonNode? node) => node switch
    {
        JsonObject item => item.SelectMany(member => member is { Key: "$ref", Value: JsonValue value }
            ? document["components"]!["schemas"]!.AsObject().ContainsKey(value.ToString().Split('/')[^1]) ? [] : [value.ToString()]
            : Broken(document, member.Value)),
        JsonArray items => items.SelectMany(child => Broken(document, child)),
        _ => [],
    };

    /// <summary>A node with the sample list alone.</summary>
    public sealed class SampleNode : IAsyncLifetime
    {
        private TestNode? _node;

        internal TestNode Node => _node!;

        public HttpClient Analyst { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            _node = await TestNode.StartAsync(Stores.Sqlite);
            Analyst = await _node.ClientForAsync(Role.Analyst);
            await ApiNode.ReadyAsync(_node);
        }

        public ValueTask DisposeAsync() => Node.DisposeAsync();
    }
}
