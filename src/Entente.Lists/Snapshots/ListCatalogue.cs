namespace Entente.Lists.Snapshots;

/// <summary>One official list that Entente knows how to fetch.</summary>
/// <param name="Dataset">The dataset's id, also its folder's name: lower-case letters, digits and hyphens.</param>
/// <param name="Title">The list's name, in English.</param>
/// <param name="Publisher">The authority that publishes it.</param>
/// <param name="LegalBasis">The law that the list rests on.</param>
/// <param name="Address">Where the publisher offers the file.</param>
public sealed record ListSource(string Dataset, string Title, string Publisher, string LegalBasis, Uri Address);

/// <summary>The official lists that Entente knows how to fetch.</summary>
public static class ListCatalogue
{
    /// <summary>The UN Security Council's consolidated list, XML, in English.</summary>
    public static ListSource UnitedNations { get; } = new(
        "un-sc",
        "United Nations Security Council Consolidated List",
        "United Nations Security Council",
        "UN Charter, Chapter VII, Article 41; Security Council resolutions 1267 (1999), 1988 (2011), 2253 (2015) and those of the other sanctions regimes",
        new Uri("https://scsanctions.un.org/resources/xml/en/consolidated.xml"));

    /// <summary>Every known list, in the order in which they are shown.</summary>
    public static IReadOnlyList<ListSource> All { get; } = [UnitedNations];

    /// <summary>The list with this dataset id, or null where there is none.</summary>
    public static ListSource? Find(string dataset) =>
        All.FirstOrDefault(source => source.Dataset.Equals(dataset, StringComparison.OrdinalIgnoreCase));
}
