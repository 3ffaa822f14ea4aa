using Entente.Names.Structure;

namespace Entente.Screening.Index;

/// <summary>What was found for parts of queries met lately: names are made of few words.</summary>
/// <remarks>
/// A few slots for each hash, where the newest takes the place of the oldest: bounded, without locks, safe for any number of
/// threads. What is found for a part depends on the part and the vocabulary alone, so the cache never changes an answer.
/// </remarks>
internal sealed class MatchCache
{
    private const int Slots = 1 << 16;
    private const int Ways = 8;

    // Eight bytes each.
    private const int MostPostings = 1 << 23;

    private readonly Entry?[] _entries = new Entry?[Slots];
    private int _postings;

    /// <summary>What was found for a part, or for two neighbours as one word; null where that is not known.</summary>
    public PartMatches? Find(NamePart part, NamePart? next)
    {
        foreach (Entry? entry in SetOf(part, next))
        {
            if (entry is null)
                return null;
            if (ReferenceEquals(entry.Part, part) && ReferenceEquals(entry.Next, next))
                return entry.Matches;
        }

        return null;
    }

    /// <summary>Remembers what was found.</summary>
    public void Add(NamePart part, NamePart? next, PartMatches matches)
    {
        Span<Entry?> set = SetOf(part, next);
        Interlocked.Add(ref _postings, matches.Wordings - (set[^1]?.Matches.Wordings ?? 0));
        if (Volatile.Read(ref _postings) > MostPostings)
        {
            // What is in use is soon found again.
            Array.Clear(_entries);
            Volatile.Write(ref _postings, matches.Wordings);
        }

        // Two threads at once may lose an entry or keep one twice: no more than the work of finding it again.
        set[..^1].CopyTo(set[1..]);
        set[0] = new Entry(part, next, matches);
    }

    private Span<Entry?> SetOf(NamePart part, NamePart? next) =>
        _entries.AsSpan((((part.Hash * 31) + (next?.Hash ?? 0)) * Ways) & (Slots - Ways), Ways);

    private sealed record Entry(NamePart Part, NamePart? Next, PartMatches Matches);
}
