using Entente.Lists.Drafts;
using Entente.Lists.Wording;
using Entente.Records;

namespace Entente.Lists.UnitedKingdom;

/// <summary>Turns one Designation into a listed entity and what hangs on it.</summary>
/// <remarks>Most values stand in wrappers of wrappers (IndividualDetails, Individual, Nationalities, Nationality). The
/// mapper goes by the innermost name, so it does not matter how they are wrapped.</remarks>
/// <param name="record">The designation.</param>
/// <param name="context">Where to.</param>
/// <param name="reported">Names of elements that the list has been found fault with for.</param>
internal sealed class UkRecordMapper(ListElement record, RecordDraft context, HashSet<string> reported)
{
    private readonly EntityBuilder _subject = context.Subject;
    private readonly EntityBuilder _sanction = context.Sanction;

    public void Map()
    {
        foreach (var names in record.All("Names"))
            UkNames.Read(names, context);
        foreach (var names in record.All("NonLatinNames"))
            UkNames.ReadNonLatin(names, context);
        if (_subject.Values("name").IsEmpty)
            context.Warn(record.Line, "the entry has no primary name.");

        _subject.Add("topics", "sanction");
        _sanction.Add("authority", "Foreign, Commonwealth & Development Office");
        var measures = record.Value("SanctionsImposed") is not null;
        foreach (var element in record.Children)
        {
            if (element.Name is not ("Names" or "NonLatinNames" or "IndividualEntityShip") && !(measures && element.Name == "SanctionsImposedIndicators"))
                Read(element);
        }
        if (_sanction.Values("listingDate").IsEmpty)
            context.Warn(record.Line, "the entry does not say when it was designated.");
        if (Damaged(record))
            context.Warn(record.Line, "holds the sign for a letter that was lost (U+FFFD) at the publisher's.");
    }

    private void Read(ListElement element)
    {
        if (element.Name == "Address")
        {
            UkAddresses.Read(element, context);
            return;
        }
        if (element.Name == "SanctionsImposedIndicators")
        {
            foreach (var measure in element.Children)
                _sanction.Add("provisions", measure.Text == "true" ? measure.Name : null);
            return;
        }
        if (UkDetails.TryReadGroup(element, context))
            return;
        if (element.Children.Count == 0)
        {
            if (element.Text.Length > 0 && !TryRead(element.Name, element.Text, element.Line) && !UkDetails.TryRead(element, context) && reported.Add(element.Name))
                context.Warn(element.Line, $"the element <{element.Name}> is not known; it was left out, here and wherever else it stands.");
            return;
        }
        foreach (var child in element.Children)
            Read(child);
    }

    // What every designation has, whoever is designated.
    private bool TryRead(string name, string text, int line)
    {
        switch (name)
        {
            case "UniqueID":
                _sanction.Add("recordId", text);
                return true;
            case "OFSIGroupID":
                _sanction.Add("authorityId", text);
                return true;
            case "UNReferenceNumber":
                ReadUnReference(text, line);
                return true;
            case "LastUpdated":
                context.AddDate(_sanction, "modifiedAt", text, line);
                foreach (var modified in _sanction.Values("modifiedAt"))
                    _subject.Add("modifiedAt", modified);
                return true;
            case "DateDesignated":
                if (context.AddDate(_sanction, "listingDate", text, line) is { } date)
                    _sanction.Add("startDate", date.ToString(), originalValue: text);
                return true;
            case "RegimeName":
                _subject.Add("program", text);
                _sanction.Add("program", text);
                return true;
            case "DesignationSource":
                _sanction.Add("description", "Source of the designation: " + text.Replace("|", ", ", StringComparison.Ordinal));
                return true;
            case "SanctionsImposed":
                foreach (var measure in text.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                    _sanction.Add("provisions", measure);
                return true;
            case "OtherInformation":
                _subject.Add("notes", text);
                _sanction.Add("summary", text);
                return true;
            case "UKStatementofReasons":
                _sanction.Add("reason", text);
                return true;
            default:
                return false;
        }
    }

    private void ReadUnReference(string text, int line)
    {
        if (UnReference.TryRead(text, out var reference))
        {
            _sanction.Add("unscId", reference, originalValue: text);
        }
        else if (!text.Equals("N/A", StringComparison.OrdinalIgnoreCase))
        {
            context.Warn(line, $"'{text}' is not a whole UN reference and was kept in the notes only.");
            _subject.Add("notes", "UN reference: " + text);
        }
    }

    private static bool Damaged(ListElement element) =>
        element.Text.Contains('\uFFFD', StringComparison.Ordinal) || element.Children.Any(Damaged);
}
