using System.Globalization;
using Entente.Bench;
using Entente.Scale.MadeUp;

namespace Entente.Overlap;

/// <summary>Makes people up: names as in <c>bench/Entente.Scale</c>, and how others write them, by the mined spellings of single words.</summary>
internal sealed class TruePeople
{
    private const int MostDraws = 30;
    private const double MoreOfSeveralScripts = 4;

    private readonly NameStock _stock;
    private readonly Weighted<Culture> _cultures;
    private readonly HashSet<(string Latin, string Other)> _seenTwice;

    public TruePeople(string folder)
    {
        _stock = NameStock.Read(folder);
        List<TokenRow> arabic = Rows(folder, "arabic"), cyrillic = Rows(folder, "cyrillic");
        (Arabic, Cyrillic) = (new Spellings(arabic), new Spellings(cyrillic));
        _seenTwice = [.. arabic.Concat(cyrillic).Select(row => (row.Latin, row.Other))];
        // Mostly those who are written in several scripts; some who write Latin.
        _cultures = new Weighted<Culture>(_stock.All.Where(culture => culture.Style is NamingStyle.Arabic or NamingStyle.EastSlavic or NamingStyle.Western or NamingStyle.Iberian)
            .Select(culture => (culture, culture.Share * (culture.Style is NamingStyle.Arabic or NamingStyle.EastSlavic ? MoreOfSeveralScripts : 1))));
    }

    public Spellings Arabic { get; }

    public Spellings Cyrillic { get; }

    /// <summary>A person; those of Arabic and East Slavic names are, if a few draws can help it, such as can be written in their own script.</summary>
    public TruePerson Make(Dice dice)
    {
        TruePerson person = Draw(dice);
        for (int draw = 0; draw < MostDraws && !(person.Words.All(word => !IsPartOfAName(word)) && person.Style switch { NamingStyle.Arabic => person.CanBe(Writing.Arabic), NamingStyle.EastSlavic => person.CanBe(Writing.Cyrillic), _ => true }); draw++)
            person = Draw(dice);
        return person;
    }

    private static bool IsPartOfAName(TrueWord word) => word.Arabic is "عبد" or "أبو" or "ابو" or "أم" or "بن" or "ابن" or "آل" or "ال";

    private TruePerson Draw(Dice dice)
    {
        Culture culture = _cultures.Draw(dice);
        Country country = dice.Any(culture.Countries);
        bool male = dice.Chance(0.85);
        TrueWord given = Word(culture, culture.Given(country, male, dice), false);
        List<TrueWord> words = [given];
        switch (culture.Style)
        {
            case NamingStyle.Arabic:
                int fathers = dice.Chance(0.35) ? 2 : 1;
                for (int i = 0; i < fathers; i++)
                    words.Add(Word(culture, culture.Given(country, male: true, dice), true));
                if (dice.Chance(0.75))
                    words.Add(Word(culture, culture.Surname(country, dice), false));
                break;
            case NamingStyle.EastSlavic:
                if (Patronymic(Word(culture, culture.Given(country, male: true, dice), true), male) is { } patronymic)
                    words.Add(patronymic);
                words.Add(Word(culture, culture.Surname(country, dice), false));
                break;
            default:
                if (dice.Chance(0.3))
                    words.Add(Word(culture, culture.Given(country, male, dice), true));
                words.Add(Word(culture, culture.Surname(country, dice), false));
                break;
        }

        return new TruePerson(culture.Style, words, Birth(dice), country.Code, male, dice.Chance(0.3) ? Number(dice) : null);
    }

    /// <summary>Another who bears the same name: often of the same country, born at another time.</summary>
    public TruePerson Namesake(TruePerson of, Dice dice) => of with
    {
        Born = Birth(dice),
        Country = dice.Chance(0.7) ? of.Country : _cultures.Draw(dice) is var culture ? dice.Any(culture.Countries).Code : of.Country,
        Passport = dice.Chance(0.3) ? Number(dice) : null,
    };

    private TrueWord Word(Culture culture, NamePart part, bool isFather)
    {
        string? original = part.Original is { } given && _seenTwice.Contains((part.Latin.ToLowerInvariant(), given.ToLowerInvariant())) ? given : null;
        bool arabic = original is not null && culture.Style == NamingStyle.Arabic, cyrillic = original is not null && culture.Style == NamingStyle.EastSlavic;
        return new TrueWord(
            part.Latin,
            arabic ? original : Arabic.OriginalOf(part.Latin),
            cyrillic ? original : Cyrillic.OriginalOf(part.Latin) is { } known ? Spellings.Capital(known) : null,
            isFather);
    }

    private static TrueWord? Patronymic(TrueWord father, bool male)
    {
        if (father.Cyrillic is not { } cyrillic || "аеёиоуыэюяйь".Contains(cyrillic[^1], StringComparison.Ordinal) || !char.IsAsciiLetter(father.Latin[^1]))
            return null;
        return new TrueWord(
            father.Latin + (male ? "ovich" : "ovna"), father.Arabic is null ? null : father.Arabic + (male ? "وفيتش" : "وفنا"), cyrillic + (male ? "ович" : "овна"), true);
    }

    private static DateOnly Birth(Dice dice) => new(1940 + dice.Next(66), 1 + dice.Next(12), 1 + dice.Next(28));

    private static string Number(Dice dice) => string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + dice.Next(26))}{dice.Next(100_000_000):D8}");

    // A pair that was seen once is too often two names of one person, and not one name in two scripts.
    private static List<TokenRow> Rows(string folder, string script) =>
    [
        .. RealData.Rows(Path.Combine(folder, script + "-latin-tokens.csv"))
            .Select(row => new TokenRow(row["latin"], row["other"], int.Parse(row["count"], CultureInfo.InvariantCulture)))
            .Where(row => row.Count >= 2 && row.Latin.Length >= 3 && row.Other.Length >= 2 && row.Latin.All(char.IsLetter)),
    ];
}
