using System.Numerics;
using Entente.Names.Scripts;
using Entente.Names.Structure;

namespace Entente.Names.Comparison;

/// <summary>Weighs one name against many.</summary>
/// <remarks>
/// <para>
/// Adds bits of evidence as record linkage does (Fellegi and Sunter 1969): each agreement
/// counts by the rarity of what agrees, less what the difference in spelling takes away;
/// what one side lacks counts against, and more when both sides lack something of the other's.
/// The weight is the sum of the evidence, nothing else. Symmetric up to rounding.
/// </para>
/// <para>Kept from query to query, so that a comparison leaves nothing behind for the collector. Not thread-safe.</para>
/// </remarks>
internal sealed class NameComparer
{
    // What is won when every part agrees, less this for each bit that was lost to differences.
    private const float CompleteLoss = 0.5f;

    private readonly Alignment _alignment = new();
    private Name _query = null!;

    /// <summary>The query taken up last; null before the first.</summary>
    public Name? Query => _query;

    /// <summary>Agreements of the query's parts.</summary>
    public AgreementMemo Memo { get; } = new();

    /// <summary>Takes up another query.</summary>
    public void Begin(Name query)
    {
        _query = query;
        Memo.Begin(query.Parts);
    }

    /// <summary>Bits of evidence that the query and a name are one; minus infinity when one has nothing to compare.</summary>
    /// <param name="listed">The name's parts.</param>
    public float Weigh(ReadOnlySpan<NamePart> listed) => Weigh(listed, null, null);

    /// <summary>The same, with what it adds up from.</summary>
    /// <param name="listed">The name.</param>
    /// <param name="evidence">Where to put the evidence.</param>
    public float Explain(Name listed, List<NameEvidence> evidence) => Explain(listed.Parts, listed, evidence);

    /// <summary>The same for parts that are known to be the name's, and may be known to the memo.</summary>
    public float Explain(ReadOnlySpan<NamePart> parts, Name listed, List<NameEvidence> evidence) => Weigh(parts, listed, evidence);

    private float Weigh(ReadOnlySpan<NamePart> listed, Name? name, List<NameEvidence>? evidence)
    {
        if (!_query.IsComparable || !IsComparable(listed))
            return float.NegativeInfinity;
        int before = evidence?.Count ?? 0;
        float total = WeighParts(listed, name, evidence);
        if (total >= ScoreScale.MatchBits)
            return total;
        float whole = WholeText.Weigh(_query.Parts, listed, out int edits);
        if (whole <= total)
            return total;
        evidence?.RemoveRange(before, evidence.Count - before);
        evidence?.Add(new NameEvidence(NameEvidenceKind.Whole, AgreementKind.Typo, _query.Original, name!.Original, whole, edits == 0 ? "the same letters, spaced otherwise" : "the same letters, two exchanged"));
        return whole;
    }

    private static bool IsComparable(ReadOnlySpan<NamePart> parts)
    {
        foreach (NamePart part in parts)
        {
            if (part.IsName)
                return true;
        }

        return false;
    }

    private float WeighParts(ReadOnlySpan<NamePart> listed, Name? name, List<NameEvidence>? evidence)
    {
        NameKind kind = _query.Kind;
        ReadOnlySpan<NamePart> query = _query.Parts;
        NameWeights weights = NameWeights.For(kind);
        Alignment alignment = _alignment;
        alignment.Align(query, listed, kind, Memo);

        float total = 0, loss = 0;
        int words = 0;
        bool plain = true;
        foreach (Alignment.Link link in alignment.Links)
        {
            Agreement agreement = link.Agreement;
            total += agreement.Bits;
            loss += agreement.Loss;
            plain &= agreement.Kind is not (AgreementKind.Initial or AgreementKind.Joined);
            evidence?.Add(Explanations.Agreement(_query, name!, link));
            // An agreement that is all but spent on differences is no word in common.
            if (agreement is not { Bits: < 3.3f, Loss: > 2 })
                words += Words(query, listed, link);
        }

        (float queryWords, int queryLeft) = Missing(query, kind, alignment.Query, weights, ref total, _query, evidence, NameEvidenceKind.OnlyInQuery);
        (float listedWords, int listedLeft) = Missing(listed, kind, alignment.Listed, weights, ref total, name, evidence, NameEvidenceKind.OnlyInListed);

        float contradiction = weights.Contradiction * Math.Min(queryWords, listedWords);
        if (contradiction > 0)
            Add(-contradiction, NameEvidenceKind.Contradiction, "Each name has words that the other lacks.", ref total, evidence);

        if (kind == NameKind.Organisation)
            LegalForms(listed, name, ref total, evidence);
        Exclusive(listed, name, ref total, evidence);

        bool complete = queryLeft == 0 && listedLeft == 0;
        // What describes a company may be left out where its own name agrees; Rosneft is Rosneft Oil Company.
        bool onlyDescriptions = words == 1 && kind == NameKind.Organisation && !HasOwnWordLeft(query, alignment.Query) && !HasOwnWordLeft(listed, alignment.Listed);
        // Two names that only sound like one word say no more than one word of several does.
        bool onlySounds = kind == NameKind.Person && alignment.Links is [var only] && Joining.OnlySounds(only.Agreement) && WordsIn(query, only.Query) + WordsIn(listed, only.Listed) > 2;
        if (words <= 1 && (!complete || onlySounds))
            Add(onlyDescriptions ? -weights.OneOwnWordInCommon : -weights.OneWordInCommon, NameEvidenceKind.Whole, words == 0 ? "No word in common." : "Only one word in common.", ref total, evidence);
        if (words == 2 && !complete && kind == NameKind.Person)
            Add(-weights.TwoWordsInCommon, NameEvidenceKind.Whole, "Only two words in common.", ref total, evidence);
        // Where all agrees but little to the letter, that all does says less.
        if (words > 1 && complete && weights.Complete - (CompleteLoss * loss) is > 0 and var whole)
            Add(whole, NameEvidenceKind.Whole, "Every part of both names agrees.", ref total, evidence);
        if (words > 2 && Disordered(alignment))
            Add(-weights.Disorder, NameEvidenceKind.Whole, "The parts stand in another order.", ref total, evidence);

        float least = (float)ScoreScale.MatchBits + (words > 1 ? 2f : 1f);
        if (complete && plain && words > 0 && loss <= 1 && total < least && Left(query, alignment.Query, TokenRole.Title) < 0 && Left(listed, alignment.Listed, TokenRole.Title) < 0)
            Add(least - total, NameEvidenceKind.Whole, "The names are the same, though common.", ref total, evidence);
        return total;
    }

    private static void Add(float bits, NameEvidenceKind kind, string explanation, ref float total, List<NameEvidence>? evidence)
    {
        total += bits;
        evidence?.Add(new NameEvidence(kind, AgreementKind.None, null, null, bits, explanation));
    }

    private static (float Rarity, int Count) Missing(ReadOnlySpan<NamePart> parts, NameKind of, ulong aligned, NameWeights weights, ref float total, Name? name, List<NameEvidence>? evidence, NameEvidenceKind kind)
    {
        float rarity = 0;
        int count = 0;
        float share = of == NameKind.Person && IsOfSyllables(parts) ? 2 : 1;
        for (int i = 0; i < parts.Length; i++)
        {
            if ((aligned >> i & 1) != 0)
                continue;
            NamePart part = parts[i];
            float bits = share * weights.Missing(part);
            if (bits <= 0)
                continue;
            count++;
            if (part.Role is TokenRole.Word or TokenRole.Generic or TokenRole.Number)
                rarity += part.Rarity;
            total -= bits;
            evidence?.Add(Explanations.Missing(name!.Tokens[i], -bits, kind));
        }

        return (rarity, count);
    }

    /// <summary>Names of three and more short words, as in Korea and China, where to lack one is to be another.</summary>
    private static bool IsOfSyllables(ReadOnlySpan<NamePart> parts)
    {
        if (parts.Length < 3)
            return false;
        foreach (NamePart part in parts)
        {
            if (part is not { Role: TokenRole.Word, Script: Script.Latin } || (part.Folded.Length > 5 && !part.IsRomanised))
                return false;
        }

        return true;
    }

    /// <summary>Legal forms on both sides that differ speak a little against.</summary>
    private void LegalForms(ReadOnlySpan<NamePart> listed, Name? name, ref float total, List<NameEvidence>? evidence)
    {
        int a = Left(_query.Parts, 0, TokenRole.LegalForm), b = Left(listed, 0, TokenRole.LegalForm);
        if (a < 0 || b < 0 || _query.Parts[a].Concept == listed[b].Concept)
            return;
        total -= 1;
        evidence?.Add(new NameEvidence(NameEvidenceKind.Contradiction, AgreementKind.None, _query.Tokens[a].Text, name!.Tokens[b].Text, -1, $"Another legal form: {_query.Tokens[a].Text} and {name.Tokens[b].Text}."));
    }

    /// <summary>Parts of which a bearer has one only: a number, a patronymic, the name that an initial stands for.</summary>
    private void Exclusive(ReadOnlySpan<NamePart> listed, Name? name, ref float total, List<NameEvidence>? evidence)
    {
        const float NumberBits = 9, PatronymicBits = 10, InitialBits = 5;
        Other(listed, TokenRole.Number, TokenRole.Number, NumberBits, "Another number.", ref total);
        Other(listed, TokenRole.Patronymic, TokenRole.Patronymic, PatronymicBits, "Another father's name.", ref total);
        Other(listed, TokenRole.Initial, TokenRole.Word, InitialBits, "An initial that does not fit.", ref total);
        Other(listed, TokenRole.Word, TokenRole.Initial, InitialBits, "An initial that does not fit.", ref total);

        void Other(ReadOnlySpan<NamePart> listed, TokenRole ours, TokenRole theirs, float bits, string explanation, ref float sum)
        {
            int a = Left(_query.Parts, _alignment.Query, ours);
            int b = a < 0 ? -1 : Left(listed, _alignment.Listed, theirs);
            if (b < 0)
                return;
            sum -= bits;
            evidence?.Add(new NameEvidence(NameEvidenceKind.Contradiction, AgreementKind.None, _query.Tokens[a].Text, name!.Tokens[b].Text, -bits, explanation));
        }
    }

    private static bool HasOwnWordLeft(ReadOnlySpan<NamePart> parts, ulong aligned) =>
        Left(parts, aligned, TokenRole.Word) >= 0 || Left(parts, aligned, TokenRole.Number) >= 0;

    /// <summary>The first part of a role that was not aligned; -1 for none.</summary>
    private static int Left(ReadOnlySpan<NamePart> parts, ulong aligned, TokenRole role)
    {
        for (int i = 0; i < parts.Length; i++)
        {
            if ((aligned >> i & 1) == 0 && parts[i].Role == role)
                return i;
        }

        return -1;
    }

    /// <summary>How many words an agreement is: none if a particle or initial is all that one side has in it.</summary>
    private static int Words(ReadOnlySpan<NamePart> query, ReadOnlySpan<NamePart> listed, Alignment.Link link) =>
        link.Agreement.Kind == AgreementKind.Acronym ? 3 : Math.Min(WordsIn(query, link.Query), WordsIn(listed, link.Listed));

    private static int WordsIn(ReadOnlySpan<NamePart> parts, ulong mask)
    {
        int count = 0;
        for (ulong rest = mask; rest != 0; rest &= rest - 1)
        {
            if (parts[BitOperations.TrailingZeroCount(rest)].IsName)
                count++;
        }

        return count;
    }

    /// <summary>Whether the aligned parts are in neither the same order nor the same order begun elsewhere (surname first).</summary>
    private static bool Disordered(Alignment alignment)
    {
        int breaks = 0, last = -1, first = -1;
        foreach (Alignment.Link link in alignment.Links)
        {
            int at = link.ListedAt;
            if (first < 0)
                first = at;
            if (at < last)
                breaks++;
            last = at;
        }

        if (last > first && breaks > 0)
            breaks++;
        return breaks > 1;
    }
}
