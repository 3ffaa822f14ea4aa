using Entente.Names.Scripts;
using Entente.Names.Sound;

namespace Entente.Training;

/// <summary>Learns the sound weights by hard expectation-maximisation.</summary>
/// <remarks>
/// E: align every pair by the weights so far, and set aside the pairs whose alignment is
/// worse than chance (the mined files hold translations and mismatches). M: count aligned
/// units and gaps, and turn the counts into pointwise mutual information. The first weights
/// come from the hand-made classes of <see cref="Skeleton"/>. Counts are kept apart by pair
/// of scripts, for a vowel is dropped in Arabic but not in Cyrillic.
/// </remarks>
internal sealed class SoundTrainer
{
    private readonly List<(byte[][] X, byte[][] Y, Script Sx, Script Sy, double Weight)> _pairs = [];
    private float[] _expected = [];
    private float[] _w;
    private float[] _gaps;

    public SoundTrainer() => (_w, _gaps) = FirstWeights();

    public void Add(string x, string y, double weight)
    {
        byte[][] ux = Cuts(x), uy = Cuts(y);
        if (ux[0].Length > 1 && uy[0].Length > 1)
            _pairs.Add((ux, uy, ScriptOf.Text(x), ScriptOf.Text(y), weight));
    }

    public int Count => _pairs.Count;

    public SoundModel Train(int rounds, TextWriter log)
    {
        for (int round = 1; round <= rounds; round++)
            Step(round, log);
        return new SoundModel(_w, _gaps, _expected);
    }

    private void Step(int round, TextWriter log)
    {
        int n = SoundAlphabet.Count;
        var joint = new double[n, n];
        var gap = new double[n, SoundModel.GapStride];
        // Marginals by pair of scripts: how often a unit occurs at all in words that face that script.
        var unit = new double[n, SoundModel.GapStride];
        var totalUnits = new double[SoundModel.GapStride, SoundModel.GapStride];
        var totalEdits = new double[SoundModel.GapStride, SoundModel.GapStride];
        int kept = 0;
        var aligned = new List<(int, int)>();
        foreach ((byte[][] cutsX, byte[][] cutsY, Script sx, Script sy, double weight) in _pairs)
        {
            (byte[] x, byte[] y, double score) = BestCut(cutsX, cutsY, sx, sy, aligned);
            if (score < 1.0 * Math.Min(x.Length, y.Length))
                continue;
            kept++;
            foreach ((int a, int b) in aligned)
            {
                totalEdits[(int)sx, (int)sy] += weight;
                totalEdits[(int)sy, (int)sx] += weight;
                if (a > 0 && b > 0)
                {
                    joint[a, b] += weight;
                    joint[b, a] += weight;
                }
                else if (a > 0)
                {
                    gap[a, (int)sy] += weight;
                }
                else
                {
                    gap[b, (int)sx] += weight;
                }
            }

            foreach (byte a in x)
            {
                unit[a, (int)sy] += weight;
                totalUnits[(int)sx, (int)sy] += weight;
            }

            foreach (byte b in y)
            {
                unit[b, (int)sx] += weight;
                totalUnits[(int)sy, (int)sx] += weight;
            }
        }

        (float[] w, float[] gaps) = SoundModel.Floor();
        for (int a = 1; a < n; a++)
        {
            int sa = (int)SoundAlphabet.Scripts[a];
            for (int b = 1; b < n; b++)
            {
                int sb = (int)SoundAlphabet.Scripts[b];
                double edits = totalEdits[sa, sb];
                if (joint[a, b] < 0.5 || edits == 0)
                    continue;
                // Within a script every pair is counted in both directions, as the total is.
                double pj = joint[a, b] / edits;
                double pa = unit[a, sb] / totalUnits[sa, sb], pb = unit[b, sa] / totalUnits[sb, sa];
                double evidence = joint[a, b] / (joint[a, b] + 2);
                w[a * SoundModel.Stride + b] = Math.Max(SoundModel.UnseenPair, (float)(evidence * Math.Log2(pj / (pa * pb)) + (1 - evidence) * SoundModel.UnseenPair));
            }

            for (int s = 1; s < SoundModel.GapStride; s++)
            {
                if (unit[a, s] < 1)
                    continue;
                double g = (gap[a, s] + 0.2) / (unit[a, s] + 5);
                gaps[a * SoundModel.GapStride + s] = Math.Max(SoundModel.UnseenGap, (float)Math.Log2(g));
            }
        }

        BackOff(w, gaps);
        _expected = Expectations(joint, gap, unit, w, gaps);
        _w = w;
        _gaps = gaps;
        log.WriteLine($"round {round}: {kept:N0} of {_pairs.Count:N0} pairs kept");
    }

    /// <summary>A unit rare in its place falls back on the same letter anywhere, at a small loss.</summary>
    private static void BackOff(float[] w, float[] gaps)
    {
        const float Loss = 0.7f;
        for (int a = 1; a < SoundAlphabet.Count; a++)
        {
            int plainA = SoundAlphabet.Unmarked((byte)a);
            for (int b = 1; b < SoundAlphabet.Count; b++)
            {
                int plainB = SoundAlphabet.Unmarked((byte)b);
                ref float weight = ref w[(a * SoundModel.Stride) + b];
                weight = Math.Max(weight, Math.Max(w[(plainA * SoundModel.Stride) + b], Math.Max(w[(a * SoundModel.Stride) + plainB], w[(plainA * SoundModel.Stride) + plainB])) - Loss);
            }

            for (int s = 0; s < SoundModel.GapStride; s++)
            {
                ref float weight = ref gaps[(a * SoundModel.GapStride) + s];
                weight = Math.Max(weight, gaps[(plainA * SoundModel.GapStride) + s] - Loss);
            }
        }
    }

    /// <summary>What each unit weighed on average, by the script it faced.</summary>
    private static float[] Expectations(double[,] joint, double[,] gap, double[,] unit, float[] w, float[] gaps)
    {
        var expected = new float[SoundAlphabet.Count * SoundModel.GapStride];
        for (int a = 1; a < SoundAlphabet.Count; a++)
        {
            for (int s = 1; s < SoundModel.GapStride; s++)
            {
                double seen = 0, sum = 0;
                for (int b = 1; b < SoundAlphabet.Count; b++)
                {
                    if ((int)SoundAlphabet.Scripts[b] != s)
                        continue;
                    seen += joint[a, b];
                    sum += joint[a, b] * w[(a * SoundModel.Stride) + b];
                }

                seen += gap[a, s];
                sum += gap[a, s] * gaps[(a * SoundModel.GapStride) + s];
                // Few sightings lean on an average consonant.
                expected[(a * SoundModel.GapStride) + s] = (float)((sum + (5 * 2.0)) / (seen + 5));
            }
        }

        return expected;
    }

    private double Align(byte[] x, byte[] y, Script sx, Script sy, List<(int, int)> aligned)
    {
        int n = x.Length, m = y.Length;
        var d = new float[n + 1, m + 1];
        for (int i = 1; i <= n; i++)
            d[i, 0] = d[i - 1, 0] + Gap(x[i - 1], sy);
        for (int j = 1; j <= m; j++)
            d[0, j] = d[0, j - 1] + Gap(y[j - 1], sx);
        for (int i = 1; i <= n; i++)
        {
            for (int j = 1; j <= m; j++)
            {
                d[i, j] = Math.Max(d[i - 1, j - 1] + _w[x[i - 1] * SoundModel.Stride + y[j - 1]],
                    Math.Max(d[i - 1, j] + Gap(x[i - 1], sy), d[i, j - 1] + Gap(y[j - 1], sx)));
            }
        }

        aligned.Clear();
        for (int i = n, j = m; i > 0 || j > 0;)
        {
            if (i > 0 && j > 0 && d[i, j] == d[i - 1, j - 1] + _w[x[i - 1] * SoundModel.Stride + y[j - 1]])
                aligned.Add((x[--i], y[--j]));
            else if (i > 0 && d[i, j] == d[i - 1, j] + Gap(x[i - 1], sy))
                aligned.Add((x[--i], 0));
            else
                aligned.Add((0, y[--j]));
        }

        return d[n, m];
    }

    private float Gap(byte unit, Script other) => _gaps[unit * SoundModel.GapStride + (int)other];

    private static (float[], float[]) FirstWeights()
    {
        (float[] w, float[] gaps) = SoundModel.Floor();
        for (int a = 1; a < SoundAlphabet.Count; a++)
        {
            for (int b = 1; b < SoundAlphabet.Count; b++)
            {
                bool silentA = Skeleton.IsSilent((byte)a), silentB = Skeleton.IsSilent((byte)b);
                w[a * SoundModel.Stride + b] =
                    a == b ? 4
                    : silentA != silentB ? -3
                    : silentA ? (SoundAlphabet.Units[a].Trim('^', '$')[0] == SoundAlphabet.Units[b].Trim('^', '$')[0] ? 1.5f : 0.5f)
                    : Skeleton.SameClass((byte)a, (byte)b) ? 3 : -4;
            }

            for (int s = 0; s < SoundModel.GapStride; s++)
                gaps[a * SoundModel.GapStride + s] = Skeleton.IsSilent((byte)a) ? -0.7f : -3.5f;
        }

        return (w, gaps);
    }

    private static byte[][] Cuts(string word)
    {
        Span<byte> buffer = stackalloc byte[SoundAlphabet.MaxUnits];
        byte[] grouped = buffer[..SoundAlphabet.Cut(word, buffer)].ToArray();
        byte[] letters = buffer[..SoundAlphabet.Cut(word, buffer, letterByLetter: true)].ToArray();
        return grouped.SequenceEqual(letters) ? [grouped] : [grouped, letters];
    }

    /// <summary>The reading of both words, grouped or letter by letter, that aligns best; the groups unless the letters are clearly better.</summary>
    private (byte[] X, byte[] Y, double Score) BestCut(byte[][] cutsX, byte[][] cutsY, Script sx, Script sy, List<(int, int)> aligned)
    {
        const double ClearlyBetter = 3;
        (byte[] X, byte[] Y, double Score) best = (cutsX[0], cutsY[0], Align(cutsX[0], cutsY[0], sx, sy, aligned));
        if (sx != sy)
        {
            foreach (byte[] x in cutsX)
            {
                foreach (byte[] y in cutsY)
                {
                    if ((x != cutsX[0] || y != cutsY[0]) && Align(x, y, sx, sy, aligned) is double score && score > best.Score + ClearlyBetter)
                        best = (x, y, score);
                }
            }

            Align(best.X, best.Y, sx, sy, aligned);
        }

        return best;
    }
}
