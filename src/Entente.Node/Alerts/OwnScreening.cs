using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Entente.Node.Access;
using Entente.Node.Holdings;
using Entente.Node.Hosting;
using Entente.Node.Lists;
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
/// <param name="Datasets">Only against these; all lists unless given. <c>records</c> is against the records that this node holds, by itself or beside lists.</param>
/// <param name="ExcludeDatasets">Not against entities that are on these lists alone, nor against records of these nodes, by their ids.</param>
/// <param name="ExcludeIds">Not against these entities and records.</param>
internal sealed record ScreeningRequest(
    ImmutableDictionary<string, ScreeningQuery> Queries, bool RaiseAlerts = true, int? Limit = null, ImmutableArray<string>? Datasets = null,
    ImmutableArray<string>? ExcludeDatasets = null, ImmutableArray<string>? ExcludeIds = null);

/// <summary>Whom to screen.</summary>
/// <param name="Schema">FtM schema; <c>LegalEntity</c> unless given.</param>
/// <param name="Properties">FtM properties; may be left out for a subject of the book.</param>
/// <param name="Subject">By which reference the caller knows it: alerts and decisions of different times meet by it.</param>
internal sealed record ScreeningQuery(string? Schema = null, ImmutableDictionary<string, JsonElement>? Properties = null, string? Subject = null);

/// <summary>Screens and raises alerts in one step: for the node's own API and its Screen page.</summary>
internal sealed class OwnScreening(ScreeningService screening, ListsInUse lists, RecordScreening records, AlertService alerts, SettingsService settings, NodeStore store, NodeOptions options, TimeProvider clock)
{
    /// <summary>Whatever is shown, so many are looked at: a match beyond the shown ones is an alert all the same.</summary>
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
        var answers = await ScreenAsync(actor, asked, Scope(request), request.RaiseAlerts, cancel).ConfigureAwait(false);
        return OwnScreeningJson.Of(answers, request.Limit ?? settings.Policy().Limit, clock.GetUtcNow());
    }

    /// <summary>Screens one whom a person typed in.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="query">What is asked.</param>
    /// <param name="scope">What to screen against.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<OwnAnswers> ScreenAsync(Actor actor, Query query, ScreeningScope scope, CancellationToken cancel) =>
        ScreenAsync(actor, [Name("1", query, null, [], [])], scope, raise: false, cancel);

    /// <summary>Raises alerts from a screening that raised none.</summary>
    /// <param name="actor">Who asks for it.</param>
    /// <param name="answers">The screening.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<IReadOnlyList<AlertOutcome>> RaiseAsync(Actor actor, OwnAnswers answers, CancellationToken cancel)
    {
        IReadOnlyList<AlertOutcome> listed = answers.OfLists is { } ofLists ? await RaiseAsync(actor, ofLists, answers.Asked, cancel).ConfigureAwait(false) : [];
        IReadOnlyList<AlertOutcome> held = answers.OfRecords is { } ofRecords ? await records.RaiseAsync(actor, ofRecords, answers.Asked, cancel).ConfigureAwait(false) : [];
        return [.. listed, .. held];
    }

    /// <summary>Says under which keys alerts on queries are kept, each by a reference of the caller or by what is asked.</summary>
    /// <param name="queries">The queries, each with the reference, or null.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>In the order of the queries; one without a name, which is not screened, has no key.</returns>
    /// <exception cref="RequestException">The book of subjects knows other facts of a reference.</exception>
    public async Task<ImmutableArray<Asked>> NameAsync(IReadOnlyList<(KeyedQuery Query, string? Reference)> queries, CancellationToken cancel)
    {
        var book = await BookAsync([.. queries.Select(query => query.Reference).OfType<string>().Distinct(StringComparer.Ordinal)], cancel).ConfigureAwait(false);
        return [.. queries.Select(query => query.Query.Query.Names.IsEmpty ? new Asked(query.Query.Key, query.Query.Query, "", "", null, []) : Name(query.Query.Key, query.Query.Query, query.Reference, book, []))];
    }

    /// <summary>Raises alerts from a screening against lists.</summary>
    /// <param name="actor">Who asked for it.</param>
    /// <param name="result">The screening.</param>
    /// <param name="asked">Who was screened, in its order.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<IReadOnlyList<AlertOutcome>> RaiseAsync(Actor actor, ScreeningResult result, IReadOnlyList<Asked> asked, CancellationToken cancel) =>
        alerts.RaiseAsync(actor, result.Lists, $"screening:{result.Id}", Asked.With(asked, result.Answers), cancel);

    private async Task<OwnAnswers> ScreenAsync(Actor actor, List<Asked> asked, ScreeningScope scope, bool raise, CancellationToken cancel)
    {
        if (scope.Records is not null && !actor.May(Right.ReadRecords))
            throw RequestException.Forbidden("Records are screened against only by those who may read them.");
        var policy = settings.Policy();
        policy = policy with { Limit = Math.Max(policy.Limit, LeastLookedAt) };
        var ofLists = scope.Lists is { } listed ? await screening.ScreenAsync(actor, [.. asked.Select(one => one.Keyed)], policy, listed, cancel).ConfigureAwait(false) : null;
        IReadOnlyList<AlertOutcome> outcomes = ofLists is not null && raise ? await RaiseAsync(actor, ofLists, asked, cancel).ConfigureAwait(false) : [];
        if (scope.Records is not { } held)
            return new OwnAnswers(ofLists, null, asked, outcomes);
        var (ofRecords, more) = await records.ScreenAsync(actor, asked, policy, held, ofLists?.Id, raise, cancel).ConfigureAwait(false);
        return new OwnAnswers(ofLists, ofRecords, asked, [.. outcomes, .. more]);
    }

    /// <summary>What a request is against.</summary>
    private ScreeningScope Scope(ScreeningRequest request)
    {
        var (named, excluded) = (Given("datasets", request.Datasets), Given("excludeDatasets", request.ExcludeDatasets));
        var nodes = excluded.Where(Exchange.Identity.NodeId.IsValid).ToImmutableArray();
        var ids = Given("excludeIds", request.ExcludeIds).ToImmutableHashSet(StringComparer.Ordinal);
        var ofRecords = named.Contains(RecordScreening.Dataset) ? new EntityFilter { ExcludeDatasets = nodes, ExcludeIds = ids } : null;
        if (named is [RecordScreening.Dataset])
            return excluded.Length == nodes.Length ? new ScreeningScope(null, ofRecords) : throw RequestException.Bad("excludeDatasets: expected ids of nodes that records come from, as only records are screened against.");
        var loaded = lists.Require();
        named = named.Remove(RecordScreening.Dataset);
        excluded = excluded.RemoveRange(nodes);
        // A misspelt name must not make an answer wider, nor look as if nothing was found.
        if (named.Concat(excluded).FirstOrDefault(name => !DatasetScope.Knows(loaded, name)) is { } unknown)
            throw RequestException.Bad($"There is no dataset {QueryText.Short(unknown)}. There are {string.Join(", ", DatasetScope.Names(loaded))}, and {RecordScreening.Dataset}; to be left out, nodes that records come from too, by their ids.");
        return new ScreeningScope(new EntityFilter { Datasets = DatasetScope.Of(loaded, named), ExcludeDatasets = DatasetScope.Of(loaded, excluded), ExcludeIds = ids }, ofRecords);
    }

    private static ImmutableArray<string> Given(string member, ImmutableArray<string>? texts) =>
        texts is not { IsDefaultOrEmpty: false } given ? []
        : given.Contains(null!) ? throw RequestException.Bad($"{member}: expected texts, and one is null.")
        : given;

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
}
