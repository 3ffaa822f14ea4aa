using Entente.Lists.Drafts;
using Entente.Lists.Wording;
using Entente.Records;

namespace Entente.Lists.EuropeanUnion;

/// <summary>Reads identification: passports, other papers, and numbers in registers.</summary>
internal static class EuIdentifications
{
    private static readonly (string Attribute, string Meaning)[] Flags =
    [
        ("diplomatic", "diplomatic"), ("knownExpired", "known to have expired"), ("knownFalse", "known to be false"),
        ("reportedLost", "reported lost"), ("revokedByIssuer", "revoked by the issuer"),
    ];

    public static void Read(ListElement paper, RecordDraft context)
    {
        var subject = context.Subject;
        var code = paper.Attribute("identificationTypeCode");
        var kind = paper.Attribute("identificationTypeDescription") ?? code ?? "Document";
        var summary = Summary(paper);
        if (paper.Attribute("nameOnDocument") is { } bearer)
            subject.Add("alias", bearer, NameLanguage.Of(bearer, null));

        var wording = paper.Attribute("number") ?? paper.Attribute("latinNumber");
        var number = code is "imo" && wording is not null ? ShipNumber.Digits(wording) : DocumentNumber.In(wording);
        if (number is null)
        {
            string?[] rest = [wording, EuCountry.NameOf(paper), paper.Attribute("issuedBy"), summary];
            var said = string.Join("; ", rest.Where(text => text is not null and not "-"));
            subject.Add("notes", said.Length == 0 ? null : $"{kind}: {said}");
            return;
        }

        var latin = paper.Attribute("latinNumber");
        var property = Property(code, subject.Schema);
        subject.Add(property, number, originalValue: wording).Add(property, latin);
        if (!Schemata.IsA(subject.Schema, "LegalEntity"))
        {
            subject.Add("notes", summary is null ? null : $"{kind} {number}: {summary}");
            return;
        }

        var passport = code == "passport";
        var entity = context.Link("document", passport ? "Passport" : "Identification", $"{code}|{number}|{EuCountry.Of(paper)}");
        entity
            .Add("holder", subject.Id).Add("number", number, originalValue: wording).Add("number", latin).Add("type", kind)
            .Add("authority", paper.Attribute("issuedBy")).Add("summary", summary);
        if (passport)
            entity.Add("passportNumber", number, originalValue: wording).Add("passportNumber", latin);
        EuCountry.AddTo(entity, "country", paper);
        AddDate("issuedDate", "date");
        AddDate("validFrom", "startDate");
        AddDate("validTo", "endDate");

        void AddDate(string attribute, string to)
        {
            if (paper.Attribute(attribute) is { } date)
                context.AddDate(entity, to, date, paper.Line);
        }
    }

    private static string Property(string? code, string schema) => code switch
    {
        "imo" when schema is "Vessel" or "Organization" => "imoNumber",
        _ when schema == "Vessel" => "registrationNumber",
        "passport" when schema == "Person" => "passportNumber",
        "ssn" when schema == "Person" => "socialSecurityNumber",
        "regnumber" => "registrationNumber",
        "fiscalcode" or "taxid" => "taxNumber",
        "euvat" => "vatCode",
        "swiftbic" => "swiftBic",
        "tradelic" => "licenseNumber",
        _ => "idNumber",
    };

    private static string? Summary(ListElement paper)
    {
        var parts = Flags.Where(flag => string.Equals(paper.Attribute(flag.Attribute), "true", StringComparison.OrdinalIgnoreCase)).Select(flag => flag.Meaning)
            .Concat(paper.Attribute("region") is { } region ? ["issued in " + region] : [])
            .Concat(paper.Attribute("nameOnDocument") is { } name ? ["in the name of " + name] : [])
            .Concat(paper.All("remark").Select(remark => remark.Text).Where(text => text.Length > 0));
        var summary = string.Join("; ", parts);
        return summary.Length == 0 ? null : summary;
    }
}
