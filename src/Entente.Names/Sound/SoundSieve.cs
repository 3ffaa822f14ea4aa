using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Entente.Names.Scripts;

namespace Entente.Names.Sound;

/// <summary>One word made ready to be held against many: lets those through that may sound like it.</summary>
/// <remarks>
/// Needleman and Wunsch's alignment, as <see cref="SoundComparison"/> does it, but by classes of units
/// (<see cref="SoundClasses"/>), in quarters of a bit, and for sixteen words side by side in the lanes of a register. Each unit
/// counts less its share of what the two words must reach together, so that in the end the sign tells. Not thread-safe; kept
/// from word to word.
/// </remarks>
internal sealed class SoundSieve
{
    /// <summary>Words held against one side by side.</summary>
    public const int Lanes = 16;

    /// <summary>Units of a word that are looked at.</summary>
    public const int MostUnits = 16;

    /// <summary>Bytes of a block: for each place in a word, one class a lane.</summary>
    public const int BlockSize = Lanes * MostUnits;

    // What rounding may cost, and exchanged neighbours, which the exact comparison allows: a bit.
    private const int Margin = SoundClasses.PerBit;

    private readonly Vector128<byte>[] _low = new Vector128<byte>[SoundClasses.Scripts * MostUnits];
    private readonly Vector128<byte>[] _high = new Vector128<byte>[SoundClasses.Scripts * MostUnits];
    private readonly Vector128<sbyte>[] _ownGaps = new Vector128<sbyte>[SoundClasses.Scripts * MostUnits];
    private readonly Vector128<byte>[] _gapsLow = new Vector128<byte>[SoundClasses.Scripts];
    private readonly Vector128<byte>[] _gapsHigh = new Vector128<byte>[SoundClasses.Scripts];
    private int _length;

    /// <summary>Whether a word can be held against others at all: it is short enough, and of a script that has units.</summary>
    public static bool CanHold(SpokenWord word) => word.Units.Length <= MostUnits && word.Script is >= Script.Latin and <= Script.Hebrew;

    /// <summary>Makes a word ready.</summary>
    /// <param name="word">A word that <see cref="CanHold"/>.</param>
    /// <param name="likeness">The least likeness (<see cref="SoundComparison.Likeness"/>) that is of interest.</param>
    public void Begin(SpokenWord word, float likeness)
    {
        SoundClasses classes = SoundClasses.Default;
        SoundModel model = SoundModel.Default;
        _length = word.Units.Length;
        float share = likeness / 2;
        Span<sbyte> row = stackalloc sbyte[SoundClasses.Count];
        for (int script = 1; script < SoundClasses.Scripts; script++)
        {
            ReadOnlySpan<float> expected = classes.Expected((Script)script, word.Script), gaps = classes.Gaps((Script)script, word.Script);
            for (int c = 0; c < row.Length; c++)
                row[c] = SoundClasses.Small(gaps[c] - (share * expected[c]));
            (_gapsLow[script], _gapsHigh[script]) = (Vector128.Create(row[..Lanes]).AsByte(), Vector128.Create(row[Lanes..]).AsByte());
            for (int c = 0; c < row.Length; c++)
                row[c] = SoundClasses.Small(share * expected[c]);
            Vector128<sbyte> shareLow = Vector128.Create(row[..Lanes]), shareHigh = Vector128.Create(row[Lanes..]);
            for (int i = 0; i < _length; i++)
            {
                byte unit = word.Units[i];
                float own = share * model.Expected[(unit * SoundModel.GapStride) + script];
                var ownShare = Vector128.Create(SoundClasses.Small(own));
                ReadOnlySpan<sbyte> weights = classes.Weights(unit, (Script)script);
                int at = (script * MostUnits) + i;
                _low[at] = Vector128.SubtractSaturate(Vector128.SubtractSaturate(Vector128.Create(weights[..Lanes]), ownShare), shareLow).AsByte();
                _high[at] = Vector128.SubtractSaturate(Vector128.SubtractSaturate(Vector128.Create(weights[Lanes..]), ownShare), shareHigh).AsByte();
                _ownGaps[at] = Vector128.Create(SoundClasses.Small(model.Gaps[(unit * SoundModel.GapStride) + script] - own));
            }
        }
    }

    /// <summary>Holds a block of words against the one.</summary>
    /// <param name="block">Classes of their units: for each place, one class a word; <see cref="SoundClasses.End"/> behind the end of each.</param>
    /// <param name="places">Places used: the units of the longest.</param>
    /// <param name="script">Their script.</param>
    /// <returns>A bit for each word that may be as like as asked for.</returns>
    public uint Hold(ReadOnlySpan<byte> block, int places, Script script)
    {
        Span<Vector128<sbyte>> row = stackalloc Vector128<sbyte>[MostUnits + 1];
        Span<Vector128<sbyte>> gaps = stackalloc Vector128<sbyte>[MostUnits];
        ReadOnlySpan<Vector128<byte>> classes = MemoryMarshal.Cast<byte, Vector128<byte>>(block)[..places];
        row[0] = Vector128<sbyte>.Zero;
        for (int j = 0; j < classes.Length; j++)
        {
            gaps[j] = Look(_gapsLow[(int)script], _gapsHigh[(int)script], classes[j]);
            row[j + 1] = Vector128.AddSaturate(row[j], gaps[j]);
        }

        for (int i = 0; i < _length; i++)
        {
            int at = ((int)script * MostUnits) + i;
            Vector128<byte> low = _low[at], high = _high[at];
            Vector128<sbyte> gap = _ownGaps[at];
            Vector128<sbyte> diagonal = row[0];
            Vector128<sbyte> left = Vector128.AddSaturate(diagonal, gap);
            row[0] = left;
            for (int j = 0; j < classes.Length; j++)
            {
                Vector128<sbyte> up = row[j + 1];
                Vector128<sbyte> best = Vector128.AddSaturate(diagonal, Look(low, high, classes[j]));
                best = Vector128.Max(best, Vector128.AddSaturate(up, gap));
                best = Vector128.Max(best, Vector128.AddSaturate(left, gaps[j]));
                diagonal = up;
                row[j + 1] = left = best;
            }
        }

        return Vector128.GreaterThanOrEqual(row[classes.Length], Vector128.Create((sbyte)-Margin)).ExtractMostSignificantBits();
    }

    // The byte at each class: of the first sixteen or the others.
    private static Vector128<sbyte> Look(Vector128<byte> low, Vector128<byte> high, Vector128<byte> classes)
    {
        Vector128<byte> isHigh = Vector128.GreaterThan(classes.AsSByte(), Vector128.Create((sbyte)15)).AsByte();
        Vector128<byte> within = classes & Vector128.Create((byte)15);
        return Vector128.ConditionalSelect(isHigh, Vector128.ShuffleNative(high, within), Vector128.ShuffleNative(low, within)).AsSByte();
    }
}
