using System.Globalization;
using Entente.Lists.Drafts;
using Entente.Lists.Wording;
using Entente.Records;

namespace Entente.Lists.Switzerland;

/// <summary>Reads what stands in an <c>identity</c> beside the names: births, nationalities, addresses, papers.</summary>
internal sealed class SecoIdentities(RecordDraft context, SecoPlaces places)
{
    private readonly EntityBuilder _subject = context.Subject;

    /// <summary>Reads an element.</summary>
    /// <returns>False where its name is not known.</returns>
    public bool TryRead(ListElement element)
    {
        switch (element.Name)
        {
            case "name":
                return true; // read before
            case "day-month-year":
                ReadBirth(element);
                return true;
            case "place-of-birth":
                ReadBirthPlace(element);
                return true;
            case "nationality":
                foreach (var country in element.All("country"))
                    SecoPlace.AddCountry(_subject, _subject.Schema == "Person" ? "nationality" : "country", country.Text.Length > 0 ? country.Text : null, country.Attribute("iso-code"));
                return true;
            case "address":
                ReadAddress(element);
                return true;
            case "identification-document":
                ReadPaper(element);
                return true;
            default:
                return false;
        }
    }

    private void ReadBirth(ListElement element)
    {
        if (Compose(element) is not { } date)
            return;
        var calendar = element.Attribute("calendar");
        var wording = element.Attribute("quality") is "low" ? $"approximately {date}" : date;
        if (_subject.Schema != "Person")
            _subject.Add("notes", "Date: " + wording);
        else if (calendar is null || calendar.Equals("Gregorian", StringComparison.OrdinalIgnoreCase))
            context.AddBirthDate(date, wording, element.Line);
        else
            context.KeepBirthDate($"{wording} ({calendar})", element.Line);
    }

    // Year, month and day as attributes; an impossible day is told by the reading of the date.
    private static string? Compose(ListElement element)
    {
        string? Number(string name) => int.TryParse(element.Attribute(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number.ToString("D2", CultureInfo.InvariantCulture)
            : null;
        var (year, month, day) = (Number("year"), Number("month"), Number("day"));
        if (year is null)
            return element.Text.Length > 0 ? element.Text : null;
        return month is null ? year : day is null ? $"{year}-{month}" : $"{year}-{month}-{day}";
    }

    private void ReadBirthPlace(ListElement element)
    {
        if (places.Of(element) is not { } place)
        {
            if (element.Attribute("place-id") is { } id)
                context.Warn(element.Line, $"the place of birth {id} is not in the list and was left out.");
            return;
        }
        if (_subject.Schema != "Person")
        {
            _subject.Add("notes", "Place: " + string.Join(", ", place.Parts));
            return;
        }
        place.AddCountry(_subject, "birthCountry");
        if (place.Location is not null || place.Area is not null)
            _subject.Add("birthPlace", string.Join(", ", place.Parts));
    }

    private void ReadAddress(ListElement element)
    {
        var place = places.Of(element);
        if (place is null && element.Attribute("place-id") is { } id)
            context.Warn(element.Line, $"the place {id} of an address is not in the list and was left out.");
        var (careOf, street, box, zip, remarks) = (element.Value("c-o"), element.Value("address-details"), element.Value("p-o-box"), element.Value("zip-code"), element.Value("remarks"));
        place?.AddCountry(_subject, "country");
        if (careOf is null && street is null && box is null && zip is null && place?.Location is null && place?.Area is null)
        {
            // A country alone is no address; its remark is one.
            _subject.Add("notes", remarks is null ? null : $"Address{(place?.Country is { } country ? $" ({country})" : "")}: {remarks}");
            return;
        }
        string?[] parts = [careOf is null ? null : "c/o " + careOf, street, box is null ? null : "P.O. Box " + box, zip, .. place?.Parts ?? []];
        var full = string.Join(", ", parts.OfType<string>());
        var address = context.Link("address", "Address", $"{full}|{remarks}");
        address.Add("full", full).Add("street", street).Add("postOfficeBox", box).Add("postalCode", zip)
            .Add("city", place?.Location).Add("state", place?.Area).Add("remarks", remarks);
        place?.AddCountry(address, "country");
        _subject.Add("address", full).Add("addressEntity", address.Id);
    }

    private void ReadPaper(ListElement element)
    {
        var type = element.Attribute("document-type");
        var wording = element.Value("number");
        var remark = element.Value("remark") ?? element.Value("remarks");
        var issuer = element.All("issuer").FirstOrDefault();
        var issuerName = issuer is { Text.Length: > 0 } ? issuer.Text : null;
        var number = DocumentNumber.In(wording);
        if (number is null)
        {
            var said = string.Join("; ", new[] { wording, issuerName, remark }.OfType<string>());
            _subject.Add("notes", said.Length == 0 && type is null ? null : $"{type ?? "Document"}: {said}");
            return;
        }
        var person = _subject.Schema == "Person";
        var passport = person && (type?.Contains("passport", StringComparison.OrdinalIgnoreCase) ?? false);
        var property = passport ? "passportNumber" : Array.Find(["idNumber", "registrationNumber"], name => Schemata.TypeOf(_subject.Schema, name) is not null);
        _subject.Add(property ?? "notes", property is null ? $"{type}: {wording}" : number, originalValue: wording);
        if (!Schemata.IsA(_subject.Schema, "LegalEntity"))
            return;

        var paper = context.Link("document", passport ? "Passport" : "Identification", $"{type}|{number}|{issuerName}");
        paper.Add("holder", _subject.Id).Add("number", number, originalValue: wording).Add("type", type).Add("summary", remark);
        if (passport)
            paper.Add("passportNumber", number, originalValue: wording);
        // Who issued it is mostly a country.
        SecoPlace.AddCountry(paper, "country", null, issuer?.Attribute("code") ?? issuer?.Attribute("iso-code"));
        if (Countries.TryNormalise(issuerName, out var country))
            paper.Add("country", country, originalValue: issuerName);
        else
            paper.Add("authority", issuerName);
        if (places.Of(element) is { } place)
            paper.Add("description", "Issued in " + string.Join(", ", place.Parts));
        ReadPaperDate(element, "date-of-issue", paper, "startDate");
        ReadPaperDate(element, "expiry-date", paper, "endDate");
        ReadPaperDate(element, "date-of-expiry", paper, "endDate");
    }

    private void ReadPaperDate(ListElement paper, string name, EntityBuilder to, string property)
    {
        foreach (var element in paper.All(name))
        {
            if ((Compose(element) ?? element.All("day-month-year").Select(Compose).FirstOrDefault(date => date is not null)) is { } date)
                context.AddDate(to, property, date, element.Line);
        }
    }
}
