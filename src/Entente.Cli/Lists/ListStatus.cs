using System.Globalization;
using Entente.Lists.Snapshots;

namespace Entente.Cli.Lists;

/// <summary><c>entente lists status</c>.</summary>
internal static class ListStatus
{
    /// <summary>Says what is installed and how old it is.</summary>
    /// <param name="surroundings">Where to write; where the lists are; the clock.</param>
    /// <returns><see cref="ExitCodes.Done"/>, also when nothing is installed: that is a state, not a failure.</returns>
    /// <exception cref="SnapshotException">The store is damaged.</exception>
    public static int Run(Surroundings surroundings)
    {
        var store = UpdateLists.Store(surroundings);
        var output = surroundings.Out;
        output.WriteLine($"Installed lists ({store.Folder}):");
        foreach (var source in ListCatalogue.All)
        {
            output.WriteLine();
            output.WriteLine($"{source.Title} ({source.Dataset})");
            if (store.Current(source.Dataset) is not { } current)
            {
                output.WriteLine("  not installed; `entente lists update` fetches it");
            }
            else
            {
                current.Verify();
                output.WriteLine($"  in use      {UpdateLists.Describe(current)}");
                output.WriteLine($"  fetched     {Time(current.Manifest.FetchedAt)} from {current.Manifest.Source}");
                output.WriteLine($"  confirmed   {Time(current.Manifest.CheckedAt)}, {Age(surroundings.Time.GetUtcNow() - current.Manifest.CheckedAt)}");
                output.WriteLine($"  versions    {store.Versions(source.Dataset).Count.ToString(CultureInfo.InvariantCulture)} kept");
            }
            if (store.Held(source.Dataset) is { } held)
                output.WriteLine($"  held back   {UpdateLists.Describe(held)}; `entente lists update --accept` puts it to use");
        }
        return ExitCodes.Done;
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";

    private static string Age(TimeSpan age) => age.TotalDays switch
    {
        < 1 => "today",
        < 2 => "yesterday",
        var days => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(days)} days ago{(days > 7 ? "; run `entente lists update`" : "")}"),
    };
}
