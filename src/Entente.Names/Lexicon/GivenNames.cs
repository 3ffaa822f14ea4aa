using System.Collections.Frozen;
using System.Reflection;
using Entente.Names.Text;

namespace Entente.Names.Lexicon;

/// <summary>Given names that are one name in other forms: short, translated or far spellings.</summary>
/// <remarks>A form may belong to several names (Alex to Alexander and Alexei): names are related by the rows they share.</remarks>
internal sealed class GivenNames
{
    private readonly FrozenDictionary<string, (int Row, string Mark)[]> _rows;

    private GivenNames(Dictionary<string, List<(int, string)>> rows) =>
        _rows = rows.ToFrozenDictionary(r => r.Key, r => r.Value.ToArray(), StringComparer.Ordinal);

    /// <summary>Reads the table that ships with the library.</summary>
    public static GivenNames Load()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Entente.Names.Lexicon.given-names.txt")
            ?? throw new InvalidOperationException("The table of given names is missing from Entente.Names: the build is broken.");
        using var reader = new StreamReader(stream);
        var rows = new Dictionary<string, List<(int, string)>>(StringComparer.Ordinal);
        int row = 0;
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            string[] columns = line.Split('\t');
            row++;
            foreach (string form in columns[1].Split('|').Append(columns[0]))
            {
                List<RawWord> words = TextFold.Words(form);
                if (words.Count != 1)
                    continue;
                if (!rows.TryGetValue(words[0].Folded, out var list))
                    rows[words[0].Folded] = list = [];
                list.Add((row, columns.Length > 2 ? columns[2] : ""));
            }
        }

        return new GivenNames(rows);
    }

    /// <summary>The rows that a form stands in; empty for an unknown one.</summary>
    public ReadOnlySpan<(int Row, string Mark)> Rows(string folded) => _rows.TryGetValue(folded, out var rows) ? rows : [];
}
