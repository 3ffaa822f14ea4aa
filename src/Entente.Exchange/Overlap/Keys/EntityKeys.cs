using System.Collections.Immutable;
using System.Globalization;
using Entente.Exchange.Overlap.Protocol;
using Entente.Names.Keys;
using Entente.Records;

namespace Entente.Exchange.Overlap.Keys;

/// <summary>A key of an entity and what it is made of.</summary>
/// <param name="Key">The key.</param>
/// <param name="Kind">What it is made of.</param>
public readonly record struct EntityKey(OverlapKey Key, KeyKind Kind);

/// <summary>Makes the keys of entities, by which they meet across scripts and habits of spelling.</summary>
/// <remarks>
/// A person has a key for every number; for each word of each name with each full birth date; for every two words of a name with each year
/// of birth; for every two words alone, more finely; and for the whole of each name. Others have the same without the dates.
/// What one of them does not find, another may: a day in the wrong order leaves the year, a word spelled beyond recognition leaves the rest.
/// </remarks>
public static class EntityKeys
{
    /// <summary>The way keys are made; both sides of a run need the same.</summary>
    public const int Scheme = (1000 * 1) + NameKeys.Version;

    /// <summary>Keys of one entity, at most: what lies beyond is left out, the least sure first.</summary>
    public const int Most = 64;

    // Spellings of a word that make keys of their own where words are combined.
    private const int MostInPairs = 2;

    /// <summary>The keys of an entity.</summary>
    /// <param name="entity">An entity.</param>
    /// <returns>Each key once, the surest kinds first; none for an entity without a number, and without a name that has consonants.</returns>
    public static ImmutableArray<EntityKey> Of(Entity entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return Of(EntityTraits.Of(entity));
    }

    /// <summary>The few keys that an entity is counted by where only the number in common is learnt.</summary>
    /// <remarks>Only what is seldom shared by chance counts: a number, or two words of the name with the day of birth. An entity that has neither is not counted.</remarks>
    /// <param name="entity">An entity.</param>
    /// <returns>At most <see cref="OverlapInput.KeysOfEntity"/> keys.</returns>
    public static ImmutableArray<OverlapKey> ForCounting(Entity entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        EntityTraits traits = EntityTraits.Of(entity);
        var keys = new List<OverlapKey>();
        keys.AddRange(traits.Numbers.Take(1).Select(number => OverlapKey.Of(number.Space, number.Value)));
        IEnumerable<(string Words, double Rarity)> pairs =
            from words in traits.Names
            from pair in Pairs(words)
            from text in Texts(pair.First.Coarse, pair.Second.Coarse, MostInPairs)
            orderby pair.First.Rarity + pair.Second.Rarity descending, text
            select (text, pair.First.Rarity + pair.Second.Rarity);
        foreach (PartialDate day in traits.Births.Where(birth => birth.Day is not null))
            keys.AddRange(pairs.Select(pair => OverlapKey.Of("words-day", $"{pair.Words}|{day}")));
        return [.. keys.Distinct().Take(OverlapInput.KeysOfEntity)];
    }

    internal static ImmutableArray<EntityKey> Of(EntityTraits traits)
    {
        var keys = new List<EntityKey>();
        foreach ((string space, string value) in traits.Numbers)
            Add(keys, space, value, KeyKind.Number);
        foreach (ImmutableArray<WordKeys> words in traits.Names)
        {
            foreach (PartialDate day in traits.Births.Where(birth => birth.Day is not null))
                AddWordAndDay(keys, words, day);
        }

        foreach (ImmutableArray<WordKeys> words in traits.Names)
        {
            // A slip in the year leaves the day, and the other way round.
            foreach (string birthday in traits.Births.Where(birth => birth.Day is not null).Select(FineFeatures.Day).Distinct())
                AddPairs(keys, words, static word => word.Fine, "fine-words-birthday", "|" + birthday, KeyKind.WordsAndBirthday);
            foreach (int year in traits.Births.Select(birth => birth.Year).Distinct())
            {
                string suffix = "|" + year.ToString(CultureInfo.InvariantCulture);
                AddPairs(keys, words, static word => word.Fine, "fine-words-year", suffix, KeyKind.FineWordsAndYear);
                AddPairs(keys, words, static word => word.Coarse, "words-year", suffix, KeyKind.WordsAndYear);
            }
        }

        foreach (ImmutableArray<WordKeys> words in traits.Names)
        {
            if (!traits.IsPerson)
                AddPairs(keys, words, static word => word.Fine, "words-thing", "", KeyKind.Words);
            Add(keys, traits.IsPerson ? "name" : "name-thing", string.Join(' ', words.Select(word => word.Coarse[0]).Order(StringComparer.Ordinal)), KeyKind.Words);
        }

        return [.. keys.DistinctBy(key => key.Key).Take(Most)];
    }

    private static void AddWordAndDay(List<EntityKey> keys, ImmutableArray<WordKeys> words, PartialDate day)
    {
        foreach (string coarse in words.SelectMany(word => word.Coarse))
            Add(keys, "word-day", $"{coarse}|{day}", KeyKind.WordAndDay);
    }

    private static void AddPairs(List<EntityKey> keys, ImmutableArray<WordKeys> words, Func<WordKeys, ImmutableArray<string>> of, string space, string suffix, KeyKind kind)
    {
        foreach ((WordKeys first, WordKeys second) in Pairs(words))
        {
            foreach (string text in Texts(of(first), of(second), MostInPairs))
                Add(keys, space, text + suffix, kind);
        }
    }

    private static IEnumerable<(WordKeys First, WordKeys Second)> Pairs(ImmutableArray<WordKeys> words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            for (int j = i + 1; j < words.Length; j++)
                yield return (words[i], words[j]);
        }
    }

    // In one order, for names come reversed.
    private static IEnumerable<string> Texts(ImmutableArray<string> first, ImmutableArray<string> second, int most) =>
        from a in first.Take(most)
        from b in second.Take(most)
        select string.CompareOrdinal(a, b) <= 0 ? $"{a} {b}" : $"{b} {a}";

    private static void Add(List<EntityKey> keys, string space, string value, KeyKind kind) => keys.Add(new EntityKey(OverlapKey.Of(space, value), kind));
}
