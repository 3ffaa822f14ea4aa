namespace Entente.Names.Comparison;

/// <summary>What a piece of evidence is about.</summary>
public enum NameEvidenceKind
{
    /// <summary>Two parts that agree.</summary>
    Agreement,

    /// <summary>A part of the query that the listed name lacks.</summary>
    OnlyInQuery,

    /// <summary>A part of the listed name that the query lacks.</summary>
    OnlyInListed,

    /// <summary>Parts on both sides that stand against each other.</summary>
    Contradiction,

    /// <summary>How the whole fits: all parts agree, only one does, the order differs.</summary>
    Whole,
}

/// <summary>One thing that speaks for or against two names being one.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Agreement">For <see cref="NameEvidenceKind.Agreement"/>, in what way the parts agree.</param>
/// <param name="Query">The part of the query's name; null where it has none.</param>
/// <param name="Listed">The part of the listed name; null where it has none.</param>
/// <param name="Bits">Weight of evidence: above 0 it speaks for, below against.</param>
/// <param name="Explanation">A sentence for a person, in English.</param>
public sealed record NameEvidence(NameEvidenceKind Kind, AgreementKind Agreement, string? Query, string? Listed, float Bits, string Explanation);
