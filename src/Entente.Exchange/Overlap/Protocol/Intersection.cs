using System.Collections.Immutable;
using System.Security.Cryptography;
using Entente.Exchange.Overlap.Curve;

namespace Entente.Exchange.Overlap.Protocol;

/// <summary>What two sets of tokens have in common.</summary>
/// <param name="Common">Places in both sets, in the order of the tokens, which both sides know.</param>
/// <param name="PeerGroups">Groups of the other side with at least one token in common.</param>
/// <param name="Digest">A hash over the terms and the common tokens: the same on both sides.</param>
internal sealed record Intersection(ImmutableArray<(int Own, int Peer)> Common, int PeerGroups, byte[] Digest)
{
    public static Intersection Of(byte[] own, int[] keyAt, byte[] peer, OverlapTerms terms, byte[] hash)
    {
        (UInt128[] ownTokens, int[] ownAt) = Sorted(own);
        (UInt128[] peerTokens, int[] peerAt) = Sorted(peer);
        var common = ImmutableArray.CreateBuilder<(int, int)>();
        var groups = new HashSet<int>();
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData("entente overlap closing 1"u8);
        digest.AppendData(hash);
        for (int i = 0, j = 0; i < ownTokens.Length && j < peerTokens.Length;)
        {
            int order = ownTokens[i].CompareTo(peerTokens[j]);
            if (order == 0)
            {
                // A point that only fills met one of the other side by an answer that was made up.
                if (terms.Mode == OverlapMode.Which && keyAt[ownAt[i]] < 0)
                    throw new OverlapException("An answer of the other side cannot be true: it found a random point in its set.");
                common.Add((ownAt[i], peerAt[j]));
                groups.Add(peerAt[j] / terms.GroupSize);
                digest.AppendData(own.AsSpan(ownAt[i] * BlindingKey.TokenSize, BlindingKey.TokenSize));
            }

            // Past what was met on both sides: a token that comes twice among the answers counts once.
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return new Intersection(common.DrainToImmutable(), groups.Count, digest.GetHashAndReset());
    }

    private static (UInt128[] Tokens, int[] At) Sorted(byte[] tokens)
    {
        UInt128[] sorted = TokenRow.Read(tokens);
        int[] at = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, at);
        return (sorted, at);
    }
}
