using System.Numerics;

namespace Entente.Screening.Index;

/// <summary>Where the wordings of several parts are brought into one order.</summary>
/// <remarks>
/// Each wording has a place for its bits; which places are taken is marked in a set of bits, and which words of that set in
/// another, so that few wordings among millions are found as fast as many. Kept from query to query. Not thread-safe.
/// </remarks>
internal sealed class PostingRoom
{
    private float[] _bits = [];
    private ulong[] _taken = [];
    private ulong[] _words = [];

    /// <summary>The wordings of a class of sizes that some parts stand in, ascending, each once, with what agrees best.</summary>
    /// <param name="index">Whose wordings.</param>
    /// <param name="matches">The parts, those that agree best first.</param>
    /// <param name="size">The class (<see cref="NameSize.Class"/>).</param>
    public Posting[] Gather(NameIndex index, PartMatches matches, int size)
    {
        int first = index.FirstOf(size), count = index.FirstOf(size + 1) - first;
        if (_bits.Length < count)
        {
            _bits = new float[count];
            _taken = new ulong[(count >> 6) + 1];
            _words = new ulong[(count >> 12) + 1];
        }

        // The best last, so that it stays.
        int distinct = 0;
        for (int i = matches.Parts.Length - 1; i >= 0; i--)
        {
            float bits = matches.Bits[i];
            ReadOnlySpan<int> wordings = index.With(matches.Parts[i]);
            wordings = wordings[index.CountUpTo(size - 1, wordings)..];
            foreach (int wording in wordings[..index.CountUpTo(size, wordings)])
            {
                int at = wording - first;
                _bits[at] = bits;
                ref ulong taken = ref _taken[at >> 6];
                ulong bit = 1UL << at;
                distinct += (taken & bit) == 0 ? 1 : 0;
                taken |= bit;
                _words[at >> 12] |= 1UL << (at >> 6);
            }
        }

        var postings = new Posting[distinct];
        int next = 0;
        for (int block = 0; next < distinct; block++)
        {
            for (; _words[block] != 0; _words[block] &= _words[block] - 1)
            {
                int word = (block << 6) + BitOperations.TrailingZeroCount(_words[block]);
                for (ulong taken = _taken[word]; taken != 0; taken &= taken - 1)
                {
                    int at = (word << 6) + BitOperations.TrailingZeroCount(taken);
                    postings[next++] = new Posting(first + at, _bits[at]);
                }

                _taken[word] = 0;
            }
        }

        return postings;
    }
}
