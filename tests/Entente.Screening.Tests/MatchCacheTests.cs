using Entente.Names.Structure;
using Entente.Screening.Index;

namespace Entente.Screening.Tests;

/// <summary>What a search keeps from query to query changes how fast it is, and never what it finds.</summary>
public sealed class MatchCacheTests
{
    private static readonly string[] Given = ["Mohammed", "Muhammad", "Ahmad", "Hassan", "Abd al-Rahman", "Youssef", "Noor", "Грегорий", "محمد", "عبد الرحمن"];
    private static readonly string[] Family = ["Qadiri", "al-Mazhari", "Benkhelifa", "Noor Zai", "Noorzai", "Zheleznyakovsky", "القادري", "نورزی", "Железняковский"];

    private static string NameBy(Random dice) => string.Join(' ', Enumerable.Range(0, dice.Next(1, 4)).Select(_ => Given[dice.Next(Given.Length)]).Append(Family[dice.Next(Family.Length)]));

    private static NameIndex Listed(int count)
    {
        var dice = new Random(21);
        var names = new NameIndex.Builder(NameKind.Person);
        for (int i = 0; i < count; i++)
            names.Add(i, 0, dice.Next(10) == 0 ? $"M. {NameBy(dice)}" : NameBy(dice));
        return names.Build();
    }

    [Fact]
    public void With_no_room_to_keep_anything_the_same_is_found_with_the_same_bounds()
    {
        NameIndex listed = Listed(3000);
        var ample = new NameSearch(listed, MatchCache.For(listed));
        var none = new NameSearch(listed, new MatchCache(0));
        // So little that what is kept is given back over and over, also between the lists of one query.
        var little = new NameSearch(listed, new MatchCache(40_000));
        var dice = new Random(22);
        int found = 0;
        for (int i = 0; i < 400; i++)
        {
            Name query = Name.Parse(NameBy(dice), NameKind.Person);
            foreach (float least in (float[])[8, 14, 20])
            {
                Found[] wanted = [.. ample.Candidates(query, least)];
                Assert.Equal(wanted, none.Candidates(query, least));
                Assert.Equal(wanted, little.Candidates(query, least));
                found += wanted.Length;
            }
        }

        Assert.InRange(found, 1000, int.MaxValue);
    }
}
