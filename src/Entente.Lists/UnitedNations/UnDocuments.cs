using Entente.Lists.Drafts;
using Entente.Lists.Wording;

namespace Entente.Lists.UnitedNations;

/// <summary>Reads INDIVIDUAL_DOCUMENT: passports and other papers.</summary>
internal static class UnDocuments
{
    public static void Read(ListElement document, RecordDraft context)
    {
        var type = document.Value("TYPE_OF_DOCUMENT");
        var type2 = document.Value("TYPE_OF_DOCUMENT2");
        var number = document.Value("NUMBER");
        var note = document.Value("NOTE");
        if (type is null && type2 is null && number is null && note is null)
            return;

        var kind = type2 is null || type2 == type ? type ?? "Document" : type is null ? type2 : $"{type}: {type2}";
        var wording = number ?? (type2 is not null && type2.Any(char.IsDigit) ? type2 : note);
        var found = DocumentNumber.In(wording);
        if (found is null)
        {
            context.Subject.Add("notes", $"{kind}{(wording is null ? "" : ": " + wording)}");
            return;
        }

        var passport = IsPassport(type) || IsPassport(type2);
        context.Subject.Add(passport ? "passportNumber" : "idNumber", found, originalValue: wording);

        var country = document.Value("ISSUING_COUNTRY") ?? document.Value("COUNTRY_OF_ISSUE");
        var paper = context.Link("document", passport ? "Passport" : "Identification", $"{kind}|{found}|{country}");
        paper.Add("holder", context.Subject.Id).Add("number", found, originalValue: wording).Add("type", kind).Add("summary", note);
        if (passport)
            paper.Add("passportNumber", found, originalValue: wording);
        CountryText.AddTo(paper, "country", country);

        if (document.Value("DATE_OF_ISSUE") is { } issued)
            context.AddDate(paper, "startDate", issued, document.Line);
        else if (DateText.TryAfter(note ?? "", ["issued on", "issued"], out var start))
            paper.Add("startDate", start.ToString(), originalValue: note);
        if (DateText.TryAfter(note ?? wording ?? "", ["expires", "expired", "valid until", "expiration date", "date of expiration", "expiry"], out var end))
            paper.Add("endDate", end.ToString(), originalValue: note ?? wording);

        string?[] place = [document.Value("CITY_OF_ISSUE"), document.Value("COUNTRY_OF_ISSUE")];
        if (place.Any(part => part is not null))
            paper.Add("description", "Issued in " + string.Join(", ", place.Where(part => part is not null)));
    }

    // English, French and Spanish all have it in the word: passport, passeport, pasaporte.
    private static bool IsPassport(string? type) =>
        type is not null && (type.Contains("passport", StringComparison.OrdinalIgnoreCase)
            || type.Contains("passeport", StringComparison.OrdinalIgnoreCase) || type.Contains("pasaporte", StringComparison.OrdinalIgnoreCase));
}
