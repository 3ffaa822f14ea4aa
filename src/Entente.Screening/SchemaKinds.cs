using Entente.Names.Structure;
using Entente.Records;

namespace Entente.Screening;

/// <summary>Which names a schema bears, and which schemata may be one thing.</summary>
internal static class SchemaKinds
{
    /// <summary>How names of a schema are read.</summary>
    public static NameKind KindOf(string schema) =>
        Schemata.IsA(schema, "Person") ? NameKind.Person
        : Schemata.IsA(schema, "Vehicle") ? NameKind.Thing
        : NameKind.Organisation;

    /// <summary>The ways in which names of a schema may be read: several for one that says little of what bears it.</summary>
    public static NameKind[] KindsOf(string schema) => schema switch
    {
        "Thing" => [NameKind.Person, NameKind.Organisation, NameKind.Thing],
        "LegalEntity" => [NameKind.Person, NameKind.Organisation],
        "Asset" => [NameKind.Organisation, NameKind.Thing],
        _ => [KindOf(schema)],
    };

    /// <summary>Whether a query of one schema may be an entity of another: one is the other, or they share a near ancestor.</summary>
    public static bool Comparable(string query, string listed) =>
        Schemata.IsA(query, listed) || Schemata.IsA(listed, query)
        || (Schemata.IsA(query, "Organization") && Schemata.IsA(listed, "Organization"))
        || (Schemata.IsA(query, "Organization") && Schemata.IsA(listed, "Company"))
        || (Schemata.IsA(query, "Company") && Schemata.IsA(listed, "Organization"));
}
