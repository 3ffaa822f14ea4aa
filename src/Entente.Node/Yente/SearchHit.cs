using System.Collections.Immutable;
using Entente.Desk.Entities;
using Entente.Node.Hosting;
using Entente.Records;

namespace Entente.Node.Yente;

/// <summary>Something found: what it is sorted and counted by, and how to come by the rest.</summary>
internal sealed record SearchHit(
    string Id, string Schema, string Caption, ImmutableArray<string> Datasets, ImmutableArray<string> Countries, ImmutableArray<string> Topics, ImmutableArray<string> Genders,
    string? FirstSeen, string? LastSeen, string? LastChange, Func<EntityShape> Shape)
{
    /// <summary>Of an entity that was read already.</summary>
    public static SearchHit Of(EntityShape shape) => new(
        shape.Id, shape.Schema, shape.Caption, [.. shape.Datasets], [.. ListedTable.CountryProperties.SelectMany(shape.Get).Distinct(StringComparer.Ordinal)],
        [.. shape.Get("topics")], [.. shape.Get("gender")], shape.FirstSeen, shape.LastSeen, shape.LastChange, () => shape);

    /// <summary>Of an entity that is read when it is shown.</summary>
    public static SearchHit Of(EntityArchive archive, ListedTable.Row row) => new(
        row.Group ?? row.Id, row.Schema, row.Caption, row.Datasets, row.Countries, row.Topics, row.Genders, row.FirstSeen, row.LastSeen, row.LastChange,
        () => EntityShape.Of(archive, archive.Get(row.Number)));
}

/// <summary>The order of what was found: the nearest first, unless a client sorts.</summary>
internal sealed record SearchOrder(ImmutableArray<(Func<SearchHit, string?> Key, bool Descending)> Keys)
{
    private static readonly Dictionary<string, Func<SearchHit, string?>> Fields = new(StringComparer.Ordinal)
    {
        ["first_seen"] = hit => hit.FirstSeen,
        ["last_seen"] = hit => hit.LastSeen,
        ["last_change"] = hit => hit.LastChange,
        ["caption"] = hit => hit.Caption,
        ["schema"] = hit => hit.Schema,
        ["id"] = hit => hit.Id,
    };

    /// <summary>Reads <c>field</c>, <c>field:asc</c> and <c>field:desc</c>.</summary>
    public static SearchOrder Read(ImmutableArray<string> texts) => new([.. texts.Where(text => text is not ("_score" or "score" or "_score:desc" or "score:desc")).Select(text =>
    {
        var parts = text.Split(':');
        return parts.Length <= 2 && Fields.TryGetValue(parts[0], out var key) && (parts.Length == 1 || parts[1] is "asc" or "desc")
            ? (key, parts.Length == 2 && parts[1] == "desc")
            : throw RequestException.Bad($"'sort': '{QueryText.Short(text)}' is no order. Sort by one of {string.Join(", ", Fields.Keys)}, followed by ':asc' or ':desc'.");
    })]);

    /// <summary>Sorts; what is equal stays in its order, what has no value comes last.</summary>
    public List<SearchHit> Apply(List<SearchHit> hits)
    {
        IEnumerable<SearchHit> sorted = hits;
        foreach (var (key, descending) in Keys.Reverse())
            sorted = (descending ? sorted.OrderByDescending(key, StringComparer.Ordinal) : sorted.OrderBy(key, StringComparer.Ordinal)).OrderBy(hit => key(hit) is null);
        return Keys.IsEmpty ? hits : [.. sorted];
    }
}

/// <summary>A property that must have a value: <c>programId:UN-1267</c> or <c>properties.birthDate:1971</c>.</summary>
/// <param name="Property">An FtM property.</param>
/// <param name="Value">The value; of a date, its beginning is enough.</param>
internal sealed record PropertyFilter(string Property, string Value)
{
    /// <summary>Reads them.</summary>
    public static ImmutableArray<PropertyFilter> Read(ImmutableArray<string> texts) => [.. texts.Select(text =>
        text.Split(':', 2) is [var field, { Length: > 0 } value] && field.Length > 0
            ? new PropertyFilter(field.StartsWith("properties.", StringComparison.Ordinal) ? field["properties.".Length..] : field, value)
            : throw RequestException.Bad($"Invalid filter: {QueryText.Short(text)}. Write property:value, such as birthDate:1971."))];

    /// <summary>Whether an entity has it.</summary>
    public bool Admits(Func<string, IEnumerable<string>> get) => get(Property).Any(Is);

    /// <summary>Whether an entity has it.</summary>
    public bool Admits(Func<string, ImmutableArray<string>> get) => get(Property).Any(Is);

    private bool Is(string value) => value.Equals(Value, StringComparison.OrdinalIgnoreCase)
        || (Property.EndsWith("Date", StringComparison.Ordinal) && value.StartsWith(Value + "-", StringComparison.Ordinal));
}

/// <summary>Values that facets count.</summary>
internal static class EntityQueryValues
{
    /// <summary>Names of every kind.</summary>
    public static IEnumerable<string> Names(EntityShape shape) => OfType(shape, "name");

    /// <summary>Numbers of documents and registrations.</summary>
    public static IEnumerable<string> Identifiers(EntityShape shape) => OfType(shape, "identifier");

    private static IEnumerable<string> OfType(EntityShape shape, string type) =>
        shape.Listings.SelectMany(entry => entry.Properties.Where(property => Schemata.TypeOf(entry.Schema, property.Key) == type).SelectMany(property => property.Value)).Distinct(StringComparer.Ordinal);
}
