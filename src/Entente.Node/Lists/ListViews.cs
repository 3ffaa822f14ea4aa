using System.Collections.Immutable;
using Entente.Lists.Diffs;
using Entente.Lists.Snapshots;

namespace Entente.Node.Lists;

/// <summary>A list, for people and programs.</summary>
/// <param name="Dataset">Its id.</param>
/// <param name="Title">Its name.</param>
/// <param name="Publisher">Who publishes it; null where nobody said.</param>
/// <param name="LegalBasis">The law behind it; null where nobody said.</param>
/// <param name="Address">Where it is fetched, without what may be a token; null where it comes from a file.</param>
/// <param name="Instead">How to come by its file where it cannot be fetched; null where it can.</param>
/// <param name="InUse">The version that is screened against; null where none is.</param>
/// <param name="Held">A version that waits for a person's word; null where none does.</param>
/// <param name="Stale">Whether the version in use may be out of date.</param>
public sealed record ListView(string Dataset, string Title, string? Publisher, string? LegalBasis, string? Address, string? Instead, VersionView? InUse, VersionView? Held, bool Stale);

/// <summary>A version of a list.</summary>
/// <param name="Label">In one word.</param>
/// <param name="Sha256">Its hash.</param>
/// <param name="Version">In the publisher's words; null where the file does not say.</param>
/// <param name="PublishedAt">When its publisher made it; null where the file does not say.</param>
/// <param name="FetchedAt">When it was fetched or added; null where it was read where it lies.</param>
/// <param name="ConfirmedAt">When its publisher last confirmed it; null where it came from a file.</param>
/// <param name="AgeDays">Whole days since it was known to be current; null where nobody knows.</param>
/// <param name="Entities">How many entities it lists.</param>
/// <param name="InUse">Whether it is in use.</param>
/// <param name="Held">Whether it is held.</param>
public sealed record VersionView(
    string Label, string? Sha256, string? Version, DateTimeOffset? PublishedAt, DateTimeOffset? FetchedAt, DateTimeOffset? ConfirmedAt, int? AgeDays, int Entities, bool InUse, bool Held)
{
    internal static VersionView Of(ListVersion version, DateTimeOffset now, bool inUse, bool held) => new(
        version.Label, version.Sha256, version.Version, version.PublishedAt, version.FetchedAt, version.ConfirmedAt, version.Age(now) is { } age ? (int)age.TotalDays : null, version.Entities, inUse, held);
}

/// <summary>That a version was put to use.</summary>
/// <param name="At">When.</param>
/// <param name="Sha256">The version.</param>
/// <param name="Kind"><c>taken</c>, <c>accepted</c> or <c>rolledBack</c>.</param>
/// <param name="From">The version in use until then; null where there was none.</param>
public sealed record ActivationView(DateTimeOffset At, string Sha256, ActivationKind Kind, string? From);

/// <summary>All lists.</summary>
/// <param name="Lists">Those in use, those with a version that is held, and those that could be fetched.</param>
/// <param name="Sample">Whether only the fictional sample is in use.</param>
/// <param name="Problem">Why what is installed is not in use; null where it is.</param>
public sealed record ListsView(ImmutableArray<ListView> Lists, bool Sample, string? Problem);

/// <summary>One list with its past.</summary>
/// <param name="List">The list.</param>
/// <param name="Versions">Its stored versions, the last fetched first.</param>
/// <param name="History">Which was put to use when, the last first.</param>
public sealed record ListDetailView(ListView List, ImmutableArray<VersionView> Versions, ImmutableArray<ActivationView> History);

/// <summary>What changed between two versions of a list.</summary>
/// <param name="Dataset">The list.</param>
/// <param name="From">The former version, in one word.</param>
/// <param name="To">The newer version, in one word.</param>
/// <param name="Added">How many entities came.</param>
/// <param name="Removed">How many went.</param>
/// <param name="Amended">How many changed.</param>
/// <param name="Changes">The changes on this page: those that came, those that went, those that changed.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record ListDiffView(string Dataset, string From, string To, int Added, int Removed, int Amended, ImmutableArray<EntityChangeView> Changes, string? Next);

/// <summary>What became of an entity.</summary>
/// <param name="Change"><c>added</c>, <c>removed</c> or <c>amended</c>.</param>
/// <param name="Id">Its id.</param>
/// <param name="Schema">Its schema.</param>
/// <param name="Caption">What to call it.</param>
/// <param name="Properties">The values that came and went, by property.</param>
public sealed record EntityChangeView(ChangeKind Change, string Id, string Schema, string Caption, ImmutableArray<PropertyChangeView> Properties);

/// <summary>The values of a property that came and went.</summary>
/// <param name="Property">The property; of what hangs on the entity, with its schema before it.</param>
/// <param name="Added">Values that came.</param>
/// <param name="Removed">Values that went.</param>
public sealed record PropertyChangeView(string Property, ImmutableArray<string> Added, ImmutableArray<string> Removed);
