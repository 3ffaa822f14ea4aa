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
    private readonly NameComparer _comparer = new();
    private readonly WeightBound _bound = new();
    private readonly WordingTally _tally = new(index.WordingCount);
    private readonly Marks _found = new();
    private readonly Vocabulary.Room _room = new();
    private readonly Marks _forced = new();
    private readonly List<Lookup> _lookups = new(16);
    private readonly List<int> _candidates = new(64);
    private readonly NamePart[] _parts = new NamePart[Name.MaxParts];
    private readonly PartBits[] _direct = [new(), new()];
    private int _skipped;
    private bool _remembered;

    /// <summary>Finds names.</summary>
    /// <param name="query">A name of the index's kind.</param>
    /// <param name="least">Bits that a name must weigh to be of interest.</param>
    /// <returns>Numbers of wordings, each once; to be read before the next search.</returns>
    public List<int> Candidates(Name query, float least)
    {
        Begin(query);
        Look(query);
        Walk(least);
        AddForced(query);
        return _candidates;
    }

    /// <summary>Bits of evidence that the query searched for last and names of a wording are one.</summary>
    public float Weigh(int wording)
    {
        Remember();
        return _comparer.Weigh(Parts(index.PartsOf(wording)));
    }

    /// <summary>What the weight of a listed name adds up from.</summary>
    /// <param name="query">A name that was searched for; if last, what was found out about its parts is still known.</param>
    /// <param name="name">Number of the listed name.</param>
    /// <param name="text">The same as it is listed.</param>
    public List<NameEvidence> Explain(Name query, int name, string text)
    {
        if (_comparer.Query != query)
            Begin(query);
        var evidence = new List<NameEvidence>(8);
        _comparer.Explain(Parts(index.PartsOf(index.WordingOf(name))), Name.Parse(text, index.Kind), evidence);
        return evidence;
    }

    private ReadOnlySpan<NamePart> Parts(ReadOnlySpan<int> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
            _parts[i] = index.Vocabulary[numbers[i]];
        return _parts.AsSpan(0, numbers.Length);
    }

    /// <summary>Most queries come near to no name: only when one must be weighed does the comparer learn what was found.</summary>
    private void Remember()
    {
        if (_remembered)
            return;
        _remembered = true;
        foreach (Lookup lookup in _lookups)
        {
            PartMatches matches = lookup.Matches;
            for (int i = 0; lookup.At >= 0 && i < matches.Parts.Length; i++)
            {
                if (matches.Parts[i] < index.Vocabulary.Count)
                    _comparer.Memo.Remember(lookup.At, index.Vocabulary[matches.Parts[i]], matches.Agreements[i]);
            }
        }

        _comparer.Memo.Complete();
    }

    private void Begin(Name query)
    {
        _comparer.Begin(query);
        _bound.Begin(query);
        _tally.Clear();
        _lookups.Clear();
        _candidates.Clear();
        _remembered = false;
    }

    /// <summary>Finds, for each part of the query, the listed parts that agree.</summary>
    private void Look(Name query)
    {
        ReadOnlySpan<NamePart> parts = query.Parts;
        for (int at = 0; at < parts.Length; at++)
        {
            NamePart part = parts[at];
            if (part.IsSearched)
            {
                PartMatches? matches = cache.Find(part, null);
                if (matches is null)
                    cache.Add(part, null, matches = Compare(part));
                Add(matches, 1UL << at, at);
            }

            for (int length = Joining.NextRun(parts, at, 0); length > 0; length = Joining.NextRun(parts, at, length))
            {
                ReadOnlySpan<NamePart> run = parts.Slice(at, length);
                if (Joining.IsRun(run))
                    Add(Look(run), ((1UL << length) - 1) << at, -1);
            }
        }
    }

    private PartMatches Look(ReadOnlySpan<NamePart> run)
    {
        if (run.Length > 2)
            return Compare(run);
        PartMatches? matches = cache.Find(run[0], run[1]);
        if (matches is null)
            cache.Add(run[0], run[1], matches = Compare(run));
        return matches;
    }

    private void Add(PartMatches matches, ulong mask, int at)
    {
        if (matches.Parts.Length > 0)
            _lookups.Add(new Lookup(matches, mask, at));
    }

    private PartMatches Compare(NamePart part)
    {
        List<(int, float, Agreement)> agreeing = [];
        index.Vocabulary.Find(part, _found, _room);
        foreach (int found in _found.Marked)
        {
            Agreement agreement = TokenComparison.Compare(part, index.Vocabulary[found]);
            if (Alignment.Stricter(index.Kind, agreement).Bits is > 0 and float bits)
                agreeing.Add((found, bits, agreement));
        }

        if (Joining.IsWord(part))
        {
            index.Runs.Find(part.Sound!, _found);
            foreach (int run in _found.Marked)
            {
                if (Joining.Compare(part, Parts(index.PartsOfRun(run)), index.Kind, null) is { Bits: > 0 } agreement)
                    agreeing.Add((index.Vocabulary.Count + run, agreement.Bits, agreement));
            }
        }

        return PartMatches.Of(agreeing, index);
    }

    private PartMatches Compare(ReadOnlySpan<NamePart> run)
    {
        List<(int, float, Agreement)> agreeing = [];
        index.Vocabulary.FindSame(Joining.Spoken(run), _found, _room);
        foreach (int found in _found.Marked)
        {
            NamePart word = index.Vocabulary[found];
            if (Joining.IsWord(word) && Joining.Compare(word, run, index.Kind, null) is { Bits: > 0 } agreement)
                agreeing.Add((found, agreement.Bits, agreement));
        }

        return PartMatches.Of(agreeing, index);
    }

    /// <summary>Adds up what names have in common with the query, and keeps those that may weigh enough.</summary>
    private void Walk(float least)
    {
        // The commonest first.
        _lookups.Sort(static (a, b) => b.Matches.Wordings.CompareTo(a.Matches.Wordings));
        _skipped = 0;
        float skippedBits = 0;
        ulong skippedMask = 0;
        while (_skipped < Math.Min(_direct.Length, _lookups.Count))
        {
            Lookup next = _lookups[_skipped];
            float bits = skippedBits + next.Matches.Most;
            ulong mask = skippedMask | next.Mask;
            if (_bound.Of(bits, mask, default) >= least)
                break;
            _skipped++;
            (skippedBits, skippedMask) = (bits, mask);
        }

        for (int i = 0; i < _lookups.Count; i++)
            _lookups[i].Matches.AddTo(_tally, i + 1, _lookups[i].Mask, initialedOnly: i < _skipped);
        bool begun = false;
        foreach (int wording in _tally.Touched)
        {
            ref WordingTally.Entry entry = ref _tally[wording];
            NameSize size = index.SizeOf(wording);
            if (_bound.Of(entry.Bits + skippedBits, entry.Mask | skippedMask, size) < least)
                continue;
            for (int i = 0; i < _skipped && !begun; i++)
                _direct[i].Begin(_lookups[i].Matches);
            begun = true;
            ReadOnlySpan<int> parts = index.PartsOf(wording);
            for (int i = 0; i < _skipped; i++)
            {
                ulong mask = _lookups[i].Mask;
                if ((entry.Mask & mask) == 0 && _direct[i].Most(parts) is > 0 and float bits)
                {
                    entry.Bits += bits;
                    entry.Mask |= mask;
                }
            }

            if (_bound.Of(entry.Bits, entry.Mask, size) >= least)
                _candidates.Add(wording);
        }
    }

    /// <summary>Wordings that are to be compared whatever their parts: the same letters spaced otherwise, and acronyms.</summary>
    private void AddForced(Name query)
    {
        _forced.Clear(index.WordingCount);
        _forced.Add(index.WordingsUnder(Keys.Letters(WholeText.LettersOf(query.Parts))));
        if (index.Kind == NameKind.Organisation)
        {
            foreach (NamePart part in query.Parts)
            {
                if (part.Role == TokenRole.Word)
                    _forced.Add(index.WordingsUnder(Keys.Acronym(part.Folded)));
            }

            foreach (string acronym in Acronyms.Of(query))
            {
                foreach (int part in index.Vocabulary.Spelled(acronym))
                {
                    _forced.Add(index.PlainWith(part));
                    _forced.Add(index.InitialedWith(part));
                }
            }
        }

        foreach (int wording in _forced.Marked)
        {
            if (!_candidates.Contains(wording))
                _candidates.Add(wording);
        }
    }

    /// <summary>What was found for a part of the query.</summary>
    /// <param name="Matches">What was found.</param>
    /// <param name="Mask">The part as a bit, or the two parts that were looked for as one.</param>
    /// <param name="At">Its place in the query; -1 for two parts.</param>
    private readonly record struct Lookup(PartMatches Matches, ulong Mask, int At);
}
