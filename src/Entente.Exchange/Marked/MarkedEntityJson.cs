using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Entente.Records.Json;
using Entente.Records.Markings;

namespace Entente.Exchange.Marked;

/// <summary>Records in bulk: FtM JSON lines, each with its marking.</summary>
/// <remarks>
/// The line is FtM's entity object (<see cref="EntityJson"/>) with three more members: <c>marking</c>, which must be there;
/// <c>version</c>, a whole number, 1 where it is left out; and <c>marks</c>, a list of
/// <c>{"property", "value", "tlp", "audience"}</c> for statements that are marked more tightly.
/// Readers of plain FtM ignore the three: give them only what is TLP:CLEAR.
/// </remarks>
public static class MarkedEntityJson
{
    private const int MaxDepth = 32;

    // More marks than an entity has statements that somebody looked at one by one.
    private const int MostMarks = 10_000;

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        PropertyNameCaseInsensitive = false,
        MaxDepth = MaxDepth,
    };

    /// <summary>Reads records as they are asked for: memory does not grow with the file.</summary>
    /// <param name="stream">UTF-8, with or without byte order mark. Left open.</param>
    /// <param name="sourceName">The file, as messages shall name it.</param>
    /// <param name="onWarning">Told of values left out knowingly.</param>
    /// <param name="maxLineBytes">The longest line accepted.</param>
    /// <returns>The records with their lines, from 1, in file order.</returns>
    /// <exception cref="RecordFormatException">While enumerating: a line is no record, or has no marking in order.</exception>
    public static IEnumerable<(int Line, MarkedEntity Record)> ReadLines(
        Stream stream, string sourceName, Action<RecordWarning>? onWarning = null, int maxLineBytes = JsonLines.DefaultMaxLineBytes)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLineBytes, 2);
        var reader = new EntityJsonReader(sourceName, onWarning);
        foreach (var (number, bytes) in JsonLines.Read(stream, sourceName, maxLineBytes))
            yield return (number, Read(reader, bytes, sourceName, number));
    }

    /// <summary>Writes records as JSON lines: UTF-8 without byte order mark, each line ended by LF.</summary>
    /// <param name="stream">Where to write. Left open.</param>
    /// <param name="records">The records, taken one at a time.</param>
    public static void WriteLines(Stream stream, IEnumerable<MarkedEntity> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        EntityJson.WriteLines(stream, records, Write);
    }

    private static void Write(Utf8JsonWriter writer, MarkedEntity record)
    {
        // The entity's own object comes first, as its own writer makes it; the rest goes in before its end.
        using var entity = JsonDocument.Parse(EntityJson.ToText(record.Entity));
        writer.WriteStartObject();
        foreach (var member in entity.RootElement.EnumerateObject())
            member.WriteTo(writer);
        writer.WriteNumber("version"u8, record.Version);
        writer.WritePropertyName("marking"u8);
        JsonSerializer.Serialize(writer, record.Marking, Strict);
        if (record.Marks.Length > 0)
        {
            writer.WriteStartArray("marks"u8);
            foreach (var mark in record.Marks)
                JsonSerializer.Serialize(writer, new MarkLine(mark.Property, mark.Value, mark.Mark.Tlp, mark.Mark.Audience), Strict);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    private static MarkedEntity Read(EntityJsonReader reader, ReadOnlyMemory<byte> bytes, string source, int line)
    {
        var entity = reader.Read(bytes.Span, line);
        RecordFormatException Fault(string problem) => new(source, line, $"entity {entity.Id}: {problem}");
        try
        {
            // The reader of entities takes the last of two members of one name; of two markings, none is taken.
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
            var root = document.RootElement;
            if (!root.TryGetProperty("marking", out var given))
                throw Fault("it has no 'marking'; a record that is on no public list must say how it may be handled.");
            var marking = given.Deserialize<Marking>(Strict) ?? throw Fault("its 'marking' is null.");
            if (marking.FaultFor(entity.Schema) is { } fault)
                throw Fault($"marking.{fault}");
            return new MarkedEntity(entity, marking) { Version = Version(root, Fault), Marks = [.. Marks(root, Fault)] };
        }
        catch (JsonException fault)
        {
            throw new RecordFormatException(source, line, $"entity {entity.Id}: its marking could not be read at {fault.Path ?? "$"}: {Shown(fault)}.", fault);
        }
    }

    private static int Version(JsonElement root, Func<string, RecordFormatException> fault)
    {
        if (!root.TryGetProperty("version", out var given))
            return 1;
        return given.ValueKind == JsonValueKind.Number && given.TryGetInt32(out var version) && version >= 1 ? version : throw fault("its 'version' must be a whole number from 1.");
    }

    private static IEnumerable<MarkedStatement> Marks(JsonElement root, Func<string, RecordFormatException> fault)
    {
        if (!root.TryGetProperty("marks", out var given))
            yield break;
        if (given.ValueKind != JsonValueKind.Array || given.GetArrayLength() > MostMarks)
            throw fault($"its 'marks' must be a list of at most {MostMarks} marks.");
        foreach (var item in given.EnumerateArray())
        {
            var mark = item.Deserialize<MarkLine>(Strict) ?? throw fault("one of its 'marks' is null.");
            yield return new MarkedStatement(mark.Property, mark.Value, new StatementMark(mark.Tlp, mark.Audience));
        }
    }

    /// <summary>Our own words where there are some; else those of the parser, in one line.</summary>
    private static string Shown(JsonException fault)
    {
        var text = fault.Message.Split(" Path:", 2)[0].TrimEnd('.');
        return text.Length > 200 ? text[..200] : text;
    }

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    private sealed record MarkLine
    {
        [JsonConstructor]
        public MarkLine(string property, string value, Tlp tlp, Audience audience) => (Property, Value, Tlp, Audience) = (property, value, tlp, audience);

        [JsonRequired]
        public string Property { get; init; }

        [JsonRequired]
        public string Value { get; init; }

        [JsonRequired]
        public Tlp Tlp { get; init; }

        [JsonRequired]
        public Audience Audience { get; init; }
    }
}
