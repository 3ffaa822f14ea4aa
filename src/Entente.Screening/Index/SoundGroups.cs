using System.Numerics;
using Entente.Names.Scripts;
using Entente.Names.Sound;

namespace Entente.Screening.Index;

/// <summary>How the parts of a vocabulary sound, those of one consonant skeleton and script side by side, ready for the sieve.</summary>
/// <remarks>
/// A part stands in a group for each way in which it may be read: with its article and without, by groups of letters and
/// letter by letter, by each of its skeletons. Groups are made of blocks of sixteen. Immutable, thread-safe.
/// </remarks>
internal sealed class SoundGroups
{
    private const int NoPart = -1;

    private readonly byte[] _scripts;
    private readonly int[] _firstBlocks;
    private readonly byte[] _classes;
    private readonly byte[] _places;
    private readonly int[] _parts;

    private SoundGroups(byte[] scripts, int[] firstBlocks, byte[] classes, byte[] places, int[] parts)
    {
        _scripts = scripts;
        _firstBlocks = firstBlocks;
        _classes = classes;
        _places = places;
        _parts = parts;
    }

    /// <summary>How many groups there are.</summary>
    public int Count => _scripts.Length;

    /// <summary>Passes on the parts of some groups that may sound like a word.</summary>
    /// <param name="sieve">The word.</param>
    /// <param name="units">How many units it has.</param>
    /// <param name="groups">Groups by number.</param>
    /// <param name="passed">Where to mark the parts that pass.</param>
    public void Sift(SoundSieve sieve, int units, List<int> groups, Marks passed)
    {
        foreach (int group in groups)
        {
            var script = (Script)_scripts[group];
            for (int block = _firstBlocks[group]; block < _firstBlocks[group + 1]; block++)
            {
                // Words whose numbers of sounds differ by more are not compared.
                if (units - _places[block] > MostUnitsApart)
                    continue;
                uint lanes = sieve.Hold(_classes.AsSpan(block * SoundSieve.BlockSize, SoundSieve.BlockSize), _places[block], script);
                for (; lanes != 0; lanes &= lanes - 1)
                {
                    int part = _parts[(block * SoundSieve.Lanes) + BitOperations.TrailingZeroCount(lanes)];
                    if (part != NoPart)
                        passed.Add(part);
                }
            }
        }
    }

    // As TokenComparison.
    private const int MostUnitsApart = 5;

    /// <summary>Gathers words by group.</summary>
    public sealed class Builder
    {
        private readonly Dictionary<(ulong Skeleton, Script Script), int> _numbers = [];
        private readonly List<List<(SpokenWord Word, int Part)>> _groups = [];

        /// <summary>The skeletons of the groups met so far; a group's number is its place.</summary>
        public List<ulong> Skeletons { get; } = [];

        /// <summary>Adds a word that the sieve can hold.</summary>
        public void Add(ulong skeleton, SpokenWord word, int part)
        {
            if (!_numbers.TryGetValue((skeleton, word.Script), out int number))
            {
                _numbers.Add((skeleton, word.Script), number = _groups.Count);
                _groups.Add([]);
                Skeletons.Add(skeleton);
            }

            _groups[number].Add((word, part));
        }

        /// <summary>The groups.</summary>
        public SoundGroups Build()
        {
            var scripts = new byte[_groups.Count];
            var firstBlocks = new int[_groups.Count + 1];
            for (int i = 0; i < _groups.Count; i++)
            {
                scripts[i] = (byte)_groups[i][0].Word.Script;
                firstBlocks[i + 1] = firstBlocks[i] + ((_groups[i].Count + SoundSieve.Lanes - 1) / SoundSieve.Lanes);
            }

            var classes = new byte[firstBlocks[^1] * SoundSieve.BlockSize];
            var places = new byte[firstBlocks[^1]];
            var parts = new int[firstBlocks[^1] * SoundSieve.Lanes];
            Array.Fill(parts, NoPart);
            for (int i = 0; i < _groups.Count; i++)
            {
                // Words of like length fill a block best.
                List<(SpokenWord Word, int Part)> words = _groups[i];
                words.Sort(static (a, b) => a.Word.Units.Length.CompareTo(b.Word.Units.Length) is not 0 and int byLength ? byLength : a.Part.CompareTo(b.Part));
                for (int k = 0; k < words.Count; k++)
                {
                    int block = firstBlocks[i] + (k / SoundSieve.Lanes), lane = k % SoundSieve.Lanes;
                    ReadOnlySpan<byte> units = words[k].Word.Units;
                    for (int place = 0; place < units.Length; place++)
                        classes[(block * SoundSieve.BlockSize) + (place * SoundSieve.Lanes) + lane] = SoundClasses.Default.Of(units[place]);
                    places[block] = (byte)units.Length;
                    parts[(block * SoundSieve.Lanes) + lane] = words[k].Part;
                }
            }

            return new SoundGroups(scripts, firstBlocks, classes, places, parts);
        }
    }

    /// <summary>Writes the groups.</summary>
    public void Write(ArrayWriter writer)
    {
        writer.Write(_scripts);
        writer.Write(_firstBlocks);
        writer.Write(_classes);
        writer.Write(_places);
        writer.Write(_parts);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="parts">How many parts the vocabulary has.</param>
    /// <exception cref="InvalidDataException">The arrays do not fit together.</exception>
    public static SoundGroups Read(ArrayReader reader, int parts)
    {
        var groups = new SoundGroups(reader.Read<byte>(), reader.Read<int>(), reader.Read<byte>(), reader.Read<byte>(), reader.Read<int>());
        int blocks = groups._places.Length;
        bool sound = groups._firstBlocks.Length == groups.Count + 1 && groups._firstBlocks[0] == 0 && groups._firstBlocks[^1] == blocks
            && groups._classes.Length == blocks * SoundSieve.BlockSize && groups._parts.Length == blocks * SoundSieve.Lanes
            && !groups._parts.AsSpan().ContainsAnyExceptInRange(NoPart, parts - 1) && !groups._places.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)SoundSieve.MostUnits)
            && !groups._classes.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)(SoundClasses.Count - 1)) && !groups._scripts.AsSpan().ContainsAnyExceptInRange((byte)Script.Latin, (byte)Script.Hebrew);
        for (int i = 0; sound && i < groups.Count; i++)
            sound = groups._firstBlocks[i] <= groups._firstBlocks[i + 1];
        return sound ? groups : throw new InvalidDataException("groups of sounds are damaged");
    }
}
