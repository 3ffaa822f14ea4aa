namespace Entente.Screening;

/// <summary>The strongest results of a search so far, to know what can no longer be among those reported.</summary>
/// <param name="places">How many are reported.</param>
internal sealed class Leaders(int places)
{
    /// <summary>Where more than this many are reported, keeping the account costs more than it saves.</summary>
    public const int Most = 50;

    private (int Key, double Bits)[]? _places;
    private int _count;

    /// <summary>What a result must weigh to be reported; minus infinity while there are fewer than are reported.</summary>
    public double Least { get; private set; } = double.NegativeInfinity;

    /// <summary>Takes note of a result.</summary>
    /// <param name="key">Which result it is: it counts once, by what it weighs most.</param>
    /// <param name="bits">What it weighs.</param>
    public void Add(int key, double bits)
    {
        if (bits <= Least)
            return;
        _places ??= new (int, double)[places];
        int at = 0;
        while (at < _count && _places[at].Key != key)
            at++;
        if (at == _places.Length)
            at = LastPlace(_places);
        else if (at == _count)
            _count++;
        else if (bits <= _places[at].Bits)
            return;
        _places[at] = (key, bits);
        if (_count == _places.Length)
            Least = _places[LastPlace(_places)].Bits;
    }

    private int LastPlace((int Key, double Bits)[] places)
    {
        int last = 0;
        for (int at = 1; at < _count; at++)
            last = places[at].Bits < places[last].Bits ? at : last;
        return last;
    }
}
