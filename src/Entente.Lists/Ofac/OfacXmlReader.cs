using System.Globalization;

namespace Entente.Lists.Ofac;

/// <summary>Reads <c>sdn.xml</c> and <c>consolidated.xml</c>: one <c>sdnEntry</c> for each person, organisation, vessel or aircraft.</summary>
/// <remarks>Layout: OFAC's sdn.xsd. Its namespace has changed and may again; the layout has not.</remarks>
internal sealed class OfacXmlReader(ListXml xml, string file, ListLimits limits)
{
    /// <summary>The document element.</summary>
    public const string RootElement = "sdnList";

    private readonly OfacList _list = new(file, limits, "xml");

    /// <summary>Reads the list from its root element, to which the walk has come.</summary>
    public ListFile Read()
    {
        int? promised = null;
        xml.EachChild(name =>
        {
            switch (name)
            {
                case "publshInformation" or "publishInformation": // the first is how OFAC spells it
                    promised = ReadPublication(xml.ReadRecord());
                    break;
                case "sdnEntry":
                    ReadEntry(xml.ReadRecord());
                    break;
                default:
                    _list.Warn(xml.Line, "", $"the element <{name}> is not known and was left out.");
                    xml.Skip();
                    break;
            }
        });
        xml.ReadToEnd();
        if (promised is { } count && count != _list.Entries.Count)
            _list.Warn(1, "", string.Create(CultureInfo.InvariantCulture, $"the list says it has {count:N0} entries and has {_list.Entries.Count:N0}. If it was not cut on purpose, fetch it again."));
        return _list.Complete();
    }

    private int? ReadPublication(ListElement publication)
    {
        _list.Version = publication.Value("Publish_Date");
        if (DateTimeOffset.TryParse(OfacDates.FromAmerican(_list.Version), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var published))
            _list.GeneratedAt = published;
        else
            _list.Warn(publication.Line, "", "the list does not say when it was published (Publish_Date).");
        return int.TryParse(publication.Value("Record_Count"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var count) ? count : null;
    }

    private void ReadEntry(ListElement record)
    {
        var entry = _list.Begin(record.Value("uid"), record.Value("sdnType"), record.Line);
        OfacNames.AddMain(entry, record.Value("lastName"), record.Value("firstName"));
        foreach (var element in record.Children)
            Read(entry, element);
    }

    private static void Read(OfacEntry entry, ListElement element)
    {
        switch (element.Name)
        {
            case "uid" or "firstName" or "lastName" or "sdnType":
                break; // read above
            case "title" when element.Text.Length > 0:
                entry.AddTitle(element.Text);
                break;
            case "remarks" when element.Text.Length > 0:
                OfacRemarks.Add(entry, element.Text, element.Line);
                break;
            case "programList":
                Each(entry, element, "program", static (entry, program) => entry.AddProgram(program.Text));
                break;
            case "akaList":
                Each(entry, element, "aka", ReadAlias);
                break;
            case "idList":
                Each(entry, element, "id", ReadId);
                break;
            case "addressList":
                Each(entry, element, "address", ReadAddress);
                break;
            case "nationalityList":
                Each(entry, element, "nationality", static (entry, item) => ReadItem(entry, item, "nationality", "country"));
                break;
            case "citizenshipList":
                Each(entry, element, "citizenship", static (entry, item) => ReadItem(entry, item, "citizenship", "country"));
                break;
            case "dateOfBirthList":
                Each(entry, element, "dateOfBirthItem", static (entry, item) => ReadItem(entry, item, "DOB", "dateOfBirth"));
                break;
            case "placeOfBirthList":
                Each(entry, element, "placeOfBirthItem", static (entry, item) => ReadItem(entry, item, "POB", "placeOfBirth"));
                break;
            case "vesselInfo":
                ReadVessel(entry, element);
                break;
            default:
                LeaveOut(entry, element);
                break;
        }
    }

    private static void ReadAlias(OfacEntry entry, ListElement alias)
    {
        var category = alias.Value("category");
        if (category is not (null or "strong" or "weak"))
            entry.Warn(alias.Line, $"the alias category '{category}' is not known; the name was read as a strong alias.");
        OfacNames.AddAlias(entry, alias.Value("type"), category == "weak", alias.Value("lastName"), alias.Value("firstName"), alias.Line);
        foreach (var element in alias.Children)
        {
            if (element.Name is not ("uid" or "type" or "category" or "lastName" or "firstName"))
                LeaveOut(entry, element);
        }
    }

    private static void ReadId(OfacEntry entry, ListElement id)
    {
        var type = id.Value("idType");
        var number = id.Value("idNumber");
        if (type is null && number is null)
            return;
        if (number is null)
        {
            entry.Subject.Add("notes", type);
            return;
        }
        OfacFacts.Add(entry, new OfacFact(type ?? "Identification Number", number, id.Line)
        {
            Country = id.Value("idCountry"),
            Issued = OfacDates.FromAmerican(id.Value("issueDate")),
            Expires = OfacDates.FromAmerican(id.Value("expirationDate")),
        });
        foreach (var element in id.Children)
        {
            if (element.Name is not ("uid" or "idType" or "idNumber" or "idCountry" or "issueDate" or "expirationDate"))
                LeaveOut(entry, element);
        }
    }

    private static void ReadAddress(OfacEntry entry, ListElement address)
    {
        string?[] lines = [address.Value("address1"), address.Value("address2"), address.Value("address3")];
        var street = string.Join(", ", lines.Where(line => line is not null));
        OfacAddresses.Add(entry, new OfacAddress(
            street.Length == 0 ? null : street, address.Value("city"), address.Value("stateOrProvince"), address.Value("postalCode"), address.Value("country")));
        foreach (var element in address.Children)
        {
            if (element.Name is not ("uid" or "address1" or "address2" or "address3" or "city" or "stateOrProvince" or "postalCode" or "country"))
                LeaveOut(entry, element);
        }
    }

    private static void ReadItem(OfacEntry entry, ListElement item, string label, string field)
    {
        if (item.Value(field) is { } value)
            OfacFacts.Add(entry, new OfacFact(label, value, item.Line));
        foreach (var element in item.Children)
        {
            if (element.Name is not ("uid" or "mainEntry") && element.Name != field)
                LeaveOut(entry, element);
        }
    }

    private static void ReadVessel(OfacEntry entry, ListElement vessel)
    {
        foreach (var element in vessel.Children)
        {
            var label = element.Name switch
            {
                "callSign" => "Vessel Call Sign",
                "vesselType" => "Vessel Type",
                "vesselFlag" => "Vessel Flag",
                "vesselOwner" => "Vessel Owner",
                "tonnage" => "Vessel Tonnage",
                "grossRegisteredTonnage" => "Vessel Gross Registered Tonnage",
                _ => null,
            };
            if (label is null)
                LeaveOut(entry, element);
            else if (element.Text.Length > 0)
                OfacFacts.Add(entry, new OfacFact(label, element.Text, element.Line));
        }
    }

    private static void Each(OfacEntry entry, ListElement list, string item, Action<OfacEntry, ListElement> read)
    {
        foreach (var element in list.Children)
        {
            if (element.Name == item)
                read(entry, element);
            else
                LeaveOut(entry, element);
        }
    }

    private static void LeaveOut(OfacEntry entry, ListElement element)
    {
        if (element.Text.Length > 0 || element.Children.Count > 0)
            entry.Warn(element.Line, $"the element <{element.Name}> is not known and was left out.");
    }
}
