using System.Numerics;
using Entente.Names.Scripts;
using Entente.Names.Sound;
using Entente.Names.Structure;

namespace Entente.Names.Comparison;

/// <summary>Which parts of one name go with which of another.</summary>
/// <remarks>
/// Greedy, strongest agreement first; a part goes with one part, two neighbours written as
/// one word, or the words that an acronym stands for. Parts are bits of a mask.
/// </remarks>
internal sealed class Alignment
{
    /// <summary>Parts that were aligned.</summary>
    /// <param name="Query">Mask of the query's parts.</param>
    /// <param name="Listed">Mask of the listed name's parts.</param>
    /// <param name="Agreement">How they agree.</param>
    public readonly record struct Link(ulong Query, ulong Listed, Agreement Agreement)
    {
        /// <summary>First part of the query.</summary>
        public int QueryAt => BitOperations.TrailingZeroCount(Query);

        /// <summary>First part of the listed name.</summary>
        public int ListedAt => BitOperations.TrailingZeroCount(Listed);
    }

    // What is left of two words after less than this is chance.
    private const float LeastJoinedBits = 5.5f;

    /// <summary>The links, in the order of the query.</summary>
    public List<Link> Links { get; } = new(8);

    /// <summary>Mask of the query's aligned parts.</summary>
    public ulong Query { get; private set; }

    /// <summary>Mask of the listed name's aligned parts.</summary>
    public ulong Listed { get; private set; }

    /// <summary>Aligns two names.</summary>
    /// <param name="query">A name.</param>
    /// <param name="listed">Another of the same kind.</param>
    /// <param name="memo">Agreements of the query's parts.</param>
    public static Alignment Of(Name query, Name listed, AgreementMemo memo)
    {
        var candidates = new List<Link>(16);
        int n = Math.Min(query.Tokens.Length, 64), m = Math.Min(listed.Tokens.Length, 64);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < m; j++)
            {
                Agreement agreement = Stricter(query.Kind, memo.Compare(i, listed.Tokens[j].Part));
                if (agreement.Bits > 0)
                    candidates.Add(new Link(1UL << i, 1UL << j, agreement));
            }
        }

        AddJoined(query, listed, candidates, swapped: false);
        AddJoined(listed, query, candidates, swapped: true);
        if (query.Kind == NameKind.Organisation)
        {
            AddAcronyms(query, listed, candidates, swapped: false);
            AddAcronyms(listed, query, candidates, swapped: true);
        }

        candidates.Sort(static (a, b) =>
        {
            int byBits = b.Agreement.Bits.CompareTo(a.Agreement.Bits);
            if (byBits != 0)
                return byBits;
            int byShift = Math.Abs(a.QueryAt - a.ListedAt).CompareTo(Math.Abs(b.QueryAt - b.ListedAt));
            return byShift != 0 ? byShift : (a.QueryAt + a.ListedAt).CompareTo(b.QueryAt + b.ListedAt);
        });

        var alignment = new Alignment();
        foreach (Link link in candidates)
        {
            if ((alignment.Query & link.Query) != 0 || (alignment.Listed & link.Listed) != 0)
                continue;
            alignment.Query |= link.Query;
            alignment.Listed |= link.Listed;
            alignment.Links.Add(link);
        }

        alignment.Links.Sort(static (a, b) => a.QueryAt.CompareTo(b.QueryAt));
        return alignment;
    }

    /// <summary>
    /// What names a company or ship is chosen to differ, and spelled as it was chosen: likeness says less there than in a
    /// person's name.
    /// </summary>
    private static Agreement Stricter(NameKind kind, Agreement agreement)
    {
        const float FurtherLoss = 0.6f, LeastBits = 2f;
        if (kind == NameKind.Person || agreement.Kind is not (AgreementKind.Sound or AgreementKind.Typo))
            return agreement;
        float bits = agreement.Bits - (FurtherLoss * agreement.Loss);
        return bits >= LeastBits ? agreement with { Bits = bits, Loss = agreement.Loss * (1 + FurtherLoss) } : default;
    }

    /// <summary>One word here that is two neighbours there, or a name with all its particles.</summary>
    private static void AddJoined(Name one, Name two, List<Link> candidates, bool swapped)
    {
        for (int j = 0; j + 1 < Math.Min(two.Tokens.Length, 64); j++)
        {
            int last = j + 1;
            while (last + 1 < Math.Min(two.Tokens.Length, 64) && two.Tokens[last].Part.Role == TokenRole.Particle)
                last++;
            AddJoined(one, two, j, j + 1, candidates, swapped);
            if (last > j + 1)
                AddJoined(one, two, j, last, candidates, swapped);
        }
    }

    private static void AddJoined(Name one, Name two, int first, int last, List<Link> candidates, bool swapped)
    {
        int length = 0;
        float rarity = 0, sum = 0;
        NamePart head = two.Tokens[first].Part;
        for (int j = first; j <= last; j++)
        {
            NamePart part = two.Tokens[j].Part;
            if (part.Sound is null || part.Script != head.Script)
                return;
            length += part.Folded.Length;
            rarity = Math.Max(rarity, part.Rarity);
            sum += part.Rarity;
        }

        for (int i = 0; i < Math.Min(one.Tokens.Length, 64); i++)
        {
            NamePart word = one.Tokens[i].Part;
            if (word.Sound is null || word.Role is TokenRole.Initial or TokenRole.Particle or TokenRole.Title || word.Folded.Length < 4)
                continue;
            bool sameScript = word.Script == head.Script;
            if (Math.Abs(word.Folded.Length - length) > (sameScript ? 2 : 4) || (sameScript && word.Folded[0] != head.Folded[0]))
                continue;
            string joined = string.Concat(two.Tokens.Skip(first).Take(last - first + 1).Select(t => t.Part.Folded));
            float loss = joined == word.Folded ? 0 : TokenComparison.SoundLoss(word.Sound, SpokenWord.Of(joined, SoundModel.Default));
            // Names written as one must fit well: there are many pairs of neighbours.
            if (loss > (sameScript ? 3 : 4))
                continue;
            // Two names of a person together are little rarer than one: many people are called so.
            float bits = Math.Min(word.Rarity, one.Kind == NameKind.Person ? rarity + 2 : sum) - loss - 0.5f;
            if (bits < LeastJoinedBits)
                continue;
            ulong run = ((2UL << (last - first)) - 1) << first;
            candidates.Add(new Link(swapped ? run : 1UL << i, swapped ? 1UL << i : run, new Agreement(bits, loss + 0.5f, AgreementKind.Joined)));
        }
    }

    /// <summary>A short word here that the first letters of three or more words there spell.</summary>
    private static void AddAcronyms(Name one, Name two, List<Link> candidates, bool swapped)
    {
        for (int i = 0; i < Math.Min(one.Tokens.Length, 64); i++)
        {
            NamePart word = one.Tokens[i].Part;
            if (word.Role != TokenRole.Word || word.Script != Script.Latin || word.Folded.Length is < 3 or > 7)
                continue;
            ulong spelled = Spells(word.Folded, two, static role => role is TokenRole.Particle or TokenRole.LegalForm);
            if (spelled == 0)
                spelled = Spells(word.Folded, two, static role => role is TokenRole.Particle);
            if (spelled == 0)
                spelled = Spells(word.Folded, two, static _ => false);
            if (spelled == 0)
                continue;
            float bits = Math.Min(13f, 3.2f * word.Folded.Length);
            candidates.Add(new Link(swapped ? spelled : 1UL << i, swapped ? 1UL << i : spelled, new Agreement(bits, 0, AgreementKind.Acronym)));
        }
    }

    private static ulong Spells(string acronym, Name name, Predicate<TokenRole> skips)
    {
        for (int start = 0; start < Math.Min(name.Tokens.Length, 64); start++)
        {
            ulong mask = 0;
            int letters = 0;
            for (int j = start; j < Math.Min(name.Tokens.Length, 64) && letters < acronym.Length; j++)
            {
                NamePart token = name.Tokens[j].Part;
                if (!skips(token.Role))
                {
                    // A phrase known as one concept gives the first letter of each of its words.
                    foreach (Range word in token.Folded.AsSpan().Split(' '))
                    {
                        if (letters < acronym.Length && token.Folded[word].Length > 0 && token.Folded[word][0] == acronym[letters])
                            letters++;
                        else
                            goto nextStart;
                    }
                }

                mask |= 1UL << j;
            }

            if (letters == acronym.Length)
                return mask;
            nextStart:;
        }

        return 0;
    }
}
