using Entente.Lists.Snapshots;

namespace Entente.Node.Lists;

/// <summary>What is known of one list that is installed or that the catalogue has.</summary>
/// <param name="Dataset">Its id.</param>
/// <param name="Source">Where it comes from; null where nobody said.</param>
/// <param name="Current">The version in use; null where there is none.</param>
/// <param name="Held">The version that waits for a person's word.</param>
/// <param name="Fault">Why it cannot be read; null when it can.</param>
public sealed record ListState(string Dataset, ListSource? Source, Snapshot? Current, Snapshot? Held, string? Fault)
{
    /// <summary>The list's name, in English as its publisher has it.</summary>
    public string Title => Current?.Manifest.Title ?? Source?.Title ?? Dataset;

    /// <summary>Whose list it is.</summary>
    public string? Publisher => Source?.Publisher ?? Current?.Manifest.Publisher;

    /// <summary>The version in use, as answers name it.</summary>
    public ListVersion? Version => Current is null ? null : ListVersion.Of(Current.Manifest);

    /// <summary>Whether anything of it is here.</summary>
    public bool IsInstalled => Current is not null || Held is not null || Fault is not null;

    /// <summary>All lists: those installed, then the others of the catalogue.</summary>
    /// <param name="store">The stored versions.</param>
    public static IReadOnlyList<ListState> All(SnapshotStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        var installed = store.Datasets();
        return [.. installed.Concat(ListCatalogue.All.Select(source => source.Dataset).Except(installed)).Select(dataset => Of(store, dataset))];
    }

    /// <summary>One list.</summary>
    /// <param name="store">The stored versions.</param>
    /// <param name="dataset">Its id.</param>
    public static ListState Of(SnapshotStore store, string dataset)
    {
        ArgumentNullException.ThrowIfNull(store);
        ListSource? source = null;
        try
        {
            source = store.Source(dataset);
            return new ListState(dataset, source, store.Current(dataset), store.Held(dataset), null);
        }
        catch (SnapshotException fault)
        {
            return new ListState(dataset, source, null, null, fault.Message);
        }
    }
}
