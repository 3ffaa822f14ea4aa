using Entente.Exchange.Agreements;

namespace Entente.Exchange.Tests.Agreements;

public sealed class AgreementBookTests
{
    private static readonly DateTimeOffset Now = Nodes.Now;
    private static readonly Agreement First = Terms.Between(Nodes.Us, Nodes.Ally);

    [Fact]
    public void Time_starts_and_ends_it()
    {
        var book = new AgreementBook([First]);
        Assert.Equal(AgreementState.Future, book.StateOf(First.Id, First.Starts.AddSeconds(-1)));
        Assert.Equal(AgreementState.InForce, book.StateOf(First.Id, First.Starts));
        Assert.Equal(AgreementState.InForce, book.StateOf(First.Id, First.Ends.AddSeconds(-1)));
        Assert.Equal(AgreementState.Ended, book.StateOf(First.Id, First.Ends));
        Assert.Equal(AgreementState.None, book.StateOf(Agreement.NewId(), Now));
        Assert.Equal(AgreementState.EndedEarly, new AgreementBook([First], [First.Id]).StateOf(First.Id, Now));
        Assert.Equal(AgreementState.None, default);
    }

    [Fact]
    public void What_was_superseded_never_comes_back()
    {
        var second = Terms.Between(Nodes.Us, Nodes.Ally, supersedes: First.Id) with { Starts = Now, Ends = Now.AddDays(5) };
        var book = new AgreementBook([First, second]);
        Assert.Equal(AgreementState.InForce, book.StateOf(First.Id, Now.AddSeconds(-1)));
        Assert.Equal([second], book.InForce(Now));
        Assert.Equal(AgreementState.Superseded, book.StateOf(First.Id, Now));
        Assert.Empty(book.InForce(Now.AddDays(6)));
        Assert.Empty(new AgreementBook([First, second], [second.Id]).InForce(Now));
    }

    [Fact]
    public void A_budget_is_counted_by_periods_from_the_start()
    {
        var budget = new OverlapBudget(Runs: 2, Keys: 100, PeriodDays: 30);
        var start = First.Starts;
        Assert.Equal((start, start.AddDays(30)), budget.PeriodAt(start, start.AddDays(-3)));
        Assert.Equal((start, start.AddDays(30)), budget.PeriodAt(start, start.AddDays(30).AddTicks(-1)));
        Assert.Equal((start.AddDays(30), start.AddDays(60)), budget.PeriodAt(start, start.AddDays(30)));
        Assert.True(budget.Admits(runs: 1, keys: 40, asked: 60));
        Assert.False(budget.Admits(runs: 1, keys: 40, asked: 61));
        Assert.False(budget.Admits(runs: 2, keys: 0, asked: 1));
        Assert.False(budget.Admits(runs: 0, keys: 50, asked: long.MaxValue));
        Assert.False(budget.Admits(runs: 0, keys: 50, asked: -1));
        Assert.False(OverlapBudget.None.Admits(0, 0, 0));
    }
}
