using System.Text;

namespace Entente.Records;

/// <summary>Reads the tab-separated tables that ship inside this assembly.</summary>
internal static class DataTable
{
    /// <summary>The rows of <c>Data/NAME</c>; blank lines and lines that start with '#' are comments.</summary>
    /// <exception cref="InvalidDataException">A row has fewer columns than promised: the table that we ship is broken.</exception>
    public static IEnumerable<string[]> Read(string name, int columns)
    {
        var assembly = typeof(DataTable).Assembly;
        using var stream = assembly.GetManifestResourceStream($"Entente.Records.Data.{name}")
            ?? throw new InvalidDataException($"The table {name} is missing from {assembly.GetName().Name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            var row = line.Split('\t');
            if (row.Length < columns)
                throw new InvalidDataException($"{name}, line {number}: expected {columns} columns, found {row.Length}.");
            yield return row;
        }
    }
}
