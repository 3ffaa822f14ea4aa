using System.Text.Json;
using System.Text.Json.Serialization;

namespace Entente.Node.Docs;

// Shapes of answers that are written by hand, for the description of the API only. Tests hold them against real answers.

/// <summary>A listed entity, as OpenSanctions' yente shows one.</summary>
internal record EntityShapeDoc
{
    /// <summary>The id of the entity as a whole.</summary>
    public required string Id { get; init; }

    /// <summary>What to call it.</summary>
    public required string Caption { get; init; }

    /// <summary>Its FollowTheMoney schema.</summary>
    public required string Schema { get; init; }

    /// <summary>Values by property: texts; where entities are nested, entities.</summary>
    public required Dictionary<string, JsonElement[]> Properties { get; init; }

    /// <summary>The lists that it is on, as their files call themselves.</summary>
    public required string[] Datasets { get; init; }

    /// <summary>Its other ids.</summary>
    public required string[] Referents { get; init; }

    /// <summary>Whether a list is about it, and not only around it.</summary>
    public required bool Target { get; init; }

    /// <summary>When a list first had it; null where none says.</summary>
    [JsonPropertyName("first_seen")]
    public required string? FirstSeen { get; init; }

    /// <summary>When a list last had it; null where none says.</summary>
    [JsonPropertyName("last_seen")]
    public required string? LastSeen { get; init; }

    /// <summary>When it last changed; null where no list says.</summary>
    [JsonPropertyName("last_change")]
    public required string? LastChange { get; init; }
}

/// <summary>One thing that speaks for or against a match.</summary>
/// <param name="Feature">What it is about.</param>
/// <param name="Query">What was asked; null where nothing was.</param>
/// <param name="Listed">What the list says; null where it says nothing.</param>
/// <param name="Weight">Bits: above 0 it speaks for, below 0 against.</param>
/// <param name="Explanation">In words.</param>
internal sealed record EvidenceDoc(string Feature, string? Query, string? Listed, double Weight, string Explanation);

/// <summary>What a feature added or took.</summary>
/// <param name="Score">Bits.</param>
/// <param name="Detail">In words.</param>
/// <param name="Query">What was asked.</param>
/// <param name="Candidate">What the list says.</param>
internal sealed record ExplanationDoc(double Score, string Detail, string? Query, string? Candidate);

/// <summary>A listed entity that resembles an example.</summary>
internal sealed record ScoredEntityDoc : EntityShapeDoc
{
    /// <summary>From 0 to 1.</summary>
    public required double Score { get; init; }

    /// <summary>Whether the score reaches the threshold.</summary>
    public required bool Match { get; init; }

    /// <summary>Bits by feature.</summary>
    public required Dictionary<string, double> Features { get; init; }

    /// <summary>What each feature added or took.</summary>
    public required Dictionary<string, ExplanationDoc> Explanations { get; init; }

    /// <summary>The sum of the evidence in bits; ranks results that score alike.</summary>
    public required double Weight { get; init; }

    /// <summary>The listed name that agreed best.</summary>
    public required string Name { get; init; }

    /// <summary>What speaks for and against; adds up to the weight.</summary>
    public required EvidenceDoc[] Evidence { get; init; }
}

/// <summary>How many there are.</summary>
/// <param name="Value">The number.</param>
/// <param name="Relation"><c>eq</c>; <c>gte</c> where there may be more.</param>
internal sealed record TotalDoc(int Value, string Relation);

/// <summary>A list version that an answer was made with.</summary>
/// <param name="Dataset">The list.</param>
/// <param name="Title">Its name.</param>
/// <param name="Publisher">Who publishes it.</param>
/// <param name="Version">In the publisher's words.</param>
/// <param name="PublishedAt">When its publisher made it.</param>
/// <param name="Sha256">The version's hash.</param>
/// <param name="FetchedAt">When it was fetched or added.</param>
/// <param name="ConfirmedAt">When its publisher last confirmed it.</param>
/// <param name="AgeDays">Whole days since it was known to be current; null where nobody knows.</param>
/// <param name="Entities">How many entities it lists.</param>
/// <param name="Stale">Whether it may be out of date.</param>
internal sealed record UsedListDoc(
    string Dataset, string Title, string? Publisher, string? Version, DateTimeOffset? PublishedAt, string? Sha256, DateTimeOffset? FetchedAt, DateTimeOffset? ConfirmedAt, int? AgeDays, int Entities, bool Stale);

/// <summary>An example to look for.</summary>
/// <param name="Schema">A FollowTheMoney schema: Person, Organization, Company, Vessel, LegalEntity...</param>
/// <param name="Properties">Texts by property: name, birthDate, nationality, gender, birthPlace, passportNumber... One text stands for a list of one.</param>
/// <param name="Id">The caller's id for it; given back.</param>
/// <param name="Limit">Most results for this example.</param>
/// <param name="Threshold">Score of a match, for this example.</param>
/// <param name="Cutoff">Lowest score shown, for this example.</param>
/// <param name="Weights">Factors from 0 to 10 on the bits of features, for this example.</param>
/// <param name="IncludeDataset">Only these lists.</param>
/// <param name="ExcludeDataset">None of these lists.</param>
/// <param name="ExcludeSchema">None of these schemata.</param>
/// <param name="Topics">Only entities with one of these topics.</param>
/// <param name="ChangedSince">Only entities that changed on this day or later.</param>
/// <param name="ExcludeEntityIds">None of these entities, by any of their ids; without a cap.</param>
internal sealed record ExampleDoc(
    string Schema, Dictionary<string, string[]> Properties, string? Id = null, int? Limit = null, double? Threshold = null, double? Cutoff = null, Dictionary<string, double>? Weights = null,
    [property: JsonPropertyName("include_dataset")] string[]? IncludeDataset = null, [property: JsonPropertyName("exclude_dataset")] string[]? ExcludeDataset = null,
    [property: JsonPropertyName("exclude_schema")] string[]? ExcludeSchema = null, string[]? Topics = null, [property: JsonPropertyName("changed_since")] string? ChangedSince = null,
    [property: JsonPropertyName("exclude_entity_ids")] string[]? ExcludeEntityIds = null);

/// <summary>A batch of examples.</summary>
/// <param name="Queries">Examples by the caller's keys.</param>
/// <param name="Weights">Factors from 0 to 10 on the bits of features: name, birthDate, nationality, country, gender, birthPlace, document.</param>
internal sealed record MatchBody(Dictionary<string, ExampleDoc> Queries, Dictionary<string, double>? Weights = null);

/// <summary>The example as it was understood.</summary>
internal sealed record UnderstoodDoc(string? Id, string Schema, Dictionary<string, string[]> Properties);

/// <summary>The answer to one example.</summary>
/// <param name="Status">200; 400 where nothing could be compared, which is not the same as clear.</param>
/// <param name="Detail">Why nothing could be compared; absent where it could.</param>
/// <param name="Results">Best first.</param>
/// <param name="Total">How many of the results are matches.</param>
/// <param name="Query">The example as it was understood.</param>
/// <param name="Ignored">Properties that played no part.</param>
internal sealed record MatchAnswerDoc(int Status, string? Detail, ScoredEntityDoc[] Results, TotalDoc Total, UnderstoodDoc Query, string[] Ignored);

/// <summary>A feature of the evidence.</summary>
internal sealed record FeatureDoc(string Description, double Coefficient, string Url);

/// <summary>The answer to a batch.</summary>
/// <param name="Responses">By the caller's keys.</param>
/// <param name="Matcher">The features, with the factors that held.</param>
/// <param name="Limit">Most results for an example.</param>
/// <param name="Algorithm">What scored.</param>
/// <param name="Screening">The id under which the audit trail holds this screening.</param>
/// <param name="Lists">The list versions that were used.</param>
internal sealed record MatchResponse(Dictionary<string, MatchAnswerDoc> Responses, Dictionary<string, FeatureDoc> Matcher, int Limit, string Algorithm, string Screening, UsedListDoc[] Lists);

/// <summary>How often a value occurs.</summary>
internal sealed record FacetValueDoc(string Name, string Label, int Count);

/// <summary>A facet.</summary>
internal sealed record FacetDoc(string Label, FacetValueDoc[] Values);

/// <summary>Entities that were found.</summary>
internal sealed record SearchResponse(int Limit, int Offset, TotalDoc Total, EntityShapeDoc[] Results, Dictionary<string, FacetDoc> Facets, UsedListDoc[] Lists);

/// <summary>A page of entities.</summary>
internal sealed record AdjacentPageDoc(EntityShapeDoc[] Results, TotalDoc Total, int Limit, int Offset);

/// <summary>An entity, and what stands around it by property.</summary>
internal sealed record AdjacentResponse(EntityShapeDoc Entity, Dictionary<string, AdjacentPageDoc> Adjacent);

/// <summary>A list, or the collection of all.</summary>
internal sealed record CatalogDatasetDoc(
    string Name, string Title, string? Summary, string? Url, bool Load, [property: JsonPropertyName("entities_url")] string? EntitiesUrl, string Version, [property: JsonPropertyName("index_version")] string IndexVersion,
    [property: JsonPropertyName("index_current")] bool IndexCurrent, [property: JsonPropertyName("entity_count")] int EntityCount, [property: JsonPropertyName("target_count")] int TargetCount,
    [property: JsonPropertyName("last_export")] string? LastExport, string[] Children);

/// <summary>The lists in use.</summary>
internal sealed record CatalogResponse(CatalogDatasetDoc[] Datasets, string[] Current, string[] Outdated, [property: JsonPropertyName("index_stale")] bool IndexStale, bool Sample, UsedListDoc[] Lists);

/// <summary>What an algorithm is.</summary>
internal sealed record AlgorithmDocsDoc(string Name, string Description, Dictionary<string, JsonElement> Config, Dictionary<string, FeatureDoc> Features);

/// <summary>An algorithm.</summary>
internal sealed record AlgorithmDoc(string Name, string Description, Dictionary<string, FeatureDoc> Features, AlgorithmDocsDoc Docs);

/// <summary>How matches are scored.</summary>
internal sealed record AlgorithmsResponse(AlgorithmDoc[] Algorithms, string Default, string Best);

/// <summary>An id with its name.</summary>
internal sealed record NamedDoc(string Id, string Name);

/// <summary>A form of the Reconciliation API.</summary>
/// <param name="Queries">A batch of queries as JSON.</param>
/// <param name="Extend">A request for values as JSON.</param>
internal sealed record ReconcileForm(string? Queries, string? Extend);

/// <summary>Suggestions.</summary>
internal sealed record SuggestResponse(string Code, string Status, string Prefix, NamedDoc[] Result);

/// <summary>Properties of a type.</summary>
internal sealed record ProposeResponse(string Type, int Limit, NamedDoc[] Properties);

/// <summary>The lists in use, as Watchman tells of them.</summary>
internal sealed record ListInfoResponse(Dictionary<string, int> Lists, Dictionary<string, string> ListHashes, DateTimeOffset StartedAt, DateTimeOffset EndedAt, string Version);

/// <summary>A listed entity, as Watchman shows one: one of person, business, organization, aircraft and vessel is set.</summary>
internal sealed record WatchmanEntityDoc(
    string Name, string EntityType, string SourceList, string SourceID, JsonElement? Person, JsonElement? Business, JsonElement? Organization, JsonElement? Aircraft, JsonElement? Vessel,
    JsonElement Contact, JsonElement[] Addresses, JsonElement[] CryptoAddresses, JsonElement[] Affiliations, JsonElement SanctionsInfo, JsonElement[] HistoricalInfo, EntityShapeDoc SourceData, double Match, bool IsMatch, EvidenceDoc[] Evidence);

/// <summary>Who resembles, in Watchman's shape.</summary>
internal sealed record WatchmanSearchResponse(JsonElement Query, WatchmanEntityDoc[] Entities, string[] Ignored, string Screening, UsedListDoc[] Lists);

/// <summary>Lists that a screening was made against.</summary>
/// <param name="Id">The id of this set of versions.</param>
/// <param name="Sample">Whether it is the fictional sample.</param>
/// <param name="Versions">The versions.</param>
internal sealed record ScreenedListsDoc(string Id, bool Sample, UsedListDoc[] Versions);

/// <summary>The policy that was screened by.</summary>
/// <param name="Threshold">Score of a match.</param>
/// <param name="Cutoff">Lowest score shown.</param>
/// <param name="Hash">Of the whole policy.</param>
internal sealed record ScreenedPolicyDoc(double Threshold, double Cutoff, string Hash);

/// <summary>A match or near candidate, in the shape of <c>entente screen</c>; of an entity on several lists also <c>canonical_id</c>, <c>referents</c>, <c>listings</c> and <c>resolution</c>.</summary>
/// <param name="Id">The listed entity.</param>
/// <param name="Caption">What to call it.</param>
/// <param name="Schema">Its FollowTheMoney schema.</param>
/// <param name="Datasets">The lists that it is on.</param>
/// <param name="Score">From 0 to 1.</param>
/// <param name="Match">Whether the score reaches the threshold.</param>
/// <param name="Weight">Bits of evidence.</param>
/// <param name="Name">The listed name that fitted best.</param>
/// <param name="Evidence">What speaks for and against.</param>
/// <param name="CanonicalId">The id of the entity as a whole, where it is on several lists.</param>
/// <param name="Referents">The ids of its entries, where it is on several lists.</param>
/// <param name="Listings">Its entries, where it is on several lists.</param>
/// <param name="Resolution">Why they are one, where it is on several lists.</param>
/// <param name="Record">The record that it is, with its originator and marking; null for an entity on a list.</param>
internal sealed record ScreenedMatchDoc(
    string Id, string Caption, string Schema, string[] Datasets, double Score, bool Match, double Weight, string Name, EvidenceDoc[] Evidence,
    [property: JsonPropertyName("canonical_id")] string? CanonicalId = null, string[]? Referents = null, JsonElement[]? Listings = null, JsonElement[]? Resolution = null, Holdings.RecordView? Record = null);

/// <summary>What a screening did to an alert.</summary>
/// <param name="Id">The alert.</param>
/// <param name="Entity">The listed entity.</param>
/// <param name="Effect">Raised, reopened, refreshed, unchanged, suppressed or withdrawn.</param>
/// <param name="State">Where the alert stands.</param>
/// <param name="Verdict">What was decided or proposed.</param>
/// <param name="Because">Material facts that changed.</param>
internal sealed record ScreenedAlertDoc(string Id, string Entity, Alerts.AlertEffect Effect, Alerts.AlertState State, Alerts.Verdict Verdict, Alerts.FactChange[] Because);

/// <summary>The answer to one query.</summary>
/// <param name="Status"><c>screened</c>, or <c>notComparable</c>, which is not the same as clear.</param>
/// <param name="Subject">Under which key alerts on it are kept.</param>
/// <param name="Results">Best first.</param>
/// <param name="Alerts">The alerts.</param>
/// <param name="Warnings">Values that were not understood.</param>
internal sealed record ScreenedAnswerDoc(string Status, string Subject, ScreenedMatchDoc[] Results, ScreenedAlertDoc[] Alerts, string[] Warnings);

/// <summary>What a screening found.</summary>
/// <param name="Screening">The id under which the audit trail holds it.</param>
/// <param name="At">When.</param>
/// <param name="Policy">By which policy.</param>
/// <param name="Lists">Against which lists.</param>
/// <param name="Answers">By the caller's keys.</param>
internal sealed record ScreeningResponse(string Screening, DateTimeOffset At, ScreenedPolicyDoc Policy, ScreenedListsDoc Lists, Dictionary<string, ScreenedAnswerDoc> Answers);

/// <summary>A line of the answer to an import: a remark on a row, or at the end the counts.</summary>
/// <param name="Row">The row, of a remark.</param>
/// <param name="Reference">Its reference.</param>
/// <param name="Error">Why it was not taken.</param>
/// <param name="Warnings">What was not understood of it.</param>
/// <param name="Import">The import, of the last line.</param>
/// <param name="Rows">How many rows there were.</param>
/// <param name="Added">How many subjects were added.</param>
/// <param name="Changed">How many were changed.</param>
/// <param name="Unchanged">How many were the same.</param>
/// <param name="Failed">How many rows could not be taken.</param>
/// <param name="Alerts">How many alerts were raised.</param>
internal sealed record ImportLineDoc(
    long? Row = null, string? Reference = null, string? Error = null, string[]? Warnings = null, string? Import = null, long? Rows = null, long? Added = null, long? Changed = null, long? Unchanged = null, long? Failed = null, long? Alerts = null);
