using System.Collections.Immutable;
using System.Text.Json;
using Entente.Desk.Entities;
using Entente.Records;
using Entente.Screening;

namespace Entente.Node.Yente;

/// <summary>A listed entity as yente's answers show one: the values of all lists that it stands on, each once.</summary>
/// <remarks>Nothing of one list overwrites another's: values are put side by side. What each list says by itself is at <c>/api/entities/{id}</c>.</remarks>
internal sealed class EntityShape
{
    private readonly ImmutableArray<Entity> _listings;

    private EntityShape(string id, ImmutableArray<Entity> listings)
    {
        Id = id;
        _listings = listings;
    }

    /// <summary>The id of the entity as a whole.</summary>
    public string Id { get; }

    /// <summary>Its entries; the one that names it first.</summary>
    public ImmutableArray<Entity> Listings => _listings;

    /// <summary>What to call it.</summary>
    public string Caption => _listings[0].Caption;

    /// <summary>Its schema.</summary>
    public string Schema => _listings[0].Schema;

    /// <summary>Of a match.</summary>
    public static EntityShape Of(Match match) => new(match.Group?.CanonicalId ?? match.Entity.Id, [.. match.Listings.Select(listing => listing.Entity)]);

    /// <summary>Of an entity in the archive, with its other entries.</summary>
    public static EntityShape Of(EntityArchive archive, Entity entity)
    {
        if (archive.Groups.Find(entity.Id) is not { } group)
            return new EntityShape(entity.Id, [entity]);
        var entries = group.Referents.Select(referent => archive.TryGet(referent.Id, out var entry) ? entry : null).OfType<Entity>();
        return new EntityShape(group.CanonicalId, [.. entries.OrderBy(entry => entry.Id != group.CanonicalId)]);
    }

    /// <summary>Writes the members that every entity has.</summary>
    /// <param name="json">Inside an object.</param>
    /// <param name="nested">Writes further values of <c>properties</c>; null for none.</param>
    public void WriteMembers(Utf8JsonWriter json, Action<Utf8JsonWriter>? nested = null)
    {
        json.WriteString("id", Id);
        json.WriteString("caption", Caption);
        json.WriteString("schema", Schema);
        json.WriteStartObject("properties");
        foreach (var property in _listings.SelectMany(entry => entry.Properties.Keys).Distinct(StringComparer.Ordinal))
            WriteTexts(json, property, _listings.SelectMany(entry => entry.Get(property)));
        nested?.Invoke(json);
        json.WriteEndObject();
        WriteTexts(json, "datasets", _listings.SelectMany(entry => entry.Datasets));
        WriteTexts(json, "referents", _listings.SelectMany(entry => entry.Referents.Prepend(entry.Id)).Where(id => id != Id));
        json.WriteBoolean("target", _listings.Any(entry => entry.Target != false));
        json.WriteString("first_seen", Moment(_listings.Select(entry => entry.FirstSeen).Min(StringComparer.Ordinal)));
        json.WriteString("last_seen", Moment(_listings.Select(entry => entry.LastSeen).Max(StringComparer.Ordinal)));
        json.WriteString("last_change", Moment(_listings.Select(entry => entry.LastChange ?? entry.Get("modifiedAt").Max(StringComparer.Ordinal)).Max(StringComparer.Ordinal)));
    }

    /// <summary>Writes a list of texts, each once.</summary>
    public static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts.Distinct(StringComparer.Ordinal))
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary>Clients read these as moments: a day is its midnight, what is less than a day is none.</summary>
    private static string? Moment(string? text) => text switch
    {
        { Length: 10 } => text + "T00:00:00",
        { Length: > 10 } => text,
        _ => null,
    };
}
