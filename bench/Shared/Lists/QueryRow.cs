using System.Collections.Immutable;
using Entente.Screening;

namespace Entente.Bench;

/// <summary>A row of a query file, and the queries it makes.</summary>
internal static class QueryRow
{
    /// <summary>Asks by name alone.</summary>
    public static Query ByName(IReadOnlyDictionary<string, string> row) => ByName("Person", row["full_name"]);

    /// <summary>Asks by name alone.</summary>
    public static Query ByName(string schema, string name) => new() { Schema = schema, Names = [name] };

    /// <summary>Asks with all that the row knows, as it is written there.</summary>
    public static Query ByAll(IReadOnlyDictionary<string, string> row) => ByName(row) with
    {
        BirthDates = Value(row, "date_of_birth"),
        Places = Value(row, "place_of_birth"),
        Nationalities = Value(row, "nationality"),
        Genders = Value(row, "gender"),
    };

    private static ImmutableArray<string> Value(IReadOnlyDictionary<string, string> row, string column) =>
        row.TryGetValue(column, out string? value) && value.Length > 0 ? [value] : [];
}
