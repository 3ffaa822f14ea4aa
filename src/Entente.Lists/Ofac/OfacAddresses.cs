namespace Entente.Lists.Ofac;

/// <summary>An address of an entry; parts that are not known are <see langword="null"/>.</summary>
/// <param name="Street">Street lines, joined.</param>
/// <param name="City">City.</param>
/// <param name="State">State or province.</param>
/// <param name="PostalCode">Postal code.</param>
/// <param name="Country">Country, in OFAC's words.</param>
internal sealed record OfacAddress(string? Street, string? City, string? State, string? PostalCode, string? Country)
{
    /// <summary>Region, which the advanced XML keeps apart.</summary>
    public string? Region { get; init; }

    /// <summary>City, state and postal code where a publisher runs them together, as the CSV does.</summary>
    public string? CityLine { get; init; }

    /// <summary>The same address in its own script.</summary>
    public string? Original { get; init; }

    /// <summary>A remark.</summary>
    public string? Remarks { get; init; }

    /// <summary>The address in one line.</summary>
    public string Full => string.Join(", ", new[] { Street, CityLine, City, State, PostalCode, Region, Country }.Where(part => part is not null));

    /// <summary>Whether there is more than a country.</summary>
    public bool IsPlace => Street is not null || City is not null || State is not null || PostalCode is not null || Region is not null || CityLine is not null;
}

/// <summary>Adds addresses to entries.</summary>
internal static class OfacAddresses
{
    /// <summary>Adds an address; a country alone is no address, and goes to the entry's countries only.</summary>
    public static void Add(OfacEntry entry, OfacAddress address)
    {
        OfacCountries.AddTo(entry.Subject, "country", address.Country);
        if (!address.IsPlace)
        {
            entry.Subject.Add("notes", address.Remarks is null ? null : "Address: " + address.Remarks);
            return;
        }

        var full = address.Full;
        var place = entry.Draft.Link("address", "Address", $"{full}|{address.Remarks}");
        place.Add("full", full)
            .Add("street", address.Street)
            .Add("city", address.City)
            .Add("state", address.State)
            .Add("postalCode", address.PostalCode)
            .Add("region", address.Region)
            .Add("remarks", address.Remarks);
        if (address.CityLine is { } line)
            AddCityLine(place, line);
        if (address.Original is { } original)
            place.Add("full", original, ScriptLanguage.Guess(original));
        OfacCountries.AddTo(place, "country", address.Country);
        entry.Subject.Add("address", full).Add("addressEntity", place.Id);
    }

    // 'Moscow 119049' is a city and a code; 'London EC3N 1DY' is not taken apart.
    private static void AddCityLine(Records.EntityBuilder place, string line)
    {
        if (!line.Any(char.IsDigit))
        {
            place.Add("city", line);
            return;
        }
        var space = line.LastIndexOf(' ');
        if (space > 0 && line.Length - space - 1 is >= 4 and <= 7 && line.AsSpan(space + 1).IndexOfAnyExceptInRange('0', '9') < 0 && !line[..space].Any(char.IsDigit))
            place.Add("city", line[..space].TrimEnd(','), originalValue: line).Add("postalCode", line[(space + 1)..]);
    }
}
