using Entente.Lists.Drafts;
using Entente.Lists.Wording;

namespace Entente.Lists.UnitedKingdom;

/// <summary>Reads Address.</summary>
internal static class UkAddresses
{
    private static readonly string[] Lines = ["AddressLine1", "AddressLine2", "AddressLine3", "AddressLine4", "AddressLine5", "AddressLine6"];

    public static void Read(ListElement address, RecordDraft context)
    {
        var country = address.Value("AddressCountry");
        CountryText.AddTo(context.Subject, "country", country);
        var zip = address.Value("AddressPostalCode");
        var lines = Lines.Select(address.Value).Where(line => line is not null).ToList();
        if (lines.Count == 0 && zip is null)
            return; // a country alone is no address

        var full = string.Join(", ", lines.Append(zip).Append(country).Where(part => part is not null));
        var entity = context.Link("address", "Address", full);
        // Which line is the town, the list does not say.
        entity.Add("full", full).Add("postalCode", zip);
        CountryText.AddTo(entity, "country", country);
        context.Subject.Add("address", full).Add("addressEntity", entity.Id);
    }
}
