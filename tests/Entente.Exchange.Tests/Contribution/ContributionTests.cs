using System.Globalization;
using Entente.Exchange.Contribution;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Exchange.Tests.Contribution;

public sealed class ContributionTests
{
    private static readonly string[] Partners = ["A", "B", "C", "D", "E"];

    private static readonly Gen<string[]> SomePartners = Gen.SubListOf(Partners).Where(each => each.Count > 0).Select(each => each.ToArray());

    private static readonly Gen<ConfirmedMatch> AnySuffices = SomePartners.Select(each => ConfirmedMatch.ByAny("m", each));

    private static readonly Gen<ConfirmedMatch> SeveralNeeded =
        from count in Gen.Choose(1, 4)
        from grounds in SomePartners.ListOf(count)
        select ConfirmedMatch.ByGrounds("m", grounds);

    [Fact]
    public void Where_any_suffices_each_has_an_equal_share() => Prop.ForAll(AnySuffices.ToArbitrary(), match =>
        match.AnySuffices && ShapleyShares.Of(match).All(each => each.Value == 1.0 / match.Partners.Count) && IsTheMeanOverAllOrders(match)).QuickCheckThrowOnFailure();

    [Fact]
    public void Where_several_are_needed_the_share_is_the_mean_over_all_orders() => Prop.ForAll(SeveralNeeded.ToArbitrary(), IsTheMeanOverAllOrders).QuickCheckThrowOnFailure();

    [Fact]
    public void A_partner_that_suffices_alone_has_more_than_two_that_need_each_other()
    {
        var shares = ShapleyShares.Of(ConfirmedMatch.ByGrounds("m", [["A"], ["B", "C"]]));
        Assert.Equal(2.0 / 3, shares["A"], 12);
        Assert.Equal(1.0 / 6, shares["B"], 12);
        Assert.Equal(1.0 / 6, shares["C"], 12);
    }

    [Fact]
    public void A_ground_that_holds_another_adds_nothing()
    {
        var match = ConfirmedMatch.ByGrounds("m", [["A", "B"], ["A"], ["A"], ["B", "A"]]);
        Assert.Equal(["A"], Assert.Single(match.Grounds));
        Assert.Equal(["A"], match.Partners);
    }

    [Fact]
    public void The_report_says_what_rested_on_whom()
    {
        var report = ContributionReport.Of(
            [
                ConfirmedMatch.ByAny("1", ["A"]), ConfirmedMatch.ByAny("2", ["A"]), ConfirmedMatch.ByAny("3", ["A", "B"]),
                ConfirmedMatch.ByGrounds("4", [["B", "C"]]), ConfirmedMatch.ByGrounds("5", [["A"], ["B", "C"]]),
            ],
            ["D"]);
        Assert.Equal(5, report.Matches);
        Assert.Equal(["A", "B", "C", "D"], report.Partners.Select(each => each.Partner));
        Assert.Equal([(4, 2, 2, 2), (3, 0, 3, 1), (2, 0, 2, 1), (0, 0, 0, 0)], report.Partners.Select(each => (each.Supported, each.Alone, each.Together, each.MissedWithout)));
        Assert.Equal([1 + 1 + 0.5 + (2.0 / 3), 0.5 + 0.5 + (1.0 / 6), 0.5 + (1.0 / 6), 0], report.Partners.Select(each => each.Shapley), new Near());
    }

    [Fact]
    public void Shares_add_up_to_the_matches_and_do_not_depend_on_their_order() => Prop.ForAll(Gen.OneOf(AnySuffices, SeveralNeeded).ListOf().ToArbitrary(), matches =>
    {
        var report = ContributionReport.Of(matches);
        var turned = ContributionReport.Of(Enumerable.Reverse(matches));
        return Math.Abs(report.Partners.Sum(each => each.Shapley) - matches.Count) < 1e-9 && report.Partners.SequenceEqual(turned.Partners)
            && report.Partners.All(each => each.MissedWithout == matches.Count(match => !match.IsFoundBy(Partners.Where(other => other != each.Partner).ToHashSet())));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Bounds_are_kept()
    {
        Assert.Throws<ArgumentException>(() => ConfirmedMatch.ByAny("m", []));
        Assert.Throws<ArgumentException>(() => ConfirmedMatch.ByGrounds("m", [["A"], []]));
        var many = Enumerable.Range(0, 17).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToArray();
        Assert.Throws<ArgumentException>(() => ConfirmedMatch.ByGrounds("m", [many[..9], many[8..]]));
        // Where any suffices there is no bound.
        Assert.Equal(1.0 / 17, ShapleyShares.Of(ConfirmedMatch.ByAny("m", many))["3"]);
        Assert.Equal(1, ShapleyShares.Of(ConfirmedMatch.ByGrounds("m", [many[..9], many[8..16]])).Values.Sum(), 9);
    }

    // The definition: in how many of all orders of joining does a partner's coming find the match?
    private static bool IsTheMeanOverAllOrders(ConfirmedMatch match)
    {
        var found = Partners.ToDictionary(each => each, _ => 0);
        var orders = 0;
        foreach (var order in Orders(Partners))
        {
            orders++;
            var joined = new HashSet<string>();
            found[order.First(partner => joined.Add(partner) && match.IsFoundBy(joined))]++;
        }
        var shares = ShapleyShares.Of(match);
        return Partners.All(each => Math.Abs(shares.GetValueOrDefault(each) - ((double)found[each] / orders)) < 1e-12);
    }

    private static IEnumerable<string[]> Orders(string[] partners) => partners.Length == 0
        ? [[]]
        : partners.SelectMany(first => Orders([.. partners.Where(each => each != first)]).Select(rest => (string[])[first, .. rest]));

    private sealed class Near : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) < 1e-12;

        public int GetHashCode(double obj) => 0;
    }
}
