using System.Globalization;
using System.Text.Json;
using Entente.Node.Lists;
using Entente.Node.Web;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Entente.Node.Hosting;

/// <summary>Turns what went wrong into problem details (RFC 9457); the caller's own faults are not logged as ours.</summary>
/// <param name="problems">Writes the answer.</param>
/// <param name="log">For faults of the node.</param>
internal sealed class ProblemAnswers(IProblemDetailsService problems, ILogger<ProblemAnswers> log) : IExceptionHandler
{
    // ENOSPC, and ERROR_DISK_FULL as an HRESULT.
    private const int NoSpaceOnUnix = 28, NoSpaceOnWindows = unchecked((int)0x80070070);

    private static readonly TimeSpan ListsSoon = TimeSpan.FromSeconds(2);

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // A person gets a page that says it.
        if (WebCapability.IsForPeople(httpContext))
            return false;
        var (status, detail) = Describe(exception, httpContext.RequestAborted);
        if (status is StatusCodes.Status500InternalServerError or StatusCodes.Status507InsufficientStorage)
            log.LogError(exception, "A request failed");
        if (status == StatusCodes.Status503ServiceUnavailable)
            httpContext.Response.Headers.RetryAfter = ListsSoon.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        httpContext.Response.StatusCode = status;
        var answer = new ProblemDetailsContext
        {
            HttpContext = httpContext,
            ProblemDetails = { Status = status, Title = ReasonPhrases.GetReasonPhrase(status), Detail = detail },
        };
        foreach (var (name, value) in (exception as RequestException)?.Extensions ?? new Dictionary<string, object?>())
            answer.ProblemDetails.Extensions[name] = value;
        return await problems.TryWriteAsync(answer).ConfigureAwait(false);
    }

    /// <summary>The status that a fault becomes.</summary>
    public static int StatusOf(Exception exception) => Describe(exception, CancellationToken.None).Status;

    private static (int Status, string Detail) Describe(Exception exception, CancellationToken aborted) => exception switch
    {
        RequestException fault => (fault.Status, fault.Message),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => (StatusCodes.Status413PayloadTooLarge, "The body is larger than this node takes. Send it in parts, or as a bulk job."),
        BadHttpRequestException fault => (fault.StatusCode, fault.InnerException is JsonException json ? json.Message : fault.Message),
        JsonException fault => (StatusCodes.Status400BadRequest, $"The body is not the JSON that is expected: {fault.Message}"),
        ListsNotReadyException fault => (StatusCodes.Status503ServiceUnavailable, fault.Message),
        OperationCanceledException when aborted.IsCancellationRequested => (StatusCodes.Status499ClientClosedRequest, "The caller went away."),
        _ when IsDiskFull(exception) => (StatusCodes.Status507InsufficientStorage, "The disk of this node is full. Nothing was changed, and what cannot be recorded is not answered. Once there is room, it goes on by itself."),
        _ => (StatusCodes.Status500InternalServerError, "A fault of this node, not of the request. Its log says more."),
    };

    /// <summary>SQLite's SQLITE_FULL, PostgreSQL's disk_full, or the system's own.</summary>
    private static bool IsDiskFull(Exception fault)
    {
        for (Exception? at = fault; at is not null; at = at.InnerException)
        {
            if (at is SqliteException { SqliteErrorCode: 13 } or PostgresException { SqlState: PostgresErrorCodes.DiskFull } or IOException { HResult: NoSpaceOnUnix or NoSpaceOnWindows })
                return true;
        }
        return false;
    }

    /// <summary>Every problem says what to do, also one that nobody wrote words for.</summary>
    public static void Complete(ProblemDetailsContext context)
    {
        var (problem, request) = (context.ProblemDetails, context.HttpContext.Request);
        problem.Detail ??= (problem.Status ?? context.HttpContext.Response.StatusCode) switch
        {
            StatusCodes.Status401Unauthorized => "No key or session was sent, or one that is not taken. Send 'Authorization: Bearer KEY'.",
            StatusCodes.Status403Forbidden => "This key or account may not do that: it lacks the right.",
            StatusCodes.Status404NotFound => "There is nothing at this address.",
            StatusCodes.Status405MethodNotAllowed => $"This address does not take {QueryText.Short(request.Method)}; the header 'Allow' says what it takes.",
            var status => ReasonPhrases.GetReasonPhrase(status),
        };
        // Clients of Watchman look for this member.
        if (request.Path.StartsWithSegments("/v2", StringComparison.Ordinal))
            problem.Extensions["error"] = problem.Detail;
    }
}
