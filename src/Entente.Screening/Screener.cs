using System.Collections.Immutable;
using System.Runtime.InteropServices;
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
        Dictionary<int, Candidate>? best = null;
        foreach (NameKind kind in SchemaKinds.KindsOf(query.Schema))
        {
            if (index.Kind(kind) is { } names)
                Collect(query, names, facts, least, exhaustive, ref best);
        }

        return best is null ? [] : Weigh(best, facts, filter);
    }

    private void Collect(Query query, IndexedKind kind, EntityFacts? facts, double least, bool exhaustive, ref Dictionary<int, Candidate>? best)
    {
        NameSearch search = kind.Rent();
        try
        {
            NameIndex names = kind.Names;
            var comparable = new ComparableSchemata(query.Schema, index);
            foreach (string given in query.Names)
            {
                foreach (string text in NameReadings.Of(given, names.Kind))
                {
                    Name name = Name.Parse(text, names.Kind);
                    if (!name.IsComparable)
                        continue;
                    List<int> candidates = search.Candidates(name, exhaustive ? float.NegativeInfinity : (float)least);
                    if (exhaustive)
                        candidates = [.. Enumerable.Range(0, names.WordingCount)];
                    foreach (int wording in candidates)
                        Consider(comparable, name, search, kind, wording, least, ref best);
                    // A shared document says so much that no name is too unlike to be looked at.
                    if (facts is { Documents.IsEmpty: false } && !exhaustive)
                        ConsiderDocuments(comparable, name, search, kind, facts, ref best);
                }
            }
        }
        finally
        {
            kind.Return(search);
        }
    }

    private static void Consider(ComparableSchemata comparable, Name name, NameSearch search, IndexedKind kind, int wording, double least, ref Dictionary<int, Candidate>? best)
    {
        double? weight = null;
        foreach (int number in kind.Names.NamesOfWording(wording))
        {
            if (comparable.With(kind.Names.EntityOf(number)))
                Keep(name, kind, number, weight ??= search.Weigh(wording), least, ref best);
        }
    }

    private void ConsiderDocuments(ComparableSchemata comparable, Name name, NameSearch search, IndexedKind kind, EntityFacts facts, ref Dictionary<int, Candidate>? best)
    {
        foreach (DocumentText document in facts.Documents)
        {
            foreach (int entity in index.WithDocument(document))
            {
                (int first, int length) = kind.Names.NamesOf(entity).GetOffsetAndLength(kind.Names.Count);
                for (int number = first; number < first + length && comparable.With(entity); number++)
                    Keep(name, kind, number, search.Weigh(kind.Names.WordingOf(number)), 0, ref best);
            }
        }
    }

    /// <summary>Keeps the name of each entity that weighs most; of several, the one that is listed first.</summary>
    private static void Keep(Name name, IndexedKind kind, int number, double weight, double least, ref Dictionary<int, Candidate>? best)
    {
        double bits = weight + (kind.Names.IsWeak(number) ? EvidenceWeights.WeakAlias : 0);
        if (bits < least || bits <= 0)
            return;
        ref Candidate? known = ref CollectionsMarshal.GetValueRefOrAddDefault(best ??= [], kind.Names.EntityOf(number), out _);
        if (known is null || bits > known.Bits || (bits == known.Bits && known.Query == name && number < known.Number))
            known = new Candidate(name, kind, number, bits);
    }

    private ImmutableArray<Match> Weigh(Dictionary<int, Candidate> best, EntityFacts? facts, EntityFilter filter)
    {
        var weighed = new List<(Candidate Candidate, List<Evidence> Circumstances, double Weight)>(best.Count);
        foreach (Candidate candidate in best.Values)
        {
            if (!filter.IsEmpty && !Admits(filter, candidate.Entity))
                continue;
            // Facts of an entity are read only where a name came near.
            List<Evidence> circumstances = facts is null ? [] : FactComparison.Compare(facts, index.FactsAt(candidate.Entity));
            double weight = policy.Weights.Weigh(candidate.Bits, Circumstances.Weigh(candidate.Bits, circumstances), circumstances);
            if (weight >= _cutoffBits)
                weighed.Add((candidate, circumstances, weight));
        }

        weighed.Sort((a, b) => b.Weight.CompareTo(a.Weight) is not 0 and int byWeight
            ? byWeight
            : string.CompareOrdinal(index.IdOf(a.Candidate.Entity), index.IdOf(b.Candidate.Entity)));
        return Gather(weighed, filter);
    }

    private bool Admits(EntityFilter filter, int entity) =>
        filter.Admits(index.EntityAt(entity), index.Listed.Find(entity, index.EntityAt, out _)?.CanonicalId);

    /// <summary>One match for each entity, however many lists it is on: made by its best listing, the others beside it.</summary>
    private ImmutableArray<Match> Gather(List<(Candidate Candidate, List<Evidence> Circumstances, double Weight)> weighed, EntityFilter filter)
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
                matches.Add(Explain(candidate, circumstances, weight));
            else if ((met ??= new(StringComparer.Ordinal)).Add(group.CanonicalId))
                matches.Add(Explain(candidate, circumstances, weight) with { Group = group, Listings = ListedGroups.Listings(group, members, index.EntityAt, NearestOf) });
        }

        return matches.DrainToImmutable();

        (string, double)? NearestOf(int entity)
        {
            int at = weighed.FindIndex(w => w.Candidate.Entity == entity);
            return at < 0 ? null : (weighed[at].Candidate.Text, weighed[at].Weight);
        }
    }

    private Match Explain(Candidate candidate, List<Evidence> circumstances, double weight)
    {
        string text = candidate.Text, property = candidate.Names.PropertyOf(candidate.Number);
        List<NameEvidence> nameEvidence = Explain(candidate, text);
        var evidence = ImmutableArray.CreateBuilder<Evidence>(nameEvidence.Count + circumstances.Count + 1);
        foreach (NameEvidence item in nameEvidence)
            evidence.Add(new Evidence(property, item.Query, item.Listed, item.Bits * policy.Weights.Name, item.Explanation));
        if (candidate.Names.IsWeak(candidate.Number))
            evidence.Add(new Evidence(property, null, text, EvidenceWeights.WeakAlias * policy.Weights.Name, "the list holds this name to be of low quality"));
        evidence.AddRange(circumstances);
        double score = ScoreScale.ToScore(weight);
        return new Match(index.EntityAt(candidate.Entity), text, score, score >= policy.Threshold, weight, evidence.DrainToImmutable());
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

    private sealed record Candidate(Name Query, IndexedKind Kind, int Number, double Bits)
    {
        public NameIndex Names => Kind.Names;

        public int Entity => Names.EntityOf(Number);

        public string Text => Names.TextOf(Number);
    }
}
