using Entente.Lists.Wording;
using Entente.Records;

namespace Entente.Lists.Ofac;

/// <summary>Countries as OFAC writes them.</summary>
internal static class OfacCountries
{
    private const string Region = "Region: ";

    /// <summary>Adds a country: 'Korea, North', 'Man, Isle of', 'Region: Gaza'. Words for 'not known' add nothing.</summary>
    /// <param name="entity">Whose.</param>
    /// <param name="property">The property it goes to.</param>
    /// <param name="text">OFAC's words.</param>
    public static void AddTo(EntityBuilder entity, string property, string? text)
    {
        if (text is null || text.Equals("undetermined", StringComparison.OrdinalIgnoreCase) || text.Equals("None Identified", StringComparison.OrdinalIgnoreCase))
            return;
        var name = text.StartsWith(Region, StringComparison.OrdinalIgnoreCase) ? text[Region.Length..] : text;
        // Sorted by its last word in OFAC's tables: 'Man, Isle of'.
        var comma = name.IndexOf(", ", StringComparison.Ordinal);
        if (comma > 0 && !Countries.TryNormalise(name, out _) && Countries.TryNormalise($"{name[(comma + 2)..]} {name[..comma]}", out var turned))
        {
            entity.Add(property, turned, originalValue: text);
            return;
        }
        foreach (var value in CountryText.Values(name))
            entity.Add(property, value, originalValue: text);
    }
}
