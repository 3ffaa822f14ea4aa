using System.Text.Json.Nodes;
using Entente.Records.Markings;

namespace Entente.Exchange.Stix;

/// <summary>How far somebody agrees with what objects say.</summary>
public enum StixAgreement
{
    /// <summary>Strongly disagrees: it is not so.</summary>
    StronglyDisagree,

    /// <summary>Disagrees.</summary>
    Disagree,

    /// <summary>Neither.</summary>
    Neutral,

    /// <summary>Agrees.</summary>
    Agree,

    /// <summary>Strongly agrees: it is so.</summary>
    StronglyAgree,
}

/// <summary>What a remark on objects is made with.</summary>
/// <param name="Key">What tells it from others of its kind on this node, such as the id of a decision; the STIX id is made from it.</param>
/// <param name="Marking">How it may be handled; its originator is who makes it.</param>
/// <param name="Created">When its first version was made.</param>
/// <param name="Modified">When this version was made.</param>
public sealed record StixRemark(string Key, Marking Marking, DateTimeOffset Created, DateTimeOffset Modified);

/// <summary>Writes what people say about records: reports, notes, opinions and sightings.</summary>
/// <remarks>STIX 2.1, sections 4.13 to 4.16 and 5.2. Write the marking definitions beside them: <see cref="Definitions"/>.</remarks>
public static class StixRemarks
{
    /// <summary>A report that draws objects together.</summary>
    /// <param name="remark">What it is made with.</param>
    /// <param name="name">Its title.</param>
    /// <param name="description">Its text; null for none.</param>
    /// <param name="published">When it was published.</param>
    /// <param name="objects">The ids of the objects; one at least.</param>
    /// <returns>An object of type <c>report</c>.</returns>
    public static StixObject Report(StixRemark remark, string name, string? description, DateTimeOffset published, IEnumerable<string> objects)
    {
        var json = Start(remark, "report", objects);
        json["name"] = NotBlank(name, nameof(name));
        if (description is not null)
            json["description"] = description;
        json["report_types"] = new JsonArray("identity");
        json["published"] = StixTime.Format(published);
        return StixObject.Of(json);
    }

    /// <summary>A note on objects.</summary>
    /// <param name="remark">What it is made with.</param>
    /// <param name="content">Its text.</param>
    /// <param name="objects">The ids of the objects; one at least.</param>
    /// <returns>An object of type <c>note</c>.</returns>
    public static StixObject Note(StixRemark remark, string content, IEnumerable<string> objects)
    {
        var json = Start(remark, "note", objects);
        json["content"] = NotBlank(content, nameof(content));
        return StixObject.Of(json);
    }

    /// <summary>An opinion on objects, such as a decision that two records are of one person, or are not.</summary>
    /// <param name="remark">What it is made with.</param>
    /// <param name="agreement">The opinion.</param>
    /// <param name="explanation">The reason; null for none.</param>
    /// <param name="objects">The ids of the objects, such as that of the relationship between two; one at least.</param>
    /// <returns>An object of type <c>opinion</c>.</returns>
    public static StixObject Opinion(StixRemark remark, StixAgreement agreement, string? explanation, IEnumerable<string> objects)
    {
        var json = Start(remark, "opinion", objects);
        json["opinion"] = agreement switch
        {
            StixAgreement.StronglyDisagree => "strongly-disagree",
            StixAgreement.Disagree => "disagree",
            StixAgreement.Neutral => "neutral",
            StixAgreement.Agree => "agree",
            StixAgreement.StronglyAgree => "strongly-agree",
            _ => throw new ArgumentOutOfRangeException(nameof(agreement), agreement, "Expected one of the five opinions."),
        };
        if (explanation is not null)
            json["explanation"] = explanation;
        return StixObject.Of(json);
    }

    /// <summary>That somebody was met: a screening found whom a record is about.</summary>
    /// <param name="remark">What it is made with; its originator is where it was seen.</param>
    /// <param name="seen">The id of the object that was seen.</param>
    /// <param name="first">When first.</param>
    /// <param name="last">When last; not before the first.</param>
    /// <param name="count">How often, from 1.</param>
    /// <returns>An object of type <c>sighting</c>.</returns>
    public static StixObject Sighting(StixRemark remark, string seen, DateTimeOffset first, DateTimeOffset last, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (last < first)
            throw new ArgumentException("It was last seen before it was first seen.", nameof(last));
        var json = Start(remark, "sighting", null);
        json["sighting_of_ref"] = Id(seen, nameof(seen));
        json["where_sighted_refs"] = new JsonArray(StixIds.OfNode(remark.Marking.Originator));
        json["first_seen"] = StixTime.Format(first);
        json["last_seen"] = StixTime.Format(last);
        json["count"] = count;
        return StixObject.Of(json);
    }

    /// <summary>The objects that a remark refers to beside what it is about.</summary>
    /// <param name="remark">What it is made with.</param>
    /// <returns>The node that made it, its TLP level and its handling.</returns>
    public static IReadOnlyList<StixObject> Definitions(StixRemark remark)
    {
        ArgumentNullException.ThrowIfNull(remark);
        return [StixWriter.Node(remark.Marking.Originator), StixTlp.Definition(remark.Marking.Tlp), HandlingDefinition.Of(remark.Marking)];
    }

    private static JsonObject Start(StixRemark remark, string type, IEnumerable<string>? objects)
    {
        ArgumentNullException.ThrowIfNull(remark);
        if (remark.Modified < remark.Created)
            throw new ArgumentException("The version is older than the first.", nameof(remark));
        var json = new JsonObject
        {
            ["type"] = type,
            ["spec_version"] = StixObject.SpecVersion,
            ["id"] = StixIds.Of(type, "remark", remark.Marking.Originator, remark.Key),
            ["created_by_ref"] = StixIds.OfNode(remark.Marking.Originator),
            ["created"] = StixTime.Format(remark.Created),
            ["modified"] = StixTime.Format(remark.Modified),
            ["object_marking_refs"] = new JsonArray(StixTlp.Definition(remark.Marking.Tlp).Id, HandlingDefinition.Of(remark.Marking).Id),
        };
        if (objects is null)
            return json;
        var refs = new JsonArray([.. objects.Distinct(StringComparer.Ordinal).Select(id => JsonValue.Create(Id(id, nameof(objects))))]);
        json["object_refs"] = refs.Count > 0 ? refs : throw new ArgumentException("It must be about one object at least.", nameof(objects));
        return json;
    }

    private static string Id(string id, string name) => StixIds.IsId(id) ? id : throw new ArgumentException($"'{id}' is no id of a STIX object.", name);

    private static string NotBlank(string text, string name) => string.IsNullOrWhiteSpace(text) ? throw new ArgumentException("It is blank.", name) : text;
}
