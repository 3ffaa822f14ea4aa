using System.Collections.Immutable;
using Entente.Records;

namespace Entente.Screening.Tests;

public sealed class ScreenerTests
{
    private static ImmutableArray<Match> Screen(Query query) => Listed.Screener.Screen(query);

    [Theory]
    [InlineData("Tarek Kadiri")]
    [InlineData("Тарик Салман аль-Кадири")]
    [InlineData("طارق القادري")]
    [InlineData("KADIRI, TAREK SALMAN")]
    [InlineData("Qadiri Tarik")]
    public void A_listed_person_is_found_in_any_script_and_order(string name)
    {
        Match first = Screen(new Query { Names = [name] })[0];
        Assert.Equal("xx-1", first.Entity.Id);
        Assert.True(first.IsMatch);
    }

    [Theory]
    [InlineData("عبدالجبار ورسمة", "Abdul Jabbar Warsame")]
    [InlineData("سلیم مظهری", "Selim Mazhari")]
    public void What_comparison_holds_to_be_one_the_index_finds(string name, string listed)
    {
        Entity entity = new EntityBuilder("xx-1", "Person", "sample").Add("name", listed).Build();
        Screener screener = new(ScreeningIndex.Build([entity]), MatchPolicy.Default);
        Match found = Assert.Single(screener.Screen(new Query { Names = [name] }));
        Assert.Equal(PairComparison.Compare("Person", name, listed).Weight, found.Weight, 3);
        Assert.True(found.IsMatch);
    }

    [Fact]
    public void A_namesake_with_another_birth_date_is_shown_as_such()
    {
        Match byName = Screen(new Query { Names = ["Muhammad Ahmadi"] })[0];
        Match withDate = Screen(new Query { Names = ["Muhammad Ahmadi"], BirthDates = ["1994-09-15"] })[0];
        Assert.True(byName.IsMatch);
        Assert.False(withDate.IsMatch);
        Assert.Equal("xx-2", withDate.Entity.Id);
        Evidence against = Assert.Single(withDate.Evidence, e => e.Feature == "birthDate");
        Assert.True(against.Weight < 0);
    }

    [Theory]
    [InlineData("1971-03-14", true)]
    [InlineData("1971-14-03", true)]
    [InlineData("14.03.1971", true)]
    [InlineData("1971", true)]
    [InlineData("1971-01-01", true)]
    [InlineData("1971-03-32", true)]
    [InlineData("1917-03-14", true)]
    [InlineData("1998-11-02", true)]
    public void A_strong_name_is_not_sunk_by_a_birth_date(string birthDate, bool match) =>
        Assert.Equal(match, Screen(new Query { Names = ["Tariq Salman al-Qadiri"], BirthDates = [birthDate] })[0].IsMatch);

    [Fact]
    public void Circumstances_move_the_weight_their_way()
    {
        double Weight(Query query) => Screen(query with { Names = ["Tarek Kadiri"] })[0].Weight;
        double alone = Weight(new Query());
        Assert.True(Weight(new Query { BirthDates = ["1971-03-14"] }) > alone);
        Assert.True(Weight(new Query { BirthDates = ["1999"] }) < alone);
        Assert.True(Weight(new Query { Nationalities = ["Jordan"] }) > alone);
        Assert.True(Weight(new Query { Nationalities = ["CA"] }) < alone);
        Assert.True(Weight(new Query { Genders = ["female"] }) < alone);
        Assert.True(Weight(new Query { Places = ["Zarqa"] }) > alone);
        Assert.True(Weight(new Query { Documents = ["k998123"] }) > alone + 10);
        Assert.Equal(alone, Weight(new Query { BirthDates = ["unknown"], Nationalities = ["?"], Genders = ["other"] }));
    }

    [Fact]
    public void Circumstances_alone_make_no_match() =>
        Assert.DoesNotContain(Screen(new Query { Names = ["Pierre Dupont"], BirthDates = ["1971-03-14"], Nationalities = ["jo"], Genders = ["male"], Places = ["Zarqa, Jordan"] }), m => m.IsMatch);

    [Fact]
    public void A_range_of_years_agrees_with_each_of_them()
    {
        double Weight(string date) => Screen(new Query { Names = ["Grigory Zheleznyakovsky"], BirthDates = [date] })[0].Weight;
        Assert.Equal(Weight("1980-06-01"), Weight("1981-06-01"));
        Assert.True(Weight("1981-06-01") > Weight("1990-06-01"));
    }

    [Fact]
    public void A_weak_alias_weighs_less_and_says_so()
    {
        Match match = Screen(new Query { Names = ["Abu Ziyad"] })[0];
        Assert.Equal("Abu Ziyad", match.MatchedName);
        Assert.Contains(match.Evidence, e => e.Feature == "weakAlias" && e.Weight < 0);
    }

    [Theory]
    [InlineData("Organization", "xx-4")]
    [InlineData("Company", "xx-4")]
    [InlineData("Thing", "xx-4")]
    [InlineData("Person", null)]
    public void The_schema_says_what_may_match(string schema, string? id)
    {
        ImmutableArray<Match> matches = Screen(new Query { Schema = schema, Names = ["International Bureau of Harvests and Wells"] });
        Assert.Equal(id, matches.FirstOrDefault(m => m.IsMatch)?.Entity.Id);
    }

    [Fact]
    public void A_ship_with_another_number_is_no_match()
    {
        Assert.True(Screen(new Query { Schema = "Vessel", Names = ["MV Sea Falcon 7"] })[0].IsMatch);
        Assert.DoesNotContain(Screen(new Query { Schema = "Vessel", Names = ["Sea Falcon 8"] }), m => m.IsMatch);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("😀 123")]
    public void Nothing_to_compare_is_told_apart_from_no_match(string name)
    {
        var query = new Query { Names = [name] };
        Assert.False(query.HasComparableName);
        Assert.Empty(Screen(query));
    }

    [Fact]
    public void The_evidence_adds_up_and_results_stand_by_weight()
    {
        ImmutableArray<Match> matches = Screen(new Query { Names = ["Muhammad Ahmadi", "Tarek Kadiri"], BirthDates = ["1971"], Nationalities = ["af"] });
        Assert.True(matches.Length >= 2);
        Assert.All(matches, m => Assert.Equal(m.Weight, m.Evidence.Sum(e => e.Weight), 1e-3));
        Assert.Equal(matches.Select(m => m.Weight).OrderDescending(), matches.Select(m => m.Weight));
    }

    [Fact]
    public void The_limit_and_the_threshold_hold()
    {
        var query = new Query { Names = ["Tarek Kadiri", "Mohammed Ahmadi"] };
        Assert.Single(new Screener(Listed.Index, MatchPolicy.Default with { Limit = 1 }).Screen(query));
        Assert.DoesNotContain(new Screener(Listed.Index, MatchPolicy.Default with { Threshold = 0.9999999 }).Screen(query), m => m.IsMatch);
    }

    [Fact]
    public void Many_threads_get_the_answers_of_one()
    {
        string[] names = ["Tarek Kadiri", "Mohammed Ahmadi", "طارق القادري", "Abu Ziyad", "Grigori Jelezniakovski", "Nobody Atall"];
        string Answer(string name) => string.Join(';', Screen(new Query { Names = [name] }).Select(m => $"{m.Entity.Id} {m.Weight:R}"));
        string[] alone = [.. names.Select(Answer)];
        Parallel.For(0, 300, i => Assert.Equal(alone[i % names.Length], Answer(names[i % names.Length])));
    }
}
