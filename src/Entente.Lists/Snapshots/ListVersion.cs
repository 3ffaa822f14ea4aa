using System.Globalization;

namespace Entente.Lists.Snapshots;

/// <summary>The version of a list that an answer was made with: enough to say how old it was, and to find it again.</summary>
public sealed record ListVersion
{
    /// <summary>A list older than this is stale: most publishers change theirs every few days.</summary>
    public static TimeSpan StaleAfter { get; } = TimeSpan.FromDays(7);

    /// <summary>The dataset's id.</summary>
    public required string Dataset { get; init; }

    /// <summary>The list's name, in English.</summary>
    public required string Title { get; init; }

    /// <summary>The authority that publishes it; null where nobody said.</summary>
    public string? Publisher { get; init; }

    /// <summary>The version in the publisher's words; null where the file does not say.</summary>
    public string? Version { get; init; }

    /// <summary>When the publisher says that it made the version; null where the file does not say.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>The version's hash (<see cref="SnapshotManifest.Sha256"/>); null when the list came through a pipe.</summary>
    public string? Sha256 { get; init; }

    /// <summary>When the version was fetched, or added from a file; null when it was read where it lies.</summary>
    public DateTimeOffset? FetchedAt { get; init; }

    /// <summary>When its publisher last confirmed that this is what it publishes; null when it came from a file, whose age nobody but the publisher knows.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>How many entities it lists.</summary>
    public required int Entities { get; init; }

    /// <summary>The version in one word: <c>un-sc@2026-02-27#1a2b3c4d5e6f</c>, without what is not known.</summary>
    public string Label
    {
        get
        {
            var version = PublishedAt is { } made ? Day(made) : Version;
            return Dataset + (version is null ? "" : "@" + version) + (Sha256 is null ? "" : "#" + Sha256[..12]);
        }
    }

    /// <summary>The version of a stored list.</summary>
    public static ListVersion Of(SnapshotManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return new ListVersion
        {
            Dataset = manifest.Dataset,
            Title = manifest.Title,
            Publisher = manifest.Publisher,
            Version = manifest.Version,
            PublishedAt = manifest.PublishedAt,
            Sha256 = manifest.Sha256,
            FetchedAt = manifest.FetchedAt,
            ConfirmedAt = manifest.Source.IsFile ? null : manifest.CheckedAt,
            Entities = manifest.Entities,
        };
    }

    /// <summary>The version of a list that was not installed.</summary>
    /// <param name="metadata">Whose list, and which version.</param>
    /// <param name="sha256">Its hash; null when it came through a pipe.</param>
    /// <param name="entities">How many entities it lists.</param>
    public static ListVersion Of(ListMetadata metadata, string? sha256, int entities)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        return new ListVersion
        {
            Dataset = metadata.Dataset,
            Title = metadata.Title,
            Publisher = metadata.Publisher,
            Version = metadata.Version,
            PublishedAt = metadata.GeneratedAt,
            Sha256 = sha256,
            Entities = entities,
        };
    }

    /// <summary>How long ago the version was known to be current: since its publisher confirmed it, else since its publisher
    /// made it. Null where neither is known; never negative.</summary>
    /// <param name="now">The time.</param>
    public TimeSpan? Age(DateTimeOffset now)
    {
        var known = ConfirmedAt ?? PublishedAt;
        return known is null ? null : now > known ? now - known : TimeSpan.Zero;
    }

    /// <summary>Whether the list may have changed without our knowing: its age is known and beyond <see cref="StaleAfter"/>.</summary>
    /// <param name="now">The time.</param>
    public bool IsStale(DateTimeOffset now) => Age(now) > StaleAfter;

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
