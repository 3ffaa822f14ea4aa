using Entente.Lists.Wording;
using Entente.Records;

namespace Entente.Lists.Switzerland;

/// <summary>One place: a town, a region, a country.</summary>
/// <param name="Location">The town.</param>
/// <param name="Area">The region.</param>
/// <param name="Country">The country's name.</param>
/// <param name="CountryCode">Its ISO code.</param>
internal sealed record SecoPlace(string? Location, string? Area, string? Country, string? CountryCode)
{
    /// <summary>The parts that are known, the smaller first.</summary>
    public IEnumerable<string> Parts => new[] { Location, Area, Country }.OfType<string>();

    /// <summary>Adds the country.</summary>
    public void AddCountry(EntityBuilder to, string property) => AddCountry(to, property, Country, CountryCode);

    /// <summary>Adds a country by its code, or by its name where the code is none.</summary>
    public static void AddCountry(EntityBuilder to, string property, string? name, string? code)
    {
        if (Countries.TryNormalise(code, out var found))
            to.Add(property, found, originalValue: name);
        else
            CountryText.AddTo(to, property, name);
    }

    /// <summary>Reads an element that holds location, area and country.</summary>
    /// <returns>Null where it holds none of them.</returns>
    public static SecoPlace? Of(ListElement element)
    {
        var country = element.All("country").FirstOrDefault();
        var place = new SecoPlace(Text(element, "location"), Text(element, "area"), country is null ? null : TextOf(country), country?.Attribute("iso-code"));
        return place is { Location: null, Area: null, Country: null, CountryCode: null } ? null : place;
    }

    private static string? Text(ListElement element, string name) =>
        element.All(name).Select(TextOf).FirstOrDefault(text => text is not null);

    // A text stands in the element itself, or in a <value> inside beside its spellings.
    private static string? TextOf(ListElement element) => element.Text.Length > 0 ? element.Text : element.Value("value");
}

/// <summary>The places of the list, by number.</summary>
internal sealed class SecoPlaces
{
    private readonly Dictionary<string, SecoPlace> _places = new(StringComparer.Ordinal);

    /// <summary>Takes a <c>place</c>.</summary>
    public void Add(ListElement element)
    {
        if (element.Attribute("ssid") is { } id && SecoPlace.Of(element) is { } place)
            _places[id] = place;
    }

    /// <summary>The place that an address or a birth names by number, or holds itself.</summary>
    public SecoPlace? Of(ListElement element) =>
        (element.Attribute("place-id") is { } id ? _places.GetValueOrDefault(id) : null) ?? SecoPlace.Of(element);
}
