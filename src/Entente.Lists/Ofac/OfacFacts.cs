using Entente.Lists.Wording;
using Entente.Records;

namespace Entente.Lists.Ofac;

/// <summary>Puts facts where they belong in FtM.</summary>
internal static class OfacFacts
{
    /// <summary>Adds a fact. What the entry's schema has no property for goes to the notes.</summary>
    public static void Add(OfacEntry entry, OfacFact fact)
    {
        if (OfacVocabulary.TryFind(fact.Label, out var term))
            Add(entry, fact, term);
        else
            AddDocument(entry, fact, entry.IsPerson ? "idNumber" : "registrationNumber", passport: false);
    }

    private static void Add(OfacEntry entry, OfacFact fact, OfacTerm term)
    {
        switch (term.Meaning)
        {
            case OfacMeaning.Document:
                AddDocument(entry, fact, Refine(term.Property, fact.Value), passport: false);
                break;
            case OfacMeaning.Passport:
                AddDocument(entry, fact, term.Property, passport: true);
                break;
            case OfacMeaning.Value:
                AddValue(entry, fact, term.Property, fact.Value);
                break;
            case OfacMeaning.Number:
                AddValue(entry, fact, term.Property, fact.Value.Replace(",", "", StringComparison.Ordinal));
                break;
            case OfacMeaning.Country:
                // Ships and organisations have no nationality.
                OfacCountries.AddTo(entry.Subject, Has(entry, term.Property) ? term.Property : "country", fact.Value);
                break;
            case OfacMeaning.Date when Has(entry, term.Property):
                OfacDates.Add(entry, term.Property, fact.Value, fact.Line);
                break;
            case OfacMeaning.Birth when entry.IsPerson:
                OfacDates.AddBirth(entry, fact.Value, fact.Line);
                break;
            case OfacMeaning.BirthPlace when entry.IsPerson:
                AddBirthPlace(entry, fact.Value);
                break;
            case OfacMeaning.Gender when entry.IsPerson:
                AddGender(entry, fact);
                break;
            case OfacMeaning.Title:
                entry.AddTitle(fact.Value);
                break;
            case OfacMeaning.Wallet:
                AddWallet(entry, fact);
                break;
            case OfacMeaning.Link when Has(entry, term.Property):
                entry.LinkTo(new OfacLink(fact.Label, fact.Value, term.Property));
                break;
            case OfacMeaning.SanctionDate:
                if (DateText.TryLeading(fact.Value[(fact.Value.LastIndexOf(':') + 1)..], out var date))
                    entry.Draft.Sanction.Add(term.Property, date.ToString(), originalValue: fact.Wording);
                entry.Draft.Sanction.Add("provisions", fact.Wording);
                break;
            case OfacMeaning.Provision:
                entry.Draft.Sanction.Add("provisions", fact.Wording);
                break;
            default:
                AddNote(entry, fact);
                break;
        }
    }

    private static void AddDocument(OfacEntry entry, OfacFact fact, string property, bool passport)
    {
        if (fact.Value.StartsWith("IMO ", StringComparison.OrdinalIgnoreCase) && Has(entry, "imoNumber"))
        {
            AddValue(entry, fact, "imoNumber", fact.Value[4..]);
            return;
        }
        if (fact.Label.StartsWith("Vessel Registration", StringComparison.OrdinalIgnoreCase) && fact.Value.Length == 7 && fact.Value.All(char.IsAsciiDigit))
            property = "imoNumber";
        AddValue(entry, fact, property, fact.Value);
        // In FtM only people and organisations hold papers.
        if (!Schemata.IsA(entry.Subject.Schema, "LegalEntity"))
            return;

        var label = fact.Label.TrimEnd(' ', ':', '#', '-');
        var paper = entry.Draft.Link("document", passport ? "Passport" : "Identification", $"{label}|{fact.Value}|{fact.Country}");
        paper.Add("holder", entry.Subject.Id).Add("number", fact.Value).Add("type", label).Add("authority", fact.Authority).Add("summary", fact.Note);
        if (passport)
            paper.Add("passportNumber", fact.Value);
        OfacCountries.AddTo(paper, "country", fact.Country);
        if (fact.Issued is not null)
            entry.Draft.AddDate(paper, "startDate", fact.Issued, fact.Line);
        if (fact.Expires is not null)
            entry.Draft.AddDate(paper, "endDate", fact.Expires, fact.Line);
    }

    private static void AddValue(OfacEntry entry, OfacFact fact, string property, string value)
    {
        if (Has(entry, property))
            entry.Subject.Add(property, value, originalValue: fact.Wording);
        else
            AddNote(entry, fact);
    }

    private static void AddBirthPlace(OfacEntry entry, string place)
    {
        entry.Subject.Add("birthPlace", place);
        // 'Giza, Egypt', but also 'Pyongyang, Korea, North': the longest tail that is a country.
        for (var at = 0; ; at++)
        {
            if (Countries.TryNormalise(place[at..].Trim(), out var country))
            {
                entry.Subject.Add("birthCountry", country, originalValue: place);
                return;
            }
            at = place.IndexOf(',', at);
            if (at < 0)
                return;
        }
    }

    private static void AddGender(OfacEntry entry, OfacFact fact)
    {
        switch (fact.Value.ToLowerInvariant())
        {
            case "male":
                entry.Subject.Add("gender", "male");
                break;
            case "female":
                entry.Subject.Add("gender", "female");
                break;
            case "unknown":
                break;
            default:
                entry.Warn(fact.Line, $"the gender '{fact.Value}' is not known and was kept in the notes only.");
                AddNote(entry, fact);
                break;
        }
    }

    private static void AddWallet(OfacEntry entry, OfacFact fact)
    {
        var currency = fact.Label[(fact.Label.LastIndexOf(' ') + 1)..].Trim('-', ':');
        entry.Draft.Link("wallet", "CryptoWallet", $"{currency}|{fact.Value}")
            .Add("publicKey", fact.Value)
            .Add("currencySymbol", currency.Length is > 0 and <= 12 ? currency : null)
            .Add("holder", entry.Subject.Id)
            .Add("topics", "sanction")
            .Add("notes", fact.Note);
    }

    private static void AddNote(OfacEntry entry, OfacFact fact) => entry.Subject.Add("notes", fact.Wording);

    private static bool Has(OfacEntry entry, string property) => Schemata.TypeOf(entry.Subject.Schema, property) is not null;

    // What OFAC calls legal entity number is mostly an LEI (ISO 17442: twenty letters and digits), and sometimes the number of a register.
    private static string Refine(string property, string value) =>
        property == "leiCode" && !(value.Length == 20 && value.All(char.IsAsciiLetterOrDigit)) ? "registrationNumber" : property;
}
