using System.Collections.Immutable;
using Entente.Records;
using Entente.Screening;

namespace Entente.Desk.Rows;

/// <summary>The values of one row by their meaning, and the query they make.</summary>
public sealed class FieldValues
{
    /// <summary>
    /// The longest name that is compared, in UTF-16 units. The longest on any official list is a few hundred; what is
    /// longer is a document in the wrong column, and comparing it would only cost time.
    /// </summary>
    public const int MaxNameLength = 2000;

    private readonly List<(Field Field, string Value)> _values = [];
    private readonly HashSet<Field> _columns = [];

    /// <summary>Adds a value. A blank one says only that the row has such a column.</summary>
    /// <param name="field">Its meaning.</param>
    /// <param name="value">As written.</param>
    public void Add(Field field, string? value)
    {
        _columns.Add(field);
        if (field != Field.None && !string.IsNullOrWhiteSpace(value))
            _values.Add((field, value.Trim()));
    }

    /// <summary>Makes the row.</summary>
    /// <param name="number">Its place among the rows, from 1.</param>
    /// <param name="line">Its line in the file, from 1.</param>
    /// <param name="defaultSchema">The schema when the row names none.</param>
    /// <returns>The row; bad when it has no name that can be compared, or an unknown schema.</returns>
    public ScreeningRow ToRow(long number, long line, string defaultSchema)
    {
        var id = First(Field.Id);
        var names = Names();
        var name = names.IsEmpty ? null : names[0];
        if (SchemaNames.Find(First(Field.Schema), defaultSchema) is not { } schema)
            return ScreeningRow.Bad(number, line, $"unknown schema '{First(Field.Schema)}'; usual ones are {SchemaNames.Usual}", id, name);
        if (name is null)
            return ScreeningRow.Bad(number, line, "nothing to compare: the row has no name", id);
        if (names.Any(n => n.Length > MaxNameLength))
            return ScreeningRow.Bad(number, line, $"the name is longer than {MaxNameLength} characters", id, name[..Math.Min(name.Length, 100)]);

        var warnings = ImmutableArray.CreateBuilder<string>();
        var query = new Query
        {
            Schema = schema,
            Names = names,
            BirthDates = Understood(All(Field.BirthDate), "birth date", text => PartialDate.TryParse(text, out _), warnings),
            Nationalities = CountriesOf(NationalityField(schema), "nationality", warnings),
            Countries = CountriesOf(CountryField(schema), "country", warnings),
            Genders = All(Field.Gender),
            Places = [.. All(Field.BirthPlace), .. All(Field.Address)],
            Documents = All(Field.Document),
        };
        return query.HasComparableName
            ? new ScreeningRow(number, id, name, query, null, warnings.ToImmutable())
            : ScreeningRow.Bad(number, line, "nothing to compare: the name has no word of two letters or more", id, name);
    }

    /// <summary>A person's 'country' column is the nationality, unless another column says that; a company's is its country.</summary>
    private Field NationalityField(string schema) => !Has(Field.Nationality) && schema == "Person" ? Field.Country : Field.Nationality;

    private Field CountryField(string schema) => NationalityField(schema) == Field.Country ? Field.None : Field.Country;

    /// <summary>Whole names; else one joined from its parts.</summary>
    private ImmutableArray<string> Names()
    {
        // 'name' beside 'surname' and without 'first name' is the given name: a usual header of English, Russian and
        // Arabic tables. Unless it holds the surname already.
        var surname = First(Field.LastName);
        var nameIsGiven = _columns.Contains(Field.LastName) && !_columns.Contains(Field.FirstName)
            && !(surname is not null && All(Field.Name).Any(name => name.Contains(surname, StringComparison.OrdinalIgnoreCase)));
        var whole = nameIsGiven ? All(Field.FullName) : All(Field.Name).AddRange(All(Field.FullName));
        if (!whole.IsEmpty)
            return [.. whole.Distinct(StringComparer.Ordinal)];
        var given = nameIsGiven ? Field.Name : Field.FirstName;
        var joined = string.Join(' ', (IEnumerable<string>)[.. All(given), .. All(Field.MiddleName), .. All(Field.LastName)]);
        return joined.Length == 0 ? [] : [joined];
    }

    /// <summary>
    /// The values that read as what they should be. A value that does not ('unknown', '00/00/0000') is no reason to
    /// leave a person unscreened, but none to keep silent either.
    /// </summary>
    private static ImmutableArray<string> Understood(ImmutableArray<string> values, string what, Func<string, bool> reads, ImmutableArray<string>.Builder warnings)
    {
        foreach (var value in values.Where(value => !reads(value)))
            warnings.Add($"{what} '{value}' was not understood and played no part");
        return values.RemoveAll(value => !reads(value));
    }

    /// <summary>The countries of a cell, which may list several: <c>Iraq; Syria</c>.</summary>
    private ImmutableArray<string> CountriesOf(Field field, string what, ImmutableArray<string>.Builder warnings)
    {
        var values = All(field).SelectMany(value => value.Split([';', '|', '/'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        return Understood([.. values], what, text => Countries.TryNormalise(text, out _), warnings);
    }

    private bool Has(Field field) => _columns.Contains(field);

    private string? First(Field field) => _values.Find(v => v.Field == field).Value;

    private ImmutableArray<string> All(Field field) => field == Field.None ? [] : [.. _values.Where(v => v.Field == field).Select(v => v.Value)];
}
