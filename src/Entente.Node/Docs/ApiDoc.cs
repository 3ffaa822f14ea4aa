using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Entente.Node.Docs;

/// <summary>A parameter of an address, as it is described.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does.</param>
/// <param name="Type"><c>string</c>, <c>integer</c>, <c>number</c> or <c>boolean</c>.</param>
/// <param name="Many">Whether it may be given several times.</param>
/// <param name="Required">Whether it must be given.</param>
internal sealed record ApiParameter(string Name, string Description, string Type = "string", bool Many = false, bool Required = false);

/// <summary>What cannot be seen in the code of an endpoint that reads and writes by hand.</summary>
internal sealed record ApiDoc
{
    /// <summary>More than the summary says.</summary>
    public string? Description { get; init; }

    /// <summary>The parameters of the address.</summary>
    public ImmutableArray<ApiParameter> Parameters { get; init; } = [];

    /// <summary>The shape of the body; null where there is none.</summary>
    public Type? Request { get; init; }

    /// <summary>The media type of the body.</summary>
    public string RequestMedia { get; init; } = "application/json";

    /// <summary>A body that works against the sample list; null where there is none. Of a form: its fields.</summary>
    [StringSyntax("json")]
    public string? RequestExample { get; init; }

    /// <summary>The shape of the answer; null where the endpoint's own code says it.</summary>
    public Type? Response { get; init; }

    /// <summary>The media type of the answer.</summary>
    public string ResponseMedia { get; init; } = "application/json";

    /// <summary>An address below the endpoint's path that works against the sample list, such as <c>?q=kadiri</c>.</summary>
    public string? ExampleQuery { get; init; }

    /// <summary>Values of the parts of the path that work against the sample list, where they differ from the usual.</summary>
    public ImmutableDictionary<string, string> ExamplePath { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Statuses of problems beside those that every endpoint may have.</summary>
    public ImmutableArray<int> Problems { get; init; } = [];
}

/// <summary>Descriptions of endpoints.</summary>
internal static class ApiDocExtensions
{
    /// <summary>Describes an endpoint.</summary>
    /// <param name="builder">The endpoint.</param>
    /// <param name="summary">What it does, in a line.</param>
    /// <param name="doc">The rest.</param>
    public static RouteHandlerBuilder Described(this RouteHandlerBuilder builder, string summary, ApiDoc doc)
    {
        builder.WithSummary(summary).WithMetadata(doc);
        if (doc.Response is { } response)
            builder.Produces(StatusCodes.Status200OK, response, doc.ResponseMedia);
        return builder;
    }
}
