using Entente.Exchange.Overlap.Keys;
using Entente.Exchange.Overlap.Protocol;
using Entente.Records;

namespace Entente.Exchange.Tests.Overlap;

/// <summary>Two sessions that talk to each other in memory.</summary>
internal static class Runs
{
    public static OverlapTerms Terms(OverlapMode mode = OverlapMode.Which, int round = 1, string run = "run-1") => new()
    {
        Run = run,
        Round = round,
        Mode = mode,
        Asker = "node-a",
        Answerer = "node-b",
        Purpose = "counter-terrorism",
        Agreement = new string('0', 64),
        KeyScheme = 1,
        LargestSet = 16384,
    };

    public static OverlapSession Start(OverlapTerms terms, OverlapSide side, OverlapInput input) =>
        OverlapSession.Start(terms, side, input, TestContext.Current.CancellationToken);

    public static OverlapReceipt Take(this OverlapSession session, byte[] message) => session.Receive(message, TestContext.Current.CancellationToken);

    public static Holding Holding(IEnumerable<Entity> entities) => Exchange.Overlap.Keys.Holding.Of(entities, TestContext.Current.CancellationToken);

    public static OverlapInput Keys(IEnumerable<int> numbers) => Keys(numbers, static _ => 1);

    public static OverlapInput Keys(IEnumerable<int> numbers, Func<int, byte> note)
    {
        int[] all = [.. numbers];
        return OverlapInput.Which([.. all.Select(Key)], [.. all.Select(note)]);
    }

    public static OverlapKey Key(int number) => OverlapKey.Of("number", number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Hands messages over until both are done.</summary>
    /// <param name="a">One side.</param>
    /// <param name="b">The other.</param>
    /// <param name="changed">What arrives in place of a message of <paramref name="a"/>.</param>
    public static void Talk(OverlapSession a, OverlapSession b, Func<byte[], byte[]>? changed = null)
    {
        while (!a.IsComplete || !b.IsComplete)
            Assert.True(Step(a, b, changed) | Step(b, a, null), "Neither side has anything to say, and they are not done.");
    }

    public static bool Step(OverlapSession from, OverlapSession to, Func<byte[], byte[]>? changed)
    {
        if (!from.TryGetNext(out byte[] message))
            return false;
        Assert.InRange(message.Length, 1, OverlapSession.LongestMessage);
        Assert.Equal(OverlapReceipt.Taken, to.Take(changed?.Invoke(message) ?? message));
        return true;
    }

    public static (OverlapOutcome A, OverlapOutcome B) Run(OverlapTerms terms, OverlapInput a, OverlapInput b)
    {
        using OverlapSession asker = Start(terms, OverlapSide.Asker, a), answerer = Start(terms, OverlapSide.Answerer, b);
        Talk(asker, answerer);
        return (asker.Outcome(), answerer.Outcome());
    }
}
