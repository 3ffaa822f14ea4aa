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

    // By script: the most that the second half of the word can still win.
    private readonly sbyte[] _hopes = new sbyte[SoundClasses.Scripts];
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

            _hopes[script] = HopeOf(script);
        }
    }

    private sbyte HopeOf(int script)
    {
        int hope = 0;
        for (int i = _length / 2; i < _length; i++)
        {
            int at = (script * MostUnits) + i;
            Vector128<sbyte> best = Vector128.Max(Vector128.Max(_low[at].AsSByte(), _high[at].AsSByte()), _ownGaps[at]);
            sbyte most = sbyte.MinValue;
            for (int lane = 0; lane < Lanes; lane++)
                most = Math.Max(most, best[lane]);
            hope += Math.Max((sbyte)0, most);
        }

        return (sbyte)Math.Min(hope, sbyte.MaxValue);
    }

    /// <summary>Holds a block of words against the one.</summary>
    /// <param name="block">Classes of their units: for each place, one class a word; <see cref="SoundClasses.End"/> behind the end of each.</param>
    /// <param name="places">Places used: the units of the longest.</param>
    /// <param name="script">Their script.</param>
    /// <returns>A bit for each word that may be as like as asked for.</returns>
    public uint Hold(ReadOnlySpan<byte> block, int places, Script script)
    {
        Span<Cell> columns = stackalloc Cell[MostUnits];
        columns = columns[..places];
        ReadOnlySpan<Vector128<byte>> classes = MemoryMarshal.Cast<byte, Vector128<byte>>(block)[..places];
        Vector128<byte> gapsLow = _gapsLow[(int)script], gapsHigh = _gapsHigh[(int)script];
        Vector128<sbyte> edge = Vector128<sbyte>.Zero;
        for (int j = 0; j < columns.Length; j++)
        {
            // A shuffle gives 0 for an index whose highest bit is set, so that the two halves of a table can be joined.
            Vector128<byte> low = classes[j] | (Vector128.GreaterThan(classes[j].AsSByte(), Vector128.Create((sbyte)(Lanes - 1))).AsByte() & Vector128.Create((byte)0x80));
            Vector128<byte> high = classes[j] - Vector128.Create((byte)Lanes);
            Vector128<sbyte> gap = Look(gapsLow, gapsHigh, low, high);
            edge = Vector128.AddSaturate(edge, gap);
            columns[j] = new Cell { Low = low, High = high, Gap = gap, Weight = edge };
        }

        int half = _length / 2;
        Vector128<sbyte> first = Fill(columns, script, 0, half, Vector128<sbyte>.Zero);
        // Most words are unlike early on.
        Vector128<sbyte> most = first;
        foreach (ref readonly Cell cell in columns)
            most = Vector128.Max(most, cell.Weight);
        var pass = Vector128.Create((sbyte)-Margin);
        if (!Vector128.GreaterThanOrEqualAny(Vector128.AddSaturate(most, Vector128.Create(_hopes[(int)script])), pass))
            return 0;
        Vector128<sbyte> last = Fill(columns, script, half, _length, first);
        return Vector128.GreaterThanOrEqual(columns.IsEmpty ? last : columns[^1].Weight, pass).ExtractMostSignificantBits();
    }

    /// <summary>Fills some rows of the alignment's table, the units of the one word, over the one before.</summary>
    /// <returns>The weight before the first column.</returns>
    private Vector128<sbyte> Fill(Span<Cell> columns, Script script, int from, int to, Vector128<sbyte> edge)
    {
        for (int i = from; i < to; i++)
        {
            int at = ((int)script * MostUnits) + i;
            Vector128<byte> low = _low[at], high = _high[at];
            Vector128<sbyte> gap = _ownGaps[at];
            Vector128<sbyte> diagonal = edge;
            Vector128<sbyte> left = edge = Vector128.AddSaturate(edge, gap);
            foreach (ref Cell cell in columns)
            {
                Vector128<sbyte> up = cell.Weight;
                Vector128<sbyte> best = Vector128.AddSaturate(diagonal, Look(low, high, cell.Low, cell.High));
                best = Vector128.Max(best, Vector128.AddSaturate(up, gap));
                best = Vector128.Max(best, Vector128.AddSaturate(left, cell.Gap));
                diagonal = up;
                cell.Weight = left = best;
            }
        }

        return edge;
    }

    private static Vector128<sbyte> Look(Vector128<byte> tableLow, Vector128<byte> tableHigh, Vector128<byte> low, Vector128<byte> high) =>
        (Vector128.ShuffleNative(tableLow, low) | Vector128.ShuffleNative(tableHigh, high)).AsSByte();

    /// <summary>A column of the alignment's table: a place in the words of a block.</summary>
    private struct Cell
    {
        public Vector128<byte> Low;
        public Vector128<byte> High;
        public Vector128<sbyte> Gap;
        public Vector128<sbyte> Weight;
    }
}
