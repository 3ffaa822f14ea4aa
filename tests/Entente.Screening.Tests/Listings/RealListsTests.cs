using Entente.Lists;
using Entente.Records;
using Entente.Screening.Listings;

namespace Entente.Screening.Tests.Listings;

/// <summary>The real lists of the United Nations and of Switzerland, of which the second takes over the first and gives no references.</summary>
public sealed class RealListsTests
{
    private static readonly Lazy<(Entity[] Entities, EntityGroups Groups)> Resolved = new(() =>
    {
        Entity[] entities = [.. ListReader.Read(RealData.File("lists/un-consolidated.xml")).Entities, .. ListReader.Read(RealData.File("lists/ch.ftm.json")).Entities];
        return (entities, EntityResolver.Resolve(entities));
    });

    private static (Entity[] Entities, EntityGroups Groups) Lists()
    {
        _ = RealData.File("lists/ch.ftm.json");
        return Resolved.Value;
    }

    [Fact]
    public void Most_people_of_both_lists_with_the_same_birth_date_and_name_are_found()
    {
        (Entity[] entities, EntityGroups groups) = Lists();
        // What nobody can doubt: a name in the same words, and the same day of birth.
        HashSet<string> swiss = [.. entities.Where(e => e.Datasets is ["ch"]).SelectMany(Keys)];
        Entity[] both = [.. entities.Where(e => e.Datasets is ["un-sc"] && e.Schema == "Person" && Keys(e).Any(swiss.Contains))];
        Assert.True(both.Length > 100, $"{both.Length}");
        Assert.All(both, e => Assert.True(groups.Find(e.Id) is not null || groups.Refused.Any(r => r.Link.Right == e.Id), e.ToString()));
    }

    [Fact]
    public void No_group_holds_two_entries_of_a_list_or_two_birth_dates_far_apart()
    {
        (Entity[] entities, EntityGroups groups) = Lists();
        Dictionary<string, Entity> byId = entities.DistinctBy(e => e.Id).ToDictionary(e => e.Id);
        Assert.All(groups.Groups, group =>
        {
            Entity[] members = [.. group.Referents.Select(r => byId[r.Id])];
            Assert.Equal(members.Length, members.SelectMany(m => m.Datasets).Distinct().Count());
            Assert.Contains(members[0].Get("birthDate"), d => members[1].Get("birthDate").Contains(d));
        });
    }

    private static IEnumerable<string> Keys(Entity person) =>
        from name in person.Get("name").Concat(person.Get("alias"))
        let words = name.ToUpperInvariant().Split(' ')
        where words.Length > 2 && words.All(w => w.Length > 1)
        from date in person.Get("birthDate")
        where date.Length == 10 && !date.EndsWith("01-01", StringComparison.Ordinal)
        select $"{string.Join(' ', words.Order(StringComparer.Ordinal))} {date}";
}
