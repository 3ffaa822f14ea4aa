using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Entente.Node.Store;
using Entente.Node.Web;

namespace Entente.Node.Docs;

/// <summary>The description of the API as a page: made of the same document, without scripts and without content of other hosts.</summary>
/// <param name="services">Where the document comes from.</param>
internal sealed class ApiPage(IServiceProvider services)
{
    private static readonly JsonSerializerOptions Indented = new(NodeJson.Options) { WriteIndented = true };

    private string? _page;

    /// <summary>The page; made when first asked for.</summary>
    public async Task<string> GetAsync(CancellationToken cancel) => _page ??= Make(await DocsCapability.DocumentAsync(services, cancel).ConfigureAwait(false));

    private static string Make(JsonObject document)
    {
        var page = new StringBuilder();
        page.Append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Entente API</title><link rel=\"stylesheet\" href=\"")
            .Append(WebAssets.Href("assets/entente.css")).Append("\"></head><body class=\"docs\"><main id=\"main\"><h1>Entente API ").Append(Html(Text(document["info"], "version")))
            .Append("</h1><p>").Append(Words(Text(document["info"], "description"))).Append("</p><p><a href=\"/openapi/v1.json\">OpenAPI document</a></p>");
        page.Append("<h2>Who asks</h2><dl>");
        foreach (var (name, scheme) in Object(document["components"]?["securitySchemes"]))
            page.Append("<dt>").Append(Html(name)).Append("</dt><dd>").Append(Words(Text(scheme, "description"))).Append("</dd>");
        page.Append("</dl>");
        var operations = Object(document["paths"]).SelectMany(path => Object(path.Value).Where(operation => operation.Value is JsonObject { } item && item.ContainsKey("responses")).Select(operation => (Path: path.Key, Method: operation.Key, Operation: operation.Value!)));
        foreach (var tag in operations.GroupBy(operation => (string?)operation.Operation["tags"]?[0] ?? "Others"))
        {
            page.Append("<section><h2>").Append(Html(tag.Key)).Append("</h2>");
            foreach (var (path, method, operation) in tag)
                WriteOperation(page, path, method, operation);
            page.Append("</section>");
        }
        page.Append("<section><h2>Shapes</h2>");
        foreach (var (name, schema) in Object(document["components"]?["schemas"]))
            page.Append("<details id=\"shape-").Append(Html(name)).Append("\"><summary>").Append(Html(name)).Append("</summary><pre tabindex=\"0\">").Append(Html(Json(schema))).Append("</pre></details>");
        return page.Append("</section></main></body></html>").ToString();
    }

    private static void WriteOperation(StringBuilder page, string path, string method, JsonNode operation)
    {
        page.Append("<details><summary><code>").Append(Html(method.ToUpperInvariant())).Append(' ').Append(Html(path)).Append("</code> ").Append(Html(Text(operation, "summary"))).Append("</summary><p>").Append(Words(Text(operation, "description"))).Append("</p>");
        if (operation["parameters"] is JsonArray { Count: > 0 } parameters)
        {
            page.Append("<table><thead><tr><th scope=\"col\">parameter</th><th scope=\"col\">in</th><th scope=\"col\">what it does</th><th scope=\"col\">example</th></tr></thead><tbody>");
            foreach (var parameter in parameters)
                page.Append("<tr><th scope=\"row\"><code>").Append(Html(Text(parameter, "name"))).Append("</code></th><td>").Append(Html(Text(parameter, "in"))).Append("</td><td>").Append(Words(Text(parameter, "description"))).Append("</td><td>").Append(Html(parameter?["example"]?.ToJsonString(NodeJson.Options) ?? "")).Append("</td></tr>");
            page.Append("</tbody></table>");
        }
        foreach (var (media, body) in Object(operation["requestBody"]?["content"]))
        {
            page.Append("<h3>Body: ").Append(Html(media)).Append(' ').Append(Shape(body?["schema"])).Append("</h3>");
            if (body?["example"] is { } example)
                page.Append("<pre tabindex=\"0\">").Append(Html(Json(example))).Append("</pre>");
        }
        page.Append("<h3>Answers</h3><ul>");
        foreach (var (status, response) in Object(operation["responses"]))
        {
            page.Append("<li><code>").Append(Html(status)).Append("</code> ").Append(Html(Text(response, "description")));
            foreach (var (media, body) in Object(response?["content"]))
                page.Append(" — ").Append(Html(media)).Append(' ').Append(Shape(body?["schema"]));
            page.Append("</li>");
        }
        page.Append("</ul></details>");
    }

    private static string Shape(JsonNode? schema) => (string?)schema?["$ref"] is { } reference && reference.Split('/')[^1] is var name
        ? $"<a href=\"#shape-{Html(name)}\">{Html(name)}</a>"
        : schema?["type"]?.ToString() == "array" ? "list of " + Shape(schema["items"]) : "";

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Object(JsonNode? node) => node as JsonObject ?? [];

    private static string Text(JsonNode? node, string name) => (string?)node?[name] ?? "";

    private static string Json(JsonNode? node) => node?.ToJsonString(Indented) ?? "";

    private static string Html(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Text in which code stands between backquotes.</summary>
    private static string Words(string text) => string.Concat(text.Split('`').Select((part, at) => at % 2 == 1 ? $"<code>{Html(part)}</code>" : Html(part).Replace("\n\n", "<br>", StringComparison.Ordinal)));
}
