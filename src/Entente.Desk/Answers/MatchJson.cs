using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Entente.Screening;
using Entente.Screening.Listings;

namespace Entente.Desk.Answers;

/// <summary>Matches and evidence as JSON. The member names are a contract: add, never change.</summary>
public static class MatchJson
{
    /// <summary>For people's eyes: names stay readable in their own script.</summary>
    public static JsonWriterOptions Indented { get; } = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line.</summary>
    public static JsonWriterOptions OneLine { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the member <c>results</c>.</summary>
    /// <param name="json">Inside an object.</param>
    /// <param name="matches">Best first.</param>
    /// <param name="writeMore">Writes further members of a match; null for none.</param>
    public static void WriteResults(Utf8JsonWriter json, ImmutableArray<Match> matches, Action<Match>? writeMore = null)
    {
        json.WriteStartArray("results");
        foreach (var match in matches)
            WriteMatch(json, match, writeMore);
        json.WriteEndArray();
    }

    /// <summary>Writes the member <c>evidence</c>.</summary>
    /// <param name="json">Inside an object.</param>
    /// <param name="evidence">In the engine's order.</param>
    public static void WriteEvidence(Utf8JsonWriter json, ImmutableArray<Evidence> evidence) => WriteEvidence(json, evidence, "query", "listed");

    /// <summary>As for a match; between two listings the sides are called left and right.</summary>
    private static void WriteEvidence(Utf8JsonWriter json, ImmutableArray<Evidence> evidence, string query, string listed)
    {
        json.WriteStartArray("evidence");
        foreach (var item in evidence)
        {
            json.WriteStartObject();
            json.WriteString("feature", item.Feature);
            json.WriteString(query, item.QueryValue);
            json.WriteString(listed, item.ListedValue);
            json.WriteNumber("weight", Math.Round(item.Weight, 4));
            json.WriteString("explanation", item.Explanation);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Writes one match as an object.</summary>
    /// <param name="json">Where a value may stand.</param>
    /// <param name="match">The match.</param>
    /// <param name="writeMore">Writes further members of it; null for none.</param>
    public static void WriteMatch(Utf8JsonWriter json, Match match, Action<Match>? writeMore = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(match);
        json.WriteStartObject();
        json.WriteString("id", match.Entity.Id);
        json.WriteString("caption", match.Entity.Caption);
        json.WriteString("schema", match.Entity.Schema);
        json.WriteStartArray("datasets");
        foreach (var dataset in match.Listings.SelectMany(listing => listing.Entity.Datasets).Distinct(StringComparer.Ordinal))
            json.WriteStringValue(dataset);
        json.WriteEndArray();
        json.WriteNumber("score", Math.Round(match.Score, 6));
        json.WriteBoolean("match", match.IsMatch);
        json.WriteNumber("weight", Math.Round(match.Weight, 4));
        json.WriteString("name", match.MatchedName);
        WriteEvidence(json, match.Evidence);
        if (match.Group is { } group)
            WriteGroup(json, match, group);
        writeMore?.Invoke(match);
        json.WriteEndObject();
    }

    /// <summary>An entity on several lists: the members that only such a result has.</summary>
    private static void WriteGroup(Utf8JsonWriter json, Match match, EntityGroup group)
    {
        json.WriteString("canonical_id", group.CanonicalId);
        WriteTexts(json, "referents", [.. match.Listings.Select(listing => listing.Entity.Id)]);
        json.WriteStartArray("listings");
        foreach (var listing in match.Listings)
        {
            json.WriteStartObject();
            json.WriteString("id", listing.Entity.Id);
            json.WriteString("dataset", string.Join(", ", listing.Entity.Datasets));
            json.WriteString("caption", listing.Entity.Caption);
            if (listing.Score is { } score)
            {
                json.WriteNumber("score", Math.Round(score, 6));
                json.WriteString("name", listing.MatchedName);
            }
            if (!listing.Programs.IsEmpty)
                WriteTexts(json, "programs", listing.Programs);
            if (!listing.Authorities.IsEmpty)
                WriteTexts(json, "authorities", listing.Authorities);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("resolution");
        foreach (var link in group.Links)
        {
            json.WriteStartObject();
            json.WriteString("left", link.Left);
            json.WriteString("right", link.Right);
            json.WriteString("basis", JsonNamingPolicy.SnakeCaseLower.ConvertName(link.Basis.ToString()));
            json.WriteNumber("weight", Math.Round(link.Weight, 4));
            WriteEvidence(json, link.Evidence, "left", "right");
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, ImmutableArray<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
