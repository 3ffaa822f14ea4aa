using System.Globalization;
using Entente.Records;

namespace Entente.Scale.MadeUp;

/// <summary>Makes up people.</summary>
internal sealed class People(NameStock stock)
{
    // Of those whose words are all known in their own script; with the others it makes about 15 of 100 entities.
    private const double HasOriginal = 0.4;

    private static readonly string[] SonOf = ["bin", "ben", "ibn"];
    private static readonly string[] Articles = ["al-", "Al-", "Al ", "El ", "el-"];
    private static readonly string[] Sounds = ["aeiou", "bdgkpt", "szc", "lrn", "vfw"];

    /// <summary>A person's words in the order in which they are written.</summary>
    private sealed record Words(IReadOnlyList<NamePart> Parts, string Separator = " ")
    {
        public string Latin => string.Join(' ', Parts.Select(part => part.Latin));

        public string? Original => Parts.All(part => part.Original is not null) ? string.Join(Separator, Parts.Select(part => part.Original)) : null;
    }

    public void Fill(EntityBuilder person, Dice dice)
    {
        Culture culture = stock.Cultures.Draw(dice);
        Country country = dice.Any(culture.Countries);
        bool male = dice.Chance(0.85);
        Words words = Name(culture, country, male, dice);
        person.Add("name", words.Latin);
        if (words.Original is { } original && dice.Chance(HasOriginal))
            person.Add("name", original);
        while (dice.Chance(0.5))
            AddAlias(person, culture, words, dice);
        if (male && culture.Style == NamingStyle.Arabic && dice.Chance(0.1))
            person.Add("weakAlias", "Abu " + culture.Given(country, male: true, dice).Latin);

        person.Add("gender", male ? "male" : "female");
        if (dice.Chance(0.8))
            person.Add("birthDate", BirthDate(dice));
        if (dice.Chance(0.8))
            person.Add("nationality", country.Code);
        if (dice.Chance(0.3))
            person.Add("passportNumber", Number(dice));
    }

    private static Words Name(Culture culture, Country country, bool male, Dice dice)
    {
        NamePart given = Syllables.Given(country.Code, dice) ?? culture.Given(country, male, dice);
        switch (culture.Style)
        {
            case NamingStyle.Arabic:
                return Arabic(culture, country, given, dice);
            case NamingStyle.EastSlavic:
                NamePart surname = culture.Surname(country, dice);
                NamePart father = culture.Given(country, male: true, dice);
                return new Words([given, Patronymic(father, male), male ? surname : Feminine(surname)]);
            case NamingStyle.EastAsian:
                return new Words([culture.Surname(country, dice), given], country.Code == "jp" ? " " : "");
            case NamingStyle.Iberian:
                return new Words([given, .. dice.Chance(0.4) ? new[] { culture.Given(country, male, dice) } : [], culture.Surname(country, dice), culture.Surname(country, dice)]);
            default:
                return new Words([given, .. dice.Chance(0.3) ? new[] { culture.Given(country, male, dice) } : [], Another(given, () => culture.Surname(country, dice))]);
        }
    }

    private static Words Arabic(Culture culture, Country country, NamePart given, Dice dice)
    {
        List<NamePart> parts = [given];
        string? son = dice.Chance(0.12) ? dice.Any(SonOf) : null;
        int fathers = dice.Chance(0.35) ? 2 : 1;
        for (int i = 0; i < fathers; i++)
        {
            if (son is not null)
                parts.Add(new NamePart(son, "بن"));
            parts.Add(Another(parts[^1], () => culture.Given(country, male: true, dice)));
        }
        if (dice.Chance(0.75))
        {
            NamePart family = Another(parts[^1], () => culture.Surname(country, dice));
            bool has = family.Original?.StartsWith("ال", StringComparison.Ordinal) ?? true;
            parts.Add(has ? family : new NamePart(dice.Any(Articles) + family.Latin, "ال" + family.Original));
        }
        return new Words(parts);
    }

    /// <summary>A word that is not the one before it, if a second draw can help it: hardly anybody is called Ali Ali.</summary>
    private static NamePart Another(NamePart before, Func<NamePart> draw) => draw() is var first && first.Latin != before.Latin ? first : draw();

    private static NamePart Patronymic(NamePart father, bool male)
    {
        (string latin, string? original) = (father.Latin, father.Original);
        if (original is null)
            return new NamePart(latin + (male ? "ovich" : "ovna"), null);
        string stem = original[..^1];
        return original[^1] switch
        {
            'й' or 'ь' => new NamePart(latin.TrimEnd('y', 'i', 'j', '\'', '’') + (male ? "yevich" : "yevna"), stem + (male ? "евич" : "евна")),
            'а' or 'я' => new NamePart(latin.TrimEnd('a', 'y') + (male ? "ich" : "ichna"), stem + (male ? "ич" : "ична")),
            _ => new NamePart(latin + (male ? "ovich" : "ovna"), original + (male ? "ович" : "овна")),
        };
    }

    private static NamePart Feminine(NamePart surname)
    {
        string? original = surname.Original;
        bool adjective = original?.EndsWith("ий", StringComparison.Ordinal) ?? false;
        bool takesA = original is null ? surname.Latin.EndsWith('v') : original[^1] is 'в' or 'н' && !original.EndsWith("ян", StringComparison.Ordinal);
        return adjective ? new NamePart(surname.Latin.TrimEnd('y', 'i', 'j') + "aya", original![..^2] + "ая")
            : takesA ? new NamePart(surname.Latin + "a", original is null ? null : original + "а")
            : surname;
    }

    private static void AddAlias(EntityBuilder person, Culture culture, Words words, Dice dice)
    {
        IReadOnlyList<NamePart> parts = words.Parts;
        int kind = dice.Next(10);
        string alias = kind switch
        {
            0 when parts.Count > 2 => new Words([parts[0], parts[^1]]).Latin,
            1 => $"{parts[^1].Latin}, {new Words([.. parts.SkipLast(1)]).Latin}",
            2 when parts.Count > 2 => $"{parts[0].Latin} {parts[1].Latin[0]}. {parts[^1].Latin}",
            > 3 when culture.Spellings is { } spellings => new Words([.. parts.Select(part => spellings.Respell(part, dice))]).Latin,
            _ => Slip(words.Latin, dice),
        };
        // Chance may have chosen a spelling that is there already.
        if (!person.Has("name", alias) && !person.Has("alias", alias) && !person.Has("weakAlias", alias))
            person.Add(kind == 3 ? "weakAlias" : "alias", alias);
    }

    /// <summary>The name with one letter written as one that sounds near it.</summary>
    private static string Slip(string name, Dice dice)
    {
        int at = dice.Next(name.Length);
        string? near = Sounds.FirstOrDefault(sounds => sounds.Contains(name[at], StringComparison.Ordinal));
        return near is null ? name : string.Concat(name.AsSpan(0, at), near[dice.Next(near.Length)].ToString(), name.AsSpan(at + 1));
    }

    private static string BirthDate(Dice dice)
    {
        int year = 1940 + dice.Next(66);
        return dice.Chance(0.25)
            ? year.ToString(CultureInfo.InvariantCulture)
            : new DateOnly(year, 1 + dice.Next(12), 1 + dice.Next(28)).ToString("O", CultureInfo.InvariantCulture);
    }

    private static string Number(Dice dice) => string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + dice.Next(26))}{dice.Next(100_000_000):D8}");
}
