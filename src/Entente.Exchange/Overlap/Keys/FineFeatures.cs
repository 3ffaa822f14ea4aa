using System.Collections.Immutable;
using System.Globalization;
using Entente.Names.Keys;
using Entente.Records;

namespace Entente.Exchange.Overlap.Keys;

/// <summary>What an entity is compared by in the second round: small facts, each a text that the other side may have too.</summary>
/// <remarks>Beside each kind of fact stands that there is one: two dates that differ speak against a pair, one date alone says nothing.</remarks>
internal sealed class FineFeatures
{
    /// <summary>Features of one entity, at most.</summary>
    public const int Most = 64;

    private const int MostWords = 6;

    private FineFeatures(ImmutableArray<string> all, ImmutableArray<FineWord> words, int longest, ImmutableArray<string> numbers) =>
        (All, Words, Longest, Numbers) = (all, words, longest, numbers);

    /// <summary>All of them, each once.</summary>
    public ImmutableArray<string> All { get; }

    /// <summary>The words of all names, each once, however often it is spelled.</summary>
    public ImmutableArray<FineWord> Words { get; }

    /// <summary>Words of the longest name.</summary>
    public int Longest { get; }

    /// <summary>The features that are numbers.</summary>
    public ImmutableArray<string> Numbers { get; }

    public static FineFeatures Of(EntityTraits traits)
    {
        ImmutableArray<FineWord> words = Group(traits.Names);
        int longest = traits.Names.IsEmpty ? 0 : Math.Min(MostWords, traits.Names.Max(name => name.Length));
        ImmutableArray<string> numbers = [.. traits.Numbers.Select(number => $"#{number.Space}:{number.Value}")];
        var all = new List<string>();
        for (int count = 2; count <= longest; count++)
            all.Add(WordCount(count));
        all.AddRange(traits.Scripts.Select(script => ScriptPrefix + script));
        if (!traits.Births.IsEmpty)
            all.Add(HasYear);
        all.AddRange(traits.Births.SelectMany(birth => new[] { Year(YearPrefix, birth.Year), Year(NearPrefix, birth.Year), Year(NearPrefix, birth.Year + 1) }));
        if (traits.Births.Any(birth => birth.Day is not null))
            all.Add(HasDay);
        all.AddRange(traits.Births.Where(birth => birth.Day is not null).SelectMany(birth => new[] { Day(birth), ExactDay(birth) }));
        if (!traits.Countries.IsEmpty)
            all.Add(HasCountry);
        all.AddRange(traits.Countries.Select(country => CountryPrefix + country));
        if (traits.Gender is { } gender)
            all.AddRange([HasGender, GenderPrefix + gender]);
        // What there is most of comes last, for the last may find no room.
        all.AddRange(words.SelectMany(word => word.Features));
        all.AddRange(numbers);
        return new FineFeatures([.. all.Distinct(StringComparer.Ordinal).Take(Most)], words, longest, numbers);
    }

    public const string ScriptPrefix = "s";
    public const string HasYear = "Y";
    public const string YearPrefix = "y";
    public const string NearPrefix = "z";
    public const string HasDay = "D";
    public const string DayPrefix = "d";
    public const string ExactPrefix = "e";
    public const string HasCountry = "C";
    public const string CountryPrefix = "c";
    public const string HasGender = "G";
    public const string GenderPrefix = "g";

    /// <summary>That a name has at least so many words.</summary>
    public static string WordCount(int count) => "n" + count.ToString(CultureInfo.InvariantCulture);

    // Two years that follow each other have one of their two near years in common.
    private static string Year(string prefix, int year) => prefix + year.ToString(CultureInfo.InvariantCulture);

    private static string ExactDay(PartialDate date) => string.Create(CultureInfo.InvariantCulture, $"{ExactPrefix}{date.Month:D2}-{date.Day:D2}");

    // Day and month in the order of their numbers, for they come exchanged.
    public static string Day(PartialDate date) => string.Create(CultureInfo.InvariantCulture, $"{DayPrefix}{Math.Min(date.Day!.Value, date.Month!.Value)}-{Math.Max(date.Day!.Value, date.Month!.Value)}");

    private static ImmutableArray<FineWord> Group(ImmutableArray<ImmutableArray<WordKeys>> names)
    {
        var groups = new List<FineWord>();
        foreach (WordKeys word in names.SelectMany(name => name))
        {
            FineWord one = new(Marked('w', word.Coarse), Marked('f', word.Fine), Marked('k', word.Known), word.Rarity);
            int at = groups.FindIndex(group => group.Known.Intersect(one.Known).Any() || group.Fine.Intersect(one.Fine).Any());
            if (at < 0)
                groups.Add(one);
            else
                groups[at] = new FineWord([.. groups[at].Coarse.Union(one.Coarse)], [.. groups[at].Fine.Union(one.Fine)], [.. groups[at].Known.Union(one.Known)], Math.Min(groups[at].Rarity, one.Rarity));
        }

        return [.. groups.Take(2 * MostWords)];

        static ImmutableArray<string> Marked(char mark, ImmutableArray<string> keys) => [.. keys.Select(key => mark + key)];
    }
}

/// <summary>A word of the names of an entity, in all its spellings.</summary>
/// <param name="Coarse">Its coarse features.</param>
/// <param name="Fine">Its fine features.</param>
/// <param name="Known">Its features that only the same name has.</param>
/// <param name="Rarity">Bits of evidence in agreement on it.</param>
internal sealed record FineWord(ImmutableArray<string> Coarse, ImmutableArray<string> Fine, ImmutableArray<string> Known, double Rarity)
{
    /// <summary>All of them.</summary>
    public IEnumerable<string> Features => Coarse.Concat(Fine).Concat(Known);
}
