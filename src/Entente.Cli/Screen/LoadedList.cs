using System.Globalization;
using Entente.Lists;

namespace Entente.Cli.Screen;

/// <summary>One version of a list in use.</summary>
internal sealed record LoadedList
{
    /// <summary>Whose list, and which version.</summary>
    public required ListMetadata Metadata { get; init; }

    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>SHA-256 of its content, with the files beside it that belong to it, in lower-case hex; null when it came through a pipe.</summary>
    public required string? Sha256 { get; init; }

    /// <summary>How many entities it lists.</summary>
    public required int Entities { get; init; }

    /// <summary>Remarks of the reader.</summary>
    public int Remarks { get; init; }

    /// <summary>The first remark, with its line; null where there is none.</summary>
    public string? FirstRemark { get; init; }

    /// <summary>When it was fetched; null for a file that was given.</summary>
    public DateTimeOffset? FetchedAt { get; init; }

    /// <summary>When its publisher last confirmed it; null for a file that was given.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>When the publisher made it, as far as that is known.</summary>
    public DateTimeOffset? PublishedAt => Metadata.GeneratedAt;

    /// <summary>The version as answers of a bulk run name it: <c>un-sc@2026-02-27#1a2b3c4d5e6f</c>; the dataset alone when it came through a pipe.</summary>
    public string Tag
    {
        get
        {
            var version = PublishedAt is { } made ? made.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : Metadata.Version;
            return $"{Metadata.Dataset}{(version is null ? "" : "@" + version)}{(Sha256 is null ? "" : "#" + Sha256[..12])}";
        }
    }

    /// <summary>How old the version is: since its publisher made or, failing that, last confirmed it; null where neither is known.</summary>
    /// <param name="now">The time.</param>
    /// <returns>Whole days, not negative.</returns>
    public int? AgeInDays(DateTimeOffset now) => (ConfirmedAt ?? PublishedAt) is { } made ? Math.Max(0, (int)(now - made).TotalDays) : null;
}
