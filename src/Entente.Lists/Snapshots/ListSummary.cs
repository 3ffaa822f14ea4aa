namespace Entente.Lists.Snapshots;

/// <summary>What reading a list file through tells of it.</summary>
/// <param name="Entities">How many entities it lists.</param>
/// <param name="Schemata">How many of each schema, for instance 730 of <c>Person</c>.</param>
/// <param name="PublishedAt">When the publisher says that it made the file; null where the file does not say.</param>
public sealed record ListSummary(int Entities, IReadOnlyDictionary<string, int> Schemata, DateTimeOffset? PublishedAt)
{
    /// <summary>The dataset as the file or its format says it; null where neither does.</summary>
    public string? Dataset { get; init; }

    /// <summary>The version in the publisher's words; null where the file does not say.</summary>
    public string? Version { get; init; }

    /// <summary>Sums up a list.</summary>
    /// <param name="file">Read whole.</param>
    public static ListSummary Of(ListFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var schemata = new Dictionary<string, int>(StringComparer.Ordinal);
        var listed = 0;
        foreach (var entity in file.Entities)
        {
            if (entity.Target == false)
                continue;
            listed++;
            schemata[entity.Schema] = schemata.GetValueOrDefault(entity.Schema) + 1;
        }
        return new ListSummary(listed, schemata, file.Metadata.GeneratedAt) { Dataset = file.Metadata.Dataset, Version = file.Metadata.Version };
    }
}
