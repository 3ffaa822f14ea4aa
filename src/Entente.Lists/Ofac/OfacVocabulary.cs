using System.Collections.Frozen;

namespace Entente.Lists.Ofac;

/// <summary>What becomes of a fact.</summary>
internal enum OfacMeaning
{
    /// <summary>The number of a paper or of a register.</summary>
    Document,

    /// <summary>The number of a passport.</summary>
    Passport,

    /// <summary>A text or number without country and dates.</summary>
    Value,

    /// <summary>A number such as a tonnage.</summary>
    Number,

    /// <summary>The name of a country.</summary>
    Country,

    /// <summary>A date.</summary>
    Date,

    /// <summary>A birth date.</summary>
    Birth,

    /// <summary>A place of birth.</summary>
    BirthPlace,

    /// <summary>Male or female.</summary>
    Gender,

    /// <summary>The address of a wallet; the label ends with the currency.</summary>
    Wallet,

    /// <summary>A post or a title of courtesy.</summary>
    Title,

    /// <summary>What the sanction forbids.</summary>
    Provision,

    /// <summary>A date of the sanction.</summary>
    SanctionDate,

    /// <summary>The name of another entry.</summary>
    Link,

    /// <summary>Kept in the notes, with its label.</summary>
    Note,
}

/// <summary>A label and what it means.</summary>
/// <param name="Meaning">What becomes of a fact under the label.</param>
/// <param name="Property">The FtM property, where there is one.</param>
internal readonly record struct OfacTerm(OfacMeaning Meaning, string Property = "");

/// <summary>The labels of OFAC: those of <c>idType</c> in the XML, of features and papers in the advanced XML, and of the remarks in the CSV.</summary>
/// <remarks>They are the same words in all formats, but for capitals and signs at the end, which do not count here.</remarks>
internal static class OfacVocabulary
{
    private static readonly FrozenDictionary<string, OfacTerm> Terms = Load();
    private static readonly FrozenDictionary<string, OfacTerm>.AlternateLookup<ReadOnlySpan<char>> TermsBySpan = Terms.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The longest label, in words.</summary>
    public static int MostWords { get; } = Terms.Keys.Max(label => label.Count(c => c == ' ') + 1);

    /// <summary>What a label means.</summary>
    /// <param name="label">As written.</param>
    /// <param name="term">What it means.</param>
    /// <returns>Whether the label is known.</returns>
    public static bool TryFind(ReadOnlySpan<char> label, out OfacTerm term)
    {
        label = label.TrimEnd(" :.#-");
        if (TermsBySpan.TryGetValue(label, out term))
            return true;
        if (label.StartsWith("digital currency address", StringComparison.OrdinalIgnoreCase))
            term = new(OfacMeaning.Wallet);
        else if (label.EndsWith("passport", StringComparison.OrdinalIgnoreCase) || label.EndsWith("passport booklet", StringComparison.OrdinalIgnoreCase))
            term = new(OfacMeaning.Passport, "passportNumber");
        else if (label.StartsWith("executive order", StringComparison.OrdinalIgnoreCase) || label.StartsWith("caatsa", StringComparison.OrdinalIgnoreCase)
            || label.StartsWith("secondary sanctions", StringComparison.OrdinalIgnoreCase) || label.EndsWith("determination", StringComparison.OrdinalIgnoreCase))
        {
            term = new(OfacMeaning.Provision);
        }
        else
        {
            return false;
        }
        return true;
    }

    private static FrozenDictionary<string, OfacTerm> Load()
    {
        var terms = new Dictionary<string, OfacTerm>(StringComparer.OrdinalIgnoreCase);
        void Add(OfacMeaning meaning, string property, params ReadOnlySpan<string> labels)
        {
            foreach (var label in labels)
                terms.Add(label, new OfacTerm(meaning, property));
        }

        // People
        Add(OfacMeaning.Birth, "birthDate", "dob", "birthdate", "date of birth");
        Add(OfacMeaning.BirthPlace, "birthPlace", "pob", "place of birth");
        Add(OfacMeaning.Gender, "gender", "gender");
        Add(OfacMeaning.Country, "nationality", "nationality", "nationality country");
        Add(OfacMeaning.Country, "citizenship", "citizen", "citizenship", "citizenship country");
        Add(OfacMeaning.Title, "position", "title", "alternate title", "position", "occupation");
        Add(OfacMeaning.Document, "idNumber",
            "national id no", "cedula no", "cedula de ciudadania", "cedula de residencia", "c.u.r.p", "curp", "identification number", "personal id card",
            "d.n.i", "national foreign id number", "birth certificate number", "driver's license no", "electoral registry no", "credencial electoral",
            "residency number", "cartilla de servicio militar nacional", "c.u.i", "turkish identification number", "numero de identidad", "le number",
            "kenyan id no", "citizen's card number", "travel document number", "visanumberid", "c.u.i.p", "refugee id card", "tazkira national id card",
            "tazkira", "i.f.e", "n.i.e", "bosnian personal id no", "moroccan personal id no", "uae identification", "immigration no", "military registration number",
            "stateless person id card", "cnp (personal numerical code)", "serial no");
        Add(OfacMeaning.Document, "socialSecurityNumber", "ssn");

        // Organisations
        Add(OfacMeaning.Document, "taxNumber",
            "tax id no", "nit", "ruc", "rif", "r.f.c", "rfc", "us fein", "fein", "italian fiscal code", "fiscal code", "c.u.i.t", "c.i.f",
            "numero unico de identificacao tributaria (nuit)", "paraguayan tax identification number", "rtn", "tax number", "n.i.f");
        Add(OfacMeaning.Document, "vatCode", "v.a.t. number", "vat number");
        Add(OfacMeaning.Document, "registrationNumber",
            "registration number", "registration id", "company number", "uk company number", "commercial registry number", "c.r. no", "romanian c.r",
            "business registration number", "business registration document", "business number", "enterprise number", "folio mercantil no",
            "matricula mercantil no", "public registration number", "government gazette number", "economic register number (cbls)",
            "chamber of commerce number", "central registration system number", "istanbul chamber of comm. no", "dubai chamber of commerce membership no",
            "registered charity no", "certificate of incorporation number", "branch unit number", "company id", "file number", "organization code",
            "bik (ru)", "russian state individual business registration number pattern (ogrnip)", "vessel registration identification");
        Add(OfacMeaning.Document, "leiCode", "legal entity number");
        Add(OfacMeaning.Document, "uscCode", "unified social credit code (uscc)", "united social credit code certificate (usccc)");
        Add(OfacMeaning.Document, "licenseNumber",
            "license", "trade license no", "permit number", "pilot license number", "sre permit no", "afghan money service provider license number");
        Add(OfacMeaning.Document, "dunsCode", "d-u-n-s number");
        Add(OfacMeaning.Value, "swiftBic", "swift/bic");
        Add(OfacMeaning.Value, "isinCode", "isin");
        Add(OfacMeaning.Date, "incorporationDate", "organization established date");
        Add(OfacMeaning.Value, "sector", "organization type");
        Add(OfacMeaning.Value, "classification", "target type");
        Add(OfacMeaning.Country, "jurisdiction", "nationality of registration");

        // Both
        Add(OfacMeaning.Value, "email", "email address", "email");
        Add(OfacMeaning.Value, "website", "website");
        Add(OfacMeaning.Value, "phone", "phone number", "telephone", "telephone no", "phone", "fax", "fax no");

        // Ships and aircraft
        Add(OfacMeaning.Value, "mmsi", "mmsi");
        Add(OfacMeaning.Value, "callSign", "vessel call sign", "other vessel call sign");
        Add(OfacMeaning.Country, "flag", "vessel flag", "other vessel flag");
        Add(OfacMeaning.Country, "pastFlags", "former vessel flag");
        Add(OfacMeaning.Value, "type", "vessel type", "other vessel type", "aircraft type");
        Add(OfacMeaning.Value, "pastTypes", "former vessel type");
        Add(OfacMeaning.Number, "tonnage", "vessel tonnage");
        Add(OfacMeaning.Number, "grossRegisteredTonnage", "vessel gross registered tonnage", "vessel gross tonnage");
        Add(OfacMeaning.Date, "buildDate", "vessel year of build", "aircraft manufacture date");
        Add(OfacMeaning.Value, "model", "aircraft model");
        Add(OfacMeaning.Value, "registrationNumber", "aircraft tail number", "previous aircraft tail number");
        Add(OfacMeaning.Value, "serialNumber",
            "aircraft manufacturer's serial number (msn)", "aircraft construction number (also called l/n or s/n or f/n)", "aircraft serial identification");
        Add(OfacMeaning.Value, "icaoCode", "aircraft mode s transponder code");
        Add(OfacMeaning.Link, "owner", "vessel owner");
        Add(OfacMeaning.Link, "operator", "aircraft operator");
        Add(OfacMeaning.Note, "", "chinese commercial code");

        // The sanction
        Add(OfacMeaning.Provision, "provisions",
            "secondary sanctions risk", "additional sanctions information", "transactions prohibited for persons owned or controlled by u.s. financial institutions",
            "caatsa section 235 information", "ifca determination", "peesa information", "subject to secondary sanctions");
        Add(OfacMeaning.SanctionDate, "listingDate", "listing date");
        Add(OfacMeaning.SanctionDate, "startDate", "effective date");
        return terms.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
