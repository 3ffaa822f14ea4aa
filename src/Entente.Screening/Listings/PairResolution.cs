using System.Collections.Immutable;
using Entente.Names.Comparison;
using Entente.Names.Structure;
using Entente.Screening.Facts;

namespace Entente.Screening.Listings;

/// <summary>What two entries are to each other.</summary>
/// <param name="Link">The link; null where too little speaks for one.</param>
/// <param name="Refusal">Why it may not be made; null where it may.</param>
internal readonly record struct PairOutcome(EntityLink? Link, string? Refusal);

/// <summary>Decides whether two entries are one.</summary>
internal static class PairResolution
{
    /// <summary>Decides about two entries of different lists.</summary>
    public static PairOutcome Decide(Subject left, Subject right, ResolverOptions options)
    {
        string? reference = options.UseUnReferences ? left.UnReferences.FirstOrDefault(r => right.UnReferences.Contains(r)) : null;
        bool numbers = left.Identifiers.Any(a => right.Identifiers.Any(b => a.Key == b.Key));
        NameAgreement names = NameAgreement.Between(left, right, all: reference is not null || numbers);
        LinkBasis basis = Basis(left, right, reference, names);
        if (basis == LinkBasis.None)
            return default;
        EntityLink link = Explain(left, right, basis, names, reference, null);
        if (basis == LinkBasis.NameAndBirthDate && link.Weight < ResolutionRules.LeastForBirthDate)
            return default;
        // What contradicts is looked at last, so that a person learns of a link that everything else speaks for.
        string? refusal = Contradiction.Between(left, right, options);
        if (refusal is null && reference is not null && names.Bits < ResolutionRules.LeastNameForReference)
            refusal = "they carry the same reference of the United Nations, but no name agrees";
        return new PairOutcome(link, refusal);
    }

    /// <summary>The link of two entries that a person judged to be one, with what the program sees beside it.</summary>
    public static EntityLink Judged(Subject left, Subject right, EntityJudgement judgement) =>
        Explain(left, right, LinkBasis.Judgement, NameAgreement.Between(left, right, all: true), null, judgement);

    private static LinkBasis Basis(Subject left, Subject right, string? reference, NameAgreement names)
    {
        if (reference is not null)
            return LinkBasis.UnReference;
        if (left.Identifiers.Any(a => right.Identifiers.Any(b => a.Key == b.Key
            && names.Bits >= (a.IsGlobal && b.IsGlobal ? ResolutionRules.LeastNameForReference : ResolutionRules.LeastNameForIdentifier)))
            && BirthDatesFit(left, right))
            return LinkBasis.Identifier;
        if (names.Kind == NameKind.Person)
            return names.Bits >= ResolutionRules.LeastNameForBirthDate && left.BirthDays.Any(d => right.BirthDays.Contains(d)) ? LinkBasis.NameAndBirthDate : LinkBasis.None;
        // Ships and aeroplanes share names freely; two entries that may be people need a birth date.
        bool organisation = IsOrganisation(left) || IsOrganisation(right);
        return organisation && names is { IsComplete: true, Bits: >= ResolutionRules.LeastNameForCountry } && left.Facts.Countries.Any(c => right.Facts.Countries.Contains(c))
            ? LinkBasis.NameAndCountry
            : LinkBasis.None;
    }

    private static bool IsOrganisation(Subject subject) => subject.Entity.IsA("Organization") || subject.Entity.IsA("Company");

    /// <summary>A father's passport may hold his son: where birth dates are known they must not be years apart.</summary>
    private static bool BirthDatesFit(Subject left, Subject right) =>
        FactComparison.Compare(left.Facts, right.Facts).Find(e => e.Feature == "birthDate") is not { Weight: <= EvidenceWeights.BirthYearOff };

    private static EntityLink Explain(Subject left, Subject right, LinkBasis basis, NameAgreement names, string? reference, EntityJudgement? judgement)
    {
        var evidence = ImmutableArray.CreateBuilder<Evidence>();
        if (judgement is not null)
            evidence.Add(judgement.AsEvidence());
        if (reference is not null)
            evidence.Add(new Evidence("unscId", reference, reference, ResolutionRules.ReferenceSame, "the same reference of the United Nations"));
        foreach (NameEvidence item in names.Evidence)
            evidence.Add(new Evidence("name", item.Query, item.Listed, item.Bits, Wording(item)));
        List<Evidence> circumstances = FactComparison.Compare(left.Facts, right.Facts);
        Circumstances.Weigh(names.Bits, circumstances);
        evidence.AddRange(circumstances);
        return new EntityLink(left.Id, right.Id, basis, evidence.Sum(e => e.Weight), evidence.DrainToImmutable());
    }

    /// <summary>Names are compared as a query with a listed name; here both are listed.</summary>
    private static string Wording(NameEvidence item) => item.Kind switch
    {
        NameEvidenceKind.OnlyInQuery => "only in the name on the left",
        NameEvidenceKind.OnlyInListed => "only in the name on the right",
        _ => item.Explanation,
    };
}
