using System.Runtime.CompilerServices;
using Entente.Names.Scripts;

namespace Entente.Names.Sound;

/// <summary>A word cut into units of sound, with what its comparison needs ready.</summary>
/// <remarks>All in one object: comparing is mostly waiting for memory.</remarks>
internal sealed class SpokenWord
{
    private readonly UnitRow _units;
    private readonly ScriptRow _expected;
    private readonly byte _length;

    /// <summary>The units.</summary>
    public ReadOnlySpan<byte> Units => ((ReadOnlySpan<byte>)_units)[.._length];

    /// <summary>The script of the units.</summary>
    public Script Script { get; }

    /// <summary>The consonant classes it holds (<see cref="Skeleton.ClassesOf"/>).</summary>
    public ushort Classes { get; }

    /// <summary>Its consonants, each in its likeliest class (<see cref="Skeleton.Main(ReadOnlySpan{byte})"/>).</summary>
    public ulong Consonants { get; }

    /// <summary>By script: what true spellings in that script weigh against this word on average, in bits.</summary>
    public ReadOnlySpan<float> Expected => _expected;

    /// <summary>The word cut letter by letter, where that differs; else null.</summary>
    public SpokenWord? Spelled { get; }

    private SpokenWord(ReadOnlySpan<byte> units, Script script, SpokenWord? spelled, SoundModel model)
    {
        units.CopyTo(_units);
        _length = (byte)units.Length;
        Script = script;
        Consonants = Skeleton.Main(units);
        Spelled = spelled;
        Classes = (ushort)(Skeleton.ClassesOf(units) | (spelled?.Classes ?? 0));
        foreach (byte unit in units)
        {
            for (int s = 0; s < SoundModel.GapStride; s++)
                _expected[s] += model.Expected[(unit * SoundModel.GapStride) + s];
        }
    }

    /// <summary>Cuts a folded word.</summary>
    /// <param name="folded">Letters of one script.</param>
    /// <param name="model">The weights.</param>
    public static SpokenWord Of(ReadOnlySpan<char> folded, SoundModel model)
    {
        Span<byte> grouped = stackalloc byte[SoundAlphabet.MaxUnits], letters = stackalloc byte[SoundAlphabet.MaxUnits];
        Script script = ScriptOf.Text(folded);
        Span<byte> units = grouped[..SoundAlphabet.Cut(folded, grouped)];
        Span<byte> spelled = letters[..SoundAlphabet.Cut(folded, letters, letterByLetter: true)];
        SpokenWord? alternative = spelled.SequenceEqual(units) ? null : new SpokenWord(spelled, script, null, model);
        return new SpokenWord(units, script, alternative, model);
    }

    [InlineArray(SoundAlphabet.MaxUnits)]
    private struct UnitRow
    {
        private byte _first;
    }

    [InlineArray(SoundModel.GapStride)]
    private struct ScriptRow
    {
        private float _first;
    }
}
