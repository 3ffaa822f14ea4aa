using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Entente.Node.Hosting;

/// <summary>Reads a body of JSON, and nothing that only looks like it.</summary>
internal static class JsonBody
{
    // Deep enough for every shape that is taken here.
    private const int MaxDepth = 16;

    private const string NoText = "A text of the body is no text: half a surrogate pair, or bytes that are not UTF-8.";

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>Reads the body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="RequestException">415: it says that it is something else, is compressed or in another character set.</exception>
    /// <exception cref="JsonException">It is no JSON, too deep, or names a member twice.</exception>
    public static async Task<JsonDocument> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        Check(request);
        try
        {
            return await JsonDocument.ParseAsync(request.Body, Strict, cancel).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException)
        {
            throw RequestException.Bad(NoText);
        }
    }

    /// <summary>Reads JSON that is a parameter or a field.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What it is called, for messages.</param>
    /// <exception cref="RequestException">It is no JSON.</exception>
    public static JsonDocument Parse(string text, string name)
    {
        try
        {
            return JsonDocument.Parse(text, Strict);
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException)
        {
            throw RequestException.Bad(NoText);
        }
        catch (JsonException fault)
        {
            throw RequestException.Bad($"'{name}' is not the JSON that is expected: {fault.Message}");
        }
    }

    /// <summary>Reads a document; a text with half a surrogate pair in it is no text.</summary>
    /// <param name="read">Reads it.</param>
    /// <exception cref="RequestException">It holds such a text, or bytes that are not UTF-8.</exception>
    public static T Texts<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException fault) when (fault is not ObjectDisposedException)
        {
            throw RequestException.Bad(NoText);
        }
    }

    private static void Check(HttpRequest request)
    {
        // Bodies are small; one that is compressed could become anything.
        if (request.Headers.ContentEncoding is { Count: > 0 } encoding && encoding != "identity")
            throw new RequestException(StatusCodes.Status415UnsupportedMediaType, "The body is compressed; send it as it is.");
        if (request.ContentType is not { Length: > 0 } type)
            return;
        if (!MediaTypeHeaderValue.TryParse(type, out var media)
            || !(media.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || media.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)))
            throw new RequestException(StatusCodes.Status415UnsupportedMediaType, "The body must be JSON: send it with 'Content-Type: application/json'.");
        if (media.Charset is { Length: > 0 } charset && !HeaderUtilities.RemoveQuotes(charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            throw new RequestException(StatusCodes.Status415UnsupportedMediaType, "JSON is UTF-8 (RFC 8259); send it so.");
    }
}
