using Entente.Names.Structure;

namespace Entente.Names.Comparison;

/// <summary>Remembers what is lost where one word is written as several neighbours, from query to query.</summary>
/// <remarks>A slot for each hash, where the newer takes the place of the older: bounded. What is remembered depends on the parts alone. Not thread-safe.</remarks>
internal sealed class JoinedMemo
{
    private const int Slots = 1 << 12;

    private readonly Entry[] _entries = new Entry[Slots];

    /// <summary>Bits lost for sounding otherwise; 0 for the same letters.</summary>
    /// <param name="word">One word.</param>
    /// <param name="run">Neighbours, two or more.</param>
    public float Loss(NamePart word, ReadOnlySpan<NamePart> run)
    {
        if (run.Length != 2)
            return Joining.Loss(word, run);
        ref Entry entry = ref _entries[((((word.Hash * 31) + run[0].Hash) * 31) + run[1].Hash) & (Slots - 1)];
        if (!ReferenceEquals(entry.Word, word) || !ReferenceEquals(entry.First, run[0]) || !ReferenceEquals(entry.Second, run[1]))
            entry = new Entry(word, run[0], run[1], Joining.Loss(word, run));
        return entry.Loss;
    }

    private readonly record struct Entry(NamePart Word, NamePart First, NamePart Second, float Loss);
}
