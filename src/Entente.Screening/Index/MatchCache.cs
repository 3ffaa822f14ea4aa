using Entente.Names.Structure;

namespace Entente.Screening.Index;

/// <summary>What was found for parts of queries met lately: names are made of few words.</summary>
/// <remarks>
/// A few slots for each hash, where the newest takes the place of the oldest: bounded, without locks, safe for any number of
/// threads. What is found for a part depends on the part and the vocabulary alone, so the cache never changes an answer.
/// </remarks>
/// <param name="most">Bytes, about, that are kept of what was found, and of what was gathered for it.</param>
internal sealed class MatchCache(long most)
{
    private const int Slots = 1 << 16;
    private const int Ways = 8;

    private readonly Entry?[] _entries = new Entry?[Slots];
    private long _found;
    private long _gathered;

    /// <summary>A cache that is to an index what is in proportion: as much as all parts of all its names take up, and on a small list what makes no odds.</summary>
    /// <param name="index">The index.</param>
    public static MatchCache For(NameIndex index) => new(Math.Max(1 << 26, 8L * index.PartCount));

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
        if (Interlocked.Add(ref _found, matches.Size - (set[^1]?.Matches.Size ?? 0)) > most)
        {
            // What is in use is soon found again.
            Array.Clear(_entries);
            Volatile.Write(ref _found, matches.Size);
            Volatile.Write(ref _gathered, 0);
        }

        // Two threads at once may lose an entry or keep one twice: no more than the work of finding it again.
        set[..^1].CopyTo(set[1..]);
        set[0] = new Entry(part, next, matches);
    }

    /// <summary>Whether there is room to gather what could be done without.</summary>
    /// <param name="bytes">How much.</param>
    public bool HasRoom(int bytes) => Volatile.Read(ref _gathered) + bytes < most / 2;

    /// <summary>Takes note of what was gathered for what is remembered; where it is too much, it is given back, and only that.</summary>
    /// <param name="bytes">How much.</param>
    public void Gathered(int bytes)
    {
        if (bytes == 0 || Interlocked.Add(ref _gathered, bytes) <= most)
            return;
        Volatile.Write(ref _gathered, 0);
        foreach (Entry? entry in _entries)
            entry?.Matches.Forget();
    }

    private Span<Entry?> SetOf(NamePart part, NamePart? next) =>
        _entries.AsSpan((((part.Hash * 31) + (next?.Hash ?? 0)) * Ways) & (Slots - Ways), Ways);

    private sealed record Entry(NamePart Part, NamePart? Next, PartMatches Matches);
}
