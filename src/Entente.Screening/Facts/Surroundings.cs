using System.Collections.Immutable;

namespace Entente.Screening.Facts;

/// <summary>What is known of a listed entity that its entry does not say: it speaks against a match at most.</summary>
/// <remarks>
/// One list gives a man's birth date, another his name alone; by the second he is asked about again and again for people whom
/// the first rules out. An entry may be silent, and who reads it still knows that an infant was not listed.
/// </remarks>
internal sealed record Surroundings
{
    /// <summary>What the entries of other lists on the same entity say.</summary>
    public required ImmutableArray<EntityFacts> Others { get; init; }

    /// <summary>The first day on which a list is known to have listed it; null where none says so.</summary>
    public required DateOnly? ListedSince { get; init; }

    /// <summary>Every country that any of its entries ties it to, ISO codes.</summary>
    public required ImmutableArray<string> Ties { get; init; }

    /// <summary>Whether there is more among the ties than where it lives.</summary>
    public required bool AreTiesStrong { get; init; }

    /// <summary>The surroundings of an entry.</summary>
    /// <param name="own">What it says.</param>
    /// <param name="others">What other lists' entries on the same entity say.</param>
    /// <param name="listed">The days on which these and it were first listed.</param>
    public static Surroundings Of(EntityFacts own, ImmutableArray<EntityFacts> others, IEnumerable<DateOnly> listed)
    {
        ImmutableArray<EntityFacts> entries = [own, .. others];
        var ties = new SortedSet<string>(entries.SelectMany(entry => entry.Countries.Concat(entry.LikelyNationalities).Concat(entry.AddressCountries)), StringComparer.Ordinal);
        DateOnly? since = null;
        foreach (DateOnly day in listed)
            since = since is null || day < since ? day : since;
        return new Surroundings { Others = others, ListedSince = since, Ties = [.. ties], AreTiesStrong = entries.Any(entry => !entry.LikelyNationalities.IsEmpty) };
    }
}
