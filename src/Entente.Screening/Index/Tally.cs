namespace Entente.Screening.Index;

/// <summary>Sums by number, cleared in the time it takes to count up one.</summary>
/// <remarks>Kept by one thread from query to query; a number not touched since the last clearing counts 0.</remarks>
internal sealed class Tally
{
    private float[] _values = [];
    private int[] _rounds = [];
    private int _round;

    /// <summary>The numbers touched since the last clearing, each once.</summary>
    public List<int> Touched { get; } = new(256);

    /// <summary>The value of a number.</summary>
    public float this[int number] => _rounds[number] == _round ? _values[number] : 0;

    /// <summary>Forgets all values, and makes room.</summary>
    public Tally Clear(int size)
    {
        if (_values.Length < size || _round == int.MaxValue)
        {
            _values = new float[size];
            _rounds = new int[size];
            _round = 0;
        }

        _round++;
        Touched.Clear();
        return this;
    }

    /// <summary>Adds to a number.</summary>
    public void Add(int number, float value)
    {
        Touch(number);
        _values[number] += value;
    }

    /// <summary>Sets a number to the larger of its value and another.</summary>
    public void Raise(int number, float value)
    {
        Touch(number);
        _values[number] = Math.Max(_values[number], value);
    }

    private void Touch(int number)
    {
        if (_rounds[number] == _round)
            return;
        _rounds[number] = _round;
        _values[number] = 0;
        Touched.Add(number);
    }
}
