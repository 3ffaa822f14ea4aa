using System.Collections.Immutable;

namespace Entente.Screening.Listings;

/// <summary>One list's entry on an entity, as far as it is needed to name it.</summary>
/// <param name="Id">The id that the list gave it.</param>
/// <param name="Datasets">The list; several where the source had already merged lists.</param>
/// <param name="Caption">What the list calls it.</param>
/// <param name="Programs">The programmes that it is listed under, as the list writes them.</param>
/// <param name="Authorities">Who listed it.</param>
public sealed record Referent(string Id, ImmutableArray<string> Datasets, string Caption, ImmutableArray<string> Programs, ImmutableArray<string> Authorities)
{
    /// <summary>Whether the other says the same.</summary>
    public bool Equals(Referent? other) => other is not null
        && Id == other.Id && Caption == other.Caption && Datasets.SequenceEqual(other.Datasets) && Programs.SequenceEqual(other.Programs) && Authorities.SequenceEqual(other.Authorities);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Caption);
}

/// <summary>Entries of several lists that are held to be one entity. They stay apart: nothing of one overwrites another's.</summary>
/// <param name="CanonicalId">The id of the entity as a whole: that of the United Nations' entry if it has one, else the smallest by ordinal.</param>
/// <param name="Referents">The entries, two at least, by id.</param>
/// <param name="Links">What holds them together, by left and right id: every link found between them, more than are needed where several agree.</param>
public sealed record EntityGroup(string CanonicalId, ImmutableArray<Referent> Referents, ImmutableArray<EntityLink> Links)
{
    /// <summary>Whether the other says the same, link by link.</summary>
    public bool Equals(EntityGroup? other) => other is not null
        && CanonicalId == other.CanonicalId && Referents.SequenceEqual(other.Referents) && Links.SequenceEqual(other.Links);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(CanonicalId, Referents.Length, Links.Length);
}
