using System.Numerics;

namespace Entente.Screening.Index;

/// <summary>What each part can add for one part of a query; forgotten in one step.</summary>
/// <remarks>
/// An open hash table, small enough to stay near the processor: most parts that are asked for are not in it. Kept by one
/// thread from query to query.
/// </remarks>
internal sealed class PartBits
{
    // Where the round is not the current one, a slot is free.
    private Entry[] _entries = new Entry[256];
    private int _round;

    /// <summary>Takes up what was found for another part of a query.</summary>
    public void Begin(PartMatches matches)
    {
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)matches.Parts.Length * 4);
        if (_round == int.MaxValue || _entries.Length < size)
        {
            _entries = new Entry[Math.Max(size, _entries.Length)];
            _round = 0;
        }

        _round++;
        for (int i = 0; i < matches.Parts.Length; i++)
            Find(matches.Parts[i]) = new Entry(_round, matches.Parts[i], matches.Bits[i]);
    }

    /// <summary>The most that one of some parts adds; 0 where none agrees.</summary>
    public float Most(ReadOnlySpan<int> parts)
    {
        float most = 0;
        foreach (int part in parts)
        {
            ref readonly Entry entry = ref Find(part);
            if (entry.Round == _round && entry.Bits > most)
                most = entry.Bits;
        }

        return most;
    }

    private ref Entry Find(int part)
    {
        int mask = _entries.Length - 1;
        int slot = (int)((uint)part * 0x9E3779B1u >> 16) & mask;
        while (_entries[slot].Round == _round && _entries[slot].Part != part)
            slot = (slot + 1) & mask;
        return ref _entries[slot];
    }

    private readonly record struct Entry(int Round, int Part, float Bits);
}
