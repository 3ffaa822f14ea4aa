namespace Entente.Screening.Tests;

public sealed class MatchPolicyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    public void A_threshold_outside_its_range_is_refused(double threshold) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MatchPolicy.Default with { Threshold = threshold });

    [Fact]
    public void A_limit_of_none_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new MatchPolicy { Limit = 0 });

    [Fact]
    public void The_hash_tells_policies_apart_and_nothing_else()
    {
        Assert.Equal(new MatchPolicy().Hash, MatchPolicy.Default.Hash);
        Assert.NotEqual(MatchPolicy.Default.Hash, (MatchPolicy.Default with { Threshold = 0.71 }).Hash);
        Assert.NotEqual(MatchPolicy.Default.Hash, (MatchPolicy.Default with { Limit = 6 }).Hash);
    }
}
