using System.Collections.Immutable;
using System.Text.Json;
using Entente.Desk.Entities;
using Entente.Node.Hosting;
using Entente.Node.Yente;
using Entente.Records;

namespace Entente.Node.Reconcile;

/// <summary>Fetches values of entities that were reconciled before: <c>{"ids": [...], "properties": [{"id": "birthDate"}]}</c>.</summary>
internal static class ReconcileExtension
{
    private const int MostProperties = 100;

    /// <summary>A property to fetch.</summary>
    /// <param name="Id">As the client calls it.</param>
    /// <param name="Limit">Most values; 0 for all.</param>
    /// <param name="Raw">Values for programs.</param>
    internal sealed record Wanted(string Id, int Limit, bool Raw);

    /// <summary>Reads a request.</summary>
    public static (ImmutableArray<string> Ids, ImmutableArray<Wanted> Properties) Read(string text, int most)
    {
        using var document = JsonBody.Parse(text, "extend");
        return JsonBody.Texts(() =>
        {
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("ids", out var ids) || ids.ValueKind != JsonValueKind.Array
                || !root.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Array)
                throw RequestException.Bad("""'extend' must be an object: {"ids": ["..."], "properties": [{"id": "birthDate"}]}.""");
            if (ids.GetArrayLength() > most)
                throw RequestException.Bad($"Too many ids in one batch (limit: {most}).");
            if (properties.GetArrayLength() > MostProperties)
                throw RequestException.Bad($"Too many properties at once (limit: {MostProperties}).");
            return (ids.EnumerateArray().Select(id => id.ValueKind == JsonValueKind.String ? id.GetString()! : throw RequestException.Bad("extend.ids must be texts.")).Distinct(StringComparer.Ordinal).ToImmutableArray(), // a string's text is never null
                properties.EnumerateArray().Select(Property).ToImmutableArray());
        });
    }

    /// <summary>Writes the answer: a row for each id, empty where there is no such entity.</summary>
    public static void Write(Utf8JsonWriter json, EntityArchive archive, ImmutableArray<string> ids, ImmutableArray<Wanted> properties)
    {
        json.WriteStartArray("meta");
        foreach (var property in properties)
        {
            json.WriteStartObject();
            json.WriteString("id", property.Id);
            json.WriteString("name", ReconcileWords.Label(ReconcileWords.Property(property.Id)));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("rows");
        foreach (var id in ids)
        {
            json.WriteStartObject(id);
            if (archive.TryGet(id, out var entity))
            {
                var shape = EntityShape.Of(archive, entity);
                foreach (var property in properties.DistinctBy(property => property.Id))
                    WriteValues(json, archive, shape, property);
            }
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteValues(Utf8JsonWriter json, EntityArchive archive, EntityShape shape, Wanted wanted)
    {
        var property = ReconcileWords.Property(wanted.Id);
        var linked = Schemata.TypeOf(shape.Schema, property) == "entity";
        json.WriteStartArray(wanted.Id);
        foreach (var value in shape.Get(property).Take(wanted.Limit == 0 ? int.MaxValue : wanted.Limit))
        {
            json.WriteStartObject();
            if (linked && archive.TryGet(value, out var other))
            {
                json.WriteString("id", other.Id);
                json.WriteString("name", other.Caption);
            }
            else
            {
                json.WriteString("str", wanted.Raw ? value : ReconcileWords.Caption(shape.Schema, property, value));
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static Wanted Property(JsonElement property)
    {
        if (property.ValueKind != JsonValueKind.Object || !property.TryGetProperty("id", out var id) || id.ValueKind != JsonValueKind.String)
            throw RequestException.Bad("extend.properties must be objects with 'id'.");
        var (limit, raw) = (0, false);
        if (property.TryGetProperty("settings", out var settings) && settings.ValueKind == JsonValueKind.Object)
        {
            // OpenRefine sends numbers as texts.
            if (settings.TryGetProperty("limit", out var given) && given.ValueKind is JsonValueKind.Number or JsonValueKind.String
                && !int.TryParse(given.ToString(), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out limit))
                throw RequestException.Bad("extend.properties: 'limit' must be a whole number, 0 for all.");
            raw = settings.TryGetProperty("render", out var render) && render.ValueKind == JsonValueKind.String && render.GetString() == "raw";
        }
        return new Wanted(id.GetString()!, limit, raw); // a string's text is never null
    }
}
