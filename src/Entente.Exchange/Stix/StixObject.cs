using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Entente.Exchange.Stix;

/// <summary>One object of STIX 2.1, in order as far as <see cref="StixReader"/> looks. Immutable, thread-safe.</summary>
public sealed class StixObject
{
    /// <summary>The version of STIX that is read and written.</summary>
    public const string SpecVersion = "2.1";

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal StixObject(JsonElement json)
    {
        Json = json;
        Type = json.GetProperty("type").GetString()!;
        Id = json.GetProperty("id").GetString()!;
        Created = Time(json, "created");
        Modified = Time(json, "modified");
    }

    /// <summary>The type, such as <c>identity</c>.</summary>
    public string Type { get; }

    /// <summary>The id, such as <c>identity--</c> and a UUID.</summary>
    public string Id { get; }

    /// <summary>When its first version was made; null for an observable.</summary>
    public DateTimeOffset? Created { get; }

    /// <summary>When this version was made; null for an observable and a marking definition, which have none.</summary>
    public DateTimeOffset? Modified { get; }

    /// <summary>What tells its versions apart: <see cref="Modified"/>, else <see cref="Created"/>, else the Unix epoch, as TAXII 2.1 has no better word for an observable.</summary>
    public DateTimeOffset Version => Modified ?? Created ?? DateTimeOffset.UnixEpoch;

    /// <summary>Whether its creator has taken it back.</summary>
    public bool Revoked => Json.TryGetProperty("revoked", out var revoked) && revoked.ValueKind == JsonValueKind.True;

    /// <summary>The whole object.</summary>
    public JsonElement Json { get; }

    /// <summary>The ids of the marking definitions that hold for all of it.</summary>
    public ImmutableArray<string> MarkingRefs => Texts("object_marking_refs");

    /// <summary>A text.</summary>
    /// <param name="property">A property.</param>
    /// <returns>Null where there is none.</returns>
    public string? Text(string property) => Json.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A list of texts.</summary>
    /// <param name="property">A property.</param>
    /// <returns>Empty where there is none.</returns>
    public ImmutableArray<string> Texts(string property) => Json.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.Array
        ? [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
        : [];

    /// <summary>What an extension adds to it.</summary>
    /// <param name="definition">The id of the extension definition.</param>
    /// <returns>Null where it does not have the extension.</returns>
    public JsonElement? Extension(string definition) => Json.TryGetProperty("extensions", out var all) && all.ValueKind == JsonValueKind.Object
        && all.TryGetProperty(definition, out var one) && one.ValueKind == JsonValueKind.Object ? one : null;

    /// <summary>The object as JSON on one line, with letters in their own script.</summary>
    public override string ToString() => Json.GetRawText();

    /// <summary>Takes an object that was written before and kept.</summary>
    /// <param name="json">What <see cref="ToString"/> gave.</param>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static StixObject Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new StixObject(document.RootElement.Clone());
    }

    /// <summary>Makes an object that we write.</summary>
    internal static StixObject Of(JsonObject json)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
            json.WriteTo(writer);
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return new StixObject(document.RootElement.Clone());
    }

    private static DateTimeOffset? Time(JsonElement json, string property) =>
        json.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String && StixTime.TryParse(value.GetString(), out var time) ? time : null;
}
