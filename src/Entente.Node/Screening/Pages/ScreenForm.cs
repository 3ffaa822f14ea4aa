using System.Collections.Immutable;
using Entente.Records;

namespace Entente.Node.Screening.Pages;

/// <summary>What somebody typed on the page that screens.</summary>
internal sealed class ScreenForm
{
    /// <summary>What may be looked for, the most usual first.</summary>
    public static IReadOnlyList<string> Schemata { get; } = ["Person", "Organization", "Company", "Vessel", "Airplane", "LegalEntity", "Thing"];

    public string Name { get; set; } = "";

    public string Schema { get; set; } = "Person";

    public string BirthDate { get; set; } = "";

    public string Country { get; set; } = "";

    public string Gender { get; set; } = "";

    public string BirthPlace { get; set; } = "";

    public string Document { get; set; } = "";

    /// <summary>Whether what is asked concerns a person, or might.</summary>
    public bool IsPerson => Schema is "Person" or "LegalEntity" or "Thing";

    /// <summary>Whether a date was given that says nothing: it would count as not given, and that must be seen.</summary>
    public bool HasUnreadableDate => BirthDate.Trim().Length > 0 && !PartialDate.TryParse(BirthDate.Trim(), out _);

    /// <summary>Whether a country was given that nobody knows.</summary>
    public bool HasUnknownCountry => Country.Trim().Length > 0 && !Countries.TryNormalise(Country, out _);

    /// <summary>The query. What is asked of persons only is left out of others.</summary>
    public Entente.Screening.Query ToQuery() => new()
    {
        Schema = Schema,
        Names = [Name.Trim()],
        BirthDates = IsPerson ? Given(BirthDate) : [],
        Nationalities = IsPerson && Countries.TryNormalise(Country, out var nationality) ? [nationality] : [],
        Countries = !IsPerson && Countries.TryNormalise(Country, out var country) ? [country] : [],
        Genders = IsPerson ? Given(Gender) : [],
        Places = IsPerson ? Given(BirthPlace) : [],
        Documents = Given(Document),
    };

    private static ImmutableArray<string> Given(string value) => value.Trim() is { Length: > 0 } given ? [given] : [];
}
