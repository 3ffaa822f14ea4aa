using System.Globalization;
using System.Net;

namespace Entente.Lists.Snapshots;

/// <summary>
/// Brings a list up to date from its publisher: fetches the file, reads it through, and only then puts it to use.
/// A download that fails, is cut short, is refused or cannot be read leaves the version in use as it was.
/// </summary>
/// <param name="store">Where versions are kept.</param>
/// <param name="http">A client that neither follows redirects nor decompresses; see <see cref="NewHttpClient"/>.</param>
/// <param name="read">Reads the whole file at a path; throws, with a message for the operator, where it is not a sound list.</param>
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
        Snapshot? current = null;
        try
        {
            current = UsableCurrent(source.Dataset);
            address ??= source.Address;
            ListDownload.Permit(address);
            using var writer = store.Write(source.Dataset);
            current = UsableCurrent(source.Dataset); // again, now that nobody else can change it

            var incoming = writer.NewIncomingPath();
            var known = current?.Manifest.Source == address ? current.Manifest : null;
            var fetched = await new ListDownload(http, _limits, clock, progress)
                .RunAsync(address, known, incoming, cancel).ConfigureAwait(false);
            if (current is not null && fetched is null)
                return new UpdateResult.NotModified(writer.Confirm(current, clock.GetUtcNow(), current.Manifest.ETag, current.Manifest.LastModified));
            if (current is not null && fetched!.Sha256 == current.Manifest.Sha256)
                return new UpdateResult.Unchanged(address == current.Manifest.Source
                    ? writer.Confirm(current, clock.GetUtcNow(), fetched.ETag, fetched.LastModified)
                    : current);

            var version = writer.Keep(incoming, Describe(source, address, fetched!, Read(incoming)));
            if (current is not null && Suspicion(version.Manifest, current.Manifest) is { } suspicion)
            {
                writer.Hold(version);
                return new UpdateResult.Held(version, current, suspicion);
            }
            writer.MakeCurrent(version);
            return new UpdateResult.Updated(version, current);
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
            writer.MakeCurrent(held);
            return new UpdateResult.Updated(held, current);
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

    private ListSummary Read(string path)
    {
        ListSummary summary;
        try
        {
            summary = read(path);
        }
        // Whatever a reader throws at a file from outside, the file is not put to use.
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw new DownloadException($"The file that was fetched is not a sound list: {fault.Message}", fault);
        }
        return summary.Entities > 0
            ? summary
            : throw new DownloadException("The file that was fetched holds no entities: refused.");
    }

    private SnapshotManifest Describe(ListSource source, Uri address, ListDownload.Fetched fetched, ListSummary summary) => new()
    {
        Dataset = source.Dataset,
        Sha256 = fetched.Sha256,
        Size = fetched.Size,
        Source = address,
        FetchedAt = clock.GetUtcNow(),
        CheckedAt = clock.GetUtcNow(),
        PublishedAt = summary.PublishedAt,
        Entities = summary.Entities,
        Schemata = summary.Schemata,
        ETag = fetched.ETag,
        LastModified = fetched.LastModified,
    };

    /// <summary>Why a person should look before a version is put to use; null where nothing is odd.</summary>
    private string? Suspicion(SnapshotManifest version, SnapshotManifest current)
    {
        var odd = current.Entities - version.Entities > current.Entities * _limits.MaxShrink
            ? $"it holds {version.Entities} entities, and the one in use {current.Entities}"
            : version.PublishedAt < current.PublishedAt
                ? $"its publisher dates it {Day(version.PublishedAt)}, and the one in use {Day(current.PublishedAt)}"
                : null;
        return odd is null
            ? null
            : $"The version fetched is held, not used: {odd}. Look at the publisher's site; if it is right, run 'entente lists update --accept'.";

        static string Day(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";
    }

    private static bool Expected(Exception fault) =>
        fault is DownloadException or SnapshotException or IOException or UnauthorizedAccessException;
}
