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
    private readonly double _cutoffBits = ScoreScale.ToBits(Math.Min(policy.Cutoff, policy.Threshold));

    /// <summary>Listed entities that resemble the query, the strongest evidence first.</summary>
    /// <param name="query">What to screen.</param>
    /// <returns>At most <see cref="MatchPolicy.Limit"/>; none when nothing resembles, or nothing can be compared (<see cref="Query.HasComparableName"/>).</returns>
    public ImmutableArray<Match> Screen(Query query) => Screen(query, exhaustive: false);

    /// <summary>As <see cref="Screen(Query)"/>, comparing with every listed name: slow, and the measure of what the index may lose.</summary>
    internal ImmutableArray<Match> Screen(Query query, bool exhaustive)
    {
        ArgumentNullException.ThrowIfNull(query);
        var best = new Dictionary<int, Candidate>();
        foreach (NameKind kind in SchemaKinds.KindsOf(query.Schema))
        {
            if (index.Names(kind) is { } names)
                Collect(query, kind, names, exhaustive, best);
        }

        EntityFacts? facts = null;
        var weighed = new List<(Candidate Candidate, List<Evidence> Circumstances, double Weight)>();
        foreach (Candidate candidate in best.Values)
        {
            // Facts are read only where a name came near.
            List<Evidence> circumstances = FactComparison.Compare(facts ??= EntityFacts.Of(query), index.FactsAt(candidate.Listed.Entity));
            double weight = candidate.Bits + Circumstances.Weigh(candidate.Bits, circumstances);
            if (weight >= _cutoffBits)
                weighed.Add((candidate, circumstances, weight));
        }

        weighed.Sort((a, b) => b.Weight.CompareTo(a.Weight) is not 0 and int byWeight
            ? byWeight
            : string.CompareOrdinal(index.EntityAt(a.Candidate.Listed.Entity).Id, index.EntityAt(b.Candidate.Listed.Entity).Id));
        return Gather(weighed);
    }

    /// <summary>One match for each entity, however many lists it is on: made by its best listing, the others beside it.</summary>
    private ImmutableArray<Match> Gather(List<(Candidate Candidate, List<Evidence> Circumstances, double Weight)> weighed)
    {
        var matches = ImmutableArray.CreateBuilder<Match>();
        HashSet<string>? met = null;
        foreach ((Candidate candidate, List<Evidence> circumstances, double weight) in weighed)
        {
            if (matches.Count == policy.Limit)
                break;
            EntityGroup? group = index.Listed.Find(candidate.Listed.Entity, out ImmutableArray<int> members);
            if (group is null)
                matches.Add(Explain(candidate, circumstances, weight));
            else if ((met ??= new(StringComparer.Ordinal)).Add(group.CanonicalId))
                matches.Add(Explain(candidate, circumstances, weight) with { Group = group, Listings = ListedGroups.Listings(group, members, index.EntityAt, NearestOf) });
        }

        return matches.DrainToImmutable();

        (string, double)? NearestOf(int entity)
        {
            int at = weighed.FindIndex(w => w.Candidate.Listed.Entity == entity);
            return at < 0 ? null : (weighed[at].Candidate.Listed.Name.Original, weighed[at].Weight);
        }
    }

    private void Collect(Query query, NameKind kind, NameIndex names, bool exhaustive, Dictionary<int, Candidate> best)
    {
        foreach (string text in query.Names.SelectMany(n => NameReadings.Of(n, kind)))
        {
            Name name = Name.Parse(text, kind);
            if (!name.IsComparable)
                continue;
            var memo = new AgreementMemo(name);
            IEnumerable<int> candidates = exhaustive ? Enumerable.Range(0, names.Names.Count) : names.Candidates(name, memo);
            foreach (int number in candidates)
            {
                ListedName listed = names.Names[number];
                if (!SchemaKinds.Comparable(query.Schema, index.EntityAt(listed.Entity).Schema))
                    continue;
                double bits = NameComparison.Weigh(name, listed.Name, memo) + (listed.IsWeak ? EvidenceWeights.WeakAlias : 0);
                if (bits > LeastBits && (!best.TryGetValue(listed.Entity, out Candidate? known) || bits > known.Bits))
                    best[listed.Entity] = new Candidate(name, listed, memo, bits);
            }
        }
    }

    // A name weaker than this cannot be lifted to the cutoff, short of a document number.
    private const double LeastBits = 0;

    private Match Explain(Candidate candidate, List<Evidence> circumstances, double weight)
    {
        var nameEvidence = new List<NameEvidence>();
        NameComparison.Weigh(candidate.Query, candidate.Listed.Name, candidate.Memo, nameEvidence);
        var evidence = ImmutableArray.CreateBuilder<Evidence>(nameEvidence.Count + circumstances.Count + 1);
        foreach (NameEvidence item in nameEvidence)
            evidence.Add(new Evidence(candidate.Listed.Property, item.Query, item.Listed, item.Bits, item.Explanation));
        if (candidate.Listed.IsWeak)
            evidence.Add(new Evidence(candidate.Listed.Property, null, candidate.Listed.Name.Original, EvidenceWeights.WeakAlias, "the list holds this name to be of low quality"));
        evidence.AddRange(circumstances);
        double score = ScoreScale.ToScore(weight);
        return new Match(index.EntityAt(candidate.Listed.Entity), candidate.Listed.Name.Original, score, score >= policy.Threshold, weight, evidence.DrainToImmutable());
    }

    private sealed record Candidate(Name Query, ListedName Listed, AgreementMemo Memo, double Bits);
}
