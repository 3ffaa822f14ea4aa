using Entente.Names.Structure;

namespace Entente.Names.Comparison;

/// <summary>Compares names letter by letter, whatever their words: a space or two letters out of place.</summary>
internal static class WholeText
{
    private const int ShortestText = 8;
    private const float ShareKept = 0.7f, TranspositionLoss = 2f;

    /// <summary>Evidence that two names are the same letters in all but the same order; null when they are not.</summary>
    /// <remarks>Only exchanges and shifted spaces count: one letter for another may make another name.</remarks>
    public static NameEvidence? Compare(Name query, Name listed)
    {
        int length = Length(query);
        if (length < ShortestText || length != Length(listed))
            return null;
        string a = Letters(query), b = Letters(listed);
        if (!a.Order().SequenceEqual(b.Order()))
            return null;
        int edits = EditDistance.Between(a, b, limit: 1);
        if (edits > 1)
            return null;
        float bits = (ShareKept * Math.Min(Rarity(query), Rarity(listed))) - (edits * TranspositionLoss);
        return new NameEvidence(NameEvidenceKind.Whole, AgreementKind.Typo, query.Original, listed.Original, bits, edits == 0 ? "the same letters, spaced otherwise" : "the same letters, two exchanged");
    }

    private static int Length(Name name)
    {
        int length = 0;
        foreach (NameToken token in name.Tokens)
            length += token.Part.Folded.Length;
        return length;
    }

    private static string Letters(Name name) => string.Concat(name.Tokens.Select(t => t.Part.Folded));

    private static float Rarity(Name name) => name.Tokens.Where(t => t.Part.Role is TokenRole.Word or TokenRole.Patronymic).Sum(t => t.Part.Rarity);
}
