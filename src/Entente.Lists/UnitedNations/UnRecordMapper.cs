using Entente.Lists.Drafts;
using Entente.Lists.Wording;
using Entente.Records;

namespace Entente.Lists.UnitedNations;

/// <summary>Turns one INDIVIDUAL or ENTITY into a listed entity and what hangs on it.</summary>
internal sealed class UnRecordMapper
{
    // Known, and without a use here: LIST_TYPE is always 'UN List', the sort keys are the website's, VERSIONNUM counts edits.
    private static readonly HashSet<string> Unused = new(StringComparer.Ordinal) { "LIST_TYPE", "SORT_KEY", "SORT_KEY_LAST_MOD", "VERSIONNUM" };

    private readonly ListElement _record;
    private readonly RecordDraft _context;
    private readonly EntityBuilder _subject;
    private readonly EntityBuilder _sanction;

    public UnRecordMapper(ListElement record, RecordDraft context)
    {
        _record = record;
        _context = context;
        _subject = context.Subject;
        _sanction = context.Sanction;
    }

    public void Map()
    {
        ReadNames();
        ReadSanction();
        foreach (var element in _record.Children)
            Read(element);
        if (_subject.Schema == "Person")
            ReadGender();

        if (_record.Children.Any(Damaged))
            _context.Warn(_record.Line, "holds the sign for a letter that was lost (U+FFFD) at the publisher's.");
    }

    private void Read(ListElement element)
    {
        switch (element.Name)
        {
            case "DATAID" or "REFERENCE_NUMBER" or "UN_LIST_TYPE" or "LISTED_ON" or "SUBMITTED_ON" or "SUBMITTED_BY" or "DELISTED_ON" or "LAST_DAY_UPDATED":
            case "FIRST_NAME" or "SECOND_NAME" or "THIRD_NAME" or "FOURTH_NAME" or "NAME_ORIGINAL_SCRIPT" or "GENDER":
                break; // read above
            case "COMMENTS1" or "COMMENTS2":
                _subject.Add("notes", element.Text);
                _sanction.Add("summary", element.Text);
                break;
            case "TITLE":
                AddEach("title", element);
                break;
            case "DESIGNATION":
                AddEach("position", element);
                break;
            case "NATIONALITY" or "NATIONALITY2":
                foreach (var text in Texts(element))
                    CountryText.AddTo(_subject, "nationality", text);
                break;
            case "INDIVIDUAL_ALIAS" or "ENTITY_ALIAS":
                UnAliases.Read(element, _context);
                break;
            case "INDIVIDUAL_DATE_OF_BIRTH":
                UnBirths.ReadDate(element, _context);
                break;
            case "INDIVIDUAL_PLACE_OF_BIRTH":
                UnBirths.ReadPlace(element, _context);
                break;
            case "INDIVIDUAL_ADDRESS" or "ENTITY_ADDRESS":
                UnAddresses.Read(element, _context);
                break;
            case "INDIVIDUAL_DOCUMENT":
                UnDocuments.Read(element, _context);
                break;
            default:
                if (!Unused.Contains(element.Name) && (element.Text.Length > 0 || element.Children.Count > 0))
                    _context.Warn(element.Line, $"the element <{element.Name}> is not known and was left out.");
                break;
        }
    }

    private void ReadNames()
    {
        string?[] parts = [_record.Value("FIRST_NAME"), _record.Value("SECOND_NAME"), _record.Value("THIRD_NAME"), _record.Value("FOURTH_NAME")];
        var whole = string.Join(' ', parts.Where(part => part is not null));
        if (_subject.Schema == "Person")
        {
            _subject.Add("name", whole);
            // The order of writing; which part is the family's, the list does not say.
            _subject.Add("firstName", parts[0]).Add("secondName", parts[1]).Add("middleName", parts[2]).Add("lastName", parts[3]);
        }
        else if (whole.Length > 0)
        {
            _subject.Add("name", whole);
            foreach (var name in UnNames.Split(whole, UnNameKind.Name))
                _context.AddName(name);
        }

        foreach (var original in _record.Values("NAME_ORIGINAL_SCRIPT"))
        {
            foreach (var name in Brackets.SplitOutside(original, ';'))
                _subject.Add("name", name, ScriptLanguage.Guess(name));
        }
        if (whole.Length == 0)
            _context.Warn(_record.Line, "the entry has no name in Latin script.");
    }

    private void ReadSanction()
    {
        var program = _record.Value("UN_LIST_TYPE");
        var reference = _record.Value("REFERENCE_NUMBER");
        _subject.Add("program", program).Add("programId", program is null ? null : "UN-" + program);
        _sanction
            .Add("authority", "United Nations Security Council")
            .Add("authorityId", _record.Value("DATAID"))
            .Add("unscId", reference)
            .Add("recordId", reference)
            .Add("program", program)
            .Add("programId", program is null ? null : "UN-" + program)
            .Add("sourceUrl", "https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list");

        AddDates("LISTED_ON", "listingDate", "startDate");
        AddDates("DELISTED_ON", "endDate");
        AddDates("SUBMITTED_ON", "date");
        AddDates("LAST_DAY_UPDATED", "modifiedAt");
        foreach (var modified in _sanction.Values("modifiedAt"))
            _subject.Add("modifiedAt", modified);
        foreach (var by in _record.Values("SUBMITTED_BY"))
            _sanction.Add("description", "Submitted by " + by);
        ReadDelisting();
        if (_record.Value("LISTED_ON") is null)
            _context.Warn(_record.Line, "the entry does not say when it was listed.");
    }

    // The list keeps hardly any entry that was taken off; one that it keeps is on record, and not listed.
    private void ReadDelisting()
    {
        var off = _sanction.Values("endDate").Max(LastDay);
        var on = _sanction.Values("startDate").Max(LastDay);
        if (off is not null && string.CompareOrdinal(off, on) >= 0)
        {
            if (_context.ListMadeOn is null)
                _context.Warn(_record.Line, "the entry was taken off the list, but the list does not say when it was made; the entry is screened as listed.");
            else if (string.CompareOrdinal(off, _context.ListMadeOn) <= 0)
            {
                _context.Delist();
                return;
            }
        }
        _subject.Add("topics", "sanction");
    }

    // The last day that a date may mean: dates known to the year or month only are not in the past before that is.
    private static string LastDay(string date) => (date + "-99-99")[..10];

    private void AddDates(string element, string property, string? alsoProperty = null)
    {
        foreach (var text in _record.Values(element))
        {
            if (_context.AddDate(_sanction, property, text, _record.Line) is { } date && alsoProperty is not null)
                _sanction.Add(alsoProperty, date.ToString(), originalValue: text);
        }
    }

    private void ReadGender()
    {
        var found = false;
        foreach (var text in _record.Values("GENDER"))
        {
            found = true;
            switch (text.ToLowerInvariant())
            {
                case "male" or "m":
                    _subject.Add("gender", "male");
                    break;
                case "female" or "f":
                    _subject.Add("gender", "female");
                    break;
                case "unknown":
                    break;
                default:
                    _context.Warn(_record.Line, $"the gender '{text}' is not known and was left out.");
                    break;
            }
        }
        if (found || _record.Value("COMMENTS1") is not { } comments)
            return;

        // Older entries have it in the narrative: 'Gender: male'.
        var at = comments.IndexOf("Gender:", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return;
        var word = comments[(at + 7)..].TrimStart();
        if (word.StartsWith("male", StringComparison.OrdinalIgnoreCase))
            _subject.Add("gender", "male", originalValue: "Gender: male");
        else if (word.StartsWith("female", StringComparison.OrdinalIgnoreCase))
            _subject.Add("gender", "female", originalValue: "Gender: female");
    }

    private void AddEach(string property, ListElement element)
    {
        foreach (var text in Texts(element))
        {
            foreach (var item in Enumeration.Split(text))
                _subject.Add(property, item, originalValue: text);
        }
    }

    private static IEnumerable<string> Texts(ListElement element)
    {
        if (element.Text.Length > 0)
            yield return element.Text;
        foreach (var value in element.Children)
        {
            if (value.Text.Length > 0)
                yield return value.Text;
        }
    }

    private static bool Damaged(ListElement element) =>
        element.Text.Contains('\uFFFD', StringComparison.Ordinal) || element.Children.Any(Damaged);
}
