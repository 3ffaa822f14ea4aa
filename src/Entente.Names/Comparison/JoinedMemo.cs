using Entente.Names.Sound;
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
            return LossOf(word, run);
        ref Entry entry = ref _entries[((((word.Hash * 31) + run[0].Hash) * 31) + run[1].Hash) & (Slots - 1)];
        if (!ReferenceEquals(entry.Word, word) || !ReferenceEquals(entry.First, run[0]) || !ReferenceEquals(entry.Second, run[1]))
            entry = new Entry(word, run[0], run[1], LossOf(word, run));
        return entry.Loss;
    }

    private static float LossOf(NamePart word, ReadOnlySpan<NamePart> run)
    {
        string joined = Concat(run);
        if (joined == word.Folded)
            return 0;
        // Names written as one must fit well: there are many pairs of neighbours.
        SpokenWord sound = SpokenWord.Of(joined, SoundModel.Default);
        return Skeleton.AreOne(word.Sound!, sound) ? TokenComparison.SoundLoss(word.Sound!, sound) : float.MaxValue;
    }

    private static string Concat(ReadOnlySpan<NamePart> run)
    {
        if (run.Length == 2)
            return run[0].Folded + run[1].Folded;
        var text = new System.Text.StringBuilder(32);
        foreach (NamePart part in run)
            text.Append(part.Folded);
        return text.ToString();
    }

    private readonly record struct Entry(NamePart Word, NamePart First, NamePart Second, float Loss);
}
