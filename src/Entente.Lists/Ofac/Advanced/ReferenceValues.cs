namespace Entente.Lists.Ofac.Advanced;

/// <summary>The words behind the numbers of the advanced XML: its <c>ReferenceValueSets</c>.</summary>
internal sealed class ReferenceValues
{
    // Numbers that have been the same since 2015, for files cut down to a few entries, which leave most of the sets out.
    private static readonly Dictionary<(string Set, string Id), string> WellKnown = new()
    {
        [("AliasType", "1400")] = "A.K.A.",
        [("AliasType", "1401")] = "F.K.A.",
        [("AliasType", "1402")] = "N.K.A.",
        [("AliasType", "1403")] = "Name",
        [("PartyType", "1")] = "Individual",
        [("PartyType", "2")] = "Entity",
        [("SanctionsType", "1")] = "Program",
        [("List", "1550")] = "SDN List",
    };

    private readonly Dictionary<(string Set, string Id), ListElement> _values = [];

    /// <summary>Reads the sets, to which the walk has come.</summary>
    public void Read(ListXml xml) => xml.EachChild(_ => xml.EachChild(_ =>
    {
        var value = xml.ReadRecord();
        if (value.Attribute("ID") is { } id)
            _values[(value.Name, id)] = value;
    }));

    /// <summary>The word behind a number.</summary>
    /// <param name="set">The element that defines it, such as <c>FeatureType</c>.</param>
    /// <param name="id">The number.</param>
    /// <returns><see langword="null"/> where the file does not say.</returns>
    public string? Text(string set, string? id)
    {
        if (id is null)
            return null;
        return _values.TryGetValue((set, id), out var value) && value.Text.Length > 0 ? value.Text : WellKnown.GetValueOrDefault((set, id));
    }

    /// <summary>An attribute of the element that defines a number.</summary>
    public string? Attribute(string set, string? id, string attribute) =>
        id is not null && _values.TryGetValue((set, id), out var value) ? value.Attribute(attribute) : null;

    /// <summary>What a party of a subtype is, in the words of the other formats: individual, entity, vessel, aircraft.</summary>
    /// <returns>The word, or what the file says instead; <see langword="null"/> where it says nothing.</returns>
    public string? PartyType(string? subType)
    {
        // The subtype says vessel or aircraft and 'Unknown' for all others; the type above it tells people from organisations.
        if (Text("PartySubType", subType) is { } own && own != "Unknown")
            return own;
        var type = Attribute("PartySubType", subType, "PartyTypeID") ?? subType switch
        {
            "3" => "2",
            "4" => "1",
            _ => null,
        };
        return Text("PartyType", type) ?? subType switch
        {
            "1" => "Vessel",
            "2" => "Aircraft",
            _ => null,
        };
    }
}
