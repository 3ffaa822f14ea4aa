using System.Collections.Immutable;
using System.Text.Json;
using Entente.Exchange.Release;
using Entente.Node.Hosting;
using Entente.Node.Store;
using Entente.Records;
using Entente.Records.Markings;

namespace Entente.Node.Holdings;

/// <summary>What somebody wants a record of this node's own to say. The marking is part of it: there is no record without one.</summary>
/// <param name="Schema">FtM schema.</param>
/// <param name="Properties">FtM properties; each value a text, or an object with <c>value</c> and what marks it more tightly, <c>tlp</c> or <c>audience</c>.</param>
/// <param name="Marking">How it may be handled.</param>
internal sealed record RecordDraft(string Schema, ImmutableDictionary<string, ImmutableArray<JsonElement>> Properties, MarkingDraft Marking)
{
    /// <summary>FtM's words for genders.</summary>
    public static ImmutableArray<string> Genders { get; } = ["male", "female", "other"];

    /// <summary>The version that it asks for.</summary>
    /// <param name="recordId">The record's id.</param>
    /// <param name="originator">This node.</param>
    /// <param name="version">The version's number.</param>
    /// <param name="previous">The hash of the version before.</param>
    /// <exception cref="RequestException">400: a value cannot be read.</exception>
    public RecordContent ToContent(string recordId, string originator, int version, string? previous)
    {
        if (!Schemata.IsConcrete(Schema))
            throw RequestException.Bad($"schema: '{QueryText.Short(Schema)}' is no FollowTheMoney schema that entities have, such as Person, Organization, Vessel.");
        foreach (var property in Properties.Keys.Where(property => Schemata.TypeOf(Schema, property) is null))
            throw RequestException.Bad($"properties.{QueryText.Short(property)}: a {Schema} has no such property.");
        var content = new RecordContent
        {
            Id = recordId,
            Version = version,
            Schema = Schema,
            Marking = Marking.By(originator),
            Statements = [.. Properties.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => pair.Value.Select(value => Read(Schema, pair.Key, value)))],
            Previous = previous,
        };
        if (!content.Statements.Any(each => Schemata.TypeOf(Schema, each.Property) == "name"))
            throw RequestException.Bad("properties: expected a name at least.");
        return content;
    }

    private static RecordStatement Read(string schema, string property, JsonElement value)
    {
        try
        {
            var read = value.ValueKind == JsonValueKind.String
                ? new ValueDraft(value.GetString()!)
                : value.Deserialize<ValueDraft>(NodeJson.Options) ?? throw new JsonException();
            return new RecordStatement(property, Normalised(schema, property, read.Value.Trim()))
            {
                Lang = read.Lang,
                Mark = read.Tlp is null && read.Audience is null ? null : new StatementMark(read.Tlp ?? Tlp.Clear, read.Audience ?? Audience.Anyone),
            };
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw RequestException.Bad($"properties.{property}: expected texts, or objects with value and perhaps lang, tlp and audience.");
        }
    }

    /// <summary>A value as FtM writes it: what cannot be read would later match nothing, and nobody would see why.</summary>
    private static string Normalised(string schema, string property, string value) => Schemata.TypeOf(schema, property) switch
    {
        "country" => Countries.TryNormalise(value, out var code) ? code : throw RequestException.Bad($"properties.{property}: '{QueryText.Short(value)}' is no country that is known."),
        "date" => PartialDate.TryParse(value, out var date) ? date.ToString() : throw RequestException.Bad($"properties.{property}: expected a date such as 1971, 1971-03 or 1971-03-14."),
        "gender" => Genders.FirstOrDefault(gender => string.Equals(value, gender, StringComparison.OrdinalIgnoreCase)) ?? throw RequestException.Bad($"properties.{property}: expected male, female or other."),
        _ => value,
    };

    private sealed record ValueDraft(string Value, string? Lang = null, Tlp? Tlp = null, Audience? Audience = null);
}

/// <summary>A marking as somebody asks for it: the originator is this node.</summary>
/// <param name="Tlp">The level.</param>
/// <param name="LegalBasis">On what ground in law.</param>
/// <param name="Purpose">What it may be used for.</param>
/// <param name="Category">What the entity is to the matter.</param>
/// <param name="Grade">How far source and content are to be relied on.</param>
/// <param name="Expires">When it ends.</param>
/// <param name="Audience">Who it may be released to; nobody by default.</param>
internal sealed record MarkingDraft(Tlp Tlp, string LegalBasis, string Purpose, EntityCategory Category, SourceGrade Grade, DateTimeOffset Expires, Audience? Audience = null)
{
    /// <summary>The marking.</summary>
    /// <param name="originator">This node.</param>
    public Marking By(string originator) => new()
    {
        Originator = originator,
        Tlp = Tlp,
        Audience = Audience ?? Audience.Nobody,
        LegalBasis = LegalBasis.Trim(),
        Purpose = Purpose.Trim(),
        Category = Category,
        Grade = Grade,
        Expires = Expires.ToUniversalTime(),
    };
}
