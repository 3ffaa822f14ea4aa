using Entente.Names.Scripts;

namespace Entente.Names.Sound;

/// <summary>A word cut into units of sound, with what its comparison needs ready.</summary>
internal sealed class SpokenWord
{
    /// <summary>The units.</summary>
    public byte[] Units { get; }

    /// <summary>The script of the units.</summary>
    public Script Script { get; }

    /// <summary>By script: the most that any spelling in that script could weigh against this word, in bits.</summary>
    public float[] Best { get; }

    private SpokenWord(byte[] units, Script script, float[] best)
    {
        Units = units;
        Script = script;
        Best = best;
    }

    /// <summary>Cuts a folded word.</summary>
    /// <param name="folded">Letters of one script.</param>
    /// <param name="model">The weights.</param>
    public static SpokenWord Of(ReadOnlySpan<char> folded, SoundModel model)
    {
        Span<byte> buffer = stackalloc byte[SoundAlphabet.MaxUnits];
        int count = SoundAlphabet.Cut(folded, buffer);
        byte[] units = buffer[..count].ToArray();
        Script script = ScriptOf.Text(folded);
        var best = new float[SoundModel.GapStride];
        foreach (byte unit in units)
        {
            for (int s = 0; s < best.Length; s++)
                best[s] += model.Best[unit * SoundModel.GapStride + s];
        }

        return new SpokenWord(units, script, best);
    }
}
