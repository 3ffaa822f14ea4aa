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
    /// <exception cref="RequestException">There is nothing to compare, or no such schema.</exception>
    public static Query Read(string? schema, IReadOnlyDictionary<string, JsonElement> properties, string at, out ImmutableArray<string> warnings)
    {
        ArgumentNullException.ThrowIfNull(properties);
        var values = new FieldValues();
        var texts = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        var said = ImmutableArray.CreateBuilder<string>();
        values.Add(Field.Schema, schema);
        foreach (var (name, value) in properties)
        {
            texts[name] = Texts(value, $"{at}.properties.{name}");
            var field = FieldNames.OfProperty(name);
            if (field is Field.None or Field.Schema or Field.Id)
                said.Add($"property '{name}' plays no part in screening");
            foreach (var text in texts[name])
                values.Add(field, text);
        }
        var row = values.ToRow(1, 1, "LegalEntity");
        warnings = [.. said, .. row.Warnings];
        // Read as a table's row for what is wrong with it; asked as FtM means it, like every other query.
        return row.Query is { } read ? EntityQuery.Of(read.Schema, texts) with { Names = read.Names } : throw RequestException.Bad($"{at}: {row.Fault?[(row.Fault.IndexOf(':', StringComparison.Ordinal) + 2)..]}");
    }

    private static ImmutableArray<string> Texts(JsonElement value, string at) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Number => [value.GetRawText()],
        JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String or JsonValueKind.Number) => [.. value.EnumerateArray().SelectMany(item => Texts(item, at))],
        _ => throw RequestException.Bad($"{at}: expected a text, or an array of texts."),
    };
}
