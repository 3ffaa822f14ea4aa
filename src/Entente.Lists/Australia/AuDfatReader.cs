using System.Globalization;
using Entente.Lists.Containers;
using Entente.Lists.Delimited;
using Entente.Lists.Drafts;

namespace Entente.Lists.Australia;

/// <summary>Reads the consolidated list of the Australian Department of Foreign Affairs and Trade, as CSV or as the workbook.</summary>
/// <remarks>Each row is a name. Rows <c>12</c>, <c>12a</c> and <c>12b</c> are names of one entry, <c>au-12</c>, and what they
/// repeat counts once.</remarks>
internal sealed class AuDfatReader
{
    /// <summary>The dataset's short name.</summary>
    public const string Dataset = "au-dfat";

    private const string ReferenceColumn = "Reference";
    private const string NameColumn = "Name of Individual or Entity";

    // Before the header a workbook may have lines of title.
    private const int HeaderWithin = 20;

    private readonly ListDraft _list;
    private readonly ListLimits _limits;
    private readonly List<AuEntry> _entries = [];
    private readonly Dictionary<string, AuEntry> _byReference = new(StringComparer.OrdinalIgnoreCase);
    private string?[] _columns = [];
    private string _lastControl = "";

    private AuDfatReader(string file, ListLimits limits)
    {
        _list = new(file, limits, Dataset);
        _limits = limits;
    }

    /// <summary>Whether a text begins with the columns of the list.</summary>
    public static bool Recognises(string head)
    {
        var line = head.AsSpan(0, Math.Max(0, head.IndexOf('\n', StringComparison.Ordinal)));
        return line.Contains(ReferenceColumn, StringComparison.OrdinalIgnoreCase) && line.Contains(NameColumn, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Reads the CSV from its first byte.</summary>
    public static ListFile Read(Stream stream, string file, ListLimits limits)
    {
        var reader = new AuDfatReader(file, limits);
        using var lines = new TextLines(stream, file);
        var table = Table.Open(lines, "");
        reader.ReadHeader(table.Columns, 1);
        while (table.Read() is { } record)
        {
            var line = (int)Math.Min(record.Line, int.MaxValue);
            if (record.Fault is { } fault)
                throw reader._list.Error(line, $"{fault}. Fetch the list again.");
            reader.ReadRow(record.Fields, line);
        }
        return reader.Complete();
    }

    /// <summary>Reads the workbook.</summary>
    public static ListFile ReadWorkbook(ZipContents contents, string file, ListLimits limits)
    {
        var reader = new AuDfatReader(file, limits);
        var found = false;
        Workbook.ReadFirstSheet(contents, limits, (row, number) =>
        {
            if (found)
            {
                reader.ReadRow(row, number);
                return true;
            }
            found = row.Any(cell => cell.Trim().Equals(NameColumn, StringComparison.OrdinalIgnoreCase));
            if (found)
                reader.ReadHeader(row, number);
            return found || number <= HeaderWithin;
        });
        return found
            ? reader.Complete()
            : throw new ListFormatException(file, null, null, "the file is an Excel workbook, and none of those that Entente reads. Save the sheet as 'CSV UTF-8', and pass that file.");
    }

    private void ReadHeader(IReadOnlyList<string> names, int line)
    {
        _columns = new string?[names.Count];
        for (var i = 0; i < names.Count; i++)
        {
            var name = string.Join(' ', names[i].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            if (name.Length == 0)
                continue;
            _columns[i] = AuRecordMapper.Columns.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (_columns[i] is null)
                _list.Warn(line, "", $"the column '{Wording.ShortText.Of(name)}' is not known and was left out.");
        }
        if (_columns.Where(name => name is not null).GroupBy(name => name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw _list.Error(line, $"the column '{twice.Key}' stands twice, so that its values cannot be told apart. Fetch the list again.");
        foreach (var needed in (ReadOnlySpan<string>)[ReferenceColumn, NameColumn, "Type", "Name Type"])
        {
            if (!_columns.Contains(needed))
                throw _list.Error(line, $"the column '{needed}' is missing. Fetch the list again.");
        }
    }

    private void ReadRow(IReadOnlyList<string> cells, int line)
    {
        if (cells.All(string.IsNullOrWhiteSpace))
            return;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < cells.Count; i++)
        {
            if (cells[i].Length == 0)
                continue;
            var text = string.Join(' ', cells[i].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            if (text.Length > _limits.MaxValueLength)
                throw _list.Error(line, "a value is too long.");
            if (text.Length == 0)
                continue;
            if (i >= _columns.Length)
                throw _list.Error(line, "the row has more values than there are columns. Fetch the list again.");
            if (_columns[i] is { } column)
                values.Add(column, text);
        }
        if (values.Count == 0)
            return; // all that it holds is in columns that are not known
        if (!values.TryGetValue(ReferenceColumn, out var reference))
            throw _list.Error(line, "the row has no Reference, so that nothing can refer to it. Fetch the list again.");
        if (!values.ContainsKey(NameColumn))
            _list.Warn(line, reference, "the row has no name.");

        var key = Base(reference);
        if (!_byReference.TryGetValue(key, out var entry))
        {
            if (_entries.Count == _limits.MaxEntities)
                throw _list.Error(line, "the list holds too many entries.");
            _byReference.Add(key, entry = new AuEntry(key, line));
            _entries.Add(entry);
        }
        if (entry.Rows.Count == _limits.MaxElementsPerRecord)
            throw _list.Error(line, $"the reference {key} has more than {_limits.MaxElementsPerRecord.ToString("N0", CultureInfo.InvariantCulture)} rows. Fetch the list again.");
        entry.Rows.Add(new AuRow(line, reference.Length > key.Length, values));
    }

    private ListFile Complete()
    {
        foreach (var entry in _entries)
        {
            var schema = Schema(entry);
            var draft = _list.Begin(entry.Reference, "au-" + entry.Reference, schema ?? "LegalEntity", entry.Line);
            if (schema is null)
                draft.Warn(entry.Line, "the type is neither individual, entity nor vessel; the entry was read as an individual or an entity.");
            new AuRecordMapper(entry, draft).Map();
            foreach (var changed in draft.Sanction.Values("modifiedAt"))
                _lastControl = string.CompareOrdinal(changed, _lastControl) > 0 ? changed : _lastControl;
            _list.Add(draft, entry.Line);
        }
        return _list.Complete(new ListMetadata
        {
            Dataset = Dataset,
            Title = "Australian Sanctions Consolidated List",
            Publisher = "Department of Foreign Affairs and Trade",
            LegalBasis = "Charter of the United Nations Act 1945; Autonomous Sanctions Act 2011",
            SourceUrl = "https://www.dfat.gov.au/international-relations/security/sanctions/consolidated-list",
            // The file does not say when it was made; its entries say when they were changed.
            Version = _lastControl.Length == 0 ? null : _lastControl,
        });
    }

    private static string? Schema(AuEntry entry)
    {
        var types = entry.Rows.Select(row => row.Value("Type")).Where(type => type is not null).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return types is [{ } type] ? type.ToUpperInvariant() switch
        {
            "INDIVIDUAL" => "Person",
            "ENTITY" => "Organization",
            "VESSEL" or "SHIP" => "Vessel",
            _ => null,
        } : null;
    }

    // '12' of '12', '12a' and '12ab'; other references stand for themselves.
    private static string Base(string reference)
    {
        var digits = reference.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return digits > 0 && reference.AsSpan(digits).Length <= 3 && !reference.AsSpan(digits).ToString().Any(c => !char.IsAsciiLetter(c))
            ? reference[..digits]
            : reference;
    }
}
