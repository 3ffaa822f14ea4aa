namespace Entente.Desk.Rows;

/// <summary>What the columns and properties of rows to screen mean to a query; see <see cref="ColumnNames"/> for their names.</summary>
public static class FieldNames
{
    /// <summary>For the message that says what was expected.</summary>
    public const string Expected = "name (or full_name), or first_name and last_name";

    /// <summary>The property names of FollowTheMoney, which say more exactly what a value is.</summary>
    private static readonly Dictionary<string, Field> Properties = Index(
    [
        (Field.FullName, "name|alias|weakAlias|previousName"),
        (Field.MiddleName, "fatherName|secondName"),
        (Field.Document, "idNumber|passportNumber|registrationNumber|imoNumber|taxNumber|innCode|ogrnCode"),
        (Field.Country, "jurisdiction|flag"),
    ]);

    /// <summary>What a column header means.</summary>
    /// <param name="header">As written in the file.</param>
    /// <returns>Its meaning, or <see cref="Field.None"/>.</returns>
    public static Field OfColumn(string header) => ColumnNames.Of(header) switch
    {
        Column.FullName => Field.FullName,
        Column.Name => Field.Name,
        Column.FirstName => Field.FirstName,
        Column.MiddleName => Field.MiddleName,
        Column.LastName => Field.LastName,
        Column.BirthDate => Field.BirthDate,
        Column.Nationality => Field.Nationality,
        Column.Country => Field.Country,
        Column.Gender => Field.Gender,
        Column.BirthPlace => Field.BirthPlace,
        Column.Address => Field.Address,
        Column.Passport or Column.IdNumber or Column.ImoNumber => Field.Document,
        Column.Schema => Field.Schema,
        Column.Id => Field.Id,
        _ => Field.None, // what only a list has: why, since when, by whom
    };

    /// <summary>What a FollowTheMoney property means to a query.</summary>
    /// <param name="property">Such as <c>birthDate</c>.</param>
    /// <returns>Its meaning, or <see cref="Field.None"/>.</returns>
    public static Field OfProperty(string property) =>
        Properties.TryGetValue(Fold(property), out var field) ? field : OfColumn(property);

    /// <summary>A header in the form in which headers are compared.</summary>
    /// <param name="header">As written.</param>
    /// <returns>Lower-case letters and digits, without accents.</returns>
    public static string Fold(string header) => ColumnNames.Fold(header);

    private static Dictionary<string, Field> Index((Field Field, string Names)[] spellings)
    {
        var index = new Dictionary<string, Field>(StringComparer.Ordinal);
        foreach (var (field, names) in spellings)
        {
            foreach (var name in names.Split('|'))
                index[Fold(name)] = field;
        }
        return index;
    }
}
