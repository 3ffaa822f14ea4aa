using Entente.Names.Comparison;
using Entente.Names.Scripts;
using Entente.Names.Sound;
using Entente.Names.Structure;

namespace Entente.Screening.Index;

/// <summary>Finds the names of one kind that share enough with a query to be worth comparing.</summary>
/// <remarks>
/// <para>
/// Each distinct name part stands once, with the names it occurs in. A query's part finds
/// parts by consonant skeleton, with one class dropped on either side or, in longer words, on
/// both (so that one consonant may be missing, added or changed), by known variants and by
/// meaning; the exact comparison then decides. Two neighbours are also kept as one word. Acronyms are looked up whole.
/// </para>
/// <para>Immutable once built; safe for any number of threads. A test compares what it finds on the real list with what comparing with every name finds.</para>
/// </remarks>
internal sealed class NameIndex
{
    /// <summary>Least bits by which the parts of a name must agree for it to be compared whole.</summary>
    private const float LeastAgreement = 3.5f;

    // Counters kept from query to query, so that none is cleared whole.
    [ThreadStatic]
    private static Tally? t_sums, t_best;

    [ThreadStatic]
    private static Marks? t_seen;

    // A skeleton shorter than this has too little left without a class; of just this length, with one class changed.
    private const int ShortestShortened = 3;

    private readonly ListedName[] _names;
    private readonly NamePart[] _parts;
    private readonly int[][] _postings;
    private readonly Dictionary<ulong, int[]> _bySkeleton;
    private readonly Dictionary<ulong, int[]> _byShortened;
    private readonly Dictionary<string, int[]> _byConcept;
    private readonly Dictionary<string, int[]> _byFolded;
    private readonly Dictionary<int, int[]> _byVariant;
    private readonly Dictionary<int, int[]> _byForm;
    private readonly Dictionary<string, int[]> _byAcronym;

    /// <summary>The names, as numbered in results.</summary>
    public IReadOnlyList<ListedName> Names => _names;

    private NameIndex(ListedName[] names, Builder builder)
    {
        _names = names;
        _parts = [.. builder.Parts];
        _postings = [.. builder.Postings.Select(p => p.Distinct().ToArray())];
        _bySkeleton = Freeze(builder.BySkeleton);
        _byShortened = Freeze(builder.ByShortened);
        _byConcept = Freeze(builder.ByConcept);
        _byFolded = Freeze(builder.ByFolded);
        _byVariant = Freeze(builder.ByVariant);
        _byForm = Freeze(builder.ByForm);
        _byAcronym = Freeze(builder.ByAcronym);
    }

    /// <summary>Builds the index of some names.</summary>
    /// <param name="names">Names of one kind, read by <paramref name="reader"/>.</param>
    /// <param name="reader">The reader that keeps their parts distinct.</param>
    public static NameIndex Build(IEnumerable<ListedName> names, NameReader reader)
    {
        ListedName[] all = [.. names];
        var builder = new Builder();
        for (int n = 0; n < all.Length; n++)
            builder.Add(n, all[n].Name, reader);
        return new NameIndex(all, builder);
    }

    /// <summary>The names worth comparing with a query, by number; each once.</summary>
    /// <param name="query">A name of the index's kind.</param>
    /// <param name="memo">Where agreements found on the way are kept.</param>
    public List<int> Candidates(Name query, AgreementMemo memo)
    {
        Tally sums = (t_sums ??= new Tally()).Clear(_names.Length), best = (t_best ??= new Tally()).Clear(_names.Length);
        Marks seen = (t_seen ??= new Marks()).Clear(_parts.Length);
        for (int i = 0; i < query.Tokens.Length; i++)
        {
            NamePart part = query.Tokens[i].Part;
            if (part.Role is TokenRole.Particle or TokenRole.Title or TokenRole.LegalForm or TokenRole.Initial)
                continue;
            best.Clear(_names.Length);
            foreach (int found in Similar(part, seen.Clear(_parts.Length)))
            {
                Agreement agreement = memo.Compare(i, _parts[found]);
                if (agreement.Bits > 0)
                    Raise(best, found, agreement.Bits);
            }

            if (JoinedWithNext(query, i) is { } joined)
            {
                foreach (int found in Similar(joined, seen.Clear(_parts.Length)))
                {
                    Agreement agreement = TokenComparison.Compare(joined, _parts[found]);
                    if (agreement is { Bits: > 0, Loss: <= 4 })
                        Raise(best, found, agreement.Bits);
                }
            }

            foreach (int name in best.Touched)
                sums.Add(name, best[name]);
        }

        var candidates = new List<int>();
        foreach (int name in sums.Touched)
        {
            if (sums[name] >= LeastAgreement)
                candidates.Add(name);
        }

        AddAcronyms(query, candidates, sums);
        return candidates;
    }

    private void Raise(Tally best, int part, float bits)
    {
        foreach (int name in _postings[part])
            best.Raise(name, bits);
    }

    private void AddAcronyms(Name query, List<int> candidates, Tally sums)
    {
        if (query.Kind != NameKind.Organisation)
            return;
        foreach (NameToken token in query.Tokens)
        {
            if (token.Part.Role == TokenRole.Word && _byAcronym.TryGetValue(token.Part.Folded, out int[]? spelled))
                candidates.AddRange(spelled.Where(n => !(sums[n] >= LeastAgreement)));
        }

        foreach (string acronym in Acronyms(query))
        {
            if (!_byFolded.TryGetValue(acronym, out int[]? parts))
                continue;
            foreach (int part in parts)
                candidates.AddRange(_postings[part].Where(n => !(sums[n] >= LeastAgreement)));
        }
    }

    /// <summary>Parts that may agree with a part, by number; each once.</summary>
    private List<int> Similar(NamePart part, Marks seen)
    {
        if (part.Concept is not null)
            seen.Add(_byConcept.GetValueOrDefault(part.Concept));
        seen.Add(_byFolded.GetValueOrDefault(part.Folded));
        if (part.Sound is null)
            return seen.Marked;
        foreach (int family in part.Families)
            seen.Add(_byVariant.GetValueOrDefault(family));
        foreach ((int row, string _) in part.Forms)
            seen.Add(_byForm.GetValueOrDefault(row));
        AddBySkeleton(part.Sound, seen);
        if (part.WithoutArticle is not null)
            AddBySkeleton(part.WithoutArticle, seen);
        return seen.Marked;
    }

    private void AddBySkeleton(SpokenWord word, Marks seen)
    {
        Span<ulong> skeletons = stackalloc ulong[Skeleton.MaxVariants];
        foreach (ulong skeleton in skeletons[..Skeleton.Variants(word, skeletons)])
        {
            seen.Add(_bySkeleton.GetValueOrDefault(skeleton));
            seen.Add(_byShortened.GetValueOrDefault(skeleton));
            int length = Skeleton.Length(skeleton);
            for (int at = 0; at < length && length >= ShortestShortened; at++)
            {
                ulong shortened = Skeleton.Without(skeleton, at);
                seen.Add(_bySkeleton.GetValueOrDefault(shortened));
                if (length > ShortestShortened)
                    seen.Add(_byShortened.GetValueOrDefault(shortened));
            }
        }
    }

    /// <summary>A part and its neighbour as one word, where both are words.</summary>
    private static NamePart? JoinedWithNext(Name name, int at) => new NameReader().JoinedOrNull(name, at);

    /// <summary>The first letters of a name's words, with and without the small ones.</summary>
    private static IEnumerable<string> Acronyms(Name name)
    {
        if (name.Tokens.Count(t => t.Part.Role is TokenRole.Word or TokenRole.Generic) < 3)
            yield break;
        string all = Initials(name.Tokens);
        string main = Initials(name.Tokens.Where(t => t.Part.Role is not (TokenRole.Particle or TokenRole.LegalForm or TokenRole.Title)));
        yield return main;
        if (all != main)
            yield return all;
    }

    private static string Initials(IEnumerable<NameToken> tokens) =>
        string.Concat(tokens.SelectMany(t => t.Part.Folded.Split(' ')).Where(w => w.Length > 0 && ScriptOf.Character(w[0]) == Script.Latin).Select(w => w[0]));

    private static Dictionary<T, int[]> Freeze<T>(Dictionary<T, List<int>> lists) where T : notnull =>
        lists.ToDictionary(l => l.Key, l => l.Value.Distinct().ToArray());

    private sealed class Builder
    {
        private readonly Dictionary<NamePart, int> _numbers = new(ReferenceEqualityComparer.Instance);

        public List<NamePart> Parts { get; } = [];

        public List<List<int>> Postings { get; } = [];

        public Dictionary<ulong, List<int>> BySkeleton { get; } = [];

        public Dictionary<ulong, List<int>> ByShortened { get; } = [];

        public Dictionary<string, List<int>> ByConcept { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, List<int>> ByFolded { get; } = new(StringComparer.Ordinal);

        public Dictionary<int, List<int>> ByVariant { get; } = [];

        public Dictionary<int, List<int>> ByForm { get; } = [];

        public Dictionary<string, List<int>> ByAcronym { get; } = new(StringComparer.Ordinal);

        public void Add(int number, Name name, NameReader reader)
        {
            for (int i = 0; i < name.Tokens.Length; i++)
            {
                NamePart part = name.Tokens[i].Part;
                if (part.Role is not (TokenRole.Particle or TokenRole.Title or TokenRole.LegalForm or TokenRole.Initial))
                    Postings[NumberOf(part)].Add(number);
                if (reader.JoinedOrNull(name, i) is { } joined)
                    Postings[NumberOf(joined)].Add(number);
            }

            if (name.Kind == NameKind.Organisation)
            {
                foreach (string acronym in Acronyms(name))
                    Put(ByAcronym, acronym, number);
            }
        }

        private int NumberOf(NamePart part)
        {
            if (_numbers.TryGetValue(part, out int number))
                return number;
            number = Parts.Count;
            _numbers.Add(part, number);
            Parts.Add(part);
            Postings.Add([]);
            if (part.Concept is not null)
                Put(ByConcept, part.Concept, number);
            Put(ByFolded, part.Folded, number);
            if (part.Sound is null)
                return number;
            foreach (int family in part.Families)
                Put(ByVariant, family, number);
            foreach ((int row, string _) in part.Forms)
                Put(ByForm, row, number);
            PutSkeletons(part.Sound, number);
            if (part.WithoutArticle is not null)
                PutSkeletons(part.WithoutArticle, number);
            return number;
        }

        private void PutSkeletons(SpokenWord word, int number)
        {
            Span<ulong> skeletons = stackalloc ulong[Skeleton.MaxVariants];
            foreach (ulong skeleton in skeletons[..Skeleton.Variants(word, skeletons)])
            {
                Put(BySkeleton, skeleton, number);
                int length = Skeleton.Length(skeleton);
                for (int at = 0; at < length && length >= ShortestShortened; at++)
                    Put(ByShortened, Skeleton.Without(skeleton, at), number);
            }
        }

        private static void Put<T>(Dictionary<T, List<int>> lists, T key, int number) where T : notnull
        {
            if (!lists.TryGetValue(key, out List<int>? list))
                lists[key] = list = [];
            list.Add(number);
        }
    }
}
