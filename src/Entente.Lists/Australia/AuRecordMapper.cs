using Entente.Lists.Drafts;
using Entente.Lists.Wording;
using Entente.Records;

namespace Entente.Lists.Australia;

/// <summary>Turns the rows of one entry into a listed entity and what hangs on it.</summary>
internal sealed class AuRecordMapper(AuEntry entry, RecordDraft context)
{
    private static readonly string[] Measures = ["Targeted Financial Sanction", "Travel Ban", "Arms Embargo", "Maritime Restriction"];
    private static readonly string[] ListingMarks = ["listed on", "listed by the Committee on", "Committee on", "designated on", "listing date", "date of listing"];

    private const string NameColumn = "Name of Individual or Entity";

    private readonly EntityBuilder _subject = context.Subject;
    private readonly EntityBuilder _sanction = context.Sanction;

    /// <summary>The columns that are known.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "Reference", NameColumn, "Type", "Name Type", "Alias Strength", "Date of Birth", "Place of Birth", "Citizenship",
        "Address", "Additional Information", "Listing Information", "IMO Number", "Committees", "Control Date", "Instrument of Designation",
        .. Measures,
    ];

    /// <summary>Reads all rows; the main name first, wherever it stands.</summary>
    public void Map()
    {
        _subject.Add("topics", "sanction");
        _sanction.Add("authority", "Australian Department of Foreign Affairs and Trade").Add("recordId", entry.Reference);
        var main = entry.Rows.Find(IsMain) ?? entry.Rows.Find(row => !row.IsFurther) ?? entry.Rows[0];
        ReadName(main, isMain: true);
        // A further name has a letter behind its reference; a second entry under the same reference would be lost in the first.
        if (entry.Rows.Find(row => row != main && IsMain(row) && !row.IsFurther && !SameName(row, main)) is { } second)
            context.Warn(second.Line, "the reference stands twice, with another primary name; the two were read as one entry.");
        foreach (var row in entry.Rows)
        {
            if (row != main)
                ReadName(row, isMain: false);
            ReadDetails(row);
        }
        if (_subject.Values("name").IsEmpty)
            context.Warn(entry.Line, "the entry has no name.");
    }

    private static bool SameName(AuRow row, AuRow other) => row.Value(NameColumn) == other.Value(NameColumn);

    private static bool IsMain(AuRow row) => row.Value("Name Type")?.StartsWith("primary", StringComparison.OrdinalIgnoreCase) == true;

    private void ReadName(AuRow row, bool isMain)
    {
        if (row.Value(NameColumn) is not { } name)
            return;
        var type = row.Value("Name Type");
        var property = isMain ? "name" : type?.ToUpperInvariant() switch
        {
            "PRIMARY NAME" or "PRIMARY" or "ORIGINAL SCRIPT" => "name",
            "FKA" or "F.K.A." or "F.K.A" or "FORMERLY KNOWN AS" or "FORMER NAME" => "previousName",
            null or "AKA" or "A.K.A." or "A.K.A" or "ALIAS" or "ALSO KNOWN AS" => "alias",
            _ => null,
        };
        if (property is null)
        {
            context.Warn(row.Line, $"the name type '{ShortText.Of(type)}' is not known; the name was read as an alias.");
            property = "alias";
        }
        if (property == "alias" && row.Value("Alias Strength") is { } strength
            && (strength.StartsWith("weak", StringComparison.OrdinalIgnoreCase) || strength.StartsWith("low", StringComparison.OrdinalIgnoreCase)))
        {
            property = "weakAlias";
        }
        if (property == "name" || !_subject.Has("name", name))
            _subject.Add(property, name, NameLanguage.Of(name, null));
    }

    private void ReadDetails(AuRow row)
    {
        foreach (var text in Items(row, "Date of Birth"))
            ReadBirthDate(SerialDate.Text(text), row.Line);
        foreach (var text in Items(row, "Place of Birth"))
            ReadBirthPlace(text);
        foreach (var text in Items(row, "Citizenship"))
            CountryText.AddTo(_subject, _subject.Schema == "Person" ? "nationality" : "country", text);
        foreach (var text in Items(row, "Address"))
            ReadAddress(text);
        if (row.Value("IMO Number") is { } imo)
            ReadShipNumber(imo, row.Line);
        ReadSanction(row);
    }

    private void ReadShipNumber(string text, int line)
    {
        var digits = ShipNumber.Digits(text);
        if (digits.Length == 7 && digits.All(char.IsAsciiDigit))
        {
            _subject.Add(ShipNumber.PropertyOf(_subject.Schema), digits, originalValue: text);
            return;
        }
        context.Warn(line, $"'{ShortText.Of(text)}' is not an IMO number and was kept in the notes only.");
        _subject.Add("notes", "IMO number: " + text);
    }

    private void ReadSanction(AuRow row)
    {
        if (row.Value("Additional Information") is { } additional)
        {
            _subject.Add("notes", additional);
            if (UnReference.TryRead(additional.Split(' ', ',', ';')[0].TrimEnd('.'), out var un) || (un = UnReference.Labelled(additional) ?? "").Length > 0)
                _sanction.Add("unscId", un);
        }
        if (row.Value("Listing Information") is { } listing)
        {
            _sanction.Add("summary", listing);
            if (DateText.TryAfter(listing, ListingMarks, out var listed))
                _sanction.Add("listingDate", listed.ToString(), originalValue: listing).Add("startDate", listed.ToString(), originalValue: listing);
        }
        _subject.Add("program", row.Value("Committees"));
        _sanction.Add("program", row.Value("Committees")).Add("description", row.Value("Instrument of Designation"));
        if (row.Value("Control Date") is { } control && context.AddDate(_sanction, "modifiedAt", SerialDate.Text(control), row.Line) is { } changed)
            _subject.Add("modifiedAt", changed.ToString());
        foreach (var measure in Measures)
        {
            switch (row.Value(measure)?.ToUpperInvariant())
            {
                case "1" or "YES" or "Y" or "TRUE" or "X":
                    _sanction.Add("provisions", measure);
                    break;
                case null or "0" or "NO" or "N" or "FALSE" or "N/A":
                    break;
                case var other:
                    context.Warn(row.Line, $"'{ShortText.Of(other)}' under '{measure}' is neither yes nor no and was left out.");
                    break;
            }
        }
    }

    private void ReadBirthDate(string text, int line)
    {
        if (_subject.Schema is "Organization" or "Vessel")
            _subject.Add("notes", "Date of birth: " + text);
        else
            context.AddBirthText(text, line);
    }

    private void ReadBirthPlace(string text)
    {
        if (_subject.Schema != "Person")
        {
            _subject.Add("notes", "Place of birth: " + text);
            return;
        }
        _subject.Add("birthPlace", text);
        if (CountryAtEnd(text) is { } country)
            _subject.Add("birthCountry", country, originalValue: text);
    }

    private void ReadAddress(string text)
    {
        var country = CountryAtEnd(text);
        _subject.Add("country", country, originalValue: text);
        if (country is not null && !text.Contains(',', StringComparison.Ordinal))
            return; // a country alone is no address
        var address = context.Link("address", "Address", text).Add("full", text).Add("country", country, originalValue: text);
        _subject.Add("address", text).Add("addressEntity", address.Id);
    }

    private static string? CountryAtEnd(string text)
    {
        var last = text[(text.LastIndexOf(',') + 1)..].Trim(' ', '.');
        return Countries.TryNormalise(last, out var code) ? code : null;
    }

    // 'a) first b) second', 'first; second'.
    private static IEnumerable<string> Items(AuRow row, string column) => row.Value(column) is { } text
        ? Enumeration.Split(text).SelectMany(item => item.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        : [];
}
