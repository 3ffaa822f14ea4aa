using System.Collections.Immutable;
using System.Text.Json;
using Entente.Desk.Rows;
using Entente.Node.Hosting;
using Entente.Screening;

namespace Entente.Node.Alerts;

/// <summary>Reads what the API says of somebody: FtM schema and properties.</summary>
internal static class QueryReader
{
    /// <summary>Makes a query.</summary>
    /// <param name="schema">The schema; null for <c>LegalEntity</c>: a person or an organisation.</param>
    /// <param name="properties">FtM properties: texts or arrays of texts.</param>
    /// <param name="at">Where in the request it stands, for messages.</param>
    /// <param name="warnings">What was not understood and plays no part.</param>
    /// <exception cref="ApiProblemException">There is nothing to compare, or no such schema.</exception>
    public static Query Read(string? schema, IReadOnlyDictionary<string, JsonElement> properties, string at, out ImmutableArray<string> warnings)
    {
        ArgumentNullException.ThrowIfNull(properties);
        var values = new FieldValues();
        var said = ImmutableArray.CreateBuilder<string>();
        values.Add(Field.Schema, schema);
        foreach (var (name, value) in properties)
        {
            var field = FieldNames.OfProperty(name);
            if (field is Field.None or Field.Schema or Field.Id)
                said.Add($"property '{name}' plays no part in screening");
            else
                Add(values, field, value, $"{at}.properties.{name}");
        }
        var row = values.ToRow(1, 1, "LegalEntity");
        warnings = [.. said, .. row.Warnings];
        return row.Query ?? throw ApiProblemException.Bad($"{at}: {row.Fault?[(row.Fault.IndexOf(':', StringComparison.Ordinal) + 2)..]}");
    }

    private static void Add(FieldValues values, Field field, JsonElement value, string at)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                values.Add(field, value.GetString());
                break;
            case JsonValueKind.Number:
                values.Add(field, value.GetRawText());
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    if (item.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
                        throw ApiProblemException.Bad($"{at}: expected texts.");
                    Add(values, field, item, at);
                }
                break;
            default:
                throw ApiProblemException.Bad($"{at}: expected a text, or an array of texts.");
        }
    }
}
