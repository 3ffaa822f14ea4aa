using System.Globalization;

namespace Entente.Lists.UnitedKingdom;

/// <summary>Reads the UK Sanctions List as CSV: a line with the day of the report, a line of column names, and one or
/// more rows for each designation, one name in each.</summary>
/// <remarks>The rows of a designation are put together into the shape that it has in the XML, whatever their order, and
/// what they repeat counts once.</remarks>
internal sealed class UkCsvReader : IDisposable
{
    private const string DayLabel = "Report Date:";

    private const string Source = "https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.csv";

    // Column, then where its value stands in the XML. Columns with the same group make one element of a row.
    private static readonly Dictionary<string, (string Group, string Element)> Columns = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Last Updated"] = ("", "LastUpdated"),
        ["Unique ID"] = ("", "UniqueID"),
        ["OFSI Group ID"] = ("", "OFSIGroupID"),
        ["UN Reference Number"] = ("", "UNReferenceNumber"),
        ["Name 1"] = ("Name", "Name1"),
        ["Name 2"] = ("Name", "Name2"),
        ["Name 3"] = ("Name", "Name3"),
        ["Name 4"] = ("Name", "Name4"),
        ["Name 5"] = ("Name", "Name5"),
        ["Name 6"] = ("Name", "Name6"),
        ["Name type"] = ("Name", "NameType"),
        ["Alias strength"] = ("Name", "AliasStrength"),
        ["Title"] = ("", "Title"),
        ["Name non-latin script"] = ("NonLatinName", "NameNonLatinScript"),
        ["Non-latin script type"] = ("NonLatinName", "NonLatinScriptType"),
        ["Non-latin script language"] = ("NonLatinName", "NonLatinScriptLanguage"),
        ["Regime Name"] = ("", "RegimeName"),
        ["Designation Type"] = ("", "IndividualEntityShip"),
        ["Designation source"] = ("", "DesignationSource"),
        ["Sanctions Imposed"] = ("", "SanctionsImposed"),
        ["Other Information"] = ("", "OtherInformation"),
        ["UK Statement of Reasons"] = ("", "UKStatementofReasons"),
        ["Address Line 1"] = ("Address", "AddressLine1"),
        ["Address Line 2"] = ("Address", "AddressLine2"),
        ["Address Line 3"] = ("Address", "AddressLine3"),
        ["Address Line 4"] = ("Address", "AddressLine4"),
        ["Address Line 5"] = ("Address", "AddressLine5"),
        ["Address Line 6"] = ("Address", "AddressLine6"),
        ["Address Postal Code"] = ("Address", "AddressPostalCode"),
        ["Address Country"] = ("Address", "AddressCountry"),
        ["Phone number"] = ("", "PhoneNumber"),
        ["Website"] = ("", "Website"),
        ["Email address"] = ("", "EmailAddress"),
        ["Date Designated"] = ("", "DateDesignated"),
        ["D.O.B"] = ("", "DOB"),
        ["Nationality(/ies)"] = ("", "Nationality"),
        ["National Identifier number"] = ("NationalIdentifier", "NationalIdentifierNumber"),
        ["National Identifier additional information"] = ("NationalIdentifier", "NationalIdentifierAdditionalInformation"),
        ["Passport number"] = ("Passport", "PassportNumber"),
        ["Passport additional information"] = ("Passport", "PassportAdditionalInformation"),
        ["Position"] = ("", "Position"),
        ["Gender"] = ("", "Gender"),
        ["Town of birth"] = ("Location", "TownOfBirth"),
        ["Country of birth"] = ("Location", "CountryOfBirth"),
        ["Type of entity"] = ("", "TypeOfEntity"),
        ["Subsidiaries"] = ("", "Subsidiary"),
        ["Parent company"] = ("", "ParentCompany"),
        ["Business registration number (s)"] = ("", "BusinessRegistrationNumber"),
        ["IMO number"] = ("", "IMONumber"),
        ["Current owner/operator (s)"] = ("", "CurrentOwnerOperator"),
        ["Previous owner/operator (s)"] = ("", "PreviousOwnerOperator"),
        ["Current believed flag of ship"] = ("", "CurrentBelievedFlagOfShip"),
        ["Previous flags"] = ("", "PreviousFlag"),
        ["Type of ship"] = ("", "TypeOfShip"),
        ["Tonnage of ship"] = ("", "TonnageOfShip"),
        ["Length of ship"] = ("", "LengthOfShip"),
        ["Year Built"] = ("", "YearBuilt"),
        ["Hull identification number (HIN)"] = ("", "HullIdentificationNumber"),
    };

    private readonly UkCsvTable _table;
    private readonly UkListDraft _list;
    private readonly ListLimits _limits;
    private readonly List<Designation> _designations = [];
    private readonly Dictionary<string, Designation> _byReference = new(StringComparer.OrdinalIgnoreCase);

    private UkCsvReader(Stream stream, string file, ListLimits limits)
    {
        _table = new(stream, file, limits);
        _list = new(file, limits);
        _limits = limits;
    }

    // One designation as its rows come in. Values that rows repeat are told by their text.
    private sealed class Designation(int line)
    {
        public ListElement Root { get; } = new("Designation", line);
        public ListElement Names { get; } = new("Names", line);
        public ListElement NonLatinNames { get; } = new("NonLatinNames", line);
        public HashSet<string> Seen { get; } = new(StringComparer.Ordinal);
        public int Elements { get; set; }
    }

    /// <summary>Whether a file begins like the list: the column names are in the first lines.</summary>
    public static bool Recognises(string head) =>
        head.Contains("Unique ID,OFSI Group ID,", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the list from its first byte.</summary>
    public static ListFile Read(Stream stream, string file, ListLimits limits)
    {
        using var reader = new UkCsvReader(stream, file, limits);
        return reader.Read();
    }

    private ListFile Read()
    {
        var (header, dated) = ReadHeader();
        if (!dated)
            _list.Dated(null, 1);
        while (_table.Read() is { } row)
            ReadRow(header, row);
        foreach (var designation in _designations)
        {
            designation.Root.Add(designation.Names);
            designation.Root.Add(designation.NonLatinNames);
            _list.Add(designation.Root);
        }
        return _list.Complete(Source);
    }

    private ((string Group, string Element)?[] Header, bool Dated) ReadHeader()
    {
        var dated = false;
        while (_table.Read() is { } row)
        {
            var names = row.Select(name => name.Trim()).ToArray();
            if (!names.Contains("Unique ID", StringComparer.OrdinalIgnoreCase))
            {
                if (!dated && names[0].StartsWith(DayLabel, StringComparison.OrdinalIgnoreCase))
                {
                    _list.Dated(names[0][DayLabel.Length..].Trim(), _table.RowLine);
                    dated = true;
                }
                continue;
            }
            foreach (var name in names.Where(name => name.Length > 0 && !Columns.ContainsKey(name)))
                _list.LeaveOut($"the column '{name}'", _table.RowLine);
            if (names.Where(name => name.Length > 0).GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice)
                throw _list.Error(_table.RowLine, $"the column '{twice.Key}' stands twice, so that its values cannot be told apart. Fetch the list again.");
            foreach (var needed in (ReadOnlySpan<string>)["Name 6", "Name type", "Designation Type"])
            {
                if (!names.Contains(needed, StringComparer.OrdinalIgnoreCase))
                    throw _list.Error(_table.RowLine, $"the column '{needed}' is missing. Fetch the list again.");
            }
            return ([.. names.Select(name => Columns.TryGetValue(name, out var found) ? found : ((string, string)?)null)], dated);
        }
        throw _list.Error(null, "the list has no line of column names. Fetch it again.");
    }

    private void ReadRow((string Group, string Element)?[] header, IReadOnlyList<string> row)
    {
        var line = _table.RowLine;
        if (row.Skip(header.Length).Any(extra => extra.Trim().Length > 0))
            throw _list.Error(line, $"the row has {row.Count.ToString(CultureInfo.InvariantCulture)} fields, but there are {header.Length.ToString(CultureInfo.InvariantCulture)} columns: its values would stand under the wrong names. Fetch the list again.");
        if (!_table.RowEnded && row.Count < header.Length)
            throw _list.Error(line, "the last row ends before its last column: the download was cut off. Fetch the list again.");

        // Groups of this row, and single values.
        var elements = new List<(string Group, ListElement Element)>();
        string? reference = null;
        for (var i = 0; i < header.Length && i < row.Count; i++)
        {
            if (header[i] is not { } column)
                continue;
            var value = new ListElement(column.Element, line);
            value.AddText(row[i]);
            if (value.Text.Length == 0)
                continue;
            if (column.Element == "UniqueID")
                reference = value.Text;
            if (column.Group.Length == 0)
            {
                elements.Add(("", value));
                continue;
            }
            var group = elements.Find(known => known.Group == column.Group).Element;
            if (group is null)
                elements.Add((column.Group, group = new ListElement(column.Group, line)));
            group.Add(value);
        }
        if (elements.Count == 0)
            return;
        if (reference is null)
            throw _list.Error(line, "the row has no Unique ID, so that nothing can refer to it. Fetch the list again.");

        if (!_byReference.TryGetValue(reference, out var designation))
        {
            if (_designations.Count == _limits.MaxEntities)
                throw _list.Error(line, $"the list holds more than {_limits.MaxEntities.ToString("N0", CultureInfo.InvariantCulture)} entities.");
            _byReference.Add(reference, designation = new Designation(line));
            _designations.Add(designation);
        }
        foreach (var (group, element) in elements)
            Take(designation, group, element);
    }

    private void Take(Designation designation, string group, ListElement element)
    {
        var key = element.Name + "|" + string.Join('|', element.Children.Select(child => child.Name + "=" + child.Text)) + "|" + element.Text;
        if (!designation.Seen.Add(key))
            return;
        if (++designation.Elements > _limits.MaxElementsPerRecord)
            throw _list.Error(element.Line, $"one designation holds more than {_limits.MaxElementsPerRecord.ToString("N0", CultureInfo.InvariantCulture)} values.");
        (group switch
        {
            "Name" => designation.Names,
            "NonLatinName" => designation.NonLatinNames,
            _ => designation.Root,
        }).Add(element);
    }

    /// <inheritdoc/>
    public void Dispose() => _table.Dispose();
}
