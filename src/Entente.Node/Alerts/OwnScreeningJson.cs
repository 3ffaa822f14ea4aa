using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Entente.Desk.Answers;
using Entente.Node.Store;

namespace Entente.Node.Alerts;

/// <summary>A screening as the node's own API answers it. The member names are a contract: add, never change.</summary>
internal static class OwnScreeningJson
{
    /// <summary>The whole answer.</summary>
    /// <param name="answers">What was found.</param>
    /// <param name="limit">Most results shown for each query; matches are always shown.</param>
    /// <param name="now">For the age of lists.</param>
    public static JsonNode Of(OwnAnswers answers, int limit, DateTimeOffset now)
    {
        var bytes = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(bytes, MatchJson.OneLine))
        {
            var screening = answers.Screening;
            var raised = answers.Alerts.ToLookup(outcome => outcome.SubjectKey, StringComparer.Ordinal);
            json.WriteStartObject();
            json.WriteString("screening", screening.Id);
            json.WriteString("at", screening.At.UtcDateTime);
            json.WriteStartObject("policy");
            json.WriteNumber("threshold", screening.Policy.Threshold);
            json.WriteNumber("cutoff", screening.Policy.Cutoff);
            json.WriteString("hash", screening.Policy.Hash);
            json.WriteEndObject();
            json.WriteStartObject("lists");
            json.WriteString("id", screening.Lists.Id);
            json.WriteBoolean("sample", screening.Lists.IsSample);
            json.WriteStartArray("versions");
            foreach (var version in answers.Versions)
            {
                json.WriteStartObject();
                VersionJson.WriteMembers(json, version, now);
                json.WriteBoolean("stale", version.IsStale(now));
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteStartObject("answers");
            for (var at = 0; at < answers.Asked.Count; at++)
                WriteAnswer(json, answers, at, raised[answers.Asked[at].SubjectKey], limit);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return JsonNode.Parse(bytes.WrittenSpan)!;
    }

    /// <summary>Writes the member <c>alerts</c>.</summary>
    /// <param name="json">Inside an object.</param>
    /// <param name="outcomes">What became of the alerts on one query.</param>
    public static void WriteAlerts(Utf8JsonWriter json, IEnumerable<AlertOutcome> outcomes)
    {
        json.WriteStartArray("alerts");
        foreach (var outcome in outcomes)
        {
            json.WriteStartObject();
            json.WriteString("id", outcome.Alert.Id);
            json.WriteString("entity", outcome.Alert.EntityId);
            json.WriteString("effect", JsonNamingPolicy.CamelCase.ConvertName(outcome.Effect.ToString()));
            json.WriteString("state", JsonNamingPolicy.CamelCase.ConvertName(outcome.Alert.State.ToString()));
            json.WriteString("verdict", JsonNamingPolicy.CamelCase.ConvertName(outcome.Alert.Verdict.ToString()));
            json.WritePropertyName("because");
            JsonSerializer.Serialize(json, outcome.Because, NodeJson.Options);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteAnswer(Utf8JsonWriter json, OwnAnswers answers, int at, IEnumerable<AlertOutcome> outcomes, int limit)
    {
        var asked = answers.Asked[at];
        json.WriteStartObject(asked.Key);
        // Nothing to compare is not the same as clear.
        json.WriteString("status", answers.Screening.Answers[at].IsComparable ? "screened" : "notComparable");
        json.WriteString("subject", asked.SubjectKey);
        MatchJson.WriteResults(json, [.. answers.MatchesOf(at).Where((match, place) => place < limit || match.IsMatch)], match =>
        {
            if (answers.RecordOf(match) is not { } record)
                return;
            // Whoever sees what a record says sees whose it is and how it may be handled.
            json.WritePropertyName("record");
            JsonSerializer.Serialize(json, record, NodeJson.Options);
        });
        WriteAlerts(json, outcomes);
        json.WriteStartArray("warnings");
        foreach (var warning in asked.Warnings)
            json.WriteStringValue(warning);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
