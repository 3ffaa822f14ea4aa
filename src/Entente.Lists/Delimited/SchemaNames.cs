using Entente.Records;

namespace Entente.Lists.Delimited;

/// <summary>Finds the FollowTheMoney schema that a word in a file or on the command line means.</summary>
public static class SchemaNames
{
    /// <summary>The schema of a query that names none.</summary>
    public const string Default = "Person";

    /// <summary>The schema of a name that may be a person's, an organisation's or a ship's.</summary>
    public const string Anything = "Thing";

    /// <summary>For messages.</summary>
    public const string Usual = "Person, Organization, Company, LegalEntity, Vessel, Airplane, Address, CryptoWallet";

    /// <summary>Words that are no FollowTheMoney schema, but plainly mean one.</summary>
    private static readonly Dictionary<string, string> Synonyms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Any"] = Anything,
        ["Individual"] = "Person",
        ["Per"] = "Person",
        ["Organisation"] = "Organization",
        ["Org"] = "Organization",
        ["Entity"] = "LegalEntity",
        ["Enterprise"] = "LegalEntity",
        ["Ship"] = "Vessel",
        ["Aircraft"] = "Airplane",
    };

    /// <summary>The schema that a word means.</summary>
    /// <param name="word">Any case, also 'individual', 'ship'; blank means <paramref name="otherwise"/>.</param>
    /// <param name="otherwise">The schema of a row that names none.</param>
    /// <returns>The schema's own spelling, or null when there is no such schema.</returns>
    public static string? Find(string? word, string otherwise)
    {
        if (string.IsNullOrWhiteSpace(word))
            return otherwise;
        var bare = word.Trim().Replace("_", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        return Schemata.IsKnown(bare)
            ? bare
            : Synonyms.GetValueOrDefault(bare) ?? Schemata.All.FirstOrDefault(name => name.Equals(bare, StringComparison.OrdinalIgnoreCase));
    }
}
