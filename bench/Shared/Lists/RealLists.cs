using Entente.Lists;
using Entente.Records;

namespace Entente.Bench;

/// <summary>One file of the union of real lists: what was read of it, or why nothing was.</summary>
/// <param name="File">The file, below the folder of lists.</param>
/// <param name="Entities">All entities in it; none where it could not be read.</param>
/// <param name="Problem">Why it could not be read; null where it was.</param>
internal sealed record RealList(string File, IReadOnlyList<Entity> Entities, string? Problem);

/// <summary>The real lists that are screened against together, each as far as <see cref="ListReader"/> reads it today.</summary>
internal static class RealLists
{
    /// <summary>The files of the union; OFAC's other tables are found beside the first.</summary>
    public static IReadOnlyList<string> Files { get; } =
    [
        "un-consolidated.xml",
        "eu-fsf.xml",
        "ofac-2024-05-03/sdn.csv",
        "ofac-consolidated-2020-12-14.xml",
        "uk-sanctions-list.xml",
        "fr-gels-sample-2025-11-21.json",
        "au.ftm.json",
        "ca.ftm.json",
        "ch.ftm.json",
        "nz.ftm.json",
        "opensanctions-ua-war-sanctions.targets.simple.csv",
    ];

    /// <summary>Reads what can be read. No file is passed over in silence.</summary>
    public static IReadOnlyList<RealList> Union(string data) => [.. Files.Select(file => Read(Path.Combine(data, "lists"), file))];

    private static RealList Read(string folder, string file)
    {
        try
        {
            return new RealList(file, ListReader.Read(Path.Combine(folder, file)).Entities, null);
        }
        catch (Exception e) when (e is ListFormatException or IOException)
        {
            return new RealList(file, [], (e as ListFormatException)?.Problem ?? e.Message);
        }
    }
}
