using Entente.Names.Scripts;

namespace Entente.Names.Sound;

/// <summary>Units of sound in a few classes a script, and the most that a unit can weigh against each class.</summary>
/// <remarks>
/// What a unit weighs against the best unit of a class is no less than what it weighs against any: an alignment by classes
/// bounds the alignment by units, and a unit's weights against all classes fit two registers. Units that weigh alike against
/// everything share a class (the farthest-first rule of Gonzalez 1985).
/// </remarks>
internal sealed class SoundClasses
{
    /// <summary>Classes, and with them the class of what lies behind a word's end.</summary>
    public const int Count = 32;

    /// <summary>The class of what lies behind a word's end.</summary>
    public const byte End = 0;

    /// <summary>Small numbers to the bit.</summary>
    public const int PerBit = 4;

    /// <summary>Scripts that have units, and <see cref="Script.None"/>.</summary>
    public const int Scripts = 5;

    private readonly byte[] _classes = new byte[SoundAlphabet.Count];
    private readonly float[] _weights = new float[SoundAlphabet.Count * Scripts * Count];
    private readonly float[] _gaps = new float[Scripts * Scripts * Count];
    private readonly float[] _expected = new float[Scripts * Scripts * Count];
    private readonly sbyte[] _small;

    private static readonly Lazy<SoundClasses> Shipped = new(static () => new SoundClasses(SoundModel.Default));

    /// <summary>The classes by the model that ships with the library.</summary>
    public static SoundClasses Default => Shipped.Value;

    private SoundClasses(SoundModel model)
    {
        Array.Fill(_weights, float.NegativeInfinity);
        Array.Fill(_gaps, float.NegativeInfinity);
        for (int script = 1; script < Scripts; script++)
        {
            int[] units = [.. Enumerable.Range(1, SoundAlphabet.Count - 1).Where(unit => (int)SoundAlphabet.Scripts[unit] == script)];
            Divide(model, units);
            // An unknown letter weighs as little as any: any class bounds it.
            foreach (int unit in units.Append(SoundAlphabet.Unknown))
                FillIn(model, unit, script);
        }

        _small = [.. _weights.Select(Small)];
    }

    /// <summary>The class of a unit.</summary>
    public byte Of(byte unit) => _classes[unit];

    /// <summary>The most that a unit weighs against each class of a script, in <see cref="PerBit"/>ths of a bit; as little as can be behind the end.</summary>
    public ReadOnlySpan<sbyte> Weights(byte unit, Script script) => _small.AsSpan(((unit * Scripts) + (int)script) * Count, Count);

    /// <summary>Bits in the small numbers that lanes of a register hold.</summary>
    public static sbyte Small(float bits) => (sbyte)Math.Clamp(MathF.Round(bits * PerBit), sbyte.MinValue, sbyte.MaxValue);

    /// <summary>The most that each class of a script weighs without counterpart in a word of another, in bits; 0 behind the end.</summary>
    public ReadOnlySpan<float> Gaps(Script script, Script other) => _gaps.AsSpan((((int)script * Scripts) + (int)other) * Count, Count);

    /// <summary>The least that a unit of each class of a script weighs on average in true spellings in another, in bits; 0 behind the end.</summary>
    public ReadOnlySpan<float> Expected(Script script, Script other) => _expected.AsSpan((((int)script * Scripts) + (int)other) * Count, Count);

    // Farthest first: each new class begins with the unit that is least like the first units of the classes so far.
    private void Divide(SoundModel model, int[] units)
    {
        var distances = new float[units.Length];
        Array.Fill(distances, float.PositiveInfinity);
        int heart = 0;
        for (byte made = 1; made < Count && made <= units.Length; made++)
        {
            for (int i = 0; i < units.Length; i++)
            {
                float distance = Distance(model, units[i], units[heart]);
                if (distance < distances[i])
                    (distances[i], _classes[units[i]]) = (distance, made);
            }

            heart = distances.AsSpan().IndexOf(distances.Max());
        }

        _classes[SoundAlphabet.Unknown] = 1;
    }

    private static float Distance(SoundModel model, int a, int b)
    {
        float sum = 0;
        ReadOnlySpan<float> x = model.Pairs.AsSpan(a * SoundModel.Stride, SoundAlphabet.Count), y = model.Pairs.AsSpan(b * SoundModel.Stride, SoundAlphabet.Count);
        for (int i = 0; i < x.Length; i++)
            sum += (x[i] - y[i]) * (x[i] - y[i]);
        return sum;
    }

    private void FillIn(SoundModel model, int unit, int script)
    {
        byte own = _classes[unit];
        for (int other = 0; other < SoundAlphabet.Count; other++)
        {
            ref float weight = ref _weights[(((other * Scripts) + script) * Count) + own];
            weight = Math.Max(weight, model.Pairs[(other * SoundModel.Stride) + unit]);
        }

        for (int other = 1; other < Scripts; other++)
        {
            int at = ((script * Scripts) + other) * Count;
            float expected = model.Expected[(unit * SoundModel.GapStride) + other];
            _expected[at + own] = float.IsNegativeInfinity(_gaps[at + own]) ? expected : Math.Min(_expected[at + own], expected);
            _gaps[at + own] = Math.Max(_gaps[at + own], model.Gaps[(unit * SoundModel.GapStride) + other]);
            _gaps[at + End] = 0;
        }
    }
}
