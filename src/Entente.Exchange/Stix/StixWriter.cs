using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Entente.Exchange.Marked;
using Entente.Records;
using Entente.Records.Markings;

namespace Entente.Exchange.Stix;

/// <summary>A record that is to become STIX, with the times of its versions.</summary>
/// <param name="Record">The record. All of it is written: take out first what the receiver may not have (<see cref="MarkedEntity.For"/>).</param>
/// <param name="Created">When its first version was made.</param>
/// <param name="Modified">When this version was made; not before the first.</param>
/// <param name="Recalled">Whether it was taken back: then nothing but that is written.</param>
public sealed record StixSource(MarkedEntity Record, DateTimeOffset Created, DateTimeOffset Modified, bool Recalled = false);

/// <summary>An object that was written.</summary>
/// <param name="Item">The object.</param>
/// <param name="Marking">The marking of the record that it is of; null for what says nothing of any record: extension definitions, TLP levels, nodes.</param>
public sealed record StixWritten(StixObject Item, Marking? Marking);

/// <summary>Writes records as STIX 2.1. The same record makes the same objects, on every node.</summary>
/// <remarks>
/// People and organisations become <c>identity</c>, addresses <c>location</c>, links between two known entities
/// <c>relationship</c>, all else <c>ftm-entity</c>. What STIX has a property for stands there too, for tools that know STIX
/// alone; the whole entity is in <see cref="StixExtensions.Entity"/>. <c>docs/stix.md</c> has the table.
/// </remarks>
public static class StixWriter
{
    private static readonly FrozenSet<string> KeptOfRevoked = FrozenSet.Create(StringComparer.Ordinal,
        "type", "spec_version", "id", "created_by_ref", "created", "relationship_type", "source_ref", "target_ref", "object_marking_refs");

    /// <summary>Writes records.</summary>
    /// <param name="sources">The records.</param>
    /// <param name="schemaOf">The schema of an entity that a link names and that is not among the records; null where it is not known,
    /// or for nobody else. A link whose ends are not known is no relationship, but an <c>ftm-entity</c>: give the same answers each time,
    /// or its id changes.</param>
    /// <returns>The objects, each once: before each record what it refers to.</returns>
    /// <exception cref="ArgumentException">A version is older than the first.</exception>
    public static ImmutableArray<StixWritten> Write(IEnumerable<StixSource> sources, Func<string, string?>? schemaOf = null)
    {
        var all = sources.ToList();
        var schemata = all.GroupBy(source => source.Record.Entity.Id, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Record.Entity.Schema, StringComparer.Ordinal);
        var written = new Output();
        foreach (var item in StixExtensions.All)
            written.Add(item, null);
        foreach (var source in all)
            Write(source, id => schemata.GetValueOrDefault(id) ?? schemaOf?.Invoke(id), written);
        return written.Done();
    }

    /// <summary>The id that a record has in STIX.</summary>
    /// <param name="record">The record.</param>
    /// <param name="schemaOf">As for <see cref="Write(IEnumerable{StixSource}, Func{string, string?}?)"/>.</param>
    /// <returns>A type and a UUID.</returns>
    public static string IdOf(MarkedEntity record, Func<string, string?>? schemaOf = null)
    {
        ArgumentNullException.ThrowIfNull(record);
        var type = Relation(record.Entity, id => schemaOf?.Invoke(id)) is null ? StixShape.TypeOf(record.Entity.Schema) : "relationship";
        return StixIds.OfRecord(type, record.Marking.Originator, record.Entity.Id);
    }

    private static void Write(StixSource source, Func<string, string?> schemaOf, Output written)
    {
        var (record, marking) = (source.Record, source.Record.Marking);
        if (source.Modified < source.Created)
            throw new ArgumentException($"The version of {record.Entity.Id} is older than its first.", nameof(source));
        written.Add(Node(marking.Originator), null);
        written.Add(StixTlp.Definition(marking.Tlp), null);
        written.Add(HandlingDefinition.Of(marking), marking);
        foreach (var mark in source.Recalled ? [] : record.Marks.Select(mark => mark.Mark).Distinct())
        {
            written.Add(StixTlp.Definition(mark.Tlp), null);
            var level = mark.Under(marking);
            written.Add(StixTlp.Definition(level.Tlp), null);
            if (!mark.Audience.IsAnyone)
                written.Add(HandlingDefinition.Of(mark.Audience, level.Tlp), level);
        }
        var ends = Relation(record.Entity, schemaOf);
        var id = StixIds.OfRecord(ends is null ? StixShape.TypeOf(record.Entity.Schema) : "relationship", marking.Originator, record.Entity.Id);
        var item = Object(source, id, ends);
        written.Add(source.Recalled ? Revoke(item, source.Modified) : item, marking);
        if (source.Recalled)
            return;
        // What FtM says by a property, STIX says by an object of its own.
        foreach (var address in record.Entity.Get("addressEntity"))
        {
            if (schemaOf(address) is { } schema && StixShape.TypeOf(schema) == "location" && StixIds.TypeOf(id) == "identity" && record.MarkingOf("addressEntity", address) == marking)
                written.Add(LocatedAt(source, id, address), marking);
        }
    }

    private static StixObject Object(StixSource source, string id, Ends? ends)
    {
        var entity = source.Record.Entity;
        var draft = new StixDraft(source.Record, StixIds.TypeOf(id), id, source.Created, source.Modified);
        if (ends is not null)
        {
            Fill(draft, entity, ends, source.Record.Marking.Originator);
            return draft.Finish();
        }
        draft.Caption("name");
        draft.First("description", "description", "summary", "notes");
        draft.References();
        switch (StixIds.TypeOf(id))
        {
            case "identity":
                draft.Json["identity_class"] = StixShape.ClassOf(entity.Schema);
                draft.First("contact_information", "email", "phone");
                return draft.Finish();
            case "location":
                Fill(draft, entity);
                return draft.Finish();
            default:
                return draft.Finish(new JsonObject { [StixExtensions.Thing] = new JsonObject { ["extension_type"] = "new-sdo" } });
        }
    }

    private static void Fill(StixDraft draft, Entity entity, Ends ends, string originator)
    {
        draft.Json["relationship_type"] = ends.Link.Relationship;
        draft.Set("source_ref", ends.Source(originator), ends.Link.Source, ends.From.Entity);
        draft.Set("target_ref", ends.Target(originator), ends.Link.Target, ends.To.Entity);
        draft.First("description", "role", "relationship", "description", "summary");
        var (from, to) = (Day(entity, "startDate"), Day(entity, "endDate"));
        if (from is { } begin)
            draft.Set("start_time", StixTime.Format(begin), "startDate", entity.Get("startDate")[0]);
        // It must be later, not only not earlier.
        if (to is { } end && !(from >= end))
            draft.Set("stop_time", StixTime.Format(end), "endDate", entity.Get("endDate")[0]);
    }

    private static void Fill(StixDraft draft, Entity entity)
    {
        draft.First("street_address", "street");
        draft.First("city", "city");
        draft.First("administrative_area", "state", "region");
        draft.First("postal_code", "postalCode");
        // STIX demands a place of a location: also of one of which no country is known.
        draft.Json["region"] = StixRegion.Unknown;
        if (entity.Get("country") is [var country, ..] && StixRegion.Find(country) is { } region)
        {
            draft.Set("region", region, "country", country);
            draft.Set("country", country.ToUpperInvariant(), "country", country);
        }
        if (entity.Get("latitude") is [var north] && entity.Get("longitude") is [var east] && Degrees(north, 90) is { } latitude && Degrees(east, 180) is { } longitude)
        {
            draft.Set("latitude", latitude, "latitude", north);
            draft.Set("longitude", longitude, "longitude", east);
        }
    }

    /// <summary>That an object was taken back: which it is, what STIX demands of its type, and nothing of its content.</summary>
    /// <param name="item">The last version of an object that <see cref="StixWriter"/> wrote of a record.</param>
    /// <param name="modified">When it was taken back; later than that version.</param>
    /// <returns>The version that comes last of all.</returns>
    public static StixObject Revoke(StixObject item, DateTimeOffset modified)
    {
        ArgumentNullException.ThrowIfNull(item);
        var json = new JsonObject();
        foreach (var property in item.Json.EnumerateObject())
        {
            JsonNode? kept = property.Name switch
            {
                "modified" => StixTime.Format(modified),
                "name" => "recalled",
                "region" => StixRegion.Unknown,
                "extensions" => new JsonObject(property.Value.EnumerateObject().Select(extension => KeyValuePair.Create(extension.Name, Head(extension)))),
                _ when KeptOfRevoked.Contains(property.Name) => JsonNode.Parse(property.Value.GetRawText()),
                _ => null,
            };
            if (kept is not null)
                json[property.Name] = kept;
        }
        json["revoked"] = true;
        return StixObject.Of(json);
    }

    private static JsonNode? Head(JsonProperty extension) => extension.Name == StixExtensions.Entity
        ? new JsonObject(extension.Value.EnumerateObject().Where(member => StixEntity.HeadMembers.Contains(member.Name)).Select(member => KeyValuePair.Create(member.Name, JsonNode.Parse(member.Value.GetRawText()))))
        : JsonNode.Parse(extension.Value.GetRawText());

    private static StixObject LocatedAt(StixSource source, string id, string address)
    {
        var originator = source.Record.Marking.Originator;
        return StixObject.Of(new JsonObject
        {
            ["type"] = "relationship",
            ["spec_version"] = StixObject.SpecVersion,
            ["id"] = StixIds.Of("relationship", "located-at", originator, source.Record.Entity.Id, address),
            ["created_by_ref"] = StixIds.OfNode(originator),
            ["created"] = StixTime.Format(source.Created),
            ["modified"] = StixTime.Format(source.Modified),
            ["relationship_type"] = StixImport.LocatedAt,
            ["source_ref"] = id,
            ["target_ref"] = StixIds.OfRecord("location", originator, address),
            ["object_marking_refs"] = new JsonArray(StixTlp.Definition(source.Record.Marking.Tlp).Id, HandlingDefinition.Of(source.Record.Marking).Id),
        });
    }

    /// <summary>A node, as the identity that records are created by. It has no more of a name than its id, which never changes.</summary>
    internal static StixObject Node(string node) => StixObject.Of(new JsonObject
    {
        ["type"] = "identity",
        ["spec_version"] = StixObject.SpecVersion,
        ["id"] = StixIds.OfNode(node),
        ["created"] = StixExtensions.Timeless,
        ["modified"] = StixExtensions.Timeless,
        ["name"] = node,
        ["identity_class"] = "system",
    });

    private static Ends? Relation(Entity entity, Func<string, string?> schemaOf)
    {
        if (StixShape.LinkOf(entity) is not { } link)
            return null;
        var (from, to) = (entity.Get(link.Source)[0], entity.Get(link.Target)[0]);
        return schemaOf(from) is { } first && schemaOf(to) is { } second && IsNode(first) && IsNode(second) ? new Ends(link, (StixShape.TypeOf(first), from), (StixShape.TypeOf(second), to)) : null;
    }

    /// <summary>Whether an entity stands by itself: a link between links is no STIX.</summary>
    private static bool IsNode(string schema) => Schemata.IsKnown(schema) && !Schemata.IsA(schema, "Interval");

    private static DateTimeOffset? Day(Entity entity, string property) => entity.Get(property) is [var text, ..]
        && DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day) ? day : null;

    private static double? Degrees(string text, double most) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var degrees) && Math.Abs(degrees) <= most ? degrees : null;

    private sealed record Ends(StixShape.Link Link, (string Type, string Entity) From, (string Type, string Entity) To)
    {
        public string Source(string originator) => StixIds.OfRecord(From.Type, originator, From.Entity);

        public string Target(string originator) => StixIds.OfRecord(To.Type, originator, To.Entity);
    }

    private sealed class Output
    {
        private readonly HashSet<string> _known = new(StringComparer.Ordinal);
        private readonly ImmutableArray<StixWritten>.Builder _all = ImmutableArray.CreateBuilder<StixWritten>();

        public void Add(StixObject item, Marking? marking)
        {
            if (_known.Add(item.Id))
                _all.Add(new StixWritten(item, marking));
        }

        public ImmutableArray<StixWritten> Done() => _all.ToImmutable();
    }
}
