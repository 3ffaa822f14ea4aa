using System.Collections.Immutable;
using Entente.Records;

namespace Entente.Screening;

/// <summary>Which listed entities a query is compared with. Empty fields admit all.</summary>
/// <remarks>A listing that is not admitted is as if its list were not there: it neither matches nor stands beside another.</remarks>
public sealed record EntityFilter
{
    /// <summary>Admits everything.</summary>
    public static EntityFilter All { get; } = new();

    /// <summary>Only entries of these datasets.</summary>
    public ImmutableArray<string> Datasets { get; init; } = [];

    /// <summary>No entries of these datasets, unless another names them too.</summary>
    public ImmutableArray<string> ExcludeDatasets { get; init; } = [];

    /// <summary>No entries of these schemata or of those below them.</summary>
    public ImmutableArray<string> ExcludeSchemata { get; init; } = [];

    /// <summary>No entries with these ids, nor those that are one entity with them.</summary>
    public ImmutableHashSet<string> ExcludeIds { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Only entities with one of these topics, such as <c>sanction</c>.</summary>
    public ImmutableArray<string> Topics { get; init; } = [];

    /// <summary>Only entities that changed on this day or later: ISO 8601, compared as text; null for all. One that does not say when it changed is admitted.</summary>
    public string? ChangedSince { get; init; }

    /// <summary>Whether everything is admitted.</summary>
    public bool IsEmpty => Datasets.IsEmpty && ExcludeDatasets.IsEmpty && ExcludeSchemata.IsEmpty && ExcludeIds.IsEmpty && Topics.IsEmpty && ChangedSince is null;

    /// <summary>Whether a listed entity is admitted.</summary>
    /// <param name="entity">The entity as its list has it.</param>
    /// <param name="canonicalId">The id of the entity as a whole, where it is on several lists; else null.</param>
    public bool Admits(Entity entity, string? canonicalId = null)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return (Datasets.IsEmpty || entity.Datasets.Any(dataset => Datasets.Contains(dataset)))
            && (ExcludeDatasets.IsEmpty || !entity.Datasets.All(dataset => ExcludeDatasets.Contains(dataset)))
            && !ExcludeSchemata.Any(entity.IsA)
            && !ExcludeIds.Contains(entity.Id) && (canonicalId is null || !ExcludeIds.Contains(canonicalId))
            && (Topics.IsEmpty || entity.Get("topics").Any(topic => Topics.Contains(topic)))
            && (ChangedSince is null || entity.LastChange is not { } changed || string.CompareOrdinal(changed, ChangedSince) >= 0);
    }
}
