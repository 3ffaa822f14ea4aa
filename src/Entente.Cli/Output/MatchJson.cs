using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Entente.Screening;

namespace Entente.Cli.Output;

/// <summary>Matches and evidence as JSON. The member names are a contract: add, never change.</summary>
internal static class MatchJson
{
    /// <summary>For people's eyes: names stay readable in their own script.</summary>
    public static JsonWriterOptions Indented { get; } = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line.</summary>
    public static JsonWriterOptions OneLine { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the member <c>results</c>.</summary>
    /// <param name="json">Inside an object.</param>
    /// <param name="matches">Best first.</param>
    public static void WriteResults(Utf8JsonWriter json, ImmutableArray<Match> matches)
    {
        json.WriteStartArray("results");
        foreach (var match in matches)
            WriteMatch(json, match);
        json.WriteEndArray();
    }

    /// <summary>Writes the member <c>evidence</c>.</summary>
    /// <param name="json">Inside an object.</param>
    /// <param name="evidence">In the engine's order.</param>
    public static void WriteEvidence(Utf8JsonWriter json, ImmutableArray<Evidence> evidence)
    {
        json.WriteStartArray("evidence");
        foreach (var item in evidence)
        {
            json.WriteStartObject();
            json.WriteString("feature", item.Feature);
            json.WriteString("query", item.QueryValue);
            json.WriteString("listed", item.ListedValue);
            json.WriteNumber("weight", Math.Round(item.Weight, 4));
            json.WriteString("explanation", item.Explanation);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteMatch(Utf8JsonWriter json, Match match)
    {
        json.WriteStartObject();
        json.WriteString("id", match.Entity.Id);
        json.WriteString("caption", match.Entity.Caption);
        json.WriteString("schema", match.Entity.Schema);
        json.WriteStartArray("datasets");
        foreach (var dataset in match.Entity.Datasets)
            json.WriteStringValue(dataset);
        json.WriteEndArray();
        json.WriteNumber("score", Math.Round(match.Score, 6));
        json.WriteBoolean("match", match.IsMatch);
        json.WriteNumber("weight", Math.Round(match.Weight, 4));
        json.WriteString("name", match.MatchedName);
        WriteEvidence(json, match.Evidence);
        json.WriteEndObject();
    }
}
