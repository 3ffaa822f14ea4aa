using System.Globalization;
using Entente.Records;

namespace Entente.Lists.Ofac.Advanced;

/// <summary>Reads <c>sdn_advanced.xml</c> and <c>cons_advanced.xml</c>: everything by number, names in all scripts, links between entries.</summary>
/// <remarks>
/// Layout: the UN's Advanced Sanctions Data Model, explained in https://home.treasury.gov/system/files/126/sdn_advanced_notes.pdf.
/// The file is read forward only. What others refer to (words, places, papers) comes first and is kept in short form;
/// links and sanctions come last and are added to the entries, which are built at the end.
/// </remarks>
internal sealed class OfacAdvancedReader
{
    /// <summary>The document element.</summary>
    public const string RootElement = "Sanctions";

    private readonly ListXml _xml;
    private readonly OfacList _list;
    private readonly ReferenceValues _references = new();
    private readonly AdvancedNames _names;
    private readonly AdvancedPlaces _places;
    private readonly AdvancedDocuments _documents;
    private readonly AdvancedRelations _relations;
    private readonly HashSet<string> _sanctioned = new(StringComparer.Ordinal);
    private int _sdnEntries;
    private int _otherEntries;

    /// <summary>A reader of the list whose root element the walk has come to.</summary>
    public OfacAdvancedReader(ListXml xml, string file, ListLimits limits)
    {
        _xml = xml;
        _list = new OfacList(file, limits, "advanced");
        _names = new AdvancedNames(_references);
        _places = new AdvancedPlaces(_references);
        _documents = new AdvancedDocuments(_references, _places);
        _relations = new AdvancedRelations(_references, _list);
    }

    /// <summary>Reads the list.</summary>
    public ListFile Read()
    {
        _xml.EachChild(section =>
        {
            switch (section)
            {
                case "DateOfIssue":
                    ReadIssue(_xml.ReadRecord());
                    break;
                case "ReferenceValueSets":
                    _references.Read(_xml);
                    break;
                case "Locations":
                    _xml.EachChild(_ => _places.Add(_xml.ReadRecord()));
                    break;
                case "IDRegDocuments":
                    _xml.EachChild(_ => _documents.Add(_xml.ReadRecord()));
                    break;
                case "DistinctParties":
                    _xml.EachChild(_ => ReadParty(_xml.ReadRecord()));
                    break;
                case "ProfileRelationships":
                    _xml.EachChild(_ => _relations.Add(_xml.ReadRecord()));
                    break;
                case "SanctionsEntries":
                    _xml.EachChild(_ => ReadSanction(_xml.ReadRecord()));
                    break;
                case "SanctionsEntryLinks":
                    _xml.Skip(); // OFAC leaves it empty
                    break;
                default:
                    _list.Warn(_xml.Line, "", $"the element <{section}> is not known and was left out.");
                    _xml.Skip();
                    break;
            }
        });
        _xml.ReadToEnd();
        _relations.Complete();
        if (_sdnEntries + _otherEntries > 0)
            _list.SaidDataset = _sdnEntries >= _otherEntries ? OfacList.Sdn : OfacList.Consolidated;
        return _list.Complete();
    }

    private void ReadIssue(ListElement issue)
    {
        _list.Version = AdvancedDates.Day(issue);
        if (DateTimeOffset.TryParse(_list.Version, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var issued))
            _list.GeneratedAt = issued;
        else
            _list.Warn(issue.Line, "", "the list does not say when it was issued (DateOfIssue).");
    }

    private void ReadParty(ListElement party)
    {
        foreach (var profile in party.All("Profile"))
        {
            var entry = _list.Begin(profile.Attribute("ID"), _references.PartyType(profile.Attribute("PartySubTypeID")), profile.Line);
            ReadProfile(entry, profile);
            foreach (var comment in party.All("Comment").Concat(profile.All("Comment")))
                OfacRemarks.Add(entry, comment.Text, comment.Line);
        }
    }

    private void ReadProfile(OfacEntry entry, ListElement profile)
    {
        foreach (var identity in profile.All("Identity"))
        {
            _names.Add(entry, identity, identity.Attribute("Primary") != "false");
            foreach (var paper in _documents.Of(identity.Attribute("ID")))
                OfacFacts.Add(entry, paper);
        }
        if (entry.Subject.Values("name").IsEmpty)
            entry.Warn(entry.Line, "the entry has no main name.");

        foreach (var element in profile.Children)
        {
            switch (element.Name)
            {
                case "Feature":
                    ReadFeature(entry, element);
                    break;
                case "Identity" or "Comment" or "SanctionsEntryReference":
                    break; // read elsewhere
                default:
                    entry.Warn(element.Line, $"the element <{element.Name}> is not known and was left out.");
                    break;
            }
        }
    }

    private void ReadFeature(OfacEntry entry, ListElement feature)
    {
        var type = feature.Attribute("FeatureTypeID");
        var label = _references.Text("FeatureType", type);
        if (label is null)
        {
            entry.Warn(feature.Line, $"the feature type {type} is not among the reference values; its text was kept in the notes only.");
            label = "Feature " + type;
        }
        foreach (var version in feature.All("FeatureVersion"))
            ReadVersion(entry, label, version);
        if (feature.Value("Comment") is { } comment)
            entry.Subject.Add("notes", $"{label}: {comment}");
    }

    private void ReadVersion(OfacEntry entry, string label, ListElement version)
    {
        var comment = version.Value("Comment");
        var isLocation = label.Equals("Location", StringComparison.OrdinalIgnoreCase);
        var values = new List<string>();
        foreach (var detail in version.All("VersionDetail"))
        {
            if ((detail.Text.Length > 0 ? detail.Text : _references.Text("DetailReference", detail.Attribute("DetailReferenceID"))) is { } text)
                values.Add(text);
        }
        foreach (var period in version.All("DatePeriod"))
        {
            if (_references.Text("CalendarType", period.Attribute("CalendarTypeID")) is { } calendar && !calendar.StartsWith("Gregorian", StringComparison.OrdinalIgnoreCase))
            {
                entry.Warn(period.Line, $"a date of the calendar '{calendar}' was kept in the notes only.");
                entry.Subject.Add("notes", $"{label}: {AdvancedDates.Period(period)} ({calendar})");
            }
            else if (AdvancedDates.Period(period) is { } text)
            {
                values.Add(text);
            }
        }
        foreach (var reference in version.All("VersionLocation"))
        {
            var place = _places.Find(reference.Attribute("LocationID"));
            if (place is null)
                entry.Warn(reference.Line, $"the place {reference.Attribute("LocationID")} is not among the locations; {label} was left out.");
            else if (isLocation)
                OfacAddresses.Add(entry, place with { Remarks = comment });
            else if ((place.IsPlace ? place.Full : place.Country) is { } text)
                values.Add(text);
        }

        foreach (var value in values)
        {
            if (label.StartsWith("Feature ", StringComparison.Ordinal))
                entry.Subject.Add("notes", $"{label}: {value}");
            else
                OfacFacts.Add(entry, new OfacFact(label, value, version.Line) { Note = comment });
        }
        var said = string.Join("; ", values);
        if (comment is not null && !isLocation && !label.StartsWith("Digital Currency", StringComparison.OrdinalIgnoreCase))
            entry.Subject.Add("notes", $"{label} {said}: {comment}");
        if (_references.Text("Reliability", version.Attribute("ReliabilityID")) == "False")
            entry.Subject.Add("notes", $"Said to be false: {label} {said}");
    }

    private void ReadSanction(ListElement element)
    {
        var list = _references.Text("List", element.Attribute("ListID"));
        if (list is "SDN List")
            _sdnEntries++;
        else
            _otherEntries++;
        if (_list.Find(element.Attribute("ProfileID")) is not { } entry)
        {
            _list.Warn(element.Line, element.Attribute("ProfileID") ?? "", "a sanction is of an entry that this list does not have, and was left out.");
            return;
        }

        // An entry may stand on several of OFAC's lists; each has its own dates.
        var sanction = _sanctioned.Add(entry.Subject.Id)
            ? entry.Draft.Sanction
            : entry.AnotherSanction(element.Attribute("ListID") ?? element.Attribute("ID") ?? "");
        sanction.Add("summary", list);
        foreach (var part in element.Children)
        {
            switch (part.Name)
            {
                case "EntryEvent":
                    ReadEvent(entry, sanction, part);
                    break;
                case "SanctionsMeasure":
                    ReadMeasure(entry, sanction, part);
                    break;
                case "LimitationsToDistribution":
                    break;
                default:
                    if (part.Text.Length > 0 || part.Children.Count > 0)
                        entry.Warn(part.Line, $"the element <{part.Name}> is not known and was left out.");
                    break;
            }
        }
    }

    private void ReadEvent(OfacEntry entry, EntityBuilder sanction, ListElement part)
    {
        if (AdvancedDates.Day(part.All("Date").FirstOrDefault()) is { } date)
        {
            if (entry.Draft.AddDate(sanction, "listingDate", date, part.Line) is { } read)
                sanction.Add("startDate", read.ToString());
        }
        if (_references.Text("LegalBasis", part.Attribute("LegalBasisID")) is { } basis && basis != "Unknown")
            sanction.Add("reason", basis);
        sanction.Add("description", part.Value("Comment"));
    }

    private void ReadMeasure(OfacEntry entry, EntityBuilder sanction, ListElement part)
    {
        var type = _references.Text("SanctionsType", part.Attribute("SanctionsTypeID"));
        var comment = part.Value("Comment");
        if (type == "Program" && comment is not null)
            entry.AddProgram(comment, sanction);
        else
            sanction.Add("provisions", comment is null ? type : $"{type}: {comment}");
    }
}
