using Entente.Lists.Drafts;
using Entente.Lists.Wording;

namespace Entente.Lists.UnitedNations;

/// <summary>Reads INDIVIDUAL_ADDRESS and ENTITY_ADDRESS.</summary>
internal static class UnAddresses
{
    public static void Read(ListElement address, RecordDraft context)
    {
        var street = address.Value("STREET");
        var city = address.Value("CITY");
        var province = address.Value("STATE_PROVINCE");
        var zip = address.Value("ZIP_CODE");
        var country = address.Value("COUNTRY");
        var note = address.Value("NOTE");

        CountryText.AddTo(context.Subject, "country", country);
        string?[] parts = [street, city, province, zip, country];
        var full = string.Join(", ", parts.Where(part => part is not null));
        if (parts.Take(4).All(part => part is null))
        {
            if (country is not null || note is null || !LooksLikePlace(note))
            {
                // A country alone is no address; its note is a remark.
                if (note is not null)
                    context.Subject.Add("notes", country is null ? "Address: " + note : $"Address ({country}): {note}");
                return;
            }
            full = note;
            note = null;
        }

        var entity = context.Link("address", "Address", $"{full}|{note}");
        entity.Add("full", full).Add("street", street).Add("city", city).Add("state", province).Add("postalCode", zip).Add("remarks", note);
        CountryText.AddTo(entity, "country", country);
        context.Subject.Add("address", full).Add("addressEntity", entity.Id);
    }

    // Whole addresses stand in the note: 'Branch Office 8: Chaman, Baluchistan Province, Pakistan'.
    private static bool LooksLikePlace(string note) =>
        note.Count(c => c == ',') >= 2 || note.StartsWith("Branch Office", StringComparison.OrdinalIgnoreCase);
}
