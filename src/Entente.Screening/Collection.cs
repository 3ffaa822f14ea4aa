using System.Runtime.InteropServices;
using Entente.Names.Structure;
using Entente.Screening.Facts;
using Entente.Screening.Index;

namespace Entente.Screening;

/// <summary>The entities that come near to one query, by the name of each that weighs most.</summary>
/// <remarks>Made for one query by one thread.</remarks>
/// <param name="index">What to search.</param>
/// <param name="query">The query.</param>
/// <param name="facts">What it says beside names; null for nothing.</param>
/// <param name="least">Bits that a name must weigh to be of interest.</param>
/// <param name="leaders">The strongest so far; null where all are wanted.</param>
internal sealed class Collection(ScreeningIndex index, Query query, EntityFacts? facts, double least, Leaders? leaders)
{
    // What two sums of the same may differ by.
    private const double Rounding = 0.01;

    private List<(Name Name, IndexedKind Kind)>? _asked;
    private readonly ComparableSchemata _comparable = new(query.Schema, index);
    private bool _passedOver;

    /// <summary>The entities, by number; null for none.</summary>
    public Dictionary<int, Candidate>? Best { get; private set; }

    /// <summary>Bits that a name must weigh to be among what is reported.</summary>
    public double Least => Math.Max(least, leaders is null ? least : leaders.Least);

    /// <summary>Collects from the names of one kind.</summary>
    /// <param name="kind">The names.</param>
    /// <param name="exhaustive">Whether to compare with each of them.</param>
    public void Collect(IndexedKind kind, bool exhaustive)
    {
        NameSearch search = kind.Rent();
        try
        {
            foreach (string given in query.Names)
            {
                foreach (string text in NameReadings.Of(given, kind.Names.Kind))
                {
                    Name name = Name.Parse(text, kind.Names.Kind);
                    if (name.IsComparable)
                        Collect(name, search, kind, exhaustive);
                }
            }
        }
        finally
        {
            kind.Return(search);
        }
    }

    /// <summary>The name of an entity that comes nearest, where stronger results made it needless to look at all its names; null where none comes near.</summary>
    public Candidate? Nearest(int entity)
    {
        if (leaders is null)
            return null;
        if (!_passedOver || !_comparable.With(entity))
            return Best?.GetValueOrDefault(entity);
        Candidate? nearest = null;
        foreach ((Name name, IndexedKind kind) in _asked ?? [])
        {
            NameSearch search = kind.Rent();
            (int first, int length) = kind.Names.NamesOf(entity).GetOffsetAndLength(kind.Names.Count);
            for (int number = first; number < first + length; number++)
            {
                double bits = BitsOf(kind, number, search.Weigh(name, kind.Names.WordingOf(number)));
                if (bits >= least && IsNearer(name, number, bits, nearest))
                    nearest = new Candidate(name, kind, number, bits);
            }

            kind.Return(search);
        }

        return nearest;
    }

    private void Collect(Name name, NameSearch search, IndexedKind kind, bool exhaustive)
    {
        if (exhaustive)
        {
            // Without a search, whose knowledge of the parts would be taken for all there is.
            for (int wording = 0; wording < kind.Names.WordingCount; wording++)
                Consider(name, search, kind, wording);
            return;
        }

        List<Found> candidates = search.Candidates(name, (float)least);
        if (leaders is not null && candidates.Count > 0)
        {
            (_asked ??= []).Add((name, kind));
            candidates.Sort(static (a, b) => b.Bound.CompareTo(a.Bound));
        }

        foreach (Found candidate in candidates)
        {
            if (leaders is not null && candidate.Bound < leaders.Least - Rounding)
            {
                _passedOver = true;
                break;
            }

            Consider(name, search, kind, candidate.Wording);
        }

        // A shared document says so much that no name is too unlike to be looked at.
        if (facts is { Documents.IsEmpty: false })
            ConsiderDocuments(name, search, kind);
    }

    private void Consider(Name name, NameSearch search, IndexedKind kind, int wording)
    {
        double? weight = null;
        foreach (int number in kind.Names.NamesOfWording(wording))
        {
            if (_comparable.With(kind.Names.EntityOf(number)))
                Keep(name, kind, number, weight ??= search.Weigh(name, wording), least);
        }
    }

    private void ConsiderDocuments(Name name, NameSearch search, IndexedKind kind)
    {
        foreach (DocumentText document in facts!.Documents)
        {
            foreach (int entity in index.WithDocument(document))
            {
                (int first, int length) = kind.Names.NamesOf(entity).GetOffsetAndLength(kind.Names.Count);
                for (int number = first; number < first + length && _comparable.With(entity); number++)
                    Keep(name, kind, number, search.Weigh(name, kind.Names.WordingOf(number)), 0);
            }
        }
    }

    private void Keep(Name name, IndexedKind kind, int number, double weight, double wanted)
    {
        if (BitsOf(kind, number, weight) is var bits && (bits < wanted || bits <= 0))
            return;
        int entity = kind.Names.EntityOf(number);
        ref Candidate? known = ref CollectionsMarshal.GetValueRefOrAddDefault(Best ??= [], entity, out _);
        if (!IsNearer(name, number, bits, known))
            return;
        known = new Candidate(name, kind, number, bits);
        leaders?.Add(index.Listed.KeyOf(entity), bits);
    }

    private static double BitsOf(IndexedKind kind, int number, double weight) => weight + (kind.Names.IsWeak(number) ? EvidenceWeights.WeakAlias : 0);

    /// <summary>Whether a name weighs more; of two that weigh the same, whether it is listed first.</summary>
    private static bool IsNearer(Name name, int number, double bits, Candidate? known) =>
        known is null || bits > known.Bits || (bits == known.Bits && known.Query == name && number < known.Number);
}
