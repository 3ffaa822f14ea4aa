using System.Collections.Immutable;
using System.Numerics;

namespace Entente.Exchange.Contribution;

/// <summary>Exact Shapley shares of one match.</summary>
/// <remarks>
/// L. S. Shapley, "A Value for n-Person Games" (1953): the mean, over all orders in which partners could have joined, of what each added when it did.
/// A match is worth 1 to a set of partners that would have found it, and 0 to any other; shares of several matches add up, since the value is additive.
/// Where any supporter suffices, the match is found by whoever of them joins first, and each is first as often: of <c>n</c> supporters each has <c>1/n</c>.
/// Where some are needed together, a partner's share is the sum, over the sets S of others that it completes, of <c>|S|! (n - |S| - 1)! / n!</c>.
/// </remarks>
public static class ShapleyShares
{
    /// <summary>The shares of the partners that a match rests on; everybody else's is 0.</summary>
    /// <param name="match">The match.</param>
    /// <returns>By partner; they add up to 1.</returns>
    public static ImmutableSortedDictionary<string, double> Of(ConfirmedMatch match)
    {
        ArgumentNullException.ThrowIfNull(match);
        return match.AnySuffices || match.Grounds.Length == 1
            // By symmetry also where it takes them all: whoever joins last completes the only ground.
            ? match.Partners.ToImmutableSortedDictionary(each => each, _ => 1.0 / match.Partners.Count, StringComparer.Ordinal)
            : Counted(match);
    }

    private static ImmutableSortedDictionary<string, double> Counted(ConfirmedMatch match)
    {
        var partners = match.Partners;
        var n = partners.Count;
        var grounds = match.Grounds.Select(ground => ground.Aggregate(0u, (bits, partner) => bits | (1u << partners.IndexOf(partner)))).ToArray();
        var found = new bool[1 << n];
        for (var set = 0u; set < found.Length; set++)
            found[set] = Array.Exists(grounds, ground => (set & ground) == ground);

        var weights = Weights(n);
        var shares = new double[n];
        for (var set = 0u; set < found.Length; set++)
        {
            if (found[set])
                continue;
            var weight = weights[BitOperations.PopCount(set)];
            for (var i = 0; i < n; i++)
            {
                // A partner already in the set adds nothing to it.
                if (found[set | (1u << i)])
                    shares[i] += weight;
            }
        }
        return partners.Select((partner, i) => KeyValuePair.Create(partner, shares[i])).ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    // s! (n-s-1)! / n! = 1 / (n * C(n-1, s))
    private static double[] Weights(int n)
    {
        var weights = new double[n + 1];
        var choose = 1.0;
        for (var s = 0; s < n; s++)
        {
            weights[s] = 1 / (n * choose);
            choose = choose * (n - 1 - s) / (s + 1);
        }
        return weights;
    }
}
