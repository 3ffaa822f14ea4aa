using System.Collections.Immutable;

namespace Entente.Screening.Listings;

/// <summary>What two entries were held to be one by.</summary>
public enum LinkBasis
{
    /// <summary>None: never in a link that was made.</summary>
    None,

    /// <summary>A person said so.</summary>
    Judgement,

    /// <summary>Both publishers give the same reference of the United Nations.</summary>
    UnReference,

    /// <summary>The same number of a document, registration, ship or wallet, beside names that agree.</summary>
    Identifier,

    /// <summary>Names that agree strongly, and the same birth date to the day.</summary>
    NameAndBirthDate,

    /// <summary>The same rare name of an organisation, tied to the same country.</summary>
    NameAndCountry,
}

/// <summary>Two entries of different lists that are held to be one entity, and why.</summary>
/// <param name="Left">Id of the one, the smaller by ordinal.</param>
/// <param name="Right">Id of the other.</param>
/// <param name="Basis">What decided.</param>
/// <param name="Weight">Bits: the sum of the evidence. 0 where a person decided and nothing was compared.</param>
/// <param name="Evidence">What speaks for and against; <see cref="Evidence.QueryValue"/> is the left entry's, <see cref="Evidence.ListedValue"/> the right one's.</param>
public sealed record EntityLink(string Left, string Right, LinkBasis Basis, double Weight, ImmutableArray<Evidence> Evidence)
{
    /// <summary>Whether the other says the same, evidence by evidence.</summary>
    public bool Equals(EntityLink? other) => other is not null
        && Left == other.Left && Right == other.Right && Basis == other.Basis && Weight.Equals(other.Weight) && Evidence.SequenceEqual(other.Evidence);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Left, Right, Basis, Weight);
}

/// <summary>A link that was found but not made: material for a person's judgement.</summary>
/// <param name="Link">What was found.</param>
/// <param name="Reason">Why it was not made, in plain English.</param>
public sealed record RefusedLink(EntityLink Link, string Reason);
