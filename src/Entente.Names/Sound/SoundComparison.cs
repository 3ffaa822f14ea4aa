namespace Entente.Names.Sound;

/// <summary>Aligns two words by sound.</summary>
internal static class SoundComparison
{
    /// <summary>What two neighbouring letters exchanged cost against writing them right, in bits.</summary>
    private const float TranspositionCost = 6f;

    /// <summary>Bits of evidence that two words spell one name: the weight of their best alignment.</summary>
    /// <param name="a">A word.</param>
    /// <param name="b">Another, in any script.</param>
    /// <param name="model">The weights.</param>
    /// <remarks>Needleman and Wunsch's global alignment (1970) with learned weights and, within a script, exchanged neighbours.</remarks>
    public static float Weight(SpokenWord a, SpokenWord b, SoundModel model)
    {
        ReadOnlySpan<byte> x = a.Units, y = b.Units;
        float[] pairs = model.Pairs, gaps = model.Gaps;
        int sx = (int)b.Script, sy = (int)a.Script;
        bool sameScript = sx == sy;
        int width = y.Length + 1;
        Span<float> rows = stackalloc float[3 * (SoundAlphabet.MaxUnits + 1)];
        Span<float> beforeLast = rows[..width], last = rows.Slice(SoundAlphabet.MaxUnits + 1, width), row = rows.Slice(2 * (SoundAlphabet.MaxUnits + 1), width);

        last[0] = 0;
        for (int j = 1; j < width; j++)
            last[j] = last[j - 1] + gaps[y[j - 1] * SoundModel.GapStride + sy];
        for (int i = 1; i <= x.Length; i++)
        {
            int xi = x[i - 1];
            float gapX = gaps[xi * SoundModel.GapStride + sx];
            ReadOnlySpan<float> weights = pairs.AsSpan(xi * SoundModel.Stride, SoundModel.Stride);
            row[0] = last[0] + gapX;
            for (int j = 1; j < width; j++)
            {
                int yj = y[j - 1];
                float best = last[j - 1] + weights[yj];
                best = Math.Max(best, last[j] + gapX);
                best = Math.Max(best, row[j - 1] + gaps[yj * SoundModel.GapStride + sy]);
                if (sameScript && i > 1 && j > 1 && xi == y[j - 2] && x[i - 2] == yj && xi != yj)
                    best = Math.Max(best, beforeLast[j - 2] + weights[xi] + pairs[yj * SoundModel.Stride + yj] - TranspositionCost);
                row[j] = best;
            }

            Span<float> free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }

        return last[y.Length];
    }

    /// <summary>How far two words are from being spellings of one name, in bits.</summary>
    /// <returns>0 when the one is as good a spelling of the other as there can be; about 2 a vowel changed, 5 and more a consonant.</returns>
    /// <remarks>Half of what each word falls short of the best it could have met with in the other's script.</remarks>
    public static float Cost(SpokenWord a, SpokenWord b, SoundModel model)
    {
        float ideal = 0.5f * (a.Best[(int)b.Script] + b.Best[(int)a.Script]);
        return Math.Max(0, ideal - Weight(a, b, model));
    }
}
