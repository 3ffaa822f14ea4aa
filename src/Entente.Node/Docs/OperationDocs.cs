using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Entente.Node.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace Entente.Node.Docs;

/// <summary>Completes the description of an endpoint: parameters, body, examples, who may, and the problems that may come.</summary>
internal sealed partial class OperationDocs : IOpenApiOperationTransformer
{
    private static readonly Dictionary<string, (string Description, string Example)> PathParts = new(StringComparer.Ordinal)
    {
        ["dataset"] = ("A list's id, such as un-sc; where several are searched also 'default', all of them.", "default"),
        ["id"] = ("An id.", "un-XXi.001"),
        ["property"] = ("A property of FollowTheMoney, or the name of its other end.", "sanctions"),
    };

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var path = "/" + Constraint().Replace(context.Description.RelativePath?.Trim('/') ?? "", "{$1}");
        var doc = metadata.OfType<ApiDoc>().LastOrDefault() ?? new ApiDoc();
        if (OwnApi.Find(context.Description.HttpMethod, path) is { } own)
        {
            operation.Summary ??= own.Summary;
            operation.Tags = new HashSet<OpenApiTagReference> { new(own.Tag, context.Document) };
            doc = doc with { Request = doc.Request ?? own.Request, RequestMedia = own.Request is null ? doc.RequestMedia : own.Media };
            await AnswerAsync(operation, own, context, cancellationToken).ConfigureAwait(false);
        }
        AddPathParameters(operation, path);
        operation.OperationId ??= $"{context.Description.HttpMethod?.ToLowerInvariant()}_{Words(context.Description.RelativePath)}";
        DescribePath(operation, doc);
        AddParameters(operation, doc);
        if (doc.Request is { } request)
            operation.RequestBody = await BodyAsync(request, doc, context, cancellationToken).ConfigureAwait(false);
        var rights = AddSecurity(operation, metadata, context.Document!, context.Description.RelativePath); // set while a document is made
        operation.Description = string.Join("\n\n", new[] { doc.Description ?? operation.Description, rights }.Where(text => !string.IsNullOrEmpty(text)));
        await AddProblemsAsync(operation, doc, context, rights is not null, cancellationToken).ConfigureAwait(false);
    }

    [GeneratedRegex(@"\{(\w+)[^}]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex Constraint();

    /// <summary>Parts of the path that a handler reads by itself.</summary>
    private static void AddPathParameters(OpenApiOperation operation, string path)
    {
        foreach (var name in Constraint().Matches(path).Select(part => part.Groups[1].Value).Where(name => operation.Parameters?.Any(parameter => parameter.Name == name && parameter.In == ParameterLocation.Path) != true))
            (operation.Parameters ??= []).Add(new OpenApiParameter { Name = name, In = ParameterLocation.Path, Required = true, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
    }

    /// <summary>The shape of what a handler writes as it is.</summary>
    private static async Task AnswerAsync(OpenApiOperation operation, OwnApi.Entry own, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        operation.Responses ??= [];
        // What the framework supposes of a handler that says nothing.
        operation.Responses.Remove("200");
        foreach (var status in own.Also is { } also ? [own.Status, also] : (int[])[own.Status])
        {
            operation.Responses[status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = ReasonPhrases.GetReasonPhrase(status),
                Content = own.Response is { } type
                    ? new Dictionary<string, OpenApiMediaType> { [own.ResponseMedia] = new OpenApiMediaType { Schema = await context.GetOrCreateSchemaAsync(type, null, cancel).ConfigureAwait(false) } }
                    : null,
            };
        }
    }

    private static string Words(string? path) => string.Join('_', (path ?? "").Split(['/', '{', '}', '.', '-'], StringSplitOptions.RemoveEmptyEntries));

    private static void DescribePath(OpenApiOperation operation, ApiDoc doc)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>().Where(parameter => parameter.In == ParameterLocation.Path) ?? [])
        {
            if (!PathParts.TryGetValue(parameter.Name ?? "", out var known))
                continue;
            parameter.Description ??= known.Description;
            parameter.Example ??= JsonValue.Create(doc.ExamplePath.GetValueOrDefault(parameter.Name!, known.Example)); // it was found by its name
        }
    }

    private static void AddParameters(OpenApiOperation operation, ApiDoc doc)
    {
        var examples = QueryHelpers.ParseQuery(doc.ExampleQuery ?? "");
        foreach (var parameter in doc.Parameters)
        {
            var type = parameter.Type switch
            {
                "integer" => JsonSchemaType.Integer,
                "number" => JsonSchemaType.Number,
                "boolean" => JsonSchemaType.Boolean,
                _ => JsonSchemaType.String,
            };
            var schema = new OpenApiSchema { Type = type };
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = parameter.Name,
                In = ParameterLocation.Query,
                Description = parameter.Description,
                Required = parameter.Required,
                Schema = parameter.Many ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = schema } : schema,
                Explode = parameter.Many,
                Example = examples.TryGetValue(parameter.Name, out var values) ? Example(values.ToString(), parameter) : null,
            });
        }
    }

    private static JsonNode? Example(string value, ApiParameter parameter)
    {
        JsonNode? one = parameter.Type is "string" ? JsonValue.Create(value) : JsonNode.Parse(value);
        return parameter.Many ? new JsonArray(one) : one;
    }

    private static async Task<OpenApiRequestBody> BodyAsync(Type type, ApiDoc doc, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var schema = type == typeof(byte[])
            ? new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" }
            : (IOpenApiSchema)await context.GetOrCreateSchemaAsync(type, null, cancel).ConfigureAwait(false);
        return new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType> { [doc.RequestMedia] = new OpenApiMediaType { Schema = schema, Example = doc.RequestExample is { } example ? JsonNode.Parse(example) : null } },
        };
    }

    /// <summary>Says by which means a caller shows who it is, and what it must be allowed.</summary>
    /// <returns>In words; null where anybody may.</returns>
    private static string? AddSecurity(OpenApiOperation operation, IList<object> metadata, OpenApiDocument document, string? path)
    {
        if (metadata.OfType<IAllowAnonymous>().Any() || !metadata.OfType<IAuthorizeData>().Any())
        {
            operation.Security = [];
            return null;
        }
        string[] schemes = [DocumentDocs.Key, DocumentDocs.KeyHeader, DocumentDocs.Session, .. path?.StartsWith("reconcile", StringComparison.Ordinal) == true ? [DocumentDocs.AddressKey] : Array.Empty<string>()];
        operation.Security = [.. schemes.Select(scheme => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, document)] = [] })];
        return metadata.OfType<RequireRightAttribute>().LastOrDefault() is { } right ? $"Asks for the right `{right.Right}`." : "For everybody who is signed in.";
    }

    private static async Task AddProblemsAsync(OpenApiOperation operation, ApiDoc doc, OpenApiOperationTransformerContext context, bool guarded, CancellationToken cancel)
    {
        var statuses = doc.Problems.ToList();
        if (guarded)
            statuses.AddRange([StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable]);
        if (operation.Parameters?.Any(parameter => parameter.In == ParameterLocation.Path) == true)
            statuses.Add(StatusCodes.Status404NotFound);
        if (operation.RequestBody is not null)
            statuses.AddRange([StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType]);
        operation.Responses ??= [];
        foreach (var status in statuses.Distinct().Order())
        {
            if (operation.Responses.ContainsKey(status.ToString(CultureInfo.InvariantCulture)))
                continue;
            operation.Responses[status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = ReasonPhrases.GetReasonPhrase(status),
                Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new OpenApiMediaType { Schema = await context.GetOrCreateSchemaAsync(typeof(ProblemDetails), null, cancel).ConfigureAwait(false) } },
            };
        }
    }
}
