using System.Globalization;
using Entente.Lists;
using Entente.Lists.Snapshots;

namespace Entente.Cli.Lists;

/// <summary><c>entente lists update</c>.</summary>
internal static class UpdateLists
{
    private static ListSource Source => ListCatalogue.UnitedNations;

    /// <summary>Fetches the list and puts it to use if it is sound.</summary>
    /// <param name="address">Where from, or null for the publisher's own address.</param>
    /// <param name="surroundings">Where to write; where the lists are.</param>
    /// <returns><see cref="ExitCodes.Done"/> when the newest list is in use.</returns>
    /// <exception cref="FailureException">It could not be fetched, is unsound, or is held back; the one in use is unharmed.</exception>
    public static int Run(Uri? address, Surroundings surroundings)
    {
        surroundings.Error.WriteLine($"Fetching the {Source.Title} from {address ?? Source.Address} ...");
        using var http = ListUpdater.NewHttpClient();
        var result = Updater(http, surroundings)
            .UpdateAsync(Source, address, new DownloadLine(surroundings), surroundings.Stop)
            .GetAwaiter().GetResult();
        return Tell(result, surroundings);
    }

    /// <summary>Puts the version that is held back to use.</summary>
    /// <param name="surroundings">Where to write; where the lists are.</param>
    /// <returns><see cref="ExitCodes.Done"/> when it is in use.</returns>
    /// <exception cref="FailureException">None is held back.</exception>
    public static int Accept(Surroundings surroundings)
    {
        using var http = ListUpdater.NewHttpClient();
        return Tell(Updater(http, surroundings).AcceptHeld(Source.Dataset), surroundings);
    }

    /// <summary>Where the installed lists are.</summary>
    /// <param name="surroundings">With the data folder, if the user named one.</param>
    /// <returns>The store, which may be empty.</returns>
    public static SnapshotStore Store(Surroundings surroundings) => new(surroundings.DataFolder ?? DataFolder.Find());

    private static ListUpdater Updater(HttpClient http, Surroundings surroundings) =>
        new(Store(surroundings), http, Summarise, surroundings.Time);

    private static ListSummary Summarise(string path)
    {
        var file = ListReader.Read(path);
        var listed = file.Entities.Where(entity => entity.Target != false).ToList();
        var schemata = listed.GroupBy(entity => entity.Schema).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        return new ListSummary(listed.Count, schemata, file.Metadata.GeneratedAt);
    }

    private static int Tell(UpdateResult result, Surroundings surroundings)
    {
        switch (result)
        {
            case UpdateResult.Updated { Previous: null } updated:
                surroundings.Out.WriteLine($"Installed: {Describe(updated.Current)}. It is used from now on.");
                return ExitCodes.Done;
            case UpdateResult.Updated { Previous: { } previous } updated:
                surroundings.Out.WriteLine($"Updated: {Describe(updated.Current)}; before: {Describe(previous)}.");
                return ExitCodes.Done;
            case UpdateResult.NotModified same:
                surroundings.Out.WriteLine($"Up to date: {Describe(same.Current)}.");
                return ExitCodes.Done;
            case UpdateResult.Unchanged same:
                surroundings.Out.WriteLine($"Up to date: {Describe(same.Current)}.");
                return ExitCodes.Done;
            case UpdateResult.Held held:
                throw new FailureException($"{held.Reason} In use stays: {Describe(held.Current)}.");
            case UpdateResult.Failed failed:
                var kept = failed.Current is { } current ? $"In use stays: {Describe(current)}." : "No list is installed.";
                throw new FailureException($"{failed.Reason} {kept}");
            default:
                throw new InvalidOperationException($"Unknown ending of an update: {result.GetType().Name}.");
        }
    }

    /// <summary>A version in a few words: its date, size and hash.</summary>
    /// <param name="snapshot">The version.</param>
    /// <returns>Such as <c>UN list of 2026-02-27, 1,003 entities (sha256 1a2b3c4d...)</c>.</returns>
    public static string Describe(Snapshot snapshot)
    {
        var made = snapshot.Manifest.PublishedAt ?? snapshot.Manifest.FetchedAt;
        return string.Create(CultureInfo.InvariantCulture,
            $"version of {made.UtcDateTime:yyyy-MM-dd}, {snapshot.Manifest.Entities:N0} entities (sha256 {snapshot.Manifest.Sha256[..12]}...)");
    }

    /// <summary>How much of a download has come in, in one line that is rewritten; silent unless on a terminal.</summary>
    private sealed class DownloadLine(Surroundings surroundings) : IProgress<DownloadProgress>
    {
        private readonly Lock _gate = new();
        private long _last = -1;

        public void Report(DownloadProgress value)
        {
            if (!surroundings.ErrorIsTerminal)
                return;
            lock (_gate)
            {
                var tenths = value.BytesReceived / 100_000;
                var done = value.BytesReceived == value.BytesExpected;
                if (tenths == _last && !done)
                    return;
                _last = tenths;
                var of = value.BytesExpected is { } all ? string.Create(CultureInfo.InvariantCulture, $" of {all / 1e6:F1}") : "";
                surroundings.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{value.BytesReceived / 1e6:F1}{of} MB\u001b[K{(done ? "\n" : "")}"));
            }
        }
    }
}
