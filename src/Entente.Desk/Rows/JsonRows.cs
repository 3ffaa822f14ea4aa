using System.Text.Json;

namespace Entente.Desk.Rows;

/// <summary>
/// Reads JSON lines: one object a line, either flat with the field names of a table, or a FollowTheMoney entity with
/// <c>properties</c>.
/// </summary>
internal static class JsonRows
{
    /// <summary>Reads rows as a stream.</summary>
    /// <param name="lines">The file.</param>
    /// <param name="defaultSchema">The schema of a row that names none.</param>
    /// <returns>Rows in file order; bad ones in their place. Blank lines are no rows.</returns>
    public static IEnumerable<UnreadRow> Read(TextLines lines, string defaultSchema)
    {
        var last = 0L;
        while (lines.TryRead(out var line))
        {
            if (line.Fault is null && string.IsNullOrWhiteSpace(line.Text))
                continue;
            var number = ++last;
            yield return new UnreadRow(number, line.Text.Length, () => line.Fault is { } fault
                ? ScreeningRow.Bad(number, line.Number, fault)
                : Parse(number, line, defaultSchema));
        }
    }

    private static ScreeningRow Parse(long number, TextLine line, string defaultSchema)
    {
        try
        {
            using var document = JsonDocument.Parse(line.Text);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return ScreeningRow.Bad(number, line.Number, $"a JSON object was expected, not {Kind(document.RootElement)}");
            return Values(document.RootElement).ToRow(number, line.Number, defaultSchema);
        }
        catch (JsonException e)
        {
            return ScreeningRow.Bad(number, line.Number, $"not valid JSON at byte {e.BytePositionInLine + 1 ?? 1} of the line");
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate written as an escape (\ud800) is JSON, but no text.
            return ScreeningRow.Bad(number, line.Number, "a text holds half a surrogate pair");
        }
    }

    private static FieldValues Values(JsonElement row)
    {
        var values = new FieldValues();
        if (row.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in properties.EnumerateObject())
                Add(values, FieldNames.OfProperty(member.Name), member.Value);
            foreach (var member in row.EnumerateObject())
            {
                if (member.Name is "id" or "schema")
                    Add(values, FieldNames.OfProperty(member.Name), member.Value);
            }
            return values;
        }
        foreach (var member in row.EnumerateObject())
            Add(values, FieldNames.OfColumn(member.Name), member.Value);
        return values;
    }

    private static void Add(FieldValues values, Field field, JsonElement value)
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
                foreach (var item in value.EnumerateArray().Where(item => item.ValueKind is JsonValueKind.String or JsonValueKind.Number))
                    Add(values, field, item);
                break;
            default:
                values.Add(field, null);
                break;
        }
    }

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "an array (write one object on each line)",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        _ => "another value",
    };
}
