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
