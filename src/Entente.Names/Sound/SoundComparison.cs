namespace Entente.Names.Sound;

/// <summary>Aligns two words by sound.</summary>
internal static class SoundComparison
{
    /// <summary>What two neighbouring letters exchanged cost against writing them right, in bits.</summary>
    private const float TranspositionCost = 6f;

    /// <summary>Words less alike than this are not tried letter by letter: that gains half as much at most.</summary>
    private const float HopelessLikeness = -0.1f;

    /// <summary>Bits of evidence that two words spell one name: the weight of their best alignment.</summary>
    /// <param name="a">A word.</param>
    /// <param name="b">Another, in any script.</param>
    /// <param name="model">The weights.</param>
    /// <param name="least">A weight below which it does not matter how much less it is: then any weight below that may be returned.</param>
    /// <remarks>Needleman and Wunsch's global alignment (1970) with learned weights and, within a script, exchanged neighbours.</remarks>
    public static float Weight(SpokenWord a, SpokenWord b, SoundModel model, float least = float.NegativeInfinity)
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

            // Halfway most words are known to be unlike.
            if (i == x.Length / 2 && MostOf(row) + Hope(x[i..], model) is var most && most < least)
                return most;
            Span<float> free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }

        return last[y.Length];
    }

    private static float MostOf(ReadOnlySpan<float> row)
    {
        float most = row[0];
        foreach (float weight in row)
            most = Math.Max(most, weight);
        return most;
    }

    private static float Hope(ReadOnlySpan<byte> rest, SoundModel model)
    {
        float hope = 0;
        foreach (byte unit in rest)
            hope += model.Best[unit];
        return hope;
    }

    /// <summary>How alike two words are: their weight as a share of what true spellings of one name weigh on average.</summary>
    /// <returns>About 1 for spellings of one name, 0 and below for unlike words; above 1 is possible.</returns>
    /// <remarks>A word whose groups of letters may be read apart is tried both ways.</remarks>
    public static float Likeness(SpokenWord a, SpokenWord b, SoundModel model)
    {
        float best = Ratio(a, b, model, HopelessLikeness);
        if (best is >= 0.9f or < HopelessLikeness)
            return best;
        if (a.Spelled is not null)
            best = Math.Max(best, Ratio(a.Spelled, b, model, best));
        if (b.Spelled is not null)
            best = Math.Max(best, Ratio(a, b.Spelled, model, best));
        if (a.Spelled is not null && b.Spelled is not null && a.Script == b.Script)
            best = Math.Max(best, Ratio(a.Spelled, b.Spelled, model, best));
        return best;
    }

    private static float Ratio(SpokenWord a, SpokenWord b, SoundModel model, float least)
    {
        float expected = 0.5f * (a.Expected[(int)b.Script] + b.Expected[(int)a.Script]);
        return expected <= 1 ? 0 : Weight(a, b, model, least * expected) / expected;
    }
}
