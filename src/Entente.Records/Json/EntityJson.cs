using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Entente.Records.Json;

/// <summary>FtM entities as JSON: one object, or one object per line.</summary>
/// <remarks>
/// The flat form, in which links are ids (<c>entities.ftm.json</c>). The nested form, in which linked entities
/// stand inside their parents (<c>targets.nested.json</c>), is read by <see cref="ReadUnnestedLines"/>, and refused by
/// the others with a message that says so.
/// The form carries no provenance of single values: what <see cref="Entity.Statements"/> says about language and
/// wording is lost on writing; use <see cref="StatementJson"/> to keep it.
/// </remarks>
public static class EntityJson
{
    /// <summary>Non-ASCII letters stand as they are: the output is for files and terminals, not for HTML.</summary>
    internal static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads entities, one JSON object per line, as they are asked for: memory does not grow with the file.</summary>
    /// <param name="stream">UTF-8, with or without byte order mark. Left open.</param>
    /// <param name="sourceName">The file, as messages shall name it.</param>
    /// <param name="onWarning">Told of values left out knowingly: objects in places where FtM has text.</param>
    /// <param name="maxLineBytes">The longest line accepted.</param>
    /// <returns>The entities, in file order. Properties outside the FtM vocabulary are kept.</returns>
    /// <exception cref="RecordFormatException">While enumerating: a line is not an FtM entity.</exception>
    public static IEnumerable<Entity> ReadLines(
        Stream stream, string sourceName, Action<RecordWarning>? onWarning = null, int maxLineBytes = JsonLines.DefaultMaxLineBytes)
    {
        foreach (var (_, entity) in ReadNumberedLines(stream, sourceName, onWarning, maxLineBytes))
            yield return entity;
    }

    /// <summary>As <see cref="ReadLines"/>, each entity with its line, from 1, for messages about it.</summary>
    /// <param name="stream">UTF-8, with or without byte order mark. Left open.</param>
    /// <param name="sourceName">The file, as messages shall name it.</param>
    /// <param name="onWarning">Told of values left out knowingly.</param>
    /// <param name="maxLineBytes">The longest line accepted.</param>
    /// <returns>The entities, in file order.</returns>
    /// <exception cref="RecordFormatException">While enumerating: a line is not an FtM entity.</exception>
    public static IEnumerable<(int Line, Entity Entity)> ReadNumberedLines(
        Stream stream, string sourceName, Action<RecordWarning>? onWarning = null, int maxLineBytes = JsonLines.DefaultMaxLineBytes)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLineBytes, 2);
        var reader = new EntityJsonReader(sourceName, onWarning);
        foreach (var (number, bytes) in JsonLines.Read(stream, sourceName, maxLineBytes))
            yield return (number, reader.Read(bytes.Span, number));
    }

    /// <summary>As <see cref="ReadNumberedLines"/>, for files whose entities may stand inside others: each comes out by itself.</summary>
    /// <param name="stream">UTF-8, with or without byte order mark. Left open.</param>
    /// <param name="sourceName">The file, as messages shall name it.</param>
    /// <param name="onWarning">Told of values left out knowingly.</param>
    /// <param name="maxLineBytes">The longest line accepted.</param>
    /// <returns>The entities, in file order, each before those that stood inside it. Links are ids. An entity that stands
    /// inside several comes several times, perhaps with other values.</returns>
    /// <exception cref="RecordFormatException">While enumerating: a line is not an FtM entity, or one inside it is none.</exception>
    public static IEnumerable<(int Line, Entity Entity, bool Nested)> ReadUnnestedLines(
        Stream stream, string sourceName, Action<RecordWarning>? onWarning = null, int maxLineBytes = JsonLines.DefaultMaxLineBytes)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLineBytes, 2);
        var reader = new EntityJsonReader(sourceName, onWarning, unnest: true);
        foreach (var (number, bytes) in JsonLines.Read(stream, sourceName, maxLineBytes))
        {
            var nested = false;
            foreach (var entity in reader.ReadAll(bytes.Span, number))
            {
                yield return (number, entity, nested);
                nested = true;
            }
        }
    }

    /// <summary>Reads one entity.</summary>
    /// <param name="utf8Json">One JSON object.</param>
    /// <param name="sourceName">Where it came from, as messages shall name it.</param>
    /// <param name="onWarning">As for <see cref="ReadLines"/>.</param>
    /// <returns>The entity.</returns>
    /// <exception cref="RecordFormatException">Not an FtM entity.</exception>
    public static Entity Read(ReadOnlySpan<byte> utf8Json, string sourceName, Action<RecordWarning>? onWarning = null) =>
        new EntityJsonReader(sourceName, onWarning).Read(utf8Json, 1);

    /// <summary>Writes one entity as a JSON object.</summary>
    /// <param name="writer">Where to write it.</param>
    /// <param name="entity">The entity.</param>
    public static void Write(Utf8JsonWriter writer, Entity entity)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(entity);
        writer.WriteStartObject();
        writer.WriteString("id"u8, entity.Id);
        writer.WriteString("caption"u8, entity.Caption);
        writer.WriteString("schema"u8, entity.Schema);
        writer.WriteStartObject("properties"u8);
        foreach (var (property, values) in entity.Properties)
            WriteArray(writer, property, values);
        writer.WriteEndObject();
        WriteArray(writer, "referents", entity.Referents);
        WriteArray(writer, "datasets", entity.Datasets);
        WriteOptional(writer, "first_seen", entity.FirstSeen);
        WriteOptional(writer, "last_seen", entity.LastSeen);
        WriteOptional(writer, "last_change", entity.LastChange);
        if (entity.Target is { } target)
            writer.WriteBoolean("target"u8, target);
        writer.WriteEndObject();
    }

    /// <summary>Writes entities as JSON lines: UTF-8 without byte order mark, each line ended by LF.</summary>
    /// <param name="stream">Where to write. Left open.</param>
    /// <param name="entities">The entities, taken one at a time.</param>
    public static void WriteLines(Stream stream, IEnumerable<Entity> entities)
    {
        ArgumentNullException.ThrowIfNull(entities);
        WriteLines(stream, entities, Write);
    }

    /// <summary>One entity as a JSON text.</summary>
    /// <param name="entity">The entity.</param>
    /// <returns>A JSON object on one line.</returns>
    public static string ToText(Entity entity)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
            Write(writer, entity);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    internal static void WriteLines<T>(Stream stream, IEnumerable<T> records, Action<Utf8JsonWriter, T> write)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
        foreach (var record in records)
        {
            write(writer, record);
            writer.Flush();
            buffer.Write("\n"u8);
            stream.Write(buffer.WrittenSpan);
            buffer.ResetWrittenCount();
            writer.Reset();
        }
    }

    internal static void WriteOptional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    private static void WriteArray(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}
