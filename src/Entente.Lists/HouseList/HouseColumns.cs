using System.Globalization;
using Entente.Lists.Delimited;
using Entente.Lists.Wording;

namespace Entente.Lists.HouseList;

/// <summary>What each column of a house list means.</summary>
internal sealed class HouseColumns
{
    private static readonly Column[] Names = [Column.FullName, Column.Name, Column.FirstName, Column.MiddleName, Column.LastName];

    // Of these a row has one; of the others it may have several.
    private static readonly Column[] Single = [Column.Id, Column.Schema, Column.ListedOn, Column.FirstName, Column.MiddleName, Column.LastName];

    // What only a person has.
    private static readonly Column[] OfPeople =
        [Column.FirstName, Column.MiddleName, Column.LastName, Column.BirthDate, Column.BirthPlace, Column.Gender, Column.Nationality, Column.Passport];

    private readonly Column[] _columns;

    private HouseColumns(Column[] columns) => _columns = columns;

    /// <summary>The names that a mapping may use, for messages.</summary>
    public static string Known { get; } = string.Join(", ", Enum.GetValues<Column>().Where(column => column != Column.None).Select(ColumnNames.UsualName));

    /// <summary>Whether any column is one that only people have.</summary>
    public bool AreOfPeople => _columns.Any(OfPeople.Contains);

    /// <summary>Whether rows may say what they are.</summary>
    public bool HasSchema => Has(Column.Schema);

    /// <summary>'name' beside 'surname' and without 'first name' is the given name: a usual header of English, Russian and Arabic tables.</summary>
    public bool NameIsGiven => Has(Column.LastName) && !Has(Column.FirstName);

    public bool Has(Column column) => _columns.Contains(column);

    /// <summary>Recognises the columns; the mapping goes before the header's own words.</summary>
    /// <param name="header">The header, trimmed.</param>
    /// <param name="mapping">The mapping, if there is one.</param>
    /// <param name="file">As messages shall name it.</param>
    /// <param name="warn">Told of columns that are left out.</param>
    /// <exception cref="ListFormatException">No column holds a name.</exception>
    public static HouseColumns Of(IReadOnlyList<string> header, ListMapping? mapping, string file, Action<string> warn)
    {
        var columns = new Column[header.Count];
        var unmet = mapping?.Columns.Keys.ToHashSet(StringComparer.Ordinal) ?? [];
        for (var i = 0; i < columns.Length; i++)
        {
            var folded = ColumnNames.Fold(header[i]);
            unmet.Remove(folded);
            var mapped = mapping is not null && mapping.Columns.TryGetValue(folded, out columns[i]);
            if (mapped)
                continue;
            columns[i] = ColumnNames.Of(header[i]);
            if (columns[i] == Column.None)
                warn(Unknown(header[i], i));
        }
        foreach (var name in unmet.Order(StringComparer.Ordinal))
            warn($"the mapping names a column '{ShortText.Of(name)}' that the list does not have.");
        if (!columns.Any(Names.Contains))
            throw new ListFormatException(file, 1, null, $"no column holds a name. Found: {string.Join(", ", header.Take(20).Select(name => $"'{ShortText.Of(name)}'"))}. Known: {Known}. Others can be mapped: {HowToMap("Nom complet", "name")}");

        foreach (var column in Single)
            KeepFirst(column, columns, header, warn);
        return new HouseColumns(columns);
    }

    /// <summary>The values of one row that are not blank, with their meaning, in the order of the columns.</summary>
    public IEnumerable<(Column Column, string Value)> Values(IReadOnlyList<string> fields)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            if (_columns[i] != Column.None && !string.IsNullOrWhiteSpace(fields[i]))
                yield return (_columns[i], fields[i].Trim());
        }
    }

    private static void KeepFirst(Column column, Column[] columns, IReadOnlyList<string> header, Action<string> warn)
    {
        var first = Array.IndexOf(columns, column);
        for (var i = first + 1; first >= 0 && i < columns.Length; i++)
        {
            if (columns[i] != column)
                continue;
            warn($"the columns '{ShortText.Of(header[first])}' and '{ShortText.Of(header[i])}' both mean {ColumnNames.UsualName(column)}; the second was left out. Say which is meant: {HowToMap(header[i], ListMapping.Ignore)}");
            columns[i] = Column.None;
        }
    }

    private static string Unknown(string header, int at) => header.Length == 0
        ? $"column {(at + 1).ToString(CultureInfo.InvariantCulture)} has no header and was left out."
        : $"the column '{ShortText.Of(header)}' is not known and was left out. {HowToMap(header, ColumnNames.UsualName(Column.Notes))}";

    private static string HowToMap(string header, string column) =>
        $"Put a file beside the list, of its name with {ListMapping.Suffix} behind it, that says {{ \"columns\": {{ \"{ShortText.Of(header)}\": \"{column}\" }} }}.";
}
