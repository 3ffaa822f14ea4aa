using System.Buffers;
using System.Text.Json;
using Entente.Records;
using Entente.Records.Json;
using Entente.Screening.Facts;

namespace Entente.Screening.Index;

/// <summary>The entities of an index: those that were put in, or those read from a stored index when first asked for.</summary>
/// <remarks>What is read stays in memory. Thread-safe: two threads may read the same entity, and read the same.</remarks>
internal sealed class EntityTable
{
    private static readonly JsonWriterOptions AsStored = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TextTable _json;
    private readonly TextTable _ids;
    private readonly string[] _schemata;
    private readonly byte[] _schemaOf;
    private readonly Entity?[] _entities;
    private readonly EntityFacts?[] _facts;

    private EntityTable(TextTable json, TextTable ids, string[] schemata, byte[] schemaOf, Entity?[] entities)
    {
        _json = json;
        _ids = ids;
        _schemata = schemata;
        _schemaOf = schemaOf;
        _entities = entities;
        _facts = new EntityFacts?[entities.Length];
    }

    /// <summary>How many there are.</summary>
    public int Count => _entities.Length;

    /// <summary>An entity.</summary>
    public Entity this[int number] => _entities[number] ??= EntityJson.Read(_json.Bytes(number), "the stored index");

    /// <summary>An entity that is not kept in memory for having been asked for.</summary>
    public Entity Peek(int number) => _entities[number] ?? EntityJson.Read(_json.Bytes(number), "the stored index");

    /// <summary>An entity's JSON, the same bytes whether the table was stored or not.</summary>
    public ReadOnlySpan<byte> JsonOf(int number)
    {
        if (_json.Count > 0)
            return _json.Bytes(number);
        var bytes = new ArrayBufferWriter<byte>();
        using var text = new Utf8JsonWriter(bytes, AsStored);
        EntityJson.Write(text, _entities[number]!);
        text.Flush();
        return bytes.WrittenSpan;
    }

    /// <summary>What is known of an entity beside its names.</summary>
    public EntityFacts FactsOf(int number) => _facts[number] ??= EntityFacts.Of(this[number]);

    /// <summary>An entity's id.</summary>
    public string IdOf(int number) => _entities[number]?.Id ?? _ids[number];

    /// <summary>An entity's schema.</summary>
    public string SchemaOf(int number) => _schemata[_schemaOf[number]];

    /// <summary>A table of entities.</summary>
    public static EntityTable Of(IReadOnlyList<Entity> entities)
    {
        string[] schemata = [.. entities.Select(e => e.Schema).Distinct()];
        return new EntityTable(new TextTable.Builder().Build(), new TextTable.Builder().Build(), schemata, [.. entities.Select(e => (byte)Array.IndexOf(schemata, e.Schema))], [.. entities]);
    }

    /// <summary>Writes the entities.</summary>
    public void Write(ArrayWriter writer)
    {
        TextTable.Builder json = new(), ids = new();
        var bytes = new ArrayBufferWriter<byte>();
        using var text = new Utf8JsonWriter(bytes, AsStored);
        for (int number = 0; number < Count; number++)
        {
            bytes.ResetWrittenCount();
            text.Reset();
            EntityJson.Write(text, this[number]);
            text.Flush();
            json.Add(bytes.WrittenSpan);
            ids.Add(this[number].Id);
        }

        json.Build().Write(writer);
        ids.Build().Write(writer);
        TextTable.Of(_schemata).Write(writer);
        writer.Write(_schemaOf);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The arrays do not fit together.</exception>
    public static EntityTable Read(ArrayReader reader)
    {
        TextTable json = TextTable.Read(reader), ids = TextTable.Read(reader), schemata = TextTable.Read(reader);
        byte[] schemaOf = reader.Read<byte>();
        return json.Count == ids.Count && schemaOf.Length == ids.Count && schemaOf.All(s => s < schemata.Count)
            ? new EntityTable(json, ids, [.. schemata.All()], schemaOf, new Entity?[json.Count])
            : throw new InvalidDataException("the table of entities is damaged");
    }
}
