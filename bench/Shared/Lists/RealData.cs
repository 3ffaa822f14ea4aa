using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Entente.Lists;
using Entente.Records;

namespace Entente.Bench;

/// <summary>Where the real data and our own pairs are, and their rows.</summary>
internal static class RealData
{
    /// <summary>The files of ordinary people, below the folder of queries.</summary>
    public static IReadOnlyList<string> OrdinaryFiles { get; } = ["ordinary-people-global.csv", "ordinary-people-us.csv"];

    /// <summary>The data folder: as told, else by environment, else beside the checkout; null when there is none.</summary>
    public static string? Find(string? told)
    {
        string? folder = told ?? Environment.GetEnvironmentVariable("ENTENTE_TEST_DATA");
        if (string.IsNullOrEmpty(folder) && Checkout() is { } root)
            folder = Path.Combine(root, "..", "shared", "data");
        return folder is not null && Directory.Exists(folder) ? Path.GetFullPath(folder) : null;
    }

    /// <summary>The labelled pairs kept in the repository.</summary>
    public static string OwnPairs() => Path.Combine(Checkout() ?? ".", "bench", "pairs.csv");

    /// <summary>The fictional list kept in the repository.</summary>
    public static string OwnSample() => Path.Combine(Checkout() ?? ".", "samples", "un-format-sample.xml");

    /// <summary>Entities of the UN list.</summary>
    public static IReadOnlyList<Entity> UnList(string data) =>
        [.. ListReader.Read(Path.Combine(data, "lists", "un-consolidated.xml")).Entities];

    /// <summary>Rows of a CSV file by column name; a column it lacks reads as empty.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(string path, int atMost = 0)
    {
        CsvConfiguration configuration = new(CultureInfo.InvariantCulture) { MissingFieldFound = null };
        using StreamReader reader = new(path);
        using CsvReader csv = new(reader, configuration);
        csv.Read();
        csv.ReadHeader();
        string[] header = csv.HeaderRecord ?? [];
        List<IReadOnlyDictionary<string, string>> rows = [];
        while (csv.Read())
            rows.Add(header.ToDictionary(column => column, column => csv.GetField(column) ?? "", StringComparer.Ordinal));
        return Thin(rows, atMost);
    }

    /// <summary>At most so many of the items, evenly spread over them; 0 is all.</summary>
    public static IReadOnlyList<T> Thin<T>(IReadOnlyList<T> items, int atMost) =>
        atMost <= 0 || atMost >= items.Count
            ? items
            : [.. Enumerable.Range(0, atMost).Select(i => items[(int)((long)i * items.Count / atMost)])];

    private static string? Checkout()
    {
        foreach (string start in new[] { AppContext.BaseDirectory, Environment.CurrentDirectory })
        {
            for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "Entente.slnx")))
                    return folder.FullName;
            }
        }
        return null;
    }
}
