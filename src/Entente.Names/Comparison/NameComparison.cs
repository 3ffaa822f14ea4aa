using System.Numerics;
using Entente.Names.Scripts;
using Entente.Names.Structure;

namespace Entente.Names.Comparison;

/// <summary>Weighs whether two names are one.</summary>
/// <remarks>
/// Adds bits of evidence as record linkage does (Fellegi and Sunter 1969): each agreement
/// counts by the rarity of what agrees, less what the difference in spelling takes away;
/// what one side lacks counts against, and more when both sides lack something of the other's.
/// The weight is the sum of the evidence, nothing else. Symmetric up to rounding.
/// </remarks>
public static class NameComparison
{
    /// <summary>Compares two names of one kind.</summary>
    /// <param name="query">A name.</param>
    /// <param name="listed">Another.</param>
    /// <returns>Bits of evidence and what they come from; minus infinity and nothing when a name has nothing to compare.</returns>
    public static (float Bits, IReadOnlyList<NameEvidence> Evidence) Explain(Name query, Name listed)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(listed);
        var evidence = new List<NameEvidence>();
        float bits = Weigh(query, listed, new AgreementMemo(query), evidence);
        return (bits, evidence);
    }

    /// <summary>Bits of evidence that two names are one.</summary>
    /// <param name="query">A name.</param>
    /// <param name="listed">Another.</param>
    /// <param name="memo">Agreements of the query's parts.</param>
    /// <param name="evidence">Where to put the evidence; null when only the weight is wanted. The sum is the same.</param>
    internal static float Weigh(Name query, Name listed, AgreementMemo memo, List<NameEvidence>? evidence = null)
    {
        if (!query.IsComparable || !listed.IsComparable)
            return float.NegativeInfinity;
        int before = evidence?.Count ?? 0;
        float total = WeighParts(query, listed, memo, evidence);
        if (total < ScoreScale.MatchBits && WholeText.Compare(query, listed) is { } whole && whole.Bits > total)
        {
            evidence?.RemoveRange(before, evidence.Count - before);
            evidence?.Add(whole);
            return whole.Bits;
        }

        return total;
    }

    private static float WeighParts(Name query, Name listed, AgreementMemo memo, List<NameEvidence>? evidence)
    {
        NameWeights weights = NameWeights.For(query.Kind);
        Alignment alignment = Alignment.Of(query, listed, memo);

        float total = 0, loss = 0;
        int words = 0;
        foreach (Alignment.Link link in alignment.Links)
        {
            total += link.Agreement.Bits;
            loss += link.Agreement.Loss;
            // An agreement that is all but spent on differences is no word in common.
            if (link.Agreement is { Bits: < 3.3f, Loss: > 2 })
            {
                evidence?.Add(Explanations.Agreement(query, listed, link));
                continue;
            }

            words += Words(query, listed, link);
            evidence?.Add(Explanations.Agreement(query, listed, link));
        }

        (float queryWords, int queryLeft) = Missing(query, alignment.Query, weights, ref total, evidence, NameEvidenceKind.OnlyInQuery);
        (float listedWords, int listedLeft) = Missing(listed, alignment.Listed, weights, ref total, evidence, NameEvidenceKind.OnlyInListed);

        float contradiction = weights.Contradiction * Math.Min(queryWords, listedWords);
        if (contradiction > 0)
            Add(-contradiction, NameEvidenceKind.Contradiction, "Each name has words that the other lacks.", ref total, evidence);

        LegalForms(query, listed, ref total, evidence);
        Exclusive(query, alignment.Query, listed, alignment.Listed, ref total, evidence);

        bool complete = queryLeft == 0 && listedLeft == 0;
        // What describes a company may be left out where its own name agrees; Rosneft is Rosneft Oil Company.
        bool onlyDescriptions = words == 1 && query.Kind == NameKind.Organisation && !HasOwnWordLeft(query, alignment.Query) && !HasOwnWordLeft(listed, alignment.Listed);
        if (words <= 1 && !complete)
            Add(onlyDescriptions ? -weights.OneOwnWordInCommon : -weights.OneWordInCommon, NameEvidenceKind.Whole, words == 0 ? "No word in common." : "Only one word in common.", ref total, evidence);
        if (words == 2 && !complete && query.Kind == NameKind.Person)
            Add(-weights.TwoWordsInCommon, NameEvidenceKind.Whole, "Only two words in common.", ref total, evidence);
        bool withInitial = words == 1 && alignment.Links.Exists(static l => l.Agreement is { Kind: AgreementKind.Initial, Bits: > 2 });
        if ((words > 1 || withInitial) && complete)
            Add(weights.Complete, NameEvidenceKind.Whole, "Every part of both names agrees.", ref total, evidence);
        if (words > 2 && Disordered(alignment))
            Add(-weights.Disorder, NameEvidenceKind.Whole, "The parts stand in another order.", ref total, evidence);

        float least = (float)ScoreScale.MatchBits + (words > 1 ? 2f : 1f);
        bool plain = alignment.Links.TrueForAll(static l => l.Agreement.Kind is not (AgreementKind.Initial or AgreementKind.Joined));
        if (complete && plain && words > 0 && loss <= 1 && total < least && !HasOtherTitle(query, alignment.Query) && !HasOtherTitle(listed, alignment.Listed))
            Add(least - total, NameEvidenceKind.Whole, "The names are the same, though common.", ref total, evidence);
        return total;
    }

    private static void Add(float bits, NameEvidenceKind kind, string explanation, ref float total, List<NameEvidence>? evidence)
    {
        total += bits;
        evidence?.Add(new NameEvidence(kind, AgreementKind.None, null, null, bits, explanation));
    }

    private static (float Rarity, int Count) Missing(Name name, ulong aligned, NameWeights weights, ref float total, List<NameEvidence>? evidence, NameEvidenceKind kind)
    {
        float rarity = 0;
        int count = 0;
        float share = IsOfSyllables(name) ? 2 : 1;
        for (int i = 0; i < Math.Min(name.Tokens.Length, 64); i++)
        {
            if ((aligned >> i & 1) != 0)
                continue;
            NameToken token = name.Tokens[i];
            float bits = share * weights.Missing(token.Part);
            if (bits <= 0)
                continue;
            count++;
            if (token.Part.Role is TokenRole.Word or TokenRole.Generic or TokenRole.Number)
                rarity += token.Part.Rarity;
            total -= bits;
            evidence?.Add(Explanations.Missing(token, -bits, kind));
        }

        return (rarity, count);
    }

    /// <summary>Names of three and more short words, as in Korea and China, where to lack one is to be another.</summary>
    private static bool IsOfSyllables(Name name) =>
        name.Kind == NameKind.Person && name.Tokens.Length >= 3 && name.Tokens.All(static t => t.Part is { Role: TokenRole.Word, Script: Script.Latin, Folded.Length: <= 5 });

    /// <summary>Legal forms on both sides that differ speak a little against.</summary>
    private static void LegalForms(Name query, Name listed, ref float total, List<NameEvidence>? evidence)
    {
        if (query.Kind != NameKind.Organisation)
            return;
        NameToken? a = query.Tokens.FirstOrDefault(t => t.Part.Role == TokenRole.LegalForm);
        NameToken? b = listed.Tokens.FirstOrDefault(t => t.Part.Role == TokenRole.LegalForm);
        if (a is null || b is null || a.Part.Concept == b.Part.Concept)
            return;
        total -= 1;
        evidence?.Add(new NameEvidence(NameEvidenceKind.Contradiction, AgreementKind.None, a.Text, b.Text, -1, $"Another legal form: {a.Text} and {b.Text}."));
    }

    /// <summary>Parts of which a bearer has one only: a number, a patronymic, the name that an initial stands for.</summary>
    private static void Exclusive(Name query, ulong aligned, Name listed, ulong alignedListed, ref float total, List<NameEvidence>? evidence)
    {
        const float NumberBits = 9, PatronymicBits = 10, InitialBits = 5;
        Other(TokenRole.Number, TokenRole.Number, NumberBits, "Another number.", ref total);
        Other(TokenRole.Patronymic, TokenRole.Patronymic, PatronymicBits, "Another father's name.", ref total);
        Other(TokenRole.Initial, TokenRole.Word, InitialBits, "An initial that does not fit.", ref total);
        Other(TokenRole.Word, TokenRole.Initial, InitialBits, "An initial that does not fit.", ref total);

        void Other(TokenRole ours, TokenRole theirs, float bits, string explanation, ref float sum)
        {
            if (Left(query, aligned, ours) is not { } a || Left(listed, alignedListed, theirs) is not { } b)
                return;
            sum -= bits;
            evidence?.Add(new NameEvidence(NameEvidenceKind.Contradiction, AgreementKind.None, a.Text, b.Text, -bits, explanation));
        }
    }

    private static bool HasOwnWordLeft(Name name, ulong aligned) =>
        Left(name, aligned, TokenRole.Word) is not null || Left(name, aligned, TokenRole.Number) is not null;

    private static bool HasOtherTitle(Name name, ulong aligned) => Left(name, aligned, TokenRole.Title) is not null;

    private static NameToken? Left(Name name, ulong aligned, TokenRole role)
    {
        for (int i = 0; i < Math.Min(name.Tokens.Length, 64); i++)
        {
            if ((aligned >> i & 1) == 0 && name.Tokens[i].Part.Role == role)
                return name.Tokens[i];
        }

        return null;
    }

    /// <summary>How many words an agreement is: none if a particle or initial is all that one side has in it.</summary>
    private static int Words(Name query, Name listed, Alignment.Link link) =>
        link.Agreement.Kind == AgreementKind.Acronym ? 3 : Math.Min(WordsIn(query, link.Query), WordsIn(listed, link.Listed));

    private static int WordsIn(Name name, ulong mask)
    {
        int count = 0;
        for (ulong rest = mask; rest != 0; rest &= rest - 1)
        {
            if (name.Tokens[BitOperations.TrailingZeroCount(rest)].Part.IsName)
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
