using System.Collections.Immutable;
using Entente.Lists;
using Entente.Records;

namespace Entente.Screening.Tests;

/// <summary>Whoever a screening would find, the reverse search finds: on the real UN list, with its own people as subjects, some of them mangled.</summary>
public sealed class SubjectSearchTests
{
    private const int Subjects = 1500;

    [Fact]
    public void Nobody_is_lost_by_searching_the_other_way_round()
    {
        string path = RealData.File("lists/un-consolidated.xml");
        ImmutableArray<Entity> listed = [.. ListReader.Read(path).Entities];
        Entity[] bearers = [.. listed.Where(entity => Schemata.IsMatchable(entity.Schema) && entity.Get("name").Length > 0)];
        var dice = new Random(7);
        ImmutableArray<(string Id, Query Query)> subjects = [.. Enumerable.Range(0, Subjects).Select(i => ($"s-{i}", Subject(dice, bearers[dice.Next(bearers.Length)], bearers)))];
        var lists = ScreeningIndex.Build(listed);
        var book = SubjectSearch.Index(subjects);

        foreach (double threshold in new[] { 0.5, 0.7, 0.9 })
        {
            var policy = new MatchPolicy { Threshold = threshold, Cutoff = threshold, Limit = 1000 };
            var screener = new Screener(lists, policy);
            HashSet<(string, string)> wanted = [.. subjects.SelectMany(subject => screener.Screen(subject.Query).Where(match => match.IsMatch).Select(match => (subject.Id, match.Entity.Id)))];
            var search = new SubjectSearch(book, policy);
            HashSet<(string, string)> found = [.. bearers.SelectMany(entity => search.Find(entity).Select(id => (id, entity.Id)))];

            Assert.True(wanted.Count > Subjects / 2, $"{wanted.Count} matches");
            string lost = string.Join("\n", wanted.Except(found).Select(pair => $"at {threshold} {pair.Item2}: {string.Join(" | ", screener.Screen(subjects.First(subject => subject.Id == pair.Item1).Query).First(match => match.Entity.Id == pair.Item2).Evidence)} for {string.Join(" | ", subjects.First(subject => subject.Id == pair.Item1).Query.Names)}"));
            Assert.True(lost.Length == 0, lost);
            // And hardly anybody is looked at for nothing.
            Assert.True(found.Count <= wanted.Count * 1.02, $"{found.Count} found for {wanted.Count} at {threshold}");
        }
    }

    private static Query Subject(Random dice, Entity listed, Entity[] all)
    {
        string name = listed.Get("name")[0];
        string[] words = name.Split(' ');
        name = dice.Next(6) switch
        {
            0 when words.Length > 2 => string.Join(' ', words.SkipLast(1)),
            1 => string.Join(' ', words.Reverse()),
            2 => name.Replace("ou", "u", StringComparison.OrdinalIgnoreCase).Replace("AA", "A", StringComparison.OrdinalIgnoreCase),
            3 => $"{words[^1]}, {string.Join(' ', words.SkipLast(1))}",
            4 => words[0] + " " + all[dice.Next(all.Length)].Get("name")[0].Split(' ')[^1],
            _ => name,
        };
        Query asked = EntityQuery.Of(listed);
        return new Query
        {
            Schema = dice.Next(4) == 0 && listed.IsA("LegalEntity") ? "LegalEntity" : listed.Schema,
            Names = dice.Next(4) == 0 && listed.Get("alias").Length > 0 ? [name, listed.Get("alias")[0]] : [name],
            BirthDates = dice.Next(3) == 0 ? [.. asked.BirthDates.Take(1)] : dice.Next(4) == 0 ? ["1963"] : [],
            Nationalities = dice.Next(2) == 0 ? [.. asked.Nationalities.Take(1)] : dice.Next(3) == 0 ? ["iq"] : [],
            Documents = dice.Next(3) == 0 ? [.. asked.Documents.Take(1)] : [],
            Countries = dice.Next(3) == 0 ? asked.Countries : [],
            Places = dice.Next(4) == 0 ? asked.Places : [],
        };
    }
}
