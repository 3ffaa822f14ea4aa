namespace Entente.Screening.Index;

/// <summary>What each part can add for one part of a query; forgotten in one step.</summary>
/// <remarks>Kept by one thread from query to query.</remarks>
internal sealed class PartBits(int size)
{
    private readonly int[] _rounds = new int[size];
    private readonly float[] _bits = new float[size];
    private int _round;

    /// <summary>Takes up what was found for another part of a query.</summary>
    public void Begin(PartMatches matches)
    {
        if (++_round == int.MaxValue)
        {
            Array.Clear(_rounds);
            _round = 1;
        }

        for (int i = 0; i < matches.Parts.Length; i++)
        {
            _rounds[matches.Parts[i]] = _round;
            _bits[matches.Parts[i]] = matches.Bits[i];
        }
    }

    /// <summary>The most that one of some parts adds; 0 where none agrees.</summary>
    public float Most(ReadOnlySpan<int> parts)
    {
        float most = 0;
        foreach (int part in parts)
        {
            if (_rounds[part] == _round && _bits[part] > most)
                most = _bits[part];
        }

        return most;
    }
}
