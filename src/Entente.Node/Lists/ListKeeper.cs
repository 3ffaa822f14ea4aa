using System.Collections.Concurrent;
using System.Text.Json;
using Entente.Lists;
using Entente.Lists.Snapshots;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Hosting;
using Entente.Node.Store;
using Microsoft.Extensions.Logging;

namespace Entente.Node.Lists;

/// <summary>Changes which versions are installed, for people who may: fetches, accepts, goes back.</summary>
/// <remarks>Who asked for what is recorded before it is done; that other versions came into use, when they do (<see cref="ListsInUse"/>).</remarks>
internal sealed class ListKeeper(ListsInUse lists, Ledger ledger, NodeOptions options, TimeProvider clock, ILogger<ListKeeper> log) : IDisposable
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, KeptOutcome> _outcomes = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Since when a list is being fetched; null when it is not.</summary>
    public DateTimeOffset? RunningSince(string dataset) => _running.TryGetValue(dataset, out var since) ? since : null;

    /// <summary>How the last change since the node started ended; null where there was none.</summary>
    public KeptOutcome? LastOutcome(string dataset) => _outcomes.GetValueOrDefault(dataset);

    /// <summary>Begins to fetch a list from its publisher; it goes on when the caller is gone.</summary>
    /// <returns>False when it is being fetched already.</returns>
    public async Task<bool> BeginUpdateAsync(Actor actor, string dataset, CancellationToken cancel)
    {
        var source = lists.Snapshots.Source(dataset) ?? throw new RequestException(404, $"No list is called '{dataset}'.");
        if (!_running.TryAdd(dataset, clock.GetUtcNow()))
            return false;
        try
        {
            await RecordAsync(actor, dataset, "update", null, cancel).ConfigureAwait(false);
        }
        catch
        {
            _running.TryRemove(dataset, out _);
            throw;
        }
        _ = Task.Run(() => UpdateAsync(source), CancellationToken.None);
        return true;
    }

    /// <summary>Puts the version that is held to use.</summary>
    public Task AcceptAsync(Actor actor, string dataset, CancellationToken cancel) =>
        ChangeAsync(actor, dataset, "accept", lists.Snapshots.Held(dataset)?.Manifest.Sha256, updater => updater.AcceptHeld(dataset), cancel);

    /// <summary>Goes back to a former version.</summary>
    public Task RollBackAsync(Actor actor, string dataset, string sha256, CancellationToken cancel) =>
        ChangeAsync(actor, dataset, "rollback", sha256, updater => updater.RollBack(dataset, sha256), cancel);

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task ChangeAsync(Actor actor, string dataset, string what, string? version, Func<ListUpdater, UpdateResult> change, CancellationToken cancel)
    {
        await RecordAsync(actor, dataset, what, version, cancel).ConfigureAwait(false);
        using var http = ListUpdater.NewHttpClient();
        Keep(dataset, await Task.Run(() => change(Updater(http)), cancel).ConfigureAwait(false));
        await lists.RefreshAsync(cancel).ConfigureAwait(false);
    }

    private async Task UpdateAsync(ListSource source)
    {
        try
        {
            using var http = ListUpdater.NewHttpClient();
            Keep(source.Dataset, await Updater(http).UpdateAsync(source, cancel: _stop.Token).ConfigureAwait(false));
            await lists.RefreshAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The node stops; what is in use stays so.
        }
#pragma warning disable CA1031 // Nobody waits for this task: what went wrong is shown on the page.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            log.LogError(fault, "A list could not be updated");
            _outcomes[source.Dataset] = new KeptOutcome(clock.GetUtcNow(), "failed", fault.Message);
        }
        finally
        {
            _running.TryRemove(source.Dataset, out _);
        }
    }

    private ListUpdater Updater(HttpClient http) => new(new SnapshotStore(options.DataFolder), http, path => ListSummary.Of(ListReader.Read(path)), clock);

    private void Keep(string dataset, UpdateResult result) => _outcomes[dataset] = result switch
    {
        UpdateResult.Updated => new KeptOutcome(clock.GetUtcNow(), "updated", null),
        UpdateResult.Held held => new KeptOutcome(clock.GetUtcNow(), "held", held.Reason),
        UpdateResult.Failed failed => new KeptOutcome(clock.GetUtcNow(), "failed", failed.Reason),
        _ => new KeptOutcome(clock.GetUtcNow(), "unchanged", null),
    };

    private Task RecordAsync(Actor actor, string dataset, string what, string? version, CancellationToken cancel) =>
        ledger.RecordAsync(actor, AuditAction.ListsChanged, $"list:{dataset}", JsonSerializer.Serialize(new { asked = what, version }, NodeJson.Options), cancel);
}

/// <summary>How a change of a list ended.</summary>
/// <param name="At">When.</param>
/// <param name="Kind"><c>updated</c>, <c>unchanged</c>, <c>held</c> or <c>failed</c>.</param>
/// <param name="Reason">In the words of the updater, in English; null where there is nothing to say.</param>
internal sealed record KeptOutcome(DateTimeOffset At, string Kind, string? Reason);
