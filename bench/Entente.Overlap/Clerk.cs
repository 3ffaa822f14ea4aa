using System.Globalization;
using Entente.Records;
using Entente.Scale.MadeUp;

namespace Entente.Overlap;

/// <summary>Writes people down as one of many offices would: in its script, by its habits, with what it happens to know.</summary>
internal sealed class Clerk(TruePeople people)
{
    private const double LeavesFatherOut = 0.3;
    private const double SurnameFirst = 0.3;
    private const double WritesSonOf = 0.15;
    private const double French = 0.4;
    private const double Slips = 0.02;

    private static readonly string[] Articles = ["al-", "Al ", "El ", "el-", "Al"];
    private static readonly string[] Sounds = ["aeiou", "bdgkpt", "szc", "lrn", "vfw"];

    public Entity Write(string id, TruePerson person, Writing writing, Dice dice)
    {
        var entity = new EntityBuilder(id, "Person", "made-up");
        entity.Add("name", Name(person, writing, dice));
        if (Birth(person, dice) is { } birth)
            entity.Add("birthDate", birth);
        if (dice.Chance(0.8))
            entity.Add("nationality", person.Country);
        if (dice.Chance(0.85))
            entity.Add("gender", person.IsMale ? "male" : "female");
        if (person.Passport is not null && dice.Chance(0.6))
            entity.Add("passportNumber", person.Passport);
        return entity.Build();
    }

    private string Name(TruePerson person, Writing writing, Dice dice)
    {
        List<TrueWord> words = [.. person.Words];
        if (words.Count >= 3 && dice.Chance(LeavesFatherOut))
            words.RemoveAt(1 + dice.Next(words.Count - 2));
        bool french = writing == Writing.Latin && dice.Chance(French);
        List<string> written = [.. words.Select(word => Word(person, word, writing, french, dice))];
        if (person.Style == NamingStyle.Arabic && words.Count >= 2 && words[1].IsFather && dice.Chance(WritesSonOf))
            written.Insert(1, writing switch { Writing.Arabic => "بن", Writing.Cyrillic => "бен", _ => french ? "ben" : "bin" });
        if (writing != Writing.Arabic && dice.Chance(SurnameFirst))
        {
            string last = written[^1], rest = string.Join(' ', written.SkipLast(1));
            return dice.Chance(0.5) ? $"{last.ToUpperInvariant()}, {rest}" : $"{last} {rest}";
        }

        return string.Join(' ', written);
    }

    private string Word(TruePerson person, TrueWord word, Writing writing, bool french, Dice dice)
    {
        if (writing == Writing.Arabic)
            return word.Arabic!;
        if (writing == Writing.Cyrillic)
            return word.Cyrillic!;
        string latin = person.Style switch
        {
            NamingStyle.Arabic => people.Arabic.Respell(new NamePart(word.Latin, word.Arabic), dice).Latin,
            NamingStyle.EastSlavic => people.Cyrillic.Respell(new NamePart(word.Latin, word.Cyrillic?.ToLowerInvariant()), dice).Latin,
            _ => word.Latin,
        };
        // The files know spellings with and without the article; offices write it as they like.
        if (person.Style == NamingStyle.Arabic && word.Arabic is { Length: > 4 } arabic && arabic.StartsWith("ال", StringComparison.Ordinal) && dice.Chance(0.5)
            && latin.Length > 5 && (latin.StartsWith("Al", StringComparison.Ordinal) || latin.StartsWith("El", StringComparison.Ordinal)))
            latin = dice.Any(Articles) + Spellings.Capital(latin[2..].TrimStart('-', ' '));
        if (french && person.Style is (NamingStyle.Arabic or NamingStyle.EastSlavic))
            latin = Spellings.Capital(person.Style == NamingStyle.Arabic ? ArabicInFrench(latin.ToLowerInvariant()) : SlavicInFrench(latin.ToLowerInvariant()));
        return dice.Chance(Slips) ? Slip(latin, dice) : latin;
    }

    private static string ArabicInFrench(string latin) => latin
        .Replace("sh", "ch", StringComparison.Ordinal).Replace("oo", "ou", StringComparison.Ordinal).Replace("ee", "i", StringComparison.Ordinal)
        .Replace("w", "ou", StringComparison.Ordinal).Replace("j", "dj", StringComparison.Ordinal).Replace("ddj", "dj", StringComparison.Ordinal);

    private static string SlavicInFrench(string latin)
    {
        string french = latin.Replace("ch", "tch", StringComparison.Ordinal).Replace("sh", "ch", StringComparison.Ordinal).Replace("zh", "j", StringComparison.Ordinal)
            .Replace("ttch", "tch", StringComparison.Ordinal).Replace("u", "ou", StringComparison.Ordinal).Replace("oou", "ou", StringComparison.Ordinal);
        return french.EndsWith("in", StringComparison.Ordinal) ? french + "e" : french;
    }

    /// <summary>The word with one letter written as one that sounds near it.</summary>
    private static string Slip(string word, Dice dice)
    {
        int at = dice.Next(word.Length);
        string? near = Sounds.FirstOrDefault(sounds => sounds.Contains(word[at], StringComparison.Ordinal));
        return near is null ? word : string.Concat(word.AsSpan(0, at), near[dice.Next(near.Length)].ToString(), word.AsSpan(at + 1));
    }

    // Of a hundred, one knows no date, six a year, one a wrong year; of the full dates, two in a hundred have day and month exchanged.
    private static string? Birth(TruePerson person, Dice dice)
    {
        DateOnly born = person.Born;
        double kind = dice.Next();
        if (kind < 0.01)
            return null;
        if (kind < 0.07)
            return born.Year.ToString(CultureInfo.InvariantCulture);
        if (kind < 0.08)
            born = born.AddYears(dice.Chance(0.5) ? 1 : -1);
        else if (kind < 0.10 && born.Day <= 12)
            born = new DateOnly(born.Year, born.Day, born.Month);
        return born.ToString("O", CultureInfo.InvariantCulture);
    }
}
