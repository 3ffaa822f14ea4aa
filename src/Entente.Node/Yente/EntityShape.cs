using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Entente.Desk.Entities;
using Entente.Node.Hosting;
using Entente.Records;
using Entente.Screening;

namespace Entente.Node.Yente;

/// <summary>A listed entity as yente's answers show one: the values of all lists that it stands on, each once.</summary>
/// <remarks>Nothing of one list overwrites another's: values are put side by side. What each list says by itself is at <c>/api/entities/{id}</c>.</remarks>
internal sealed class EntityShape
{
    private EntityShape(string id, ImmutableArray<Entity> listings)
    {
        Id = id;
        Listings = listings;
    }

    /// <summary>The id of the entity as a whole.</summary>
    public string Id { get; }

    /// <summary>Its entries; the one that names it first.</summary>
    public ImmutableArray<Entity> Listings { get; }

    /// <summary>What to call it.</summary>
    public string Caption => Listings[0].Caption;

    /// <summary>Its schema.</summary>
    public string Schema => Listings[0].Schema;

    /// <summary>Its datasets.</summary>
    public IEnumerable<string> Datasets => Listings.SelectMany(entry => entry.Datasets).Distinct(StringComparer.Ordinal);

    /// <summary>Its other ids.</summary>
    public IEnumerable<string> Referents => Listings.SelectMany(entry => entry.Referents.Prepend(entry.Id)).Where(id => id != Id).Distinct(StringComparer.Ordinal);

    /// <summary>Whether a list is about it, and not only around it.</summary>
    public bool IsTarget => Listings.Any(entry => entry.Target != false);

    /// <summary>When a list first had it, as a moment of UTC; null where none says.</summary>
    public string? FirstSeen => Listings.Select(entry => Moment(entry.FirstSeen)).Min(StringComparer.Ordinal);

    /// <summary>When a list last had it.</summary>
    public string? LastSeen => Listings.Select(entry => Moment(entry.LastSeen)).Max(StringComparer.Ordinal);

    /// <summary>When it last changed.</summary>
    public string? LastChange => Listings.Select(entry => Moment(entry.LastChange) ?? entry.Get("modifiedAt").Select(Moment).Max(StringComparer.Ordinal)).Max(StringComparer.Ordinal);

    /// <summary>Of a match.</summary>
    public static EntityShape Of(Match match) => new(match.Group?.CanonicalId ?? match.Entity.Id, [.. match.Listings.Select(listing => listing.Entity)]);

    /// <summary>Of an entity in the archive, with its other entries.</summary>
    public static EntityShape Of(EntityArchive archive, Entity entity)
    {
        if (archive.Groups.Find(entity.Id) is not { } group)
            return new EntityShape(entity.Id, [entity]);
        var entries = group.Referents.Select(referent => referent.Id == entity.Id ? entity : archive.TryGet(referent.Id, out var entry) ? entry : null).OfType<Entity>();
        return new EntityShape(group.CanonicalId, [.. entries.OrderBy(entry => entry.Id != group.CanonicalId)]);
    }

    /// <summary>The values of a property, of all entries, each once.</summary>
    public IEnumerable<string> Get(string property) => Listings.SelectMany(entry => entry.Get(property)).Distinct(StringComparer.Ordinal);

    /// <summary>Writes the members that every entity has.</summary>
    /// <param name="json">Inside an object.</param>
    /// <param name="nesting">Writes entities in place of their ids, and those that point here; null for ids.</param>
    public void WriteMembers(Utf8JsonWriter json, Nesting? nesting = null)
    {
        json.WriteString("id", Id);
        json.WriteString("caption", Caption);
        json.WriteString("schema", Schema);
        json.WriteStartObject("properties");
        foreach (var property in Listings.SelectMany(entry => entry.Properties.Keys).Distinct(StringComparer.Ordinal))
        {
            if (nesting is null || !nesting.TryWrite(json, this, property))
                json.WriteTexts(property, Get(property));
        }
        nesting?.WriteReverse(json, this);
        json.WriteEndObject();
        json.WriteTexts("datasets", Datasets);
        json.WriteTexts("referents", Referents);
        json.WriteBoolean("target", IsTarget);
        json.WriteString("first_seen", FirstSeen);
        json.WriteString("last_seen", LastSeen);
        json.WriteString("last_change", LastChange);
    }

    /// <summary>Clients read these as moments: a day is its midnight, what is less than a day is none.</summary>
    public static string? Moment(string? text) =>
        text is { Length: >= 10 } && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
            ? moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)
            : null;
}
