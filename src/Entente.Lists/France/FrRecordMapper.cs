using Entente.Lists.Drafts;
using Entente.Lists.Wording;
using Entente.Records;

namespace Entente.Lists.France;

/// <summary>Turns one record of the register into a listed entity and what hangs on it.</summary>
internal sealed class FrRecordMapper(FrRecord record, RecordDraft context)
{
    private readonly EntityBuilder _subject = context.Subject;
    private readonly EntityBuilder _sanction = context.Sanction;

    public void Map()
    {
        var fields = record.Fields().ToList();
        FrNames.ReadMain(record.Text("Nom"), [.. fields.Where(field => field.Type == "PRENOM").Select(field => field.Main).OfType<string>()], context);
        if (_subject.Values("name").IsEmpty)
            context.Warn(record.Line, "the entry has no name.");
        _subject.Add("topics", "sanction");
        _sanction.Add("authority", "Direction générale du Trésor").Add("recordId", record.Text("IdRegistre")).Add("country", "fr");

        foreach (var field in fields)
        {
            if (field.Parts.Count > 0)
                Read(field);
        }
        FrLegalBases.Read(fields.Where(field => field.Type == "FONDEMENT_JURIDIQUE"), context);
        foreach (var name in record.PlainFields())
        {
            if (name is not ("IdRegistre" or "Nature" or "Nom"))
            {
                context.Warn(record.Line, $"the field '{name}' is not known and was kept in the notes only.");
                _subject.Add("notes", $"{name}: {record.Text(name)}");
            }
        }
        if (fields.SelectMany(field => field.Parts).Any(part => part.Text.Contains('\uFFFD', StringComparison.Ordinal)))
            context.Warn(record.Line, "holds the sign for a letter that was lost (U+FFFD) at the publisher's.");
    }

    private void Read(FrField field)
    {
        switch (field.Type)
        {
            case "PRENOM" or "FONDEMENT_JURIDIQUE":
                break; // read above and below
            case "ALIAS":
                FrNames.ReadAlias(field, context);
                break;
            case "SEXE":
                ReadGender(field["Sexe"] ?? field.Main);
                break;
            case "DATE_DE_NAISSANCE":
                FrBirths.ReadDate(field, record.Line, context);
                break;
            case "LIEU_DE_NAISSANCE":
                FrBirths.ReadPlace(field, context);
                break;
            case "NATIONALITE":
                CountryText.AddTo(_subject, _subject.Schema == "Person" ? "nationality" : "country", field["Pays"]);
                Note("Nationalité", field.Remark);
                break;
            case "TITRE":
                ReadTitle(field["Titre"] ?? field.Main);
                break;
            case "ADRESSE_PP" or "ADRESSE_PM":
                ReadAddress(field);
                break;
            case "TELEPHONE":
                ReadContact("phone", "Téléphone", field.Main);
                break;
            case "COURRIEL":
                ReadContact("email", "Courriel", field.Main);
                break;
            case "SITE_INTERNET":
                ReadContact("website", "Site internet", field.Main);
                break;
            case "PASSEPORT" or "AUTRE_IDENTITE" or "IDENTIFICATION":
                FrIdentities.Read(field, record.Line, context);
                break;
            case "NUMERO_OMI" when field.Main is { } number && Schemata.TypeOf(_subject.Schema, "imoNumber") is not null:
                _subject.Add("imoNumber", ShipNumber.Digits(number), originalValue: number);
                break;
            case "MOTIFS":
                _sanction.Add("reason", field.Main);
                break;
            case "REFERENCE_UE":
                ReadEuReference(field.Main);
                break;
            case "REFERENCE_ONU":
                ReadUnReference(field.Main);
                break;
            default:
                context.Warn(record.Line, $"the field '{field.Type}' is not known and was kept in the notes only.");
                Note(field.Type, string.Join("; ", field.Parts.Select(part => part.Text)));
                break;
        }
    }

    private void ReadGender(string? text)
    {
        switch (text?.ToUpperInvariant())
        {
            case null:
                break;
            case "MASCULIN" or "HOMME" or "M":
                _subject.Add("gender", "male");
                break;
            case "FÉMININ" or "FEMININ" or "FEMME" or "F":
                _subject.Add("gender", "female");
                break;
            default:
                context.Warn(record.Line, $"the gender '{text}' is not known and was left out.");
                break;
        }
    }

    private void ReadTitle(string? text)
    {
        if (text is null)
            return;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var title = colon > 0 && text.StartsWith("Fonction", StringComparison.OrdinalIgnoreCase) ? text[(colon + 1)..] : text;
        if (_subject.Schema == "Person")
            _subject.Add("position", title, originalValue: text);
        else
            Note("Titre", text);
    }

    private void ReadAddress(FrField field)
    {
        var country = field["Pays"];
        CountryText.AddTo(_subject, "country", country);
        Note("Adresse", field.Remark);
        if (field["Adresse"] is not { } street)
            return;
        var full = country is null ? street : $"{street}, {country}";
        var address = context.Link("address", "Address", full);
        address.Add("full", full);
        CountryText.AddTo(address, "country", country);
        _subject.Add("address", full).Add("addressEntity", address.Id);
    }

    // A fax number stands among the telephones, with a label.
    private void ReadContact(string property, string label, string? text)
    {
        if (text is null)
            return;
        if (Schemata.TypeOf(_subject.Schema, property) is null || (property == "phone" && text.Any(char.IsLetter)))
            Note(label, text);
        else
            _subject.Add(property, text);
    }

    // The id of the same measure in the EU's list. Some records have a number of the EU's database instead.
    private void ReadEuReference(string? text)
    {
        if (text is not null && text.StartsWith("EU.", StringComparison.Ordinal))
        {
            _sanction.Add("authorityId", text);
        }
        else if (text is not null)
        {
            context.Warn(record.Line, $"'{text}' is not an EU reference and was kept in the notes only.");
            Note("Référence UE", text);
        }
    }

    private void ReadUnReference(string? text)
    {
        if (UnReference.TryRead(text, out var reference))
        {
            _sanction.Add("unscId", reference, originalValue: text);
        }
        else if (text is not null)
        {
            context.Warn(record.Line, $"'{text}' is not a whole UN reference and was kept in the notes only.");
            Note("Référence ONU", text);
        }
    }

    private void Note(string label, string? text) => _subject.Add("notes", text is null ? null : $"{label}: {text}");
}
