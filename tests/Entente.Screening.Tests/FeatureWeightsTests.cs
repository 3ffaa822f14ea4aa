namespace Entente.Screening.Tests;

public sealed class FeatureWeightsTests
{
    private static readonly Query Asked = new()
    {
        Names = ["Tarek Kadiri"],
        BirthDates = ["1999"],
        Nationalities = ["jo"],
        Genders = ["male"],
        Places = ["Zarqa"],
        Documents = ["K998123"],
    };

    [Fact]
    public void Each_feature_counts_by_its_factor_and_the_evidence_still_adds_up()
    {
        Match plain = Screen(FeatureWeights.Default, Asked)[0];
        foreach (string feature in FeatureWeights.Features)
        {
            Match weighed = Screen(FeatureWeights.Default.With(feature, 0.5), Asked)[0];
            Assert.Equal(weighed.Weight, weighed.Evidence.Sum(item => item.Weight), 3);
            foreach (string other in FeatureWeights.Features)
                Assert.Equal(Bits(plain, other) * (other == feature ? 0.5 : 1), Bits(weighed, other), 6);
        }
    }

    [Fact]
    public void A_feature_that_counts_nothing_neither_speaks_for_nor_against()
    {
        Query wrongDate = new() { Names = ["Muhammad Ahmadi"], BirthDates = ["1994-09-15"] };
        Assert.False(Screen(FeatureWeights.Default, wrongDate)[0].IsMatch);
        Assert.True(Screen(FeatureWeights.Default.With("birthDate", 0), wrongDate)[0].IsMatch);
        Assert.Empty(Screen(FeatureWeights.Default.With("name", 0), new Query { Names = ["Tarek Kadiri"] }).Where(match => match.Weight != 0));
        Assert.Equal("xx-1", Screen(FeatureWeights.Default.With("name", 0), Asked)[0].Entity.Id);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void The_index_loses_nothing_whatever_the_factors(double cutoff)
    {
        var random = new Random(4);
        string[] names = ["Tarek Kadiri", "Kadiri", "M Ahmadi", "Abu Ziyad", "Grigori Zheleznyakovsky", "Sea Falcon"];
        for (int run = 0; run < 300; run++)
        {
            FeatureWeights weights = FeatureWeights.Features.Aggregate(FeatureWeights.Default, (all, feature) => all.With(feature, random.Next(4) switch { 0 => 0, 1 => 1, _ => random.NextDouble() * 10 }));
            Query query = new()
            {
                Schema = "Thing",
                Names = [names[random.Next(names.Length)]],
                BirthDates = random.Next(2) == 0 ? [] : ["1971-03-14"],
                Nationalities = random.Next(2) == 0 ? [] : ["af"],
                Documents = random.Next(3) == 0 ? ["9074729"] : [],
            };
            var screener = new Screener(Listed.Index, new MatchPolicy { Cutoff = cutoff, Weights = weights });
            Assert.Equal(screener.Screen(query, exhaustive: true).Select(match => (match.Entity.Id, match.Weight)), screener.Screen(query, exhaustive: false).Select(match => (match.Entity.Id, match.Weight)));
        }
    }

    [Fact]
    public void They_are_part_of_the_hash_and_bounded()
    {
        Assert.Equal(MatchPolicy.Default.Hash, (MatchPolicy.Default with { Weights = new FeatureWeights() }).Hash);
        Assert.NotEqual(MatchPolicy.Default.Hash, (MatchPolicy.Default with { Weights = FeatureWeights.Default.With("gender", 0) }).Hash);
        Assert.Throws<ArgumentOutOfRangeException>(() => FeatureWeights.Default.With("name", 10.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => FeatureWeights.Default.With("name", double.NaN));
        Assert.Throws<ArgumentException>(() => FeatureWeights.Default.With("name_literal", 1));
    }

    [Fact]
    public void An_entity_is_found_by_the_number_of_a_document()
    {
        Assert.Equal("xx-1", Assert.Single(Listed.Index.FindByDocument("k-998 123")).Id);
        Assert.Equal("xx-5", Assert.Single(Listed.Index.FindByDocument("IMO 9074729")).Id);
        Assert.Empty(Listed.Index.FindByDocument("123"));
        Assert.Empty(Listed.Index.FindByDocument("9074728"));
    }

    private static System.Collections.Immutable.ImmutableArray<Match> Screen(FeatureWeights weights, Query query) =>
        new Screener(Listed.Index, new MatchPolicy { Cutoff = 0.01, Weights = weights }).Screen(query);

    private static double Bits(Match match, string feature) =>
        match.Evidence.Where(item => (FeatureWeights.Features.Contains(item.Feature) ? item.Feature : "name") == feature).Sum(item => item.Weight);
}
