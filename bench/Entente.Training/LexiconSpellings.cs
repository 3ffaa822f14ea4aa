namespace Entente.Training;

/// <summary>The hand-written spellings of common names, as pairs: they hold letters that the mined files hardly have.</summary>
internal static class LexiconSpellings
{
    public static IEnumerable<(string X, string Y)> Pairs(string path)
    {
        foreach (string line in File.ReadLines(path))
        {
            string[] columns = line.Split('\t');
            if (line.StartsWith('#') || columns.Length < 3 || columns[2] != "spelling")
                continue;
            List<string> forms = [.. columns[1].Split('|').Append(columns[0]).Select(TokenPairs.Fold).OfType<string>().Distinct()];
            for (int i = 0; i < forms.Count; i++)
            {
                for (int j = i + 1; j < forms.Count; j++)
                    yield return (forms[i], forms[j]);
            }
        }
    }
}
