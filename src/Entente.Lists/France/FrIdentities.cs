using Entente.Lists.Drafts;
using Entente.Lists.Wording;
using Entente.Records;

namespace Entente.Lists.France;

/// <summary>Reads PASSEPORT, AUTRE_IDENTITE and IDENTIFICATION: a number, and in the remark what it is the number of.</summary>
internal static class FrIdentities
{
    // How a remark begins, and where the value belongs. Apostrophes are evened out before.
    private static readonly (string Label, string Property)[] Labels =
    [
        ("numéro d'enregistrement", "registrationNumber"), ("numéro d'immatriculation", "registrationNumber"), ("ogrn", "registrationNumber"),
        ("numéro d'identification fiscale", "taxNumber"), ("numéro fiscal", "taxNumber"), ("inn", "taxNumber"),
        ("okpo", "okpoCode"), ("kpp", "kppCode"), ("lei", "leiCode"), ("swift", "swiftBic"), ("bic", "swiftBic"),
        ("numéro omi", "imoNumber"), ("omi", "imoNumber"), ("imo", "imoNumber"),
        ("date d'enregistrement", "incorporationDate"), ("type d'entité", "legalForm"), ("forme juridique", "legalForm"),
        ("lieu d'enregistrement", "jurisdiction"), ("principal établissement", "mainCountry"), ("établissement principal", "mainCountry"),
    ];

    public static void Read(FrField field, int line, RecordDraft context)
    {
        var passport = field.Type == "PASSEPORT";
        var wording = field.Main;
        var remark = field.Remark;
        var number = DocumentNumber.In(CutSeries(wording));
        if (number is null)
        {
            // '/' stands for no number; the remark holds a row of facts.
            foreach (var fact in (remark ?? "").Split(" - ", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                ReadFact(fact, line, context);
            if (wording is not null && wording.Any(char.IsLetterOrDigit))
                context.Subject.Add("notes", $"Identification: {wording}");
            return;
        }

        var subject = context.Subject;
        var property = passport && subject.Schema == "Person" ? "passportNumber" : Property(remark, subject.Schema) ?? "idNumber";
        if (Schemata.TypeOf(subject.Schema, property) is null || Schemata.TypeOf(subject.Schema, property) is "date" or "country")
            property = Schemata.TypeOf(subject.Schema, "idNumber") is null ? "registrationNumber" : "idNumber";
        subject.Add(property, property == "imoNumber" ? ShipNumber.Digits(number) : number, originalValue: wording);
        if (!Schemata.IsA(subject.Schema, "LegalEntity"))
        {
            subject.Add("notes", remark is null ? null : $"{number}: {remark}");
            return;
        }
        var paper = context.Link("document", property == "passportNumber" ? "Passport" : "Identification", $"{property}|{number}");
        paper
            .Add("holder", subject.Id).Add("number", number, originalValue: wording)
            .Add("type", passport ? "Passeport" : remark).Add("summary", passport ? remark : null);
        if (property == "passportNumber")
            paper.Add("passportNumber", number, originalValue: wording);
    }

    // 'Numéro d'enregistrement: 1057747407398'.
    private static void ReadFact(string fact, int line, RecordDraft context)
    {
        var subject = context.Subject;
        var colon = fact.IndexOf(':', StringComparison.Ordinal);
        var value = fact[(colon + 1)..].Trim();
        var property = colon > 0 && value.Length > 0 ? Property(fact[..colon], subject.Schema) : null;
        if (property is null || Schemata.TypeOf(subject.Schema, property) is not { } type)
            subject.Add("notes", fact);
        else if (type == "date")
            context.AddDate(subject, property, value, line);
        else if (type == "country")
            CountryText.AddTo(subject, property, value);
        else
            subject.Add(property, value, originalValue: fact);
    }

    private static string? Property(string? label, string schema)
    {
        var even = label?.Replace('’', '\'').Trim();
        foreach (var (known, property) in Labels)
        {
            if (even is not null && even.StartsWith(known, StringComparison.OrdinalIgnoreCase)
                && (even.Length == known.Length || !char.IsLetter(even[known.Length])))
            {
                return Schemata.TypeOf(schema, property) is null ? null : property;
            }
        }
        return null;
    }

    // 'série 1808 n° 233282': a Russian passport has a series and a number.
    private static string? CutSeries(string? text) =>
        text is not null && text.StartsWith("série ", StringComparison.OrdinalIgnoreCase) ? text[6..] : text;
}
