using System.Text.Json;
using Entente.Desk.Lists;
using Entente.Lists;
using Entente.Lists.Snapshots;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Hosting;
using Entente.Node.Store;
using Entente.Desk;
using Entente.Records.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Entente.Node.Lists;

/// <summary>The lists that are screened against at present, and their replacement in one step when another version is installed.</summary>
/// <remarks>
/// Whoever screens takes <see cref="Current"/> once and works with it: nobody meets half a list. A version that cannot be read
/// leaves the one in use as it was, and <see cref="Problem"/> says so. That other versions came into use is recorded before they do.
/// </remarks>
internal sealed class ListsInUse : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly ListLoader _loader;
    private readonly SnapshotStore _snapshots;
    private readonly Ledger _ledger;
    private readonly TimeProvider _clock;
    private readonly ILogger<ListsInUse> _log;
    // Never disposed: lists may still be loading when a node that could not start is taken apart.
    private readonly SemaphoreSlim _loading = new(1);
    private readonly List<Func<ListsChange, CancellationToken, Task>> _listeners = [];
    private volatile LoadedLists? _current;
    private volatile string? _problem;
    private string? _installed;
    private Task<(string Installed, LoadedLists Lists)>? _begun;

    public ListsInUse(NodeOptions options, Ledger ledger, TimeProvider clock, ILogger<ListsInUse> log)
    {
        _ledger = ledger;
        _clock = clock;
        _log = log;
        _snapshots = new SnapshotStore(options.DataFolder);
        _loader = new ListLoader
        {
            DataFolder = options.DataFolder,
            SampleFile = options.SampleList,
            Time = clock,
            Serving = true,
            Notice = notice => log.LogWarning("{Notice}", notice),
            Indexing = () => log.LogInformation("Reading and indexing the lists; the next start will be quicker."),
        };
    }

    /// <summary>The lists in use; null until they are loaded for the first time.</summary>
    public LoadedLists? Current => _current;

    /// <summary>Why the lists that are installed are not in use, for people; null when they are.</summary>
    public string? Problem => _problem;

    /// <summary>The stored versions.</summary>
    public SnapshotStore Snapshots => _snapshots;

    /// <summary>The lists in use.</summary>
    /// <exception cref="ListsNotReadyException">They are not loaded yet.</exception>
    public LoadedLists Require() => _current ?? throw new ListsNotReadyException(_problem);

    /// <summary>Asks to be called after other lists came into use, one change after another, in the background.</summary>
    /// <param name="listener">Called with the change; what it throws is logged.</param>
    public void OnChanged(Func<ListsChange, CancellationToken, Task> listener) => _listeners.Add(listener);

    /// <summary>Begins to load what is installed, while the rest of the node is still starting; it comes into use as ever.</summary>
    public void Begin() => _begun ??= Task.Run(() => (Installed(), _loader.LoadInstalled()));

    /// <summary>Loads stored versions as they were used in the past.</summary>
    /// <param name="versions">In the order in which they were used.</param>
    /// <param name="cancel">Gives up.</param>
    public LoadedLists Load(IReadOnlyCollection<Snapshot> versions, CancellationToken cancel) => _loader.LoadVersions(versions, stop: cancel);

    /// <summary>Puts what is installed to use, where it is not yet.</summary>
    /// <param name="cancel">Gives up.</param>
    public async Task RefreshAsync(CancellationToken cancel)
    {
        await _loading.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            var installed = Installed();
            if (_current is not null && installed == _installed)
                return;
            var former = _current;
            var lists = await BegunAsync(installed, cancel).ConfigureAwait(false) ?? _loader.LoadInstalled(stop: cancel);
            if (former is null || former.Id != lists.Id)
                await RecordAsync(former, lists, cancel).ConfigureAwait(false);
            _current = lists;
            _installed = installed;
            _problem = null;
            if (_log.IsEnabled(LogLevel.Information))
                _log.LogInformation("Lists in use: {Lists}", lists.Description);
            if (former is not null && former.Id != lists.Id)
                await TellAsync(new ListsChange(former, lists), cancel).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is SnapshotException or ListFormatException or RecordFormatException or DeskException or IOException or UnauthorizedAccessException)
        {
            if (_problem != fault.Message)
                _log.LogError("The installed lists could not be put to use; {Kept}. {Problem}", _current is null ? "nothing is screened" : "those in use stay", fault.Message);
            _problem = fault.Message;
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, _clock);
        do
            await Task.Run(() => RefreshAsync(stoppingToken), stoppingToken).ConfigureAwait(false);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    /// <summary>What <see cref="Begin"/> loaded; null where it did not, or something else is installed since.</summary>
    private async Task<LoadedLists?> BegunAsync(string installed, CancellationToken cancel)
    {
        if (Interlocked.Exchange(ref _begun, null) is not { } begun)
            return null;
        var loaded = await begun.WaitAsync(cancel).ConfigureAwait(false);
        return loaded.Installed == installed ? loaded.Lists : null;
    }

    /// <summary>What is installed, in one word: another where a version was put to use, confirmed, added or taken away.</summary>
    private string Installed()
    {
        try
        {
            return string.Join('\n', _snapshots.Installed().Select(snapshot => $"{snapshot.Manifest.Dataset} {snapshot.Manifest.Sha256} {snapshot.Manifest.CheckedAt:O}"));
        }
        catch (SnapshotException fault)
        {
            return fault.Message; // the loader meets the same, and says so
        }
    }

    private Task RecordAsync(LoadedLists? former, LoadedLists lists, CancellationToken cancel) =>
        _ledger.ActAsync(Actor.System("lists"), async act =>
        {
            var id = lists.Id ?? throw new InvalidOperationException("Installed lists have an id.");
            if (!await act.Db.ListsUsed.AnyAsync(used => used.Id == id, cancel).ConfigureAwait(false))
                act.Db.ListsUsed.Add(new ListsUsed { Id = id, Versions = JsonSerializer.Serialize(lists.Versions, NodeJson.Options), FirstUsedAt = act.At });
            act.Record(AuditAction.ListsChanged, $"lists:{id}", new { former = former?.Id, sample = lists.IsSample, versions = lists.Versions.Select(version => version.Label) });
            if (former is not null)
                act.Publish("lists.changed", $"lists:{id}", new { former = former.Id, lists = id, versions = lists.Versions.Select(version => version.Label) });
        }, cancel);

    private async Task TellAsync(ListsChange change, CancellationToken cancel)
    {
        foreach (var listener in _listeners)
        {
            try
            {
                await listener(change, cancel).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // The lists are in use whatever a listener makes of it.
            catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
            {
                _log.LogError(fault, "What should follow a change of lists failed");
            }
        }
    }
}

/// <summary>Other lists, or other versions, came into use.</summary>
/// <param name="Former">Those before.</param>
/// <param name="Now">Those in use.</param>
internal sealed record ListsChange(LoadedLists Former, LoadedLists Now);

/// <summary>The lists are not loaded yet: nobody is screened against nothing.</summary>
internal sealed class ListsNotReadyException(string? problem)
    : Exception(problem is null ? "The lists are still being read. Try again in a moment." : $"No list could be read, so nothing is screened: {problem}");
