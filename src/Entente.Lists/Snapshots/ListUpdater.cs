using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Entente.Lists.Ofac;

namespace Entente.Lists.Snapshots;

/// <summary>
/// Brings lists up to date from their publishers or from files: takes the file, reads it through, and only then puts
/// it to use. One that fails, is cut short, is refused or cannot be read leaves the version in use as it was.
/// </summary>
/// <param name="store">Where versions are kept.</param>
/// <param name="http">A client that neither follows redirects nor decompresses; see <see cref="NewHttpClient"/>.</param>
/// <param name="read">Reads the whole list at a path; throws, with a message for the operator, where it is not a sound list.</param>
/// <param name="clock">Tells the time, and when to give up.</param>
/// <param name="limits">What to put up with; the defaults unless given.</param>
public sealed class ListUpdater(SnapshotStore store, HttpClient http, Func<string, ListSummary> read, TimeProvider clock, UpdateLimits? limits = null)
{
    private readonly UpdateLimits _limits = limits ?? new UpdateLimits();

    /// <summary>An HTTP client as an updater needs it. It uses the system's proxy and certificates; dispose it after use.</summary>
    public static HttpClient NewHttpClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, // the updater follows them itself, and looks where they lead
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(30),
    })
    { Timeout = Timeout.InfiniteTimeSpan }; // the updater's own limits hold

    /// <summary>Fetches a list, unless the version in use is still the latest.</summary>
    /// <param name="source">The list.</param>
    /// <param name="address">Where to fetch it, in place of the publisher's own address: https, or http on this machine.</param>
    /// <param name="progress">Told of every piece received, from any thread.</param>
    /// <param name="cancel">Gives up when cancelled, with <see cref="OperationCanceledException"/>.</param>
    public async Task<UpdateResult> UpdateAsync(
        ListSource source, Uri? address = null, IProgress<DownloadProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        Snapshot? current = null;
        try
        {
            current = UsableCurrent(source.Dataset);
            address ??= source.Address ?? throw new DownloadException($"{source.Title} cannot be fetched without more ado. {source.Instead ?? "Add its file with `entente lists add FILE`."}");
            ListDownload.Permit(address);
            using var writer = store.Write(source.Dataset);
            current = UsableCurrent(source.Dataset); // again, now that nobody else can change it

            var incoming = writer.NewIncomingFolder();
            var raw = Path.Combine(incoming, "file");
            var known = current?.Manifest.Source == address ? current.Manifest : null;
            var fetched = await new ListDownload(http, _limits, clock, progress)
                .RunAsync(address, known, raw, cancel).ConfigureAwait(false);
            if (current is not null && (fetched is null || fetched.Sha256 == current.Manifest.Sha256))
            {
                if (known is not null)
                {
                    writer.Release(); // what was held is no longer what the publisher publishes
                    current = writer.Confirm(Named(current, source), clock.GetUtcNow(), fetched is null ? known.ETag : fetched.ETag, fetched is null ? known.LastModified : fetched.LastModified);
                }
                return fetched is null ? new UpdateResult.NotModified(current) : new UpdateResult.Unchanged(current);
            }

            var name = source.Dataset + FileKind.Of(raw).Extension;
            File.Move(raw, Path.Combine(incoming, name));
            var manifest = Describe(source, address, [new SnapshotFile(name, fetched!.Sha256, fetched.Size)], incoming)
                with { ETag = fetched.ETag, LastModified = fetched.LastModified };
            return Take(writer, writer.Keep(incoming, manifest), current);
        }
        catch (Exception fault) when (Expected(fault))
        {
            return new UpdateResult.Failed(fault.Message, current);
        }
    }

    /// <summary>Takes a list from a local file, and what belongs to it beside it, by the same rules as one that is fetched.</summary>
    /// <param name="source">The list.</param>
    /// <param name="path">The file. It is copied, and not needed afterwards.</param>
    public UpdateResult Add(ListSource source, string path)
    {
        ArgumentNullException.ThrowIfNull(source);
        Snapshot? current = null;
        try
        {
            using var writer = store.Write(source.Dataset);
            current = UsableCurrent(source.Dataset);
            var incoming = writer.NewIncomingFolder();
            var files = ListParts.Of(path, source.Dataset).Select(part => Copy(part.Path, Path.Combine(incoming, part.Name))).ToList();
            var manifest = Describe(source, new Uri(new Uri(Path.GetFullPath(path)).AbsoluteUri), files, incoming);
            if (current is null || manifest.Sha256 != current.Manifest.Sha256)
                return Take(writer, writer.Keep(incoming, manifest), current);
            return new UpdateResult.Unchanged(current.Manifest.Source.IsFile ? writer.Confirm(Named(current, source), clock.GetUtcNow(), null, null) : current);
        }
        catch (Exception fault) when (Expected(fault))
        {
            return new UpdateResult.Failed(fault.Message, current);
        }
    }

    /// <summary>Puts the version that is held to use, once a person has looked at it. Needs no network.</summary>
    /// <param name="dataset">The dataset's id.</param>
    public UpdateResult AcceptHeld(string dataset)
    {
        Snapshot? current = null;
        try
        {
            current = UsableCurrent(dataset);
            using var writer = store.Write(dataset);
            if (store.Held(dataset) is not { } held)
                return new UpdateResult.Failed($"No version of '{dataset}' is held, so there is nothing to accept.", current);
            writer.MakeCurrent(held, clock.GetUtcNow(), ActivationKind.Accepted);
            return new UpdateResult.Updated(held, current);
        }
        catch (Exception fault) when (Expected(fault))
        {
            return new UpdateResult.Failed(fault.Message, current);
        }
    }

    /// <summary>Goes back to a former version. An update that fetches the version left holds it. Needs no network.</summary>
    /// <param name="dataset">The dataset's id.</param>
    /// <param name="version">The version, as <see cref="SnapshotStore.Find"/> knows it; null for the one before.</param>
    public UpdateResult RollBack(string dataset, string? version = null)
    {
        Snapshot? current = null;
        try
        {
            current = UsableCurrent(dataset);
            using var writer = store.Write(dataset);
            var target = store.Find(dataset, version ?? "previous");
            if (target.Manifest.Sha256 == current?.Manifest.Sha256)
                return new UpdateResult.Unchanged(current);
            if (target.Manifest.Sha256 == store.Held(dataset)?.Manifest.Sha256)
                return new UpdateResult.Failed($"That version of '{dataset}' is held. If it is right, run 'entente lists update --accept {dataset}'.", current);
            writer.RollBack(target, clock.GetUtcNow());
            return new UpdateResult.Updated(target, current);
        }
        catch (Exception fault) when (Expected(fault))
        {
            return new UpdateResult.Failed(fault.Message, current);
        }
    }

    /// <summary>
    /// The version in use, or null where there is none that can be read: then the file is fetched in any case, for a
    /// server that says 'not modified' would leave a damaged store damaged for ever.
    /// </summary>
    private Snapshot? UsableCurrent(string dataset)
    {
        try
        {
            return store.Current(dataset) is { } current && current.IsIntact() ? current : null;
        }
        catch (SnapshotException)
        {
            return null;
        }
    }

    /// <summary>A version under the name that its list has now.</summary>
    private static Snapshot Named(Snapshot snapshot, ListSource source) =>
        snapshot with { Manifest = snapshot.Manifest with { Title = source.Title, Publisher = source.Publisher } };

    private UpdateResult Take(SnapshotWriter writer, Snapshot version, Snapshot? current)
    {
        if (current is not null && Suspicion(version.Manifest, current.Manifest) is { } suspicion)
        {
            writer.Hold(version);
            return new UpdateResult.Held(version, current,
                $"The new version is held, not used: {suspicion}. See what would change with 'entente lists diff {version.Manifest.Dataset} current held' and look at the publisher's site; if it is right, run 'entente lists update --accept {version.Manifest.Dataset}'.");
        }
        writer.MakeCurrent(version, clock.GetUtcNow());
        try
        {
            writer.Prune(_limits.Retention, clock.GetUtcNow());
        }
        catch (Exception fault) when (fault is SnapshotException or IOException or UnauthorizedAccessException)
        {
            // The new version is in use, which was the task; what could not be removed takes room and does no harm.
        }
        return new UpdateResult.Updated(version, current);
    }

    private SnapshotManifest Describe(ListSource source, Uri address, List<SnapshotFile> files, string folder)
    {
        var path = Path.Combine(folder, files[0].Name);
        ListSummary summary;
        try
        {
            summary = read(path);
        }
        // Whatever a reader throws at a file from outside, the file is not put to use.
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw new DownloadException($"The file is not a sound list: {fault.Message.Replace(folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)}", fault);
        }
        if (summary.Entities <= 0)
            throw new DownloadException("The file holds no entities: refused.");
        var kind = FileKind.Of(path).Name;
        if (kind == "csv" && summary.Dataset is OfacList.Sdn or OfacList.Consolidated && !ListParts.IsWholeOfac(files))
            throw new DownloadException("OFAC's list in CSV is several files, and the aliases (alt.csv or cons_alt.csv) or addresses (add.csv or cons_add.csv) are not beside this one: most spellings would be missing. Take the list in XML instead, which is one file (SDN_ADVANCED.XML, CONS_ADVANCED.XML), or put its files into one folder and add them with 'entente lists add'.");
        return new SnapshotManifest
        {
            Dataset = source.Dataset,
            Title = source.Title,
            Publisher = source.Publisher,
            Sha256 = Snapshot.Identity(files),
            Files = files,
            Source = address,
            FetchedAt = clock.GetUtcNow(),
            CheckedAt = clock.GetUtcNow(),
            PublishedAt = summary.PublishedAt,
            Version = summary.Version,
            SaidDataset = summary.Dataset,
            Kind = kind,
            Entities = summary.Entities,
            Schemata = summary.Schemata,
        };
    }

    private SnapshotFile Copy(string from, string to)
    {
        using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.Read);
        using var copy = new FileStream(to, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        long size = 0;
        int count;
        while ((count = source.Read(buffer)) > 0)
        {
            size += count;
            if (size > _limits.MaxBytes)
                throw new DownloadException($"{from} is longer than {_limits.MaxBytes.ToString("N0", CultureInfo.InvariantCulture)} bytes, the most that is taken.");
            hash.AppendData(buffer, 0, count);
            copy.Write(buffer, 0, count);
        }
        copy.Flush(flushToDisk: true);
        return new SnapshotFile(Path.GetFileName(to), Convert.ToHexStringLower(hash.GetHashAndReset()), size);
    }

    /// <summary>Why a person should look before a version is put to use; null where nothing is odd.</summary>
    private string? Suspicion(SnapshotManifest version, SnapshotManifest current)
    {
        if (SnapshotStore.Refused(store.History(version.Dataset)).Contains(version.Sha256))
            return $"it is the version of {Day(version.MadeAt)} that was in use before a person went back from it";
        var lost = current.Entities - version.Entities;
        if (lost > 0 && lost >= (current.Entities * _limits.MaxShrink) - 1e-9) // a third of 9 is 3
            return string.Create(CultureInfo.InvariantCulture, $"it holds {version.Entities} entities, and the one in use {current.Entities}");
        if (version.PublishedAt < current.PublishedAt)
            return $"its publisher dates it {Minute(version.PublishedAt.Value)}, and the one in use {Minute(current.PublishedAt.Value)}";
        if (version.SaidDataset is { } said && current.SaidDataset is { } before && said != before)
            return $"it is the list '{said}', and the one in use '{before}'";
        if (version.Files.Count < current.Files.Count) // OFAC's entries without the file of their aliases
            return $"it is {Names(version)} alone, and the one in use {Names(current)}";
        if (version.Kind is { } kind && current.Kind is { } former && kind != former)
            return $"it is in another format ({kind}) than the one in use ({former})";
        return null;

        static string Names(SnapshotManifest manifest) => string.Join(", ", manifest.Files.Select(file => file.Name));
        static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        static string Minute(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    private static bool Expected(Exception fault) =>
        fault is DownloadException or SnapshotException or IOException or UnauthorizedAccessException;
}
