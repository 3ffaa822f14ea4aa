using System.Collections.Immutable;
using System.Text.Json;
using Entente.Desk;
using Entente.Desk.Answers;
using Entente.Desk.Lists;
using Entente.Screening;

namespace Entente.Cli.Screen;

/// <summary>
/// The answers to names as one JSON document. It says all that is needed to get the same answer again: engine version,
/// policy, and the lists by their hash.
/// </summary>
internal static class AnswersJson
{
    /// <summary>Writes the document to standard output.</summary>
    /// <param name="surroundings">Where to write.</param>
    /// <param name="lists">The lists that were screened against.</param>
    /// <param name="policy">How it was judged.</param>
    /// <param name="answers">In the order of the names.</param>
    public static void Write(Surroundings surroundings, LoadedLists lists, MatchPolicy policy, ImmutableArray<Answer> answers)
    {
        surroundings.Out.Flush();
        using (var json = new Utf8JsonWriter(surroundings.OutBytes, MatchJson.Indented))
        {
            json.WriteStartObject();
            json.WriteStartObject("engine");
            json.WriteString("name", "entente");
            json.WriteString("version", EngineVersion.Text);
            json.WriteEndObject();
            WritePolicy(json, policy);
            WriteLists(json, lists, surroundings.Time.GetUtcNow());
            WriteJudgements(json, lists.Judgements);
            json.WriteStartArray("queries");
            foreach (var answer in answers)
                WriteAnswer(json, answer);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        surroundings.OutBytes.Write("\n"u8);
        surroundings.OutBytes.Flush();
    }

    private static void WritePolicy(Utf8JsonWriter json, MatchPolicy policy)
    {
        json.WriteStartObject("policy");
        json.WriteString("hash", policy.Hash);
        json.WriteNumber("threshold", policy.Threshold);
        json.WriteNumber("cutoff", policy.Cutoff);
        json.WriteNumber("limit", policy.Limit);
        json.WriteEndObject();
    }

    private static void WriteLists(Utf8JsonWriter json, LoadedLists lists, DateTimeOffset now)
    {
        json.WriteStartArray("lists");
        foreach (var version in lists.Versions)
        {
            json.WriteStartObject();
            VersionJson.WriteMembers(json, version, now);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteJudgements(Utf8JsonWriter json, LoadedJudgements? judgements)
    {
        if (judgements is null)
            return;
        json.WriteStartObject("judgements");
        json.WriteString("sha256", judgements.Sha256);
        json.WriteNumber("count", judgements.Count);
        json.WriteEndObject();
    }

    private static void WriteAnswer(Utf8JsonWriter json, Answer answer)
    {
        json.WriteStartObject();
        json.WriteString("name", answer.Query.Names[0]);
        json.WriteString("schema", answer.Query.Schema);
        json.WriteStartObject("properties");
        WriteValues(json, "birthDate", answer.Query.BirthDates);
        WriteValues(json, "nationality", answer.Query.Nationalities);
        WriteValues(json, "gender", answer.Query.Genders);
        WriteValues(json, "place", answer.Query.Places);
        WriteValues(json, "document", answer.Query.Documents);
        WriteValues(json, "country", answer.Query.Countries);
        json.WriteEndObject();
        if (answer.Fault is { } fault)
        {
            json.WriteString("status", "error");
            json.WriteString("error", fault);
        }
        MatchJson.WriteResults(json, answer.Matches);
        json.WriteEndObject();
    }

    private static void WriteValues(Utf8JsonWriter json, string name, ImmutableArray<string> values)
    {
        if (values.IsDefaultOrEmpty)
            return;
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
