namespace Entente.Screening.Index;

/// <summary>What each part can add for one part of a query; forgotten in one step.</summary>
/// <remarks>Kept by one thread from query to query.</remarks>
internal sealed class PartBits(int size)
{
    private readonly Entry[] _entries = new Entry[size];
    private int _round;

    /// <summary>Takes up what was found for another part of a query.</summary>
    public void Begin(PartMatches matches)
    {
        if (++_round == int.MaxValue)
        {
            Array.Clear(_entries);
            _round = 1;
        }

        for (int i = 0; i < matches.Parts.Length; i++)
            _entries[matches.Parts[i]] = new Entry(_round, matches.Bits[i]);
    }

    /// <summary>The most that one of some parts adds; 0 where none agrees.</summary>
    public float Most(ReadOnlySpan<int> parts)
    {
        float most = 0;
        foreach (int part in parts)
        {
            Entry entry = _entries[part];
            if (entry.Round == _round && entry.Bits > most)
                most = entry.Bits;
        }

        return most;
    }

    private readonly record struct Entry(int Round, float Bits);
}
