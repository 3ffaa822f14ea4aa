using System.Collections.Immutable;
using System.Text.Json;
using Entente.Node.Screening;
using Entente.Node.Store;
using Entente.Screening;

namespace Entente.Node.Audit;

/// <summary>A screening as its entry holds it: what <see cref="ScreeningPayload"/> wrote.</summary>
internal sealed record ReplayedScreening
{
    public ScreenedEngine? Engine { get; init; }

    public string? Lists { get; init; }

    public required ScreenedPolicy Policy { get; init; }

    public EntityFilter? Filter { get; init; }

    public required ImmutableArray<ScreenedQuery> Queries { get; init; }

    /// <summary>Reads a payload.</summary>
    /// <exception cref="JsonException">It is none of a screening.</exception>
    public static ReplayedScreening Read(string payload) =>
        JsonSerializer.Deserialize<ReplayedScreening>(payload, NodeJson.Options) is { Queries.IsDefault: false } read ? read : throw new JsonException("it holds no queries");

    /// <summary>The policy that it was made by.</summary>
    public MatchPolicy NewPolicy() => Policy.ToPolicy();

    internal sealed record ScreenedEngine(string? Version, string? Build);

    internal sealed record ScreenedPolicy(string? Hash, double Threshold, double Cutoff, int Limit, IReadOnlyDictionary<string, double>? Weights = null)
    {
        public MatchPolicy ToPolicy() => new()
        {
            Threshold = Threshold,
            Cutoff = Cutoff,
            Limit = Limit,
            Weights = (Weights ?? new Dictionary<string, double>()).Aggregate(FeatureWeights.Default, (all, factor) => all.With(factor.Key, factor.Value)),
        };
    }

    internal sealed record ScreenedResult(string Id, double Score, double Weight);

    internal sealed record ScreenedQuery
    {
        public string Key { get; init; } = "";

        /// <summary>What counted for this query alone; null for what counted in the whole screening.</summary>
        public ScreenedPolicy? Policy { get; init; }

        /// <summary>What could match this query alone; null for what could in the whole screening.</summary>
        public EntityFilter? Filter { get; init; }

        public string Schema { get; init; } = "Thing";

        public ImmutableArray<string> Names { get; init; } = [];

        public ImmutableArray<string> BirthDates { get; init; } = [];

        public ImmutableArray<string> Nationalities { get; init; } = [];

        public ImmutableArray<string> Genders { get; init; } = [];

        public ImmutableArray<string> Places { get; init; } = [];

        public ImmutableArray<string> Documents { get; init; } = [];

        public ImmutableArray<string> Countries { get; init; } = [];

        public bool Comparable { get; init; }

        public ImmutableArray<ScreenedResult> Results { get; init; } = [];

        public KeyedQuery ToQuery() => new(Key, new Query
        {
            Schema = Schema,
            Names = Names,
            BirthDates = BirthDates,
            Nationalities = Nationalities,
            Genders = Genders,
            Places = Places,
            Documents = Documents,
            Countries = Countries,
        })
        { Policy = Policy?.ToPolicy(), Filter = Filter };
    }
}
