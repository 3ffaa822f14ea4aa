using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Entente.Desk.Answers;
using Entente.Node.Access;
using Entente.Node.Holdings;
using Entente.Node.Hosting;
using Entente.Node.Screening;
using Entente.Node.Settings;
using Entente.Node.Store;
using Entente.Node.Subjects;
using Entente.Screening;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Alerts;

/// <summary>What to screen.</summary>
/// <param name="Queries">By the caller's keys.</param>
/// <param name="RaiseAlerts">Whether matches become alerts; they do unless told otherwise.</param>
/// <param name="Limit">Most results shown for each query; matches are always shown.</param>
/// <param name="Datasets">Only against these; all lists unless given. <c>records</c>, by itself, is against the records that this node holds.</param>
internal sealed record ScreeningRequest(ImmutableDictionary<string, ScreeningQuery> Queries, bool RaiseAlerts = true, int? Limit = null, ImmutableArray<string>? Datasets = null);

/// <summary>Whom to screen.</summary>
/// <param name="Schema">FtM schema; <c>LegalEntity</c> unless given.</param>
/// <param name="Properties">FtM properties; may be left out for a subject of the book.</param>
/// <param name="Subject">By which reference the caller knows it: alerts and decisions of different times meet by it.</param>
internal sealed record ScreeningQuery(string? Schema = null, ImmutableDictionary<string, JsonElement>? Properties = null, string? Subject = null);

/// <summary>Screens and raises alerts in one step: for the node's own API and its Screen page.</summary>
internal sealed class OwnScreening(ScreeningService screening, RecordScreening records, AlertService alerts, SettingsService settings, NodeStore store, NodeOptions options, TimeProvider clock)
{
    /// <summary>Whatever is shown, so many are looked at.</summary>
    // Whatever is shown, so many are looked at: a match beyond the shown ones is an alert all the same.
    public const int LeastLookedAt = 100;

    /// <summary>Answers a request of the API.</summary>
    public async Task<JsonNode> ScreenAsync(Actor actor, ScreeningRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Queries.Count == 0 || request.Queries.Count > options.MaxQueries)
            throw RequestException.Bad($"queries: expected 1 to {options.MaxQueries}.");
        if (request.Limit is < 1 or > 500)
            throw RequestException.Bad("limit: expected a whole number from 1 to 500.");
        var book = await BookAsync([.. request.Queries.Values.Select(query => query.Subject).OfType<string>().Distinct(StringComparer.Ordinal)], cancel).ConfigureAwait(false);
        var asked = new List<Asked>(request.Queries.Count);
        foreach (var (key, query) in request.Queries.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            asked.Add(Ask(key, query, book));
        if (request.Datasets is { IsDefaultOrEmpty: false } named && named.Contains(RecordScreening.Dataset))
            return await AgainstRecordsAsync(actor, request, named, asked, cancel).ConfigureAwait(false);
        var filter = request.Datasets is { IsDefaultOrEmpty: false } datasets ? new EntityFilter { Datasets = datasets } : EntityFilter.All;
        var (result, outcomes) = await ScreenAsync(actor, asked, filter, request.RaiseAlerts, cancel).ConfigureAwait(false);
        return Answer(result, asked, outcomes, request.Limit ?? settings.Policy().Limit);
    }

    /// <summary>Screens one whom a person typed in.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="query">What is asked.</param>
    /// <param name="reference">By which reference it is known; null for none.</param>
    /// <param name="raise">Whether matches become alerts.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<(ScreeningResult Result, IReadOnlyList<AlertOutcome> Alerts)> ScreenAsync(Actor actor, Query query, string? reference, bool raise, CancellationToken cancel)
    {
        var book = await BookAsync(reference is null ? [] : [reference], cancel).ConfigureAwait(false);
        return await ScreenAsync(actor, [Name("1", query, reference, book, [])], EntityFilter.All, raise, cancel).ConfigureAwait(false);
    }

    /// <summary>Says under which keys alerts on queries are kept, each by a reference of the caller or by what is asked.</summary>
    /// <param name="queries">The queries, each with the reference, or null.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>In the order of the queries: the key, what to call who is screened, and the reference.</returns>
    /// <exception cref="RequestException">The book of subjects knows other facts of a reference.</exception>
    public async Task<ImmutableArray<(string SubjectKey, string Caption, string? Reference)>> NameAsync(IReadOnlyList<(KeyedQuery Query, string? Reference)> queries, CancellationToken cancel)
    {
        var book = await BookAsync([.. queries.Select(query => query.Reference).OfType<string>().Distinct(StringComparer.Ordinal)], cancel).ConfigureAwait(false);
        return [.. queries.Select(query => query.Query.Query.Names.IsEmpty ? ("", "", null) : Name(query.Query.Key, query.Query.Query, query.Reference, book, []) is var named ? (named.SubjectKey, named.Caption, query.Reference) : default)];
    }

    /// <summary>Raises alerts from a screening.</summary>
    /// <param name="actor">Who asked for it.</param>
    /// <param name="result">The screening.</param>
    /// <param name="named">What <see cref="NameAsync"/> said.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<IReadOnlyList<AlertOutcome>> RaiseAsync(Actor actor, ScreeningResult result, ImmutableArray<(string SubjectKey, string Caption, string? Reference)> named, CancellationToken cancel) =>
        alerts.RaiseAsync(actor, result.Lists, $"screening:{result.Id}", [.. named.Zip(result.Answers, (one, answer) => new Screened(one.SubjectKey, one.Caption, answer.Asked.Query, answer.Matches, Reference: one.Reference)).Where(one => one.SubjectKey.Length > 0)], cancel);

    private async Task<(ScreeningResult Result, IReadOnlyList<AlertOutcome> Alerts)> ScreenAsync(Actor actor, List<Asked> asked, EntityFilter filter, bool raise, CancellationToken cancel)
    {
        var policy = settings.Policy();
        var result = await screening.ScreenAsync(actor, [.. asked.Select(one => new KeyedQuery(one.Key, one.Query))], policy with { Limit = Math.Max(policy.Limit, LeastLookedAt) }, filter, cancel).ConfigureAwait(false);
        IReadOnlyList<AlertOutcome> outcomes = raise
            ? await alerts.RaiseAsync(actor, result.Lists, $"screening:{result.Id}", [.. asked.Zip(result.Answers, (one, answer) => new Screened(one.SubjectKey, one.Caption, one.Query, answer.Matches, Reference: one.Reference))], cancel).ConfigureAwait(false)
            : [];
        return (result, outcomes);
    }

    /// <summary>Screens against the records that are held, which are a dataset of their own.</summary>
    private async Task<JsonNode> AgainstRecordsAsync(Actor actor, ScreeningRequest request, ImmutableArray<string> datasets, List<Asked> asked, CancellationToken cancel)
    {
        if (datasets.Length > 1)
            throw RequestException.Bad($"datasets: '{RecordScreening.Dataset}' is screened against by itself: ask twice.");
        if (!actor.May(Right.ReadRecords))
            throw RequestException.Forbidden("Records are screened against only by those who may read them.");
        var policy = settings.Policy();
        var (result, outcomes) = await records.ScreenAsync(actor, [.. asked.Select(one => (new KeyedQuery(one.Key, one.Query), one.SubjectKey, one.Caption))], policy with { Limit = Math.Max(policy.Limit, LeastLookedAt) }, request.RaiseAlerts, cancel).ConfigureAwait(false);
        return Answer(result, asked, outcomes, request.Limit ?? policy.Limit);
    }

    private async Task<Dictionary<string, Subject>> BookAsync(string[] references, CancellationToken cancel)
    {
        if (references.Length == 0)
            return [];
        await using var db = store.Open();
        return await db.Subjects.AsNoTracking().Where(subject => !subject.Removed && references.Contains(subject.Reference)).ToDictionaryAsync(subject => subject.Reference, StringComparer.Ordinal, cancel).ConfigureAwait(false);
    }

    private static Asked Ask(string key, ScreeningQuery asked, Dictionary<string, Subject> book)
    {
        var at = $"queries.{key}";
        if (asked.Properties is { Count: > 0 } properties)
            return Name(key, QueryReader.Read(asked.Schema, properties, at, out var warnings), asked.Subject, book, warnings);
        if (asked.Subject is null)
            throw RequestException.Bad($"{at}: nothing to compare: give properties, or the reference of a subject of the book.");
        return book.TryGetValue(asked.Subject, out var subject)
            ? new Asked(key, QueryFacts.Read(subject.Schema, subject.Properties), SubjectKeys.OfSubject(subject.Id), subject.Caption, asked.Subject, [])
            : throw RequestException.Bad($"{at}: '{asked.Subject}' is not in the book of subjects, and there are no properties to compare.");
    }

    private static Asked Name(string key, Query query, string? reference, Dictionary<string, Subject> book, ImmutableArray<string> warnings)
    {
        if (reference is null)
            return new Asked(key, query, SubjectKeys.OfQuery(query), query.Names[0], null, warnings);
        SubjectBook.CheckReference(reference);
        if (!book.TryGetValue(reference, out var subject))
            return new Asked(key, query, SubjectKeys.OfReference(reference), query.Names[0], reference, warnings);
        // Otherwise decisions would be reopened to and fro by whoever knows it differently.
        return subject.Facts == SubjectKeys.FactsOf(query)
            ? new Asked(key, query, SubjectKeys.OfSubject(subject.Id), subject.Caption, reference, warnings)
            : throw RequestException.Conflict($"queries.{key}: the book of subjects knows other facts of '{reference}'. Change them there first (PUT /api/subjects/{Uri.EscapeDataString(reference)}), or leave the properties out.");
    }

    private JsonNode Answer(ScreeningResult result, List<Asked> asked, IReadOnlyList<AlertOutcome> outcomes, int limit)
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(bytes, MatchJson.OneLine))
        {
            var raised = outcomes.ToLookup(outcome => outcome.SubjectKey, StringComparer.Ordinal);
            json.WriteStartObject();
            json.WriteString("screening", result.Id);
            json.WriteString("at", result.At.UtcDateTime);
            json.WriteStartObject("policy");
            json.WriteNumber("threshold", result.Policy.Threshold);
            json.WriteNumber("cutoff", result.Policy.Cutoff);
            json.WriteString("hash", result.Policy.Hash);
            json.WriteEndObject();
            json.WriteStartObject("lists");
            json.WriteString("id", result.Lists.Id);
            json.WriteBoolean("sample", result.Lists.IsSample);
            json.WriteStartArray("versions");
            foreach (var version in result.Lists.Versions)
            {
                json.WriteStartObject();
                VersionJson.WriteMembers(json, version, clock.GetUtcNow());
                json.WriteBoolean("stale", version.IsStale(clock.GetUtcNow()));
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteStartObject("answers");
            for (var i = 0; i < asked.Count; i++)
                WriteAnswer(json, asked[i], result.Answers[i], raised[asked[i].SubjectKey], limit);
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

    private static void WriteAnswer(Utf8JsonWriter json, Asked asked, QueryAnswer answer, IEnumerable<AlertOutcome> outcomes, int limit)
    {
        json.WriteStartObject(asked.Key);
        // Nothing to compare is not the same as clear.
        json.WriteString("status", answer.IsComparable ? "screened" : "notComparable");
        json.WriteString("subject", asked.SubjectKey);
        MatchJson.WriteResults(json, [.. answer.Matches.Where((match, at) => at < limit || match.IsMatch)]);
        WriteAlerts(json, outcomes);
        json.WriteStartArray("warnings");
        foreach (var warning in asked.Warnings)
            json.WriteStringValue(warning);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private sealed record Asked(string Key, Query Query, string SubjectKey, string Caption, string? Reference, ImmutableArray<string> Warnings);
}
