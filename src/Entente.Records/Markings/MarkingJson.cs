using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Entente.Records.Markings;

/// <summary>A level as its label, such as <c>"TLP:AMBER+STRICT"</c>.</summary>
internal sealed class TlpConverter : JsonConverter<Tlp>
{
    public override Tlp Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TlpText.TryParse(reader.GetString(), out var level)
            ? level
            : throw new JsonException("expected TLP:CLEAR, TLP:GREEN, TLP:AMBER, TLP:AMBER+STRICT or TLP:RED");

    public override void Write(Utf8JsonWriter writer, Tlp value, JsonSerializerOptions options) => writer.WriteStringValue(value.Label());
}

/// <summary>A category as its name in lower case, such as <c>"suspect"</c>.</summary>
internal sealed class EntityCategoryConverter : JsonConverter<EntityCategory>
{
    private static readonly Dictionary<string, EntityCategory> Words =
        Enum.GetValues<EntityCategory>().Where(each => each != EntityCategory.None).ToDictionary(each => each.ToString().ToLowerInvariant(), StringComparer.OrdinalIgnoreCase);

    public override EntityCategory Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Words.TryGetValue(reader.GetString()!, out var category)
            ? category
            : throw new JsonException($"expected one of {string.Join(", ", Words.Keys)}");

    public override void Write(Utf8JsonWriter writer, EntityCategory value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString().ToLowerInvariant());
}

/// <summary>A grade as it is written, such as <c>"B2"</c>.</summary>
internal sealed class SourceGradeConverter : JsonConverter<SourceGrade>
{
    public override SourceGrade Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && SourceGrade.TryParse(reader.GetString(), out var grade)
            ? grade
            : throw new JsonException("expected a letter A to F and a digit 1 to 6, such as B2");

    public override void Write(Utf8JsonWriter writer, SourceGrade value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

/// <summary>An audience as <c>"anyone"</c> or an array of ids of nodes.</summary>
internal sealed class AudienceConverter : JsonConverter<Audience>
{
    private const string AnyoneWord = "anyone";

    // More partners than anybody has; an audience is read before it is known who wrote it.
    private const int MostNodes = 1000;

    public override Audience Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(AnyoneWord))
            return Audience.Anyone;
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("expected \"anyone\" or an array of ids of nodes");
        var nodes = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.String || string.IsNullOrWhiteSpace(reader.GetString()) || nodes.Count == MostNodes)
                throw new JsonException(string.Create(CultureInfo.InvariantCulture, $"expected up to {MostNodes} ids of nodes"));
            nodes.Add(reader.GetString()!);
        }
        return Audience.Of(nodes);
    }

    public override void Write(Utf8JsonWriter writer, Audience value, JsonSerializerOptions options)
    {
        if (value.IsAnyone)
        {
            writer.WriteStringValue(AnyoneWord);
            return;
        }
        writer.WriteStartArray();
        foreach (var node in value.Nodes)
            writer.WriteStringValue(node);
        writer.WriteEndArray();
    }
}
