using System.Collections.Immutable;
using Entente.Records;
using Entente.Screening.Listings;
using static Entente.Screening.Tests.Listings.ThreeLists;

namespace Entente.Screening.Tests.Listings;

public sealed class GroupedScreeningTests
{
    private static readonly ImmutableArray<Entity> Entities = [.. All, Sanction(All[0], "QDi.7", own: true)];
    private static readonly ScreeningIndex Plain = ScreeningIndex.Build(Entities);
    private static readonly ScreeningIndex Grouped = Plain.WithGroups(EntityResolver.Resolve(Entities));
    private static readonly MatchPolicy Wide = MatchPolicy.Default with { Limit = 50 };

    private static readonly Query Tariq = new() { Names = ["Tarek Salman Kadiri"] };

    [Fact]
    public void One_entity_on_three_lists_is_one_match_led_by_its_best_listing()
    {
        ImmutableArray<Match> apart = new Screener(Plain, Wide).Screen(Tariq), together = new Screener(Grouped, Wide).Screen(Tariq);
        Assert.Equal(apart.Length - 2, together.Length);
        Match match = Assert.Single(together, m => m.Group is not null);
        Match best = apart.First(m => m.Entity.Id is "latin-1" or "arabic-1" or "cyrillic-1");
        Assert.Equal((best.Entity.Id, best.Score, best.Weight, best.MatchedName), (match.Entity.Id, match.Score, match.Weight, match.MatchedName));
        Assert.Equal(best.Evidence, match.Evidence);
        Assert.Equal(best.Entity.Id, match.Listings[0].Entity.Id);
        Assert.Equal("latin-1", match.Group!.CanonicalId);
    }

    [Fact]
    public void Each_listing_keeps_its_own_name_and_score()
    {
        ImmutableArray<Match> apart = new Screener(Plain, Wide).Screen(Tariq);
        Match match = Assert.Single(new Screener(Grouped, Wide).Screen(Tariq), m => m.Group is not null);
        Assert.Equal(3, match.Listings.Length);
        Assert.All(match.Listings, listing =>
        {
            Match own = apart.Single(m => m.Entity.Id == listing.Entity.Id);
            Assert.Equal((own.Score, own.MatchedName), (listing.Score, listing.MatchedName));
        });
        Assert.Equal(["Programme of latin"], match.Listings.Single(l => l.Entity.Id == "latin-1").Programs);
    }

    [Fact]
    public void A_listing_that_no_name_came_near_is_shown_without_a_score()
    {
        Entity known = Person("known", 1, "1971-03-14", "Tariq Salman al-Qadiri", b => b.Add("alias", "Zeno Marbek Velindra"));
        ScreeningIndex index = ScreeningIndex.Build([known, All[1]]);
        Match match = new Screener(index.WithGroups(EntityResolver.Resolve([known, All[1]])), Wide).Screen(new Query { Names = ["Zeno Marbek Velindra"] })[0];
        Assert.Equal(["known-1", "arabic-1"], match.Listings.Select(l => l.Entity.Id));
        Assert.Equal((null, null), (match.Listings[1].Score, match.Listings[1].MatchedName));
    }

    [Fact]
    public void Entries_are_gathered_before_the_limit_is_counted()
    {
        MatchPolicy two = MatchPolicy.Default with { Limit = 2 };
        ImmutableArray<Match> matches = new Screener(Grouped, two).Screen(Tariq);
        Assert.Equal(2, matches.Length);
        Assert.Equal(4, matches.SelectMany(m => m.Listings).Count());
        Assert.Contains(matches, m => m.Entity.Id == "arabic-2");
    }

    [Fact]
    public void Without_groups_nothing_changes_and_each_match_has_its_one_listing()
    {
        ImmutableArray<Match> plain = new Screener(Plain, Wide).Screen(Tariq), none = new Screener(Plain.WithGroups(EntityGroups.None), Wide).Screen(Tariq);
        Assert.Equal(plain.Select(m => (m.Entity.Id, m.Weight)), none.Select(m => (m.Entity.Id, m.Weight)));
        Assert.All(plain, m => Assert.Equal((m.Entity, m.MatchedName, m.Score), (Assert.Single(m.Listings).Entity, m.Listings[0].MatchedName!, m.Listings[0].Score!.Value)));
    }

    [Fact]
    public void Groups_bind_only_the_entries_that_they_were_made_for()
    {
        EntityGroups groups = EntityResolver.Resolve(Entities);
        // The same id from another list, and a group of which but one entry is loaded.
        Entity stranger = new EntityBuilder("arabic-1", "Person", "elsewhere").Add("name", "Tariq Salman al-Qadiri").Build();
        Match[] apart = [.. new Screener(ScreeningIndex.Build([All[0], stranger]).WithGroups(groups), Wide).Screen(Tariq)];
        Assert.Equal(2, apart.Length);
        Assert.All(apart, m => Assert.Null(m.Group));
        Assert.Equal(0, ScreeningIndex.Build([All[0], All[3]]).WithGroups(groups).GroupCount);
        Assert.Equal(1, ScreeningIndex.Build([All[0], All[2]]).WithGroups(groups).GroupCount);
        Assert.Equal(0, Plain.GroupCount);
    }

    [Fact]
    public void A_stored_index_with_stored_groups_gives_the_same_answers()
    {
        using MemoryStream index = new(), groups = new();
        Plain.Write(index);
        EntityResolver.Resolve(Entities).Write(groups);
        index.Position = groups.Position = 0;
        string Answers(ScreeningIndex from) => string.Join('\n', new Screener(from, Wide).Screen(Tariq).Select(m => $"{m.Entity.Id} {m.Weight:R} {string.Join(' ', m.Listings.Select(l => $"{l.Entity.Id} {l.Score:R}"))}"));
        Assert.Equal(Answers(Grouped), Answers(ScreeningIndex.Read(index).WithGroups(EntityGroups.Read(groups))));
    }
}
