using System.Runtime.InteropServices;
using Entente.Names.Comparison;
using Entente.Names.Sound;
using Entente.Names.Structure;

namespace Entente.Screening.Index;

/// <summary>Neighbours in listed names that may be one word written apart, found by their consonants.</summary>
/// <remarks>
/// A run is kept as a place in a wording that has it: there are more of them than of anything else. Immutable, thread-safe.
/// </remarks>
internal sealed class Runs
{
    private readonly byte[] _starts;
    private readonly byte[] _lengths;
    private readonly Rows _wordings;
    private readonly KeyTable _skeletons;

    private Runs(byte[] starts, byte[] lengths, Rows wordings, KeyTable skeletons)
    {
        _starts = starts;
        _lengths = lengths;
        _wordings = wordings;
        _skeletons = skeletons;
    }

    /// <summary>How many there are.</summary>
    public int Count => _starts.Length;

    /// <summary>The wordings in which a run stands, ascending; at least one.</summary>
    public ReadOnlySpan<int> WordingsWith(int run) => _wordings[run];

    /// <summary>How many wordings a run stands in.</summary>
    public int CountWith(int run) => _wordings.LengthOf(run);

    /// <summary>Numbers of a run's parts.</summary>
    /// <param name="run">The run.</param>
    /// <param name="parts">The parts of each wording.</param>
    public ReadOnlySpan<int> PartsOf(int run, Rows parts) => parts[_wordings[run][0]].Slice(_starts[run], _lengths[run]);

    /// <summary>Marks the runs that may have the very consonants of a word.</summary>
    public void Find(SpokenWord word, Marks found)
    {
        found.Clear(Count);
        Span<ulong> skeletons = stackalloc ulong[2 * Skeleton.MaxVariants];
        foreach (ulong skeleton in skeletons[..Skeleton.Readings(word, skeletons)])
            found.Add(_skeletons[Keys.Run(skeleton)]);
    }

    /// <summary>Writes the runs.</summary>
    public void Write(ArrayWriter writer)
    {
        writer.Write(_starts);
        writer.Write(_lengths);
        _wordings.Write(writer);
        _skeletons.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="parts">The parts of each wording.</param>
    /// <exception cref="InvalidDataException">The arrays do not fit together.</exception>
    public static Runs Read(ArrayReader reader, Rows parts)
    {
        byte[] starts = reader.Read<byte>(), lengths = reader.Read<byte>();
        var wordings = Rows.Read(reader, parts.Count);
        KeyTable skeletons = KeyTable.Read(reader, starts.Length);
        bool sound = lengths.Length == starts.Length && wordings.Count == starts.Length;
        for (int run = 0; sound && run < starts.Length; run++)
            sound = wordings.LengthOf(run) > 0 && lengths[run] > 1 && starts[run] + lengths[run] <= parts.LengthOf(wordings[run][0]);
        return sound ? new Runs(starts, lengths, wordings, skeletons) : throw new InvalidDataException("runs of neighbours are damaged");
    }

    /// <summary>Gathers the runs of wordings.</summary>
    public sealed class Builder
    {
        private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
        private readonly List<byte> _starts = [];
        private readonly List<byte> _lengths = [];
        private readonly List<List<int>> _wordings = [];
        private readonly KeyTable.Builder _skeletons = new();

        /// <summary>Adds the runs of a wording.</summary>
        /// <param name="wording">Its number, above that of the wording before.</param>
        /// <param name="parts">Its parts.</param>
        /// <param name="numbers">Their numbers.</param>
        public void Add(int wording, ReadOnlySpan<NamePart> parts, ReadOnlySpan<int> numbers)
        {
            for (int at = 0; at + 1 < parts.Length; at++)
            {
                for (int length = Joining.NextRun(parts, at, 0); length > 0; length = Joining.NextRun(parts, at, length))
                {
                    if (Joining.IsRun(parts.Slice(at, length)))
                        Add(wording, at, parts.Slice(at, length), numbers.Slice(at, length));
                }
            }
        }

        /// <summary>The runs of all wordings that were added.</summary>
        public Runs Build() => new([.. _starts], [.. _lengths], Rows.Of(_wordings), _skeletons.Build());

        private void Add(int wording, int at, ReadOnlySpan<NamePart> run, ReadOnlySpan<int> numbers)
        {
            // The numbers as a text: equal where they are equal, and compact.
            string key = new(MemoryMarshal.Cast<int, char>(numbers));
            if (!_numbers.TryGetValue(key, out int number))
            {
                _numbers.Add(key, number = _starts.Count);
                _starts.Add((byte)at);
                _lengths.Add((byte)run.Length);
                _wordings.Add([]);
                Span<ulong> skeletons = stackalloc ulong[2 * Skeleton.MaxVariants];
                foreach (ulong skeleton in skeletons[..Skeleton.Readings(Joining.Spoken(run), skeletons)])
                    _skeletons.Add(Keys.Run(skeleton), number);
            }

            if (_wordings[number] is var wordings && (wordings.Count == 0 || wordings[^1] != wording))
                wordings.Add(wording);
        }
    }
}
