using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Entente.Records.Markings;

namespace Entente.Exchange.Stix;

/// <summary>The part of a marking that TLP does not say, as a marking definition: a statement for people and <see cref="StixExtensions.Handling"/> for machines.</summary>
internal static class HandlingDefinition
{
    // Longer than any legal basis; read from others.
    private const int LongestText = 1000;

    private const int MostNodes = 1000;

    /// <summary>The definition that goes with the TLP level on a record.</summary>
    public static StixObject Of(Marking marking)
    {
        var extension = new JsonObject
        {
            ["extension_type"] = "property-extension",
            ["originator"] = marking.Originator,
            ["legal_basis"] = marking.LegalBasis,
            ["purpose"] = marking.Purpose,
            ["category"] = Word(marking.Category),
            ["grade"] = marking.Grade.ToString(),
            ["expires"] = StixTime.Format(marking.Expires),
        };
        Add(extension, marking.Audience);
        return Make(extension, marking.Tlp, string.Create(CultureInfo.InvariantCulture,
            $"From {marking.Originator}. Held and given on the ground of {marking.LegalBasis}, for {marking.Purpose} alone. Releasable to {Names(marking.Audience)}. Category: {Word(marking.Category)}. Source grade: {marking.Grade}. Ends {StixTime.Format(marking.Expires)}."));
    }

    /// <summary>The definition that narrows who may receive single statements.</summary>
    public static StixObject Of(Audience audience, Tlp level)
    {
        var extension = new JsonObject { ["extension_type"] = "property-extension" };
        Add(extension, audience);
        return Make(extension, level, $"Releasable to {Names(audience)} only.");
    }

    /// <summary>Reads what a definition says; null where it is not in order, which must be taken as closed.</summary>
    public static ReadHandling? Read(JsonElement extension)
    {
        var audience = ReadAudience(extension);
        if (audience is null)
            return null;
        if (!extension.TryGetProperty("originator", out _))
            return extension.EnumerateObject().All(member => member.Name is "extension_type" or "audience" or "releasable_to") ? new ReadHandling(audience, null) : null;
        if (Text(extension, "originator") is not { } originator || Text(extension, "legal_basis") is not { } basis || Text(extension, "purpose") is not { } purpose
            || !SourceGrade.TryParse(Text(extension, "grade"), out var grade) || !StixTime.TryParse(Text(extension, "expires"), out var expires)
            || Text(extension, "category") is not { } word || !Enum.TryParse<EntityCategory>(word, ignoreCase: true, out var category) || Word(category) != word)
            return null;
        return new ReadHandling(audience, new Marking
        {
            Originator = originator,
            Tlp = Tlp.Red,
            Audience = audience,
            LegalBasis = basis,
            Purpose = purpose,
            Category = category,
            Grade = grade,
            Expires = expires,
        });
    }

    private static StixObject Make(JsonObject extension, Tlp level, string statement)
    {
        var id = StixIds.Of("marking-definition", level.Label(), extension.ToJsonString());
        return StixObject.Of(new JsonObject
        {
            ["type"] = "marking-definition",
            ["spec_version"] = StixObject.SpecVersion,
            ["id"] = id,
            ["created"] = StixExtensions.Timeless,
            ["name"] = "Handling",
            ["definition_type"] = "statement",
            ["definition"] = new JsonObject { ["statement"] = statement },
            // It tells who deals with whom: it is no more open than what it marks.
            ["object_marking_refs"] = new JsonArray(StixTlp.Definition(level).Id),
            ["extensions"] = new JsonObject { [StixExtensions.Handling] = extension },
        });
    }

    private static void Add(JsonObject extension, Audience audience)
    {
        extension["audience"] = audience.IsAnyone ? "anyone" : "named";
        // An empty list is no STIX: nobody is named by leaving the list out.
        if (audience.Nodes.Count > 0)
            extension["releasable_to"] = new JsonArray([.. audience.Nodes.Select(node => JsonValue.Create(node))]);
    }

    private static Audience? ReadAudience(JsonElement extension)
    {
        var listed = extension.TryGetProperty("releasable_to", out var list);
        switch (Text(extension, "audience"))
        {
            case "anyone":
                return listed ? null : Audience.Anyone;
            case "named" when !listed:
                return Audience.Nobody;
            case "named" when list.ValueKind == JsonValueKind.Array && list.GetArrayLength() <= MostNodes
                && list.EnumerateArray().All(node => node.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(node.GetString())):
                return Audience.Of(list.EnumerateArray().Select(node => node.GetString()!));
            default:
                return null;
        }
    }

    private static string? Text(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= LongestText } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    private static string Names(Audience audience) => audience.IsAnyone ? "anyone that its TLP level admits" : audience.Nodes.Count == 0 ? "nobody" : audience.ToString();

    private static string Word(EntityCategory category) => category.ToString().ToLowerInvariant();
}

/// <summary>What a handling definition says.</summary>
/// <param name="Audience">Who may receive what it marks.</param>
/// <param name="Marking">The whole marking but its level, which is the closest until the TLP definition says it; null where it names an audience alone.</param>
internal sealed record ReadHandling(Audience Audience, Marking? Marking);
