using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Entente.Exchange.Marked;
using Entente.Records;
using Entente.Records.Markings;

namespace Entente.Exchange.Stix;

/// <summary>An entity that was read from STIX.</summary>
/// <param name="Item">The object it was read from.</param>
/// <param name="Entity">The entity.</param>
/// <param name="Version">Which version of the record it is; 1 where the object does not say.</param>
/// <param name="Marks">Statements that are marked more tightly.</param>
/// <param name="Handling">What the markings on the object say.</param>
public sealed record StixRead(StixObject Item, Entity Entity, int Version, ImmutableArray<MarkedStatement> Marks, StixHandling Handling)
{
    /// <summary>The entity as a record.</summary>
    /// <param name="own">What the receiver asks for, for what the object does not say; as for <see cref="StixHandling.Over"/>.</param>
    /// <returns>The record under its originator's marking where the object carries it.</returns>
    /// <exception cref="ArgumentException">The receiver's category does not fit the entity's schema.</exception>
    public MarkedEntity Under(Marking own)
    {
        ArgumentNullException.ThrowIfNull(own);
        var marking = Handling.Over(own);
        return marking.FaultFor(Entity.Schema) is { } fault
            ? throw new ArgumentException($"{Item.Id}: {fault}", nameof(own))
            : new MarkedEntity(Entity, marking) { Version = Version, Marks = Marks };
    }
}

/// <summary>That a record was taken back.</summary>
/// <param name="Item">The object that says so.</param>
/// <param name="EntityId">The entity's id: the one that the record had, or the object's for those of other makers.</param>
/// <param name="Originator">The node that the record came from; null for those of other makers.</param>
/// <param name="Version">The version that says so; null for those of other makers.</param>
public sealed record StixRecall(StixObject Item, string EntityId, string? Originator, int? Version);

/// <summary>An object that is no entity for us: it is kept as it is.</summary>
/// <param name="Item">The object.</param>
/// <param name="Handling">What the markings on it say.</param>
public sealed record StixKept(StixObject Item, StixHandling Handling);

/// <summary>What a bundle holds.</summary>
/// <param name="Records">Entities.</param>
/// <param name="Recalls">Objects that were taken back.</param>
/// <param name="Kept">All else but marking and extension definitions: reports, notes, opinions, sightings, indicators, and what is not known.</param>
public sealed record StixImported(ImmutableArray<StixRead> Records, ImmutableArray<StixRecall> Recalls, ImmutableArray<StixKept> Kept);

/// <summary>Makes entities of STIX objects: those that carry an entity of ours without loss, others as far as STIX says it.</summary>
/// <remarks>
/// Nothing of it is proved: whoever can write a file can write any creator and any originator into it. Records of partners come
/// signed, by another way. <c>docs/stix.md</c> has the table of what becomes what.
/// </remarks>
public static class StixImport
{
    /// <summary>The relationship that FtM says by the property <c>addressEntity</c>.</summary>
    internal const string LocatedAt = "located-at";

    /// <summary>Reads the objects of a bundle.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="source">The file or address, as messages shall name it.</param>
    /// <returns>What it holds.</returns>
    /// <exception cref="StixFormatException">An object carries an entity that is not in order.</exception>
    public static StixImported Read(StixBundle bundle, string source)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        var definitions = bundle.Objects.Where(item => item.Type == "marking-definition").ToDictionary(item => item.Id, StringComparer.Ordinal);
        var markings = new StixMarkings(definitions);
        var ours = StixExtensions.All.Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
        var records = ImmutableArray.CreateBuilder<StixRead>();
        var recalls = ImmutableArray.CreateBuilder<StixRecall>();
        var kept = ImmutableArray.CreateBuilder<StixKept>();
        var foreign = new Dictionary<string, StixRead>(StringComparer.Ordinal);
        var links = new List<StixObject>();
        foreach (var item in bundle.Objects)
        {
            if (item.Type is "marking-definition" or "extension-definition" || ours.Contains(item.Id))
                continue;
            if (item.Extension(StixExtensions.Entity) is { } extension)
            {
                var at = new StixPlace(source, $"{item.Id}.extensions.{StixExtensions.Entity}");
                if (item.Revoked)
                    recalls.Add(Recall(item, extension, at));
                else
                    records.Add(Own(item, extension, markings, at));
            }
            else if (item.Revoked)
            {
                recalls.Add(new StixRecall(item, item.Id, null, null));
            }
            else if (item.Type == "relationship")
            {
                links.Add(item);
            }
            else if (Foreign(item) is { } entity)
            {
                foreign.Add(item.Id, new StixRead(item, entity, 1, [], Fitting(Closed(item, markings), entity)));
            }
            else
            {
                kept.Add(new StixKept(item, Closed(item, markings)));
            }
        }
        var known = records.ToDictionary(read => read.Item.Id, read => read.Entity, StringComparer.Ordinal);
        foreach (var link in links)
            Connect(link, known, foreign, markings, kept, records);
        records.AddRange(foreign.Values);
        return new StixImported(records.ToImmutable(), recalls.ToImmutable(), kept.ToImmutable());
    }

    private static StixRecall Recall(StixObject item, JsonElement extension, StixPlace at)
    {
        var (entity, version, _) = StixEntity.Read(extension, at);
        return new StixRecall(item, entity.Id, extension.TryGetProperty("originator", out var node) && node.ValueKind == JsonValueKind.String ? node.GetString() : null, version);
    }

    private static StixRead Own(StixObject item, JsonElement extension, StixMarkings markings, StixPlace at)
    {
        var (entity, version, statements) = StixEntity.Read(extension, at);
        var handling = Fitting(markings.Of(item), entity);
        var prefix = $"extensions.{StixExtensions.Entity}.statements.[";
        var marked = new Dictionary<int, StixHandling>();
        foreach (var (reference, selectors) in Granular(item))
        {
            var said = markings.Of([reference]);
            var numbers = selectors.Where(selector => selector.StartsWith(prefix, StringComparison.Ordinal)).Select(selector => Number(selector[prefix.Length..], statements.Length)).ToList();
            // What points at no statement alone, or nowhere, holds for all of the object: its reach is not understood.
            if (numbers.Count == 0 || numbers.Contains(-1))
                handling = handling.And(said);
            foreach (var number in numbers.Where(number => number >= 0))
                marked[number] = marked.TryGetValue(number, out var before) ? before.And(said) : said;
        }
        var marks = marked.OrderBy(one => one.Key).Select(one => new MarkedStatement(statements[one.Key].Property, statements[one.Key].Value,
            one.Value.Understood ? new StatementMark(one.Value.Tlp ?? Tlp.Clear, one.Value.Audience) : new StatementMark(Tlp.Red, Audience.Nobody)));
        if (handling.Marking is { } marking)
            handling = handling with { Marking = marking with { Tlp = handling.Tlp ?? Tlp.Red, Audience = handling.Audience } };
        return new StixRead(item, entity, version, [.. marks.Distinct()], handling);
    }

    /// <summary>The handling of an object that is not ours: what is marked on a part of it holds for all of it, since the parts are not kept apart.</summary>
    private static StixHandling Closed(StixObject item, StixMarkings markings) => markings.Of(item.MarkingRefs.Concat(Granular(item).Select(one => one.Reference)));

    /// <summary>The handling as it is, or closed where its category does not fit what the entity is: then the definition is not what it should be.</summary>
    private static StixHandling Fitting(StixHandling handling, Entity entity) => handling.Marking?.FaultFor(entity.Schema) is { } fault
        ? handling with { Marking = null, Understood = false, Conditions = [.. handling.Conditions, fault] }
        : handling;

    private static IEnumerable<(string Reference, ImmutableArray<string> Selectors)> Granular(StixObject item)
    {
        if (!item.Json.TryGetProperty("granular_markings", out var all))
            yield break;
        foreach (var one in all.EnumerateArray())
        {
            if (one.TryGetProperty("marking_ref", out var reference))
                yield return (reference.GetString()!, [.. one.GetProperty("selectors").EnumerateArray().Select(selector => selector.GetString()!)]);
        }
    }

    private static int Number(string rest, int count) => rest.EndsWith(']') && int.TryParse(rest[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < count ? number : -1;

    private static Entity? Foreign(StixObject item)
    {
        var builder = item.Type switch
        {
            "identity" => item.Text("identity_class") switch
            {
                "individual" => new EntityBuilder(item.Id, "Person", null),
                "organization" => new EntityBuilder(item.Id, "Organization", null),
                "unknown" or null => new EntityBuilder(item.Id, "LegalEntity", null),
                // Groups, classes and systems are no legal persons.
                _ => null,
            },
            "location" => new EntityBuilder(item.Id, "Address", null),
            _ => null,
        };
        if (builder is null)
            return null;
        builder.Caption = item.Text("name");
        builder.Add("name", item.Text("name")).Add("description", item.Text("description")).Add("createdAt", Day(item.Created)).Add("modifiedAt", Day(item.Modified));
        if (item.Type == "identity")
        {
            foreach (var sector in item.Texts("sectors"))
                builder.Add("sector", sector);
            // It may hold a postal address, a number, or several: it is not taken apart.
            builder.Add("notes", item.Text("contact_information"));
        }
        else
        {
            builder.Add("street", item.Text("street_address")).Add("city", item.Text("city")).Add("postalCode", item.Text("postal_code"))
                .Add("state", item.Text("administrative_area")).Add("region", item.Text("region")).Add("country", item.Text("country")?.ToLowerInvariant())
                .Add("latitude", Number(item, "latitude")).Add("longitude", Number(item, "longitude"));
        }
        foreach (var url in References(item))
            builder.Add("sourceUrl", url);
        return builder.Build();
    }

    /// <summary>Makes a link of a relationship whose ends were both read; any other is kept as it is.</summary>
    private static void Connect(StixObject link, Dictionary<string, Entity> known, Dictionary<string, StixRead> foreign, StixMarkings markings, ImmutableArray<StixKept>.Builder kept, ImmutableArray<StixRead>.Builder records)
    {
        string? End(string property) => link.Text(property) is { } id ? known.GetValueOrDefault(id)?.Id ?? (foreign.ContainsKey(id) ? id : null) : null;
        var handling = Closed(link, markings);
        if (End("source_ref") is not { } from || End("target_ref") is not { } to)
        {
            kept.Add(new StixKept(link, handling));
            return;
        }
        var relationship = link.Text("relationship_type")!; // checked when it was read
        if (relationship == LocatedAt && StixIds.TypeOf(link.Text("target_ref")!) == "location" && StixIds.TypeOf(link.Text("source_ref")!) == "identity")
        {
            // Of another maker's, the address goes into the entity, under the closer handling of both. A record of ours has it as a property
            // already, or its originator does not say it.
            if (foreign.TryGetValue(link.Text("source_ref")!, out var owner))
                foreign[owner.Item.Id] = owner with { Entity = With(owner.Entity, "addressEntity", to), Handling = owner.Handling.And(handling) };
            else if (!known[link.Text("source_ref")!].Get("addressEntity").Contains(to))
                kept.Add(new StixKept(link, handling));
            return;
        }
        var found = StixShape.Find(relationship);
        var shape = found ?? StixShape.Find("related-to")!; // it is in the table
        var builder = new EntityBuilder(link.Id, shape.Schema, null).Add(shape.Source, from).Add(shape.Target, to)
            .Add("role", found is null ? relationship : null).Add("description", link.Text("description"))
            .Add("startDate", Day(Time(link, "start_time"))).Add("endDate", Day(Time(link, "stop_time")));
        var entity = builder.Build();
        records.Add(new StixRead(link, entity, 1, [], Fitting(handling, entity)));
    }

    private static Entity With(Entity entity, string property, string value)
    {
        var builder = new EntityBuilder(entity.Id, entity.Schema, null) { Caption = entity.Caption };
        foreach (var statement in entity.Statements)
            builder.Add(statement);
        return builder.Add(property, value).Build();
    }

    private static IEnumerable<string> References(StixObject item)
    {
        if (!item.Json.TryGetProperty("external_references", out var all))
            yield break;
        foreach (var one in all.EnumerateArray())
        {
            if (one.ValueKind == JsonValueKind.Object && one.TryGetProperty("url", out var url) && url.ValueKind == JsonValueKind.String)
                yield return url.GetString()!;
        }
    }

    private static DateTimeOffset? Time(StixObject item, string property) => StixTime.TryParse(item.Text(property), out var time) ? time : null;

    private static string? Day(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Number(StixObject item, string property) => item.Json.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetRawText() : null;
}
