namespace Entente.Bench;

/// <summary>Rows and columns for people: the first column to the left, figures to the right.</summary>
internal sealed class TextTable(params IEnumerable<string> columns)
{
    private readonly List<string[]> _rows = [[.. columns]];

    public void Add(string what, params IEnumerable<string> cells) => _rows.Add([what, .. cells]);

    public void Print(TextWriter to)
    {
        int[] widths = [.. Enumerable.Range(0, _rows.Max(row => row.Length)).Select(i => _rows.Max(row => i < row.Length ? row[i].Length : 0))];
        foreach (string[] row in _rows)
            to.WriteLine(string.Join("  ", row.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))).TrimEnd());
        to.WriteLine();
    }
}
