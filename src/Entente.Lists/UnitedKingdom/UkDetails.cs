using Entente.Lists.Drafts;
using Entente.Lists.Wording;
using Entente.Records;

namespace Entente.Lists.UnitedKingdom;

/// <summary>Reads what stands under IndividualDetails, EntityDetails and ShipDetails, and ways to reach the listed.</summary>
internal static class UkDetails
{
    /// <summary>Reads an element whose children belong together: a paper, a place of birth.</summary>
    /// <returns>False where it is none.</returns>
    public static bool TryReadGroup(ListElement element, RecordDraft context)
    {
        foreach (var child in element.Children)
        {
            switch (child.Name)
            {
                case "PassportNumber" or "PassportAdditionalInformation":
                    ReadPaper(element, "Passport", child.Line, context);
                    return true;
                case "NationalIdentifierNumber" or "NationalIdentifierAdditionalInformation":
                    ReadPaper(element, "NationalIdentifier", child.Line, context);
                    return true;
                case "TownOfBirth" or "CountryOfBirth":
                    ReadBirthPlace(element, context);
                    return true;
            }
        }
        return false;
    }

    /// <summary>Reads a single value.</summary>
    /// <returns>False where its name is not known.</returns>
    public static bool TryRead(ListElement element, RecordDraft context)
    {
        var subject = context.Subject;
        var text = element.Text;
        switch (element.Name)
        {
            case "Title":
                Add("title", "Title");
                break;
            case "Position":
                Add("position", "Position");
                break;
            case "DOB":
                ReadBirthDate(text, element.Line, context);
                break;
            case "Nationality":
                CountryText.AddTo(subject, "nationality", text);
                break;
            case "Gender":
                ReadGender(text, element.Line, context);
                break;
            case "PhoneNumber":
                Add("phone", "Phone number");
                break;
            case "EmailAddress":
                Add("email", "Email address");
                break;
            case "Website":
                Add("website", "Website");
                break;
            case "TypeOfEntity":
                Add("legalForm", "Type of entity");
                break;
            case "BusinessRegistrationNumber":
                ReadRegistration(text, context);
                break;
            case "ParentCompany":
                subject.Add("notes", "Parent company: " + text);
                break;
            case "Subsidiary":
                subject.Add("notes", "Subsidiary: " + text);
                break;
            case "IMONumber":
                if (Schemata.TypeOf(subject.Schema, "imoNumber") is not null)
                    subject.Add("imoNumber", ShipNumber.Digits(text), originalValue: text);
                else
                    subject.Add("notes", "IMO number: " + text);
                break;
            case "CurrentOwnerOperator":
                subject.Add("notes", "Current owner or operator: " + text);
                break;
            case "PreviousOwnerOperator":
                subject.Add("notes", "Previous owner or operator: " + text);
                break;
            case "CurrentBelievedFlagOfShip" when subject.Schema == "Vessel":
                CountryText.AddTo(subject, "flag", text);
                break;
            case "PreviousFlag" when subject.Schema == "Vessel":
                CountryText.AddTo(subject, "pastFlags", text);
                break;
            case "TypeOfShip":
                Add("type", "Type of ship");
                break;
            case "TonnageOfShip":
                Add("tonnage", "Tonnage");
                break;
            case "YearBuilt" when subject.Schema == "Vessel":
                context.AddDate(subject, "buildDate", text, element.Line);
                break;
            case "HullIdentificationNumber":
                Add("registrationNumber", "Hull identification number");
                break;
            case "LengthOfShip" or "CurrentBelievedFlagOfShip" or "PreviousFlag" or "YearBuilt":
                subject.Add("notes", $"{element.Name switch { "LengthOfShip" => "Length of ship", "YearBuilt" => "Year built", _ => "Flag" }}: {text}");
                break;
            default:
                return false;
        }
        return true;

        // Where FtM has no such property for the schema, the value stays in words.
        void Add(string property, string label)
        {
            if (Schemata.TypeOf(subject.Schema, property) is null)
                subject.Add("notes", $"{label}: {text}");
            else
                subject.Add(property, text);
        }
    }

    // 'dd/mm/1963': the letters stand for what is not known.
    private static void ReadBirthDate(string text, int line, RecordDraft context)
    {
        var parts = text.Split('/', StringSplitOptions.TrimEntries);
        if (parts.Length == 3)
        {
            var known = parts.Where(part => !part.All(c => c is 'd' or 'D' or 'm' or 'M' or '0')).ToArray();
            // A day without its month says no more than the year.
            if (known.Length > 0 && known.Length < 3)
                text = known.Length == 2 && known[0] == parts[1] ? $"{known[0]}/{known[1]}" : known[^1];
        }
        context.AddBirthDate(text, string.Join('/', parts), line);
    }

    private static void ReadGender(string text, int line, RecordDraft context)
    {
        switch (text.ToUpperInvariant())
        {
            case "MALE" or "M":
                context.Subject.Add("gender", "male");
                break;
            case "FEMALE" or "F":
                context.Subject.Add("gender", "female");
                break;
            case "UNKNOWN":
                break;
            default:
                context.Warn(line, $"the gender '{text}' is not known and was left out.");
                break;
        }
    }

    private static void ReadBirthPlace(ListElement place, RecordDraft context)
    {
        var town = place.Value("TownOfBirth");
        var country = place.Value("CountryOfBirth");
        CountryText.AddTo(context.Subject, "birthCountry", country);
        if (town is not null)
            context.Subject.Add("birthPlace", country is null ? town : $"{town}, {country}");
    }

    private static void ReadPaper(ListElement paper, string kind, int line, RecordDraft context)
    {
        var wording = paper.Value(kind + "Number");
        var about = paper.Value(kind + "AdditionalInformation");
        var passport = kind == "Passport";
        var label = passport ? "Passport" : "National identifier";
        var number = DocumentNumber.In(wording);
        var subject = context.Subject;
        if (number is null)
        {
            var said = string.Join("; ", new[] { wording, about }.Where(text => text is not null));
            subject.Add("notes", said.Length == 0 ? null : $"{label}: {said}");
            return;
        }
        if (subject.Schema != "Person")
            context.Warn(line, $"a {label.ToLowerInvariant()} stands with what is no person; it was read as an identification.");

        var isPassport = passport && subject.Schema == "Person";
        subject.Add(isPassport ? "passportNumber" : Schemata.TypeOf(subject.Schema, "idNumber") is null ? "registrationNumber" : "idNumber", number, originalValue: wording);
        if (!Schemata.IsA(subject.Schema, "LegalEntity"))
            return;
        var entity = context.Link("document", isPassport ? "Passport" : "Identification", $"{kind}|{number}");
        entity.Add("holder", subject.Id).Add("number", number, originalValue: wording).Add("type", label).Add("summary", about);
        if (isPassport)
            entity.Add("passportNumber", number, originalValue: wording);
    }

    // '(УНН/ИНН): 190950894 (Belarus), 7704734000/770301001 (Russia)': several, with remarks.
    private static void ReadRegistration(string text, RecordDraft context)
    {
        var property = Schemata.TypeOf(context.Subject.Schema, "registrationNumber") is null ? "idNumber" : "registrationNumber";
        var found = false;
        foreach (var part in Brackets.SplitOutside(text, ',', ";"))
        {
            if (DocumentNumber.In(part) is not { } number || !number.Any(char.IsDigit))
                continue;
            found = true;
            context.Subject.Add(property, number, originalValue: text);
        }
        if (!found)
            context.Subject.Add("notes", "Business registration number: " + text);
    }
}
