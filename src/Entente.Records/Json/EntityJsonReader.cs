using System.Text;
using System.Text.Json;

namespace Entente.Records.Json;

/// <summary>Reads the entities of one source. Keeps property and dataset names in common to save memory. Not thread-safe.</summary>
/// <param name="source">The file, as messages shall name it.</param>
/// <param name="onWarning">Told of values left out knowingly.</param>
/// <param name="unnest">Whether entities may stand inside others; otherwise they are refused.</param>
internal sealed class EntityJsonReader(string source, Action<RecordWarning>? onWarning, bool unnest = false)
{
    // Every entity inside another takes three levels: itself, its properties, the list of values.
    private const int FlatDepth = 32;
    private const int NestedDepth = 64;

    // Names beyond this many are not worth sharing: the file is not FtM.
    private const int MaxPooled = 4096;

    private readonly HashSet<string> _pool = new(StringComparer.Ordinal);

    private sealed class Draft
    {
        public string? Id { get; set; }
        public string? Schema { get; set; }
        public string? Caption { get; set; }
        public string? FirstSeen { get; set; }
        public string? LastSeen { get; set; }
        public string? LastChange { get; set; }
        public bool? Target { get; set; }
        public List<string> Datasets { get; } = [];
        public List<string> Referents { get; } = [];
        public List<(string Property, string? Text, Draft? Inner)> Values { get; } = [];
        public List<string> LeftOut { get; } = [];
        public bool HasProperties { get; set; }
    }

    /// <summary>Reads one entity that has none inside.</summary>
    public Entity Read(ReadOnlySpan<byte> json, int line) => Finish(ReadDraft(json, line), line);

    /// <summary>Reads one entity, then those inside it, each before those inside itself.</summary>
    public List<Entity> ReadAll(ReadOnlySpan<byte> json, int line)
    {
        var entities = new List<Entity>();
        FinishAll(ReadDraft(json, line), line, entities);
        return entities;
    }

    private Draft ReadDraft(ReadOnlySpan<byte> json, int line)
    {
        var draft = new Draft();
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = unnest ? NestedDepth : FlatDepth });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw Error(line, "expected one JSON object per line, such as {\"id\": \"a-1\", \"schema\": \"Person\", \"properties\": {\"name\": [\"...\"]}}.");
            ReadObject(ref reader, draft, line);
            if (reader.Read())
                throw Error(line, "more than one JSON value on the line.");
        }
        catch (JsonException e)
        {
            throw Error(line, $"not valid JSON, at byte {e.BytePositionInLine ?? 0}; the file may be cut off. Fetch it again.", e);
        }
        catch (InvalidOperationException e)
        {
            // Utf8JsonReader.GetString, for an escape such as \ud800 that is half a character.
            throw Error(line, "a text holds half of a surrogate pair.", e);
        }
        return draft;
    }

    private void ReadObject(ref Utf8JsonReader reader, Draft draft, int line)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "id":
                    draft.Id = Text(ref reader, name, line);
                    break;
                case "schema":
                    draft.Schema = Text(ref reader, name, line);
                    break;
                case "caption":
                    draft.Caption = Text(ref reader, name, line);
                    break;
                case "first_seen":
                    draft.FirstSeen = Text(ref reader, name, line);
                    break;
                case "last_seen":
                    draft.LastSeen = Text(ref reader, name, line);
                    break;
                case "last_change":
                    draft.LastChange = Text(ref reader, name, line);
                    break;
                case "target":
                    draft.Target = reader.TokenType switch
                    {
                        JsonTokenType.True => true,
                        JsonTokenType.False => false,
                        JsonTokenType.Null => null,
                        _ => throw Error(line, "'target' must be true or false."),
                    };
                    break;
                case "datasets":
                    ReadTexts(ref reader, draft.Datasets, name, line);
                    break;
                case "referents":
                    ReadTexts(ref reader, draft.Referents, name, line);
                    break;
                case "properties":
                    draft.HasProperties = true;
                    ReadProperties(ref reader, draft, line);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private void ReadProperties(ref Utf8JsonReader reader, Draft draft, int line)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Error(line, "'properties' must be an object of lists.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var property = Pooled(reader.GetString()!); // a property name is never null
            if (property.Length == 0)
                throw Error(line, "a property has no name.");
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    ReadValue(ref reader, property, draft, line);
            }
            else
            {
                ReadValue(ref reader, property, draft, line);
            }
        }
    }

    private void ReadValue(ref Utf8JsonReader reader, string property, Draft draft, int line)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                var text = reader.GetString()!;
                if (!string.IsNullOrWhiteSpace(text))
                    draft.Values.Add((property, text, null));
                break;
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                draft.Values.Add((property, Encoding.UTF8.GetString(reader.ValueSpan), null));
                break;
            case JsonTokenType.Null:
                break;
            default:
                var value = reader;
                if (!IsEntity(ref value))
                {
                    draft.LeftOut.Add(property);
                    reader = value;
                    break;
                }
                if (!unnest)
                    throw Error(line, $"property '{property}' holds a whole entity: this is FtM's nested form, and the flat form was expected. Use the flat export (entities.ftm.json).");
                var inner = new Draft();
                ReadObject(ref reader, inner, line);
                draft.Values.Add((property, null, inner));
                break;
        }
    }

    // Consumes an object or array; an object with a 'schema' is a nested entity.
    private static bool IsEntity(ref Utf8JsonReader reader)
    {
        var depth = reader.CurrentDepth;
        var found = false;
        while (reader.Read() && reader.CurrentDepth > depth)
            found |= reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == depth + 1 && reader.ValueTextEquals("schema"u8);
        return found;
    }

    private void ReadTexts(ref Utf8JsonReader reader, List<string> into, string name, int line)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return;
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Error(line, $"'{name}' must be a list of texts.");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (Text(ref reader, name, line) is { } text)
                into.Add(Pooled(text));
        }
    }

    private string? Text(ref Utf8JsonReader reader, string name, int line) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Null => null,
        _ => throw Error(line, $"'{name}' must be a text."),
    };

    private void FinishAll(Draft draft, int line, List<Entity> into)
    {
        into.Add(Finish(draft, line));
        foreach (var (_, _, inner) in draft.Values)
        {
            if (inner is not null)
                FinishAll(inner, line, into);
        }
    }

    // FtM's flat form has each link once, at the entity that has the property: a sanction names its person. The nested
    // form also shows it from the other end, under a name such as 'sanctions', which is no property of the person.
    private static string? Link(Draft outer, string property, Draft inner) =>
        Schemata.TypeOf(outer.Schema!, property) == "entity" || !inner.Values.Any(value => value.Text == outer.Id) ? inner.Id : null;

    private Entity Finish(Draft draft, int line)
    {
        if (string.IsNullOrWhiteSpace(draft.Id))
            throw Error(line, "the entity has no 'id'.");
        if (string.IsNullOrWhiteSpace(draft.Schema))
            throw Error(line, $"entity {draft.Id} has no 'schema'.");
        if (!Schemata.IsKnown(draft.Schema))
            throw Error(line, $"entity {draft.Id} has the schema '{draft.Schema}', which FollowTheMoney does not have. Schemata begin with a capital: Person, Organization, Vessel.");
        if (!draft.HasProperties)
            throw Error(line, $"entity {draft.Id} has no 'properties'.");

        foreach (var property in draft.LeftOut)
            onWarning?.Invoke(new RecordWarning(line, draft.Id, $"property '{property}': a value that is not a text was left out."));

        var builder = new EntityBuilder(draft.Id, Pooled(draft.Schema), dataset: null)
        {
            Caption = draft.Caption,
            FirstSeen = draft.FirstSeen,
            LastSeen = draft.LastSeen,
            LastChange = draft.LastChange,
            Target = draft.Target,
            Referents = [.. draft.Referents],
        };
        foreach (var dataset in draft.Datasets)
            builder.AddDataset(dataset);
        foreach (var (property, text, inner) in draft.Values)
        {
            if ((inner is null ? text : Link(draft, property, inner)) is { Length: > 0 } value)
                builder.AddValue(property, value);
        }
        return builder.Build(keepStatements: false);
    }

    private string Pooled(string text)
    {
        if (_pool.TryGetValue(text, out var shared))
            return shared;
        if (_pool.Count < MaxPooled)
            _pool.Add(text);
        return text;
    }

    private RecordFormatException Error(int line, string problem, Exception? inner = null) => new(source, line, problem, inner);
}
