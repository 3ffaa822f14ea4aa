using Entente.Lists.Drafts;
using Entente.Lists.Wording;
using Entente.Records;

namespace Entente.Lists.EuropeanUnion;

/// <summary>Turns one sanctionEntity into a listed entity and what hangs on it.</summary>
internal sealed class EuRecordMapper(ListElement record, RecordDraft context)
{
    private static readonly string[] ListingMarks =
        ["date of listing", "date of EU designation", "EU designation", "listed on"];

    private readonly EntityBuilder _subject = context.Subject;
    private readonly EntityBuilder _sanction = context.Sanction;

    public void Map()
    {
        EuNames.Read(record.All("nameAlias"), context);
        if (_subject.Values("name").IsEmpty)
            context.Warn(record.Line, "the entry has no name.");
        ReadSanction();
        foreach (var element in record.Children)
        {
            switch (element.Name)
            {
                case "remark":
                    ReadRemark(element.Text);
                    break;
                case "citizenship":
                    EuCountry.AddTo(_subject, _subject.Schema == "Person" ? "nationality" : "country", element);
                    Note("Citizenship", element, element.Attribute("region"));
                    break;
                case "birthdate":
                    EuBirths.Read(element, context);
                    break;
                case "address":
                    EuAddresses.Read(element, context);
                    break;
                case "identification":
                    EuIdentifications.Read(element, context);
                    break;
            }
        }
    }

    private void ReadSanction()
    {
        _subject.Add("topics", "sanction");
        _sanction
            .Add("authority", "European Union")
            .Add("authorityId", record.Attribute("logicalId"))
            .Add("recordId", record.Attribute("euReferenceNumber"));

        if (record.Attribute("unitedNationId") is { } un)
        {
            if (UnReference.TryRead(un, out var reference))
            {
                _sanction.Add("unscId", reference, originalValue: un);
            }
            else
            {
                context.Warn(record.Line, $"'{un}' is not a whole UN reference and was kept in the notes only.");
                _subject.Add("notes", "UN reference: " + un);
            }
        }
        if (record.Attribute("designationDetails") is { } details)
        {
            if (!EuLegalForms.TryAdd(details, _subject))
            {
                _sanction.Add("description", details);
                AddListingDate(details);
            }
        }
        if (record.Attribute("designationDate") is { } designated)
            context.AddDate(_sanction, "listingDate", designated, record.Line);

        foreach (var regulation in record.All("regulation"))
            ReadRegulation(regulation);
        ReadDates();
    }

    private void ReadRegulation(ListElement regulation)
    {
        var programme = regulation.Attribute("programme");
        var programId = programme is null ? null : "EU-" + programme;
        _subject.Add("program", programme).Add("programId", programId);
        _sanction.Add("program", programme).Add("programId", programId).Add("sourceUrl", regulation.Value("publicationUrl"));

        string?[] parts =
        [
            regulation.Attribute("numberTitle"),
            regulation.Attribute("regulationType"),
            regulation.Attribute("organisationType") is { } by ? "by the " + (by == "un" ? "UN" : by) : null,
            regulation.Attribute("entryIntoForceDate") is { } force ? "in force " + force : null,
        ];
        var title = string.Join(", ", parts.Where(part => part is not null));
        _sanction.Add("description", title.Length == 0 ? null : "Regulation " + title);
        if (regulation.Attribute("publicationDate") is { } published)
            context.AddDate(_sanction, "date", published, regulation.Line);
        Note("Regulation", regulation, null);
    }

    // The list names the last regulation about the entry and the one that brought each value. So the entry was listed
    // by the first of them at the latest, and changed by the last.
    private void ReadDates()
    {
        (string Date, string? Title) first = ("", null), last = ("", null);
        foreach (var regulation in record.Children.SelectMany(child => child.Name == "regulation" ? [child] : child.All("regulationSummary")))
        {
            if (regulation.Attribute("publicationDate") is not { } text || !PartialDate.TryParse(text, out var date) || date.Degraded)
                continue;
            var known = (Date: date.ToString(), Title: regulation.Attribute("numberTitle"));
            if (first.Date.Length == 0 || string.CompareOrdinal(known.Date, first.Date) < 0)
                first = known;
            if (string.CompareOrdinal(known.Date, last.Date) > 0)
                last = known;
        }
        var listed = _sanction.Values("listingDate");
        if (!listed.IsEmpty)
            _sanction.Add("startDate", listed.Min(StringComparer.Ordinal));
        else
            _sanction.Add("startDate", first.Date, originalValue: $"first regulation that the entry names: {first.Title}");
        _sanction.Add("modifiedAt", last.Date);
        _subject.Add("modifiedAt", last.Date);
    }

    private void ReadRemark(string remark)
    {
        _subject.Add("notes", remark);
        _sanction.Add("summary", remark);
        AddListingDate(remark);
        if (UnReference.Labelled(remark) is { } reference)
            _sanction.Add("unscId", reference, originalValue: remark);
    }

    private void AddListingDate(string text)
    {
        if (DateText.TryAfter(text, ListingMarks, out var date) && date is { Day: not null })
            _sanction.Add("listingDate", date.ToString(), originalValue: text);
    }

    private void Note(string label, ListElement element, string? value)
    {
        foreach (var text in element.All("remark").Select(remark => remark.Text).Append(value ?? ""))
            _subject.Add("notes", text.Length == 0 ? null : $"{label}: {text}");
    }
}
