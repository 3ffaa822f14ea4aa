namespace Entente.Exchange.Overlap.Keys;

/// <summary>What agreeing and differing weigh in the second round, in bits (Fellegi and Sunter 1969).</summary>
/// <remarks>Set by hand: how often two people share the fact by chance, and how often one person's facts differ between two files.</remarks>
internal static class FineWeights
{
    /// <summary>Above this, a word is no rarer for the purpose: the tables know no better.</summary>
    public const double RarestWord = 10;

    /// <summary>What a class of a fine key says, and of a coarse one: names of two consonants are many.</summary>
    public const double FineClass = 2.2, CoarseClass = 1.2;

    /// <summary>Against a word that agrees in its fine key alone: in another script true spellings often do, in the same seldom.</summary>
    public const double NotKnown = -1, NotKnownInOneScript = -4;

    /// <summary>Against a word that agrees in its coarse key alone.</summary>
    public const double NotFine = -4;

    public const double WordMissing = -6;

    /// <summary>The most that a name says: a namesake has the whole of it, however rare.</summary>
    public const double MostOfName = 20;

    public const double SameYear = 6;
    public const double OtherYear = -18;
    public const double SameDay = 8;
    public const double ExchangedDay = 1.5;
    public const double OtherDay = -14;
    public const double NoYear = -6;
    public const double SameDayOfNextYear = 7;
    public const double SameCountry = 3;
    public const double OtherCountry = -3;
    public const double SameGender = 0.8;
    public const double OtherGender = -8;
    public const double SameNumber = 20;

    /// <summary>How much the sum must exceed the bits it takes to name one entity of the holding.</summary>
    public const double Margin = 5.5;

    /// <summary>A holding of fewer is judged as if it had so many: there are more people in the world than it holds.</summary>
    public const int FewestEntities = 10_000;

    /// <summary>The bits for which a pair is held to be one entity.</summary>
    /// <param name="entities">Entities in the holding.</param>
    public static double Threshold(int entities) => Math.Log2(Math.Max(FewestEntities, entities)) + Margin;

    /// <summary>The evidence of what two entities were found to share.</summary>
    public static double Sum(FineFeatures own, IReadOnlySet<string> shared, WordCounts counts)
    {
        int words = own.Longest;
        while (words > 1 && !shared.Contains(FineFeatures.WordCount(words)))
            words--;
        // What the shorter of the two names has: the words that agree best.
        double sum = Math.Min(MostOfName, own.Words.Select(word => Word(word, shared, counts)).OrderDescending().Take(words).Sum());
        // The more ways there are to choose so many words of this name, the likelier one of them agrees by chance.
        sum -= Math.Log2(Ways(own.Longest, words));
        sum += Birth(shared);
        sum += Either(shared, FineFeatures.HasCountry, FineFeatures.CountryPrefix, SameCountry, OtherCountry);
        sum += Either(shared, FineFeatures.HasGender, FineFeatures.GenderPrefix, SameGender, OtherGender);
        return sum + (own.Numbers.Any(shared.Contains) ? SameNumber : 0);
    }

    private static double Word(FineWord word, IReadOnlySet<string> shared, WordCounts counts)
    {
        double rarity = Math.Min(RarestWord, word.Rarity);
        double notKnown = Any(shared, FineFeatures.ScriptPrefix) ? NotKnownInOneScript : NotKnown;
        return new[]
        {
            WordMissing,
            Most(word.Known, static _ => RarestWord),
            Most(word.Fine, static key => FineClass * (key.Length - 1)) + notKnown,
            Most(word.Coarse, static key => CoarseClass * (key.Length - 1)) + NotFine + notKnown,
        }.Max();

        // The mark before a key is no class.
        double Most(IEnumerable<string> keys, Func<string, double> expected) =>
            keys.Where(shared.Contains).Select(key => counts.Bits(key, Math.Min(rarity, expected(key)))).DefaultIfEmpty(double.NegativeInfinity).Max();
    }

    private static double Ways(int of, int choose)
    {
        double ways = 1;
        for (int i = 1; i <= choose; i++)
            ways = ways * (of - choose + i) / i;
        return ways;
    }

    private static double Birth(IReadOnlySet<string> shared)
    {
        bool sameDay = Any(shared, FineFeatures.DayPrefix);
        if (Any(shared, FineFeatures.YearPrefix))
            return SameYear + (Any(shared, FineFeatures.ExactPrefix) ? SameDay : sameDay ? ExchangedDay : shared.Contains(FineFeatures.HasDay) ? OtherDay : 0);
        if (!shared.Contains(FineFeatures.HasYear))
            return NoYear;
        // One slip of the pen.
        return Any(shared, FineFeatures.ExactPrefix) && Any(shared, FineFeatures.NearPrefix) ? SameDayOfNextYear : OtherYear;
    }

    private static double Either(IReadOnlySet<string> shared, string both, string prefix, double same, double other) =>
        Any(shared, prefix) ? same : shared.Contains(both) ? other : 0;

    private static bool Any(IReadOnlySet<string> shared, string prefix) => shared.Any(feature => feature.StartsWith(prefix, StringComparison.Ordinal));
}
