using System.Globalization;
using Entente.Desk.Lists;
using Entente.Lists;
using Entente.Lists.Snapshots;

namespace Entente.Cli.Lists;

/// <summary><c>entente lists update</c>.</summary>
internal static class UpdateLists
{
    /// <summary>Fetches lists and puts them to use if they are sound, each for itself.</summary>
    /// <param name="datasets">Which; when empty, all that are installed, or the UN list where none is.</param>
    /// <param name="address">Where from, in place of the publisher's own address; only for one list.</param>
    /// <param name="surroundings">Where to write; where the lists are.</param>
    /// <returns><see cref="ExitCodes.Done"/> when the newest version of each is in use.</returns>
    /// <exception cref="FailureException">One could not be fetched, is unsound, or is held back; those in use are unharmed.</exception>
    /// <exception cref="UsageException">A list is not known.</exception>
    public static int Run(IReadOnlyList<string> datasets, Uri? address, Surroundings surroundings)
    {
        var store = Store(surroundings);
        var wanted = Wanted(store, datasets);
        if (address is not null && wanted.Count != 1)
            throw new UsageException("--url is the address of one list: say which, such as `entente lists update un-sc --url ...`.");
        using var http = ListUpdater.NewHttpClient();
        var updater = Updater(http, surroundings);
        var failures = new List<(string Dataset, string Message)>();
        foreach (var (dataset, source, fault) in wanted)
        {
            surroundings.Stop.ThrowIfCancellationRequested();
            if (source is null)
            {
                failures.Add((dataset, fault!));
                continue;
            }
            if (source.Address is null && address is null && datasets.Count == 0)
            {
                surroundings.Error.WriteLine($"{dataset}: comes from a file. {source.Instead ?? "Add the next version with `entente lists add FILE`."}");
                continue;
            }
            if ((address ?? source.Address) is { } from)
                surroundings.Error.WriteLine($"Fetching {dataset}: {source.Title}, from {AddressText.Of(from)} ...");
            var result = updater.UpdateAsync(source, address, new DownloadLine(surroundings), surroundings.Stop).GetAwaiter().GetResult();
            if (Tell(dataset, result, surroundings) is { } failure)
                failures.Add((dataset, failure));
        }
        return End(failures, wanted.Count, surroundings);
    }

    /// <summary>Puts versions that are held back to use.</summary>
    /// <param name="datasets">Of which lists; when empty, of the one that has one.</param>
    /// <param name="surroundings">Where to write; where the lists are.</param>
    /// <returns><see cref="ExitCodes.Done"/> when they are in use.</returns>
    /// <exception cref="FailureException">None is held back.</exception>
    /// <exception cref="UsageException">Several are, and none was named.</exception>
    public static int Accept(IReadOnlyList<string> datasets, Surroundings surroundings)
    {
        var store = Store(surroundings);
        if (datasets.Count == 0)
        {
            datasets = [.. store.Datasets().Where(dataset => store.Held(dataset) is not null)];
            if (datasets.Count == 0)
                throw new FailureException("no version of any list is held back, so there is nothing to accept.");
            if (datasets.Count > 1)
                throw new UsageException($"versions of several lists are held back: name one, as in `entente lists update --accept {datasets[0]}`. Held: {string.Join(", ", datasets)}.");
        }
        using var http = ListUpdater.NewHttpClient();
        var updater = Updater(http, surroundings);
        var failures = new List<(string Dataset, string Message)>();
        foreach (var dataset in datasets)
        {
            if (Tell(dataset, updater.AcceptHeld(Checked(dataset)), surroundings) is { } failure)
                failures.Add((dataset, failure));
        }
        return End(failures, datasets.Count, surroundings);
    }

    /// <summary>Where the installed lists are.</summary>
    /// <param name="surroundings">With the data folder, if the user named one.</param>
    /// <returns>The store, which may be empty.</returns>
    public static SnapshotStore Store(Surroundings surroundings) => new(surroundings.DataFolder ?? DataFolder.Find());

    /// <summary>What changes the installed lists.</summary>
    /// <param name="http">From <see cref="ListUpdater.NewHttpClient"/>.</param>
    /// <param name="surroundings">With the data folder, and the clock.</param>
    /// <returns>The updater.</returns>
    public static ListUpdater Updater(HttpClient http, Surroundings surroundings) =>
        new(Store(surroundings), http, path => ListSummary.Of(ListReader.Read(path)), surroundings.Time);

    /// <summary>Says on standard output how it ended.</summary>
    /// <param name="dataset">Which list.</param>
    /// <param name="result">The ending.</param>
    /// <param name="surroundings">Where to write.</param>
    /// <returns>What went wrong, still to be said; null when the list is up to date.</returns>
    public static string? Tell(string dataset, UpdateResult result, Surroundings surroundings)
    {
        switch (result)
        {
            case UpdateResult.Updated { Previous: null } updated:
                surroundings.Out.WriteLine($"{dataset}: Installed: {Describe(updated.Current)}. It is used from now on.");
                return null;
            case UpdateResult.Updated { Previous: { } previous } updated:
                surroundings.Out.WriteLine($"{dataset}: Updated: {Describe(updated.Current)}; before: {Describe(previous)}.");
                return null;
            case UpdateResult.NotModified same:
                surroundings.Out.WriteLine($"{dataset}: Up to date: {Describe(same.Current)}.");
                return null;
            case UpdateResult.Unchanged same:
                surroundings.Out.WriteLine($"{dataset}: Up to date: {Describe(same.Current)}.");
                return null;
            case UpdateResult.Held held:
                return $"{held.Reason} In use stays: {Describe(held.Current)}.";
            case UpdateResult.Failed failed:
                return $"{failed.Reason} {(failed.Current is { } current ? $"In use stays: {Describe(current)}." : $"No version of {dataset} is installed.")}";
            default:
                throw new InvalidOperationException($"Unknown ending of an update: {result.GetType().Name}.");
        }
    }

    /// <summary>A dataset's id as the user wrote it, if it can be one.</summary>
    /// <param name="dataset">The word.</param>
    /// <returns>The id.</returns>
    /// <exception cref="UsageException">It cannot be one.</exception>
    public static string Checked(string dataset) => ListCatalogue.Find(dataset)?.Dataset
        ?? (SnapshotStore.IsDatasetId(dataset) ? dataset : throw new UsageException($"'{dataset}' is no dataset: lower-case letters, digits, hyphens and underscores, such as un-sc."));

    /// <summary>The ending of a command on several lists: one failure is the message, several are told line by line.</summary>
    private static int End(List<(string Dataset, string Message)> failures, int all, Surroundings surroundings)
    {
        switch (failures)
        {
            case []:
                return ExitCodes.Done;
            case [var (dataset, message)] when all == 1:
                throw new FailureException($"{dataset}: {message}");
            default:
                foreach (var (dataset, message) in failures)
                    surroundings.Error.WriteLine(Output.Shown.OneLine($"{dataset}: {message}"));
                throw new FailureException(string.Create(CultureInfo.InvariantCulture,
                    $"{failures.Count} of {all} lists are not up to date: {string.Join(", ", failures.Select(failure => failure.Dataset))}."));
        }
    }

    /// <summary>The lists to fetch; of one that cannot be, why.</summary>
    private static List<(string Dataset, ListSource? Source, string? Fault)> Wanted(SnapshotStore store, IReadOnlyList<string> datasets)
    {
        var installed = store.Datasets();
        var wanted = (datasets.Count, installed.Count) switch
        {
            (> 0, _) => datasets.Select(Checked).Distinct(StringComparer.Ordinal),
            (0, > 0) => installed,
            _ => [ListCatalogue.UnitedNations.Dataset],
        };
        return [.. wanted.Select(dataset => Find(store, dataset))];
    }

    private static (string Dataset, ListSource? Source, string? Fault) Find(SnapshotStore store, string dataset)
    {
        try
        {
            if (store.Source(dataset) is { } source)
                return (dataset, source, null);
            // It is here, though nobody noted where it comes from.
            return store.Current(dataset) is { Manifest: var manifest }
                ? (dataset, new ListSource(dataset, manifest.Title, manifest.Publisher, null, null), null)
                : throw new UsageException($"the list '{dataset}' is not known. Known are {string.Join(", ", ListCatalogue.All.Select(known => known.Dataset))}; others are added with `entente lists add FILE|URL --dataset {dataset}`.");
        }
        catch (SnapshotException fault)
        {
            return (dataset, null, fault.Message);
        }
    }

    private static string Describe(Snapshot snapshot) => ListText.Describe(snapshot.Manifest);

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
