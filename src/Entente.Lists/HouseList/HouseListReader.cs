using System.Globalization;
using System.Text;
using Entente.Lists.Delimited;
using Entente.Lists.Drafts;
using Entente.Lists.Wording;
using Entente.Records;

namespace Entente.Lists.HouseList;

/// <summary>Reads a list that a house keeps for itself: a table with a header, each row a person, a company or a ship.</summary>
/// <remarks>Which column means what, <see cref="ColumnNames"/> tells, or a mapping beside the list.</remarks>
internal sealed class HouseListReader
{
    private const string Whole = "A list is read whole or not at all.";

    private readonly string _file;
    private readonly ListLimits _limits;
    private readonly ListMapping? _mapping;
    private readonly ListDraft _list;
    private readonly Dictionary<string, int> _lineOfId = new(StringComparer.OrdinalIgnoreCase);

    private HouseListReader(string file, ListLimits limits, ListMapping? mapping)
    {
        _file = file;
        _limits = limits;
        _mapping = mapping;
        _list = new ListDraft(file, limits, mapping?.Dataset ?? DatasetName.OfFile(file, "house-list"));
    }

    /// <summary>Whether a text begins with a header: a name's column is known, or several others are.</summary>
    public static bool Recognises(string head)
    {
        var end = head.LastIndexOf('\n');
        using var lines = TryOpen(end < 0 ? head : head[..end]);
        try
        {
            if (lines is null)
                return false;
            var columns = Table.Open(lines, "").Columns.Select(ColumnNames.Of).ToList();
            return columns.Any(column => column is Column.FullName or Column.Name or Column.LastName)
                || columns.Count(column => column != Column.None) > 1;
        }
        catch (ListFormatException)
        {
            return false;
        }
    }

    /// <summary>Reads the list.</summary>
    public static ListFile Read(Stream stream, string name, ListLimits limits, ListMapping? mapping) =>
        new HouseListReader(name, limits, mapping).Read(stream);

    private ListFile Read(Stream stream)
    {
        using var lines = new TextLines(stream, _file);
        var table = Table.Open(lines, Path.GetExtension(_file));
        var columns = HouseColumns.Of(table.Columns, _mapping, _file, message => _list.Warn(1, "", message));
        var schema = _mapping?.Schema ?? SchemaNames.Default;
        if (_mapping?.Schema is null && !columns.HasSchema && !columns.AreOfPeople)
            _list.Warn(1, "", "the list does not say what its rows are; they were read as people. Add a column 'schema', or map it beside the list: { \"schema\": \"Company\" }.");

        while (table.Read() is { } record)
        {
            var line = (int)Math.Min(record.Line, int.MaxValue);
            if (record.Fault is { } fault)
                throw _list.Error(line, $"{fault}. {Whole}");
            var values = columns.Values(record.Fields).ToList();
            if (values.Count > 0) // a spreadsheet's empty rows are none
                Add(values, columns.NameIsGiven, schema, line);
        }
        if (_lineOfId.Count == 0)
            throw _list.Error(null, "the list has no rows. An empty list would clear everyone; it is refused.");
        return _list.Complete(Describe());
    }

    private void Add(List<(Column Column, string Value)> values, bool nameIsGiven, string schema, int line)
    {
        if (values.Any(value => value.Value.Length > _limits.MaxValueLength))
            throw _list.Error(line, $"a value is longer than {_limits.MaxValueLength.ToString("N0", CultureInfo.InvariantCulture)} characters.");

        var row = new HouseRow(values, nameIsGiven, SchemaOf(values, schema, line), line);
        if (row.Names.Count == 0)
            throw _list.Error(line, $"the row has no name. {Whole}");
        var id = row.Id ?? row.ContentId();
        if (!_lineOfId.TryAdd(id, line))
            throw _list.Error(line, Twice(row, _lineOfId[id]));

        var draft = _list.Begin(id, $"{_list.Dataset}-{id}", row.Schema, line);
        draft.Sanction.Add("authority", _mapping?.Publisher).Add("program", _mapping?.LegalBasis);
        row.Map(draft);
        if (values.Any(value => value.Value.Contains('\uFFFD', StringComparison.Ordinal)))
            draft.Warn(line, "holds the sign for a letter that was lost (U+FFFD) before the list was saved.");
        _list.Add(draft, line);
    }

    private string SchemaOf(List<(Column Column, string Value)> values, string otherwise, int line)
    {
        var word = values.Find(value => value.Column == Column.Schema).Value;
        return SchemaNames.Find(word, otherwise) is { } schema && Schemata.IsMatchable(schema)
            ? schema
            : throw _list.Error(line, $"the schema '{ShortText.Of(word)}' is none that is screened. Usual ones are {SchemaNames.Usual}. {Whole}");
    }

    private static string Twice(HouseRow row, int first)
    {
        var place = first.ToString(CultureInfo.InvariantCulture);
        return row.Id is { } id
            ? $"the id '{ShortText.Of(id)}' stands twice; first in line {place}. Give each row its own."
            : $"the row is about the same as line {place}: name, birth date, nationality and numbers are equal. Take one out, or give each its own in a column 'id'.";
    }

    private ListMetadata Describe() => new()
    {
        Dataset = _list.Dataset,
        Title = _mapping?.Title ?? Path.GetFileName(_file),
        Publisher = _mapping?.Publisher,
        LegalBasis = _mapping?.LegalBasis,
    };

    private static TextLines? TryOpen(string head)
    {
        try
        {
            return new TextLines(new MemoryStream(Encoding.UTF8.GetBytes(head)), "");
        }
        catch (ListFormatException)
        {
            return null;
        }
    }
}
