using System.Collections.Immutable;

namespace Entente.Exchange.Contribution;

/// <summary>A match that a person confirmed, and what it rested on. Immutable.</summary>
/// <remarks>Each ground is a set of partners whose records together suffice: <c>{A}</c> and <c>{B, C}</c> say that A's record alone would
/// have found it, and so would B's and C's together.</remarks>
public sealed class ConfirmedMatch
{
    /// <summary>The most partners that one match rests on: exact shares take time by two to this power where several are needed together.</summary>
    public const int MaxPartners = 16;

    private ConfirmedMatch(string id, ImmutableArray<ImmutableSortedSet<string>> grounds)
    {
        Id = id;
        // A ground that holds all of another one adds nothing.
        Grounds = [.. grounds.Where((each, i) => !grounds.Where((other, j) => j != i && other.IsSubsetOf(each) && (other.Count < each.Count || j < i)).Any())];
        Partners = Grounds.Aggregate(ImmutableSortedSet.Create<string>(StringComparer.Ordinal), (all, each) => all.Union(each));
    }

    /// <summary>The id of the match, for the report.</summary>
    public string Id { get; }

    /// <summary>The smallest sets of partners whose records suffice.</summary>
    public ImmutableArray<ImmutableSortedSet<string>> Grounds { get; }

    /// <summary>All partners that are in a ground.</summary>
    public ImmutableSortedSet<string> Partners { get; }

    /// <summary>Whether each partner's record alone would have found it.</summary>
    public bool AnySuffices => Grounds.All(each => each.Count == 1);

    /// <summary>A match that each of some partners' records would have found alone.</summary>
    /// <param name="id">The id of the match.</param>
    /// <param name="supporters">Ids of partners; at least one.</param>
    /// <returns>The match.</returns>
    /// <exception cref="ArgumentException">There is no supporter.</exception>
    public static ConfirmedMatch ByAny(string id, IEnumerable<string> supporters) => ByGrounds(id, supporters.Select(each => (IEnumerable<string>)[each]));

    /// <summary>A match that takes the records of several partners together.</summary>
    /// <param name="id">The id of the match.</param>
    /// <param name="grounds">Sets of partners whose records together suffice; at least one, none empty.</param>
    /// <returns>The match.</returns>
    /// <exception cref="ArgumentException">There is no ground, an empty one, or, where one takes several partners, more than <see cref="MaxPartners"/> in all.</exception>
    public static ConfirmedMatch ByGrounds(string id, IEnumerable<IEnumerable<string>> grounds)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        ImmutableArray<ImmutableSortedSet<string>> sets = [.. grounds.Select(each => each.ToImmutableSortedSet(StringComparer.Ordinal))];
        if (sets.IsEmpty || sets.Any(each => each.IsEmpty))
            throw new ArgumentException("A confirmed match rests on at least one partner.", nameof(grounds));
        var match = new ConfirmedMatch(id, sets);
        return match.AnySuffices || match.Partners.Count <= MaxPartners
            ? match
            : throw new ArgumentException($"The match {id} rests on {match.Partners.Count} partners together; shares are worked out for up to {MaxPartners}.", nameof(grounds));
    }

    /// <summary>Whether the records of these partners would have found it.</summary>
    /// <param name="partners">Ids of partners.</param>
    /// <returns>True where they hold a whole ground.</returns>
    public bool IsFoundBy(IReadOnlySet<string> partners) => Grounds.Any(each => each.All(partners.Contains));
}
