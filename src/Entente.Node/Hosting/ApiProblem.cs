using System.Text.Json;
using System.Text.Json.Serialization;
using Entente.Node.Lists;
using Entente.Node.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Entente.Node.Hosting;

/// <summary>A request that cannot be answered as asked: becomes problem details (RFC 9457).</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="detail">Where and what to do.</param>
internal sealed class ApiProblemException(int status, string detail) : Exception(detail)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>Members beside the standard ones, such as the present state of what was to be changed.</summary>
    public IDictionary<string, object?> Extensions { get; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>There is no such thing.</summary>
    public static ApiProblemException NotFound(string what) => new(StatusCodes.Status404NotFound, $"There is no {what}.");

    /// <summary>The request is not understood.</summary>
    public static ApiProblemException Bad(string detail) => new(StatusCodes.Status400BadRequest, detail);

    /// <summary>It cannot be done in the present state.</summary>
    public static ApiProblemException Conflict(string detail) => new(StatusCodes.Status409Conflict, detail);

    /// <summary>The caller may not.</summary>
    public static ApiProblemException Forbidden(string detail) => new(StatusCodes.Status403Forbidden, detail);
}

/// <summary>Bodies, parameters and problems of the node's own API.</summary>
internal static class ApiRequests
{
    private static readonly JsonSerializerOptions Strict = new(NodeJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };

    /// <summary>Turns problems into answers.</summary>
    /// <param name="builder">The endpoints.</param>
    public static TBuilder WithProblems<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.AddEndpointFilter(async (context, next) =>
        {
            try
            {
                return await next(context).ConfigureAwait(false);
            }
            catch (ApiProblemException problem) when (!context.HttpContext.Response.HasStarted)
            {
                return Results.Problem(statusCode: problem.Status, detail: problem.Message, extensions: problem.Extensions);
            }
            catch (ListsNotReadyException problem) when (!context.HttpContext.Response.HasStarted)
            {
                return Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, detail: problem.Message);
            }
        });

    /// <summary>Reads a JSON body; unknown members are refused.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ApiProblemException">It is none, or not of that shape.</exception>
    public static async Task<T> BodyAsync<T>(this HttpRequest request, CancellationToken cancel)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(request.Body, Strict, cancel).ConfigureAwait(false)
                ?? throw ApiProblemException.Bad("The body is null; a JSON object was expected.");
        }
        catch (JsonException fault)
        {
            throw ApiProblemException.Bad($"The body could not be read at {fault.Path ?? "$"}: {Known<T>(fault)}");
        }
        catch (InvalidOperationException)
        {
            throw ApiProblemException.Bad("The body holds a text with half a surrogate pair.");
        }
    }

    /// <summary>Refuses parameters that are not known, so that a misspelt filter is not taken for none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="known">The names.</param>
    public static void AllowOnly(this HttpRequest request, params string[] known)
    {
        foreach (var (name, values) in request.Query)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
                throw ApiProblemException.Bad($"The parameter '{name}' is not known. Known are: {string.Join(", ", known)}.");
            if (values.Count > 1)
                throw ApiProblemException.Bad($"The parameter '{name}' was given {values.Count} times; give it once.");
        }
    }

    /// <summary>Takes the page's length.</summary>
    public static int PageSize(int? limit, int usual, int most) => limit switch
    {
        null => usual,
        >= 1 when limit <= most => limit.Value,
        _ => throw ApiProblemException.Bad($"limit: expected a whole number from 1 to {most}."),
    };

    private static string Known<T>(JsonException fault) => fault.Message.Contains("could not be mapped", StringComparison.Ordinal)
        ? $"that member is not known. Known are: {string.Join(", ", typeof(T).GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)))}."
        : "it is missing, of another type than expected, or no JSON.";
}
