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
    /// <summary>Compares the names of two entries: complete agreement first, then the weightier.</summary>
    public static NameAgreement Between(Subject left, Subject right)
    {
        NameAgreement best = new(NameKind.Person, double.NegativeInfinity, false, []);
        foreach (NameKind kind in left.Kinds.Intersect(right.Kinds).Order())
        {
            foreach (SubjectName a in left.Names(kind))
            {
                foreach (SubjectName b in right.Names(kind))
                {
                    if (!a.SharesWord(b))
                        continue;
                    (float bits, IReadOnlyList<NameEvidence> evidence) = NameComparison.Explain(a.Name, b.Name);
                    bool complete = IsWhole(evidence);
                    if (best.IsComplete == complete || kind == NameKind.Person ? bits > best.Bits : complete)
                        best = new NameAgreement(kind, bits, complete, evidence);
                }
            }
        }

        return best;
    }

    private static bool IsWhole(IReadOnlyList<NameEvidence> evidence) =>
        evidence.Any(e => e.Kind == NameEvidenceKind.Agreement) && evidence.All(e =>
            e.Kind == NameEvidenceKind.Whole
            || (e.Kind == NameEvidenceKind.Agreement && e.Agreement is not (AgreementKind.Typo or AgreementKind.Initial or AgreementKind.Acronym)));
}
