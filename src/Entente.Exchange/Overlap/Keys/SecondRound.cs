using System.Collections.Immutable;
using System.Globalization;
using Entente.Exchange.Overlap.Protocol;

namespace Entente.Exchange.Overlap.Keys;

/// <summary>A pair that met in the first round, seen from one side: an entity of ours and, nameless, one of the other side.</summary>
/// <param name="Entity">The place of the entity in the holding.</param>
/// <param name="Link">What both sides call the pair.</param>
/// <param name="Kind">What the key was made of by which they met.</param>
/// <param name="Weight">The evidence of the second round in bits.</param>
/// <param name="IsAccepted">Whether this side holds both for one entity.</param>
public sealed record OverlapCandidate(int Entity, string Link, KeyKind Kind, double Weight, bool IsAccepted);

/// <summary>The second round, in which entities that share a key are compared by finer features, without being named.</summary>
/// <remarks>
/// <para>
/// A feature is bound to the key in common and to one entity behind it on each side, so it can be met only by the entity that it is asked of,
/// and tells nothing where the key is not in common. A key that too many stand behind (<see cref="MostPairs"/>) is dropped on both sides:
/// it says too little. An entity is compared by the surest four of its keys.
/// </para>
/// <para>Immutable.</para>
/// </remarks>
public sealed class SecondRound
{
    /// <summary>Pairs of one key, at most.</summary>
    public const int MostPairs = 16;

    /// <summary>Pairs of a key of words alone, at most: more are namesakes.</summary>
    public const int MostPairsOfWords = 4;

    // Room for each pair, on average: an honest side has about 20, and not all pairs.
    private const int FeaturesOfPair = 32;

    // Links fall into parts by chance, in one more than in another.
    private const double Slack = 1.25;

    private const int KeysOfKind = 2, KeysOfEntity = 4;

    private readonly Holding _holding;
    private readonly ImmutableArray<Pair> _pairs;
    private readonly ImmutableArray<OverlapKey> _keys;
    private readonly ImmutableArray<(int Pair, string Feature)> _features;

    private SecondRound(Holding holding, ImmutableArray<Pair> pairs, ImmutableArray<OverlapKey> keys, ImmutableArray<(int, string)> features) =>
        (_holding, _pairs, _keys, _features) = (holding, pairs, keys, features);

    private sealed record Pair(int Entity, FineFeatures Features, string Link, KeyKind Kind);

    /// <summary>Prepares the round.</summary>
    /// <param name="holding">What this side brought to the first round.</param>
    /// <param name="side">Which side this is.</param>
    /// <param name="first">What it learnt by the first round.</param>
    /// <param name="part">Which part of it, from 0: a large overlap is gone into in <see cref="Parts"/>, each a round with terms of its own.</param>
    /// <returns>The round.</returns>
    public static SecondRound Of(Holding holding, OverlapSide side, OverlapOutcome first, int part = 0)
    {
        ArgumentNullException.ThrowIfNull(holding);
        ArgumentNullException.ThrowIfNull(first);
        var features = new Dictionary<int, FineFeatures>();
        var pairs = ImmutableArray.CreateBuilder<Pair>();
        int parts = Parts(first);
        ArgumentOutOfRangeException.ThrowIfNegative(part);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(part, parts);
        foreach ((int entity, CommonKey met) in Surest(holding, first))
        {
            if (PartOf(met.Link, parts) != part)
                continue;
            if (!features.TryGetValue(entity, out FineFeatures? fine))
                features.Add(entity, fine = FineFeatures.Of(EntityTraits.Of(holding.Entities[entity])));
            int own = holding.HoldersOf(met.Key).IndexOf(entity);
            for (int other = 0; other < met.PartnerNote; other++)
                pairs.Add(new Pair(entity, fine, Link(met.Link, side, own, other), holding.KindOf(met.Key)));
        }

        var keys = ImmutableArray.CreateBuilder<OverlapKey>();
        var of = ImmutableArray.CreateBuilder<(int, string)>();
        // Pairs for which there is no room are not gone into.
        int room = LargestSet(first);
        for (int i = 0; i < pairs.Count && keys.Count + pairs[i].Features.All.Length <= room; i++)
        {
            foreach (string feature in pairs[i].Features.All)
            {
                keys.Add(OverlapKey.Of("fine", pairs[i].Link + "|" + feature));
                of.Add((i, feature));
            }
        }

        return new SecondRound(holding, pairs.DrainToImmutable(), keys.DrainToImmutable(), of.DrainToImmutable());
    }

    /// <summary>In how many parts the second round is held: as many as it takes for each to find room in the largest band.</summary>
    /// <param name="first">What a side learnt by the first round.</param>
    /// <returns>At least 1; the same on both sides.</returns>
    public static int Parts(OverlapOutcome first)
    {
        ArgumentNullException.ThrowIfNull(first);
        return (int)Math.Max(1, Math.Ceiling(PairsOf(first) * FeaturesOfPair * Slack / OverlapBands.Largest));
    }

    private static int PartOf(string link, int parts) => (int)(uint.Parse(link.AsSpan(0, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) % (uint)parts);

    /// <summary>The largest set that the terms of the second round should allow: both sides can tell it from the first.</summary>
    /// <remarks>Hardly more than an honest side needs: whoever brings guesses at birth years beside its own has no room for them.</remarks>
    /// <param name="first">What a side learnt by the first round.</param>
    /// <returns>A band.</returns>
    public static int LargestSet(OverlapOutcome first)
    {
        ArgumentNullException.ThrowIfNull(first);
        return Band((long)(PairsOf(first) * FeaturesOfPair * Slack / Parts(first)));
    }

    /// <summary>The largest set that the terms of the third round should allow: a place for each pair.</summary>
    /// <param name="first">What a side learnt by the first round.</param>
    /// <returns>A band.</returns>
    public static int LargestSetOfThird(OverlapOutcome first)
    {
        ArgumentNullException.ThrowIfNull(first);
        return Band(PairsOf(first));
    }

    private static long PairsOf(OverlapOutcome first) => first.Common.Where(static met => met.Note * met.PartnerNote <= MostPairs).Sum(static met => (long)met.Note * met.PartnerNote);

    private static int Band(long count) => OverlapBands.Of((int)Math.Min(count, OverlapBands.Largest));

    /// <summary>What goes into the round.</summary>
    public OverlapInput Input() => OverlapInput.Which(_keys);

    /// <summary>Weighs what the round showed.</summary>
    /// <param name="second">What this side learnt by it.</param>
    /// <returns>Every pair that was compared, accepted or not; an entity may be in several, with one entity of the other side or more.</returns>
    public ImmutableArray<OverlapCandidate> Judge(OverlapOutcome second)
    {
        ArgumentNullException.ThrowIfNull(second);
        var shared = new HashSet<string>?[_pairs.Length];
        foreach (CommonKey met in second.Common)
        {
            (int pair, string feature) = _features[met.Key];
            (shared[pair] ??= []).Add(feature);
        }

        double threshold = FineWeights.Threshold(_holding.Entities.Length);
        return
        [
            .. _pairs.Select((pair, i) =>
            {
                double weight = shared[i] is { } found ? FineWeights.Sum(pair.Features, found, _holding.Words) : 0;
                return new OverlapCandidate(pair.Entity, pair.Link, pair.Kind, weight, weight >= threshold);
            }),
        ];
    }

    /// <summary>What goes into the third round: the pairs that this side accepts, for only those that both accept count.</summary>
    /// <param name="candidates">What <see cref="Judge"/> gave.</param>
    /// <returns>The input, a key for each accepted candidate, in their order.</returns>
    public static OverlapInput Accepted(IEnumerable<OverlapCandidate> candidates)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        return OverlapInput.Which([.. candidates.Where(candidate => candidate.IsAccepted).Select(candidate => OverlapKey.Of("accepted", candidate.Link))]);
    }

    /// <summary>The pairs that both sides accept.</summary>
    /// <param name="candidates">What went into <see cref="Accepted"/>.</param>
    /// <param name="third">What this side learnt by the third round.</param>
    /// <returns>The pairs, the same on both sides but for the entity, which each side knows as its own.</returns>
    public static ImmutableArray<OverlapCandidate> Agreed(IEnumerable<OverlapCandidate> candidates, OverlapOutcome third)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(third);
        OverlapCandidate[] accepted = [.. candidates.Where(candidate => candidate.IsAccepted)];
        return [.. third.Common.Select(met => accepted[met.Key])];
    }

    // Each entity with the surest of its keys in common. Both sides choose alike: by kind, then by the link.
    private static IEnumerable<(int Entity, CommonKey Key)> Surest(Holding holding, OverlapOutcome first) =>
        first.Common
            .Where(met => met is { Note: > 0 and < byte.MaxValue, PartnerNote: > 0 and < byte.MaxValue } && met.Note * met.PartnerNote <= (holding.KindOf(met.Key) == KeyKind.Words ? MostPairsOfWords : MostPairs))
            .SelectMany(met => holding.HoldersOf(met.Key).Select(entity => (Entity: entity, Key: met)))
            .GroupBy(each => each.Entity)
            .SelectMany(group => group
                .GroupBy(each => holding.KindOf(each.Key.Key))
                .OrderBy(kind => kind.Key)
                .SelectMany(kind => kind.OrderBy(each => each.Key.Note * each.Key.PartnerNote).ThenBy(each => each.Key.Link, StringComparer.Ordinal).Take(KeysOfKind))
                .Take(KeysOfEntity));

    private static string Link(string key, OverlapSide side, int own, int other) => side == OverlapSide.Asker
        ? string.Create(CultureInfo.InvariantCulture, $"{key}-{own}-{other}")
        : string.Create(CultureInfo.InvariantCulture, $"{key}-{other}-{own}");
}
