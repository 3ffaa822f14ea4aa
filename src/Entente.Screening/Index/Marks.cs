namespace Entente.Screening.Index;

/// <summary>A set of numbers, cleared in the time it takes to count up one.</summary>
/// <remarks>Kept by one thread from query to query.</remarks>
internal sealed class Marks
{
    private int[] _rounds = [];
    private int _round;

    /// <summary>The numbers marked since the last clearing, each once.</summary>
    public List<int> Marked { get; } = new(256);

    /// <summary>Forgets all marks, and makes room.</summary>
    /// <param name="size">Numbers will be below this.</param>
    public void Clear(int size)
    {
        if (_rounds.Length < size || _round == int.MaxValue)
        {
            _rounds = new int[size];
            _round = 0;
        }

        _round++;
        Marked.Clear();
    }

    /// <summary>Marks numbers.</summary>
    public void Add(ReadOnlySpan<int> numbers)
    {
        foreach (int number in numbers)
            Add(number);
    }

    /// <summary>Marks a number.</summary>
    public void Add(int number)
    {
        if (_rounds[number] == _round)
            return;
        _rounds[number] = _round;
        Marked.Add(number);
    }
}
