using Entente.Lists.Delimited;
using Entente.Lists.Drafts;
using Entente.Lists.Wording;
using Entente.Records;

namespace Entente.Lists.OpenSanctions;

/// <summary>Reads <c>targets.simple.csv</c>, the flattest of the forms in which OpenSanctions exports a dataset.</summary>
/// <remarks>
/// Columns: https://www.opensanctions.org/docs/bulk/csv/. A cell with several values is a CSV record in its turn,
/// with ';' between them. What a number is, and what of a sanction's text is what, the form does not keep.
/// </remarks>
internal sealed class SimpleCsvReader
{
    private static readonly string[] Needed = ["id", "schema", "name"];

    private static readonly string[] Known =
    [
        .. Needed, "aliases", "birth_date", "countries", "addresses", "identifiers", "sanctions", "phones", "emails",
        "program_ids", "dataset", "first_seen", "last_seen", "last_change",
    ];

    private readonly string _file;
    private readonly Table _table;
    private readonly ListDraft _list;
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly HashSet<string> _datasets = new(StringComparer.Ordinal);

    private SimpleCsvReader(TextLines lines, string file, ListLimits limits)
    {
        _file = file;
        _table = Table.Open(lines, "");
        // The export is named 'targets', whatever the dataset.
        var name = DatasetName.OfFile(file, "opensanctions");
        _list = new ListDraft(file, limits, name == "targets" ? "opensanctions" : name);
        for (var i = 0; i < _table.Columns.Count; i++)
        {
            if (!_columns.TryAdd(_table.Columns[i], i))
                throw _list.Error(1, $"the column '{_table.Columns[i]}' stands twice. Fetch the list again.");
            if (!Known.Contains(_table.Columns[i]))
                _list.Warn(1, "", $"the column '{ShortText.Of(_table.Columns[i])}' is not known and was left out.");
        }
        foreach (var column in Needed)
        {
            if (!_columns.ContainsKey(column))
                throw _list.Error(1, $"the column '{column}' is missing. Fetch the list again.");
        }
    }

    /// <summary>Whether a file begins with this form's header.</summary>
    public static bool Recognises(string head) =>
        head.Replace("\"", "", StringComparison.Ordinal).StartsWith("id,schema,name,aliases,", StringComparison.Ordinal);

    /// <summary>Reads the list.</summary>
    public static ListFile Read(Stream stream, string file, ListLimits limits)
    {
        using var lines = new TextLines(stream, file);
        return new SimpleCsvReader(lines, file, limits).Read();
    }

    private ListFile Read()
    {
        while (_table.Read() is { } record)
        {
            var line = (int)Math.Min(record.Line, int.MaxValue);
            if (record.Fault is { } fault)
                throw _list.Error(line, $"{fault}. Fetch the list again.");
            Add(record, line);
        }
        return _list.Complete(new ListMetadata
        {
            Dataset = _list.Dataset,
            Title = _datasets.Count == 1 ? _datasets.First() : Path.GetFileName(_file),
        });
    }

    private void Add(DelimitedRecord record, int line)
    {
        var id = Cell(record, "id") ?? throw _list.Error(line, "the row has no id. Fetch the list again.");
        var name = Cell(record, "name") ?? throw _list.Error(line, $"{ShortText.Of(id)} has no name. Fetch the list again.");
        var schema = Cell(record, "schema") ?? "";
        if (!Schemata.IsKnown(schema))
            throw _list.Error(line, $"{ShortText.Of(id)} has the schema '{ShortText.Of(schema)}', which FollowTheMoney does not have.");

        var draft = _list.Begin(id, id, schema, line);
        var subject = draft.Subject;
        subject.FirstSeen = Cell(record, "first_seen");
        subject.LastSeen = Cell(record, "last_seen");
        subject.LastChange = Cell(record, "last_change");
        subject.Caption = name;
        subject.Add("name", name, ScriptLanguage.Guess(name));
        foreach (var alias in Values(record, "aliases"))
            subject.Add("alias", alias, ScriptLanguage.Guess(alias));
        foreach (var birth in Values(record, "birth_date"))
            draft.AddDate(subject, "birthDate", birth, line);
        foreach (var country in Values(record, "countries"))
            CountryText.AddTo(subject, "country", country);
        foreach (var address in Values(record, "addresses"))
            subject.Add("address", address).Add("addressEntity", draft.Link("address", "Address", address).Add("full", address).Id);
        foreach (var number in Values(record, "identifiers"))
            AddNumber(draft, number, line);
        foreach (var phone in Values(record, "phones"))
            subject.Add("phone", phone);
        foreach (var email in Values(record, "emails"))
            subject.Add("email", email);
        AddSanction(draft, record);
        foreach (var dataset in Values(record, "dataset"))
            _datasets.Add(dataset);
        _list.Add(draft, line);
    }

    // A dataset of office holders has the columns too, and nothing in them.
    private void AddSanction(RecordDraft draft, DelimitedRecord record)
    {
        foreach (var text in Values(record, "sanctions"))
            draft.Sanction.Add("summary", text);
        foreach (var program in Values(record, "program_ids"))
        {
            draft.Sanction.Add("programId", program);
            draft.Subject.Add("programId", program);
        }
        draft.IsSanctioned = draft.Sanction.Values("summary").Length > 0 || draft.Sanction.Values("programId").Length > 0;
        if (draft.IsSanctioned)
            draft.Subject.Add("topics", "sanction");
    }

    private static void AddNumber(RecordDraft draft, string number, int line)
    {
        if (IdentifierProperty.For(draft.Subject.Schema, number) is { } property)
        {
            draft.Subject.Add(property, number);
            return;
        }
        draft.Subject.Add("notes", "identifier: " + number);
        draft.Warn(line, $"a {draft.Subject.Schema} has no number in FollowTheMoney; '{ShortText.Of(number)}' was kept as a note.");
    }

    private string? Cell(DelimitedRecord record, string column) =>
        _columns.TryGetValue(column, out var at) && record.Fields[at].Trim() is { Length: > 0 } text ? text : null;

    private IEnumerable<string> Values(DelimitedRecord record, string column) =>
        Cell(record, column) is { } cell
            ? DelimitedReader.Split(cell, ';').Select(value => value.Trim()).Where(value => value.Length > 0)
            : [];
}
