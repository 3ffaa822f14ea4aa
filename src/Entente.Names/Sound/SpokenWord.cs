using Entente.Names.Scripts;

namespace Entente.Names.Sound;

/// <summary>A word cut into units of sound, with what its comparison needs ready.</summary>
internal sealed class SpokenWord
{
    /// <summary>The units.</summary>
    public byte[] Units { get; }

    /// <summary>The script of the units.</summary>
    public Script Script { get; }

    /// <summary>The consonant classes it holds (<see cref="Skeleton.ClassesOf"/>).</summary>
    public ushort Classes { get; }

    /// <summary>By script: what true spellings in that script weigh against this word on average, in bits.</summary>
    public float[] Expected { get; }

    /// <summary>The word cut letter by letter, where that differs; else null.</summary>
    public SpokenWord? Spelled { get; }

    private SpokenWord(byte[] units, Script script, SpokenWord? spelled, SoundModel model)
    {
        Units = units;
        Script = script;
        Spelled = spelled;
        Classes = (ushort)(Skeleton.ClassesOf(units) | (spelled?.Classes ?? 0));
        Expected = new float[SoundModel.GapStride];
        foreach (byte unit in units)
        {
            for (int s = 0; s < Expected.Length; s++)
                Expected[s] += model.Expected[(unit * SoundModel.GapStride) + s];
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
        SpokenWord? alternative = spelled.SequenceEqual(units) ? null : new SpokenWord(spelled.ToArray(), script, null, model);
        return new SpokenWord(units.ToArray(), script, alternative, model);
    }
}
