using System.Numerics;
using Entente.Names.Scripts;
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

    private readonly List<Link> _candidates = new(16);
    private readonly JoinedMemo _joined = new();

    /// <summary>The links, in the order of the query.</summary>
    public List<Link> Links { get; } = new(8);

    /// <summary>Mask of the query's aligned parts.</summary>
    public ulong Query { get; private set; }

    /// <summary>Mask of the listed name's aligned parts.</summary>
    public ulong Listed { get; private set; }

    /// <summary>Aligns two names, in place of those aligned before.</summary>
    /// <param name="query">Parts of a name.</param>
    /// <param name="listed">Parts of another of the same kind.</param>
    /// <param name="kind">What bears the names.</param>
    /// <param name="memo">Agreements of the query's parts.</param>
    public void Align(ReadOnlySpan<NamePart> query, ReadOnlySpan<NamePart> listed, NameKind kind, AgreementMemo memo)
    {
        List<Link> candidates = _candidates;
        candidates.Clear();
        for (int i = 0; i < query.Length; i++)
        {
            for (int j = 0; j < listed.Length; j++)
            {
                Agreement agreement = Stricter(kind, memo.Compare(i, listed[j]));
                if (agreement.Bits > 0)
                    candidates.Add(new Link(1UL << i, 1UL << j, agreement));
            }
        }

        if (memo.MayJoin)
        {
            AddJoined(query, listed, kind, candidates, swapped: false);
            AddJoined(listed, query, kind, candidates, swapped: true);
        }

        if (kind == NameKind.Organisation)
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
            if (byShift != 0)
                return byShift;
            int byPlace = (a.QueryAt + a.ListedAt).CompareTo(b.QueryAt + b.ListedAt);
            return byPlace != 0 ? byPlace : a.QueryAt.CompareTo(b.QueryAt);
        });

        Query = Listed = 0;
        Links.Clear();
        foreach (Link link in candidates)
        {
            if ((Query & link.Query) != 0 || (Listed & link.Listed) != 0)
                continue;
            Query |= link.Query;
            Listed |= link.Listed;
            Links.Add(link);
        }

        Links.Sort(static (a, b) => a.QueryAt.CompareTo(b.QueryAt));
    }

    /// <summary>
    /// What names a company or ship is chosen to differ, and spelled as it was chosen: likeness says less there than in a
    /// person's name.
    /// </summary>
    public static Agreement Stricter(NameKind kind, Agreement agreement)
    {
        const float FurtherLoss = 0.6f, LeastBits = 2f;
        if (kind == NameKind.Person || agreement.Kind is not (AgreementKind.Sound or AgreementKind.Typo))
            return agreement;
        float bits = agreement.Bits - (FurtherLoss * agreement.Loss);
        return bits >= LeastBits ? agreement with { Bits = bits, Loss = agreement.Loss * (1 + FurtherLoss) } : default;
    }

    /// <summary>One word here that is neighbours there.</summary>
    private void AddJoined(ReadOnlySpan<NamePart> one, ReadOnlySpan<NamePart> two, NameKind kind, List<Link> candidates, bool swapped)
    {
        for (int j = 0; j + 1 < two.Length; j++)
        {
            for (int length = Joining.NextRun(two, j, 0); length > 0; length = Joining.NextRun(two, j, length))
            {
                ReadOnlySpan<NamePart> run = two.Slice(j, length);
                if (!Joining.IsRun(run))
                    continue;
                ulong mask = ((1UL << length) - 1) << j;
                for (int i = 0; i < one.Length; i++)
                {
                    if (Joining.IsWord(one[i]) && Joining.Compare(one[i], run, kind, _joined) is { Bits: > 0 } agreement)
                        candidates.Add(new Link(swapped ? mask : 1UL << i, swapped ? 1UL << i : mask, agreement));
                }
            }
        }
    }

    /// <summary>A short word here that the first letters of three or more words there spell.</summary>
    private static void AddAcronyms(ReadOnlySpan<NamePart> one, ReadOnlySpan<NamePart> two, List<Link> candidates, bool swapped)
    {
        for (int i = 0; i < one.Length; i++)
        {
            NamePart word = one[i];
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

    private static ulong Spells(string acronym, ReadOnlySpan<NamePart> name, Predicate<TokenRole> skips)
    {
        for (int start = 0; start < name.Length; start++)
        {
            ulong mask = 0;
            int letters = 0;
            for (int j = start; j < name.Length && letters < acronym.Length; j++)
            {
                NamePart token = name[j];
                if (!skips(token.Role))
                {
                    // A phrase known as one concept gives the first letter of each of its words.
                    foreach (Range word in token.Folded.AsSpan().Split(' '))
                    {
                        if (letters < acronym.Length && token.Folded.AsSpan()[word] is { Length: > 0 } text && text[0] == acronym[letters])
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
