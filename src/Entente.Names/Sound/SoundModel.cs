using System.Globalization;
using System.Reflection;
using Entente.Names.Scripts;

namespace Entente.Names.Sound;

/// <summary>How much each pair of units speaks for two words being one name.</summary>
/// <remarks>
/// <para>
/// Weights are pointwise mutual information in bits: log2 of how much oftener the two units
/// are aligned in spellings of one name than chance would align them; for a gap, how much
/// oftener the unit has no counterpart. Their sum over an alignment is the log-likelihood
/// ratio of 'one name' against 'two names' (Fellegi and Sunter 1969), by a memoryless
/// stochastic transducer (Ristad and Yianilos 1998).
/// </para>
/// <para>
/// The table is learned by expectation-maximisation from pairs of spellings by
/// <c>bench/Entente.Training</c>, which writes <c>sound-weights.txt</c> beside this file.
/// Pairs that training never saw get a floor that stands for typing and OCR faults.
/// Immutable; safe for any number of threads.
/// </para>
/// </remarks>
internal sealed class SoundModel
{
    /// <summary>Rows of <see cref="Pairs"/>: units rounded up so that a row's start is a shift.</summary>
    public const int Stride = 256;

    /// <summary>Scripts that gaps are kept for; the index of <see cref="Script"/>.</summary>
    public const int GapStride = 8;

    private static readonly Lazy<SoundModel> Shipped = new(LoadShipped);

    /// <summary>The model that ships with the library.</summary>
    public static SoundModel Default => Shipped.Value;

    /// <summary>Weight in bits of unit a against unit b, at <c>a * Stride + b</c>; symmetric.</summary>
    public float[] Pairs { get; }

    /// <summary>Weight in bits of unit a against nothing, in a word of the other script, at <c>a * GapStride + script</c>.</summary>
    public float[] Gaps { get; }

    /// <summary>What unit a weighs on average in true spellings in the other script, at <c>a * GapStride + script</c>.</summary>
    public float[] Expected { get; }

    /// <summary>The most that a unit can add to a weight, at its number; never below 0.</summary>
    public float[] Best { get; }

    /// <summary>Wraps learned weights.</summary>
    /// <param name="pairs">As <see cref="Pairs"/>.</param>
    /// <param name="gaps">As <see cref="Gaps"/>.</param>
    /// <param name="expected">As <see cref="Expected"/>.</param>
    public SoundModel(float[] pairs, float[] gaps, float[] expected)
    {
        Pairs = pairs;
        Gaps = gaps;
        Expected = expected;
        Best = new float[SoundAlphabet.Count];
        for (int unit = 0; unit < Best.Length; unit++)
        {
            Best[unit] = Math.Max(0, pairs.AsSpan(unit * Stride, SoundAlphabet.Count).ToArray().Max());
            Best[unit] = Math.Max(Best[unit], gaps.AsSpan(unit * GapStride, GapStride).ToArray().Max());
        }
    }

    /// <summary>Weight of a pair of units that training never saw: both are typed wrongly.</summary>
    public const float UnseenPair = -6f;

    /// <summary>Weight of a gap that training never saw.</summary>
    public const float UnseenGap = -6f;

    /// <summary>An empty model, every weight at its floor.</summary>
    public static (float[] Pairs, float[] Gaps) Floor()
    {
        var pairs = new float[SoundAlphabet.Count * Stride];
        var gaps = new float[SoundAlphabet.Count * GapStride];
        Array.Fill(pairs, UnseenPair);
        Array.Fill(gaps, UnseenGap);
        return (pairs, gaps);
    }

    private static SoundModel LoadShipped()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Entente.Names.Sound.sound-weights.txt")
            ?? throw new InvalidOperationException("The sound weights are missing from Entente.Names: the build is broken.");
        using var reader = new StreamReader(stream);
        return Load(reader);
    }

    /// <summary>Reads the table: a line is <c>unit TAB unit TAB bits</c>, a gap is <c>unit TAB -script TAB bits</c>, an average <c>unit TAB =script TAB bits</c>.</summary>
    /// <param name="reader">The table.</param>
    /// <exception cref="FormatException">A line is not of that form.</exception>
    public static SoundModel Load(TextReader reader)
    {
        (float[] pairs, float[] gaps) = Floor();
        var expected = new float[gaps.Length];
        Span<Range> parts = stackalloc Range[4];
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            ReadOnlySpan<char> span = line;
            if (span.Split(parts, '\t') != 3)
                throw new FormatException($"Not a sound weight: '{line}'.");
            byte a = SoundAlphabet.Number(line[parts[0]]);
            float weight = float.Parse(span[parts[2]], CultureInfo.InvariantCulture);
            ReadOnlySpan<char> other = span[parts[1]];
            if (other[0] == '-')
            {
                gaps[a * GapStride + (int)Enum.Parse<Script>(other[1..])] = weight;
            }
            else if (other[0] == '=')
            {
                expected[a * GapStride + (int)Enum.Parse<Script>(other[1..])] = weight;
            }
            else
            {
                byte b = SoundAlphabet.Number(line[parts[1]]);
                pairs[a * Stride + b] = weight;
                pairs[b * Stride + a] = weight;
            }
        }

        return new SoundModel(pairs, gaps, expected);
    }
}
