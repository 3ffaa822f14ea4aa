using System.Text.Json;
using System.Text.Json.Serialization;

namespace Entente.Exchange.Messages;

/// <summary>A member of an enumeration as its name in lower case; numbers, other cases and the unset member are refused.</summary>
internal abstract class LowerCaseConverter<T>(T unset) : JsonConverter<T>
    where T : struct, Enum
{
    private readonly Dictionary<string, T> _words =
        Enum.GetValues<T>().Where(each => !each.Equals(unset)).ToDictionary(each => each.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && _words.TryGetValue(reader.GetString()!, out var value)
            ? value
            : throw new JsonException($"expected one of {string.Join(", ", _words.Keys)}");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString().ToLowerInvariant());
}
