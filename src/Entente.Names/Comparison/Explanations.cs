using System.Globalization;
using System.Numerics;
using Entente.Names.Structure;

namespace Entente.Names.Comparison;

/// <summary>Says in a sentence what a piece of evidence is.</summary>
internal static class Explanations
{
    public static NameEvidence Agreement(Name query, Name listed, Alignment.Link link)
    {
        string a = Text(query, link.Query), b = Text(listed, link.Listed);
        string how = link.Agreement.Kind switch
        {
            AgreementKind.Same => "the same",
            AgreementKind.Variant => "spellings of one name",
            AgreementKind.Sound => link.Agreement.Loss < 1.5 ? "sound the same" : "sound alike",
            AgreementKind.Typo => "differ by a slip of writing",
            AgreementKind.OtherForm => "forms of one name",
            AgreementKind.Initial => "an initial that fits",
            AgreementKind.Meaning => "mean the same",
            AgreementKind.Joined => "one word here, two there",
            AgreementKind.Acronym => "an acronym of the other",
            _ => "agree",
        };
        NamePart rarest = query.Tokens[link.QueryAt].Part;
        string rarity = rarest.Role != TokenRole.Word ? "" : rarest.Rarity switch { <= 7.5f => "; a very common name", <= 10f => "; a common name", >= 12.5f => "; a rare name", _ => "" };
        return new NameEvidence(NameEvidenceKind.Agreement, link.Agreement.Kind, a, b, link.Agreement.Bits, string.Create(CultureInfo.InvariantCulture, $"{how}{rarity}"));
    }

    public static NameEvidence Missing(NameToken token, float bits, NameEvidenceKind kind) =>
        kind == NameEvidenceKind.OnlyInQuery
            ? new NameEvidence(kind, AgreementKind.None, token.Text, null, bits, "only in the query")
            : new NameEvidence(kind, AgreementKind.None, null, token.Text, bits, "only in the listed name");

    private static string Text(Name name, ulong mask)
    {
        int first = BitOperations.TrailingZeroCount(mask);
        if (BitOperations.PopCount(mask) == 1)
            return name.Tokens[first].Text;
        return string.Join(' ', name.Tokens.Where((_, i) => i < 64 && (mask >> i & 1) != 0).Select(t => t.Text));
    }
}
