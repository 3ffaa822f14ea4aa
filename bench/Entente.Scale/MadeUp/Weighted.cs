namespace Entente.Scale.MadeUp;

/// <summary>Items drawn as often as their weights say.</summary>
internal sealed class Weighted<T>
{
    private readonly T[] _items;
    private readonly double[] _sums;

    public Weighted(IEnumerable<(T Item, double Weight)> items)
    {
        (T Item, double Weight)[] all = [.. items.Where(item => item.Weight > 0)];
        _items = [.. all.Select(item => item.Item)];
        _sums = new double[all.Length];
        double sum = 0;
        for (int i = 0; i < all.Length; i++)
            _sums[i] = sum += all[i].Weight;
    }

    public bool IsEmpty => _items.Length == 0;

    public int Count => _items.Length;

    public T Draw(Dice dice)
    {
        int at = Array.BinarySearch(_sums, dice.Next() * _sums[^1]);
        return _items[Math.Min(at < 0 ? ~at : at + 1, _items.Length - 1)];
    }
}
