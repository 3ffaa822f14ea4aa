using Entente.Names.Comparison;
using Entente.Names.Structure;

namespace Entente.Screening.Index;

/// <summary>Searches the names of one kind for those that a query's name may weigh enough with.</summary>
/// <remarks>
/// <para>
/// For each part of the query, the parts of listed names that agree with it are found in the vocabulary; the names they
/// stand in add up what agrees, less what must be missing. Only names whose bound reaches the least weight asked for are
/// compared whole. The commonest parts are not walked through: a name that has nothing else in common with the query cannot
/// weigh enough, and of the others each is looked at directly (the 'max score' order of Turtle and Flood 1995).
/// </para>
/// <para>Holds counters as long as the index, kept from query to query. Not thread-safe: one for each thread.</para>
/// </remarks>
internal sealed class NameSearch(NameIndex index, MatchCache cache)
{
    // Two neighbours written as one must fit well: there are many pairs of neighbours.
    private const float MostJoinedLoss = 4;

    private readonly NameComparer _comparer = new();
    private readonly Marks _found = new();
    private readonly Vocabulary.Room _room = new();
    private readonly Marks _forced = new();
    private readonly List<Lookup> _lookups = new(16);
    private readonly List<int> _touched = new(256);
    private readonly List<int> _candidates = new(64);
    private readonly NamePart[] _parts = new NamePart[Name.MaxParts];
    private readonly PartBits[] _direct = [new(index.Vocabulary.Count), new(index.Vocabulary.Count)];

    // By name: valid where the round is the current one.
    private readonly int[] _rounds = new int[index.Count];
    private readonly float[] _sums = new float[index.Count];
    private readonly ulong[] _masks = new ulong[index.Count];
    private readonly byte[] _last = new byte[index.Count];
    private int _round;

    /// <summary>The comparer, begun with the query searched for last.</summary>
    public NameComparer Comparer => _comparer;

    /// <summary>Finds names.</summary>
    /// <param name="query">A name of the index's kind.</param>
    /// <param name="least">Bits that a name must weigh to be of interest.</param>
    /// <returns>Numbers of names, each once; to be read before the next search.</returns>
    public List<int> Candidates(Name query, float least)
    {
        Begin(query);
        Look(query);
        Walk(query, least);
        AddForced(query);
        return _candidates;
    }

    /// <summary>Bits of evidence that the query searched for last and a listed name are one.</summary>
    public float Weigh(int name)
    {
        ReadOnlySpan<int> numbers = index.PartsOf(name);
        for (int i = 0; i < numbers.Length; i++)
            _parts[i] = index.Vocabulary[numbers[i]];
        return _comparer.Weigh(_parts.AsSpan(0, numbers.Length));
    }

    private void Begin(Name query)
    {
        _comparer.Begin(query);
        _lookups.Clear();
        _touched.Clear();
        _candidates.Clear();
        if (++_round == int.MaxValue)
        {
            Array.Clear(_rounds);
            _round = 1;
        }
    }

    /// <summary>Finds, for each part of the query, the listed parts that agree.</summary>
    private void Look(Name query)
    {
        for (int i = 0; i < query.Parts.Length; i++)
        {
            NamePart part = query.Parts[i];
            if (Vocabulary.IsSearchable(part))
                Look(part, i, 1UL << i, joined: false);
            if (NameReader.Passing.JoinedOrNull(query, i) is { } joined)
                Look(joined, i, 3UL << i, joined: true);
        }
    }

    private void Look(NamePart part, int at, ulong mask, bool joined)
    {
        PartMatches? matches = cache.Find(part, joined);
        if (matches is null)
            cache.Add(part, joined, matches = Compare(part, joined));
        if (matches.Parts.Length > 0)
            _lookups.Add(new Lookup(matches, mask));
        for (int i = 0; !joined && i < matches.Parts.Length; i++)
            _comparer.Memo.Remember(at, index.Vocabulary[matches.Parts[i]], matches.Agreements[i]);
    }

    private PartMatches Compare(NamePart part, bool joined)
    {
        index.Vocabulary.Find(part, joined, _found, _room);
        List<(int, float, Agreement)> agreeing = [];
        foreach (int found in _found.Marked)
        {
            Agreement agreement = TokenComparison.Compare(part, index.Vocabulary[found]);
            float bits = Alignment.Stricter(index.Kind, agreement).Bits;
            if (bits > 0 && (!(joined || found >= index.Vocabulary.Words) || agreement.Loss <= MostJoinedLoss))
                agreeing.Add((found, bits, agreement));
        }

        return PartMatches.Of(agreeing, index);
    }

    /// <summary>Adds up what names have in common with the query, and keeps those that may weigh enough.</summary>
    private void Walk(Name query, float least)
    {
        var bound = new WeightBound(query);
        // The commonest first.
        _lookups.Sort(static (a, b) => b.Matches.Names.CompareTo(a.Matches.Names));
        int skipped = 0;
        float skippedBits = 0;
        ulong skippedMask = 0;
        while (skipped < Math.Min(_direct.Length, _lookups.Count))
        {
            Lookup next = _lookups[skipped];
            float bits = skippedBits + next.Matches.Most;
            ulong mask = skippedMask | next.Mask;
            if (bound.Of(bits, mask, default) >= least)
                break;
            _direct[skipped++].Begin(next.Matches);
            (skippedBits, skippedMask) = (bits, mask);
        }

        for (int i = 0; i < _lookups.Count; i++)
            Walk(_lookups[i], i + 1, initialedOnly: i < skipped);
        foreach (int name in _touched)
        {
            NameSize size = index.SizeOf(name);
            if (bound.Of(_sums[name] + skippedBits, _masks[name] | skippedMask, size) < least)
                continue;
            for (int i = 0; i < skipped; i++)
            {
                ulong mask = _lookups[i].Mask;
                if ((_masks[name] & mask) == 0 && _direct[i].Most(index.PartsOf(name)) is > 0 and float bits)
                {
                    _sums[name] += bits;
                    _masks[name] |= mask;
                }
            }

            if (bound.Of(_sums[name], _masks[name], size) >= least)
                _candidates.Add(name);
        }
    }

    private void Walk(Lookup lookup, int number, bool initialedOnly)
    {
        PartMatches matches = lookup.Matches;
        for (int i = 0; i < matches.Parts.Length; i++)
        {
            int part = matches.Parts[i];
            ulong mask = part >= index.Vocabulary.Words ? lookup.Mask | WeightBound.Neighbours : lookup.Mask;
            if (!initialedOnly)
                Add(index.PlainNamesWith(part), number, mask, matches.Bits[i]);
            Add(index.InitialedNamesWith(part), number, mask, matches.Bits[i]);
        }
    }

    private void Add(ReadOnlySpan<int> names, int lookup, ulong mask, float bits)
    {
        foreach (int name in names)
        {
            if (_rounds[name] != _round)
            {
                _rounds[name] = _round;
                _sums[name] = bits;
                _masks[name] = mask;
                _last[name] = (byte)lookup;
                _touched.Add(name);
                continue;
            }

            _masks[name] |= mask;
            // Of the parts of a name that agree with the same part of the query, the best comes first and counts.
            if (_last[name] != lookup)
            {
                _sums[name] += bits;
                _last[name] = (byte)lookup;
            }
        }
    }

    /// <summary>Names that are to be compared whatever their parts: the same letters spaced otherwise, and acronyms.</summary>
    private void AddForced(Name query)
    {
        _forced.Clear(index.Count);
        _forced.Add(index.NamesUnder(Keys.Letters(WholeText.LettersOf(query.Parts))));
        if (index.Kind == NameKind.Organisation)
        {
            foreach (NamePart part in query.Parts)
            {
                if (part.Role == TokenRole.Word)
                    _forced.Add(index.NamesUnder(Keys.Acronym(part.Folded)));
            }

            foreach (string acronym in Acronyms.Of(query))
            {
                foreach (int part in index.Vocabulary.Spelled(acronym))
                {
                    _forced.Add(index.PlainNamesWith(part));
                    _forced.Add(index.InitialedNamesWith(part));
                }
            }
        }

        foreach (int name in _forced.Marked)
        {
            if (!_candidates.Contains(name))
                _candidates.Add(name);
        }
    }

    private readonly record struct Lookup(PartMatches Matches, ulong Mask);
}
