using Entente.Lists.Drafts;
using Entente.Lists.Wording;
using Entente.Records;

namespace Entente.Lists.Canada;

/// <summary>Turns one record into a listed entity and its sanction.</summary>
internal sealed class CaRecordMapper(ListElement record, RecordDraft context, Action<string, int> leaveOut)
{
    private static readonly string[] AliasMarks = ["also known as", "a.k.a.", "aka ", "alias "];
    private static readonly string[] FormerMarks = ["formerly known as", "formerly", "f.k.a.", "previously known as", "previously"];

    private readonly EntityBuilder _subject = context.Subject;
    private readonly EntityBuilder _sanction = context.Sanction;

    /// <summary>What the record is about. The list has one field for organisations and ships, and older regimes have people there too.</summary>
    public static string Schema(ListElement record)
    {
        if (record.Value("LastName") is not null || record.Value("GivenName") is not null)
            return "Person";
        if (record.Value("ShipIMONumber") is { } imo && ShipNumber.IsShips(ShipNumber.Digits(imo)))
            return "Vessel";
        if (EnglishHalf(Title(record), '|') is { } title && CaShipType.Is(title))
            return "Vessel";
        return record.Value("DateOfBirthOrShipBuildDate") is null ? "Organization" : "Person";
    }

    /// <summary>'Belarus' of 'Belarus / Bélarus'.</summary>
    public static string? EnglishHalf(string? text, char separator) => text?.Split(separator)[0].Trim();

    /// <summary>Reads all fields.</summary>
    public void Map()
    {
        ReadNames();
        ReadSanction();
        foreach (var element in record.Children)
        {
            if (element.Text.Length > 0)
                Read(element);
            else if (element.Children.Count > 0)
                leaveOut(element.Name, element.Line);
        }
        if (_subject.Values("name").IsEmpty)
            context.Warn(record.Line, "the entry has no name.");
    }

    private void Read(ListElement element)
    {
        switch (element.Name)
        {
            case "Country" or "Schedule" or "Item" or "LastName" or "GivenName" or "EntityOrShip" or "Entity":
                break; // read above
            case "Aliases":
                foreach (var alias in Brackets.SplitOutside(element.Text, ';'))
                    AddLabelled(alias, "alias");
                break;
            case "DateOfBirthOrShipBuildDate" when _subject.Schema == "Vessel":
                context.AddDate(_subject, "buildDate", element.Text, element.Line);
                break;
            case "DateOfBirthOrShipBuildDate":
                context.AddBirthText(element.Text, element.Line);
                break;
            case "TitleOrShip" or "TitleOrShipType":
                _subject.Add(_subject.Schema switch { "Person" => "position", "Vessel" => "type", _ => "notes" }, EnglishHalf(element.Text, '|'), originalValue: element.Text);
                break;
            case "ShipIMONumber":
                ReadShipNumber(element);
                break;
            case "DateOfListing":
                if (context.AddDate(_sanction, "listingDate", element.Text, element.Line) is { } date)
                    _sanction.Add("startDate", date.ToString(), originalValue: element.Text);
                break;
            default:
                leaveOut(element.Name, element.Line);
                break;
        }
    }

    private void ReadNames()
    {
        var given = record.Value("GivenName");
        var last = record.Value("LastName");
        var person = string.Join(' ', new[] { given, last }.Where(part => part is not null));
        var whole = record.Value("EntityOrShip") ?? record.Value("Entity") ?? person;
        var (outside, groups) = Brackets.Extract(whole);
        var rest = groups.Where(group => !TryVariant(group, outside)).ToList();
        // A bracket that is no other name belongs to the name: 'River Bank (North)'.
        var name = rest.Count == groups.Count ? whole : outside;
        _subject.Add("name", name, NameLanguage.Of(name, null));
        if (name != outside || rest.Count > 0)
            _subject.Add("alias", outside == name ? null : outside, NameLanguage.Of(outside, null)).Add("notes", name == whole ? null : "Name: " + whole);
        if (_subject.Schema == "Person")
            _subject.Add("firstName", Outside(given)).Add("lastName", Outside(last));
        if (person != whole && person.Length > 0)
            AddLabelled(Outside(person)!, "alias");
        ReadFurtherNames();
    }

    // One name is what a record has. More of them, which no version of the list had so far, must not be lost.
    private void ReadFurtherNames()
    {
        foreach (var element in record.Children.Where(child => child.Name is "EntityOrShip" or "Entity" or "LastName" or "GivenName" && child.Text.Length > 0))
        {
            var main = element.Name == "Entity" ? record.Value("EntityOrShip") ?? record.Value("Entity") : record.Value(element.Name);
            if (element.Text == main)
                continue;
            context.Warn(element.Line, $"the record has a second name in <{element.Name}>; it was read as an alias.");
            AddLabelled(element.Text, "alias");
        }
    }

    private static string? Outside(string? text) => text is null ? null : Brackets.Extract(text).Outside;

    // 'also known as RB', 'Russian: РЕКА', 'RB'.
    private bool TryVariant(string group, string name)
    {
        foreach (var mark in AliasMarks)
        {
            if (group.StartsWith(mark, StringComparison.OrdinalIgnoreCase))
                return AddEach(group[mark.Length..], "alias");
        }
        foreach (var mark in FormerMarks)
        {
            if (group.StartsWith(mark, StringComparison.OrdinalIgnoreCase))
                return AddEach(group[mark.Length..], "previousName");
        }
        if (Label(group) is not null)
            return AddEach(group, "alias");
        if (_subject.Schema == "Organization" && Acronym.Fits(group, name))
        {
            _subject.Add("abbreviation", group).Add("weakAlias", group);
            return true;
        }
        return false;
    }

    private bool AddEach(string names, string property)
    {
        foreach (var name in Brackets.SplitOutside(names.TrimStart(':', ' '), ';'))
            AddLabelled(name, property);
        return true;
    }

    // 'Arabic: نهر': the language, then the name.
    private void AddLabelled(string text, string property)
    {
        var label = Label(text);
        var name = label is null ? text : text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        name = name.Trim(' ', ',', '"', '“', '”');
        if (!name.Any(char.IsLetterOrDigit) || _subject.Has("name", name))
            return;
        var weak = property == "alias" && _subject.Schema == "Person" && !name.Contains(' ', StringComparison.Ordinal);
        _subject.Add(weak ? "weakAlias" : property, name, NameLanguage.Of(name, label));
    }

    private static string? Label(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
            return null;
        var word = text[..colon].Trim().Replace("Belarussian", "Belarusian", StringComparison.OrdinalIgnoreCase);
        return NameLanguage.Code(word) is null ? null : word;
    }

    private void ReadShipNumber(ListElement element)
    {
        var digits = ShipNumber.Digits(element.Text);
        if (digits.Length == 7 && digits.All(char.IsAsciiDigit))
        {
            if (!ShipNumber.IsShips(digits))
                context.Warn(element.Line, $"'{ShortText.Of(element.Text)}' is not the number of a ship, as its check digit shows; by its other fields the record was read as a {_subject.Schema}.");
            _subject.Add(ShipNumber.PropertyOf(_subject.Schema), digits, originalValue: element.Text);
            return;
        }
        context.Warn(element.Line, $"'{ShortText.Of(element.Text)}' is not an IMO number; it was read as another name.");
        AddLabelled(element.Text, "alias");
    }

    private void ReadSanction()
    {
        var program = EnglishHalf(record.Value("Country"), '/');
        var schedule = record.Value("Schedule");
        var item = record.Value("Item");
        _subject.Add("topics", "sanction").Add("program", program);
        _sanction.Add("authority", "Global Affairs Canada").Add("program", program)
            .Add("recordId", item)
            .Add("description", schedule is null ? null : $"Schedule {schedule}{(item is null ? "" : $", item {item}")}");
    }

    private static string? Title(ListElement record) => record.Value("TitleOrShipType") ?? record.Value("TitleOrShip");
}
