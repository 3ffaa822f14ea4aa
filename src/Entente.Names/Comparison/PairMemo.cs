using Entente.Names.Structure;

namespace Entente.Names.Comparison;

/// <summary>Remembers how far two parts of names agree, from query to query: common names meet each other over and over.</summary>
/// <remarks>A slot for each hash, where the newer pair takes the place of the older: bounded. What is remembered depends on the two parts alone. Not thread-safe.</remarks>
internal sealed class PairMemo
{
    private const int Slots = 1 << 14;

    private readonly Entry[] _entries = new Entry[Slots];

    /// <summary>How far two parts agree.</summary>
    public Agreement Compare(NamePart a, NamePart b)
    {
        ref Entry entry = ref _entries[((a.Hash * 31) + b.Hash) & (Slots - 1)];
        if (!ReferenceEquals(entry.A, a) || !ReferenceEquals(entry.B, b))
            entry = new Entry(a, b, TokenComparison.Compare(a, b));
        return entry.Agreement;
    }

    private readonly record struct Entry(NamePart A, NamePart B, Agreement Agreement);
}
