namespace Entente.Scale.MadeUp;

/// <summary>How people of some countries are named.</summary>
internal enum NamingStyle
{
    /// <summary>Given name and surname.</summary>
    Western,

    /// <summary>Given name, father's and mother's surname.</summary>
    Iberian,

    /// <summary>Given name, father's, grandfather's, and perhaps a family name with the article.</summary>
    Arabic,

    /// <summary>Given name, patronymic, surname that women give a feminine ending.</summary>
    EastSlavic,

    /// <summary>Surname before the given name.</summary>
    EastAsian,
}

/// <summary>The names that are common in one country.</summary>
/// <param name="Code">ISO code, lower case.</param>
/// <param name="Male">Given names of men.</param>
/// <param name="Female">Given names of women.</param>
/// <param name="Surnames">Surnames; perhaps none.</param>
internal sealed record Country(string Code, Weighted<NamePart> Male, Weighted<NamePart> Female, Weighted<NamePart> Surnames)
{
    public NamePart Given(bool male, Dice dice) => (male ? Male : Female).Draw(dice);
}

/// <summary>Countries that name their people alike.</summary>
/// <param name="Style">How.</param>
/// <param name="Share">How many of the people on the list are of them, beside the other cultures.</param>
/// <param name="Countries">The countries.</param>
/// <param name="RareSurnames">The long tail of surnames, common to all of them.</param>
/// <param name="Spellings">Original script and Latin spellings; null for those who write Latin.</param>
internal sealed record Culture(
    NamingStyle Style, double Share, IReadOnlyList<Country> Countries, Weighted<NamePart> RareSurnames, Spellings? Spellings)
{
    private const double RareSurname = 0.6;
    private const double RareGiven = 0.3;
    private const double FromElsewhere = 0.3;

    /// <summary>A given name: of the country, of one that names alike, or, where given names and surnames are one stock, a rare one.</summary>
    public NamePart Given(Country country, bool male, Dice dice) =>
        Style is NamingStyle.Arabic or NamingStyle.Western && !RareSurnames.IsEmpty && dice.Chance(RareGiven) ? RareSurnames.Draw(dice)
        : dice.Chance(FromElsewhere) ? dice.Any(Countries).Given(male, dice)
        : country.Given(male, dice);

    public NamePart Surname(Country country, Dice dice) =>
        country.Surnames.IsEmpty || (!RareSurnames.IsEmpty && dice.Chance(RareSurname)) ? RareSurnames.Draw(dice) : country.Surnames.Draw(dice);
}
