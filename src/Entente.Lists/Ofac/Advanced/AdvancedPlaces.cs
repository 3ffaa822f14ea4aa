namespace Entente.Lists.Ofac.Advanced;

/// <summary>The places of the advanced XML, which its entries refer to by number.</summary>
internal sealed class AdvancedPlaces(ReferenceValues references)
{
    private readonly Dictionary<string, OfacAddress> _places = new(StringComparer.Ordinal);

    /// <summary>Keeps one <c>Location</c>.</summary>
    public void Add(ListElement location)
    {
        if (location.Attribute("ID") is { } id)
            _places[id] = Read(location);
    }

    /// <summary>The place with a number; <see langword="null"/> where there is none.</summary>
    public OfacAddress? Find(string? id) => id is null ? null : _places.GetValueOrDefault(id);

    private OfacAddress Read(ListElement location)
    {
        var lines = new SortedDictionary<string, string>(StringComparer.Ordinal);
        string? city = null, state = null, postalCode = null, region = null;
        var original = new List<string>();
        foreach (var part in location.All("LocationPart"))
        {
            var kind = references.Text("LocPartType", part.Attribute("LocPartTypeID"))?.ToUpperInvariant();
            foreach (var value in part.All("LocationPartValue"))
            {
                if (value.Value("Value") is not { } text)
                    continue;
                // A second value of a part is the same in another script.
                if (value.Attribute("Primary") == "false")
                {
                    original.Add(text);
                    continue;
                }
                switch (kind)
                {
                    case "CITY":
                        city = text;
                        break;
                    case "STATE/PROVINCE":
                        state = text;
                        break;
                    case "POSTAL CODE":
                        postalCode = text;
                        break;
                    case "REGION":
                        region = text;
                        break;
                    default:
                        lines[kind ?? ""] = lines.TryGetValue(kind ?? "", out var before) ? $"{before}, {text}" : text;
                        break;
                }
            }
        }
        return new OfacAddress(lines.Count == 0 ? null : string.Join(", ", lines.Values), city, state, postalCode, Country(location))
        {
            Region = region,
            Original = original.Count == 0 ? null : string.Join(", ", original),
        };
    }

    private string? Country(ListElement location)
    {
        var country = location.All("LocationCountry").Select(each => references.Text("Country", each.Attribute("CountryID"))).FirstOrDefault(text => text is not null);
        return country ?? location.All("LocationAreaCode").Select(each => references.Attribute("AreaCode", each.Attribute("AreaCodeID"), "Description")).FirstOrDefault(text => text is not null);
    }
}
