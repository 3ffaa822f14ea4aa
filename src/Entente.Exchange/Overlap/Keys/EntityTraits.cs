using System.Collections.Immutable;
using System.Text;
using Entente.Names.Keys;
using Entente.Names.Scripts;
using Entente.Names.Structure;
using Entente.Records;

namespace Entente.Exchange.Overlap.Keys;

/// <summary>What an entity can be found and told apart by, read once.</summary>
internal sealed class EntityTraits
{
    // Names of one entity beyond this many are further spellings, which the keys make up for.
    private const int MostNames = 6;
    private const int MostWords = 6;

    // Numbers of four signs and less are shared by chance.
    private const int ShortestNumber = 5;

    private static readonly (string Space, string[] Properties)[] Spaces =
    [
        ("document", ["passportNumber", "idNumber", "socialSecurityNumber", "number"]),
        ("registration", ["registrationNumber", "taxNumber", "innCode", "ogrnCode", "vatCode", "licenseNumber", "okpoCode", "uscCode", "dunsCode", "uniqueEntityId"]),
        ("lei", ["leiCode"]),
        ("imo", ["imoNumber"]),
        ("mmsi", ["mmsi"]),
        ("callsign", ["callSign"]),
        ("serial", ["serialNumber"]),
        ("bic", ["swiftBic"]),
        ("account", ["iban", "accountNumber"]),
        ("wallet", ["publicKey"]),
    ];

    /// <summary>Whether it is a person.</summary>
    public required bool IsPerson { get; init; }

    /// <summary>The words of each name.</summary>
    public required ImmutableArray<ImmutableArray<WordKeys>> Names { get; init; }

    /// <summary>The scripts that its names are written in.</summary>
    public required ImmutableArray<Script> Scripts { get; init; }

    /// <summary>Birth dates.</summary>
    public required ImmutableArray<PartialDate> Births { get; init; }

    /// <summary>Nationalities and, for what is no person, countries.</summary>
    public required ImmutableArray<string> Countries { get; init; }

    /// <summary>'m', 'f' or null.</summary>
    public required string? Gender { get; init; }

    /// <summary>Numbers, each with its space.</summary>
    public required ImmutableArray<(string Space, string Value)> Numbers { get; init; }

    public static EntityTraits Of(Entity entity)
    {
        bool person = entity.IsA("Person");
        NameKind kind = person ? NameKind.Person : entity.IsA("LegalEntity") ? NameKind.Organisation : NameKind.Thing;
        string[] names = [.. entity.Get("name").Concat(entity.Get("alias")).Concat(entity.Get("previousName")).Take(MostNames)];
        string[] countries = person ? ["nationality", "citizenship"] : ["country", "jurisdiction", "mainCountry", "flag"];
        return new EntityTraits
        {
            IsPerson = person,
            Names = [.. names.SelectMany(text => NameReadings.Of(text, kind)).Select(text => Words(text, kind)).Where(words => !words.IsEmpty)],
            Scripts = [.. names.Select(name => ScriptOf.Text(name)).Distinct()],
            Births = person ? [.. entity.Get("birthDate").Select(Date).Where(date => date.Year != 0).Distinct()] : [],
            Countries = [.. countries.SelectMany(property => entity.Get(property)).Select(Country).OfType<string>().Distinct(StringComparer.Ordinal)],
            Gender = GenderOf(entity.Get("gender")),
            Numbers = [.. Spaces.SelectMany(space => space.Properties.SelectMany(property => entity.Get(property)).Select(text => (space.Space, Number(space.Space, text)))).Where(number => number.Item2.Length >= ShortestNumber).Distinct()],
        };
    }

    private static ImmutableArray<WordKeys> Words(string text, NameKind kind)
    {
        ImmutableArray<WordKeys> words = NameKeys.Of(Name.Parse(text, kind));
        return words.Length <= MostWords ? words : words[..MostWords];
    }

    private static PartialDate Date(string text) => PartialDate.TryParse(text, out PartialDate date) ? date : default;

    private static string? Country(string text) => Records.Countries.TryNormalise(text, out string code) ? code : null;

    // Two genders say nothing.
    private static string? GenderOf(ImmutableArray<string> texts)
    {
        string[] found = [.. texts.Select(text => text.Trim().ToLowerInvariant() switch { "m" or "male" => "m", "f" or "female" => "f", _ => "" }).Where(each => each.Length > 0).Distinct()];
        return found.Length == 1 ? found[0] : null;
    }

    private static string Number(string space, string text)
    {
        string number = string.Concat(text.Normalize(NormalizationForm.FormKC).Where(char.IsLetterOrDigit));
        // Letters of a wallet differ by case.
        if (space != "wallet")
            number = number.ToUpperInvariant().TrimStart('0');
        return space == "imo" && number.Length == 10 && number.StartsWith("IMO", StringComparison.Ordinal) ? number[3..] : number;
    }
}
