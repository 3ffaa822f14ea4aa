using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Entente.Node.Access;
using Entente.Node.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Audit;

/// <summary><c>/api/audit</c>: reading, verifying and taking out the trail.</summary>
internal static class AuditEndpoints
{
    private const int DefaultLimit = 50, MostAtOnce = 500;

    private static readonly string[] ListParameters = ["after", "limit", "order", "action", "about", "actor", "from", "to"];

    private static readonly string[] ExportParameters = ["from", "to"];

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("", ListAsync).RequireRight(Right.ReadAudit);
        group.MapGet("{seq:long}", FindAsync).RequireRight(Right.ReadAudit);
        group.MapPost("verify", VerifyAsync).RequireRight(Right.ReadAudit);
        group.MapGet("export", ExportAsync).RequireRight(Right.ExportAudit);
        group.MapPost("replay/{id}", ReplayAsync).RequireRight(Right.ReadAudit);
    }

    private static async Task<Results<JsonHttpResult<AuditPage>, ProblemHttpResult>> ListAsync(HttpRequest request, NodeStore store, CancellationToken cancel)
    {
        if (AuditFilter.Read(request.Query, ListParameters, out var filter) is { } problem)
            return Problem(problem);
        var limit = filter.Limit ?? DefaultLimit;
        if (limit is < 1 or > MostAtOnce)
            return Problem($"limit: a number from 1 to {MostAtOnce} was expected.");
        await using var db = store.Open();
        var found = filter.OldestFirst
            ? filter.Apply(db.Audit.AsNoTracking()).Where(entry => filter.After == null || entry.Seq > filter.After).OrderBy(entry => entry.Seq)
            : filter.Apply(db.Audit.AsNoTracking()).Where(entry => filter.After == null || entry.Seq < filter.After).OrderByDescending(entry => entry.Seq);
        var entries = await found.Take(limit + 1).ToListAsync(cancel).ConfigureAwait(false);
        var more = entries.Count > limit;
        if (more)
            entries.RemoveAt(limit);
        return Answer(new AuditPage([.. entries.Select(AuditEntryView.Of)], more ? entries[^1].Seq.ToString(CultureInfo.InvariantCulture) : null));
    }

    private static async Task<Results<JsonHttpResult<AuditEntryView>, ProblemHttpResult>> FindAsync(long seq, NodeStore store, CancellationToken cancel)
    {
        await using var db = store.Open();
        return await db.Audit.AsNoTracking().SingleOrDefaultAsync(entry => entry.Seq == seq, cancel).ConfigureAwait(false) is { } entry
            ? Answer(AuditEntryView.Of(entry))
            : Problem($"There is no entry {seq.ToString(CultureInfo.InvariantCulture)} in the audit trail.", StatusCodes.Status404NotFound, "Not found");
    }

    private static async Task<Results<JsonHttpResult<AuditVerdict>, ProblemHttpResult>> VerifyAsync(HttpRequest request, AuditService service, CancellationToken cancel)
    {
        if (Unknown(request.Query, []) is { } unknown)
            return Problem(unknown);
        var heads = new List<AuditHead>();
        if (request.ContentLength is not (null or 0) || request.Headers.TransferEncoding.Count > 0)
        {
            VerifyRequest? asked;
            try
            {
                asked = await JsonSerializer.DeserializeAsync<VerifyRequest>(request.Body, VerifyRequest.Reading, cancel).ConfigureAwait(false);
            }
            catch (JsonException fault)
            {
                return Problem($"The body is not what was expected, such as {{\"heads\":[\"1200:HASH\"]}}: {fault.Message}");
            }
            foreach (var text in asked?.Heads ?? [])
            {
                if (AuditHead.TryParse(text) is not { } head)
                    return Problem("heads: NUMBER:HASH was expected in each, as the node writes it into its log; the hash has 64 hexadecimal digits.");
                heads.Add(head);
            }
        }
        return Answer(await service.VerifyAsync(heads, cancel).ConfigureAwait(false));
    }

    private static async Task<Results<JsonHttpResult<ReplayOutcome>, ProblemHttpResult>> ReplayAsync(string id, HttpRequest request, ClaimsPrincipal user, ScreeningReplay replay, CancellationToken cancel)
    {
        if (Unknown(request.Query, []) is { } unknown)
            return Problem(unknown);
        return await replay.ReplayAsync(user.ToActor(), id, cancel).ConfigureAwait(false) is { } outcome
            ? Answer(outcome)
            : Problem("There is no screening of this id in the audit trail.", StatusCodes.Status404NotFound, "Not found");
    }

    private static async Task<IResult> ExportAsync(HttpContext context, Ledger ledger, NodeStore store, TimeProvider clock, CancellationToken cancel)
    {
        var query = context.Request.Query;
        if (Unknown(query, ExportParameters) is { } unknown)
            return Problem(unknown);
        if (!TryNumber(query["from"], out var from) || !TryNumber(query["to"], out var to))
            return Problem("from, to: numbers of entries were expected, from 1 on.");
        // An act of its own: who breaks the download off has taken a part all the same.
        var source = await AuditExport.BeginAsync(ledger, store, context.User.ToActor(), from ?? 1, to, new { from = from ?? 1, to }, cancel).ConfigureAwait(false);
        context.Response.RegisterForDisposeAsync(source);
        if (source.From > source.To)
            return Problem($"There are no entries from {source.From.ToString(CultureInfo.InvariantCulture)} on.");
        return Results.Stream(output => AuditExport.WriteAsync(source, output, clock.GetUtcNow(), cancel), AuditExport.MediaType, $"audit-{source.From.ToString(CultureInfo.InvariantCulture)}-{source.To.ToString(CultureInfo.InvariantCulture)}.jsonl");
    }

    /// <summary>A sentence on a parameter that nobody knows: spelt wrongly, it would quietly not filter.</summary>
    internal static string? Unknown(IQueryCollection query, string[] known) => query.Keys.FirstOrDefault(key => !known.Contains(key)) is { } unknown
        ? known.Length == 0 ? $"Unknown parameter '{unknown}': there are none here." : $"Unknown parameter '{unknown}'. Known are: {string.Join(", ", known)}."
        : null;

    internal static JsonHttpResult<T> Answer<T>(T value) => TypedResults.Json(value, NodeJson.Options);

    internal static ProblemHttpResult Problem(string detail, int status = StatusCodes.Status400BadRequest, string title = "Bad request") =>
        TypedResults.Problem(detail, statusCode: status, title: title);

    private static bool TryNumber(string? text, out long? number)
    {
        number = null;
        if (string.IsNullOrEmpty(text))
            return true;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var read) || read < 1)
            return false;
        number = read;
        return true;
    }

    private sealed record VerifyRequest(IReadOnlyList<string>? Heads)
    {
        public static JsonSerializerOptions Reading { get; } = new(NodeJson.Options) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };
    }
}

/// <summary>Entries of the trail, and where to go on.</summary>
/// <param name="Entries">In the order asked for: the newest first, unless asked otherwise.</param>
/// <param name="Next">To be given as <c>after</c> for those that follow; null at the end.</param>
public sealed record AuditPage(IReadOnlyList<AuditEntryView> Entries, string? Next);

/// <summary>An entry of the trail, for programs.</summary>
/// <param name="Seq">Its number.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who.</param>
/// <param name="Action">What was done.</param>
/// <param name="About">To what.</param>
/// <param name="Payload">What exactly; null where it was erased.</param>
/// <param name="Erased">Whether it was.</param>
/// <param name="Hash">The hash in lower-case hex.</param>
public sealed record AuditEntryView(long Seq, DateTimeOffset At, string Actor, string Action, string About, JsonElement? Payload, bool Erased, string Hash)
{
    /// <summary>An entry.</summary>
    internal static AuditEntryView Of(AuditEntry entry) => new(entry.Seq, entry.At, entry.Actor, entry.Action, entry.About,
        Json(entry.Payload), entry.Payload is null, Convert.ToHexStringLower(entry.Hash));

    /// <summary>The payload as JSON; where somebody tampered with it, the text as it is.</summary>
    private static JsonElement? Json(string? payload)
    {
        if (payload is null)
            return null;
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(payload, NodeJson.Options);
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(payload, NodeJson.Options);
        }
    }
}
