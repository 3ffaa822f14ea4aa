using Entente.Node.Web.Words;
using Entente.Records;
using Entente.Screening;

namespace Entente.Node.Tests.Web;

public sealed class NameAlignedTests
{
    [Fact]
    public void Names_of_two_scripts_are_joined_part_by_part_in_whatever_order()
    {
        var match = Screened("Al-Qadiri Tariq", "طارق القادري");

        var names = NameAligned.Of("Al-Qadiri Tariq", match.MatchedName, "Person", match.Evidence);

        Assert.Equal("Al Qadiri Tariq", Text(names.Query));
        Assert.Equal("طارق القادري", Text(names.Listed));
        Assert.Contains(names.Pairs, pair => names.Query[pair.Query[0]].Text == "Tariq" && names.Listed[pair.Listed[0]].Text == "طارق");
        Assert.All(names.Pairs, pair => Assert.True(pair.Bits > 0));
    }

    [Fact]
    public void What_one_name_lacks_is_joined_to_nothing()
    {
        var match = Screened("Noureddine Ben Cherif Ouchenane", "Noureddine Ouchenane");

        var names = NameAligned.Of("Noureddine Ben Cherif Ouchenane", match.MatchedName, "Person", match.Evidence);

        var joined = names.Pairs.SelectMany(pair => pair.Query).ToHashSet();
        Assert.Contains("Cherif", names.Query.Where((_, at) => !joined.Contains(at)).Select(token => token.Text));
        Assert.Equal(joined.Count, names.Pairs.Sum(pair => pair.Query.Count));
        Assert.False(names.Query.Single(token => token.Text == "Ben").Weighs);
    }

    private static string Text(IEnumerable<AlignedToken> tokens) => string.Join(' ', tokens.Select(token => token.Text));

    private static Match Screened(string query, string listed)
    {
        var builder = new EntityBuilder("x-1", "Person", "x");
        builder.Add("name", listed);
        var index = ScreeningIndex.Build([builder.Build()]);
        return Assert.Single(new Screener(index, new MatchPolicy { Cutoff = 0.01 }).Screen(new Query { Names = [query] }));
    }
}
