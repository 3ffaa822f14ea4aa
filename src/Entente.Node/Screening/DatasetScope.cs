using System.Collections.Immutable;
using Entente.Desk.Lists;
using Entente.Node.Hosting;
using Entente.Screening;

namespace Entente.Node.Screening;

/// <summary>What a dataset's name in an address means: one list, or the collection of all.</summary>
/// <remarks>
/// Entities name datasets as their file does; a list may be installed under another name. Both are understood.
/// The collections are called as yente's own deployments call theirs.
/// </remarks>
internal static class DatasetScope
{
    /// <summary>The name of the collection of all lists.</summary>
    public const string Default = "default";

    private static readonly ImmutableArray<string> Collections = [Default, "all", "sanctions"];

    /// <summary>Whether a name is that of the collection of all lists.</summary>
    public static bool IsAll(string name) => Collections.Contains(name);

    /// <summary>The datasets, as entities name them.</summary>
    /// <param name="lists">The lists in use.</param>
    /// <param name="name">A list's name, or a collection's.</param>
    /// <returns>Empty for all.</returns>
    /// <exception cref="RequestException">404: there is no such dataset.</exception>
    public static ImmutableArray<string> Of(LoadedLists lists, string name) =>
        IsAll(name) ? [] : Find(lists, name) is { IsEmpty: false } found ? found : throw RequestException.NotFound($"No such dataset: {QueryText.Short(name)}. There are {string.Join(", ", Names(lists))}; '{Default}' is all of them.");

    /// <summary>Whether a name is that of a list in use, or of the collection of all.</summary>
    public static bool Knows(LoadedLists lists, string name) => IsAll(name) || !Find(lists, name).IsEmpty;

    /// <summary>The datasets that a filter names; one that is not known filters nothing in.</summary>
    public static ImmutableArray<string> Of(LoadedLists lists, ImmutableArray<string> names) =>
        [.. names.SelectMany(name => IsAll(name) ? Names(lists) : [name]).SelectMany(name => Find(lists, name) is { IsEmpty: false } found ? found : [name]).Distinct(StringComparer.Ordinal)];

    /// <summary>Adds to a filter that only one dataset may match.</summary>
    public static EntityFilter Within(this EntityFilter filter, ImmutableArray<string> scope) =>
        scope.IsEmpty ? filter
        : filter.Datasets.IsEmpty ? filter with { Datasets = scope }
        // Nothing is in both: a dataset that no entity has admits none.
        : filter with { Datasets = [.. filter.Datasets.Where(scope.Contains).DefaultIfEmpty("")] };

    /// <summary>The names under which the lists in use are installed.</summary>
    public static ImmutableArray<string> Names(LoadedLists lists) => [.. lists.Versions.Select(version => version.Dataset)];

    private static ImmutableArray<string> Find(LoadedLists lists, string name)
    {
        var at = Names(lists).IndexOf(name);
        var counts = lists.Archive.Counts;
        return at >= 0
            ? [.. counts.Where(count => count.List == at).Select(count => count.Dataset).Distinct(StringComparer.Ordinal)]
            : counts.Any(count => count.Dataset == name) ? [name] : [];
    }
}
