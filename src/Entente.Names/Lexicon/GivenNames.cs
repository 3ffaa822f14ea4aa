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
        List<(string[] Forms, string Mark)> lines = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            string[] columns = line.Split('\t');
            string[] forms = [.. columns[1].Split('|').Prepend(columns[0]).Select(Fold).OfType<string>().Distinct()];
            lines.Add((forms, columns.Length > 2 ? columns[2] : ""));
        }

        // Sasha is short for Alexander in all his spellings, not for the one that the row names.
        ILookup<string, string[]> spellings = lines.Where(l => l.Mark == "spelling").SelectMany(l => l.Forms.Select(f => (Form: f, l.Forms))).ToLookup(l => l.Form, l => l.Forms);
        var rows = new Dictionary<string, List<(int, string)>>(StringComparer.Ordinal);
        for (int row = 0; row < lines.Count; row++)
        {
            (string[] forms, string mark) = lines[row];
            IEnumerable<string> all = mark == "spelling" || forms.Length == 0 ? forms : forms.Concat(VariantTable.Default.Relatives(forms[0])).Concat(spellings[forms[0]].SelectMany(f => f));
            foreach (string form in all.Distinct())
            {
                if (!rows.TryGetValue(form, out var list))
                    rows[form] = list = [];
                list.Add((row, mark));
            }
        }

        return new GivenNames(rows);
    }

    private static string? Fold(string form)
    {
        List<RawWord> words = TextFold.Words(form);
        return words.Count == 1 ? words[0].Folded : null;
    }

    /// <summary>The rows that a form stands in; empty for an unknown one.</summary>
    public ReadOnlySpan<(int Row, string Mark)> Rows(string folded) => _rows.TryGetValue(folded, out var rows) ? rows : [];
}
