using System.Text.Json.Serialization;

namespace Entente.Records.Markings;

/// <summary>What somebody is to the matter a record is about. An agreement says which may be exchanged; a victim is never passed on as a suspect.</summary>
/// <remarks>After the categories of data subjects of Regulation (EU) 2016/794 (Europol), annex II. An unset value is none.</remarks>
[JsonConverter(typeof(EntityCategoryConverter))]
public enum EntityCategory
{
    /// <summary>Not said: no such record can be made.</summary>
    None = 0,

    /// <summary>Suspected of an offence.</summary>
    Suspect,

    /// <summary>Convicted of an offence.</summary>
    Convicted,

    /// <summary>Associated with a suspect.</summary>
    Associate,

    /// <summary>In contact with a suspect, perhaps without knowing.</summary>
    Contact,

    /// <summary>A victim.</summary>
    Victim,

    /// <summary>Somebody who can testify.</summary>
    Witness,

    /// <summary>Somebody who is missing.</summary>
    Missing,

    /// <summary>An organisation or company.</summary>
    Organisation,

    /// <summary>A vessel, aircraft, address, wallet, document or another thing.</summary>
    Thing,
}

/// <summary>Which categories there are for which entities.</summary>
public static class EntityCategories
{
    /// <summary>Whether an entity of this schema may be in the category: people are what they are to the matter, organisations and things are neither suspects nor victims.</summary>
    /// <param name="category">The category.</param>
    /// <param name="schema">An FtM schema that <see cref="Schemata"/> knows.</param>
    /// <returns>False for <see cref="EntityCategory.None"/>. <c>LegalEntity</c>, of which it is not known what it is, may be either.</returns>
    public static bool Fits(this EntityCategory category, string schema) => category switch
    {
        EntityCategory.None => false,
        EntityCategory.Organisation => Schemata.IsA(schema, "LegalEntity") && !Schemata.IsA(schema, "Person"),
        EntityCategory.Thing => !Schemata.IsA(schema, "LegalEntity"),
        _ => Schemata.IsA(schema, "Person") || schema == "LegalEntity",
    };
}
