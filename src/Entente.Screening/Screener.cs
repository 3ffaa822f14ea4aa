using System.Collections.Immutable;
using Entente.Names.Comparison;
using Entente.Names.Structure;
using Entente.Screening.Facts;
using Entente.Screening.Index;
using Entente.Screening.Listings;

namespace Entente.Screening;

/// <summary>Screens queries against an index by a policy.</summary>
/// <remarks>A pure function of index, policy and query: the same three give the same answer. Safe for any number of threads.</remarks>
/// <param name="index">What to screen against.</param>
/// <param name="policy">What counts as a match.</param>
public sealed class Screener(ScreeningIndex index, MatchPolicy policy)
{
    // Never added to.
    private static readonly List<Evidence> NoCircumstances = [];

    private readonly double _cutoffBits = ScoreScale.ToBits(Math.Min(policy.Cutoff, policy.Threshold));

    /// <summary>Listed entities that resemble the query, the strongest evidence first.</summary>
    /// <param name="query">What to screen.</param>
    /// <returns>At most <see cref="MatchPolicy.Limit"/>; none when nothing resembles, or nothing can be compared (<see cref="Query.HasComparableName"/>).</returns>
    public ImmutableArray<Match> Screen(Query query) => Screen(query, EntityFilter.All, exhaustive: false);

    /// <summary>As <see cref="Screen(Query)"/>, among some of the listed entities only.</summary>
    /// <param name="query">What to screen.</param>
    /// <param name="filter">Which entities may match.</param>
    /// <returns>At most <see cref="MatchPolicy.Limit"/> of those.</returns>
    public ImmutableArray<Match> Screen(Query query, EntityFilter filter) => Screen(query, filter, exhaustive: false);

    /// <summary>As <see cref="Screen(Query)"/>, comparing with every listed name: slow, and the measure of what the index may lose.</summary>
    internal ImmutableArray<Match> Screen(Query query, bool exhaustive) => Screen(query, EntityFilter.All, exhaustive);

    private ImmutableArray<Match> Screen(Query query, EntityFilter filter, bool exhaustive)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(query);
        EntityFacts? facts = query.HasFacts ? EntityFacts.Of(query) : null;
        double least = exhaustive && facts is { Documents.IsEmpty: false } ? 0 : policy.Weights.LeastName(facts, _cutoffBits);
        // By names alone, the best names make the best results: what is below them need not be weighed.
        bool byNames = facts is null && filter.IsEmpty && !exhaustive && policy.Limit <= Leaders.Most;
        var collected = new Collection(index, query, facts, least, byNames ? new Leaders(policy.Limit) : null);
        foreach (NameKind kind in SchemaKinds.KindsOf(query.Schema))
        {
            if (index.Kind(kind) is { } names)
                collected.Collect(names, exhaustive);
        }

        return collected.Best is null ? [] : Weigh(collected, facts, filter);
    }

    private ImmutableArray<Match> Weigh(Collection collected, EntityFacts? facts, EntityFilter filter)
    {
        var weighed = new List<Weighed>(collected.Best!.Count);
        foreach (Candidate candidate in collected.Best.Values)
        {
            if (candidate.Bits < collected.Least || (!filter.IsEmpty && !Admits(filter, candidate.Entity)))
                continue;
            // Facts of an entity are read only where a name came near.
            List<Evidence> circumstances = facts is null ? NoCircumstances : CircumstancesOf(candidate.Entity, facts);
            double weight = policy.Weights.Weigh(candidate.Bits, Circumstances.Weigh(candidate.Bits, circumstances), circumstances);
            if (weight >= _cutoffBits)
                weighed.Add(new Weighed(candidate, circumstances, weight));
        }

        weighed.Sort((a, b) => b.Weight.CompareTo(a.Weight) is not 0 and int byWeight
            ? byWeight
            : string.CompareOrdinal(index.IdOf(a.Candidate.Entity), index.IdOf(b.Candidate.Entity)));
        return Gather(weighed, collected, filter);
    }

    private List<Evidence> CircumstancesOf(int entity, EntityFacts facts) => FactComparison.Compare(facts, index.FactsAt(entity), () => index.SurroundingsAt(entity));

    private bool Admits(EntityFilter filter, int entity) =>
        filter.Admits(index.EntityAt(entity), index.Listed.Find(entity, index.EntityAt, out _)?.CanonicalId);

    /// <summary>One match for each entity, however many lists it is on: made by its best listing, the others beside it.</summary>
    private ImmutableArray<Match> Gather(List<Weighed> weighed, Collection collected, EntityFilter filter)
    {
        var matches = ImmutableArray.CreateBuilder<Match>();
        HashSet<string>? met = null;
        foreach ((Candidate candidate, List<Evidence> circumstances, double weight) in weighed)
        {
            if (matches.Count == policy.Limit)
                break;
            EntityGroup? group = index.Listed.Find(candidate.Entity, index.EntityAt, out ImmutableArray<int> members);
            if (group is not null && !filter.IsEmpty)
                members = members.RemoveAll(member => !Admits(filter, member));
            if (group is null || members.Length < 2)
                matches.Add(Report(candidate, circumstances, weight));
            else if ((met ??= new(StringComparer.Ordinal)).Add(group.CanonicalId))
                matches.Add(Report(candidate, circumstances, weight) with { Group = group, Listings = ListedGroups.Listings(group, members, index.EntityAt, NearestOf) });
        }

        return matches.DrainToImmutable();

        (string, double)? NearestOf(int entity)
        {
            int at = weighed.FindIndex(w => w.Candidate.Entity == entity);
            if (at >= 0)
                return (weighed[at].Candidate.Text, weighed[at].Weight);
            // Of a listing that is shown beside a stronger one, the name may not have been weighed, or not the best.
            return collected.Nearest(entity) is { } nearest && nearest.Bits * policy.Weights.Name is var weight && weight >= _cutoffBits ? (nearest.Text, weight) : null;
        }
    }

    private Match Report(Candidate candidate, List<Evidence> circumstances, double weight)
    {
        double score = ScoreScale.ToScore(weight);
        return new Match(index.EntityAt(candidate.Entity), candidate.Text, score, score >= policy.Threshold, weight)
        {
            Explained = new Lazy<ImmutableArray<Evidence>>(() => Explain(candidate, circumstances)),
        };
    }

    private ImmutableArray<Evidence> Explain(Candidate candidate, List<Evidence> circumstances)
    {
        string text = candidate.Text, property = candidate.Names.PropertyOf(candidate.Number);
        List<NameEvidence> nameEvidence = Explain(candidate, text);
        var evidence = ImmutableArray.CreateBuilder<Evidence>(nameEvidence.Count + circumstances.Count + 1);
        foreach (NameEvidence item in nameEvidence)
            evidence.Add(new Evidence(property, item.Query, item.Listed, item.Bits * policy.Weights.Name, item.Explanation));
        if (candidate.Names.IsWeak(candidate.Number))
            evidence.Add(new Evidence(property, null, text, EvidenceWeights.WeakAlias * policy.Weights.Name, "the list holds this name to be of low quality"));
        evidence.AddRange(circumstances);
        return evidence.DrainToImmutable();
    }

    private static List<NameEvidence> Explain(Candidate candidate, string text)
    {
        NameSearch search = candidate.Kind.Rent();
        try
        {
            return search.Explain(candidate.Query, candidate.Number, text);
        }
        finally
        {
            candidate.Kind.Return(search);
        }
    }

    private readonly record struct Weighed(Candidate Candidate, List<Evidence> Circumstances, double Weight);
}
