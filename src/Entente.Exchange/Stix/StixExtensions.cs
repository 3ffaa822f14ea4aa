using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Entente.Exchange.Stix;

/// <summary>What Entente adds to STIX, as STIX 2.1 wants it said: extension definitions with ids of their own.</summary>
/// <remarks>STIX 2.1, section 7.3. <c>docs/stix.md</c> describes the properties. Their ids and meaning are fixed; a change of meaning takes another id.</remarks>
public static class StixExtensions
{
    /// <summary>On the object of a record: the FollowTheMoney entity with all its statements.</summary>
    public const string Entity = "extension-definition--9307de40-1b50-4d0b-b72a-e534e2fe6906";

    /// <summary>On a marking definition: originator, legal basis, purpose, audience, category, grade and expiry.</summary>
    public const string Handling = "extension-definition--2ccfa5b5-407b-4f88-a593-fd27676318ec";

    /// <summary>The type <see cref="ThingType"/>.</summary>
    public const string Thing = "extension-definition--abb00195-058d-4dc8-8774-36f58d2808da";

    /// <summary>The type of what STIX has no type for: a vessel, a wallet, a sanction, a document.</summary>
    public const string ThingType = "ftm-entity";

    // When these were laid down; they have one version.
    private const string Made = "2026-11-26T00:00:00.000Z";

    /// <summary>When marking definitions and identities that are made from their content were made, so that all nodes make the same.</summary>
    internal const string Timeless = Made;

    private static readonly string Author = StixIds.Of("identity", "project", "entente");

    /// <summary>The definitions, after the identity that they are created by.</summary>
    public static ImmutableArray<StixObject> All { get; } =
    [
        StixObject.Of(new JsonObject
        {
            ["type"] = "identity",
            ["spec_version"] = StixObject.SpecVersion,
            ["id"] = Author,
            ["created"] = Made,
            ["modified"] = Made,
            ["name"] = "Entente",
            ["description"] = "The makers of the software Entente, as the author of its STIX extensions.",
            ["identity_class"] = "organization",
        }),
        Definition(Entity, "FollowTheMoney entity", "A FollowTheMoney entity with the provenance of each value.", "property-extension",
            "entity_id, schema: texts. originator: the id of a node. version: whole number from 1. caption, first_seen, last_seen, last_change: texts, optional. target: boolean, optional. "
            + "datasets, referents: lists of texts, optional. statements: list, optional, of objects with property, value: texts; dataset, lang, original_value, first_seen, last_seen, "
            + "canonical_id, entity_id, schema: texts, optional; external: boolean, optional. Names and values as in FollowTheMoney (https://followthemoney.tech/explorer/)."),
        Definition(Handling, "Handling of a record", "Why a record is held and how it may be handled, on a marking definition.", "property-extension",
            "originator, legal_basis, purpose, category, grade: texts. expires: timestamp. audience: 'anyone' or 'named'; releasable_to: list of ids of nodes, where it is named and not empty. "
            + "A definition with audience alone narrows who may receive what it marks. Who does not understand it must treat what it marks as TLP:RED."),
        Definition(Thing, "FollowTheMoney thing", "An entity or link for which STIX has no type.", "new-sdo",
            "Type ftm-entity. name: text. description: text, optional. The entity itself is in the extension " + Entity + "."),
    ];

    private static StixObject Definition(string id, string name, string description, string type, string schema) => StixObject.Of(new JsonObject
    {
        ["type"] = "extension-definition",
        ["spec_version"] = StixObject.SpecVersion,
        ["id"] = id,
        ["created_by_ref"] = Author,
        ["created"] = Made,
        ["modified"] = Made,
        ["name"] = name,
        ["description"] = description,
        ["schema"] = schema,
        ["version"] = "1.0.0",
        ["extension_types"] = new JsonArray(type),
    });
}
