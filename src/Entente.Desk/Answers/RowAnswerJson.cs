using System.Collections.Immutable;
using System.Text.Json;
using Entente.Desk.Rows;
using Entente.Screening;

namespace Entente.Desk.Answers;

/// <summary>The answer to one row of a file as JSON. The member names are a contract: add, never change.</summary>
public static class RowAnswerJson
{
    /// <summary>Writes one object. Of a row that could not be screened it says so twice: no results alone would read as clear.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="row">The row.</param>
    /// <param name="matches">Best first; empty for a row that could not be screened.</param>
    /// <param name="lists">The versions that it was screened against: <see cref="Entente.Lists.Snapshots.ListVersion.Label"/>.</param>
    public static void Write(Utf8JsonWriter json, ScreeningRow row, ImmutableArray<Match> matches, ImmutableArray<string> lists)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(row);
        json.WriteStartObject();
        json.WriteNumber("row", row.Number);
        json.WriteString("id", row.Id);
        json.WriteString("name", row.Name);
        if (row.Fault is { } fault)
        {
            json.WriteString("status", "error");
            json.WriteString("error", fault);
        }
        MatchJson.WriteResults(json, matches);
        if (!row.Warnings.IsEmpty)
        {
            json.WriteStartArray("warnings");
            foreach (var warning in row.Warnings)
                json.WriteStringValue(warning);
            json.WriteEndArray();
        }
        json.WriteStartArray("lists");
        foreach (var list in lists)
            json.WriteStringValue(list);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
