namespace Entente.Desk.Rows;

/// <summary>What the columns of a table mean.</summary>
internal sealed class HeaderMap
{
    private readonly Field[] _fields;

    private HeaderMap(IReadOnlyList<string> columns, Field[] fields)
    {
        _fields = fields;
        Ignored = [.. columns.Where((name, i) => fields[i] == Field.None && !string.IsNullOrWhiteSpace(name))];
    }

    /// <summary>Number of columns.</summary>
    public int Count => _fields.Length;

    /// <summary>Columns that no query uses, as the file names them.</summary>
    public IReadOnlyList<string> Ignored { get; }

    /// <summary>Recognises the columns.</summary>
    /// <param name="columns">The header row.</param>
    /// <param name="path">The file's name, for the message.</param>
    /// <returns>The map.</returns>
    /// <exception cref="DeskException">No column holds a name.</exception>
    public static HeaderMap Of(IReadOnlyList<string> columns, string path)
    {
        var fields = columns.Select(FieldNames.OfColumn).ToArray();
        if (!fields.Any(field => field is Field.FullName or Field.Name or Field.LastName))
        {
            var found = string.Join(", ", columns.Take(20).Select(Shorten));
            throw new DeskException($"{path}, line 1: no column holds a name. Found: {found}. Expected: {FieldNames.Expected}.");
        }
        return new HeaderMap(columns, fields);
    }

    /// <summary>The values of a record by meaning.</summary>
    /// <param name="record">A record with at least as many fields as there are columns.</param>
    /// <returns>The values. A whole name is worth more than its parts, and one of several columns for it is enough.</returns>
    public FieldValues Values(IReadOnlyList<string> record)
    {
        var values = new FieldValues();
        var hasName = false;
        for (var i = 0; i < _fields.Length; i++)
        {
            var isName = _fields[i] is Field.FullName or Field.Name;
            if (isName && hasName)
                continue;
            values.Add(_fields[i], record[i]);
            hasName |= isName && !string.IsNullOrWhiteSpace(record[i]);
        }
        return values;
    }

    private static string Shorten(string name) => name.Length <= 40 ? $"'{name}'" : $"'{name[..40]}...'";
}
