using System.Text.Json;

namespace Entente.Records.Json;

/// <summary>FtM statements as JSON lines (<c>statements.json</c>): one value per line, with its provenance.</summary>
public static class StatementJson
{
    // A statement is flat and short; what is longer than a notice of a megabyte is not one.
    private const int MaxLineBytes = 2 * 1024 * 1024;

    /// <summary>Reads statements as they are asked for.</summary>
    /// <param name="stream">UTF-8, with or without byte order mark. Left open.</param>
    /// <param name="sourceName">The file, as messages shall name it.</param>
    /// <returns>The statements, in file order. FtM's row that only states an id (<c>prop: id</c>) is read as it stands.</returns>
    /// <exception cref="RecordFormatException">While enumerating: a line is not a statement.</exception>
    public static IEnumerable<Statement> ReadLines(Stream stream, string sourceName)
    {
        ArgumentNullException.ThrowIfNull(stream);
        foreach (var (number, bytes) in JsonLines.Read(stream, sourceName, MaxLineBytes))
            yield return Read(bytes, sourceName, number);
    }

    /// <summary>Writes one statement as a JSON object with FtM's field names; fields that are not known are left out.</summary>
    /// <param name="writer">Where to write it.</param>
    /// <param name="statement">The statement.</param>
    public static void Write(Utf8JsonWriter writer, Statement statement)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(statement);
        writer.WriteStartObject();
        writer.WriteString("id"u8, statement.ComputeId());
        writer.WriteString("entity_id"u8, statement.EntityId);
        writer.WriteString("canonical_id"u8, statement.CanonicalId ?? statement.EntityId);
        writer.WriteString("schema"u8, statement.Schema);
        writer.WriteString("prop"u8, statement.Property);
        writer.WriteString("prop_type"u8, statement.PropertyType);
        writer.WriteString("dataset"u8, statement.Dataset);
        writer.WriteString("value"u8, statement.Value);
        EntityJson.WriteOptional(writer, "lang", statement.Lang);
        EntityJson.WriteOptional(writer, "original_value", statement.OriginalValue);
        writer.WriteBoolean("external"u8, statement.External);
        EntityJson.WriteOptional(writer, "first_seen", statement.FirstSeen);
        EntityJson.WriteOptional(writer, "last_seen", statement.LastSeen);
        writer.WriteEndObject();
    }

    /// <summary>Writes statements as JSON lines: UTF-8 without byte order mark, each line ended by LF.</summary>
    /// <param name="stream">Where to write. Left open.</param>
    /// <param name="statements">The statements, taken one at a time.</param>
    public static void WriteLines(Stream stream, IEnumerable<Statement> statements)
    {
        ArgumentNullException.ThrowIfNull(statements);
        EntityJson.WriteLines(stream, statements, Write);
    }

    private static Statement Read(ReadOnlyMemory<byte> json, string source, int line)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8 });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                throw new RecordFormatException(source, line, "expected one JSON object per line, a statement.");

            string? Optional(string name) => !root.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null
                ? null
                : value.ValueKind == JsonValueKind.String
                    ? value.GetString()
                    : throw new RecordFormatException(source, line, $"'{name}' must be a text.");
            string Required(string name) => Optional(name) is { Length: > 0 } value
                ? value
                : throw new RecordFormatException(source, line, $"the statement has no '{name}'.");

            var schema = Required("schema");
            if (!Schemata.IsKnown(schema))
                throw new RecordFormatException(source, line, $"the schema '{schema}' is not one that FollowTheMoney has.");
            var entityId = Required("entity_id");
            var canonicalId = Optional("canonical_id");
            return new Statement(entityId, schema, Required("prop"), Required("value"), Required("dataset"))
            {
                CanonicalId = canonicalId == entityId ? null : canonicalId,
                Lang = Optional("lang"),
                OriginalValue = Optional("original_value"),
                External = root.TryGetProperty("external", out var external) && external.ValueKind == JsonValueKind.True,
                FirstSeen = Optional("first_seen"),
                LastSeen = Optional("last_seen"),
            };
        }
        catch (JsonException e)
        {
            throw new RecordFormatException(source, line, $"not valid JSON, at byte {e.BytePositionInLine ?? 0}; the file may be cut off. Fetch it again.", e);
        }
        catch (InvalidOperationException e)
        {
            throw new RecordFormatException(source, line, "a text holds half of a surrogate pair.", e);
        }
    }
}
