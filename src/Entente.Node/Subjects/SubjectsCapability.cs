using System.Collections.Immutable;
using System.Security.Claims;
using System.Text.Json;
using Entente.Node.Access;
using Entente.Node.Alerts;
using Entente.Node.Hosting;
using Entente.Node.Store;
using Entente.Node.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Node.Subjects;

/// <summary>The book of monitored subjects.</summary>
internal static class SubjectsCapability
{
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    public static void AddSubjects(this IServiceCollection services)
    {
        services.AddSingleton<SubjectBook>();
        services.AddSingleton<SubjectReader>();
        services.AddSingleton<SubjectImport>();
        services.AddSingleton<IAttention, SubjectAttention>();
    }

    public static void MapSubjects(this IEndpointRouteBuilder routes)
    {
        var subjects = routes.MapGroup("/api/subjects");
        subjects.MapGet("", async (HttpRequest request, SubjectReader reader, CancellationToken cancel) =>
        {
            var query = new QueryText(request, "text", "matching", "after", "limit");
            return Results.Json(await reader.ListAsync(query.Text("text"), query.Flag("matching") ?? false, query.Text("after"), query.Number("limit", 50, 1, 500), cancel).ConfigureAwait(false), NodeJson.Options);
        }).RequireRight(Right.ReadSubjects);
        subjects.MapGet("/{reference}", async (HttpRequest request, SubjectReader reader, CancellationToken cancel) =>
            Results.Json(await reader.GetAsync(ReferenceIn(request), cancel).ConfigureAwait(false), NodeJson.Options)).RequireRight(Right.ReadSubjects);
        subjects.MapPut("/{reference}", PutAsync).RequireRight(Right.ManageSubjects);
        subjects.MapDelete("/{reference}", async (HttpRequest request, ClaimsPrincipal user, SubjectBook book, CancellationToken cancel) =>
        {
            await book.RemoveAsync(user.ToActor(), ReferenceIn(request), cancel).ConfigureAwait(false);
            return Results.NoContent();
        }).RequireRight(Right.ManageSubjects);
        subjects.MapPost("/import", ImportAsync).RequireRight(Right.ManageSubjects).WithMetadata(new LargeUpload());
    }

    private static async Task<IResult> PutAsync(HttpRequest request, ClaimsPrincipal user, SubjectBook book, SubjectReader reader, CancellationToken cancel)
    {
        var reference = ReferenceIn(request);
        var asked = await request.BodyAsync<SubjectRequest>(cancel).ConfigureAwait(false);
        var query = QueryReader.Read(asked.Schema, asked.Properties, "subject", out var warnings);
        var change = await book.PutAsync(user.ToActor(), [new SubjectEntry(reference, query)], null, cancel).ConfigureAwait(false);
        var detail = await reader.GetAsync(reference, cancel).ConfigureAwait(false);
        var effect = change.Subjects[0].Effect;
        return Results.Json(new SubjectPut(effect, detail.Subject, detail.Matches, detail.Alerts, warnings), NodeJson.Options,
            statusCode: effect == SubjectEffect.Added ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    /// <summary>The reference in the address as the caller wrote it: the server leaves an escaped slash as it is, and a reference may hold one.</summary>
    private static string ReferenceIn(HttpRequest request)
    {
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget ?? request.Path.Value ?? "";
        var path = target.AsSpan(0, target.IndexOfAny(['?', '#']) is >= 0 and var end ? end : target.Length).TrimEnd('/');
        return Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
    }

    /// <summary>Answers line by line: a remark on each row that could not be taken or was not wholly understood, and the summary last.</summary>
    private static async Task ImportAsync(HttpContext context, ClaimsPrincipal user, SubjectImport import, CancellationToken cancel)
    {
        var query = new QueryText(context.Request, "name", "schema");
        // The whole file is on its way: nothing is said before it is here, so that a file that is none is told by the status.
        var name = query.Text("name") is { Length: > 0 } given ? Path.GetFileName(given) : context.Request.ContentType switch
        {
            { } type when type.StartsWith("text/csv", StringComparison.OrdinalIgnoreCase) => "subjects.csv",
            { } type when type.Contains("json", StringComparison.OrdinalIgnoreCase) => "subjects.jsonl",
            _ => "subjects",
        };
        var schema = query.Text("schema") is { Length: > 0 } word ? word : "LegalEntity";
        if (!Records.Schemata.IsKnown(schema) || !Records.Schemata.IsMatchable(schema))
            throw RequestException.Bad("schema: expected a schema such as Person, Organization, Company, LegalEntity, Vessel.");
        context.Response.ContentType = "application/x-ndjson";
        var summary = await import.ImportAsync(user.ToActor(), context.Request.Body, name, schema, remark => LineAsync(context, remark, cancel), cancel).ConfigureAwait(false);
        await LineAsync(context, summary, cancel).ConfigureAwait(false);
    }

    private static async Task LineAsync<T>(HttpContext context, T line, CancellationToken cancel)
    {
        await JsonSerializer.SerializeAsync(context.Response.Body, line, NodeJson.Options, cancel).ConfigureAwait(false);
        await context.Response.Body.WriteAsync(NewLine, cancel).ConfigureAwait(false);
    }

    /// <summary>The import has its own bound, as it goes to the disk.</summary>
    private sealed class LargeUpload : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => null;
    }
}

/// <summary>What became of a subject that was put in the book.</summary>
/// <param name="Effect">Whether it was added, changed or the same.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Matches">What it matches.</param>
/// <param name="Alerts">Its alerts.</param>
/// <param name="Warnings">Values that were not understood.</param>
internal sealed record SubjectPut(SubjectEffect Effect, SubjectView Subject, ImmutableArray<SubjectMatchView> Matches, ImmutableArray<AlertView> Alerts, ImmutableArray<string> Warnings);

/// <summary>What is known of a subject.</summary>
/// <param name="Properties">FtM properties.</param>
/// <param name="Schema">FtM schema; <c>LegalEntity</c> unless given.</param>
internal sealed record SubjectRequest(ImmutableDictionary<string, JsonElement> Properties, string? Schema = null);
