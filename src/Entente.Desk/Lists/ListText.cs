using System.Globalization;
using Entente.Lists.Snapshots;

namespace Entente.Desk.Lists;

/// <summary>Lists and their versions in words.</summary>
public static class ListText
{
    /// <summary>A version in a few words: its date, size and hash.</summary>
    /// <param name="manifest">The version.</param>
    /// <returns>Such as <c>version of 2026-02-27, 1,003 entities (sha256 1a2b3c4d5e6f...)</c>; <c>version fetched on</c> a day
    /// where the publisher does not say when it was made.</returns>
    public static string Describe(SnapshotManifest manifest) => string.Create(CultureInfo.InvariantCulture,
        $"version {(manifest.PublishedAt is null ? "fetched on" : "of")} {Day(manifest.MadeAt)}, {manifest.Entities:N0} entities (sha256 {manifest.Sha256[..12]}...)");

    /// <summary>A moment's day, UTC.</summary>
    /// <param name="time">The moment.</param>
    /// <returns>Such as <c>2026-02-27</c>.</returns>
    public static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A moment, UTC.</summary>
    /// <param name="time">The moment.</param>
    /// <returns>Such as <c>2026-02-27 08:15 UTC</c>.</returns>
    public static string Minute(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";

    /// <summary>How old a version is.</summary>
    /// <param name="version">The version.</param>
    /// <param name="now">The time.</param>
    /// <returns>Such as <c>confirmed today</c>, <c>made 12 days ago</c>; null where nothing is known.</returns>
    public static string? Age(ListVersion version, DateTimeOffset now) => (version.Age(now), version.FetchedAt) switch
    {
        ({ } age, _) => $"{(version.ConfirmedAt is null ? "made" : "confirmed")} {Ago(age)}",
        (null, { } added) => $"added {Ago(now - added)}",
        _ => null,
    };

    /// <summary>How long ago.</summary>
    /// <param name="age">Not negative.</param>
    /// <returns><c>today</c>, <c>yesterday</c>, or such as <c>12 days ago</c>.</returns>
    public static string Ago(TimeSpan age) => age.TotalDays switch
    {
        < 1 => "today",
        < 2 => "yesterday",
        var days => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(days):N0} days ago"),
    };
}
