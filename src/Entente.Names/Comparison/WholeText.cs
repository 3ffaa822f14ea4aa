using Entente.Names.Structure;

namespace Entente.Names.Comparison;

/// <summary>Compares names letter by letter, whatever their words: a space or two letters out of place.</summary>
internal static class WholeText
{
    private const int ShortestText = 8;
    private const float ShareKept = 0.7f, TranspositionLoss = 2f;

    /// <summary>Bits of evidence that two names are the same letters in all but the same order; minus infinity when they are not.</summary>
    /// <param name="query">Parts of a name.</param>
    /// <param name="listed">Parts of another.</param>
    /// <param name="edits">Letters exchanged: 0 or 1.</param>
    /// <remarks>Only exchanges and shifted spaces count: one letter for another may make another name.</remarks>
    public static float Weigh(ReadOnlySpan<NamePart> query, ReadOnlySpan<NamePart> listed, out int edits)
    {
        edits = 0;
        if (LettersOf(query) != LettersOf(listed))
            return float.NegativeInfinity;
        string a = Text(query), b = Text(listed);
        if (a.Length < ShortestText || a.Length != b.Length)
            return float.NegativeInfinity;
        edits = EditDistance.Between(a, b, limit: 1);
        return edits > 1 ? float.NegativeInfinity : (ShareKept * Math.Min(Rarity(query), Rarity(listed))) - (edits * TranspositionLoss);
    }

    /// <summary>The same for two names of the same letters, in any order and however spaced.</summary>
    public static ulong LettersOf(ReadOnlySpan<NamePart> name)
    {
        ulong sum = 0;
        foreach (NamePart part in name)
            sum += part.Letters;
        return sum;
    }

    private static string Text(ReadOnlySpan<NamePart> name)
    {
        var text = new System.Text.StringBuilder(64);
        foreach (NamePart part in name)
            text.Append(part.Folded);
        return text.ToString();
    }

    private static float Rarity(ReadOnlySpan<NamePart> name)
    {
        float sum = 0;
        foreach (NamePart part in name)
        {
            if (part.Role is TokenRole.Word or TokenRole.Patronymic)
                sum += part.Rarity;
        }

        return sum;
    }
}
