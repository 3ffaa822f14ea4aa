using Entente.Exchange.Overlap.Keys;
using Entente.Exchange.Overlap.Protocol;

namespace Entente.Overlap;

/// <summary>Two sides in one process.</summary>
internal static class InMemory
{
    public static OverlapTerms Terms(int round, OverlapMode mode) => new()
    {
        Run = "bench",
        Round = round,
        Mode = mode,
        Asker = "node-a",
        Answerer = "node-b",
        Purpose = "measuring",
        Agreement = new string('0', 64),
        KeyScheme = EntityKeys.Scheme,
        LargestSet = OverlapBands.Largest,
    };

    /// <summary>Hands messages over until both sides have all.</summary>
    /// <returns>Bytes from the one and from the other.</returns>
    public static (long FromA, long FromB) Talk(OverlapSession a, OverlapSession b)
    {
        long fromA = 0, fromB = 0;
        while (!a.IsComplete || !b.IsComplete)
        {
            int sent = Hand(a, b), back = Hand(b, a);
            if (sent + back == 0)
                throw new InvalidOperationException("Neither side has anything to say.");
            (fromA, fromB) = (fromA + sent, fromB + back);
        }

        return (fromA, fromB);
    }

    private static int Hand(OverlapSession from, OverlapSession to)
    {
        if (!from.TryGetNext(out byte[] message))
            return 0;
        to.Receive(message);
        return message.Length;
    }
}
