using System.Collections.Immutable;
using Entente.Records;
using Entente.Screening.Listings;

namespace Entente.Screening;

/// <summary>A listed entity that resembles the query: a question for a person, not a verdict.</summary>
/// <remarks>
/// An entity that is on several lists is one match with several <see cref="Listings"/>. Entity, name, score and evidence
/// are those of the listing that scores best; nothing is added up over lists. Where that listing is silent, what the others
/// say may speak against, never for. Immutable; safe for any number of threads.
/// </remarks>
/// <param name="Entity">The listed entity.</param>
/// <param name="MatchedName">The listed name that agreed best, as listed.</param>
/// <param name="Score">In (0, 1), from <paramref name="Weight"/> (<see cref="Names.Comparison.ScoreScale"/>).</param>
/// <param name="IsMatch">Whether the score reaches the policy's threshold.</param>
/// <param name="Weight">Sum of the evidence in bits; ranks results that score alike.</param>
public sealed record Match(Entity Entity, string MatchedName, double Score, bool IsMatch, double Weight)
{
    private static readonly Lazy<ImmutableArray<Evidence>> Nothing = new([]);

    /// <summary>What speaks for and against, names first: adds up to <see cref="Weight"/>.</summary>
    /// <remarks>Put into words when it is first read, from the index that made the match: the same whenever that is.</remarks>
    public ImmutableArray<Evidence> Evidence => Explained.Value;

    /// <summary>The evidence, made on first use.</summary>
    internal Lazy<ImmutableArray<Evidence>> Explained { get; init; } = Nothing;

    /// <summary>Why the listings are held to be one entity; null where there is one listing.</summary>
    public EntityGroup? Group { get; init; }

    /// <summary>The entries on the entity: the best-scoring, which the match is made by, first. At least one.</summary>
    public ImmutableArray<Listing> Listings
    {
        get => field.IsDefault ? [new Listing(Entity, Entity.Get("program"), [], MatchedName, Score)] : field;
        init;
    }
}
