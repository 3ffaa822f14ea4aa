using Entente.Lists.Drafts;

namespace Entente.Lists.EuropeanUnion;

/// <summary>Reads address, with the telephone numbers and web sites that hang on it.</summary>
internal static class EuAddresses
{
    public static void Read(ListElement address, RecordDraft context)
    {
        var subject = context.Subject;
        EuCountry.AddTo(subject, "country", address);
        foreach (var contact in address.All("contactInfo"))
            ReadContact(contact, context);

        var remarks = string.Join("; ", address.All("remark").Select(remark => remark.Text).Where(text => text.Length > 0));
        var street = address.Attribute("street");
        var box = address.Attribute("poBox");
        var zip = address.Attribute("zipCode");
        var city = address.Attribute("city");
        var place = address.Attribute("place");
        var region = address.Attribute("region");
        var town = zip is null || city is null ? zip ?? city : $"{zip} {city}";
        string?[] parts = [street, box is null ? null : "PO Box " + box, place, town, region];
        if (parts.All(part => part is null))
        {
            // A country alone is no address; its remark is one about the listed.
            subject.Add("notes", remarks.Length == 0 ? null : EuCountry.NameOf(address) is { } country ? $"Address ({country}): {remarks}" : "Address: " + remarks);
            return;
        }

        if (string.Equals(address.Attribute("asAtListingTime"), "true", StringComparison.OrdinalIgnoreCase))
            remarks = remarks.Length == 0 ? "as at the time of listing" : remarks + "; as at the time of listing";
        var full = string.Join(", ", parts.Append(EuCountry.NameOf(address)).Where(part => part is not null).Distinct());
        var entity = context.Link("address", "Address", full);
        entity
            .Add("full", full).Add("street", street).Add("street2", place).Add("postOfficeBox", box)
            .Add("postalCode", zip).Add("city", city).Add("region", region).Add("remarks", remarks);
        EuCountry.AddTo(entity, "country", address);
        subject.Add("address", full).Add("addressEntity", entity.Id);
    }

    private static void ReadContact(ListElement contact, RecordDraft context)
    {
        var value = contact.Attribute("value") ?? (contact.Text.Length > 0 ? contact.Text : null);
        var key = contact.Attribute("key");
        if (value is null)
            return;
        var property = key?.ToUpperInvariant() switch
        {
            "PHONE" or "MOBILE" or "TELEPHONE" => "phone",
            "EMAIL" => "email",
            "WEB" or "WEBSITE" or "URL" => "website",
            _ => null,
        };
        if (property is null || !Records.Schemata.IsA(context.Subject.Schema, "LegalEntity"))
            context.Subject.Add("notes", $"{key ?? "Contact"}: {value}");
        else
            context.Subject.Add(property, value);
    }
}
