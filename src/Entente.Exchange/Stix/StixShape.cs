using System.Collections.Frozen;
using Entente.Records;

namespace Entente.Exchange.Stix;

/// <summary>Which STIX type an entity becomes, by its schema alone, so that the id of a record never changes with its content.</summary>
internal static class StixShape
{
    /// <summary>Links between two entities: the schema, which property is which end, and the STIX relationship.</summary>
    private static readonly FrozenDictionary<string, Link> Links = new Link[]
    {
        new("Ownership", "owner", "asset", "owns"),
        new("Directorship", "director", "organization", "directs"),
        new("Control", "controller", "controlled", "controls"),
        new("Employment", "employee", "employer", "employed-by"),
        new("Membership", "member", "organization", "member-of"),
        new("Representation", "agent", "client", "represents"),
        new("Succession", "predecessor", "successor", "succeeded-by"),
        new("UnknownLink", "subject", "object", "related-to"),
        new("Family", "person", "relative", "family-of"),
        new("Associate", "person", "associate", "associated-with"),
    }.ToFrozenDictionary(link => link.Schema);

    private static readonly FrozenDictionary<string, Link> ByRelationship = Links.Values.ToFrozenDictionary(link => link.Relationship);

    /// <summary>The type of an entity that stands by itself.</summary>
    /// <param name="schema">Its FtM schema.</param>
    public static string TypeOf(string schema) => Schemata.IsA(schema, "LegalEntity") ? "identity" : Schemata.IsA(schema, "Address") ? "location" : StixExtensions.ThingType;

    /// <summary>The class of an identity.</summary>
    /// <param name="schema">Its FtM schema.</param>
    public static string ClassOf(string schema) => Schemata.IsA(schema, "Person") ? "individual" : Schemata.IsA(schema, "Organization") ? "organization" : "unknown";

    /// <summary>The link that an entity is; null where it is none, or has not just one value at each end.</summary>
    public static Link? LinkOf(Entity entity) => Links.TryGetValue(entity.Schema, out var link) && entity.Get(link.Source).Length == 1 && entity.Get(link.Target).Length == 1 ? link : null;

    /// <summary>The link that a relationship becomes.</summary>
    /// <param name="relationship">The type of a STIX relationship.</param>
    /// <returns>One of FtM's, or null where FtM has only <c>UnknownLink</c> for it.</returns>
    public static Link? Find(string relationship) => ByRelationship.GetValueOrDefault(relationship);

    /// <summary>A schema of FtM that links two entities.</summary>
    /// <param name="Schema">The schema.</param>
    /// <param name="Source">The property that names the entity the relationship begins at.</param>
    /// <param name="Target">The property that names the other.</param>
    /// <param name="Relationship">The relationship's type.</param>
    internal sealed record Link(string Schema, string Source, string Target, string Relationship);
}
