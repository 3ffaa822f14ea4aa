using Entente.Names.Comparison;
using Entente.Names.Structure;

namespace Entente.Screening.Listings;

/// <summary>The names of two entries that agree best.</summary>
/// <param name="Kind">How they were read.</param>
/// <param name="Bits">Their weight; minus infinity where there was nothing to compare.</param>
/// <param name="IsComplete">Whether all of both agrees, and not by a slip of typing, an initial or an acronym.</param>
/// <param name="Evidence">What the weight adds up from.</param>
internal sealed record NameAgreement(NameKind Kind, double Bits, bool IsComplete, IReadOnlyList<NameEvidence> Evidence)
{
    // Names that agree so far need not be outdone by another pair.
    private const double Enough = 30;

    /// <summary>Compares the names of two entries: complete agreement first, then the weightier.</summary>
    /// <param name="left">An entry.</param>
    /// <param name="right">Another.</param>
    /// <param name="all">Whether any word in common is worth a comparison; if not, only names that are likely to be enough by themselves are compared, and no word of theirs may be in doubt.</param>
    public static NameAgreement Between(Subject left, Subject right, bool all)
    {
        NameAgreement best = new(NameKind.Person, double.NegativeInfinity, false, []);
        foreach (NameKind kind in left.Kinds.Intersect(right.Kinds).Order())
        {
            foreach (SubjectName a in left.Names(kind))
            {
                foreach (SubjectName b in right.Names(kind))
                {
                    if (!(all ? a.WordsInCommon(b) > 0 : kind == NameKind.Person ? a.WordsInCommon(b) > 1 : a.IsLikelyWhole(b)))
                        continue;
                    (float bits, IReadOnlyList<NameEvidence> evidence) = NameComparison.Explain(a.Name, b.Name);
                    if (!all && evidence.Any(IsDoubtful))
                        continue;
                    bool complete = IsWhole(evidence);
                    if (best.IsComplete == complete || kind == NameKind.Person ? bits > best.Bits : complete)
                        best = new NameAgreement(kind, bits, complete, evidence);
                    if (best is { IsComplete: true, Bits: >= Enough })
                        return best;
                }
            }
        }

        return best;
    }

    /// <summary>Brothers share all names but one, and twins the birth date too: that one must agree beyond doubt.</summary>
    /// <remarks>Salma and سالم sound alike, Hassan and Hussein are left over on either side. Both are near enough for a match, and not for a link.</remarks>
    private static bool IsDoubtful(NameEvidence item) =>
        item.Kind == NameEvidenceKind.Contradiction
        || (item.Kind == NameEvidenceKind.Agreement
            && ((item.Agreement == AgreementKind.Initial && item.Query?.Length != item.Listed?.Length)
                || (item.Agreement is AgreementKind.Sound or AgreementKind.Typo or AgreementKind.OtherForm && item.Bits < ResolutionRules.LeastWord)));

    private static bool IsWhole(IReadOnlyList<NameEvidence> evidence) =>
        evidence.Any(e => e.Kind == NameEvidenceKind.Agreement) && evidence.All(e =>
            e.Kind == NameEvidenceKind.Whole
            || (e.Kind == NameEvidenceKind.Agreement && e.Agreement is not (AgreementKind.Typo or AgreementKind.Initial or AgreementKind.Acronym)));
}
