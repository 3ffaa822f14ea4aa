using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Entente.Node.Access;
using Entente.Node.Alerts;
using Entente.Node.Hosting;
using Entente.Node.Lists;
using Entente.Node.Screening;
using Entente.Node.Settings;
using Entente.Screening;
using Microsoft.AspNetCore.Http;

namespace Entente.Node.Yente;

/// <summary><c>POST /match/{dataset}</c>: looks for examples, each answered with the listed entities that resemble it.</summary>
internal static class MatchEndpoint
{
    /// <summary>Most results for an example.</summary>
    public const int MostResults = 500;

    /// <summary>The parameters.</summary>
    public static readonly string[] Parameters = ["limit", "threshold", "cutoff", "algorithm", "fuzzy", "raise_alerts", .. Filters.Parameters];

    public static async Task AnswerAsync(HttpContext http, string dataset, ListsInUse inUse, ScreeningService screening, OwnScreening alerts, SettingsService settings, NodeOptions options, TimeProvider clock)
    {
        var query = new QueryText(http.Request, Parameters);
        Algorithms.Check(query.Text("algorithm"));
        _ = query.Flag("fuzzy");
        var lists = inUse.Require();
        var scope = DatasetScope.Of(lists, dataset);
        var filter = Filters.Of(query, lists).Within(scope);
        using var body = await JsonBody.ReadAsync(http.Request, http.RequestAborted).ConfigureAwait(false);
        var request = MatchRequest.Read(body.RootElement, lists, Policy(query, settings.Policy()), filter, options.MaxQueries);
        var raise = query.Flag("raise_alerts") == true;
        // A match beyond those that are shown is an alert all the same.
        ImmutableArray<KeyedQuery> asked = [.. request.Examples.Select(example => example.Query with { Filter = example.Query.Filter?.Within(scope), Policy = example.Query.Policy is { } own ? Looked(own, raise) : null })];
        var named = raise ? await alerts.NameAsync([.. asked.Zip(request.Examples, (one, example) => (one, example.Id))], http.RequestAborted).ConfigureAwait(false) : [];
        var result = await screening.ScreenAsync(http.User.ToActor(), asked, Looked(request.Policy, raise), filter, http.RequestAborted).ConfigureAwait(false);
        var outcomes = raise ? (await alerts.RaiseAsync(http.User.ToActor(), result, named, http.RequestAborted).ConfigureAwait(false)).ToLookup(outcome => outcome.SubjectKey) : null;

        http.Response.Headers["x-batch-size"] = request.Examples.Length.ToString(CultureInfo.InvariantCulture);
        UsedLists.AddHeaders(http.Response, result.Lists, clock.GetUtcNow());
        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter, JsonAnswer.Options);
        json.WriteStartObject();
        json.WriteStartObject("responses");
        for (var at = 0; at < result.Answers.Length; at++)
        {
            WriteAnswer(json, result.Answers[at], request.Examples[at], request.Examples[at].Query.Policy?.Limit ?? request.Policy.Limit, outcomes?[named[at].SubjectKey]);
            if (json.BytesPending > 1 << 16)
                await json.FlushAsync(http.RequestAborted).ConfigureAwait(false);
        }
        json.WriteEndObject();
        Algorithms.WriteFeatures(json, "matcher", request.Policy.Weights);
        json.WriteNumber("limit", request.Policy.Limit);
        json.WriteString("algorithm", Algorithms.Name);
        json.WriteString("screening", result.Id);
        UsedLists.Write(json, result.Lists, clock.GetUtcNow());
        json.WriteEndObject();
        await json.FlushAsync(http.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>The policy that the address asks for. A threshold below the cutoff takes the cutoff with it.</summary>
    /// <param name="query">The address.</param>
    /// <param name="usual">What holds where it says nothing.</param>
    public static MatchPolicy Policy(QueryText query, MatchPolicy usual)
    {
        var threshold = query.Score("threshold") ?? usual.Threshold;
        return usual with
        {
            Threshold = threshold,
            Cutoff = Math.Min(query.Score("cutoff") ?? usual.Cutoff, threshold),
            Limit = query.Number("limit", usual.Limit, 1, MostResults),
        };
    }

    private static MatchPolicy Looked(MatchPolicy policy, bool raise) => raise && policy.Limit < OwnScreening.LeastLookedAt ? policy with { Limit = OwnScreening.LeastLookedAt } : policy;

    private static void WriteAnswer(Utf8JsonWriter json, QueryAnswer answer, MatchExample example, int limit, IEnumerable<AlertOutcome>? alerts)
    {
        json.WriteStartObject(answer.Asked.Key);
        // What cannot be compared was not screened, and must not look as if it were clear.
        json.WriteNumber("status", answer.IsComparable ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
        if (!answer.IsComparable)
            json.WriteString("detail", NothingToCompare);
        json.WriteStartArray("results");
        foreach (var match in answer.Matches.Take(limit))
        {
            json.WriteStartObject();
            EntityShape.Of(match).WriteMembers(json);
            WriteScore(json, match);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        EntityEndpoints.WriteTotal(json, answer.Matches.Count(match => match.IsMatch));
        example.Write(json);
        json.WriteTexts("ignored", example.Ignored);
        if (alerts is not null)
            OwnScreeningJson.WriteAlerts(json, alerts);
        json.WriteEndObject();
    }

    /// <summary>Says that nothing was screened.</summary>
    public const string NothingToCompare = "Nothing to compare: no name has a word of two letters or more. This is not the same as clear.";

    /// <summary>Writes what a match adds to its entity.</summary>
    public static void WriteScore(Utf8JsonWriter json, Match match)
    {
        json.WriteNumber("score", Math.Round(match.Score, 6));
        json.WriteBoolean("match", match.IsMatch);
        var features = match.Evidence.GroupBy(item => Algorithms.FeatureOf(item.Feature)).ToList();
        json.WriteStartObject("features");
        foreach (var feature in features)
            json.WriteNumber(feature.Key, Math.Round(feature.Sum(item => item.Weight), 4));
        json.WriteEndObject();
        json.WriteStartObject("explanations");
        foreach (var feature in features)
        {
            json.WriteStartObject(feature.Key);
            json.WriteNumber("score", Math.Round(feature.Sum(item => item.Weight), 4));
            json.WriteString("detail", string.Join("; ", feature.Select(item => item.Explanation)));
            json.WriteString("query", Joined(feature.Select(item => item.QueryValue)));
            json.WriteString("candidate", Joined(feature.Select(item => item.ListedValue)));
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteNumber("weight", Math.Round(match.Weight, 4));
        json.WriteString("name", match.MatchedName);
        Desk.Answers.MatchJson.WriteEvidence(json, match.Evidence);
    }

    private static string? Joined(IEnumerable<string?> values) => string.Join(' ', values.OfType<string>()) is { Length: > 0 } joined ? joined : null;
}
