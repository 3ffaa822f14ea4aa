using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Entente.Lists.Delimited;
using Entente.Lists.Drafts;
using Entente.Lists.Wording;
using Entente.Records;

namespace Entente.Lists.HouseList;

/// <summary>One row of a house list: who it is about, and what it says.</summary>
internal sealed class HouseRow
{
    private static readonly char[] Several = [';', '|'];

    private readonly List<(Column Column, string Value)> _values;
    private readonly int _line;

    public HouseRow(List<(Column Column, string Value)> values, bool nameIsGiven, string schema, int line)
    {
        _values = values;
        _line = line;
        Schema = schema;

        // As for people to screen: a whole name is worth more than its parts.
        var surname = First(Column.LastName);
        nameIsGiven = nameIsGiven && !(surname is not null && All(Column.Name).Any(name => name.Contains(surname, StringComparison.OrdinalIgnoreCase)));
        Given = nameIsGiven ? Column.Name : Column.FirstName;
        var whole = _values.Where(value => value.Column == Column.FullName || (value.Column == Column.Name && !nameIsGiven)).Select(value => value.Value).ToList();
        var joined = string.Join(' ', All(Given).Concat(All(Column.MiddleName)).Concat(All(Column.LastName)));
        Names = whole.Count > 0 ? whole : joined.Length > 0 ? [joined] : [];
    }

    public string Schema { get; }

    /// <summary>The name, then others that stand in columns for whole names; empty where the row has none.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The row's own reference, if it has one.</summary>
    public string? Id => First(Column.Id);

    // The column that holds the given name.
    private Column Given { get; }

    /// <summary>A reference made of who the row is about, so that a change of reason or address does not change it.</summary>
    public string ContentId()
    {
        var who = new StringBuilder(Schema).Append('\n').Append(Names[0]);
        foreach (var column in (ReadOnlySpan<Column>)[Column.BirthDate, Column.Nationality, Column.Passport, Column.IdNumber, Column.ImoNumber])
        {
            foreach (var value in Split(column).Order(StringComparer.Ordinal))
                who.Append('\n').Append(ColumnNames.UsualName(column)).Append('=').Append(value);
        }
        // As long as makes it unlikely that two rows meet; if they do, the list is refused.
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(who.ToString().Normalize(NormalizationForm.FormC)))[..8]);
    }

    /// <summary>Puts the row into the draft of its entity.</summary>
    public void Map(RecordDraft draft)
    {
        var subject = draft.Subject;
        subject.Add("topics", "poi").Add("name", Names[0], ScriptLanguage.Guess(Names[0]));
        foreach (var name in Names.Skip(1).Concat(Split(Column.Alias)))
            subject.Add("alias", name, ScriptLanguage.Guess(name));
        if (Schemata.IsA(Schema, "Person"))
            subject.Add("firstName", First(Given)).Add("middleName", First(Column.MiddleName)).Add("lastName", First(Column.LastName));

        foreach (var birth in Split(Column.BirthDate))
        {
            if (Schemata.TypeOf(Schema, "birthDate") is null)
                Put(draft, "birthDate", birth);
            else
                draft.AddDate(subject, "birthDate", birth, _line);
        }
        foreach (var text in Split(Column.Nationality))
            PutCountry(draft, Schemata.TypeOf(Schema, "nationality") is null ? "country" : "nationality", text);
        foreach (var text in Split(Column.Country))
            PutCountry(draft, Schemata.TypeOf(Schema, "flag") is null ? "country" : "flag", text);
        foreach (var text in All(Column.Gender))
            PutGender(draft, text);
        foreach (var place in All(Column.BirthPlace))
            Put(draft, "birthPlace", place);
        foreach (var address in All(Column.Address))
        {
            var entity = draft.Link("address", "Address", address).Add("full", address);
            subject.Add("address", address).Add("addressEntity", entity.Id);
        }
        foreach (var note in All(Column.Notes))
            subject.Add("notes", note);
        MapNumbers(draft);
        MapListing(draft);
    }

    private void MapNumbers(RecordDraft draft)
    {
        foreach (var number in Split(Column.Passport))
        {
            if (Schemata.TypeOf(Schema, "passportNumber") is null)
            {
                Put(draft, IdentifierProperty.For(Schema, number), number);
                continue;
            }
            draft.Subject.Add("passportNumber", number);
            draft.Link("document", "Passport", number).Add("holder", draft.Subject.Id).Add("number", number).Add("passportNumber", number);
        }
        foreach (var number in Split(Column.IdNumber))
            Put(draft, IdentifierProperty.For(Schema, number), number);
        foreach (var text in Split(Column.ImoNumber))
        {
            if (IdentifierProperty.TryImo(text, out var number))
                Put(draft, "imoNumber", number, text);
            else
                Note(draft, "imoNumber", text, $"'{ShortText.Of(text)}' is not an IMO number, which has seven digits; it was kept as a note.");
        }
    }

    private void MapListing(RecordDraft draft)
    {
        foreach (var reason in All(Column.Reason))
            draft.Sanction.Add("reason", reason);
        foreach (var basis in All(Column.LegalBasis))
            draft.Sanction.Add("program", basis);
        foreach (var source in All(Column.Source))
        {
            var isAddress = Uri.TryCreate(source, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http";
            draft.Sanction.Add(isAddress ? "sourceUrl" : "publisher", source);
        }
        foreach (var text in All(Column.ListedOn))
        {
            if (draft.AddDate(draft.Sanction, "listingDate", text, _line) is { } date)
                draft.Sanction.Add("startDate", date.ToString(), originalValue: text);
        }
    }

    private void PutCountry(RecordDraft draft, string property, string text)
    {
        foreach (var value in CountryText.Values(text))
        {
            if (!Countries.TryNormalise(value, out _))
                draft.Warn(_line, $"'{ShortText.Of(value)}' is not a country that is known; {property} was kept as written.");
            Put(draft, property, value, text);
        }
    }

    private void PutGender(RecordDraft draft, string text)
    {
        if (GenderText.TryRead(text, out var gender))
            Put(draft, "gender", gender, text);
        else
            Note(draft, "gender", text, $"the gender '{ShortText.Of(text)}' is not known and was kept as a note.");
    }

    // What FtM has no place for is kept as a note.
    private void Put(RecordDraft draft, string? property, string value, string? wording = null)
    {
        if (property is not null && Schemata.TypeOf(Schema, property) is not null)
            draft.Subject.Add(property, value, originalValue: wording);
        else
            Note(draft, property ?? "number", wording ?? value, $"a {Schema} has no {property ?? "number"}; '{ShortText.Of(value)}' was kept as a note.");
    }

    private void Note(RecordDraft draft, string what, string text, string warning)
    {
        draft.Subject.Add("notes", string.Create(CultureInfo.InvariantCulture, $"{what}: {text}"));
        draft.Warn(_line, warning);
    }

    private string? First(Column column) => _values.Find(value => value.Column == column).Value;

    private IEnumerable<string> All(Column column) => _values.Where(value => value.Column == column).Select(value => value.Value);

    private IEnumerable<string> Split(Column column) =>
        All(column).SelectMany(value => value.Split(Several, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
