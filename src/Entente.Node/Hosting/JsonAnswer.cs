using System.Buffers;
using System.Text.Json;
using Entente.Node.Store;
using Microsoft.AspNetCore.Http;

namespace Entente.Node.Hosting;

/// <summary>Answers in JSON: of the own API, and those that are written member by member, in shapes that others laid down.</summary>
internal static class JsonAnswer
{
    /// <summary>Names stay readable in their own script.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = NodeJson.Options.Encoder };

    /// <summary>An answer of the own API.</summary>
    /// <param name="value">What is answered.</param>
    /// <param name="status">The HTTP status.</param>
    public static IResult Of<T>(T value, int status = StatusCodes.Status200OK) => Results.Json(value, NodeJson.Options, statusCode: status);

    /// <summary>Writes an object. What goes wrong while it is made becomes an error, never half an answer.</summary>
    /// <param name="http">The request.</param>
    /// <param name="members">Writes its members.</param>
    public static async Task WriteAsync(HttpContext http, Action<Utf8JsonWriter> members)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = bytes.WrittenCount;
        await http.Response.Body.WriteAsync(bytes.WrittenMemory, http.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Writes a list of texts, each once.</summary>
    /// <param name="json">Inside an object.</param>
    /// <param name="name">The member.</param>
    /// <param name="texts">The texts.</param>
    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts.Distinct(StringComparer.Ordinal))
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
