using System.Collections.Immutable;
using Entente.Records;

namespace Entente.Screening.Facts;

/// <summary>A document number.</summary>
/// <param name="Key">Letters and digits alone, in upper case.</param>
/// <param name="Text">As written.</param>
internal sealed record DocumentText(string Key, string Text);

/// <summary>What is known of an entity beside its names, read once.</summary>
internal sealed class EntityFacts
{
    /// <summary>The FtM properties that hold numbers of documents.</summary>
    internal static readonly string[] DocumentProperties =
    [
        "passportNumber", "idNumber", "taxNumber", "registrationNumber", "socialSecurityNumber", "innCode", "ogrnCode", "imoNumber", "mmsi",
        "leiCode", "licenseNumber", "vatCode", "swiftBic", "callSign", "serialNumber", "accountNumber", "iban", "publicKey", "number", "okpoCode", "kppCode", "uscCode",
    ];

    /// <summary>Birth dates that could be read.</summary>
    public required ImmutableArray<PartialDate> BirthDates { get; init; }

    /// <summary>Nationalities and citizenships, ISO codes.</summary>
    public required ImmutableArray<string> Nationalities { get; init; }

    /// <summary>Every country tied to the entity in any way, ISO codes.</summary>
    public required ImmutableArray<string> Countries { get; init; }

    /// <summary>Countries that a nationality mostly goes with, ISO codes: those of birth, and those that the programmes are about which it is listed under, if each of them is about one.</summary>
    public ImmutableArray<string> LikelyNationalities { get; init; } = [];

    /// <summary>Countries of addresses, ISO codes.</summary>
    public ImmutableArray<string> AddressCountries { get; init; } = [];

    /// <summary>'male', 'female' or null.</summary>
    public required string? Gender { get; init; }

    /// <summary>Birth places as given.</summary>
    public required ImmutableArray<PlaceText> Places { get; init; }

    /// <summary>Document numbers, each once.</summary>
    public required ImmutableArray<DocumentText> Documents { get; init; }

    /// <summary>The facts of a listed entity.</summary>
    public static EntityFacts Of(Entity entity)
    {
        ImmutableArray<PlaceText> places = [.. entity.Get("birthPlace").Select(PlaceText.Of)];
        ImmutableArray<string> programmes = OfProgrammes(entity.Get("program") is { IsEmpty: false } named ? named : entity.Get("programId"));
        return new()
        {
            BirthDates = Dates(entity.Get("birthDate")),
            Nationalities = Codes([.. entity.Get("nationality"), .. entity.Get("citizenship")]),
            Countries = Codes([.. entity.Get("nationality"), .. entity.Get("citizenship"), .. entity.Get("country"), .. entity.Get("jurisdiction"), .. entity.Get("birthCountry"), .. entity.Get("mainCountry"), .. entity.Get("flag")]),
            LikelyNationalities = [.. programmes.Union(Codes(entity.Get("birthCountry"))).Union(places.Select(place => place.Country).OfType<string>())],
            // An address ends with its country, if it names one.
            AddressCountries = Codes([.. entity.Get("address").Select(address => address[(address.LastIndexOf(',') + 1)..])]),
            Gender = GenderOf(entity.Get("gender")),
            Places = places,
            Documents = DocumentsIn(entity),
        };
    }

    /// <summary>The facts of a query.</summary>
    public static EntityFacts Of(Query query) => new()
    {
        BirthDates = Dates(query.BirthDates),
        Nationalities = Codes(query.Nationalities),
        Countries = Codes([.. query.Countries]),
        Gender = GenderOf(query.Genders),
        Places = [.. query.Places.Where(p => p.Length > 0).Select(PlaceText.Of)],
        Documents = DocumentsOf(query.Documents),
    };

    /// <summary>The document numbers of a listed entity.</summary>
    public static ImmutableArray<DocumentText> DocumentsIn(Entity entity) => DocumentsOf(DocumentProperties.SelectMany(p => entity.Get(p)));

    private static ImmutableArray<PartialDate> Dates(ImmutableArray<string> texts)
    {
        if (texts.IsEmpty)
            return [];
        var dates = ImmutableArray.CreateBuilder<PartialDate>(texts.Length);
        foreach (string text in texts)
        {
            if (PartialDate.TryParse(text, out PartialDate date))
                dates.Add(date);
        }

        return dates.DrainToImmutable();
    }

    private static ImmutableArray<string> Codes(ImmutableArray<string> texts)
    {
        if (texts.IsEmpty)
            return [];
        var codes = new HashSet<string>(StringComparer.Ordinal);
        foreach (string text in texts)
        {
            if (Records.Countries.TryNormalise(text, out string code))
                codes.Add(code);
        }

        return [.. codes];
    }

    private static ImmutableArray<string> OfProgrammes(ImmutableArray<string> programmes)
    {
        var countries = new HashSet<string>(StringComparer.Ordinal);
        foreach (string programme in programmes)
        {
            if (Programmes.CountriesOf(programme) is { IsEmpty: false } some)
                countries.UnionWith(some);
            else
                return [];
        }

        return [.. countries];
    }

    /// <summary>Conflicting genders say nothing.</summary>
    private static string? GenderOf(ImmutableArray<string> texts)
    {
        string? found = null;
        foreach (string text in texts)
        {
            string? gender = text.Trim().ToLowerInvariant() switch
            {
                "m" or "male" or "man" or "homme" or "masculin" or "м" or "муж" or "мужской" or "ذكر" => "male",
                "f" or "female" or "woman" or "femme" or "féminin" or "feminin" or "ж" or "жен" or "женский" or "أنثى" or "انثى" => "female",
                _ => null,
            };
            if (gender is null)
                continue;
            if (found is not null && found != gender)
                return null;
            found = gender;
        }

        return found;
    }

    private static ImmutableArray<DocumentText> DocumentsOf(IEnumerable<string> texts)
    {
        List<DocumentText>? documents = null;
        foreach (string text in texts)
        {
            string key = DocumentKey(text);
            // Numbers of four signs and less are shared by chance.
            if (key.Length >= 5 && documents?.Exists(d => d.Key == key) != true)
                (documents ??= []).Add(new DocumentText(key, text));
        }

        return documents is null ? [] : [.. documents];
    }

    /// <summary>Letters and digits of a number in upper case, without leading zeros; of a ship's IMO number the seven digits.</summary>
    public static string DocumentKey(string text)
    {
        string key = string.Concat(text.Normalize(System.Text.NormalizationForm.FormKC).Where(char.IsLetterOrDigit)).ToUpperInvariant().TrimStart('0');
        return key.Length == 10 && key.StartsWith("IMO", StringComparison.Ordinal) ? key[3..] : key;
    }
}
