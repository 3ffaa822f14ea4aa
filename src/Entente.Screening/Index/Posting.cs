namespace Entente.Screening.Index;

/// <summary>That a wording has a part which agrees with a part of a query.</summary>
/// <param name="Wording">The wording.</param>
/// <param name="Bits">What the agreement adds.</param>
internal readonly record struct Posting(int Wording, float Bits);
