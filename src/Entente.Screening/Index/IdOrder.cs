namespace Entente.Screening.Index;

/// <summary>The numbers of entities in the order of their ids, to find them by id without a copy of every id.</summary>
internal sealed class IdOrder
{
    private readonly int[] _numbers;

    private IdOrder(int[] numbers) => _numbers = numbers;

    /// <summary>The order of a table.</summary>
    public static IdOrder Of(EntityTable entities)
    {
        var ids = new string[entities.Count];
        var numbers = new int[entities.Count];
        for (int number = 0; number < numbers.Length; number++)
            (ids[number], numbers[number]) = (entities.IdOf(number), number);
        Array.Sort(ids, numbers, StringComparer.Ordinal);
        return new IdOrder(numbers);
    }

    /// <summary>The entities with an id: several where several lists have it.</summary>
    public IEnumerable<int> Find(string id, Func<int, string> idOf)
    {
        int low = 0, high = _numbers.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (string.CompareOrdinal(idOf(_numbers[middle]), id) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        for (; low < _numbers.Length && idOf(_numbers[low]) == id; low++)
            yield return _numbers[low];
    }
}
