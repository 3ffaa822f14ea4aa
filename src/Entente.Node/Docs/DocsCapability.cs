using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json;

namespace Entente.Node.Docs;

/// <summary>The description of the API: for programs at <c>/openapi/v1.json</c>, for people at <c>/docs/api</c>.</summary>
internal static class DocsCapability
{
    private const string Name = "v1";

    public static void AddDocs(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase)));
        services.AddSingleton<ApiPage>();
        services.AddOpenApi(Name, openApi =>
        {
            openApi.AddDocumentTransformer<DocumentDocs>();
            openApi.AddOperationTransformer<OperationDocs>();
        });
    }

    /// <summary>Anybody may read what this program can do: it is in its source.</summary>
    public static void MapDocs(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi().AllowAnonymous();
        routes.MapGet("/docs/api", async (HttpContext http, ApiPage page) =>
            {
                http.Response.ContentType = "text/html; charset=utf-8";
                await http.Response.WriteAsync(await page.GetAsync(http.RequestAborted).ConfigureAwait(false), http.RequestAborted).ConfigureAwait(false);
            })
            .AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>The document as JSON.</summary>
    internal static async Task<JsonObject> DocumentAsync(IServiceProvider services, CancellationToken cancel)
    {
        var document = await services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name).GetOpenApiDocumentAsync(cancel).ConfigureAwait(false);
        return (JsonObject)JsonNode.Parse(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancel).ConfigureAwait(false))!; // a document is an object
    }
}
