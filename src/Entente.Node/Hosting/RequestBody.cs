using System.Text.Json;
using System.Text.Json.Serialization;
using Entente.Node.Store;
using Microsoft.AspNetCore.Http;

namespace Entente.Node.Hosting;

/// <summary>Bodies of the node's own API.</summary>
internal static class RequestBody
{
    private static readonly JsonSerializerOptions Strict = new(NodeJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };

    /// <summary>Reads a JSON body; unknown members are refused.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="RequestException">It is none, or not of that shape.</exception>
    public static async Task<T> BodyAsync<T>(this HttpRequest request, CancellationToken cancel)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(request.Body, Strict, cancel).ConfigureAwait(false)
                ?? throw RequestException.Bad("The body is null; a JSON object was expected.");
        }
        catch (JsonException fault)
        {
            throw RequestException.Bad($"The body could not be read at {fault.Path ?? "$"}: {Known<T>(fault)}");
        }
        catch (InvalidOperationException)
        {
            throw RequestException.Bad("The body holds a text with half a surrogate pair.");
        }
    }

    private static string Known<T>(JsonException fault) => fault.Message.Contains("could not be mapped", StringComparison.Ordinal)
        ? $"that member is not known. Known are: {string.Join(", ", typeof(T).GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)))}."
        : "something is missing, of another type than expected, or no JSON.";
}
