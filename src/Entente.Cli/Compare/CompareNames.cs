using System.Text.Json;
using Entente.Cli.Output;
using Entente.Desk.Answers;
using Entente.Desk.Rows;
using Entente.Screening;

namespace Entente.Cli.Compare;

/// <summary>Compares two names from the command line.</summary>
internal static class CompareNames
{
    /// <summary>Compares and writes the answer.</summary>
    /// <param name="schema">What the names belong to.</param>
    /// <param name="name1">One name.</param>
    /// <param name="name2">The other.</param>
    /// <param name="json">JSON instead of a table.</param>
    /// <param name="surroundings">Where to write.</param>
    /// <returns><see cref="ExitCodes.Done"/>.</returns>
    /// <exception cref="FailureException">One of them holds nothing to compare.</exception>
    public static int Run(string schema, string name1, string name2, bool json, Surroundings surroundings)
    {
        foreach (var name in (string[])[name1, name2])
        {
            if (name.Length > FieldValues.MaxNameLength)
                throw new FailureException($"nothing to compare: a name longer than {FieldValues.MaxNameLength} characters is no name.");
            if (!new Query { Schema = schema, Names = [name] }.HasComparableName)
                throw new FailureException($"nothing to compare: '{name}' has no word of two letters or more.");
        }
        var result = PairComparison.Compare(schema, name1, name2);
        if (!double.IsFinite(result.Weight))
            throw new FailureException("nothing to compare: the names have no part that could be set against another.");
        if (json)
            WriteJson(schema, name1, name2, result, surroundings);
        else
            WriteTable(name1, name2, result, surroundings);
        return ExitCodes.Done;
    }

    private static void WriteTable(string name1, string name2, ComparisonResult result, Surroundings surroundings)
    {
        var page = new Page(surroundings);
        var match = result.Score >= MatchPolicy.Default.Threshold;
        page.Line(Shown.Text(name1), "bold");
        page.Line(Shown.Text(name2), "bold");
        page.Line();
        page.Line(("  score  ", ""), (ScoreText.Cut(result.Score), "bold"), ("   ", ""), (match ? "MATCH" : "no match", match ? "bold red" : "green"));
        page.Evidence(result.Evidence, result.Weight);
        page.Flush();
    }

    private static void WriteJson(string schema, string name1, string name2, ComparisonResult result, Surroundings surroundings)
    {
        surroundings.Out.Flush();
        using (var json = new Utf8JsonWriter(surroundings.OutBytes, MatchJson.Indented))
        {
            json.WriteStartObject();
            json.WriteString("schema", schema);
            json.WriteString("name1", name1);
            json.WriteString("name2", name2);
            json.WriteNumber("score", Math.Round(result.Score, 6));
            json.WriteBoolean("match", result.Score >= MatchPolicy.Default.Threshold);
            json.WriteNumber("weight", Math.Round(result.Weight, 4));
            MatchJson.WriteEvidence(json, result.Evidence);
            json.WriteEndObject();
        }
        surroundings.OutBytes.Write("\n"u8);
        surroundings.OutBytes.Flush();
    }
}
