using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Text.Json;
using Entente.Lists.Delimited;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Hosting;
using Entente.Node.Store;
using Entente.Screening;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Net.Http.Headers;

namespace Entente.Node.Bulk;

/// <summary><c>/api/bulk</c>: uploading files, watching them, taking results.</summary>
internal sealed class BulkEndpoints(BulkService bulk, NodeStore store, Ledger ledger, NodeOptions options, TimeProvider clock, IHostApplicationLifetime lifetime) : IDisposable
{
    /// <summary>What results are served as.</summary>
    public const string ResultType = "application/x-ndjson";

    private const int DefaultLimit = 50, MostAtOnce = 200, MostResults = 1000;

    // A client that hears nothing for so long may take the connection for dead; so may what stands between.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan UploadsSoon = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _uploads = new(Math.Max(1, options.BulkUploadsAtOnce));

    /// <summary><c>POST /api/bulk</c>.</summary>
    public async Task<IResult> UploadAsync(HttpContext http)
    {
        var query = new QueryText(http.Request, "name", "schema", "threshold", "limit", "alerts");
        var chosen = Options(query);
        var actor = http.User.ToActor();
        var account = actor.AccountId ?? throw new RequestException(StatusCodes.Status403Forbidden, "Bulk jobs belong to an account.");
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = options.MaxUploadBytes + (1 << 16); // what multipart adds
        await using (var db = store.Open())
            await bulk.CheckRoomAsync(db, account, http.RequestAborted).ConfigureAwait(false);
        if (!await _uploads.WaitAsync(0, http.RequestAborted).ConfigureAwait(false))
        {
            http.Response.Headers.RetryAfter = UploadsSoon.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            throw new RequestException(StatusCodes.Status503ServiceUnavailable, "This node is receiving as many files as it takes at a time. Try again in a moment.");
        }
        try
        {
            return await ReceiveAsync(http, actor, account, query.Text("name"), chosen).ConfigureAwait(false);
        }
        finally
        {
            _uploads.Release();
        }
    }

    /// <summary><c>GET /api/bulk</c>.</summary>
    public async Task<IResult> ListAsync(HttpRequest request, ClaimsPrincipal user, CancellationToken cancel)
    {
        var query = new QueryText(request, "after", "limit");
        var limit = query.Number("limit", DefaultLimit, 1, MostAtOnce);
        await using var db = store.Open();
        var jobs = Visible(db, user).OrderByDescending(job => job.Id).AsQueryable();
        if (query.Text("after") is { Length: > 0 } after)
            jobs = jobs.Where(job => string.Compare(job.Id, after) < 0);
        var found = await jobs.Take(limit + 1).ToListAsync(cancel).ConfigureAwait(false);
        var views = found.Take(limit).Select(View).ToList();
        return Results.Json(new BulkPage(views, found.Count > limit ? views[^1].Id : null), NodeJson.Options);
    }

    /// <summary><c>GET /api/bulk/{id}</c>.</summary>
    public async Task<IResult> FindAsync(string id, HttpRequest request, ClaimsPrincipal user, CancellationToken cancel)
    {
        _ = new QueryText(request);
        return Results.Json(View(await RequireAsync(id, user, own: false, cancel).ConfigureAwait(false)), NodeJson.Options);
    }

    /// <summary><c>DELETE /api/bulk/{id}</c>.</summary>
    public async Task<IResult> DeleteAsync(string id, HttpRequest request, ClaimsPrincipal user, CancellationToken cancel)
    {
        _ = new QueryText(request);
        await RequireAsync(id, user, own: true, cancel).ConfigureAwait(false);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel, lifetime.ApplicationStopping);
        return await bulk.EndOrRemoveAsync(user.ToActor(), id, ending.Token).ConfigureAwait(false) ? Results.NoContent() : throw NoSuchJob();
    }

    /// <summary><c>GET /api/bulk/{id}/result</c>. That it was taken is recorded before the first byte leaves.</summary>
    public async Task<IResult> ResultAsync(string id, HttpRequest request, ClaimsPrincipal user, CancellationToken cancel)
    {
        _ = new QueryText(request);
        var job = await RequireAsync(id, user, own: true, cancel).ConfigureAwait(false);
        if (job.State != BulkState.Done)
            throw RequestException.Conflict($"The job has no result: it is {View(job).State.ToString().ToLowerInvariant()}.");
        var path = bulk.FolderOf(id).Result;
        if (!File.Exists(path))
            throw RequestException.NotFound("The result is not in this node's data folder.");
        await ledger.RecordAsync(user.ToActor(), AuditAction.BulkTaken, $"bulk:{id}",
            JsonSerializer.Serialize(new { sha256 = job.ResultSha256, range = request.Headers.Range.ToString() is { Length: > 0 } range ? range[..Math.Min(range.Length, 100)] : null }, NodeJson.Options), cancel).ConfigureAwait(false);
        return Results.File(path, ResultType, Path.GetFileNameWithoutExtension(job.FileName) + ".jsonl", job.EndedAt, new EntityTagHeaderValue($"\"{job.ResultSha256}\""), enableRangeProcessing: true);
    }

    /// <summary><c>GET /api/bulk/{id}/events</c>.</summary>
    public async Task<IResult> EventsAsync(string id, HttpRequest request, ClaimsPrincipal user, CancellationToken cancel)
    {
        _ = new QueryText(request);
        var job = await RequireAsync(id, user, own: false, cancel).ConfigureAwait(false);
        _ = long.TryParse(request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var last);
        // Whoever has heard of the end need not come back; to an EventSource, 204 says so.
        if (job.EndedAt is { } ended && last >= ended.ToUnixTimeMilliseconds())
            return Results.NoContent();
        return TypedResults.ServerSentEvents(Events(id, last, cancel));
    }

    public void Dispose() => _uploads.Dispose();

    private async IAsyncEnumerable<SseItem<string>> Events(string id, long last, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel, lifetime.ApplicationStopping);
        // Taken before the store is read: what ends in between is in the store.
        var live = bulk.Live(id);
        while (true)
        {
            (BulkProgress? progress, Task changed) = live is null ? (null, Task.CompletedTask) : live.Look();
            if (await JobAsync(id, cancel).ConfigureAwait(false) is not { } job)
                yield break;
            var view = BulkView.Of(job, progress);
            var number = progress?.Id ?? (job.EndedAt ?? job.CreatedAt).ToUnixTimeMilliseconds();
            var isEnd = progress?.IsEnd ?? job.EndedAt is not null;
            if (number > last || isEnd)
                yield return new SseItem<string>(JsonSerializer.Serialize(view, NodeJson.Options), isEnd ? "end" : "progress") { EventId = number.ToString(CultureInfo.InvariantCulture) };
            if (isEnd || live is null)
                yield break;
            last = await HasChangedAsync(changed, ending.Token).ConfigureAwait(false) ? number : 0;
            if (ending.IsCancellationRequested)
                yield break;
        }
    }

    /// <summary>Waits for a change; false where there was none for so long that the same is to be said again.</summary>
    private async Task<bool> HasChangedAsync(Task changed, CancellationToken stop)
    {
        try
        {
            await changed.WaitAsync(Heartbeat, clock, stop).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private async Task<IResult> ReceiveAsync(HttpContext http, Actor actor, string account, string? named, BulkOptions chosen)
    {
        var cancel = http.RequestAborted;
        var (body, sentName, contentType) = await BodyAsync(http.Request, cancel).ConfigureAwait(false);
        var name = BulkUpload.NameOf(named ?? sentName);
        var at = clock.GetUtcNow();
        var id = NodeId.New(at);
        var folder = bulk.FolderOf(id);
        var kept = false;
        try
        {
            folder.Begin();
            var received = await BulkUpload.ReceiveAsync(body, folder, name, contentType, chosen.Schema, options.MaxUploadBytes, cancel).ConfigureAwait(false);
            var job = new BulkJob
            {
                Id = id,
                AccountId = account,
                BegunBy = actor.Id,
                FileName = name,
                Bytes = received.Bytes,
                Sha256 = received.Sha256,
                InputSha256 = received.InputSha256,
                Options = chosen.ToJson(),
                CreatedAt = at,
            };
            await bulk.BeginAsync(actor, job, cancel).ConfigureAwait(false);
            kept = true;
            http.Response.Headers.Location = $"/api/bulk/{id}";
            return Results.Json(View(job), NodeJson.Options, statusCode: StatusCodes.Status201Created);
        }
        finally
        {
            // Where the store took it and only the answer failed, the folder has another name by now.
            if (!kept && Directory.Exists(folder.PartPath) && await JobAsync(id, CancellationToken.None).ConfigureAwait(false) is null)
                folder.Remove();
        }
    }

    /// <summary>What is sent: the body itself, or the one file of a form.</summary>
    private static async Task<(Stream Body, string? Name, string? ContentType)> BodyAsync(HttpRequest request, CancellationToken cancel)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            var disposition = ContentDispositionHeaderValue.TryParse(request.Headers.ContentDisposition.ToString(), out var given) ? given : null;
            return (request.Body, FileName(disposition), request.ContentType);
        }
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > 200)
            throw RequestException.Bad("The form names no boundary between its parts.");
        var reader = new MultipartReader(boundary, request.Body);
        try
        {
            while (await reader.ReadNextSectionAsync(cancel).ConfigureAwait(false) is { } part)
            {
                if (ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition) && FileName(disposition) is { } name)
                    return (part.Body, name, part.ContentType);
            }
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw RequestException.Bad($"The form cannot be read: {fault.Message}");
        }
        throw RequestException.Bad("The form holds no file. Options belong in the address: /api/bulk?schema=Person&threshold=0.7.");
    }

    private static string? FileName(ContentDispositionHeaderValue? disposition) =>
        disposition?.FileNameStar.Value is { Length: > 0 } star ? star
        : disposition?.FileName.Value is { Length: > 0 } plain ? HeaderUtilities.RemoveQuotes(plain).Value
        : null;

    private BulkOptions Options(QueryText query)
    {
        var schema = SchemaNames.Find(query.Text("schema"), SchemaNames.Default)
            ?? throw RequestException.Bad($"'schema' is not known. Usual ones: {SchemaNames.Usual}.");
        var threshold = query.Score("threshold") ?? MatchPolicy.Default.Threshold;
        var alerts = query.Flag("alerts") ?? false;
        if (alerts && !bulk.HasAlerts)
            throw RequestException.Bad("'alerts' is not to be had on this node.");
        // A match must never be cut off for being below what is worth reporting.
        return new BulkOptions(schema, threshold, Math.Min(MatchPolicy.Default.Cutoff, threshold), query.Number("limit", MatchPolicy.Default.Limit, 1, MostResults), alerts);
    }

    private BulkView View(BulkJob job) => BulkView.Of(job, job.EndedAt is null ? bulk.Live(job.Id)?.Look().Progress : null);

    private async Task<BulkJob?> JobAsync(string id, CancellationToken cancel)
    {
        await using var db = store.Open();
        return await db.BulkJobs.AsNoTracking().SingleOrDefaultAsync(job => job.Id == id, cancel).ConfigureAwait(false);
    }

    /// <summary>A job that the caller may see; others do not exist for it.</summary>
    private async Task<BulkJob> RequireAsync(string id, ClaimsPrincipal user, bool own, CancellationToken cancel)
    {
        await using var db = store.Open();
        var jobs = own ? Own(db, user) : Visible(db, user);
        return await jobs.SingleOrDefaultAsync(job => job.Id == id, cancel).ConfigureAwait(false) ?? throw NoSuchJob();
    }

    private static IQueryable<BulkJob> Visible(NodeDb db, ClaimsPrincipal user) => user.ToActor().May(Right.ReadAudit) ? db.BulkJobs.AsNoTracking() : Own(db, user);

    private static IQueryable<BulkJob> Own(NodeDb db, ClaimsPrincipal user)
    {
        var account = user.ToActor().AccountId;
        return db.BulkJobs.AsNoTracking().Where(job => job.AccountId == account);
    }

    private static RequestException NoSuchJob() => RequestException.NotFound("There is no such bulk job.");
}
