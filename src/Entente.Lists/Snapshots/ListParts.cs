namespace Entente.Lists.Snapshots;

/// <summary>The files that make up one list on somebody's disk: mostly one; OFAC's CSV is several, and a list of the
/// house's own may have the meaning of its columns beside it.</summary>
/// <remarks>A version of such a list is its files together: a newer alias file beside older entries is another version.</remarks>
internal static class ListParts
{
    /// <summary>What names the file with the meaning of the columns: <c>ours.csv.map.json</c> beside <c>ours.csv</c>.</summary>
    private const string MappingSuffix = ".map.json";

    private static readonly (string Entries, string[] Others)[] Ofac =
    [
        ("cons_prim", ["cons_alt", "cons_add", "cons_comments"]),
        ("sdn", ["alt", "add", "sdn_comments"]),
    ];

    /// <summary>Finds the files that belong together.</summary>
    /// <param name="path">The list itself.</param>
    /// <param name="dataset">What the stored file is called.</param>
    /// <returns>Where each is, and its name in the store; the list itself first.</returns>
    public static IReadOnlyList<(string Path, string Name)> Of(string path, string dataset)
    {
        var name = System.IO.Path.GetFileName(path);
        if (name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) && OfOfac(path, name) is { } several)
            return several;
        var stored = dataset + FileKind.Of(path).Extension;
        var mapping = path + MappingSuffix;
        return File.Exists(mapping) ? [(path, stored), (mapping, stored + MappingSuffix)] : [(path, stored)];
    }

    /// <summary>Whether OFAC's CSV came with its aliases and addresses.</summary>
    /// <param name="files">Of a version.</param>
    public static bool IsWholeOfac(IReadOnlyList<SnapshotFile> files) => Array.Exists(Ofac, list =>
        files[0].Name == list.Entries + ".csv" && list.Others.Take(2).All(other => files.Any(file => file.Name == other + ".csv")));

    // sdn.csv has alt.csv, add.csv and sdn_comments.csv beside it; sdn-2024.csv has alt-2024.csv and so on.
    private static List<(string Path, string Name)>? OfOfac(string path, string name)
    {
        foreach (var (entries, others) in Ofac)
        {
            var at = name.LastIndexOf(entries, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
                continue;
            var found = new List<(string Path, string Name)> { (path, entries + ".csv") };
            foreach (var other in others)
            {
                if (Beside(path, string.Concat(name.AsSpan(0, at), other, name.AsSpan(at + entries.Length))) is { } part)
                    found.Add((part, other + ".csv"));
            }
            return found.Count > 1 ? found : null;
        }
        return null;
    }

    private static string? Beside(string path, string name) =>
        Directory.EnumerateFiles(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!)
            .Where(file => System.IO.Path.GetFileName(file).Equals(name, StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .FirstOrDefault();
}
