using System.Runtime.CompilerServices;
using Entente.Names.Structure;

namespace Entente.Screening.Index;

/// <summary>What was found for parts of queries met lately: names are made of few words.</summary>
/// <remarks>
/// A slot for each hash, where the newer takes the place of the older: bounded, without locks, safe for any number of
/// threads. What is found for a part depends on the part and the vocabulary alone, so the cache never changes an answer.
/// </remarks>
internal sealed class MatchCache
{
    private const int Slots = 1 << 16;

    private readonly Entry?[] _entries = new Entry?[Slots];

    /// <summary>What was found for a part; null where that is not known.</summary>
    public PartMatches? Find(NamePart part, bool joined) =>
        _entries[SlotOf(part, joined)] is { } entry && ReferenceEquals(entry.Part, part) && entry.Joined == joined ? entry.Matches : null;

    /// <summary>Remembers what was found for a part.</summary>
    public void Add(NamePart part, bool joined, PartMatches matches) => _entries[SlotOf(part, joined)] = new Entry(part, joined, matches);

    private static int SlotOf(NamePart part, bool joined) => (RuntimeHelpers.GetHashCode(part) ^ (joined ? Slots / 2 : 0)) & (Slots - 1);

    private sealed record Entry(NamePart Part, bool Joined, PartMatches Matches);
}
