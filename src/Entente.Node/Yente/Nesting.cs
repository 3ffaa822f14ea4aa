using System.Text.Json;
using Entente.Desk.Entities;
using Entente.Records;

namespace Entente.Node.Yente;

/// <summary>Puts the entities around one in the place of their ids, as yente does: those beside it, and of a link between two (an ownership, a family) also who stands at its other end.</summary>
internal sealed class Nesting
{
    // An owner of thousands of companies is read in pages.
    private const int Most = 200, MostFurther = 20;

    private readonly EntityArchive _archive;
    private readonly Nesting? _outer;
    private readonly string _id;
    private readonly int _depth;

    private Nesting(EntityArchive archive, Nesting? outer, string id)
    {
        _archive = archive;
        _outer = outer;
        _id = id;
        _depth = outer is null ? 0 : outer._depth + 1;
    }

    /// <summary>For an entity that is asked for.</summary>
    public static Nesting Of(EntityArchive archive, EntityShape shape) => new(archive, null, shape.Id);

    /// <summary>Writes an entity beside the one that is asked for.</summary>
    public void WriteBeside(Utf8JsonWriter json, int number) => WriteOther(json, EntityShape.Of(_archive, _archive.Get(number)));

    /// <summary>What stands around an entity, by the property that it hangs on: first those that it names, then those that name it.</summary>
    public static List<KeyValuePair<string, List<int>>> Around(EntityArchive archive, EntityShape shape)
    {
        var byProperty = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (var entry in shape.Listings)
        {
            if (!archive.TryFind(entry.Id, out var number, out _))
                continue;
            foreach (var link in archive.Links(number))
            {
                if (!byProperty.TryGetValue(link.Property, out var numbers))
                    byProperty[link.Property] = numbers = [];
                numbers.Add(link.Number);
            }
        }
        return [.. byProperty.Select(group => KeyValuePair.Create(group.Key, group.Value.Distinct().ToList()))];
    }

    /// <summary>Whether entities may hang on a property of this name.</summary>
    public static bool IsLink(EntityShape shape, string property) =>
        Schemata.IsReverse(property) || shape.Listings.Any(entry => Schemata.TypeOf(entry.Schema, property) == "entity");

    /// <summary>Writes a property whose values are entities.</summary>
    /// <returns>False where they are not, or are to be written as ids: then nothing was written.</returns>
    public bool TryWrite(Utf8JsonWriter json, EntityShape shape, string property)
    {
        // Of what only stands beside, the far ends of links are worth showing; the rest is a click away.
        if (_depth > 1 || (_depth == 1 && !shape.Listings[0].IsA("Interval")) || !shape.Listings.Any(entry => Schemata.TypeOf(entry.Schema, property) == "entity"))
            return false;
        json.WriteStartArray(property);
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in shape.Get(property).Take(_depth == 0 ? Most : MostFurther))
        {
            if (!_archive.TryGet(id, out var other))
                json.WriteStringValue(id);
            else if (EntityShape.Of(_archive, other) is var found && !IsOnPath(found.Id) && written.Add(found.Id))
                WriteOther(json, found);
        }
        json.WriteEndArray();
        return true;
    }

    /// <summary>Writes the properties that stand for what points to the entity that is asked for.</summary>
    public void WriteReverse(Utf8JsonWriter json, EntityShape shape)
    {
        if (_depth > 0)
            return;
        foreach (var (property, numbers) in Around(_archive, shape))
        {
            if (shape.Listings.Any(entry => !entry.Get(property).IsEmpty))
                continue;
            json.WriteStartArray(property);
            foreach (var number in numbers.Take(Most))
                WriteBeside(json, number);
            json.WriteEndArray();
        }
    }

    private void WriteOther(Utf8JsonWriter json, EntityShape other)
    {
        json.WriteStartObject();
        other.WriteMembers(json, new Nesting(_archive, this, other.Id));
        json.WriteEndObject();
    }

    private bool IsOnPath(string id) => _id == id || _outer?.IsOnPath(id) == true;
}
