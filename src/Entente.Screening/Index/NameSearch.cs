using System.Runtime.InteropServices;
using Entente.Names.Comparison;
using Entente.Names.Structure;

namespace Entente.Screening.Index;

/// <summary>Searches the names of one kind for those that a query's name may weigh enough with.</summary>
/// <remarks>
/// <para>
/// For each part of the query, the parts of listed names that agree with it are found in the vocabulary; the names they
/// stand in add up what agrees, less what must be missing. Only names whose bound reaches the least weight asked for are
/// compared whole. Of the commonest parts the names are not walked through: a name that has nothing else in common with the query
/// cannot weigh enough, and of the others it is looked up what else they have (the 'max score' order of Turtle and Flood 1995). How
/// many parts that holds for depends on how long the names are, so names are gone through by their size.
/// </para>
/// <para>Kept from query to query. Not thread-safe: one for each thread.</para>
/// </remarks>
internal sealed class NameSearch(NameIndex index, MatchCache cache)
{
    // For each part of a query itself, runs of it with what follows, and neighbours that are the same word.
    private const int MostLists = 4 * Name.MaxParts;

    private readonly NameComparer _comparer = new();
    private readonly WeightBound _bound = new();
    private readonly Marks _found = new();
    private readonly Vocabulary.Room _room = new();
    private readonly List<Lookup> _lookups = new(16);
    private readonly List<Found> _candidates = new(64);
    private readonly NamePart[] _parts = new NamePart[Name.MaxParts];
    private readonly List<PostingList> _lists = new(16);
    private readonly PostingRoom _postings = new();

    // Of the lists that are walked through from the start, of those that are passed over from the end.
    private readonly PostingCursor[] _cursors = new PostingCursor[MostLists];
    private readonly PartBits?[] _byPart = new PartBits?[MostLists];

    // Whether neighbours were found to agree with a word.
    private bool _mayJoin;

    /// <summary>Finds names.</summary>
    /// <param name="query">A name of the index's kind.</param>
    /// <param name="least">Bits that a name must weigh to be of interest.</param>
    /// <returns>Wordings, each once; to be read before the next search.</returns>
    public List<Found> Candidates(Name query, float least)
    {
        Begin(query);
        Look(query);
        _comparer.Memo.Complete(_mayJoin);
        Walk(least);
        AddForced(query);
        return _candidates;
    }

    /// <summary>Bits of evidence that a name and those of a wording are one.</summary>
    /// <param name="query">A name of the index's kind; if it was searched for last, what was found out about its parts is still known.</param>
    /// <param name="wording">The wording.</param>
    public float Weigh(Name query, int wording) => _comparer.Weigh(TakeUp(query, wording));

    /// <summary>What the weight of a listed name adds up from.</summary>
    /// <param name="query">A name that was searched for; if last, what was found out about its parts is still known.</param>
    /// <param name="name">Number of the listed name.</param>
    /// <param name="text">The same as it is listed.</param>
    public List<NameEvidence> Explain(Name query, int name, string text)
    {
        var evidence = new List<NameEvidence>(8);
        _comparer.Explain(TakeUp(query, index.WordingOf(name)), Name.Parse(text, index.Kind), evidence);
        return evidence;
    }

    private ReadOnlySpan<NamePart> Parts(ReadOnlySpan<int> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
            _parts[i] = index.Vocabulary[numbers[i]];
        return _parts.AsSpan(0, numbers.Length);
    }

    /// <summary>The parts of a wording that is to be compared with a query; if that was searched for last, the comparer is told what was found for them.</summary>
    /// <remarks>Most queries come near to few names, whose parts are few beside all that was found.</remarks>
    private ReadOnlySpan<NamePart> TakeUp(Name query, int wording)
    {
        ReadOnlySpan<int> parts = index.PartsOf(wording);
        if (_comparer.Query != query)
            Begin(query);
        foreach (Lookup lookup in _lookups)
        {
            foreach (int part in parts)
            {
                if (lookup.At >= 0 && lookup.Matches.Parts.AsSpan().IndexOf(part) is >= 0 and int at)
                    _comparer.Memo.Remember(lookup.At, index.Vocabulary[part], lookup.Matches.Agreements[at]);
            }
        }

        return Parts(parts);
    }

    private void Begin(Name query)
    {
        _comparer.Begin(query);
        _bound.Begin(query);
        _lookups.Clear();
        _candidates.Clear();
        _mayJoin = false;
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
        if (matches.IsEmpty)
            return;
        _lookups.Add(new Lookup(matches, mask, at));
        _mayJoin |= at < 0 || matches.Runs is not null;
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

        List<(int, float, Agreement)> runs = [];
        if (Joining.IsWord(part))
        {
            index.Runs.Find(part.Sound!, _found);
            foreach (int run in _found.Marked)
            {
                if (Joining.Compare(part, Parts(index.PartsOfRun(run)), index.Kind, null) is { Bits: > 0 } agreement)
                    runs.Add((index.Vocabulary.Count + run, agreement.Bits, agreement));
            }
        }

        return PartMatches.Of(agreeing, index, runs.Count == 0 ? null : PartMatches.Of(runs, index));
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
        for (int size = 0; size < NameSize.Classes; size++)
        {
            _lists.Clear();
            foreach (Lookup lookup in _lookups)
            {
                AddList(new PostingList(lookup.Matches, size, lookup.Mask, false));
                if (lookup.Matches.Runs is { } runs)
                    AddList(new PostingList(runs, size, lookup.Mask | WeightBound.Neighbours, true));
            }

            if (_lists.Count > 0)
                Walk(size, least);
        }
    }

    /// <summary>Adds what was found for a part in the names of a class of sizes, the longest list first.</summary>
    private void AddList(PostingList list)
    {
        if (list.Count == 0)
            return;
        int at = _lists.Count;
        while (at > 0 && _lists[at - 1].Count < list.Count)
            at--;
        _lists.Insert(at, list);
    }

    private void Walk(int size, float least)
    {
        int passed = 0;
        float passedBits = 0;
        ulong passedMask = 0;
        // An initial may stand for any word: of such names none is passed over.
        while (size != NameSize.WithInitials && passed < _lists.Count)
        {
            float more = passedBits + _lists[passed].Matches.Most;
            ulong mask = passedMask | _lists[passed].Mask;
            if (_bound.Of(more, mask, NameSize.LeastOf(size)) >= least)
                break;
            (passedBits, passedMask) = (more, mask);
            passed++;
        }

        if (passed == _lists.Count)
            return;
        Span<PostingCursor> walked = _cursors.AsSpan(0, _lists.Count - passed);
        for (int i = 0; i < walked.Length; i++)
            walked[i] = Open(_lists[passed + i]);
        bool isExact = size < NameSize.WithInitials - 1, isSought = false;
        while (Next(walked) is >= 0 and int wording)
        {
            float bits = 0;
            ulong mask = 0;
            foreach (ref PostingCursor list in walked)
            {
                if (list.Wording != wording)
                    continue;
                list.Add(ref bits, ref mask);
                list.At++;
            }

            NameSize exact = isExact ? NameSize.LeastOf(size) : index.SizeOf(wording);
            if (_bound.Of(bits + passedBits, mask | passedMask, exact) < least)
                continue;
            if (!isSought)
                OpenPassed(passed);
            isSought = true;
            Seek(wording, passed, ref bits, ref mask);
            if (_bound.Of(bits, mask, exact) is var bound && bound >= least)
                _candidates.Add(new Found(wording, bound));
        }
    }

    private PostingCursor Open(PostingList list)
    {
        var cursor = new PostingCursor { Postings = list.Matches.In(list.Size, _postings, out int gathered), Mask = list.Mask };
        cache.Gathered(gathered);
        return cursor;
    }

    /// <summary>Prepares to look for wordings in the lists that are passed over.</summary>
    /// <remarks>
    /// That is fastest in the lists themselves. But those of common parts are long, and where there is no room for them, a
    /// wording's own parts are looked up. Of neighbours only the lists tell.
    /// </remarks>
    private void OpenPassed(int passed)
    {
        for (int i = 0; i < passed; i++)
        {
            PostingList list = _lists[i];
            _byPart[i] = null;
            if (list.IsNeighbours || list.Matches.IsGathered(list.Size) || cache.HasRoom(8 * list.Count))
            {
                _cursors[^(i + 1)] = Open(list);
                continue;
            }

            _byPart[i] = list.Matches.ByPart(out int gathered);
            cache.Gathered(gathered);
        }
    }

    /// <summary>Adds what a wording has in common with the query in the lists that are passed over.</summary>
    private void Seek(int wording, int passed, ref float bits, ref ulong mask)
    {
        for (int i = 0; i < passed; i++)
        {
            if (_byPart[i] is not { } known)
            {
                ref PostingCursor list = ref _cursors[^(i + 1)];
                list.Seek(wording);
                if (list.Wording == wording)
                    list.Add(ref bits, ref mask);
            }
            else if (known.BestOf(index.PartsOf(wording)) is > 0 and float best)
            {
                bits += best;
                mask |= _lists[i].Mask;
            }
        }
    }

    /// <summary>The lowest wording at which some lists stand; -1 where all are at their end.</summary>
    private static int Next(Span<PostingCursor> lists)
    {
        int next = int.MaxValue;
        foreach (ref readonly PostingCursor list in lists)
            next = Math.Min(next, list.Wording);
        return next == int.MaxValue ? -1 : next;
    }

    /// <summary>Wordings that are to be compared whatever their parts: the same letters spaced otherwise, and acronyms.</summary>
    private void AddForced(Name query)
    {
        int walked = _candidates.Count;
        AddForced(walked, index.WordingsUnder(Keys.Letters(WholeText.LettersOf(query.Parts))));
        if (index.Kind != NameKind.Organisation)
            return;
        foreach (NamePart part in query.Parts)
        {
            if (part.Role == TokenRole.Word)
                AddForced(walked, index.WordingsUnder(Keys.Acronym(part.Folded)));
        }

        foreach (string acronym in Acronyms.Of(query.Parts))
        {
            foreach (int part in index.Vocabulary.Spelled(acronym))
                AddForced(walked, index.With(part));
        }
    }

    private void AddForced(int walked, ReadOnlySpan<int> wordings)
    {
        foreach (int wording in wordings)
        {
            // Names are walked through in their order, whatever their bound.
            var forced = new Found(wording, float.PositiveInfinity);
            Span<Found> known = CollectionsMarshal.AsSpan(_candidates);
            if (known[..walked].BinarySearch(forced, Found.ByWording) < 0 && !known[walked..].Contains(forced))
                _candidates.Add(forced);
        }
    }

    /// <summary>What was found for a part of the query.</summary>
    /// <param name="Matches">What was found.</param>
    /// <param name="Mask">The part as a bit, or the two parts that were looked for as one.</param>
    /// <param name="At">Its place in the query; -1 for two parts.</param>
    private readonly record struct Lookup(PartMatches Matches, ulong Mask, int At);

    /// <summary>What was found for a part of the query, in the names of a class of sizes.</summary>
    /// <param name="Matches">What was found.</param>
    /// <param name="Size">The class.</param>
    /// <param name="Mask">The part as a bit, and more of <see cref="WeightBound"/>.</param>
    /// <param name="IsNeighbours">Whether they are neighbours, not parts.</param>
    private readonly record struct PostingList(PartMatches Matches, int Size, ulong Mask, bool IsNeighbours)
    {
        /// <summary>How many wordings there are, about.</summary>
        public int Count => Matches.CountIn(Size);
    }
}
