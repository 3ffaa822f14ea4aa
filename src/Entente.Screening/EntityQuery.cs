using System.Collections.Immutable;
using Entente.Records;
using Entente.Screening.Facts;

namespace Entente.Screening;

/// <summary>Makes queries of FtM entities: of a customer, a monitored subject, or a listed entity looked for among those.</summary>
public static class EntityQuery
{
    private static readonly string[] Names = ["name", "alias", "previousName", "weakAlias", "abbreviation"];

    private static readonly string[] NameParts = ["firstName", "secondName", "middleName", "fatherName", "lastName"];

    private static readonly HashSet<string> Used = new(
        [.. Names, .. NameParts, "birthDate", "nationality", "citizenship", "country", "jurisdiction", "mainCountry", "flag", "birthCountry", "gender", "birthPlace", "address", .. EntityFacts.DocumentProperties],
        StringComparer.Ordinal);

    /// <summary>The query that an entity is.</summary>
    /// <param name="entity">The entity.</param>
    public static Query Of(Entity entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return Of(entity.Schema, entity.Get);
    }

    /// <summary>The query that FtM properties make.</summary>
    /// <param name="schema">The schema; one that <see cref="Schemata"/> knows.</param>
    /// <param name="properties">The values by property; what the query has no use for is passed over.</param>
    public static Query Of(string schema, IReadOnlyDictionary<string, ImmutableArray<string>> properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        return Of(schema, property => properties.TryGetValue(property, out var values) ? values : []);
    }

    /// <summary>Whether a property plays a part in queries.</summary>
    /// <param name="property">An FtM property.</param>
    public static bool Uses(string property) => Used.Contains(property);

    private static Query Of(string schema, Func<string, ImmutableArray<string>> get)
    {
        ImmutableArray<string> names = All(get, Names);
        if (names.IsEmpty && string.Join(' ', All(get, NameParts)) is { Length: > 0 } joined)
            names = [joined];
        return new Query
        {
            Schema = schema,
            Names = names,
            BirthDates = get("birthDate"),
            Nationalities = All(get, "nationality", "citizenship"),
            Countries = All(get, "country", "jurisdiction", "mainCountry", "flag", "birthCountry"),
            Genders = get("gender"),
            Places = All(get, "birthPlace", "address"),
            Documents = All(get, EntityFacts.DocumentProperties),
        };
    }

    private static ImmutableArray<string> All(Func<string, ImmutableArray<string>> get, params string[] properties) =>
        [.. properties.SelectMany(property => get(property)).Where(value => value.Length > 0).Distinct(StringComparer.Ordinal)];
}
