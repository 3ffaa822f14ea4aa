using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Entente.Desk;
using Entente.Desk.Lists;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Lists;
using Entente.Node.Store;
using Entente.Node.Telemetry;
using Entente.Screening;

namespace Entente.Node.Screening;

/// <summary>Screens for people and programs, and records what was asked and answered before the answer leaves.</summary>
/// <param name="lists">What is screened against.</param>
/// <param name="ledger">Where it is recorded.</param>
/// <param name="clock">The clock.</param>
/// <param name="meters">Counts.</param>
internal sealed class ScreeningService(ListsInUse lists, Ledger ledger, TimeProvider clock, NodeMeters meters)
{
    // Fewer queries than this are done before another thread has begun.
    private const int WorthSharing = 8;

    /// <summary>Screens queries against the lists in use at this moment.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="queries">What is asked; each with the caller's key for it.</param>
    /// <param name="policy">What counts as a match.</param>
    /// <param name="filter">Which entities may match.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The answers in the order of the queries, once they are recorded.</returns>
    /// <exception cref="ListsNotReadyException">The lists are not loaded yet.</exception>
    public async Task<ScreeningResult> ScreenAsync(Actor actor, ImmutableArray<KeyedQuery> queries, MatchPolicy policy, EntityFilter filter, CancellationToken cancel)
    {
        var loaded = lists.Require();
        var at = clock.GetUtcNow();
        var begun = clock.GetTimestamp();
        var answers = Answer(loaded, queries, policy, filter, cancel);
        meters.Screened(answers.Length, answers.Count(answer => answer.Matches is [{ IsMatch: true }, ..]), clock.GetElapsedTime(begun));
        var result = new ScreeningResult(NodeId.New(at), at, loaded, policy, filter, answers);
        await ledger.RecordAsync(actor, AuditAction.ScreeningMade, $"screening:{result.Id}", ScreeningPayload.Write(result), cancel).ConfigureAwait(false);
        return result;
    }

    /// <summary>Screens without a record: for what is recorded otherwise, such as a replay.</summary>
    /// <param name="loaded">What to screen against.</param>
    /// <param name="queries">What is asked.</param>
    /// <param name="policy">What counts as a match.</param>
    /// <param name="filter">Which entities may match.</param>
    /// <param name="cancel">Gives up.</param>
    public static ImmutableArray<QueryAnswer> Answer(LoadedLists loaded, ImmutableArray<KeyedQuery> queries, MatchPolicy policy, EntityFilter filter, CancellationToken cancel)
    {
        var screener = new Screener(loaded.Index, policy);
        var answers = new QueryAnswer[queries.Length];
        if (queries.Length < WorthSharing)
        {
            for (var at = 0; at < answers.Length; at++)
                Ask(at);
        }
        else
        {
            Parallel.For(0, answers.Length, new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount }, Ask);
        }
        return [.. answers];

        void Ask(int at)
        {
            cancel.ThrowIfCancellationRequested();
            var asked = queries[at];
            var own = asked.Policy is null ? screener : new Screener(loaded.Index, asked.Policy);
            answers[at] = asked.Query.HasComparableName
                ? new QueryAnswer(asked, true, own.Screen(asked.Query, asked.Filter ?? filter))
                : new QueryAnswer(asked, false, []);
        }
    }
}

/// <summary>A query with the caller's key for it.</summary>
/// <param name="Key">Any text; unique among the queries of one screening.</param>
/// <param name="Query">What is asked.</param>
internal sealed record KeyedQuery(string Key, Query Query)
{
    /// <summary>What counts as a match for this query; null for what counts in the whole screening.</summary>
    public MatchPolicy? Policy { get; init; }

    /// <summary>Which entities may match this query; null for what holds in the whole screening.</summary>
    public EntityFilter? Filter { get; init; }
}

/// <summary>The answer to one query.</summary>
/// <param name="Asked">What was asked.</param>
/// <param name="IsComparable">False where no name holds anything to compare: then nothing was screened, which is not the same as clear.</param>
/// <param name="Matches">Best first.</param>
internal sealed record QueryAnswer(KeyedQuery Asked, bool IsComparable, ImmutableArray<Match> Matches);

/// <summary>One screening: what the audit trail holds as <c>screening:ID</c>.</summary>
/// <param name="Id">Its id.</param>
/// <param name="At">When.</param>
/// <param name="Lists">What was screened against.</param>
/// <param name="Policy">What counted as a match.</param>
/// <param name="Filter">Which entities could match.</param>
/// <param name="Answers">In the order of the queries.</param>
internal sealed record ScreeningResult(string Id, DateTimeOffset At, LoadedLists Lists, MatchPolicy Policy, EntityFilter Filter, ImmutableArray<QueryAnswer> Answers);

/// <summary>A screening as the audit trail holds it: enough to make it again, and to see whether the same comes out.</summary>
internal static class ScreeningPayload
{
    /// <summary>The payload of an audit entry.</summary>
    public static string Write(ScreeningResult result)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = NodeJson.Options.Encoder }))
        {
            json.WriteStartObject();
            json.WriteStartObject("engine");
            json.WriteString("version", EngineVersion.Text);
            json.WriteString("build", EngineVersion.Build);
            json.WriteEndObject();
            json.WriteString("lists", result.Lists.Id);
            WriteRules(json, result.Policy, result.Filter.IsEmpty ? null : result.Filter);
            json.WriteStartArray("queries");
            foreach (var answer in result.Answers)
                WriteAnswer(json, answer);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void WriteRules(Utf8JsonWriter json, MatchPolicy? policy, EntityFilter? filter)
    {
        if (policy is not null)
        {
            json.WriteStartObject("policy");
            json.WriteString("hash", policy.Hash);
            json.WriteNumber("threshold", policy.Threshold);
            json.WriteNumber("cutoff", policy.Cutoff);
            json.WriteNumber("limit", policy.Limit);
            if (!policy.Weights.IsDefault)
            {
                json.WriteStartObject("weights");
                foreach (var (feature, factor) in policy.Weights.Set)
                    json.WriteNumber(feature, factor);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        if (filter is not null)
        {
            json.WritePropertyName("filter");
            JsonSerializer.Serialize(json, filter, NodeJson.Options);
        }
    }

    private static void WriteAnswer(Utf8JsonWriter json, QueryAnswer answer)
    {
        json.WriteStartObject();
        WriteRules(json, answer.Asked.Policy, answer.Asked.Filter);
        json.WriteString("key", answer.Asked.Key);
        json.WriteString("schema", answer.Asked.Query.Schema);
        WriteValues(json, "names", answer.Asked.Query.Names);
        WriteValues(json, "birthDates", answer.Asked.Query.BirthDates);
        WriteValues(json, "nationalities", answer.Asked.Query.Nationalities);
        WriteValues(json, "genders", answer.Asked.Query.Genders);
        WriteValues(json, "places", answer.Asked.Query.Places);
        WriteValues(json, "documents", answer.Asked.Query.Documents);
        WriteValues(json, "countries", answer.Asked.Query.Countries);
        json.WriteBoolean("comparable", answer.IsComparable);
        json.WriteStartArray("results");
        foreach (var match in answer.Matches)
        {
            json.WriteStartObject();
            json.WriteString("id", match.Entity.Id);
            json.WriteNumber("score", match.Score);
            json.WriteNumber("weight", match.Weight);
            json.WriteBoolean("match", match.IsMatch);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteValues(Utf8JsonWriter json, string name, ImmutableArray<string> values)
    {
        if (values.IsEmpty)
            return;
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
