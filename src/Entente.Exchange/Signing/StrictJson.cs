using System.Text.Encodings.Web;
using System.Text.Json;

namespace Entente.Exchange.Signing;

/// <summary>JSON of what travels: each member known, there once, and of its type. What is not understood might be a restriction.</summary>
internal static class StrictJson
{
    private const int MaxDepth = 16;
    private const int MaxPath = 100;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = MaxDepth,
    };

    /// <summary>Writes a value; equal values give equal bytes.</summary>
    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    /// <summary>Writes a value as one of a larger text.</summary>
    public static void Write<T>(Utf8JsonWriter writer, T value) => JsonSerializer.Serialize(writer, value, Options);

    /// <summary>Reads a value.</summary>
    /// <param name="json">UTF-8, of a length that was checked before.</param>
    /// <param name="what">What it is to be, for the message.</param>
    /// <exception cref="RefusedException">It is not.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json, string what)
    {
        try
        {
            RequireNoNull(json);
            return JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException("expected an object");
        }
        // ArgumentException and InvalidOperationException: a blank id, half of a surrogate pair.
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException or FormatException)
        {
            // The path may be of names that a stranger chose, and the message goes into logs.
            var where = e is JsonException { Path: { Length: <= MaxPath } path } && path.All(each => each is > ' ' and <= '~') ? $" at {path}" : "";
            throw new RefusedException(Refusal.Malformed, $"The {what} is not of the form expected{where}.", e);
        }
    }

    // What is not there is left out. The serializer checks that members are not null, but not elements of arrays.
    private static void RequireNoNull(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf("null"u8) < 0)
            return;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Null)
                throw new JsonException("null is no value here");
        }
    }
}
