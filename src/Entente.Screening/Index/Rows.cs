namespace Entente.Screening.Index;

/// <summary>Rows of numbers of different lengths, one after the other.</summary>
/// <remarks>Immutable, thread-safe.</remarks>
internal sealed class Rows
{
    private readonly int[] _starts;
    private readonly int[] _numbers;

    private Rows(int[] starts, int[] numbers)
    {
        _starts = starts;
        _numbers = numbers;
    }

    /// <summary>How many rows there are.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>Numbers in all rows.</summary>
    public int Total => _numbers.Length;

    /// <summary>Numbers in the longest row.</summary>
    public int Longest => Enumerable.Range(0, Count).Select(LengthOf).DefaultIfEmpty().Max();

    /// <summary>A row.</summary>
    public ReadOnlySpan<int> this[int row] => _numbers.AsSpan(_starts[row].._starts[row + 1]);

    /// <summary>How long a row is.</summary>
    public int LengthOf(int row) => _starts[row + 1] - _starts[row];

    /// <summary>Makes rows of lists.</summary>
    public static Rows Of(IReadOnlyList<List<int>> lists)
    {
        var starts = new int[lists.Count + 1];
        for (int i = 0; i < lists.Count; i++)
            starts[i + 1] = starts[i] + lists[i].Count;
        var numbers = new int[starts[^1]];
        for (int i = 0; i < lists.Count; i++)
            lists[i].CopyTo(numbers, starts[i]);
        return new Rows(starts, numbers);
    }

    /// <summary>Puts numbers from 0 up into rows, ascending.</summary>
    /// <param name="rowOf">The row of each.</param>
    /// <param name="count">How many rows there are.</param>
    public static Rows Grouped(int[] rowOf, int count)
    {
        var starts = new int[count + 1];
        foreach (int row in rowOf)
            starts[row + 1]++;
        for (int row = 0; row < count; row++)
            starts[row + 1] += starts[row];
        var numbers = new int[rowOf.Length];
        int[] at = starts[..^1];
        for (int number = 0; number < rowOf.Length; number++)
            numbers[at[rowOf[number]]++] = number;
        return new Rows(starts, numbers);
    }

    /// <summary>For each number in the rows, the rows it stands in, ascending, each once.</summary>
    /// <param name="count">How many numbers there are.</param>
    public Rows Inverted(int count)
    {
        var starts = new int[count + 1];
        var last = new int[count];
        Array.Fill(last, -1);
        for (int row = 0; row < Count; row++)
        {
            foreach (int number in this[row])
            {
                if (last[number] != row)
                {
                    last[number] = row;
                    starts[number + 1]++;
                }
            }
        }

        for (int i = 0; i < count; i++)
            starts[i + 1] += starts[i];
        var rows = new int[starts[^1]];
        int[] at = starts[..^1];
        Array.Fill(last, -1);
        for (int row = 0; row < Count; row++)
        {
            foreach (int number in this[row])
            {
                if (last[number] != row)
                {
                    last[number] = row;
                    rows[at[number]++] = row;
                }
            }
        }

        return new Rows(starts, rows);
    }

    /// <summary>Writes the rows.</summary>
    public void Write(ArrayWriter writer)
    {
        writer.Write(_starts);
        writer.Write(_numbers);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="below">Every number must be below this.</param>
    /// <exception cref="InvalidDataException">The numbers do not fit together.</exception>
    public static Rows Read(ArrayReader reader, int below)
    {
        var rows = new Rows(reader.Read<int>(), reader.Read<int>());
        bool sound = rows._starts.Length > 0 && rows._starts[0] == 0 && rows._starts[^1] == rows._numbers.Length;
        for (int i = 0; sound && i < rows.Count; i++)
            sound = rows._starts[i] <= rows._starts[i + 1];
        if (!sound || rows._numbers.AsSpan().ContainsAnyExceptInRange(0, below - 1))
            throw new InvalidDataException("rows of numbers are damaged");
        return rows;
    }
}
