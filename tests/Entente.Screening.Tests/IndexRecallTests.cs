using System.Collections.Immutable;
using Entente.Names.Structure;
using Entente.Records;
using Entente.Screening.Index;

namespace Entente.Screening.Tests;

/// <summary>What an index finds against what comparing with every name finds: names put together by chance, and mangled.</summary>
public sealed class IndexRecallTests
{
    private static readonly string[] Given =
    [
        "Mohammed", "Muhammad", "Ahmad", "Hassan", "Khadija", "Abd al-Rahman", "Abdelkader", "Zeinab", "Youssef", "Ibrahim", "Grigory", "Svetlana", "Dzhamal", "Chérif", "Carlos", "Joaquín", "Wei",
        "محمد", "عبد الرحمن", "خديجة", "يوسف", "ذوالفقار", "Григорий", "Светлана", "Джамал", "Рамазан", "Љубиша",
    ];

    private static readonly string[] Family =
    [
        "Qadiri", "Zheleznyakovsky", "al-Mazhari", "Benkhelifa", "Warsame", "Djibrine", "Tchakhotine", "Szczepanski", "Haqqani", "Hamani", "Rahmani", "Zahrani", "Noor Zai", "Noorzai", "O'Connor", "van der Meulen",
        "القادري", "المظهري", "نورزی", "بن خليفة", "Железняковский", "Чахотин", "Вахитов", "Хамитов", "Ђорђевић",
    ];

    private static readonly ScreeningIndex Listed = ScreeningIndex.Build(Bearers());

    private static IEnumerable<Entity> Bearers()
    {
        var dice = new Random(11);
        for (int i = 0; i < 700; i++)
        {
            var entity = new EntityBuilder($"xx-{i}", "Person", "sample").Add("name", Name(dice));
            if (dice.Next(3) == 0)
                entity.Add(dice.Next(2) == 0 ? "alias" : "weakAlias", Name(dice));
            yield return entity.Build();
        }
    }

    private static string Name(Random dice)
    {
        string given = Given[dice.Next(Given.Length)], family = Family[dice.Next(Family.Length)];
        return dice.Next(8) switch
        {
            0 => $"{family} {given}",
            1 => $"{given} {Given[dice.Next(Given.Length)]} {family}",
            2 => $"{given[0]}. {family}",
            3 => $"{given} {Given[dice.Next(Given.Length)]} {Given[dice.Next(Given.Length)]} {family}",
            _ => $"{given} {family}",
        };
    }

    private static string Mangled(Random dice, string name)
    {
        int at = dice.Next(1, name.Length - 1);
        return dice.Next(6) switch
        {
            0 => name.Remove(at, 1),
            1 => string.Concat(name.AsSpan(0, at), name.AsSpan(at - 1)),
            2 => string.Concat(name.AsSpan(0, at - 1), name[at].ToString(), name[at - 1].ToString(), name.AsSpan(at + 1)),
            3 => name.Insert(at, " "),
            4 => name.Replace(" ", "", StringComparison.Ordinal),
            _ => name,
        };
    }

    [Fact]
    public void The_index_finds_all_that_comparing_with_every_name_finds()
    {
        Screener screener = new(Listed, MatchPolicy.Default with { Limit = 1000 });
        var dice = new Random(12);
        int found = 0;
        for (int i = 0; i < 300; i++)
        {
            Query query = new() { Names = [Mangled(dice, Name(dice))] };
            string[] wanted = [.. screener.Screen(query, exhaustive: true).Where(match => match.IsMatch).Select(Show)];
            string[] quick = [.. screener.Screen(query).Where(match => match.IsMatch).Select(Show)];
            Assert.True(wanted.SequenceEqual(quick), $"{query.Names[0]}: {string.Join(", ", wanted)} and not {string.Join(", ", quick)}: {string.Join("; ", screener.Screen(query, exhaustive: true).Where(match => match.IsMatch).SelectMany(match => match.Evidence))}");
            found += wanted.Length;
        }

        Assert.True(found > 300, $"{found} matches");
    }

    [Fact]
    public void No_name_weighs_more_than_its_bound()
    {
        IndexedKind people = Listed.Kind(NameKind.Person)!;
        NameSearch search = people.Rent();
        var dice = new Random(15);
        int weighed = 0;
        var wrong = new List<string>();
        for (int i = 0; i < 500; i++)
        {
            Name name = Entente.Names.Structure.Name.Parse(Mangled(dice, Name(dice)), NameKind.Person);
            foreach ((int wording, float bound) in search.Candidates(name, 3))
            {
                float weight = search.Weigh(name, wording);
                weighed++;
                if (weight > bound + 0.01f)
                    wrong.Add($"{name} / {people.Names.TextOf(people.Names.NamesOfWording(wording)[0])}: {weight} > {bound}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {weighed}:\n" + string.Join("\n", wrong.Take(10)));
        Assert.True(weighed > 1000, $"{weighed} names weighed");
    }

    [Fact]
    public void A_short_answer_is_the_beginning_of_a_long_one()
    {
        Screener all = new(Listed, MatchPolicy.Default with { Limit = 1000 }), few = new(Listed, MatchPolicy.Default with { Limit = 3 });
        var dice = new Random(13);
        int cut = 0;
        for (int i = 0; i < 300; i++)
        {
            Query query = new() { Names = [Mangled(dice, Name(dice)), Name(dice)] };
            ImmutableArray<Match> whole = all.Screen(query);
            string[] first = [.. few.Screen(query).Select(Show)];
            Assert.True(whole.Take(3).Select(Show).SequenceEqual(first), $"{string.Join(" and ", query.Names)}: {string.Join(", ", whole.Take(3).Select(Show))} and not {string.Join(", ", first)}");
            cut += whole.Length > 3 ? 1 : 0;
        }

        Assert.True(cut > 100, $"{cut} answers were cut short");
    }

    [Fact]
    public void Evidence_adds_up_whenever_and_wherever_it_is_read()
    {
        Screener screener = new(Listed, MatchPolicy.Default);
        var dice = new Random(14);
        Match[] matches = [.. Enumerable.Range(0, 200).SelectMany(_ => screener.Screen(new Query { Names = [Mangled(dice, Name(dice))], Genders = ["male"] }))];
        Assert.True(matches.Length > 200, $"{matches.Length} results");
        Parallel.ForEach(matches.Reverse(), match => Assert.Equal(match.Weight, match.Evidence.Sum(item => item.Weight), 2));
        Assert.All(matches, match => Assert.Equal(match.Evidence, match.Evidence));
    }

    private static string Show(Match match) => FormattableString.Invariant($"{match.Entity.Id} {match.MatchedName} {match.Weight:F2}");
}
