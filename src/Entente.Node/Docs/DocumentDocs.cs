using Entente.Desk;
using Entente.Node.Access;
using Entente.Node.Hosting;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Entente.Node.Docs;

/// <summary>What holds for the whole API: its name, and the ways to say who asks.</summary>
internal sealed class DocumentDocs(NodeOptions options) : IOpenApiDocumentTransformer
{
    /// <summary>The names of the security schemes.</summary>
    public const string Key = "key", KeyHeader = "keyHeader", Session = "session", AddressKey = "keyInAddress";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Entente",
            Version = EngineVersion.Text,
            Description = "Screens people, organisations and vessels against official counter-terrorism and sanctions lists. A match is a question, not a verdict. Every answer says which list versions it was made with, in the header `X-Entente-Lists`, and which of them are stale, in `X-Entente-Stale-Lists`. Errors are problem details (RFC 9457) whose `detail` says where and what.",
            License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
        };
        document.Servers = [new OpenApiServer { Url = options.PublicAddress?.TrimEnd('/') is { Length: > 0 } address ? address : "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Key] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key: `Authorization: Bearer KEY`. `Authorization: ApiKey KEY` is taken too." },
            [KeyHeader] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = AccessSchemes.KeyHeader, Description = "An API key, in a header of its own." },
            [Session] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = "entente.session", Description = "The session of a person who signed in on the pages." },
            [AddressKey] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Query, Name = AccessSchemes.AddressKeyParameter, Description = "For /reconcile alone: a key with no other right than Screen." },
        };
        return Task.CompletedTask;
    }
}
