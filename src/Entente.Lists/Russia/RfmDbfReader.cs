using System.Globalization;
using System.Text;
using Entente.Lists.Wording;

namespace Entente.Lists.Russia;

/// <summary>Reads Rosfinmonitoring's list as the table (DBF) that reporting organisations used to get.</summary>
/// <remarks>Long texts go on in further records of the same NUMBER, in the order of ROW_ID; the other columns repeat.</remarks>
internal sealed class RfmDbfReader
{
    // Texts that may go on, and what they become.
    private static readonly string[] Texts = ["NAMEU", "DESCRIPT", "AMR", "ADRESS", "MR", "VD", "DIRECTOR", "FOUNDER", "TERRTYPE"];

    private static readonly string[] Singles = ["NUMBER", "TERROR", "TU", "KODCR", "KODCN", "KD", "SD", "RG", "ND", "GR", "YR", "CB_DATE", "CE_DATE", "ROW_ID"];

    private readonly DbfTable _table;
    private readonly RfmListDraft _list;
    private readonly Dictionary<string, List<Row>> _byNumber = new(StringComparer.Ordinal);
    private readonly List<List<Row>> _rows = [];
    private readonly ListLimits _limits;

    private sealed record Row(int Record, long Id, Dictionary<string, string> Values);

    private RfmDbfReader(Stream stream, string file, ListLimits limits)
    {
        _table = new DbfTable(stream, file);
        _list = new(file, limits);
        _limits = limits;
    }

    /// <summary>Reads the list from its first byte.</summary>
    public static ListFile Read(GuardedStream stream, string file, ListLimits limits) => new RfmDbfReader(stream, file, limits).Read();

    private ListFile Read()
    {
        if (_table.WidthOf("NUMBER") == 0 || _table.WidthOf("NAMEU") == 0)
            throw _list.Error(null, $"a table with the columns {ShortText.Of(string.Join(", ", _table.Columns), 200)} is not the list of Rosfinmonitoring: that has NUMBER and NAMEU.");
        _list.Dated(_table.UpdatedOn, 1);
        foreach (var column in _table.Columns.Where(column => !Texts.Contains(column) && !Singles.Contains(column)))
            _list.LeaveOut($"the column {column}", 1);
        while (_table.Read())
            Take();
        foreach (var rows in _rows)
            _list.Add(ToEntry([.. rows.OrderBy(row => row.Id)]));
        return _list.Complete();
    }

    private void Take()
    {
        var number = _table.Value("NUMBER") ?? throw _list.Error(_table.Number, "the record has no NUMBER, so that nothing tells what it belongs to. Fetch the list again.");
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var column in Singles)
        {
            if (_table.Value(column) is { } value)
                values[column] = value;
        }
        foreach (var column in Texts)
        {
            if (_table.Raw(column) is var raw && raw.AsSpan().Trim().Length > 0)
                values[column] = raw;
        }
        if (!_byNumber.TryGetValue(number, out var rows))
        {
            if (_rows.Count == _limits.MaxEntities)
                throw _list.Error(_table.Number, $"the list holds more than {_limits.MaxEntities.ToString("N0", CultureInfo.InvariantCulture)} entities.");
            _byNumber.Add(number, rows = []);
            _rows.Add(rows);
        }
        if (rows.Count == _limits.MaxElementsPerRecord)
            throw _list.Error(_table.Number, $"entry {number} has more than {_limits.MaxElementsPerRecord.ToString("N0", CultureInfo.InvariantCulture)} records.");
        var id = long.TryParse(values.GetValueOrDefault("ROW_ID"), NumberStyles.None, CultureInfo.InvariantCulture, out var found) ? found : _table.Number;
        rows.Add(new Row(_table.Number, id, values));
    }

    private RfmEntry ToEntry(List<Row> rows)
    {
        // What the records of an entry repeat counts once; where they differ, each counts.
        List<string> All(string column) => [.. rows.Select(row => row.Values.GetValueOrDefault(column)).OfType<string>().Distinct()];
        string? One(string column) => All(column).FirstOrDefault();
        var line = rows[0].Record;
        var names = Join(rows, "NAMEU");
        var (name, others, starred) = Names(names);
        var places = Join(rows, "MR");
        var birth = Birth(One("GR"), One("YR"));
        var (kind, doubt) = Kind(All("TU"), name, birth is not null || places.Count > 0);
        var values = new List<(string, string)>();
        void Add(string property, IEnumerable<string> texts, string label = "") => values.AddRange(texts.Select(text => (property, label + text)));

        Add("notes", Join(rows, "DESCRIPT"));
        Add("address", Join(rows, "AMR").Union(Join(rows, "ADRESS")));
        Add("notes", Join(rows, "DIRECTOR"), "Director: ");
        Add("notes", Join(rows, "FOUNDER"), "Founder: ");
        foreach (var country in All("KODCR"))
            AddCountry(values, country, kind == RfmKind.Person ? "citizenship" : "jurisdiction");
        foreach (var country in All("KODCN"))
            AddCountry(values, country, "country");
        foreach (var tax in All("ND"))
            values.Add((tax.Length is 10 or 12 && tax.All(char.IsAsciiDigit) ? "innCode" : "notes", tax));
        List<string> births = [.. All("GR").Select(Date).OfType<string>().Where(other => other != birth)];
        foreach (var year in All("YR").Where(year => birth is not null && !births.Prepend(birth).Any(known => known.StartsWith(year, StringComparison.Ordinal))))
            values.Add(("notes", "Year: " + year));

        var sanction = new List<(string, string)>();
        sanction.AddRange(Join(rows, "TERRTYPE").Select(text => ("reason", text)));
        foreach (var listed in All("CB_DATE").Select(Date).OfType<string>())
            sanction.AddRange([("listingDate", listed), ("startDate", listed)]);
        return new RfmEntry
        {
            Line = line,
            Number = One("NUMBER")!,
            Kind = kind,
            Name = name,
            OtherNames = others,
            Doubt = doubt,
            Birth = birth,
            OtherBirths = births,
            Place = places.Count == 0 ? null : string.Join("; ", places),
            Terrorism = starred || All("TERROR").Contains("1"),
            Values = values,
            SanctionValues = sanction,
            Papers = Papers(rows),
            Ended = All("CE_DATE").Select(Date).OfType<string>().Max(StringComparer.Ordinal),
        };
    }

    // Records that say nothing of a paper, or the same, go on with the text of the one before.
    private List<(string? Series, string? Number, string? Authority, string? Type)> Papers(List<Row> rows)
    {
        var papers = new OrderedDictionary<(string? Series, string? Number, string? Type), List<Row>>();
        List<Row>? current = null;
        foreach (var row in rows)
        {
            var key = (row.Values.GetValueOrDefault("SD"), row.Values.GetValueOrDefault("RG"), row.Values.GetValueOrDefault("KD"));
            if (current is null || key is not (null, null, null))
            {
                if (!papers.TryGetValue(key, out current))
                    papers.Add(key, current = []);
            }
            current.Add(row);
        }
        return
        [
            .. papers.Select(paper => (paper.Key.Series, paper.Key.Number,
                Join(paper.Value, "VD") is { Count: > 0 } issuer ? string.Join("; ", issuer) : null,
                paper.Key.Type is { } type and not ("0" or "00") ? "kind " + type : null)),
        ];
    }

    // A text that fills its column goes on in the next record; one that does not is whole. What a record repeats counts once.
    private List<string> Join(List<Row> rows, string column)
    {
        var texts = new OrderedDictionary<string, bool>(StringComparer.Ordinal); // a set that keeps its order
        var open = new StringBuilder();
        var width = _table.WidthOf(column);
        for (var i = 0; i < rows.Count; i++)
        {
            if (!rows[i].Values.TryGetValue(column, out var raw))
                continue;
            // The last letter of a full column may be a space.
            var full = raw.TrimEnd().Length >= width - 1;
            if (open.Length == 0 && full && texts.ContainsKey(raw.Trim()))
                continue;
            open.Append(full ? raw : raw.TrimEnd());
            if (full && i + 1 < rows.Count && rows[i + 1].Values.TryGetValue(column, out var following) && following != raw)
                continue;
            Close();
        }
        Close();
        return [.. texts.Keys];

        void Close()
        {
            var text = string.Join(' ', open.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            if (text.Length > 0)
                texts.TryAdd(text, true);
            open.Clear();
        }
    }

    // 'NAME* (OTHER; ANOTHER)'; further texts of the column are other names.
    private static (string Name, List<string> Others, bool Starred) Names(List<string> texts)
    {
        var first = texts.FirstOrDefault() ?? "";
        var starred = texts.Exists(text => text.Contains('*', StringComparison.Ordinal));
        var others = new List<string>();
        // Brackets at the end hold other names; those inside belong to the name of an organisation.
        var trimmed = first.TrimEnd(' ', ';', ',', '*');
        if (trimmed.EndsWith(')') && trimmed.LastIndexOf('(') is > 0 and var open && Brackets.Extract(trimmed).Groups.Count == 1)
        {
            others.AddRange(trimmed[(open + 1)..^1].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            trimmed = trimmed[..open];
        }
        others.AddRange(texts.Skip(1));
        return (trimmed.Replace("*", "", StringComparison.Ordinal).Trim(' ', ','), [.. others.Select(other => other.Replace("*", "", StringComparison.Ordinal).Trim())], starred);
    }

    // Kind of participant: 1 is an organisation, which may have a date and a place as well. What 2 and 3 are, no document at
    // hand says; what an entry holds tells better.
    private static (RfmKind Kind, string? Doubt) Kind(List<string> types, string name, bool hasPersonalData)
    {
        var isNamedAsPerson = RfmNames.HasPatronymic(name);
        if (!types.Contains("1"))
            return (hasPersonalData || isNamedAsPerson ? RfmKind.Person : RfmKind.Unknown, null);
        if (types.Count > 1 || isNamedAsPerson)
            return (RfmKind.Unknown, "TU says that it is an organisation, the rest that it may be a person; it was read as a person or an organisation.");
        return (RfmKind.Organisation, null);
    }

    private static string? Birth(string? date, string? year) =>
        Date(date) ?? (year is { Length: 4 } && year.All(char.IsAsciiDigit) ? year : null);

    // 'yyyyMMdd'; all zeros are none.
    private static string? Date(string? text) =>
        text is { Length: 8 } && text.All(char.IsAsciiDigit) && text.Any(c => c != '0') ? $"{text[..4]}-{text[4..6]}-{text[6..]}" : null;

    private static void AddCountry(List<(string, string)> values, string? number, string property)
    {
        if (CountryNumber.TryRead(number, out var code))
            values.Add((property, code));
        else if (number is not null && number.Any(c => c is not ('0' or '-')))
            values.Add(("notes", "Country number: " + number));
    }
}
